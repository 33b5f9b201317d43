use std::collections::HashMap;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::account::AccountId;
use domain::catalog::Sku;
use domain::checkout::{Address, Email};
use domain::order::ports::{Orders, OrdersUnavailable};
use domain::order::{Order, OrderAccess, OrderId, OrderNumber, OrderPage, OrderQuery, OrderState, OrderStep};
use domain::payment::Tally;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::{AccessKey, OrderGraph, owner, shelf};
use crate::fault::at_boundary;
use crate::payment::aftermath::unreached;
use crate::sql::{Cell, Sql, rows};

/// A statement that reads what [`order_of`] makes an order of.
macro_rules! select_orders {
    ($narrowed:literal) => {
        concat!("SELECT state, document, captured_minor_units, refunded_minor_units FROM orders ", $narrowed)
    };
}
pub(super) use select_orders;

#[derive(Debug, Clone)]
pub(crate) struct SqlOrders {
    sql: Sql,
    key: AccessKey,
    /// Where histories are read from.
    graph: Option<OrderGraph>,
}

impl SqlOrders {
    pub(crate) const fn new(sql: Sql, key: AccessKey) -> Self {
        Self { sql, key, graph: None }
    }

    /// The same orders, whose histories are read from the graph.
    #[must_use]
    pub(crate) fn reading_from(self, graph: OrderGraph) -> Self {
        Self { graph: Some(graph), ..self }
    }

    pub(crate) async fn load(&self, id: OrderId) -> anyhow::Result<Option<Order>> {
        sqlx::query(select_orders!("WHERE id = $1"))
            .bind(id.to_string())
            .fetch_optional(self.sql.readers())
            .await
            .context("reading an order")?
            .map(|row| order_of(&row))
            .transpose()
    }

    /// The orders of some ids, as far as there are any.
    pub(crate) async fn load_all(&self, ids: &[OrderId]) -> anyhow::Result<Vec<Order>> {
        let ids: Vec<String> = ids.iter().map(OrderId::to_string).collect();
        let mut reader = self.sql.readers().acquire().await.context("reading orders")?;
        let statement = select_orders!("WHERE id IN");
        rows::with_keys(&mut reader, statement, &ids, "").await?.iter().map(order_of).collect()
    }

    /// Whether an account was sold one of some SKUs.
    pub(crate) async fn has_bought(&self, account: AccountId, skus: &[Sku]) -> anyhow::Result<bool> {
        owner::has_bought(&self.sql, account, skus).await
    }

    /// Whose an order is, if anybody's.
    pub(crate) async fn owner_of(&self, order: OrderId) -> anyhow::Result<Option<AccountId>> {
        let mut reader = self.sql.readers().acquire().await.context("looking whose order it is")?;
        owner::owner_of(&mut reader, order).await
    }

    /// The key of the order with a number.
    pub(crate) async fn id_of(&self, number: OrderNumber) -> anyhow::Result<Option<OrderId>> {
        find_id(&self.sql, number).await
    }

