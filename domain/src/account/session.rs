use jiff::{SignedDuration, Timestamp};

use super::{Account, Device, Role, SessionId, Token};

/// Sessions of one account; with one more, the one that was quiet longest ends.
pub const MAX_SESSIONS: u32 = 20;
/// A session that is used is noted as seen at most this often.
pub const SEEN_INTERVAL_MS: i64 = 10 * 60 * 1000;

/// Somebody who signed in somewhere, and is until they sign out or are quiet for too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub device: Device,
    pub opened_at: Timestamp,
    /// When it was last used, to within [`SEEN_INTERVAL_MS`].
    pub seen_at: Timestamp,
}

/// Who asks, when they are signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub account: Account,
    pub session: SessionId,
}

/// A session that was just opened, with the secret that its cookie carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub account: Account,
    pub token: Token,
}

/// What the right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    Opened(Opened),
    /// The account asks for a code as well. The token proves the password for
    /// [`HALF_SIGNED_IN_S`](super::HALF_SIGNED_IN_S), and is good for nothing else.
    CodeNeeded(Token),
}

/// How long a session lasts without being used, and at all. Who can do more harm is asked again sooner.
const fn life(role: Role) -> (SignedDuration, SignedDuration) {
    const DAY_HOURS: i64 = 24;
    match role {
        Role::Customer => (SignedDuration::from_hours(30 * DAY_HOURS), SignedDuration::from_hours(180 * DAY_HOURS)),
        Role::Operator => (SignedDuration::from_hours(2), SignedDuration::from_hours(12)),
    }
}

impl Session {
    /// Whether it can still be used by somebody of a role.
    pub fn is_alive(&self, role: Role, now: Timestamp) -> bool {
        let (idle, absolute) = life(role);
        now.duration_since(self.seen_at) < idle && now.duration_since(self.opened_at) < absolute
    }

    /// Whether it is time to note that it is used.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen_at).as_millis() >= i128::from(SEEN_INTERVAL_MS)
    }

    /// The longest that any session lasts, in seconds: how long a browser keeps its cookie.
    pub const fn longest_life_s() -> i64 {
        life(Role::Customer).1.as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(opened: i64, seen: i64) -> Session {
        Session {
            id: SessionId::new(uuid::Uuid::nil()),
            device: Device::of_user_agent(""),
            opened_at: at(opened),
            seen_at: at(seen),
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_session_ends_when_it_is_quiet_and_when_it_is_old() {
        for role in [Role::Customer, Role::Operator] {
            let (idle, absolute) = (life(role).0.as_secs(), life(role).1.as_secs());
            assert!(session(0, 0).is_alive(role, at(idle - 1)));
            assert!(!session(0, 0).is_alive(role, at(idle)));
            assert!(session(0, absolute - 1).is_alive(role, at(absolute - 1)));
            assert!(!session(0, absolute - 1).is_alive(role, at(absolute)));
            assert!(absolute <= Session::longest_life_s());
        }
    }

    #[test]
    fn a_session_is_noted_as_seen_now_and_then() {
        assert!(!session(0, 0).is_to_be_noted(at(SEEN_INTERVAL_MS / 1000 - 1)));
        assert!(session(0, 0).is_to_be_noted(at(SEEN_INTERVAL_MS / 1000)));
    }
}
