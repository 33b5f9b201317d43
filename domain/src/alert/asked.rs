use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::AlertError;
use crate::catalog::Sku;
use crate::id::random_id;
use crate::inventory::Availability;
use crate::pricing::Price;

/// Alerts of one customer, or of one e-mail address without an account, that wait at the same time.
pub const MAX_ALERTS: usize = 50;
/// How long an alert waits: what does not come within a year is wanted by nobody any more.
pub const ALERT_LIFE_DAYS: i64 = 365;
/// How long the link of a letter confirms an alert.
pub const CONFIRMATION_LIFE_HOURS: i64 = 24;

const HOURS_PER_DAY: i64 = 24;

random_id!(
    /// The key of an alert. It opens nothing: whose it is decides.
    AlertId
);

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// It can be bought again.
    Stock,
    /// It costs less.
    Price,
}

impl AlertKind {
    /// Its name in the database, in forms and in addresses.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Price => "price",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        [Self::Stock, Self::Price].into_iter().find(|kind| kind.parameter() == raw)
    }
}

/// How a variant is sold at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub price: Price,
    pub availability: Availability,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Awaited {
    Stock,
    /// A price below the one that was seen.
    Price {
        below: Price,
    },
}

impl Awaited {
    /// What somebody waits for who asks now.
    ///
    /// # Errors
    /// [`AlertError::InStock`] where nobody has to wait.
    pub fn of(kind: AlertKind, now: Offered) -> Result<Self, AlertError> {
        match kind {
            AlertKind::Stock if now.availability != Availability::SoldOut => Err(AlertError::InStock),
            AlertKind::Stock => Ok(Self::Stock),
            AlertKind::Price => Ok(Self::Price { below: now.price }),
        }
    }

    pub const fn kind(self) -> AlertKind {
        match self {
            Self::Stock => AlertKind::Stock,
            Self::Price { .. } => AlertKind::Price,
        }
    }

    /// Whether it has come. A price in another currency is no lower one.
    pub fn has_come(self, now: Offered) -> bool {
        match self {
            Self::Stock => now.availability != Availability::SoldOut,
            Self::Price { below } => {
                now.price.currency() == below.currency() && now.price.minor_units() < below.minor_units()
            }
        }
    }
}

/// An alert that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub id: AlertId,
    pub sku: Sku,
    pub awaited: Awaited,
    pub asked_at: Timestamp,
}

/// The first moment at which an alert that was asked for waits no more.
pub fn ends_at(asked_at: Timestamp) -> Timestamp {
    later(asked_at, ALERT_LIFE_DAYS * HOURS_PER_DAY)
}

/// The first moment at which it is too late to confirm an alert.
pub fn confirmed_by(asked_at: Timestamp) -> Timestamp {
    later(asked_at, CONFIRMATION_LIFE_HOURS)
}

fn later(moment: Timestamp, hours: i64) -> Timestamp {
    // Beyond the year 9999 it lasts to the end of time, which no alert sees.
    moment.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offered(price: &str, availability: Availability) -> Offered {
        Offered { price: price.parse().unwrap(), availability }
    }

    #[test]
    fn nobody_waits_for_what_is_there() {
        let there = offered("24.50 GBP", Availability::Low { units: 1 });
        let day = "2027-01-12".parse().unwrap();
        assert_eq!(Awaited::of(AlertKind::Stock, there), Err(AlertError::InStock));
        let later = offered("24.50 GBP", Availability::Backorder { day });
        assert_eq!(Awaited::of(AlertKind::Stock, later), Err(AlertError::InStock));
        let gone = offered("24.50 GBP", Availability::SoldOut);
        assert_eq!(Awaited::of(AlertKind::Stock, gone), Ok(Awaited::Stock));
        assert!(!Awaited::Stock.has_come(gone) && Awaited::Stock.has_come(there) && Awaited::Stock.has_come(later));
    }

    #[test]
    fn a_price_is_waited_for_in_its_currency() {
        let awaited = Awaited::of(AlertKind::Price, offered("24.50 GBP", Availability::SoldOut)).unwrap();
        assert_eq!(awaited.kind(), AlertKind::Price);
        let has_come = |price| awaited.has_come(offered(price, Availability::SoldOut));
        assert!(has_come("24.49 GBP") && !has_come("24.50 GBP") && !has_come("24.51 GBP"));
        assert!(!has_come("20.00 EUR"));
    }

    #[test]
    fn what_is_kept_reads_back() {
        for awaited in [Awaited::Stock, Awaited::Price { below: "24.50 GBP".parse().unwrap() }] {
            let kept = serde_json::to_string(&awaited).unwrap();
            assert_eq!(serde_json::from_str::<Awaited>(&kept).unwrap(), awaited);
            assert_eq!(AlertKind::from_parameter(awaited.kind().parameter()), Some(awaited.kind()));
        }
        assert_eq!(AlertKind::from_parameter("weather"), None);
    }

    #[test]
    fn an_alert_ends_with_its_year_and_its_link_with_its_day() {
        let asked_at: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        assert_eq!(ends_at(asked_at), "2027-11-25T12:00:00Z".parse().unwrap());
        assert_eq!(confirmed_by(asked_at), "2026-11-26T12:00:00Z".parse().unwrap());
        assert_eq!(ends_at(Timestamp::MAX), Timestamp::MAX);
    }

    proptest! {
        #[test]
        fn no_price_has_come_when_it_is_asked_for_and_every_lower_one_has(minor in 2_i64..=1_000_000_000) {
            let price = |minor| Price::try_from(crate::pricing::Money::new(minor, crate::pricing::Currency::GBP)).unwrap();
            let now = |minor| Offered { price: price(minor), availability: Availability::InStock };
            let awaited = Awaited::of(AlertKind::Price, now(minor)).unwrap();
            prop_assert!(!awaited.has_come(now(minor)));
            prop_assert!(awaited.has_come(now(minor - 1)));
        }
    }
}
