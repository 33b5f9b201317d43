//! Amounts as Stripe counts them (<https://docs.stripe.com/currencies>). Most currencies it counts in the minor
//! units of ISO 4217, as the store does; the others are told apart here and nowhere else.

use domain::pricing::{Currency, Money};
use serde::Deserialize;

/// An amount on the wire, in the units of the gateway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub(super) struct WireAmount(i64);

/// An amount that the other side has no number for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount of {code} can't be told: {minor_units} units")]
pub(super) struct Inexpressible {
    code: &'static str,
    minor_units: i64,
}

/// How the gateway counts a currency, beside ISO 4217.
struct Counting {
    /// So many units on the wire are one of the store's.
    multiplied_by: i64,
    /// So many of the store's units are one on the wire.
    divided_by: i64,
    /// Only multiples of it are taken on the wire.
    step: i64,
}

impl Counting {
    const fn of(currency: Currency) -> Self {
        let (multiplied_by, divided_by, step) = match currency {
            // They have no decimals any more, and are counted as if they had two that are always zero.
            Currency::ISK | Currency::UGX => (100, 1, 100),
            // Its fifth is counted by ISO 4217 as if it were a hundredth, and by the gateway not at all.
            Currency::MGA => (1, 100, 1),
            // The last of their three decimals is always zero.
            Currency::BHD | Currency::JOD | Currency::KWD | Currency::OMR | Currency::TND => (1, 1, 10),
            _ => (1, 1, 1),
        };
        Self { multiplied_by, divided_by, step }
    }
}

impl WireAmount {
    pub(super) const fn new(units: i64) -> Self {
        Self(units)
    }

    pub(super) const fn units(self) -> i64 {
        self.0
    }

    /// The finest amount of a currency that there is on the wire, in minor units.
    pub(super) const fn finest_minor_units(currency: Currency) -> i64 {
        let Counting { multiplied_by, divided_by, step } = Counting::of(currency);
        let minor_units = step * divided_by / multiplied_by;
        if minor_units > 1 { minor_units } else { 1 }
    }

    /// An amount of the store as the gateway counts it.
    ///
    /// # Errors
    /// [`Inexpressible`] when it is too fine for the gateway, or too large.
    pub(super) fn of(amount: Money) -> Result<Self, Inexpressible> {
        let currency = amount.currency();
        let Counting { multiplied_by, divided_by, step } = Counting::of(currency);
        let units = scaled(amount.minor_units(), multiplied_by, divided_by).filter(|units| units % step == 0);
        units.map(Self).ok_or(Inexpressible { code: currency.code(), minor_units: amount.minor_units() })
    }

    /// What the gateway says of a currency, as an amount of the store.
    ///
    /// # Errors
    /// [`Inexpressible`] when the gateway itself would not take it, or it is too large.
    pub(super) fn in_currency(self, currency: Currency) -> Result<Money, Inexpressible> {
        let Counting { multiplied_by, divided_by, step } = Counting::of(currency);
        let taken = Some(self.0).filter(|units| units % step == 0);
        let minor_units = taken.and_then(|units| scaled(units, divided_by, multiplied_by));
        minor_units
            .map(|minor_units| Money::new(minor_units, currency))
            .ok_or(Inexpressible { code: currency.code(), minor_units: self.0 })
    }
}

/// A product and its quotient, where both are whole numbers.
const fn scaled(units: i64, multiplied_by: i64, divided_by: i64) -> Option<i64> {
    match units.checked_mul(multiplied_by) {
        Some(product) if product % divided_by == 0 => Some(product / divided_by),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(written: &str) -> Money {
        written.parse().unwrap()
    }

    #[test]
    fn an_amount_is_told_as_stripes_documentation_has_it() {
        for (written, units) in [
            ("10 USD", 1_000),
            ("12.90 GBP", 1_290),
            ("500 JPY", 500),
            // HUF and TWD are special where money is paid out, not where it is charged.
            ("10.45 HUF", 1_045),
            ("5 ISK", 500),
            ("5 UGX", 500),
            ("5 MGA", 5),
            ("5.120 KWD", 5_120),
            ("5.130 BHD", 5_130),
            ("1.010 JOD", 1_010),
            ("1.010 OMR", 1_010),
            ("1.010 TND", 1_010),
        ] {
            let wire = WireAmount::of(money(written)).unwrap();
            assert_eq!(wire.units(), units, "{written}");
            assert_eq!(wire.in_currency(money(written).currency()), Ok(money(written)), "{written}");
            let finest = WireAmount::finest_minor_units(money(written).currency());
            assert_eq!(money(written).minor_units() % finest, 0, "{written}");
            assert!(WireAmount::of(Money::new(finest, money(written).currency())).is_ok(), "{written}");
        }
    }

    #[test]
    fn what_can_not_be_told_is_refused_on_both_sides() {
        for written in ["5.124 KWD", "0.001 BHD", "0.009 JOD", "0.011 OMR", "1.005 TND", "5.20 MGA", "0.01 MGA"] {
            assert!(WireAmount::of(money(written)).is_err(), "{written}");
        }
        for (units, currency) in [(501, Currency::ISK), (50, Currency::UGX), (5_124, Currency::KWD), (1, Currency::TND)]
        {
            assert!(WireAmount::new(units).in_currency(currency).is_err(), "{units} of {}", currency.code());
        }
        let largest = i64::MAX / 100;
        assert!(WireAmount::of(Money::new(largest, Currency::ISK)).is_ok());
        assert!(WireAmount::of(Money::new(largest + 1, Currency::ISK)).is_err());
        assert!(WireAmount::new(largest).in_currency(Currency::MGA).is_ok());
        assert!(WireAmount::new(largest + 1).in_currency(Currency::MGA).is_err());
    }

    fn currency() -> impl Strategy<Value = Currency> {
        use Currency as C;
        prop::sample::select(vec![C::GBP, C::JPY, C::ISK, C::UGX, C::MGA, C::BHD, C::JOD, C::KWD, C::OMR, C::TND])
    }

    proptest! {
        #[test]
        fn what_is_told_is_understood(minor_units in any::<i64>(), currency in currency()) {
            let amount = Money::new(minor_units, currency);
            if let Ok(wire) = WireAmount::of(amount) {
                prop_assert_eq!(wire.in_currency(currency), Ok(amount));
            }
        }

        #[test]
        fn what_is_understood_can_be_told(units in any::<i64>(), currency in currency()) {
            if let Ok(amount) = WireAmount::new(units).in_currency(currency) {
                prop_assert_eq!(WireAmount::of(amount), Ok(WireAmount::new(units)));
            }
        }

        #[test]
        fn parts_that_can_be_told_add_up(a in 0_i64..1_000_000, b in 0_i64..1_000_000, currency in currency()) {
            let told = |units| WireAmount::of(Money::new(units, currency)).map(WireAmount::units);
            if let (Ok(first), Ok(second)) = (told(a), told(b)) {
                prop_assert_eq!(told(a + b), Ok(first + second));
            }
        }
    }
}
