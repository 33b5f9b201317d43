//! How often readers may vote and report. Beyond it they are asked to wait; what was voted stays.

use jiff::SignedDuration;

use crate::account::Limit;

const fn per_hour(attempts: u32) -> Limit {
    Limit { attempts, window: SignedDuration::from_hours(1) }
}

/// Votes of one account, changed and taken back ones with them.
pub const VOTES_PER_ACCOUNT: Limit = per_hour(60);
/// Votes from one network: a household or an office shares one.
pub const VOTES_PER_NETWORK: Limit = per_hour(200);
/// Reports of one account.
pub const REPORTS_PER_ACCOUNT: Limit = per_hour(20);
/// Reports from one network.
pub const REPORTS_PER_NETWORK: Limit = per_hour(60);
