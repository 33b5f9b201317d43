use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::order::{OrderNumber, OrderState};
use crate::payment::EndingHold;
use crate::payment::aftermath::{Dispute, LateRefund};

bounded_text!(
    /// The key of an event that left the books, or should have.
    EventId, 80
);

bounded_text!(
    /// Why something failed the last time, as the store noted it; cut where it is longer.
    Why, 600
);

impl Why {
    /// A reason as it was noted, in one line and cut to fit; `None` where nobody noted any.
    pub fn noted(raw: Option<&str>) -> Option<Self> {
        let line = raw?.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let line = line.collect::<Vec<_>>().join(" ");
        line.chars().take(Self::MAX_CHARS as usize).collect::<String>().parse().ok()
    }
}

/// A purchase that waits for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub number: OrderNumber,
    /// Where the order stands.
    pub state: OrderState,
    pub why: Option<Why>,
    /// Nothing is paid yet: it can be given up.
    pub can_be_undone: bool,
    /// It is the gateway that never answered: somebody may settle it there by hand.
    pub can_be_settled: bool,
}

impl SetAside {
    /// Purchases that are shown at once; after a gateway was away for long there are more.
    pub const MAX_SHOWN: u32 = 100;
}

/// An event that failed too often and waits for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadEvent {
    pub id: EventId,
    /// Who did not hear of it.
    pub consumer: Box<str>,
    /// What it is about: a SKU, the key of an order.
    pub key: Box<str>,
    /// How often it was tried.
    pub attempts: u32,
    pub why: Option<Why>,
}

impl DeadEvent {
    /// Events that are shown at once; while a mail server refuses letters, each may become one.
    pub const MAX_SHOWN: u32 = 200;
}

/// All that waits for an operator, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trouble {
    /// The first of them.
    pub purchases: Vec<SetAside>,
    /// How many purchases are set aside in all.
    pub purchases_in_all: u64,
    /// The first of them.
    pub events: Vec<DeadEvent>,
    /// How many events were not delivered in all.
    pub events_in_all: u64,
    /// Events that everybody is still to hear of: no trouble, unless they grow.
    pub on_their_way: u64,
    /// Refunds that failed, or were made in the gateway's own pages.
    pub refunds: Vec<LateRefund>,
    /// Disputes, those first that are to be answered.
    pub disputes: Vec<Dispute>,
    /// What banks will not hold for long any more, the oldest first.
    pub holds: Vec<EndingHold>,
}

/// Why something could not be done for an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum DeskError {
    #[error("this purchase is not set aside any more; it may have been taken up by somebody else")]
    NotSetAside,
    #[error("this purchase is paid, being cancelled or given up already, and can't be undone; it can be resumed")]
    CantUndo,
    #[error("it is not the gateway that holds this purchase up; please mend the cause and resume it")]
    CantSettle,
    #[error("please confirm that the gateway holds no money for this order before you close it by hand")]
    NotConfirmed,
    #[error("this event does not wait for you any more; it may have been delivered")]
    NoSuchEvent,
    #[error("this refund does not wait for you any more; it may have been made or settled since")]
    NoSuchRefund,
    #[error(
        "the gateway does not refund this any more, and the log of the store says why; please pay it in another way and \
         settle it by hand"
    )]
    RefundRefused,
    #[error("please confirm that you have paid the shopper in another way before you settle a refund by hand")]
    NotPaid,
    #[error("there is no order of this number; please look for it among all orders")]
    NoSuchOrder,
    #[error(
        "this order can't be cancelled as it stands: only what is confirmed can, before anything is captured or sent; \
         what was captured can be refunded"
    )]
    CantCancel,
    #[error(
        "this order can't be marked as sent as it stands: only what is confirmed can, while nothing else is done with \
         it; please look at it again"
    )]
    CantSend,
    #[error(
        "the gateway did not capture what is held for this order, so it is not marked as sent; the log of the store \
         says why"
    )]
    NotCaptured,
    #[error(
        "this order waits for units that are not in stock yet, or are for orders from before; count them in first, \
         under Stock"
    )]
    WaitsForStock,
    #[error("only an order that was sent can be marked as delivered; please look at it again")]
    CantDeliver,
    #[error("the books can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_any_length_fits_into_a_line() {
        let noted = |raw: &str| Why::noted(Some(raw)).map(|why| why.to_string());
        assert_eq!(noted("the disk\n\twas full\0"), Some("the disk was full".to_owned()));
        assert_eq!(noted(" \n"), None);
        assert_eq!(Why::noted(None), None);
        assert_eq!(noted(&"a".repeat(600)).map(|why| why.len()), Some(600));
        assert_eq!(noted(&"a".repeat(601)).map(|why| why.len()), Some(600));
    }
}
