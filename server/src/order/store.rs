use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::checkout::Email;
use domain::order::ports::{Orders, OrdersUnavailable};
use domain::order::{Order, OrderAccess, OrderId, OrderNumber, OrderState, OrderStep};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::AccessKey;
use crate::fault::at_boundary;
use crate::sql::Sql;

#[derive(Debug, Clone)]
pub(crate) struct SqlOrders {
    sql: Sql,
    key: AccessKey,
}

impl SqlOrders {
    pub(crate) const fn new(sql: Sql, key: AccessKey) -> Self {
        Self { sql, key }
    }

    pub(crate) async fn load(&self, id: OrderId) -> anyhow::Result<Option<Order>> {
        sqlx::query("SELECT state, document FROM orders WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.sql.readers())
            .await
            .context("reading an order")?
            .map(|row| order_of(&row))
            .transpose()
    }

    async fn load_by_number(&self, number: OrderNumber) -> anyhow::Result<Option<Order>> {
        sqlx::query("SELECT state, document FROM orders WHERE number = $1")
            .bind(number.to_string())
            .fetch_optional(self.sql.readers())
            .await
            .context("reading an order by its number")?
            .map(|row| order_of(&row))
            .transpose()
    }

    async fn find_access(&self, number: OrderNumber, email: &Email) -> anyhow::Result<Option<OrderAccess>> {
        match self.load_by_number(number).await? {
            Some(order) if order.contact.email.is_same(email) => Ok(Some(self.key.access(number)?)),
            _ => Ok(None),
        }
    }
}

fn order_of(row: &AnyRow) -> anyhow::Result<Order> {
    let mut order: Order = serde_json::from_str(row.try_get("document")?).context("reading a stored order")?;
    let state: &str = row.try_get("state")?;
    order.state = OrderState::from_parameter(state).with_context(|| format!("an order can't be {state}"))?;
    Ok(order)
}

/// Adds an order, once: an order that is there stays as it is.
pub(crate) async fn insert(connection: &mut AnyConnection, order: &Order) -> anyhow::Result<()> {
    sqlx::query(
        "INSERT INTO orders (id, number, state, email, currency, total_minor_units, placed_at, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(order.id.to_string())
    .bind(order.number.to_string())
    .bind(order.state.parameter())
    .bind(order.contact.email.as_str())
    .bind(order.totals.total().currency().code())
    .bind(order.totals.total().minor_units())
    .bind(order.placed_at.to_string())
    .bind(serde_json::to_string(order)?)
    .execute(connection)
    .await
    .context("adding an order")?;
    Ok(())
}

/// Takes an order one step on.
///
/// # Errors
/// Also when the step does not lead on from where the order stands: the caller rolls back.
pub(crate) async fn set_state(connection: &mut AnyConnection, id: OrderId, step: OrderStep) -> anyhow::Result<()> {
    let row = sqlx::query("SELECT state FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *connection)
        .await
        .context("reading an order's state")?;
    let found: String = row.try_get("state")?;
    let state = OrderState::from_parameter(&found).with_context(|| format!("an order can't be {found}"))?;
    let next = state.after(step)?;
    let changed = sqlx::query("UPDATE orders SET state = $1 WHERE id = $2 AND state = $3")
        .bind(next.parameter())
        .bind(id.to_string())
        .bind(state.parameter())
        .execute(connection)
        .await
        .context("changing an order's state")?;
    ensure!(changed.rows_affected() == 1, "the order left the state {found} meanwhile");
    Ok(())
}

#[async_trait]
impl Orders for SqlOrders {
    async fn read(&self, number: OrderNumber, access: &OrderAccess) -> Result<Option<Order>, OrdersUnavailable> {
        if !self.key.admits(number, access) {
            return Ok(None);
        }
        at_boundary(self.load_by_number(number).await, OrdersUnavailable)
    }

    async fn find(&self, number: OrderNumber, email: &Email) -> Result<Option<OrderAccess>, OrdersUnavailable> {
        at_boundary(self.find_access(number, email).await, OrdersUnavailable)
    }
}
