//! What a payment gateway does for the store.

use async_trait::async_trait;

use super::{AuthorizationId, DeclineReason, PaymentMethodToken};
use crate::order::OrderId;
use crate::pricing::Money;

/// What became of an authorization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorization {
    Held { id: AuthorizationId },
    Declined { reason: DeclineReason },
}

/// The gateway did not answer in time or not sensibly; whether it acted is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the payment gateway did not answer")]
pub struct GatewayUnanswered;

#[async_trait]
pub trait Gateway: Send + Sync {
    /// Holds an amount. The order is the idempotency key: asking again holds nothing more and
    /// answers the same.
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered>;

    /// What became of an order's authorization; `None` when the gateway never heard of it.
    async fn look_up(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered>;

    /// Lets go of what is held for an order. Asking again, or when nothing is held, does nothing.
    async fn void(&self, order: OrderId) -> Result<(), GatewayUnanswered>;
}
