use jiff::Timestamp;

/// How long units stay reserved for an order whose payment is not settled, in milliseconds. A reservation
/// is made when the order is placed; whoever waits longer for a bank gives the units back.
pub const RESERVATION_LIFE_MS: i64 = 10 * 60 * 1_000;

/// Whether a reservation that was made at a moment is over. A clock that went back ends none early.
pub fn reservation_is_over(made_at: Timestamp, now: Timestamp) -> bool {
    now.as_millisecond().saturating_sub(made_at.as_millisecond()) >= RESERVATION_LIFE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reservation_lasts_ten_minutes() {
        let made_at: Timestamp = "2026-11-25T18:00:00Z".parse().unwrap();
        let is_over = |now: &str| reservation_is_over(made_at, now.parse().unwrap());
        assert!(!is_over("2026-11-25T18:09:59.999Z"));
        assert!(is_over("2026-11-25T18:10:00Z"));
        assert!(!is_over("2026-11-25T17:00:00Z"), "the clock went back");
        assert!(!reservation_is_over(Timestamp::MAX, Timestamp::MIN));
    }
}
