use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::catalog::Sku;
use crate::inventory::Quantity;
use crate::pricing::{Currency, Money};

bounded_text!(
    /// An order's key in the shop it was placed in.
    HistoricOrderId, 50
);

/// Whether a line was bought or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoricOrderKind {
    Purchase,
    Cancellation,
}

/// One line of another shop's order history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoricLine {
    pub order: HistoricOrderId,
    pub kind: HistoricOrderKind,
    pub placed_at: Timestamp,
    /// The shop's number of the customer; many orders have none.
    pub customer: Option<HistoricOrderId>,
    pub country: Option<Box<str>>,
    pub sku: Sku,
    /// Units bought or taken back.
    pub quantity: Quantity,
    /// What one unit cost; zero for gifts and corrections.
    pub unit_price: Money,
}

/// Which field of a row was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct HistoricLineError {
    pub field: &'static str,
    pub reason: String,
}

impl HistoricLine {
    /// Longest country name, in characters.
    const MAX_COUNTRY_CHARS: u32 = 60;

    /// Reads the columns `order_id, placed_at, customer_id, country, sku, quantity, unit_price`.
    /// An order whose id begins with `C` is a cancellation; its quantities are negative.
    ///
    /// # Errors
    /// [`HistoricLineError`] with the first field that can't be read.
    pub fn from_fields(fields: [&str; 7], currency: Currency) -> Result<Self, HistoricLineError> {
        let [order, placed_at, customer, country, sku, quantity, unit_price] = fields;
        let kind = if order.starts_with('C') { HistoricOrderKind::Cancellation } else { HistoricOrderKind::Purchase };
        let units = match kind {
            HistoricOrderKind::Purchase => quantity,
            HistoricOrderKind::Cancellation => {
                quantity.strip_prefix('-').ok_or_else(|| refuse("quantity", "must be below zero in a cancellation"))?
            }
        };
        let country = country.trim();
        if country.chars().count() > Self::MAX_COUNTRY_CHARS as usize {
            return Err(refuse("country", "is too long"));
        }
        let unit_price = Money::from_decimal(unit_price, currency).map_err(|e| refuse("unit_price", e.to_string()))?;
        if unit_price.is_negative() {
            return Err(refuse("unit_price", "must not be below zero"));
        }
        Ok(Self {
            order: parse("order_id", order)?,
            kind,
            placed_at: parse("placed_at", placed_at)?,
            customer: if customer.trim().is_empty() { None } else { Some(parse("customer_id", customer)?) },
            country: (!country.is_empty()).then(|| country.into()),
            sku: parse("sku", sku)?,
            quantity: parse("quantity", units)?,
            unit_price,
        })
    }
}

fn parse<T: FromStr<Err: std::fmt::Display>>(field: &'static str, raw: &str) -> Result<T, HistoricLineError> {
    raw.parse().map_err(|error: T::Err| refuse(field, error.to_string()))
}

fn refuse(field: &'static str, reason: impl Into<String>) -> HistoricLineError {
    HistoricLineError { field, reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: [&str; 7]) -> Result<HistoricLine, HistoricLineError> {
        HistoricLine::from_fields(fields, Currency::GBP)
    }

    #[test]
    fn purchases_and_cancellations_are_told_apart() {
        let bought =
            read(["536365", "2010-12-01T08:26:00Z", "17850", "United Kingdom", "85123A", "6", "2.55"]).unwrap();
        assert_eq!((bought.kind, bought.quantity.get()), (HistoricOrderKind::Purchase, 6));
        let back = read(["C536379", "2010-12-01T09:41:00Z", "", "United Kingdom", "D", "-1", "27.50"]).unwrap();
        assert_eq!((back.kind, back.quantity.get(), back.customer), (HistoricOrderKind::Cancellation, 1, None));
    }

    #[test]
    fn a_refused_row_names_the_field() {
        let field = |fields| read(fields).map_err(|e| e.field);
        assert_eq!(field(["1", "yesterday", "", "", "a", "1", "1"]), Err("placed_at"));
        assert_eq!(field(["1", "2010-12-01T08:26:00Z", "", "", "", "1", "1"]), Err("sku"));
        assert_eq!(field(["1", "2010-12-01T08:26:00Z", "", "", "a", "-1", "1"]), Err("quantity"));
        assert_eq!(field(["C1", "2010-12-01T08:26:00Z", "", "", "a", "1", "1"]), Err("quantity"));
        assert_eq!(field(["1", "2010-12-01T08:26:00Z", "", "", "a", "1", "-1"]), Err("unit_price"));
    }
}
