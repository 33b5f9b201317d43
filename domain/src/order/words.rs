//! What a shopper is told of an order, in the same words on its page and in letters.

use super::{Order, OrderState};
use crate::pricing::Money;

/// Of an order that waits to be sent.
pub fn getting_ready(order: &Order) -> &'static str {
    if order.lines.iter().any(|line| line.expected_on.is_some()) { WAITS_FOR_STOCK } else { PUT_ASIDE }
}

/// What was charged of an order so far and what was given back of that, or that all of it was let go of; nothing
/// before anything of that happened.
pub fn charged(order: &Order) -> Option<String> {
    let (captured, refunded) = (order.captured(), order.refunded());
    match order.state {
        _ if refunded.minor_units() > 0 => Some(format!("{captured} charged, {refunded} refunded")),
        _ if captured.minor_units() > 0 => Some(format!("{captured} charged")),
        OrderState::Cancelled => {
            let total = order.totals.total();
            Some(format!("{} charged, {total} released", Money::zero(total.currency())))
        }
        _ => None,
    }
}

/// What its shopper is told of a refund that did not reach them.
pub fn unreached(order: &Order) -> Option<String> {
    let unreached = order.unreached();
    (unreached.minor_units() > 0).then(|| {
        format!(
            "{unreached} of that did not reach you: your bank gave it back to us. It is yours, and we see to it that you \
             get it in another way; there is nothing for you to do."
        )
    })
}

/// Of one of which all is there.
pub const PUT_ASIDE: &str = "Your items are put aside for you and will be packed next.";
/// Of one of which some was sold before it was there.
pub const WAITS_FOR_STOCK: &str =
    "Some of it is expected in stock on the day that stands beside it; your order is sent when all of it is there.";
/// Of one that was sent.
pub const ON_ITS_WAY: &str = "The carrier has your parcel.";
pub const DECLINED: &str = "Your bank declined the payment. Nothing was charged and nothing will be sent.";
pub const CANCELLED: &str = "Nothing was charged and nothing will be sent. What a bank holds for it is released; it may take some days to show it.";
/// Of one that was refunded in full before it was sent.
pub const REFUNDED: &str = "All that was charged is given back, and nothing will be sent.";
/// How refunded money comes back.
pub const GOES_BACK: &str = "A refund to a card goes back by itself, and your bank may take some days to show it; what you paid of an invoice is transferred to you.";
/// Of one that was cancelled and that gift cards paid a part of.
pub const ON_GIFT_CARDS_AGAIN: &str = "What gift cards held of it is on them again.";
/// Where a refund goes of an order that gift cards paid a part of.
pub const BACK_ON_GIFT_CARDS: &str =
    "What was not paid with gift cards goes back first; the rest is on your gift card again at once.";
/// Of units that were kept for an exchange until its time was over.
pub const NOT_KEPT: &str = "It is sold again, and you get your money instead when what you send back is here.";
/// Of something that was wanted in exchange and that an operator can't send.
pub const CANNOT_BE_SENT: &str = "What you wanted in exchange can't be sent.";