    /// Orders in the order of their ids: those behind one, at most `limit`.
    pub(super) async fn load_after(&self, after: Option<OrderId>, limit: u32) -> anyhow::Result<Vec<Order>> {
        sqlx::query(select_orders!("WHERE id > $1 ORDER BY id LIMIT $2"))
            .bind(after.map(|id| id.to_string()).unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(self.sql.readers())
            .await
            .context("reading orders by their ids")?
            .iter()
            .map(order_of)
            .collect()
    }

    pub(crate) async fn load_by_number(&self, number: OrderNumber) -> anyhow::Result<Option<Order>> {
        sqlx::query(select_orders!("WHERE number = $1"))
            .bind(number.to_string())
            .fetch_optional(self.sql.readers())
            .await
            .context("reading an order by its number")?
            .map(|row| order_of(&row))
            .transpose()
    }

    /// The order of a number with the moments of its steps.
    pub(crate) async fn load_with_steps(&self, number: OrderNumber) -> anyhow::Result<Option<Order>> {
        let Some(mut order) = self.load_by_number(number).await? else { return Ok(None) };
        shelf::add_steps(&self.sql, std::slice::from_mut(&mut order)).await?;
        // Where nothing went back, nothing of that can have failed.
        if order.refunded_minor_units > 0 {
            order.unreached_minor_units = unreached(&self.sql, order.id).await?;
        }
        Ok(Some(order))
    }

    async fn find_access(&self, number: OrderNumber, email: &Email) -> anyhow::Result<Option<OrderAccess>> {
        match self.load_by_number(number).await? {
            Some(order) if order.contact.email.is_same(email) => Ok(Some(self.key.access(number)?)),
            _ => Ok(None),
        }
    }
}

pub(super) fn order_of(row: &AnyRow) -> anyhow::Result<Order> {
    let mut order: Order = serde_json::from_str(row.try_get("document")?).context("reading a stored order")?;
    let state: &str = row.try_get("state")?;
    order.state = OrderState::from_parameter(state).with_context(|| format!("an order can't be {state}"))?;
    order.captured_minor_units = row.try_get("captured_minor_units")?;
    order.refunded_minor_units = row.try_get("refunded_minor_units")?;
    Ok(order)
}

pub(super) fn reached_of(row: &AnyRow) -> anyhow::Result<(OrderState, Timestamp)> {
    let (state, reached_at): (&str, &str) = (row.try_get("state")?, row.try_get("reached_at")?);
    let state = OrderState::from_parameter(state).with_context(|| format!("an order can't be {state}"))?;
    Ok((state, reached_at.parse().context("reading when a step was taken")?))
}

/// Adds orders that are new, each of an account or of a guest.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    orders: &[(Order, Option<AccountId>)],
) -> anyhow::Result<()> {
    let row = |(order, owner): &(Order, Option<AccountId>)| -> anyhow::Result<[Cell; 11]> {
        let total = order.totals.total();
        Ok([
            order.id.to_string().into(),
            order.number.to_string().into(),
            order.state.parameter().into(),
            order.contact.email.as_str().into(),
            total.currency().code().into(),
            total.minor_units().into(),
            order.placed_at.to_string().into(),
            serde_json::to_string(order)?.into(),
            owner.map(|owner| owner.to_string()).into(),
            order.contact.email.key().into(),
            order.words().into(),
        ])
    };
    let rows = orders.iter().map(row).collect::<Result<_, _>>()?;
    let into = "INSERT INTO orders (id, number, state, email, currency, total_minor_units, placed_at, document,
                                    account_id, customer, words) VALUES";
    rows::write(connection, into, rows, "").await.map(drop)
}

/// Takes orders one step on.
///
/// # Errors
/// Also when the step does not lead on from where one of them stands: the caller rolls back.
pub(crate) async fn set_states(connection: &mut AnyConnection, ids: &[OrderId], step: OrderStep) -> anyhow::Result<()> {
    let keys: Vec<String> = ids.iter().map(OrderId::to_string).collect();
    let found = rows::with_keys(connection, "SELECT id, state FROM orders WHERE id IN", &keys, "").await?;
    ensure!(found.len() == keys.len(), "an order is gone");
    let reached_at = Timestamp::now().to_string();
    let (mut changes, mut steps) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    for row in &found {
        let (id, found): (&str, &str) = (row.try_get("id")?, row.try_get("state")?);
        let state = OrderState::from_parameter(found).with_context(|| format!("an order can't be {found}"))?;
        let next = state.after(step)?.parameter();
        changes.push([Cell::from(id), found.into(), next.into()]);
        steps.push([Cell::from(id), next.into(), reached_at.as_str().into()]);
    }
    let statement = "UPDATE orders SET state = column3 FROM (VALUES";
    let after = ") AS changed WHERE orders.id = column1 AND orders.state = column2";
    let changed = rows::write(connection, statement, changes, after).await?;
    ensure!(changed == keys.len() as u64, "an order left its state meanwhile");
    let into = "INSERT INTO order_steps (order_id, state, reached_at) VALUES";
    // Of what is only made up for, it is known already when it was.
    rows::write(connection, into, steps, "ON CONFLICT (order_id, state) DO NOTHING").await.map(drop)
}

