use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Zone, next_working_day};
use crate::pricing::{Currency, Money};

/// How the shopper wants it delivered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOption {
    #[default]
    Standard,
    Express,
}

/// Subtotals from this many minor units on are delivered free of charge by standard delivery at home.
pub const FREE_DELIVERY_MINOR_UNITS: i64 = 40_00;
const HOME_STANDARD_MINOR_UNITS: i64 = 3_95;
const HOME_STANDARD_WORKING_DAYS: u32 = 3;
const HOME_EXPRESS_MINOR_UNITS: i64 = 7_95;
const HOME_EXPRESS_WORKING_DAYS: u32 = 1;
const EUROPE_STANDARD_MINOR_UNITS: i64 = 9_95;
const EUROPE_STANDARD_WORKING_DAYS: u32 = 7;
const WORLD_STANDARD_MINOR_UNITS: i64 = 19_95;
const WORLD_STANDARD_WORKING_DAYS: u32 = 14;

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
}

/// A delivery that the store makes: an option to a zone where its promise holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    option: DeliveryOption,
    zone: Zone,
    minor_units: i64,
    free_from_minor_units: Option<i64>,
    working_days: u32,
}

impl Delivery {
    /// What is promised while no address is known.
    pub const STANDARD_AT_HOME: Self = Self {
        option: DeliveryOption::Standard,
        zone: Zone::Home,
        minor_units: HOME_STANDARD_MINOR_UNITS,
        free_from_minor_units: Some(FREE_DELIVERY_MINOR_UNITS),
        working_days: HOME_STANDARD_WORKING_DAYS,
    };
    pub const EXPRESS_AT_HOME: Self = Self {
        option: DeliveryOption::Express,
        zone: Zone::Home,
        minor_units: HOME_EXPRESS_MINOR_UNITS,
        free_from_minor_units: None,
        working_days: HOME_EXPRESS_WORKING_DAYS,
    };

    /// An option to a zone; `None` where the store can't promise it. No carrier that the store has
    /// brings a parcel through customs by the next day, so express is for the home country.
    pub const fn new(option: DeliveryOption, zone: Zone) -> Option<Self> {
        match (option, zone) {
            (DeliveryOption::Standard, zone) => Some(Self::standard(zone)),
            (DeliveryOption::Express, Zone::Home) => Some(Self::EXPRESS_AT_HOME),
            (DeliveryOption::Express, Zone::Europe | Zone::World) => None,
        }
    }

    /// What every zone has.
    pub const fn standard(zone: Zone) -> Self {
        let (minor_units, working_days) = match zone {
            Zone::Home => return Self::STANDARD_AT_HOME,
            Zone::Europe => (EUROPE_STANDARD_MINOR_UNITS, EUROPE_STANDARD_WORKING_DAYS),
            Zone::World => (WORLD_STANDARD_MINOR_UNITS, WORLD_STANDARD_WORKING_DAYS),
        };
        Self { option: DeliveryOption::Standard, zone, minor_units, free_from_minor_units: None, working_days }
    }

    /// Everything that is offered to a zone.
    pub fn to(zone: Zone) -> impl Iterator<Item = Self> {
        DeliveryOption::ALL.into_iter().filter_map(move |option| Self::new(option, zone))
    }

    pub const fn option(self) -> DeliveryOption {
        self.option
    }

    pub const fn zone(self) -> Zone {
        self.zone
    }

    /// What delivering a cart of this subtotal costs, in the subtotal's currency.
    pub fn charge(self, subtotal: Money) -> Money {
        Money::new(if self.is_free(subtotal) { 0 } else { self.minor_units }, subtotal.currency())
    }

    /// Whether a cart of this subtotal is delivered for nothing.
    pub fn is_free(self, subtotal: Money) -> bool {
        self.free_from_minor_units.is_some_and(|free_from| subtotal.minor_units() >= free_from)
    }

    /// The subtotal from which on it costs nothing; `None` where it always costs something.
    pub fn free_from(self, currency: Currency) -> Option<Money> {
        self.free_from_minor_units.map(|minor_units| Money::new(minor_units, currency))
    }

    /// Working days from the order to the doorstep.
    pub const fn working_days(self) -> u32 {
        self.working_days
    }

    /// The day it arrives when ordered on `ordered_on`: that many working days later.
    pub fn arrives_on(self, ordered_on: Date) -> Date {
        (0..self.working_days).fold(ordered_on, |day, _| next_working_day(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipment::spoken_day;
    use jiff::civil::{Weekday, date};
    use proptest::prelude::*;

    const EVERY: [Delivery; 4] = [
        Delivery::STANDARD_AT_HOME,
        Delivery::EXPRESS_AT_HOME,
        Delivery::standard(Zone::Europe),
        Delivery::standard(Zone::World),
    ];

    #[test]
    fn a_day_is_promised_by_how_far_away_it_is() {
        let friday = date(2026, 11, 27);
        let days = EVERY.map(|delivery| spoken_day(delivery.arrives_on(friday)));
        assert_eq!(days, ["Wednesday 2 December", "Monday 30 November", "Tuesday 8 December", "Thursday 17 December"]);
    }

    #[test]
    fn express_is_offered_where_its_promise_holds() {
        let offered = |zone| Delivery::to(zone).map(Delivery::option).collect::<Vec<_>>();
        assert_eq!(offered(Zone::Home), DeliveryOption::ALL);
        assert_eq!(offered(Zone::Europe), [DeliveryOption::Standard]);
        assert_eq!(offered(Zone::World), [DeliveryOption::Standard]);
    }

    #[test]
    fn standard_delivery_is_free_from_its_threshold_on_and_at_home_only() {
        let charge = |minor, delivery: Delivery| delivery.charge(Money::new(minor, Currency::GBP)).minor_units();
        assert_eq!(EVERY.map(|delivery| charge(39_99, delivery)), [3_95, 7_95, 9_95, 19_95]);
        assert_eq!(EVERY.map(|delivery| charge(40_00, delivery)), [0, 7_95, 9_95, 19_95]);
        let free_from = EVERY.map(|delivery| delivery.free_from(Currency::GBP).map(Money::minor_units));
        assert_eq!(free_from, [Some(FREE_DELIVERY_MINOR_UNITS), None, None, None]);
    }

    proptest! {
        #[test]
        fn nothing_arrives_at_the_weekend_or_sooner_from_further_away(offset in 0_i64..800) {
            let ordered_on = date(2026, 1, 1).saturating_add(jiff::Span::new().days(offset));
            let days = EVERY.map(|delivery| delivery.arrives_on(ordered_on));
            for day in days {
                prop_assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
            }
            let [standard, express, europe, world] = days;
            prop_assert!(ordered_on < express && express < standard && standard < europe && europe < world);
        }
    }
}
