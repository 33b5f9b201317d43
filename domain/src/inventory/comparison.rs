use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{CountRow, Movement, Stock, UnitsOnHand};
use crate::catalog::Sku;

/// A row that is not applied, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// The line that it begins on, counted from 1.
    pub line: u64,
    /// The column that is wrong.
    pub column: String,
    /// What stands there.
    pub written: String,
    pub reason: String,
}

/// What a count would change of a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub sku: Sku,
    /// On hand when the count was looked at.
    pub before: UnitsOnHand,
    pub counted: UnitsOnHand,
}

/// A count beside the stock: what it would change, and what can't be applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each of another SKU.
    pub differences: Vec<Difference>,
    /// Rows that say what the books say.
    pub same_rows: u32,
    /// In the order of their lines.
    pub bad_rows: Vec<BadRow>,
}

impl Difference {
    /// Units that are there and were not on the books, or, negative, are missing.
    pub fn units(&self) -> i64 {
        i64::from(self.counted.get()) - i64::from(self.before.get())
    }

    /// The movement that it leads to; `None` where it does not hold any more: the stock is not as it was
    /// looked at, or orders hold more by now than was found.
    pub fn movement(&self, stock: Stock) -> Option<Movement> {
        if stock.units_on_hand() != self.before {
            return None;
        }
        stock.recount(self.counted).ok().flatten()
    }
}

impl Comparison {
    /// Lays the rows of a count, each with the line that it begins on, beside the stock of their SKUs. A SKU
    /// that is not in `stock` was never stocked. `bad_rows` are those that could not be read.
    pub fn new(rows: &[(u64, CountRow)], stock: &HashMap<Sku, Stock>, bad_rows: Vec<BadRow>) -> Self {
        let mut found = Self { bad_rows, ..Self::default() };
        let mut lines: HashMap<&Sku, u64> = HashMap::new();
        for (line, row) in rows {
            if let Some(first) = lines.insert(&row.sku, *line) {
                lines.insert(&row.sku, first);
                found.refuse(*line, row, format!("is in line {first} already"));
                continue;
            }
            let Some(known) = stock.get(&row.sku) else {
                found.refuse(*line, row, "is not a SKU of this store".to_owned());
                continue;
            };
            match known.recount(row.on_hand) {
                Ok(None) => found.same_rows += 1,
                Ok(Some(_)) => {
                    let (sku, before) = (row.sku.clone(), known.units_on_hand());
                    found.differences.push(Difference { sku, before, counted: row.on_hand });
                }
                Err(error) => found.refuse(*line, row, error.to_string()),
            }
        }
        found.bad_rows.sort_by_key(|row| row.line);
        found
    }

    fn refuse(&mut self, line: u64, row: &CountRow, reason: String) {
        let column = CountRow::COLUMNS[0].to_owned();
        self.bad_rows.push(BadRow { line, column, written: row.sku.to_string(), reason });
    }

    /// The rows that differ, to be compared again.
    pub fn rows(&self) -> Vec<(u64, CountRow)> {
        let row = |difference: &Difference| CountRow { sku: difference.sku.clone(), on_hand: difference.counted };
        self.differences.iter().map(|difference| (0, row(difference))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(line: u64, sku: &str, units: u32) -> (u64, CountRow) {
        (line, CountRow { sku: sku.parse().unwrap(), on_hand: units.try_into().unwrap() })
    }

    fn stock(units: &[(&str, Stock)]) -> HashMap<Sku, Stock> {
        units.iter().map(|(sku, stock)| (sku.parse().unwrap(), *stock)).collect()
    }

    #[test]
    fn every_row_differs_agrees_or_says_why_not() {
        let stock = stock(&[
            ("LAMP", Stock::new(10, 0, 0).unwrap()),
            ("STOOL", Stock::new(10, 0, 0).unwrap()),
            ("RUG", Stock::new(10, 1, 2).unwrap()),
        ]);
        let rows = [row(2, "LAMP", 12), row(3, "STOOL", 10), row(4, "RUG", 2), row(5, "MUG", 1), row(6, "LAMP", 1)];
        let unread = BadRow { line: 7, column: "on_hand".into(), written: "x".into(), reason: "must".into() };
        let found = Comparison::new(&rows, &stock, vec![unread]);
        let differences: Vec<_> = found.differences.iter().map(|one| (one.sku.as_str(), one.units())).collect();
        assert_eq!((differences, found.same_rows), (vec![("LAMP", 2)], 1));
        let bad: Vec<_> = found.bad_rows.iter().map(|bad| (bad.line, bad.reason.as_str())).collect();
        assert_eq!(bad[1..], [(5, "is not a SKU of this store"), (6, "is in line 2 already"), (7, "must")]);
        assert!(bad[0].0 == 4 && bad[0].1.starts_with("3 units are promised to orders"), "{bad:?}");
    }

    #[test]
    fn a_difference_holds_while_the_stock_is_as_it_was_looked_at() {
        let looked_at = stock(&[("LAMP", Stock::new(10, 1, 2).unwrap())]);
        let found = Comparison::new(&[row(2, "LAMP", 4)], &looked_at, Vec::new());
        let after = |on_hand, reserved| {
            let stock = Stock::new(on_hand, reserved, 2).unwrap();
            found.differences[0].movement(stock).map(|movement| stock.after(movement).unwrap().on_hand())
        };
        assert_eq!((after(10, 1), after(10, 2)), (Some(4), Some(4)));
        assert_eq!((after(10, 3), after(9, 1), after(11, 1)), (None, None, None));
    }

    proptest! {
        #[test]
        fn no_row_is_lost_and_none_counts_twice(rows in prop::collection::vec((0_u32..6, 0_u32..5), 0..20)) {
            let stock: HashMap<Sku, Stock> =
                (0..4).map(|n| (format!("sku-{n}").parse().unwrap(), Stock::new(n, 0, 0).unwrap())).collect();
            let rows: Vec<_> = (2..).zip(&rows).map(|(line, (n, units))| row(line, &format!("sku-{n}"), *units)).collect();
            let found = Comparison::new(&rows, &stock, Vec::new());
            prop_assert_eq!(found.differences.len() + found.same_rows as usize + found.bad_rows.len(), rows.len());
            let skus: std::collections::HashSet<_> = found.differences.iter().map(|one| &one.sku).collect();
            prop_assert_eq!(skus.len(), found.differences.len());
            prop_assert!(found.differences.iter().all(|one| one.units() != 0));
        }
    }
}
