use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MAX_RETURNS, RefusalNote, ReturnNote};
use crate::catalog::Title;
use crate::order::OrderState;
use crate::order::exchange::EndNote;
use crate::shipment::spoken_day;

/// Why nothing is returned, or not as somebody wants; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReturnError {
    /// Also for a wrong access: nobody learns which numbers there are.
    #[error("there is no such order at this address; please find it with its number and your e-mail address")]
    NoSuchOrder,
    #[error("there is no such return of this order; please reload its page")]
    NoSuchReturn,
    #[error("{}", words_of(*state))]
    NotSent { state: OrderState },
    #[error(
        "this order could be returned until {}; if something is wrong with it, please write to us",
        spoken_day(*until)
    )]
    TooLate { until: Date },
    #[error("everything of this order is returned or refunded already")]
    NothingLeft,
    #[error("this order has {MAX_RETURNS} returns, which is the most; please write to us")]
    TooManyReturns,
    #[error("please say of at least one thing how many you want to send back")]
    NothingChosen,
    #[error("how many you send back must be a whole number, like 2")]
    Units,
    #[error("of “{title}” only {left} can be sent back")]
    TooMany { title: Title, left: u32 },
    #[error("what you want instead can't be had for “{title}”; please choose something else, or your money")]
    NotExchangeable { title: Title },
    #[error("of what you want for “{title}” fewer are left by now; please choose something else, or your money")]
    ReplacementGone { title: Title },
    #[error("please choose why you send it back")]
    Reason,
    #[error("what you tell us has room for {max} characters", max = ReturnNote::MAX_CHARS)]
    Note,
    #[error("please say in at most {max} characters why it is refused", max = RefusalNote::MAX_CHARS)]
    Refusal,
    #[error("please say in at most {max} characters why the exchange can't be sent", max = EndNote::MAX_CHARS)]
    EndNote,
    #[error("this return was decided already; please look at it again")]
    Decided,
    #[error(
        "it is received, but the gateway did not give the money back; the log of the store says why, and you can ask \
         for it again"
    )]
    NotRefunded,
    #[error(
        "so much of this order's money was given back already that the rest does not pay for what is to be sent \
         instead; settle it with its shopper and end the exchange, or refuse the return where it is not here yet"
    )]
    NotPaidFor,
    #[error("nothing of this return waits to be sent; please look at it again")]
    NothingToSend,
    #[error("something goes on with this order at the moment; please look at it again in a minute")]
    NotNow,
    #[error("returns can't be reached at the moment and nothing has changed; please try again in a moment")]
    Unavailable,
}

const fn words_of(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending | OrderState::Confirmed => {
            "this order is not sent yet; as long as that is so you can cancel it on its page"
        }
        _ => "nothing of this order was sent, so nothing can be returned",
    }
}
