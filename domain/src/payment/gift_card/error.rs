use serde::{Deserialize, Serialize};

use super::GIFT_CARDS_PER_ORDER;

/// Why a gift card pays nothing. Its words name no amount: an error comes back in an address, which anybody can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum GiftCardError {
    #[error(
        "that is no code of a gift card; it has 16 letters and digits, please compare it with the one you were given"
    )]
    Mistyped,
    #[error("we don't know a gift card with that code; please compare it with the one you were given")]
    Unknown,
    #[error("nothing is left on that gift card")]
    Empty,
    #[error("you have no store credit that pays for this order")]
    NoCredit,
    #[error("that gift card is blocked; please write to us if you think it should not be")]
    Blocked,
    #[error("that gift card is in another currency than your order and can't pay for it")]
    OtherCurrency,
    #[error("that gift card pays for this order already")]
    AppliedAlready,
    #[error("at most {GIFT_CARDS_PER_ORDER} gift cards pay for one order; please remove one first")]
    TooMany,
    #[error("there is nothing left to pay, so that gift card is kept for another time")]
    NothingLeft,
    #[error(
        "too many codes were tried; please wait {} and try again",
        if *wait_mins == 1 { "a minute".to_owned() } else { format!("{wait_mins} minutes") }
    )]
    TooManyAttempts { wait_mins: u32 },
    #[error("gift cards can't be looked at at the moment; please try again in a moment")]
    Unavailable,
}

impl GiftCardError {
    /// Whether the code that was typed may be a right one but for a slip of the pen, or at another moment: then it
    /// stays in its field.
    pub const fn leaves_code_in_field(self) -> bool {
        matches!(self, Self::Mistyped | Self::Unknown | Self::TooManyAttempts { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_pays_nothing_is_not_shown_again() {
        assert!(GiftCardError::Mistyped.leaves_code_in_field());
        assert!(!GiftCardError::Empty.leaves_code_in_field() && !GiftCardError::Blocked.leaves_code_in_field());
    }

    #[test]
    fn who_tries_too_often_is_told_how_long_to_wait() {
        let words = |wait_mins| GiftCardError::TooManyAttempts { wait_mins }.to_string();
        assert!(words(1).contains("wait a minute and") && words(15).contains("wait 15 minutes and"));
    }
}
