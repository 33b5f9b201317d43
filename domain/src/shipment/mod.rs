//! Shipment: how an order reaches the shopper, what that costs and when it arrives. Pure so far;
//! the product page, the cart and the checkout promise with the same functions.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::pricing::Money;

/// How the shopper wants it delivered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOption {
    #[default]
    Standard,
    Express,
}

/// Subtotals from this many minor units on are delivered free of charge by standard delivery.
pub const FREE_DELIVERY_MINOR_UNITS: i64 = 40_00;
/// Days after delivery within which a shopper may change their mind: the law of the United Kingdom
/// (Consumer Contracts Regulations 2013) and of the European Union (Directive 2011/83/EU).
pub const RETURN_DAYS: u32 = 14;
const STANDARD_MINOR_UNITS: i64 = 3_95;
const EXPRESS_MINOR_UNITS: i64 = 7_95;

impl DeliveryOption {
    pub const ALL: [Self; 2] = [Self::Standard, Self::Express];

    /// Its name in forms.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Express => "express",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|option| option.parameter() == raw)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Standard => "Standard delivery",
            Self::Express => "Express delivery",
        }
    }

    /// What delivering a cart of this subtotal costs, in the subtotal's currency.
    pub fn charge(self, subtotal: Money) -> Money {
        let minor_units = match self {
            Self::Standard if subtotal.minor_units() >= FREE_DELIVERY_MINOR_UNITS => 0,
            Self::Standard => STANDARD_MINOR_UNITS,
            Self::Express => EXPRESS_MINOR_UNITS,
        };
        Money::new(minor_units, subtotal.currency())
    }

    /// Working days from the order to the doorstep.
    pub const fn working_days(self) -> u32 {
        match self {
            Self::Standard => 3,
            Self::Express => 1,
        }
    }

    /// The day it arrives when ordered on `ordered_on`: three working days, or the next one.
    pub fn arrives_on(self, ordered_on: Date) -> Date {
        (0..self.working_days()).fold(ordered_on, |day, _| next_working_day(day))
    }
}

fn next_working_day(day: Date) -> Date {
    let mut next = day.saturating_add(jiff::Span::new().days(1));
    while matches!(next.weekday(), Weekday::Saturday | Weekday::Sunday) {
        next = next.saturating_add(jiff::Span::new().days(1));
    }
    next
}

/// What the clock on the store's wall shows at a moment; the store keeps universal time.
pub fn store_time(now: Timestamp) -> DateTime {
    Offset::UTC.to_datetime(now)
}

/// The day that it is in the store at a moment.
pub fn store_day(now: Timestamp) -> Date {
    store_time(now).date()
}

/// A day as a shopper reads it: `Wednesday 2 December`.
pub fn spoken_day(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let weekday = match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    format!("{weekday} {} {month}", day.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;
    use jiff::civil::date;

    #[test]
    fn nothing_arrives_at_the_weekend() {
        let friday = date(2026, 11, 27);
        assert_eq!(spoken_day(DeliveryOption::Express.arrives_on(friday)), "Monday 30 November");
        assert_eq!(spoken_day(DeliveryOption::Standard.arrives_on(friday)), "Wednesday 2 December");
        for offset in 0..14 {
            let ordered_on = friday.saturating_add(jiff::Span::new().days(offset));
            let arrives = DeliveryOption::Standard.arrives_on(ordered_on);
            assert!(!matches!(arrives.weekday(), Weekday::Saturday | Weekday::Sunday));
        }
    }

    #[test]
    fn standard_delivery_is_free_from_its_threshold_on() {
        let charge = |minor, option: DeliveryOption| option.charge(Money::new(minor, Currency::GBP)).minor_units();
        assert_eq!(charge(39_99, DeliveryOption::Standard), 3_95);
        assert_eq!(charge(40_00, DeliveryOption::Standard), 0);
        assert_eq!(charge(40_00, DeliveryOption::Express), 7_95);
    }
}
