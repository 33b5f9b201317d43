use anyhow::Context;
use async_trait::async_trait;
use domain::checkout::CancelError;
use domain::inventory::Reference;
use domain::operator::ports::OrderDesk;
use domain::operator::{DeskError, OrderSheet, OrdersQuery};
use domain::order::{OrderId, OrderNumber, OrderPage, OrderState};
use domain::payment::{MovementError, MovementId, MovementRequest, Progress};
use domain::shipment::store_day_began;
use jiff::Timestamp;
use uuid::Uuid;

use super::{deed, told};
use crate::checkout::{SqlCheckout, read_log};
use crate::order::{SqlOrders, count_after, list_all};
use crate::payment::read_moments;
use crate::sql::Sql;

/// The orders as those who run the store look after them.
#[derive(Clone)]
pub(crate) struct SqlOrderDesk {
    sql: Sql,
    orders: SqlOrders,
    checkout: SqlCheckout,
}

impl SqlOrderDesk {
    pub(crate) const fn new(sql: Sql, orders: SqlOrders, checkout: SqlCheckout) -> Self {
        Self { sql, orders, checkout }
    }

    async fn read_sheet(&self, number: OrderNumber) -> anyhow::Result<Option<OrderSheet>> {
        let Some(order) = self.orders.load_with_steps(number).await? else { return Ok(None) };
        // Read after the order: what moves meanwhile is said to go on, and not to be done without a trace.
        let log = read_log(&self.sql, order.id).await.context("reading what happened to an order")?;
        let moved_at = read_moments(&self.sql, order.id).await?;
        let deeds = deed::read_of(&self.sql, &number.to_string()).await?;
        let next_movement = MovementId::new(Uuid::now_v7());
        Ok(Some(OrderSheet::new(order, &log, &moved_at, &deeds, next_movement)))
    }
}

#[async_trait]
impl OrderDesk for SqlOrderDesk {
    async fn list(&self, query: &OrdersQuery) -> Result<OrderPage, DeskError> {
        told(list_all(&self.sql, query).await)
    }

    async fn count_today(&self) -> Result<u32, DeskError> {
        let since = OrderId::before_all_since(store_day_began(Timestamp::now()));
        told(count_after(&self.sql, since).await)
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<OrderSheet>, DeskError> {
        told(self.read_sheet(number).await)
    }

    async fn move_money(&self, request: &MovementRequest, by: &Reference) -> Result<Progress, MovementError> {
        self.checkout.move_money(request, by).await
    }

    async fn send(&self, number: OrderNumber, by: &Reference) -> Result<Progress, DeskError> {
        self.checkout.send_for(number, by).await
    }

    async fn deliver(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError> {
        self.checkout.deliver_for(number, by).await
    }

    async fn cancel(&self, number: OrderNumber, by: &Reference) -> Result<OrderState, DeskError> {
        self.checkout.cancel_for(number, by).await.map_err(|refused| match refused {
            CancelError::NoSuchOrder => DeskError::NoSuchOrder,
            CancelError::TooLate { .. } | CancelError::NotNow => DeskError::CantCancel,
            CancelError::Unavailable => DeskError::Unavailable,
        })
    }
}
