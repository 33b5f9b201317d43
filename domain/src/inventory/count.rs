use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Comparison, LocationName, MAX_UNITS_ON_HAND, Reference};
use crate::catalog::Sku;
use crate::id::random_id;

/// Rows of a count that somebody pastes into a page; a file of any length goes in by the command line.
pub const MAX_SHEET_ROWS: usize = 1_000;
/// Rows of a count in a file, which is compared as a whole before anything is applied.
pub const MAX_FILE_ROWS: usize = 1_000_000;
/// Characters that are pasted at once, a line break being one, as a browser counts them; a thousand rows of long SKUs
/// have fewer.
pub const MAX_SHEET_CHARS: u32 = 30_000;

random_id!(
    /// The key of a count that waits to be confirmed, or was.
    CountId
);

/// Units on hand: none, or at most [`MAX_UNITS_ON_HAND`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct UnitsOnHand(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum UnitsError {
    #[error("must be a whole number, like 12 or 0")]
    NotANumber,
    #[error("must be at most {max}", max = MAX_UNITS_ON_HAND)]
    TooMany,
}

impl UnitsOnHand {
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for UnitsOnHand {
    type Error = UnitsError;

    fn try_from(units: u32) -> Result<Self, Self::Error> {
        if units <= MAX_UNITS_ON_HAND { Ok(Self(units)) } else { Err(UnitsError::TooMany) }
    }
}

impl From<UnitsOnHand> for u32 {
    fn from(units: UnitsOnHand) -> Self {
        units.get()
    }
}

impl FromStr for UnitsOnHand {
    type Err = UnitsError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim();
        if raw.is_empty() || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return Err(UnitsError::NotANumber);
        }
        raw.parse::<u32>().map_or(Err(UnitsError::TooMany), Self::try_from)
    }
}

impl fmt::Display for UnitsOnHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A row of a count: a SKU, and how many units of it somebody found, where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    pub sku: Sku,
    pub on_hand: UnitsOnHand,
    /// `None` is the first location.
    pub location: Option<LocationName>,
}

impl CountRow {
    /// The columns of a count, in the order in which [`Self::from_fields`] reads them.
    pub const COLUMNS: [&'static str; 3] = ["sku", "on_hand", "location"];
    /// The column that may be missing, as its cells may be empty.
    pub const OPTIONAL: &'static str = Self::COLUMNS[2];

    /// # Errors
    /// The name of the first column that can't be read, and why.
    pub fn from_fields([sku, on_hand, location]: [&str; 3]) -> Result<Self, (&'static str, String)> {
        let [sku_column, on_hand_column, location_column] = Self::COLUMNS;
        let location = Some(location.trim()).filter(|location| !location.is_empty());
        Ok(Self {
            sku: sku.parse().map_err(|error| (sku_column, format!("{error}")))?,
            on_hand: on_hand.parse().map_err(|error| (on_hand_column, format!("{error}")))?,
            location: location.map(str::parse).transpose().map_err(|error| (location_column, format!("{error}")))?,
        })
    }
}

/// Where a count stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountState {
    /// Nothing of it is applied.
    Open,
    Applied,
    Dropped,
}

/// A count with what it would change, or has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockCount {
    pub by: Reference,
    pub made_at: Timestamp,
    pub state: CountState,
    pub found: Comparison,
}

/// Why a count is not taken, in words for the person who counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CountError {
    #[error("there is no stock of this SKU")]
    NoSuchSku,
    #[error("there is no such location, or it is closed")]
    NoSuchLocation,
    #[error("the number of units {0}")]
    Units(UnitsError),
    #[error("{units} units are promised to orders and must be on hand; cancel orders first, or count again")]
    Promised { units: u32 },
    #[error("a bundle has no stock of its own; please count its parts")]
    Bundle,
    #[error("the count has no rows; paste a line with “sku,on_hand” and below it a line for each SKU")]
    Empty,
    #[error("the first line must name the columns sku and on_hand, apart by a comma or a tab")]
    Columns,
    #[error("a count has at most {MAX_SHEET_ROWS} rows here; “cartograph import stock FILE” takes more")]
    TooManyRows,
    #[error("a count has at most {MAX_SHEET_CHARS} characters here; “cartograph import stock FILE” takes more")]
    TooLong,
    #[error("stock has changed since the count was looked at; please look at the differences again")]
    Changed,
    #[error("this count is not open any more")]
    NotOpen,
    #[error("stock can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::{Stock, StockAt};

    fn units(units: u32) -> UnitsOnHand {
        units.try_into().unwrap()
    }

    #[test]
    fn units_on_hand_are_none_or_up_to_the_limit() {
        assert_eq!("0".parse(), Ok(units(0)));
        assert_eq!(" 12 ".parse(), Ok(units(12)));
        assert_eq!(MAX_UNITS_ON_HAND.to_string().parse(), Ok(units(MAX_UNITS_ON_HAND)));
        assert_eq!((MAX_UNITS_ON_HAND + 1).to_string().parse::<UnitsOnHand>(), Err(UnitsError::TooMany));
        assert_eq!("99999999999999999999".parse::<UnitsOnHand>(), Err(UnitsError::TooMany));
        for nonsense in ["", "-1", "1.5", "1e3", "twelve", "+3"] {
            assert_eq!(nonsense.parse::<UnitsOnHand>(), Err(UnitsError::NotANumber), "{nonsense}");
        }
    }

    #[test]
    fn a_row_names_what_can_not_be_read() {
        let read =
            |sku, on_hand, location| CountRow::from_fields([sku, on_hand, location]).map_err(|(column, _)| column);
        let lamps = CountRow { sku: "LAMP".parse().unwrap(), on_hand: units(12), location: None };
        let location = Some("Shop".parse().unwrap());
        assert_eq!(read("LAMP", "12", "Shop"), Ok(CountRow { location, ..lamps.clone() }));
        assert_eq!(read("LAMP", "12", " "), Ok(lamps));
        assert_eq!(read("", "12", ""), Err("sku"));
        assert_eq!(read("LAMP", "a dozen", ""), Err("on_hand"));
        assert_eq!(read("LAMP", "12", &"x".repeat(61)), Err("location"));
    }

    #[test]
    fn what_is_promised_can_not_be_counted_away() {
        let stock = Stock::new(10, 3, 4).unwrap();
        assert_eq!(StockAt::from(stock).recount(units(6)), Err(CountError::Promised { units: 7 }));
        let counted = stock.after(StockAt::from(stock).recount(units(7)).unwrap().unwrap()).unwrap();
        assert_eq!((counted.on_hand(), counted.available().0), (7, 0));
        assert_eq!(StockAt::from(stock).recount(units(10)), Ok(None));
    }

    #[test]
    fn a_bundle_has_nothing_to_be_counted() {
        let bundle = Stock::default().bundled(true);
        assert_eq!(
            (StockAt::from(bundle).recount(units(0)), StockAt::from(bundle).recount(units(7))),
            (Err(CountError::Bundle), Err(CountError::Bundle))
        );
    }

    #[test]
    fn a_delivery_that_is_too_small_for_all_who_wait_is_counted() {
        let owed = Stock::with_beyond(2, 0, 7, 9).unwrap();
        let counted = owed.after(StockAt::from(owed).recount(units(4)).unwrap().unwrap()).unwrap();
        assert_eq!((counted.on_hand(), counted.waiting(), counted.available().0), (4, 3, 0));
        assert_eq!(StockAt::from(owed).recount(units(1)), Err(CountError::Promised { units: 2 }));
    }
}
