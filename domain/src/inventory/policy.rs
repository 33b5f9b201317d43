use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AvailableUnits, Quantity, SaleTerms};
use crate::shipment::spoken_day;

/// Whether a SKU is sold beyond what is on hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockPolicy {
    /// What is gone is sold out.
    #[default]
    StopAtZero,
    /// What is gone can be ordered until it is expected back.
    Backorder(Later),
    /// It can be ordered before it is released, whether or not some of it is on hand.
    Preorder(Later),
}

/// Units that are sold before they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// The day that they are expected, in the store: the last one that they are promised on.
    pub day: Date,
    /// How many may be promised beyond those on hand, to all orders together.
    pub units: Quantity,
}

/// What can be bought of a SKU now, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnSale {
    /// On hand and not promised, with what the policy lets be promised beyond.
    pub available: AvailableUnits,
    pub terms: SaleTerms,
    /// It takes the stock of its parts.
    #[serde(default)]
    pub is_bundle: bool,
}

/// What a shopper is told about stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Availability {
    InStock,
    Low {
        units: u32,
    },
    SoldOut,
    /// Ordered now, and sent when it is back on this day.
    Backorder {
        day: Date,
    },
    /// Ordered now, and sent when it is released on this day.
    Preorder {
        day: Date,
    },
}

impl StockPolicy {
    /// Its name in the database, in forms and in feeds.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::StopAtZero => "stop",
            Self::Backorder(_) => "backorder",
            Self::Preorder(_) => "preorder",
        }
    }

    /// The policy of a name; what is sold later says when, and how many.
    pub fn named(name: &str, later: Option<Later>) -> Option<Self> {
        match (name, later) {
            ("stop", _) => Some(Self::StopAtZero),
            ("backorder", Some(later)) => Some(Self::Backorder(later)),
            ("preorder", Some(later)) => Some(Self::Preorder(later)),
            _ => None,
        }
    }

    pub const fn later(self) -> Option<Later> {
        match self {
            Self::StopAtZero => None,
            Self::Backorder(later) | Self::Preorder(later) => Some(later),
        }
    }

    /// What is left of it on a day: nothing is promised for a day that has passed.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        if self.later().is_some_and(|later| later.day < today) { Self::StopAtZero } else { self }
    }

    /// How many units it lets be promised beyond those on hand.
    pub fn beyond(self) -> u32 {
        self.later().map_or(0, |later| later.units.get())
    }
}

impl OnSale {
    /// What can be bought on a day. `free` is what is on hand less what is promised: less than nothing
    /// where orders wait.
    pub fn new(free: i64, terms: SaleTerms, today: Date) -> Self {
        let policy = terms.policy.on(today);
        let promisable = free.saturating_add(policy.beyond().into()).max(0);
        let available = AvailableUnits(u32::try_from(promisable).unwrap_or(u32::MAX));
        Self { available, terms: SaleTerms { policy, ..terms }, is_bundle: false }
    }

    /// Units that lie there for whoever comes next.
    pub fn on_shelf(self) -> u32 {
        self.available.0.saturating_sub(self.terms.policy.beyond())
    }

    /// What is said of it before somebody asks for a number of units.
    pub fn availability(self) -> Availability {
        self.availability_of(Quantity::ONE)
    }

    /// What is said to somebody who wants so many units.
    pub fn availability_of(self, units: Quantity) -> Availability {
        match (self.available, self.terms.policy) {
            (AvailableUnits(0), _) => Availability::SoldOut,
            (_, StockPolicy::Preorder(later)) => Availability::Preorder { day: later.day },
            (_, StockPolicy::Backorder(later)) if self.on_shelf() < units.get() => {
                Availability::Backorder { day: later.day }
            }
            _ => match self.on_shelf() {
                0 => Availability::SoldOut,
                units if units <= self.terms.low_units() => Availability::Low { units },
                _ => Availability::InStock,
            },
        }
    }
}

impl From<AvailableUnits> for OnSale {
    fn from(available: AvailableUnits) -> Self {
        Self { available, ..Self::default() }
    }
}

impl Availability {
    /// The day that somebody waits for; `None` for what is there, or can't be bought.
    pub const fn waits_until(self) -> Option<Date> {
        match self {
            Self::Backorder { day } | Self::Preorder { day } => Some(day),
            Self::InStock | Self::Low { .. } | Self::SoldOut => None,
        }
    }

    /// As a shopper reads it.
    pub fn in_words(self) -> String {
        match self {
            Self::InStock => "In stock".to_owned(),
            Self::Low { units } => format!("Only {units} left in stock"),
            Self::SoldOut => "Sold out".to_owned(),
            Self::Backorder { day } => format!("Back in stock on {}, order now", day_in_year(day)),
            Self::Preorder { day } => format!("Released on {}, order now", day_in_year(day)),
        }
    }
}

