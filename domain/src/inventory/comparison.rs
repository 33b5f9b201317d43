use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{CountRow, Location, LocationId, LocationRef, Movement, StockAt, UnitsOnHand, location_named};
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

/// What a count would change of a SKU at a location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub sku: Sku,
    /// `None` is the first location.
    #[serde(default)]
    pub at: Option<LocationRef>,
    /// On hand when the count was looked at.
    pub before: UnitsOnHand,
    pub counted: UnitsOnHand,
}

/// A count beside the stock: what it would change, and what can't be applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each of another SKU, or at another location.
    pub differences: Vec<Difference>,
    /// Rows that say what the books say.
    pub same_rows: u32,
    /// In the order of their lines.
    pub bad_rows: Vec<BadRow>,
}

impl Difference {
    pub fn location(&self) -> LocationId {
        self.at.as_ref().map_or(LocationId::FIRST, |at| at.id)
    }

    /// Units that are there and were not on the books, or, negative, are missing.
    pub fn units(&self) -> i64 {
        i64::from(self.counted.get()) - i64::from(self.before.get())
    }

    /// The movement that it leads to; `None` where it does not hold any more: the stock is not as it was
    /// looked at, or orders hold more by now than was found.
    pub fn movement(&self, stock: StockAt) -> Option<Movement> {
        if stock.units_on_hand() != self.before {
            return None;
        }
        stock.recount(self.counted).ok().flatten()
    }
}

impl Comparison {
    /// Lays the rows of a count, each with the line that it begins on, beside the stock of their SKUs at their
    /// locations. Of a SKU that is not in `stock` at the first location none was ever stocked; at another one where it
    /// is not, nothing lies. `bad_rows` are those that could not be read.
    pub fn new(
        rows: &[(u64, CountRow)],
        stock: &HashMap<(Sku, LocationId), StockAt>,
        locations: &[Location],
        bad_rows: Vec<BadRow>,
    ) -> Self {
        let mut found = Self { bad_rows, ..Self::default() };
        let mut lines: HashMap<(&Sku, LocationId), u64> = HashMap::new();
        for (line, row) in rows {
            let Some(at) = location_named(locations, row.location.as_ref()) else {
                found.refuse_location(*line, row);
                continue;
            };
            let id = at.id;
            if let Some(first) = lines.insert((&row.sku, id), *line) {
                lines.insert((&row.sku, id), first);
                found.refuse(*line, row, format!("is in line {first} already"));
                continue;
            }
            let Some(first) = stock.get(&(row.sku.clone(), LocationId::FIRST)) else {
                found.refuse(*line, row, "is not a SKU of this store".to_owned());
                continue;
            };
            let nothing = first.nothing_elsewhere();
            let known = if id.is_first() { first } else { stock.get(&(row.sku.clone(), id)).unwrap_or(&nothing) };
            match known.recount(row.on_hand) {
                Ok(None) => found.same_rows += 1,
                Ok(Some(_)) => {
                    let (sku, before, at) = (row.sku.clone(), known.units_on_hand(), at.by_name_unless_first());
                    found.differences.push(Difference { sku, at, before, counted: row.on_hand });
                }
                Err(error) => found.refuse(*line, row, error.to_string()),
            }
        }
        found.bad_rows.sort_by_key(|row| row.line);
        found
    }

    fn refuse_location(&mut self, line: u64, row: &CountRow) {
        let written = row.location.as_ref().map(ToString::to_string).unwrap_or_default();
        let reason = "is not an open location of this store".to_owned();
        self.bad_rows.push(BadRow { line, column: CountRow::OPTIONAL.to_owned(), written, reason });
    }

    fn refuse(&mut self, line: u64, row: &CountRow, reason: String) {
        let column = CountRow::COLUMNS[0].to_owned();
        self.bad_rows.push(BadRow { line, column, written: row.sku.to_string(), reason });
    }

