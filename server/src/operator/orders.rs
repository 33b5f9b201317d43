use anyhow::Context;
use async_trait::async_trait;
use domain::checkout::CancelError;
use domain::inventory::Reference;
use domain::operator::ports::OrderDesk;
use domain::operator::{DeedKind, DeskError, OrderSheet, OrdersQuery};
use domain::order::{Order, OrderId, OrderNumber, OrderPage, OrderState};
use domain::payment::{MovementError, MovementId, MovementRequest, Progress, TransferError, TransferKind};
use domain::pricing::Money;
use domain::shipment::store_day_began;
use jiff::Timestamp;
use uuid::Uuid;

use super::{NewDeed, deed, told, write_deed};
use crate::checkout::{SqlCheckout, read_log};
use crate::fault::refused_or_told;
use crate::order::{SqlOrders, count_after, find_id, list_all};
use crate::payment::aftermath::disputes_of;
use crate::payment::{note_transfer, read_balance, read_moments};
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
        let invoice_balance = read_balance(&self.sql, order.id).await?;
        let disputes = disputes_of(&self.sql, order.id).await?;
        let sheet = OrderSheet::new(order, &log, &moved_at, &deeds, next_movement);
        Ok(Some(OrderSheet { invoice_balance, disputes, ..sheet }))
    }

    async fn transfer(
        &self,
        number: OrderNumber,
        kind: TransferKind,
        typed: &str,
        by: &Reference,
    ) -> anyhow::Result<Money> {
        let order = find_id(&self.sql, number).await?.ok_or(TransferError::NoSuchOrder)?;
        let mut transaction = self.sql.begin().await?;
        let noted = note_transfer(&mut transaction, order, kind, Some(typed)).await?;
        let noted = noted.ok_or(TransferError::NothingOwed)?;
        let kind = match kind {
            TransferKind::Payment => DeedKind::InvoicePaid,
            TransferKind::Repayment => DeedKind::InvoiceRepaid,
        };
        let deed = NewDeed { by, kind, subject: &number.to_string(), movement: None };
        write_deed(&mut transaction, deed).await?;
        transaction.commit().await.context("committing a transfer for an invoice")?;
        Ok(noted)
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

    async fn order(&self, number: OrderNumber) -> Result<Option<Order>, DeskError> {
        told(self.orders.load_with_steps(number).await)
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<OrderSheet>, DeskError> {
        told(self.read_sheet(number).await)
    }

    async fn move_money(&self, request: &MovementRequest, by: &Reference) -> Result<Progress, MovementError> {
        self.checkout.move_money(request, by).await
    }

    async fn note_transfer(
        &self,
        number: OrderNumber,
        kind: TransferKind,
        typed: &str,
        by: &Reference,
    ) -> Result<Money, TransferError> {
        refused_or_told(self.transfer(number, kind, typed, by).await, TransferError::Unavailable)
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
