//! Gift cards and store credit that a shopper lets pay for a cart.

use domain::account::{AccountId, Client};
use domain::cart::CartId;
use domain::checkout::CheckoutView;
use domain::payment::gift_card::{GIFT_CARDS_PER_ORDER, GiftCard, GiftCardCode, GiftCardError, GiftCardId};
use domain::pricing::Money;

use super::SqlCheckout;
use crate::account;
use crate::payment::gift_card::{find, load_of};

impl SqlCheckout {
    /// Applies the card of a code. The code is counted before it is looked up, so that nobody finds cards by trying.
    pub(super) async fn apply_code(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        code: &GiftCardCode,
        client: &Client,
    ) -> anyhow::Result<Result<(), GiftCardError>> {
        if let Some(wait_mins) = account::count_code(&self.parts.sql, cart, client).await? {
            return Ok(Err(GiftCardError::TooManyAttempts { wait_mins }));
        }
        let Some(card) = find(&self.parts.sql, code).await? else { return Ok(Err(GiftCardError::Unknown)) };
        let (view, _) = self.look(cart, buyer).await?;
        self.apply(cart, view, card).await
    }

    /// Applies what a buyer has of store credit in the currency of their cart.
    pub(super) async fn apply_credit_of(
        &self,
        cart: CartId,
        buyer: AccountId,
    ) -> anyhow::Result<Result<(), GiftCardError>> {
        let (view, _) = self.look(cart, Some(buyer)).await?;
        let currency = view.charged().map(Money::currency);
        let credits = load_of(&self.parts.sql, buyer).await?;
        match credits.into_iter().find(|credit| Some(credit.balance.currency()) == currency) {
            Some(credit) => self.apply(cart, view, credit).await,
            None => Ok(Err(GiftCardError::NoCredit)),
        }
    }

    async fn apply(
        &self,
        cart: CartId,
        view: CheckoutView,
        card: GiftCard,
    ) -> anyhow::Result<Result<(), GiftCardError>> {
        let Some(left) = view.charged() else { return Ok(Err(GiftCardError::NothingLeft)) };
        if let Err(refused) = card.usable(left.currency()) {
            return Ok(Err(refused));
        }
        let mut applied = view.draft.gift_cards;
        if applied.contains(&card.id) {
            return Ok(Err(GiftCardError::AppliedAlready));
        }
        if applied.len() >= GIFT_CARDS_PER_ORDER {
            return Ok(Err(GiftCardError::TooMany));
        }
        if left == Money::zero(left.currency()) {
            return Ok(Err(GiftCardError::NothingLeft));
        }
        applied.push(card.id);
        self.parts.drafts.keep_gift_cards(cart, &applied).await?;
        Ok(Ok(()))
    }

    pub(super) async fn take_gift_card_off(&self, cart: CartId, gift_card: GiftCardId) -> anyhow::Result<()> {
        let mut applied = self.parts.drafts.read(cart).await?.gift_cards;
        if applied.contains(&gift_card) {
            applied.retain(|other| *other != gift_card);
            self.parts.drafts.keep_gift_cards(cart, &applied).await?;
        }
        Ok(())
    }
}
