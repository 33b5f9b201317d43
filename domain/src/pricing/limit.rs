use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::money::decimals;
use super::{Currency, Money, Price};

/// An amount without a currency that prices are compared with: what a shopper typed into a list's
/// form, or what the list's address says. Each price is compared in its own currency, so that `1500`
/// is ¥1,500 among yen and £1,500.00 among pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PriceLimit {
    ten_thousandths: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an amount of at most {max}, like 12.50", max = PriceLimit::MAX_WHOLE)]
pub struct PriceLimitError;

/// Digits behind the point of the finest minor unit in ISO 4217.
const MAX_DECIMALS: u32 = 4;
const TEN_THOUSANDTHS: u64 = 10_u64.pow(MAX_DECIMALS);
/// An address that has a fraction has at least this many digits of it, as most currencies do.
const USUAL_DECIMALS: usize = 2;

impl PriceLimit {
    /// As far as prices go in a currency without a minor unit.
    pub const MAX_WHOLE: u64 = Price::MAX_MINOR_UNITS.unsigned_abs();

    /// An amount that an index keeps, at most [`PriceLimit::MAX_WHOLE`].
    pub const fn from_ten_thousandths(ten_thousandths: u64) -> Self {
        let highest = Self::MAX_WHOLE * TEN_THOUSANDTHS;
        Self { ten_thousandths: if ten_thousandths < highest { ten_thousandths } else { highest } }
    }

    pub const fn ten_thousandths(self) -> u64 {
        self.ten_thousandths
    }

    /// The lowest amount of a currency that is not below the limit.
    pub fn rounded_up(self, currency: Currency) -> Money {
        money(self.ten_thousandths.div_ceil(ten_thousandths_of_minor_unit(currency)), currency)
    }

    /// The highest amount of a currency that is not above the limit.
    pub fn rounded_down(self, currency: Currency) -> Money {
        money(self.ten_thousandths / ten_thousandths_of_minor_unit(currency), currency)
    }
}

fn ten_thousandths_of_minor_unit(currency: Currency) -> u64 {
    10_u64.pow(MAX_DECIMALS.saturating_sub(decimals(currency).into()))
}

fn money(minor_units: u64, currency: Currency) -> Money {
    Money::new(i64::try_from(minor_units).unwrap_or(i64::MAX), currency)
}

impl FromStr for PriceLimit {
    type Err = PriceLimitError;

    /// `12`, `12.5`, `12,5` or `1,200.00`; a currency symbol before it is forgiven.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim().trim_start_matches(['£', '$', '€', '¥']);
        let raw = if has_decimal_comma(raw) { raw.replace(',', ".") } else { raw.replace(',', "") };
        let (whole, fraction) = raw.split_once('.').unwrap_or((&raw, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let is_amount = !whole.is_empty() && digits(whole) && digits(fraction);
        if !is_amount || fraction.len() > MAX_DECIMALS as usize {
            return Err(PriceLimitError);
        }
        let padded = format!("{whole}{fraction:0<width$}", width = MAX_DECIMALS as usize);
        let ten_thousandths: u64 = padded.parse().map_err(|_| PriceLimitError)?;
        if ten_thousandths > Self::MAX_WHOLE * TEN_THOUSANDTHS {
            Err(PriceLimitError)
        } else {
            Ok(Self { ten_thousandths })
        }
    }
}

/// Whether the one comma stands for a point, as in `20,50`: a group of thousands has three digits.
fn has_decimal_comma(raw: &str) -> bool {
    const DIGITS_OF_A_GROUP: usize = 3;
    let parts = raw.split_once(',');
    parts.is_some_and(|(_, part)| part.len() != DIGITS_OF_A_GROUP && !part.contains([',', '.']))
}

impl TryFrom<String> for PriceLimit {
    type Error = PriceLimitError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<PriceLimit> for String {
    fn from(limit: PriceLimit) -> Self {
        limit.to_string()
    }
}

impl fmt::Display for PriceLimit {
    /// The one way that addresses write it: `12`, `12.50`, `0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.ten_thousandths / TEN_THOUSANDTHS, self.ten_thousandths % TEN_THOUSANDTHS);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:0width$}", width = MAX_DECIMALS as usize);
        let significant = digits.trim_end_matches('0');
        write!(f, "{whole}.{significant:0<USUAL_DECIMALS$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limit(raw: &str) -> PriceLimit {
        raw.parse().unwrap()
    }

    #[test]
    fn a_limit_counts_in_the_currency_of_the_price() {
        let around = |raw: &str, currency| {
            (limit(raw).rounded_up(currency).to_string(), limit(raw).rounded_down(currency).to_string())
        };
        let same = |amount: &str| (amount.to_owned(), amount.to_owned());
        assert_eq!(around("1500", Currency::JPY), same("¥1,500"));
        assert_eq!(around("1500", Currency::GBP), same("£1,500.00"));
        assert_eq!(around("1.255", Currency::KWD), same("KWD\u{a0}1.255"));
        assert_eq!(around("1.255", Currency::GBP), ("£1.26".to_owned(), "£1.25".to_owned()));
        assert_eq!(around("0.5", Currency::JPY), ("¥1".to_owned(), "¥0".to_owned()));
    }

    #[test]
    fn a_limit_is_written_in_one_way() {
        for (raw, written) in [
            ("12", "12"),
            (" £1,200.00 ", "1200"),
            ("¥1500", "1500"),
            ("12.5", "12.50"),
            ("0.125", "0.125"),
            ("0.1250000", "0.125"),
            ("007.0001", "7.0001"),
            ("1000000000", "1000000000"),
        ] {
            assert_eq!(limit(raw).to_string(), written, "{raw}");
        }
        for wrong in
            ["", "-1", "1.2.3", ".5", "1e3", "abc", "0.00001", "1000000000.01", "1000000001", "99999999999999999999"]
        {
            assert_eq!(wrong.parse::<PriceLimit>(), Err(PriceLimitError), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_price_is_its_own_limit(minor in 1..=Price::MAX_MINOR_UNITS, place in 0_usize..4) {
            let currency = [Currency::GBP, Currency::JPY, Currency::KWD, Currency::CLF][place];
            let price = Money::new(minor, currency);
            let limit = limit(&price.decimal());
            prop_assert_eq!((limit.rounded_up(currency), limit.rounded_down(currency)), (price, price));
            prop_assert_eq!(limit.to_string().parse(), Ok(limit));
        }
    }
}
