use super::AuthorizationId;
use super::aftermath::ToldFee;
use crate::order::OrderId;
use crate::pricing::Money;

/// A payment as the gateway's own books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPayment {
    pub id: AuthorizationId,
    /// The order that it was made for.
    pub order: OrderId,
    pub amount: Money,
    pub captured: Money,
    pub refunded: Money,
    /// What the gateway kept of its last capture; none where it kept nothing, or does not know it yet.
    pub fee: Option<ToldFee>,
    pub state: HeldState,
}

/// How a payment stands at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldState {
    /// Nothing is held: it was declined, given up, or waits for its shopper.
    Nothing,
    /// Something can still be captured.
    Held,
    /// Something was captured, and nothing more can be.
    Settled,
}

/// A page of the payments of a gateway, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentPage {
    pub payments: Vec<HeldPayment>,
    /// Where the next page begins: older than this; `None` on the last.
    pub next: Option<AuthorizationId>,
}
