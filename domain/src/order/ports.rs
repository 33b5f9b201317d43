//! What the server keeps of orders.

use async_trait::async_trait;

use super::{Order, OrderAccess, OrderNumber};
use crate::checkout::Email;

/// Orders can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("orders can't be read at the moment")]
pub struct OrdersUnavailable;

#[async_trait]
pub trait Orders: Send + Sync {
    /// The order, for somebody who bears its access; `None` for everybody else.
    async fn read(&self, number: OrderNumber, access: &OrderAccess) -> Result<Option<Order>, OrdersUnavailable>;

    /// The access to an order, for somebody who knows its number and the e-mail it was placed
    /// with; `None` alike for a wrong number and a wrong e-mail.
    async fn find(&self, number: OrderNumber, email: &Email) -> Result<Option<OrderAccess>, OrdersUnavailable>;
}
