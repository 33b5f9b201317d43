//! Forgets who placed orders that came to nothing.

use anyhow::{Context, ensure};
use domain::account::AccountId;
use domain::order::{Order, OrderId};
use sqlx::AnyConnection;

use super::store::{order_of, select_orders};
use crate::sql::locking;

/// Whose orders are looked at, at most so many.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    Account(AccountId),
    /// Those that are nobody's and were placed before every order that comes after this id.
    NobodysBefore(OrderId),
}

/// Forgets who placed orders that came to nothing, at most `limit` at once, and answers them as they are then. Those of
/// which somebody has still to hear keep their contact: a letter may be on its way.
pub(crate) async fn forget_contacts(
    connection: &mut AnyConnection,
    whose: Whose,
    limit: u32,
) -> anyhow::Result<Vec<Order>> {
    let (condition, key) = match whose {
        Whose::Account(account) => ("account_id = $1", account.to_string()),
        Whose::NobodysBefore(id) => ("account_id IS NULL AND id < $1", id.to_string()),
    };
    let statement = format!(
        "{} contact_forgotten = 0 AND captured_minor_units = 0 AND (state = 'declined' OR state = 'cancelled')
             AND {condition} AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.key = orders.id AND outbox.dead = 0)
         ORDER BY id LIMIT $2 {}",
        select_orders!("WHERE"),
        locking(connection)
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(key)
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await
        .context("looking for orders that came to nothing")?;
    let mut forgotten = Vec::with_capacity(rows.len());
    for row in &rows {
        let order = order_of(row)?;
        ensure!(order.came_to_nothing(), "an order whose contact is to be kept was found");
        let order = Order { contact: order.forgotten_contact()?, ..order };
        put(connection, &order).await?;
        forgotten.push(order);
    }
    Ok(forgotten)
}

/// Everything that names its shopper, wherever an order's row has it.
async fn put(connection: &mut AnyConnection, order: &Order) -> anyhow::Result<()> {
    let email = &order.contact.email;
    sqlx::query("UPDATE orders SET document = $1, email = $2, customer = $3, contact_forgotten = 1 WHERE id = $4")
        .bind(serde_json::to_string(order)?)
        .bind(email.as_str())
        .bind(email.key())
        .bind(order.id.to_string())
        .execute(connection)
        .await
        .context("forgetting who placed an order")?;
    Ok(())
}
