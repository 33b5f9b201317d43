use anyhow::Context;
use domain::checkout::CancelError;
use domain::checkout::saga::{Outcome, Saga};
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::order::ports::Orders;
use domain::order::{Order, OrderAccess, OrderNumber, OrderState};

use super::SqlCheckout;
use super::run::{Asked, PATIENCE, Told};
use super::saga_log::{purchase_of, read, request_cancellation};
use crate::fault::at_boundary;
use crate::operator::NewDeed;

impl SqlCheckout {
    pub(super) async fn cancel_order(
        &self,
        number: OrderNumber,
        access: &OrderAccess,
    ) -> Result<OrderState, CancelError> {
        let found = self.parts.orders.read(number, access).await.map_err(|_| CancelError::Unavailable)?;
        self.cancel_found(found, None).await
    }

    /// Cancels an order for an operator, as its shopper would.
    pub(crate) async fn cancel_for(&self, number: OrderNumber, by: &Reference) -> Result<OrderState, CancelError> {
        let found = at_boundary(self.parts.orders.load_by_number(number).await, CancelError::Unavailable)?;
        self.cancel_found(found, Some(by)).await
    }

    async fn cancel_found(&self, found: Option<Order>, by: Option<&Reference>) -> Result<OrderState, CancelError> {
        let order = found.ok_or(CancelError::NoSuchOrder)?;
        if !order.waits_to_be_sent() {
            return answer(order.state);
        }
        let requested = self.request(&order, by).await;
        if !matches!(requested, Ok(true)) {
            // Somebody else may have cancelled it, or sent it, at the same moment.
            let state = at_boundary(self.state_of(&order).await, CancelError::Unavailable)?;
            if state != OrderState::Confirmed {
                return answer(state);
            }
        }
        if !at_boundary(requested, CancelError::Unavailable)? {
            return Err(CancelError::NotNow);
        }
        self.parts.published.notify_one();
        let purchase = at_boundary(purchase_of(&self.parts.sql, order.id).await, CancelError::Unavailable)?;
        match tokio::time::timeout(PATIENCE, self.go_on(purchase, Asked::Now)).await {
            Ok(Ok(Told::Ended(Outcome::Cancelled))) => Ok(OrderState::Cancelled),
            Ok(Err(fault)) => {
                // It is cancelled by recovery.
                tracing::error!(order = %order.id, "a cancellation is held up: {fault:#}");
                Ok(OrderState::Cancelling)
            }
            Ok(Ok(_)) | Err(_) => Ok(OrderState::Cancelling),
        }
    }

    /// Notes that the order is to be cancelled: from then on it is, whatever else fails. Answers whether it could
    /// be: not while its money is moved, nor after some was captured, or it was sent, since the order was read.
    async fn request(&self, order: &Order, by: Option<&Reference>) -> anyhow::Result<bool> {
        let log = read(&self.parts.sql, order.id).await?;
        if !Saga::replay(&log).waits_to_be_sent() {
            return Ok(false);
        }
        let subject = order.number.to_string();
        let deed = by.map(|by| NewDeed { by, kind: DeedKind::Cancelled, subject: &subject, movement: None });
        request_cancellation(&self.parts.sql, self.parts.leases.server(), order.id, log.len(), deed).await?;
        Ok(true)
    }

    pub(super) async fn state_of(&self, order: &Order) -> anyhow::Result<OrderState> {
        let found = self.parts.orders.load(order.id).await?;
        Ok(found.context("an order is gone")?.state)
    }
}

/// What is said of an order that is not confirmed.
const fn answer(state: OrderState) -> Result<OrderState, CancelError> {
    match state {
        OrderState::Cancelling | OrderState::Cancelled => Ok(state),
        _ => Err(CancelError::TooLate { state }),
    }
}
