//! The rows that say what a shopper pays, in the same words wherever they stand: cart, checkout, order, letter
//! and invoice.

use super::Totals;
use crate::pricing::Money;
use crate::pricing::promotion::Discount;
use crate::pricing::tax::{TaxShare, Taxes, Treatment};

/// What a row says of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountKind {
    Items,
    /// What a promotion takes off the items.
    Saving,
    Delivery,
    /// A tax that makes the total: it comes on top, or is left to a business to pay.
    Tax,
    Total,
    /// A tax that the total contains.
    Contained,
}

/// A row of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountRow {
    pub kind: AmountKind,
    pub label: String,
    /// What stands small beside the label.
    pub note: Option<String>,
    /// Below zero where it is taken off.
    pub amount: Money,
}

/// What amounts are made of.
#[derive(Debug, Clone, Copy)]
pub struct Amounts<'a> {
    pub totals: Totals,
    /// In all lines together.
    pub units: u32,
    /// What each promotion takes off the items.
    pub savings: &'a [Discount],
    pub delivery_discount: Option<&'a Discount>,
    /// What is said of tax where none was counted.
    pub tax_note: &'static str,
}

impl AmountRow {
    /// The amount as it is read: `£3.95`, `−£4.99`, and `Free` where delivery costs nothing.
    pub fn words(&self) -> String {
        match self.kind {
            AmountKind::Delivery if self.amount.minor_units() == 0 => "Free".to_owned(),
            _ => self.amount.to_string(),
        }
    }
}

impl Amounts<'_> {
    /// The rows in the order of reading: what makes the total stands above it, and what it contains below.
    pub fn rows(self) -> Vec<AmountRow> {
        let (totals, taxes) = (self.totals, self.totals.taxes());
        let row = |kind, label: String, note, amount| AmountRow { kind, label, note, amount };
        let saving =
            |discount: &Discount| row(AmountKind::Saving, discount.name.to_string(), None, taken_off(discount.amount));
        let mut rows = vec![row(AmountKind::Items, format!("Items ({})", self.units), None, totals.items())];
        rows.extend(self.savings.iter().map(saving));
        let off_delivery = self.delivery_discount.map(Discount::to_string);
        rows.push(row(AmountKind::Delivery, "Delivery".to_owned(), off_delivery, totals.delivery()));
        let note = taxes.map_or(self.tax_note, Taxes::note);
        let total = row(AmountKind::Total, "Total".to_owned(), Some(note.to_owned()), totals.total());
        let shares: Vec<AmountRow> = taxes.map(tax_rows).unwrap_or_default();
        if taxes.is_some_and(|taxes| taxes.treatment() == Treatment::Included) {
            rows.push(total);
            rows.extend(shares);
        } else {
            rows.extend(shares);
            rows.push(total);
        }
        rows
    }
}

fn tax_rows(taxes: Taxes) -> Vec<AmountRow> {
    let treatment = taxes.treatment();
    let row = |share: TaxShare| {
        let (kind, amount) = match treatment {
            Treatment::Included => (AmountKind::Contained, share.tax),
            Treatment::Added => (AmountKind::Tax, share.tax),
            Treatment::ReverseCharged => (AmountKind::Tax, taken_off(share.tax)),
        };
        AmountRow { kind, label: share.label(treatment), note: Some(format!("on {}", share.net)), amount }
    };
    taxes.shares().map(row).collect()
}

/// An amount as what it takes off.
pub(crate) const fn taken_off(amount: Money) -> Money {
    Money::new(amount.minor_units().saturating_neg(), amount.currency())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;
    use serde_json::{Value, json};

    fn money(minor_units: i64) -> Value {
        json!({ "minor_units": minor_units, "currency": "GBP" })
    }

    fn rows(totals: Value, savings: &[Discount], delivery_discount: Option<&Discount>) -> Vec<(AmountKind, String)> {
        let totals: Totals = serde_json::from_value(totals).unwrap();
        let amounts = Amounts { totals, units: 3, savings, delivery_discount, tax_note: "Includes VAT" };
        let read = |row: AmountRow| {
            let note = row.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            (row.kind, format!("{}{note}: {}", row.label, row.words()))
        };
        amounts.rows().into_iter().map(read).collect()
    }

    fn totals(treatment: &str, total: i64) -> Value {
        json!({
            "items": money(30_00), "discount": money(5_00), "delivery": money(0), "total": money(total),
            "taxes": {
                "treatment": treatment, "sum": money(5_00),
                "shares": [{ "rate": 20_000, "net": money(20_00), "tax": money(5_00) }],
            },
        })
    }

    #[test]
    fn a_contained_tax_stands_below_the_total_and_any_other_above() {
        let discount = |minor_units| Discount {
            promotion: "spring".parse().unwrap(),
            name: "Spring".parse().unwrap(),
            amount: Money::new(minor_units, Currency::GBP),
        };
        let (saving, delivery) = ([discount(5_00)], discount(3_95));
        let included = rows(totals("included", 25_00), &saving, Some(&delivery));
        assert_eq!(
            included,
            [
                (AmountKind::Items, "Items (3): £30.00".to_owned()),
                (AmountKind::Saving, "Spring: −£5.00".to_owned()),
                (AmountKind::Delivery, "Delivery (Spring: −£3.95): Free".to_owned()),
                (AmountKind::Total, "Total (Includes VAT): £25.00".to_owned()),
                (AmountKind::Contained, "Includes VAT at 20% (on £20.00): £5.00".to_owned()),
            ]
        );
        let added = rows(totals("added", 30_00), &saving, None);
        assert_eq!(added[3], (AmountKind::Tax, "Tax at 20% (on £20.00): £5.00".to_owned()));
        assert_eq!(added[4], (AmountKind::Total, "Total (Includes tax): £30.00".to_owned()));
        let reversed = rows(totals("reverse_charged", 20_00), &saving, None);
        assert_eq!(reversed[3], (AmountKind::Tax, "VAT at 20%, reverse-charged (on £20.00): −£5.00".to_owned()));
        assert_eq!(reversed[4], (AmountKind::Total, "Total (VAT is reverse-charged to you): £20.00".to_owned()));
    }

    #[test]
    fn where_no_tax_was_counted_the_total_says_what_holds_there() {
        let plain = json!({ "items": money(30_00), "delivery": money(3_95), "total": money(33_95) });
        let rows = rows(plain, &[], None);
        assert_eq!(
            rows[1..],
            [
                (AmountKind::Delivery, "Delivery: £3.95".to_owned()),
                (AmountKind::Total, "Total (Includes VAT): £33.95".to_owned()),
            ]
        );
    }
}
