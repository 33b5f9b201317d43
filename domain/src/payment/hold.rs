//! How long a bank holds money that is not captured.

use std::time::Duration;

use jiff::Timestamp;

use crate::order::OrderNumber;
use crate::pricing::Money;

/// How long most banks hold what is authorized online by a card; then it can't be captured any more
/// (<https://docs.stripe.com/payments/place-a-hold-on-a-payment-method>, as of 2026). Some hold it for longer and few for
/// less.
pub const HOLD_LIFETIME: Duration = Duration::from_hours(7 * 24);

/// How long before that those who run the store are told.
pub const HOLD_NOTICE: Duration = Duration::from_hours(2 * 24);

/// Holds that are shown at once.
pub const HOLDS_SHOWN: u32 = 100;

/// What a bank holds for an order, whose hold ends soon or has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingHold {
    pub number: OrderNumber,
    /// What is not captured of it.
    pub amount: Money,
    pub ends_at: Timestamp,
}

impl EndingHold {
    /// The hold of an amount since a moment; `None` where it does not end soon.
    pub fn of(number: OrderNumber, amount: Money, held_since: Timestamp, now: Timestamp) -> Option<Self> {
        let ends_at = held_since.checked_add(HOLD_LIFETIME).ok()?;
        let told_from = ends_at.checked_sub(HOLD_NOTICE).ok()?;
        (now >= told_from).then_some(Self { number, amount, ends_at })
    }

    /// Whether the bank has let go of it, as far as banks usually do.
    pub fn has_ended(&self, now: Timestamp) -> bool {
        now >= self.ends_at
    }

    /// A moment such that what is held since then or later does not end soon.
    pub fn none_since(now: Timestamp) -> Timestamp {
        now.checked_sub(HOLD_LIFETIME).and_then(|longest| longest.checked_add(HOLD_NOTICE)).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::pricing::Currency;

    #[test]
    fn those_who_run_the_store_are_told_two_days_before_a_hold_ends() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let (number, amount) = ("CG-7K4M2-P9QX1".parse().unwrap(), Money::new(28_45, Currency::GBP));
        let hold = |age: SignedDuration| EndingHold::of(number, amount, now - age, now);
        let (day, moment) = (SignedDuration::from_hours(24), SignedDuration::from_millis(1));
        assert_eq!(hold(day * 5 - moment), None);
        let soon = hold(day * 5).unwrap();
        assert_eq!((soon.ends_at, soon.has_ended(now)), (now + day * 2, false));
        assert!(!hold(day * 7 - moment).unwrap().has_ended(now));
        assert!(hold(day * 7).unwrap().has_ended(now));
        assert_eq!(EndingHold::none_since(now), now - day * 5);
    }
}
