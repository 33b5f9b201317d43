use std::fmt;
use std::str::FromStr;

use super::AvailableUnits;
use crate::catalog::Sku;
use crate::text::TextError;

/// SKUs that one page watches: more than a cart holds or a product has variants.
pub const MAX_WATCHES: usize = 200;
/// More than any page tells apart.
pub const MAX_WATCHED_UNITS: u32 = 10_000;

/// A SKU whose stock an open page wants to hear of, as `5:LAMP`: only up to so many units, for a
/// page that shows "in stock" has nothing new to show when the 80th unit is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    sku: Sku,
    up_to_units: u32,
}

impl Watch {
    pub fn new(sku: Sku, up_to_units: u32) -> Self {
        Self { sku, up_to_units: up_to_units.min(MAX_WATCHED_UNITS) }
    }

    pub const fn sku(&self) -> &Sku {
        &self.sku
    }

    /// What the page is told: as many units as there are, or one more than it wants to know.
    fn told(&self, available: AvailableUnits) -> u32 {
        available.0.min(self.up_to_units + 1)
    }
}

/// What a page is told of all it watches, in its order: `6,0,3`.
pub fn told(watches: &[Watch], available: impl Fn(&Sku) -> AvailableUnits) -> String {
    let told = watches.iter().map(|watch| watch.told(available(&watch.sku)).to_string());
    told.collect::<Vec<_>>().join(",")
}

impl fmt::Display for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.up_to_units, self.sku)
    }
}

impl FromStr for Watch {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let parts = raw.split_once(':').and_then(|(units, sku)| {
            let up_to_units = units.parse().ok().filter(|units| *units <= MAX_WATCHED_UNITS)?;
            Some(Self { sku: sku.parse().ok()?, up_to_units })
        });
        parts.ok_or(TextError::Shape { example: "5:LAMP" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_goes_through_an_address_unharmed() {
        let watch = Watch::new("A:B".parse().unwrap(), 5);
        assert_eq!(watch.to_string().parse(), Ok(watch));
        for nonsense in ["", "LAMP", "5:", ":LAMP", "-1:LAMP", "x:LAMP", "10001:LAMP"] {
            assert!(nonsense.parse::<Watch>().is_err(), "{nonsense}");
        }
        assert!("10000:LAMP".parse::<Watch>().is_ok());
    }

    #[test]
    fn a_page_hears_no_more_than_it_shows() {
        let watches = ["5:LAMP", "0:STOOL"].map(|watch| watch.parse::<Watch>().unwrap());
        let with = |units| told(&watches, |_| AvailableUnits(units));
        assert_eq!(with(0), "0,0");
        assert_eq!(with(5), "5,1");
        assert_eq!((with(6), with(80)), ("6,1".to_owned(), "6,1".to_owned()));
    }
}