    /// The rows that differ, to be compared again.
    pub fn rows(&self) -> Vec<(u64, CountRow)> {
        let row = |difference: &Difference| CountRow {
            sku: difference.sku.clone(),
            on_hand: difference.counted,
            location: difference.at.as_ref().map(|at| at.name.clone()),
        };
        self.differences.iter().map(|difference| (0, row(difference))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stock;
    use super::*;
    use proptest::prelude::*;

    fn row(line: u64, sku: &str, units: u32) -> (u64, CountRow) {
        (line, CountRow { sku: sku.parse().unwrap(), on_hand: units.try_into().unwrap(), location: None })
    }

    fn row_at(line: u64, sku: &str, units: u32, location: &str) -> (u64, CountRow) {
        let (line, row) = row(line, sku, units);
        (line, CountRow { location: Some(location.parse().unwrap()), ..row })
    }

    fn stock(units: &[(&str, Stock)]) -> HashMap<(Sku, LocationId), StockAt> {
        let first = |(sku, stock): &(&str, Stock)| ((sku.parse().unwrap(), LocationId::FIRST), StockAt::from(*stock));
        units.iter().map(first).collect()
    }

    fn locations() -> Vec<Location> {
        let location = |id: u128, name: &str| Location {
            id: LocationId::new(uuid::Uuid::from_u128(id)),
            name: name.parse().unwrap(),
            address: None,
            is_closed: false,
        };
        vec![location(0, "Main warehouse"), location(1, "Shop")]
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
        let found = Comparison::new(&rows, &stock, &locations(), vec![unread]);
        let differences: Vec<_> = found.differences.iter().map(|one| (one.sku.as_str(), one.units())).collect();
        assert_eq!((differences, found.same_rows), (vec![("LAMP", 2)], 1));
        let bad: Vec<_> = found.bad_rows.iter().map(|bad| (bad.line, bad.reason.as_str())).collect();
        assert_eq!(bad[1..], [(5, "is not a SKU of this store"), (6, "is in line 2 already"), (7, "must")]);
        assert!(bad[0].0 == 4 && bad[0].1.starts_with("3 units are promised to orders"), "{bad:?}");
    }

    #[test]
    fn a_difference_holds_while_the_stock_is_as_it_was_looked_at() {
        let looked_at = stock(&[("LAMP", Stock::new(10, 1, 2).unwrap())]);
        let found = Comparison::new(&[row(2, "LAMP", 4)], &looked_at, &locations(), Vec::new());
        let after = |on_hand, reserved| {
            let stock = Stock::new(on_hand, reserved, 2).unwrap();
            let movement = found.differences[0].movement(stock.into());
            movement.map(|movement| stock.after(movement).unwrap().on_hand())
        };
        assert_eq!((after(10, 1), after(10, 2)), (Some(4), Some(4)));
        assert_eq!((after(10, 3), after(9, 1), after(11, 1)), (None, None, None));
    }

    #[test]
    fn a_count_is_of_a_location_or_else_of_the_first_one() {
        let total = Stock::new(10, 0, 0).unwrap();
        let mut stock = stock(&[("RUG", total)]);
        let (lamp, shop) = ("LAMP".parse::<Sku>().unwrap(), locations()[1].id);
        stock.insert((lamp.clone(), LocationId::FIRST), StockAt::new(total, 7, 0));
        stock.insert((lamp, shop), StockAt::new(total, 3, 0));
        let rows = [
            row(2, "LAMP", 7),
            row_at(3, "LAMP", 5, "shop"),
            row_at(4, "RUG", 2, "Shop"),
            row_at(5, "RUG", 2, "Shed"),
            row_at(6, "LAMP", 9, "main warehouse"),
        ];
        let found = Comparison::new(&rows, &stock, &locations(), Vec::new());
        let words = |one: &Difference| {
            let at = one.at.as_ref().map_or("-", |at| at.name.as_str());
            format!("{} at {at}: {} to {}", one.sku, one.before, one.counted)
        };
        let differences: Vec<_> = found.differences.iter().map(words).collect();
        assert_eq!(differences, ["LAMP at Shop: 3 to 5", "RUG at Shop: 0 to 2"]);
        assert_eq!(found.same_rows, 1);
        let bad: Vec<_> =
            found.bad_rows.iter().map(|bad| (bad.line, bad.column.as_str(), bad.reason.as_str())).collect();
        assert_eq!(bad, [(5, "location", "is not an open location of this store"), (6, "sku", "is in line 2 already")]);
        assert_eq!(Comparison::new(&found.rows(), &stock, &locations(), Vec::new()).differences, found.differences);
    }

    proptest! {
        #[test]
        fn no_row_is_lost_and_none_counts_twice(rows in prop::collection::vec((0_u32..6, 0_u32..5), 0..20)) {
            let at_first = |n| (format!("sku-{n}").parse().unwrap(), LocationId::FIRST);
            let stock: HashMap<(Sku, LocationId), StockAt> =
                (0..4).map(|n| (at_first(n), Stock::new(n, 0, 0).unwrap().into())).collect();
            let rows: Vec<_> = (2..).zip(&rows).map(|(line, (n, units))| row(line, &format!("sku-{n}"), *units)).collect();
            let found = Comparison::new(&rows, &stock, &locations(), Vec::new());
            prop_assert_eq!(found.differences.len() + found.same_rows as usize + found.bad_rows.len(), rows.len());
            let skus: std::collections::HashSet<_> = found.differences.iter().map(|one| &one.sku).collect();
            prop_assert_eq!(skus.len(), found.differences.len());
            prop_assert!(found.differences.iter().all(|one| one.units() != 0));
        }
    }
}
