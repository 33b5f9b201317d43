//! What a shopper is told of an order, in the same words on its page and in letters.

/// Of an order that waits to be sent.
pub const PUT_ASIDE: &str = "Your items are put aside for you and will be packed next.";
/// Of one that was sent.
pub const ON_ITS_WAY: &str = "The carrier has your parcel.";
pub const DECLINED: &str = "Your bank declined the payment. Nothing was charged and nothing will be sent.";
pub const CANCELLED: &str = "Nothing was charged and nothing will be sent. What a bank holds for it is released; it may take some days to show it.";
/// Of one that was refunded in full before it was sent.
pub const REFUNDED: &str = "All that was charged is given back, and nothing will be sent.";
/// How refunded money comes back.
pub const GOES_BACK: &str = "A refund to a card goes back by itself, and your bank may take some days to show it; what you paid of an invoice is transferred to you.";
/// Where a refund goes of an order that gift cards paid a part of.
pub const BACK_ON_GIFT_CARDS: &str =
    "What was not paid with gift cards goes back first; the rest is on your gift card again at once.";
