//! What a payment gateway does for the store, and what the store owes to accounts.

use async_trait::async_trait;

use super::aftermath::Aftermath;
use super::gift_card::{CreditBook, CreditGift, StoreCreditError};
use super::{AuthorizationId, Challenge, DeclineReason, Movement, PaymentMethodToken, PaymentPage, Tally};
use crate::account::AccountId;
use crate::inventory::Reference;
use crate::order::OrderId;
use crate::pricing::Money;

/// What became of an authorization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorization {
    Held {
        id: AuthorizationId,
    },
    /// Nothing is held until the shopper has confirmed it with their bank.
    Challenged(Challenge),
    Declined {
        reason: DeclineReason,
    },
}

/// What became of a movement of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Done,
    /// The gateway can't do it, however often it is asked.
    Refused,
}

/// The gateway did not answer in time or not sensibly; whether it acted is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the payment gateway did not answer")]
pub struct GatewayUnanswered;

#[async_trait]
pub trait Gateway: Send + Sync {
    /// Holds an amount. The order is the idempotency key, which a gateway may forget after a day: asking again
    /// until then holds nothing more and answers the same. Whoever can't tell how long ago it was asked calls
    /// [`Gateway::find`] first.
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered>;

    /// What became of an order's authorization; `None` when the gateway never heard of it.
    async fn find(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered>;

    /// What became of an authorization that the gateway named before.
    async fn look_up(&self, authorization: &AuthorizationId) -> Result<Authorization, GatewayUnanswered>;

    /// Lets go of what is held, or gives a challenge up. Asking again, or when nothing is held, does nothing.
    async fn void(&self, authorization: &AuthorizationId) -> Result<(), GatewayUnanswered>;

    /// Captures or refunds an amount, or lets go of all that is still held. The movement's id is the idempotency key, which a gateway may forget after a
    /// day: asking again until then moves nothing more and answers the same. Whoever can't tell how long ago it was
    /// asked for says what had moved before it: then it is looked first what came of it, however much later.
    async fn move_money(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> Result<Moved, GatewayUnanswered>;

    /// What became of a payment besides what the store asked for: all its refunds, and all its disputes.
    async fn aftermath(&self, authorization: &AuthorizationId) -> Result<Aftermath, GatewayUnanswered>;

    /// A page of all payments that it has for orders of this store or of others: the newest, or those before one.
    async fn payments(&self, before: Option<&AuthorizationId>) -> Result<PaymentPage, GatewayUnanswered>;
}

#[async_trait]
pub trait StoreCredits: Send + Sync {
    /// What an account has, with the [latest](super::gift_card::CREDIT_MOVEMENTS_SHOWN) that changed it.
    async fn of(&self, account: AccountId) -> Result<CreditBook, StoreCreditError>;

    /// What an account has, with all that ever changed it.
    async fn whole(&self, account: AccountId) -> Result<CreditBook, StoreCreditError>;

    /// Adds to what an account has, for an operator whose deed it is: once for each key.
    async fn give(&self, account: AccountId, gift: &CreditGift, by: &Reference) -> Result<(), StoreCreditError>;
}