/// A day that may be far off: `Tuesday 12 January 2027`.
pub fn day_in_year(day: Date) -> String {
    format!("{} {}", spoken_day(day), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(raw: &str) -> Date {
        raw.parse().unwrap()
    }

    fn later(units: u32) -> Later {
        Later { day: day("2027-01-12"), units: units.try_into().unwrap() }
    }

    fn on_sale(free: i64, policy: StockPolicy, today: &str) -> OnSale {
        OnSale::new(free, SaleTerms { policy, ..SaleTerms::default() }, day(today))
    }

    #[test]
    fn scarcity_is_told_only_when_it_is_true() {
        let of = |units: u32, low: Option<u32>| {
            let terms = SaleTerms { low: low.map(|low| low.try_into().unwrap()), ..SaleTerms::default() };
            OnSale { terms, ..OnSale::from(AvailableUnits(units)) }.availability()
        };
        assert_eq!(of(0, None), Availability::SoldOut);
        assert_eq!(of(5, None), Availability::Low { units: 5 });
        assert_eq!(of(6, None), Availability::InStock);
        // A SKU may have a mark of its own.
        assert_eq!((of(12, Some(12)), of(13, Some(12))), (Availability::Low { units: 12 }, Availability::InStock));
        assert_eq!((of(1, Some(0)), of(0, Some(0))), (Availability::InStock, Availability::SoldOut));
        let few = on_sale(3, StockPolicy::Backorder(later(100)), "2026-12-01");
        assert_eq!(few.availability(), Availability::Low { units: 3 }, "what is ordered later is not on the shelf");
    }

    #[test]
    fn whoever_has_to_wait_hears_until_when() {
        let said = |free, policy, today| on_sale(free, policy, today).availability().in_words();
        let (back, new) = (StockPolicy::Backorder(later(10)), StockPolicy::Preorder(later(10)));
        assert_eq!(said(0, back, "2026-12-01"), "Back in stock on Tuesday 12 January 2027, order now");
        assert_eq!(said(6, back, "2026-12-01"), "In stock");
        assert_eq!(said(-10, back, "2026-12-01"), "Sold out", "the limit is reached");
        assert_eq!(said(6, new, "2026-12-01"), "Released on Tuesday 12 January 2027, order now");
        // The last day of the promise, and the first after it.
        assert_eq!(said(0, new, "2027-01-12"), "Released on Tuesday 12 January 2027, order now");
        assert_eq!(
            (said(0, new, "2027-01-13").as_str(), said(6, new, "2027-01-13").as_str()),
            ("Sold out", "In stock")
        );
        assert_eq!(said(0, StockPolicy::StopAtZero, "2026-12-01"), "Sold out");
    }

    #[test]
    fn more_than_is_on_the_shelf_waits() {
        let three = on_sale(3, StockPolicy::Backorder(later(10)), "2026-12-01");
        let of = |units: u32| three.availability_of(units.try_into().unwrap());
        assert_eq!((of(3).waits_until(), of(4).waits_until()), (None, Some(day("2027-01-12"))));
        assert_eq!((three.available, three.on_shelf()), (AvailableUnits(13), 3));
    }

    #[test]
    fn every_policy_has_a_name_of_its_own() {
        for policy in [StockPolicy::StopAtZero, StockPolicy::Backorder(later(1)), StockPolicy::Preorder(later(1))] {
            assert_eq!(StockPolicy::named(policy.parameter(), policy.later()), Some(policy));
        }
        assert_eq!(StockPolicy::named("backorder", None), None);
    }

    proptest! {
        #[test]
        fn no_more_is_promised_than_is_there_and_may_be_owed(
            on_hand in 0_i64..50, promised in 0_i64..90, units in 1_u32..40, kind in 0_usize..3, days_late in -1_i32..2,
        ) {
            let policy = [StockPolicy::StopAtZero, StockPolicy::Backorder(later(units)), StockPolicy::Preorder(later(units))][kind];
            let today = later(1).day.checked_add(jiff::Span::new().days(days_late)).unwrap();
            let now = OnSale::new(on_hand - promised, SaleTerms { policy, ..SaleTerms::default() }, today);
            let most = on_hand + if kind == 0 || days_late > 0 { 0 } else { i64::from(units) };
            let available = i64::from(now.available.0);
            prop_assert!(available == 0 || promised + available <= most);
            prop_assert_eq!(i64::from(now.on_shelf()), (on_hand - promised).max(0), "of what is there, all is shown");
            prop_assert_eq!(now.availability() == Availability::SoldOut, available == 0);
        }
    }
}
