//! Alert: one letter that somebody asked for, when a variant is back in stock or costs less than it did when
//! they asked. Guards that there is at most one letter, after which the alert is gone, that nobody has more
//! alerts than they can look through, and that no stranger is written to: who has no account confirms the
//! address by a link first, and every letter has a link that removes what else was asked for, without a sign-in.

mod asked;
mod error;
pub mod letter;
#[cfg(feature = "ports")]
pub mod ports;
mod stop;

pub use asked::{
    ALERT_LIFE_DAYS, Alert, AlertId, AlertKind, Awaited, CONFIRMATION_LIFE_HOURS, MAX_ALERTS, Offered, confirmed_by,
    ends_at,
};
pub use error::AlertError;
pub use stop::{StopKey, StopKeyError};
