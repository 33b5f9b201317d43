use jiff::{SignedDuration, Timestamp};

/// How long units stay reserved for an order whose payment is not settled, in milliseconds. A reservation
/// is made when the order is placed, and lasts as long again from each sign of life of its shopper; whoever is
/// not heard of for longer gives the units back.
pub const RESERVATION_LIFE_MS: i64 = 10 * 60 * 1_000;

/// How long units stay reserved at most for such an order, in milliseconds after it was placed, however often its
/// shopper looks.
pub const MAX_RESERVATION_MS: i64 = 30 * 60 * 1_000;

/// A sign of life within so many milliseconds of another one is not written down: pages that look by themselves
/// give many.
pub const SIGN_OF_LIFE_MS: i64 = 30 * 1_000;

/// When a reservation ends that was made at a moment, and whose shopper gave the last sign of life at another one.
pub fn reservation_ends_at(made_at: Timestamp, seen_at: Timestamp) -> Timestamp {
    let after = |moment: Timestamp, ms| moment.checked_add(SignedDuration::from_millis(ms)).unwrap_or(Timestamp::MAX);
    after(made_at.max(seen_at), RESERVATION_LIFE_MS).min(after(made_at, MAX_RESERVATION_MS))
}

/// Whether such a reservation is over. A clock that went back ends none early.
pub fn reservation_is_over(made_at: Timestamp, seen_at: Timestamp, now: Timestamp) -> bool {
    now >= reservation_ends_at(made_at, seen_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(time: &str) -> Timestamp {
        format!("2026-11-25T{time}Z").parse().unwrap()
    }

    #[test]
    fn a_reservation_lasts_ten_minutes() {
        let made_at = at("18:00:00");
        let is_over = |now: &str| reservation_is_over(made_at, Timestamp::UNIX_EPOCH, at(now));
        assert!(!is_over("18:09:59.999"));
        assert!(is_over("18:10:00"));
        assert!(!is_over("17:00:00"), "the clock went back");
        assert!(!reservation_is_over(Timestamp::MAX, Timestamp::MIN, Timestamp::MIN));
    }

    #[test]
    fn a_sign_of_life_makes_it_last_ten_minutes_more_but_no_more_than_half_an_hour() {
        let ends_at = |seen_at: &str| reservation_ends_at(at("18:00:00"), at(seen_at));
        assert_eq!(ends_at("18:09:00"), at("18:19:00"));
        assert_eq!(ends_at("18:20:00"), at("18:30:00"));
        assert_eq!(ends_at("18:20:00.001"), at("18:30:00"));
        assert_eq!(ends_at("23:00:00"), at("18:30:00"), "by a clock that went back since");
        assert_eq!(ends_at("17:00:00"), at("18:10:00"));
    }

    proptest! {
        #[test]
        fn a_sign_of_life_never_ends_a_reservation(made_s in 0..4_000_i64, seen_s in 0..9_000_i64, later_s in 0..4_000_i64) {
            let moment = |seconds| Timestamp::from_second(seconds).unwrap();
            let ends_at = |seen_s| reservation_ends_at(moment(made_s), moment(seen_s));
            prop_assert!(ends_at(seen_s) <= ends_at(seen_s + later_s));
            let lasts = ends_at(seen_s).as_millisecond() - made_s * 1_000;
            prop_assert!((RESERVATION_LIFE_MS..=MAX_RESERVATION_MS).contains(&lasts));
        }
    }
}