/// Notes where an order goes from now on, and since when; nothing else of an order that was placed changes.
pub(crate) async fn set_contact(connection: &mut AnyConnection, order: &Order) -> anyhow::Result<()> {
    let changed = sqlx::query("UPDATE orders SET document = $1 WHERE id = $2")
        .bind(serde_json::to_string(order)?)
        .bind(order.id.to_string())
        .execute(connection)
        .await
        .context("noting where an order goes")?;
    ensure!(changed.rows_affected() == 1, "an order is gone");
    Ok(())
}

/// The id of the order of a number.
pub(crate) async fn find_id(sql: &Sql, number: OrderNumber) -> anyhow::Result<Option<OrderId>> {
    let found = sqlx::query("SELECT id FROM orders WHERE number = $1")
        .bind(number.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking for an order")?;
    found.map(|row| Ok(row.try_get::<String, _>("id")?.parse()?)).transpose()
}

/// Where orders go, as far as there are such orders.
pub(crate) async fn destinations(
    connection: &mut AnyConnection,
    ids: &[OrderId],
) -> anyhow::Result<HashMap<OrderId, Address>> {
    let keys: Vec<String> = ids.iter().map(OrderId::to_string).collect();
    let found = rows::with_keys(connection, "SELECT document FROM orders WHERE id IN", &keys, "").await?;
    let destination = |row: &AnyRow| {
        let order: Order = serde_json::from_str(row.try_get("document")?).context("reading a stored order")?;
        Ok((order.id, order.contact.address))
    };
    found.iter().map(destination).collect()
}

/// Notes what has moved of an order's money.
pub(crate) async fn set_amounts(connection: &mut AnyConnection, id: OrderId, tally: &Tally) -> anyhow::Result<()> {
    sqlx::query("UPDATE orders SET captured_minor_units = $1, refunded_minor_units = $2, settled = $3 WHERE id = $4")
        .bind(tally.captured_minor_units())
        .bind(tally.refunded_minor_units())
        .bind(i64::from(tally.is_settled()))
        .bind(id.to_string())
        .execute(connection)
        .await
        .context("noting what has moved of an order's money")?;
    Ok(())
}

#[async_trait]
impl Orders for SqlOrders {
    async fn read(&self, number: OrderNumber, access: &OrderAccess) -> Result<Option<Order>, OrdersUnavailable> {
        if !self.key.admits(number, access) {
            return Ok(None);
        }
        at_boundary(self.load_with_steps(number).await, OrdersUnavailable)
    }

    async fn find(&self, number: OrderNumber, email: &Email) -> Result<Option<OrderAccess>, OrdersUnavailable> {
        at_boundary(self.find_access(number, email).await, OrdersUnavailable)
    }

    async fn list(&self, owner: AccountId, query: &OrderQuery) -> Result<OrderPage, OrdersUnavailable> {
        at_boundary(shelf::list(&self.sql, self.graph.as_ref(), owner, query).await, OrdersUnavailable)
    }

    async fn find_own(&self, owner: AccountId, number: OrderNumber) -> Result<Option<OrderAccess>, OrdersUnavailable> {
        if !at_boundary(owner::owns(&self.sql, owner, number).await, OrdersUnavailable)? {
            return Ok(None);
        }
        at_boundary(self.key.access(number), OrdersUnavailable).map(Some)
    }

    async fn can_claim(
        &self,
        email: &Email,
        number: OrderNumber,
        access: &OrderAccess,
    ) -> Result<bool, OrdersUnavailable> {
        if !self.key.admits(number, access) {
            return Ok(false);
        }
        at_boundary(owner::can_claim(&self.sql, email, number).await, OrdersUnavailable)
    }

    async fn claim(&self, owner: AccountId, email: &Email) -> Result<(), OrdersUnavailable> {
        let claimed = async {
            let mut transaction = self.sql.begin().await?;
            owner::claim_all(&mut transaction, owner, email).await?;
            transaction.commit().await.context("committing claimed orders")
        };
        at_boundary(claimed.await, OrdersUnavailable)
    }
}
