use jiff::Timestamp;

use super::{GiftCardError, GiftCardTail};
use crate::id::random_id;
use crate::pricing::{Currency, Money};

/// Gift cards that may pay for one order.
pub const GIFT_CARDS_PER_ORDER: usize = 5;

/// The most that a gift card is issued over, in minor units of its currency.
pub const MAX_GIFT_CARD_MINOR_UNITS: i64 = 500_000;

/// Gift cards that are issued in one go.
pub const MAX_ISSUED_AT_ONCE: u32 = 1_000;

/// Gift cards on one page of all of them.
pub const GIFT_CARDS_PER_PAGE: usize = 50;

random_id!(
    /// The key of a gift card behind the pages. It proves nothing: that is what its code is for.
    GiftCardId
);

/// A gift card, or a store credit, as the books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCard {
    pub id: GiftCardId,
    pub tail: GiftCardTail,
    pub issued: Money,
    /// What orders hold and have spent is not on it any more.
    pub balance: Money,
    pub is_blocked: bool,
}

impl GiftCard {
    /// What it can pay of an order in a currency, which is above zero.
    ///
    /// # Errors
    /// [`GiftCardError::Blocked`], [`GiftCardError::OtherCurrency`] or [`GiftCardError::Empty`].
    pub fn usable(&self, currency: Currency) -> Result<Money, GiftCardError> {
        if self.is_blocked {
            Err(GiftCardError::Blocked)
        } else if self.balance.currency() != currency {
            Err(GiftCardError::OtherCurrency)
        } else if self.balance.minor_units() <= 0 {
            Err(GiftCardError::Empty)
        } else {
            Ok(self.balance)
        }
    }
}

/// How a gift card stands, as those who run the store read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiftCardState {
    /// All that it was issued over is on it.
    Unused,
    /// Something of it is spent, or held by an order.
    InUse,
    Spent,
    /// It pays nothing more, whatever is on it.
    Blocked,
}

impl GiftCard {
    pub const fn state(&self) -> GiftCardState {
        match self.balance.minor_units() {
            _ if self.is_blocked => GiftCardState::Blocked,
            0 => GiftCardState::Spent,
            left if left < self.issued.minor_units() => GiftCardState::InUse,
            _ => GiftCardState::Unused,
        }
    }
}

/// A gift card as it stands in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedGiftCard {
    pub card: GiftCard,
    pub issued_at: Timestamp,
}

/// One page of all gift cards, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GiftCardPage {
    pub cards: Vec<IssuedGiftCard>,
    /// Where the next page begins, if there is one: older than this.
    pub next: Option<GiftCardId>,
}

/// What a gift card can be issued over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiftCardAmount(Money);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a gift card is issued over an amount above zero and of at most {max}", max = Money::new(MAX_GIFT_CARD_MINOR_UNITS, *currency))]
pub struct GiftCardAmountError {
    currency: Currency,
}

impl GiftCardAmount {
    pub const fn money(self) -> Money {
        self.0
    }
}

impl TryFrom<Money> for GiftCardAmount {
    type Error = GiftCardAmountError;

    fn try_from(money: Money) -> Result<Self, Self::Error> {
        let fits = (1..=MAX_GIFT_CARD_MINOR_UNITS).contains(&money.minor_units());
        if fits { Ok(Self(money)) } else { Err(GiftCardAmountError { currency: money.currency() }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_card_is_issued_over_something_and_not_too_much() {
        let amount = |minor_units| GiftCardAmount::try_from(Money::new(minor_units, Currency::EUR));
        for fits in [1, MAX_GIFT_CARD_MINOR_UNITS] {
            assert_eq!(amount(fits).map(|amount| amount.money().minor_units()), Ok(fits));
        }
        for wrong in [-1, 0, MAX_GIFT_CARD_MINOR_UNITS + 1] {
            let said = amount(wrong).map_err(|error| error.to_string());
            assert!(said.is_err_and(|said| said.contains("at most €5,000.00")), "{wrong}");
        }
    }

    #[test]
    fn a_card_says_why_it_pays_nothing() {
        let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
        let (id, tail) = (GiftCardId::new(Uuid::nil()), "7K4M".parse().unwrap());
        let card = GiftCard { id, tail, issued: pounds(20_00), balance: pounds(1), is_blocked: false };
        assert_eq!(card.usable(Currency::GBP), Ok(pounds(1)));
        assert_eq!(card.usable(Currency::EUR), Err(GiftCardError::OtherCurrency));
        let empty = GiftCard { balance: pounds(0), ..card.clone() };
        assert_eq!(empty.usable(Currency::GBP), Err(GiftCardError::Empty));
        assert_eq!((card.state(), empty.state()), (GiftCardState::InUse, GiftCardState::Spent));
        let unused = GiftCard { balance: pounds(20_00), ..card.clone() };
        assert_eq!(unused.state(), GiftCardState::Unused);
        let blocked = GiftCard { is_blocked: true, ..card };
        assert_eq!(blocked.usable(Currency::GBP), Err(GiftCardError::Blocked));
        assert_eq!(blocked.state(), GiftCardState::Blocked);
    }
}
