use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
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
    /// An order whose id begins with `C` is a cancellation; its quantities are negative. A time without
    /// a zone is in UTC, a day without a time its midnight.
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
            placed_at: moment_of(placed_at)?,
            customer: if customer.trim().is_empty() { None } else { Some(parse("customer_id", customer)?) },
            country: (!country.is_empty()).then(|| country.into()),
            sku: parse("sku", sku)?,
            quantity: parse("quantity", without_zeros(units))?,
            unit_price,
        })
    }
}

/// A moment as shops write it down: `2011-09-01T08:26:00Z`, `2011-09-01 08:26` or `2011-09-01`. A day
/// whose month and day nobody can tell apart is refused.
fn moment_of(raw: &str) -> Result<Timestamp, HistoricLineError> {
    let raw = raw.trim();
    let zoned = raw.parse::<Timestamp>().ok();
    let in_utc = || Offset::UTC.to_timestamp(raw.parse::<DateTime>().ok()?).ok();
    zoned.or_else(in_utc).ok_or_else(|| refuse("placed_at", "must be a time like 2011-09-01T08:26:00Z"))
}

/// A whole number without the decimals that a spreadsheet gave it: `6` for `6.0`.
fn without_zeros(raw: &str) -> &str {
    match raw.trim().split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole,
        _ => raw,
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
    fn times_are_read_as_shops_write_them() {
        let at = |raw| read(["1", raw, "", "", "a", "1", "1"]).map(|line| line.placed_at.to_string()).ok();
        let morning = Some("2010-12-01T08:26:00Z".to_owned());
        for raw in ["2010-12-01T08:26:00Z", "2010-12-01T09:26:00+01:00", "2010-12-01 08:26", " 2010-12-01T08:26:00 "] {
            assert_eq!(at(raw), morning, "{raw}");
        }
        assert_eq!(at("2010-12-01"), Some("2010-12-01T00:00:00Z".to_owned()));
        for raw in ["12/1/2010 8:26", "01.12.2010", "1291190000", "2010-13-01", ""] {
            assert_eq!(at(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_whole_number_may_have_the_decimals_of_a_spreadsheet() {
        let units = |raw| read(["1", "2010-12-01", "", "", "a", raw, "1"]).map(|line| line.quantity.get()).ok();
        assert_eq!(
            (units("6"), units("6.0"), units("6.00"), units("6.5"), units(".0")),
            (Some(6), Some(6), Some(6), None, None)
        );
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
