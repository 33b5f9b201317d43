use super::pause::doubling_pause_ms;
use crate::inventory::RESERVATION_LIFE_MS;

/// How often in a row a purchase that the store itself holds up is taken up before an operator has
/// to look.
pub const MAX_HELD_UP: u32 = 12;
/// How long a purchase waits at most before it is looked at again, held up or at its shopper's bank, in
/// milliseconds. What is to wait longer was noted by a clock that was set back since.
pub const LONGEST_WAIT_MS: i64 = RESERVATION_LIFE_MS;
const FIRST_PAUSE_MS: u64 = 5_000;
const LONGEST_PAUSE_MS: u64 = 300_000;

/// What is done with a purchase that a fault within the store holds up. A gateway that does not
/// answer is no such fault: the saga asks it again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldUp {
    TakeUpAgain { pause_ms: u64 },
    SetAside,
}

impl HeldUp {
    /// After so many times in a row. The pauses double from 5 seconds to 5 minutes, so that a database
    /// that is away for half an hour leaves no purchase to an operator.
    pub fn after(times: u32) -> Self {
        if times >= MAX_HELD_UP {
            return Self::SetAside;
        }
        Self::TakeUpAgain { pause_ms: doubling_pause_ms(FIRST_PAUSE_MS, LONGEST_PAUSE_MS, times) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::CHALLENGE_LIFETIME;

    #[test]
    fn the_last_time_but_one_is_tried_again_and_the_last_one_is_not() {
        assert_eq!(HeldUp::after(1), HeldUp::TakeUpAgain { pause_ms: 5_000 });
        assert_eq!(HeldUp::after(2), HeldUp::TakeUpAgain { pause_ms: 10_000 });
        assert_eq!(HeldUp::after(MAX_HELD_UP - 1), HeldUp::TakeUpAgain { pause_ms: LONGEST_PAUSE_MS });
        assert_eq!(HeldUp::after(MAX_HELD_UP), HeldUp::SetAside);
        assert_eq!(HeldUp::after(u32::MAX), HeldUp::SetAside);
    }

    #[test]
    fn nothing_is_waited_for_longer_than_the_longest_wait() {
        let longest_ms = LONGEST_WAIT_MS.unsigned_abs();
        for times in 0..MAX_HELD_UP {
            let HeldUp::TakeUpAgain { pause_ms } = HeldUp::after(times) else { panic!("{times}") };
            assert!(pause_ms <= longest_ms, "{times}");
        }
        assert!(CHALLENGE_LIFETIME.as_millis() <= longest_ms.into());
    }

    #[test]
    fn half_an_hour_without_a_database_sets_nothing_aside() {
        let pauses = (1..MAX_HELD_UP).map(|times| match HeldUp::after(times) {
            HeldUp::TakeUpAgain { pause_ms } => pause_ms,
            HeldUp::SetAside => 0,
        });
        assert!(pauses.sum::<u64>() >= 30 * 60_000);
    }
}
