//! What the server does for returns.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::{RefusalNote, Return, ReturnError, ReturnId, ReturnRequest};
use crate::inventory::Reference;
use crate::order::exchange::EndNote;
use crate::order::{OrderAccess, OrderId, OrderNumber};
use crate::payment::Progress;

/// The returns of an order, the oldest first, and the key of the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderReturns {
    pub returns: Vec<Return>,
    pub next: ReturnId,
}

/// How something that came back is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receiving {
    /// Its units are sold again.
    pub to_shelf: bool,
    /// What is kept for it can't be sent: its money goes back instead.
    pub for_money: bool,
}

#[async_trait]
pub trait Returns: Send + Sync {
    /// The returns of an order, for who may read the order.
    async fn of(&self, order: OrderId) -> Result<OrderReturns, ReturnError>;

    /// Asks to return something, for somebody who bears the order's access. Asking again under one key asks once. What
    /// is wanted instead of money is kept from then on, in as many units as come back, or nothing is asked for.
    async fn ask(&self, number: OrderNumber, access: &OrderAccess, request: &ReturnRequest) -> Result<(), ReturnError>;

    /// The shopper keeps what they asked to return. Asking again answers the same.
    async fn withdraw(&self, number: OrderNumber, access: &OrderAccess, id: ReturnId) -> Result<(), ReturnError>;

    /// What comes back is there, and its refund is made: from then on it is, whatever else fails. Its units are on
    /// the shelf again where an operator says so, and what is kept for it waits to be sent. Asking again refunds nothing more and answers the same, but for a
    /// refund that the gateway refused: that one is tried again.
    async fn receive(
        &self,
        number: OrderNumber,
        id: ReturnId,
        how: Receiving,
        by: &Reference,
    ) -> Result<Progress, ReturnError>;

    /// What comes back is not taken back, and why. Asking again answers the same.
    async fn refuse(
        &self,
        number: OrderNumber,
        id: ReturnId,
        why: &RefusalNote,
        by: &Reference,
    ) -> Result<(), ReturnError>;

    /// What is sent instead of what came back has left. Asking again answers the same.
    async fn send_exchange(&self, number: OrderNumber, id: ReturnId, by: &Reference) -> Result<(), ReturnError>;

    /// What is kept for a return can't be sent, and why: it is sold again. What is there brings its money at once, as
    /// [`Self::receive`] gives it back; what is not there yet is a return like any other from then on. Asking again
    /// answers the same, but for a refund that the gateway refused: that one is tried again.
    async fn end_exchange(
        &self,
        number: OrderNumber,
        id: ReturnId,
        why: &EndNote,
        by: &Reference,
    ) -> Result<Progress, ReturnError>;

    /// Those of some orders for which something waits to be sent instead of what came back.
    async fn to_replace_among(&self, orders: &[OrderId]) -> Result<BTreeSet<OrderId>, ReturnError>;

    /// Those of some orders that have a return which waits to be received.
    async fn asked_among(&self, orders: &[OrderId]) -> Result<BTreeSet<OrderId>, ReturnError>;
}
