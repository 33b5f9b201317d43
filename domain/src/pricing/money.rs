use std::fmt;
use std::str::FromStr;

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

/// An amount in integer minor units (pence, cents, yen) of one currency; may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor_units: i64,
    currency: Currency,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("amounts in {left} and {right} can't be added", left = .left.code(), right = .right.code())]
    CurrenciesDiffer { left: Currency, right: Currency },
    #[error("the amount is too large")]
    TooLarge,
    #[error("must be an amount and a currency, like 12.99 GBP")]
    Shape,
    #[error("{code} is not a currency code of ISO 4217, like GBP")]
    UnknownCurrency { code: String },
    #[error("{currency} has {decimals} decimal places", currency = .currency.code())]
    TooPrecise { currency: Currency, decimals: u16 },
}

impl Money {
    pub const fn new(minor_units: i64, currency: Currency) -> Self {
        Self { minor_units, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    pub const fn minor_units(self) -> i64 {
        self.minor_units
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub const fn is_negative(self) -> bool {
        self.minor_units < 0
    }

    /// # Errors
    /// [`MoneyError::CurrenciesDiffer`], or [`MoneyError::TooLarge`] when the sum leaves `i64`.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrenciesDiffer { left: self.currency, right: other.currency });
        }
        self.minor_units
            .checked_add(other.minor_units)
            .map(|sum| Self::new(sum, self.currency))
            .ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let negated = other.minor_units.checked_neg().ok_or(MoneyError::TooLarge)?;
        self.plus(Self::new(negated, other.currency))
    }

    /// # Errors
    /// [`MoneyError::TooLarge`] when the product leaves `i64`.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        self.minor_units
            .checked_mul(i64::from(count))
            .map(|product| Self::new(product, self.currency))
            .ok_or(MoneyError::TooLarge)
    }

    /// Parses a decimal amount such as `12.9` or `1299` in a known currency.
    ///
    /// # Errors
    /// [`MoneyError::Shape`], [`MoneyError::TooPrecise`] or [`MoneyError::TooLarge`].
    pub fn from_decimal(raw: &str, currency: Currency) -> Result<Self, MoneyError> {
        let decimals = decimals(currency);
        let raw = raw.trim();
        let (negative, digits) = raw.strip_prefix('-').map_or((false, raw), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let only_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !only_digits(whole) || !only_digits(fraction) {
            return Err(MoneyError::Shape);
        }
        let significant = fraction.trim_end_matches('0');
        if significant.len() > usize::from(decimals) {
            return Err(MoneyError::TooPrecise { currency, decimals });
        }
        let padded = format!("{whole}{significant:0<width$}", width = usize::from(decimals));
        let magnitude: i64 = padded.parse().map_err(|_| MoneyError::TooLarge)?;
        Ok(Self::new(if negative { -magnitude } else { magnitude }, currency))
    }

    /// The amount as a plain decimal, without currency: `43.20`. For forms, feeds and JSON-LD.
    pub fn decimal(self) -> String {
        let decimals = usize::from(decimals(self.currency));
        let sign = if self.is_negative() { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor_units.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// A part of an amount in proportion, in minor units and rounded down; nothing of nothing. The part is at most the whole.
pub(crate) fn part(amount: i64, of: i64, whole: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(of);
    exact.checked_div(i128::from(whole)).and_then(|share| i64::try_from(share).ok()).unwrap_or_default()
}

/// Decimal places of a currency's minor unit (ISO 4217); currencies without one count whole units.
pub(super) fn decimals(currency: Currency) -> u16 {
    currency.exponent().unwrap_or(0)
}

impl FromStr for Money {
    type Err = MoneyError;

    /// `12.99 GBP`, the form of product feeds.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (amount, code) = raw.trim().rsplit_once(char::is_whitespace).ok_or(MoneyError::Shape)?;
        let currency = Currency::from_code(&code.to_ascii_uppercase())
            .ok_or_else(|| MoneyError::UnknownCurrency { code: code.chars().take(8).collect() })?;
        Self::from_decimal(amount, currency)
    }
}

impl fmt::Display for Money {
    /// What a shopper reads: `£1,243.20`, `−£4.99`, `CHF 12.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.decimal();
        let unsigned = plain.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if self.is_negative() {
            f.write_str("−")?;
        }
        match symbol(self.currency) {
            Some(symbol) => f.write_str(symbol)?,
            None => write!(f, "{}\u{a0}", self.currency.code())?,
        }
        for (index, digit) in whole.char_indices() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

/// The symbols that mean one currency only to a reader; every other currency shows its code.
fn symbol(currency: Currency) -> Option<&'static str> {
    match currency {
        Currency::GBP => Some("£"),
        Currency::EUR => Some("€"),
        Currency::USD => Some("$"),
        Currency::JPY => Some("¥"),
        Currency::CAD => Some("CA$"),
        Currency::AUD => Some("A$"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency() -> impl Strategy<Value = Currency> {
        prop::sample::select(vec![Currency::GBP, Currency::JPY, Currency::KWD, Currency::USD])
    }

    #[test]
    fn amounts_read_as_shoppers_write_them() {
        let shown = |raw: &str| raw.parse::<Money>().map(|money| money.to_string());
        assert_eq!(shown("1243.2 GBP").as_deref(), Ok("£1,243.20"));
        assert_eq!(shown("-4.99 gbp").as_deref(), Ok("−£4.99"));
        assert_eq!(shown("1200 JPY").as_deref(), Ok("¥1,200"));
        assert_eq!(shown("0.005 KWD").as_deref(), Ok("KWD\u{a0}0.005"));
    }

    #[test]
    fn a_bad_amount_says_what_is_wrong() {
        assert_eq!("12.999 GBP".parse::<Money>().map_err(|e| e.to_string()), Err("GBP has 2 decimal places".into()));
        assert_eq!("12.99".parse::<Money>(), Err(MoneyError::Shape));
        assert_eq!("twelve GBP".parse::<Money>(), Err(MoneyError::Shape));
        assert!(matches!("1 QQQ".parse::<Money>(), Err(MoneyError::UnknownCurrency { .. })));
        assert_eq!("99999999999999999999 GBP".parse::<Money>(), Err(MoneyError::TooLarge));
    }

    proptest! {
        #[test]
        fn an_amount_survives_being_written_down(minor in -1_000_000_000_i64..1_000_000_000, currency in currency()) {
            let money = Money::new(minor, currency);
            let written = format!("{} {}", money.decimal(), currency.code());
            prop_assert_eq!(written.parse::<Money>(), Ok(money));
        }

        #[test]
        fn a_sum_taken_apart_is_what_it_was(a in any::<i32>(), b in any::<i32>(), currency in currency()) {
            let (a, b) = (Money::new(a.into(), currency), Money::new(b.into(), currency));
            prop_assert_eq!(a.plus(b).and_then(|sum| sum.minus(b)), Ok(a));
        }

        #[test]
        fn currencies_never_mix(a in any::<i64>(), b in any::<i64>()) {
            let mixed = Money::new(a, Currency::GBP).plus(Money::new(b, Currency::USD));
            prop_assert!(matches!(mixed, Err(MoneyError::CurrenciesDiffer { .. })), "{:?}", mixed);
        }

        #[test]
        fn any_text_is_an_amount_or_an_error(raw in ".{0,24}") {
            let _ = raw.parse::<Money>();
        }
    }
}
