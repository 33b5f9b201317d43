//! Gift cards and store credit: what the store owes to whoever has a code, or to an account. They are a way to pay and nothing that
//! lowers a price: so they stand here and not in pricing, and totals, taxes and promotions are what they are without
//! them. Guards the rule that a card never pays more than is left on it, in its own currency, and that what cards
//! pay and what is charged otherwise are the total.
//!
//! Cards pay first, in the order in which they were typed; the rest of the total is charged to the card or the
//! invoice. What moves of an order later moves at the gateway first, both ways: a bank gives up what it holds after
//! some days and a gift card never does, and what is given back is money as long as money was taken. So a refund goes
//! to the card or the invoice up to what was taken from it, and then back to the gift cards.
//!
//! Pages apply codes through the checkout's port; only the checkout's transactions hold, spend and give back.

mod card;
mod code;
mod error;
mod parts;
mod store_credit;

pub use card::{
    GIFT_CARDS_PER_ORDER, GIFT_CARDS_PER_PAGE, GiftCard, GiftCardAmount, GiftCardAmountError, GiftCardId, GiftCardPage,
    GiftCardState, IssuedGiftCard, MAX_GIFT_CARD_MINOR_UNITS, MAX_ISSUED_AT_ONCE,
};
pub use code::{GiftCardCode, GiftCardCodeError, GiftCardTail};
pub use error::GiftCardError;
pub use parts::{GiftCardPart, GiftCardParts, Shares};
pub use store_credit::{
    CREDIT_MOVEMENTS_SHOWN, CreditBook, CreditGift, CreditMovement, CreditMovementKind, StoreCredit, StoreCreditError,
};

use super::{PaymentMethod, PaymentMethodToken};
use crate::text::TextError;

/// What stands where a gateway's token stands for a card, when gift cards pay for everything.
const GIFT_CARDS_TOKEN: &str = "gift-cards";

impl PaymentMethodToken {
    pub fn is_gift_cards(&self) -> bool {
        self.as_str() == GIFT_CARDS_TOKEN
    }
}

impl PaymentMethod {
    /// The way to pay of an order that gift cards pay for altogether.
    ///
    /// # Errors
    /// Never, as long as its words are short.
    pub fn on_gift_cards() -> Result<Self, TextError> {
        Ok(Self { token: GIFT_CARDS_TOKEN.parse()?, label: "Gift card".parse()? })
    }
}
