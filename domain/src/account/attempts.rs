use jiff::{SignedDuration, Timestamp};

/// How often something may be tried within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub attempts: u32,
    pub window: SignedDuration,
}

const fn limit(attempts: u32, window_mins: i64) -> Limit {
    Limit { attempts, window: SignedDuration::from_mins(window_mins) }
}

/// Passwords tried for one e-mail address, whether it has an account or not.
pub const SIGN_INS_PER_ACCOUNT: Limit = limit(10, 15);
/// Passwords tried from one network, for whatever address; a household or an office shares one.
pub const SIGN_INS_PER_NETWORK: Limit = limit(100, 15);
/// Codes tried for one account after its password, which does not forget them. Three of a million codes are right at
/// any moment: who knows the password and tries all day has a chance of one in three hundred.
pub const CODES_PER_ACCOUNT: Limit = SIGN_INS_PER_ACCOUNT;
/// Codes tried from one network.
pub const CODES_PER_NETWORK: Limit = SIGN_INS_PER_NETWORK;
/// Pages of the sign-in from one network on which browsers offer passkeys. Somebody who looks at a page tries nothing:
/// beyond the limit no passkeys are offered, and every way in stays open.
pub const PASSKEY_OFFERS_PER_NETWORK: Limit = limit(300, 15);
/// Letters that somebody may have sent to one e-mail address.
pub const MAILS_PER_ACCOUNT: Limit = limit(5, 60);
/// Letters that one network may ask for.
pub const MAILS_PER_NETWORK: Limit = limit(30, 60);

/// Codes of gift cards that are tried for one cart.
pub const GIFT_CARDS_PER_CART: Limit = limit(10, 15);
/// Codes of gift cards that are tried from one network. With them it would take longer than the world is old to find
/// one of a million cards.
pub const GIFT_CARDS_PER_NETWORK: Limit = limit(60, 15);

/// How often something was tried in the window that began with the first attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    pub count: u32,
    /// When it is forgotten.
    pub until: Timestamp,
}

impl Attempts {
    /// The count with one attempt more, made now. Attempts are counted before they are judged, so that
    /// many at the same moment come no further than one after the other.
    #[must_use]
    pub fn counted(before: Option<Self>, limit: Limit, now: Timestamp) -> Self {
        match before {
            Some(Self { count, until }) if until > now => Self { count: count.saturating_add(1), until },
            // A clock beyond the year 9999 forgets nothing, which is the safe side.
            _ => Self { count: 1, until: now.checked_add(limit.window).unwrap_or(Timestamp::MAX) },
        }
    }

    /// How many whole minutes somebody has to wait who has tried too often; `None` for who may go on.
    pub fn wait_mins(self, limit: Limit, now: Timestamp) -> Option<u32> {
        if self.count <= limit.attempts {
            return None;
        }
        let seconds = self.until.duration_since(now).as_secs().max(1);
        u32::try_from(seconds.unsigned_abs().div_ceil(60)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMIT: Limit = limit(3, 15);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).unwrap()
    }

    #[test]
    fn the_limit_holds_on_both_sides() {
        let mut attempts = None;
        for second in 0..3 {
            let counted = Attempts::counted(attempts, LIMIT, at(second));
            assert_eq!(counted.wait_mins(LIMIT, at(second)), None);
            attempts = Some(counted);
        }
        let fourth = Attempts::counted(attempts, LIMIT, at(3));
        assert_eq!(fourth.wait_mins(LIMIT, at(3)), Some(15));
        assert_eq!(fourth.wait_mins(LIMIT, at(15 * 60 - 1)), Some(1));
        let after = Attempts::counted(Some(fourth), LIMIT, at(15 * 60));
        assert_eq!((after.count, after.wait_mins(LIMIT, at(15 * 60))), (1, None));
    }

    proptest! {
        #[test]
        fn no_window_admits_more_than_its_limit(pauses in prop::collection::vec(0_i64..600, 1..80)) {
            let (mut now, mut attempts, mut admitted) = (0, None, Vec::new());
            for pause in pauses {
                now += pause;
                let counted = Attempts::counted(attempts, LIMIT, at(now));
                if counted.wait_mins(LIMIT, at(now)).is_none() {
                    admitted.push((counted.until, now));
                }
                attempts = Some(counted);
            }
            for (window, _) in &admitted {
                let within = admitted.iter().filter(|(other, _)| other == window).count();
                prop_assert!(within <= 3);
            }
        }
    }
}
