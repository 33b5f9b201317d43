//! What a gateway tells by itself. A message is only a hint that something happened to a payment: the
//! saga asks the gateway what, so that messages may come twice, late, or in any order.

use jiff::Timestamp;

/// A message that was signed longer ago than this may be one that somebody recorded and sends again, in
/// seconds; so much a clock may be wrong as well.
pub const MAX_SIGNATURE_AGE_SECONDS: i64 = 5 * 60;

/// Whether a message that was signed at a moment (seconds since 1970) is recent enough to be believed.
pub fn is_recent(signed_at_seconds: i64, now: Timestamp) -> bool {
    let age_seconds = now.as_second().abs_diff(signed_at_seconds);
    age_seconds <= MAX_SIGNATURE_AGE_SECONDS.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_believed_for_five_minutes_before_and_after() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let signed = |seconds| is_recent(now.as_second() + seconds, now);
        assert!(signed(0) && signed(-MAX_SIGNATURE_AGE_SECONDS) && signed(MAX_SIGNATURE_AGE_SECONDS));
        assert!(!signed(-MAX_SIGNATURE_AGE_SECONDS - 1) && !signed(MAX_SIGNATURE_AGE_SECONDS + 1));
        assert!(!is_recent(i64::MIN, now) && !is_recent(i64::MAX, now));
    }
}
