//! The history of an account. Which orders are in it, and which of them have some words, is read from the graph:
//! its customers' edges lead to their orders. What stands on the page is read from the books, whose an order is
//! among it. Orders that have not reached the graph yet are named by the books; where the graph is away, slow or
//! too far behind, the books tell all of it.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::Context;
use domain::account::AccountId;
use domain::checkout::Email;
use domain::order::{
    MAX_CUSTOMERS, NEWEST_ORDERS, ORDERS_PER_PAGE, Order, OrderId, OrderPage, OrderProgress, OrderQuery,
    are_few_customers, whole_history,
};
use sqlx::Row;
use tokio::time::timeout;

use super::owner;
use super::store::{order_of, reached_of, select_orders};
use super::{OrderGraph, customer_key};
use crate::sql::{Sql, rows};

/// How long a page waits for the graph before the books tell it.
const GRAPH_PATIENCE: Duration = Duration::from_millis(500);
/// Orders of a history that are looked at together: on a page without words the next ones are those that it shows.
const NEXT_ORDERS: usize = 16;
/// Where they are looked through.
const LOOKED_THROUGH: usize = 256;

/// One page of an account's orders, the newest first.
pub(super) async fn list(
    sql: &Sql,
    graph: Option<&OrderGraph>,
    account: AccountId,
    query: &OrderQuery,
) -> anyhow::Result<OrderPage> {
    let mut page = match graph {
        Some(graph) => match timeout(GRAPH_PATIENCE, by_graph(sql, graph, account, query)).await {
            Ok(Ok(Some(page))) => page,
            late => {
                tell(late);
                owner::list(sql, account, query).await?
            }
        },
        None => owner::list(sql, account, query).await?,
    };
    add_steps(sql, &mut page.orders).await?;
    Ok(page)
}

/// Says in the log why the books tell a history.
fn tell<T, E>(late: Result<anyhow::Result<T>, E>) {
    match late {
        Ok(Ok(_)) => tracing::debug!("the graph lacks orders of a history: the books tell it"),
        Ok(Err(fault)) => tracing::warn!("the books tell a history: {fault:#}"),
        Err(_) => tracing::warn!("the graph is slow: the books tell a history"),
    }
}

/// `None` where the graph lacks more orders than the newest.
async fn by_graph(
    sql: &Sql,
    graph: &OrderGraph,
    account: AccountId,
    query: &OrderQuery,
) -> anyhow::Result<Option<OrderPage>> {
    let customers = customers_of(sql, account).await?;
    if !are_few_customers(customers.keys.len()) {
        return Ok(None);
    }
    let (placed, newest) = (graph.placed_by(&customers.keys).await?, newest_of(sql, account).await?);
    let Some(mut history) = whole_history(placed, newest, customers.orders) else { return Ok(None) };
    if let Some(last) = query.older_than {
        history.retain(|id| *id < last);
    }
    let words = owner::words_of(&query.words);
    let is_narrowed = !words.is_empty() || query.progress.is_some();
    let mut orders = Vec::new();
    for some in history.chunks(if is_narrowed { LOOKED_THROUGH } else { NEXT_ORDERS }) {
        let others = if words.is_empty() { HashSet::new() } else { graph.without_words(some, &words).await? };
        let candidates = some.iter().filter(|id| !others.contains(id)).map(OrderId::to_string).collect::<Vec<_>>();
        let found = read(sql, account, query, &candidates).await?;
        orders.extend(found.into_iter().filter(|order| order.has_words(&words)));
        if orders.len() > ORDERS_PER_PAGE {
            break;
        }
    }
    Ok(Some(page_of(orders, ORDERS_PER_PAGE)))
}

/// Whom the orders of an account were placed by, as the graph knows them, and how many orders these placed.
struct Customers {
    keys: Vec<String>,
    orders: usize,
}

async fn customers_of(sql: &Sql, account: AccountId) -> anyhow::Result<Customers> {
    let found = sqlx::query(
        "SELECT customer, COUNT(*) AS orders FROM orders
         WHERE customer IN (SELECT customer FROM orders WHERE account_id = $1) GROUP BY customer LIMIT $2",
    )
    .bind(account.to_string())
    .bind(i64::try_from(MAX_CUSTOMERS + 1)?)
    .fetch_all(sql.readers())
    .await
    .context("looking whom the orders of an account were placed by")?;
    let mut customers = Customers { keys: Vec::with_capacity(found.len()), orders: 0 };
    for row in &found {
        let email: Email = row.try_get::<String, _>("customer")?.parse().context("reading a customer")?;
        customers.keys.push(customer_key(&email));
        customers.orders += usize::try_from(row.try_get::<i64, _>("orders")?)?;
    }
    Ok(customers)
}

async fn newest_of(sql: &Sql, account: AccountId) -> anyhow::Result<Vec<OrderId>> {
    sqlx::query("SELECT id FROM orders WHERE account_id = $1 ORDER BY id DESC LIMIT $2")
        .bind(account.to_string())
        .bind(i64::try_from(NEWEST_ORDERS)?)
        .fetch_all(sql.readers())
        .await
        .context("looking for the newest orders of an account")?
        .iter()
        .map(|row| Ok(row.try_get::<String, _>("id")?.parse()?))
        .collect()
}

/// Those of some orders that are an account's and so far as is asked for, in the same order; or as many of them as a
/// page needs, where all of them have the words.
async fn read(sql: &Sql, account: AccountId, query: &OrderQuery, ids: &[String]) -> anyhow::Result<Vec<Order>> {
    let before = format!("{} account_id = '{account}' AND id IN", select_orders!("WHERE"));
    let enough = if query.words.is_empty() { format!("LIMIT {}", ORDERS_PER_PAGE + 1) } else { String::new() };
    let after = format!("{} ORDER BY id DESC {enough}", query.progress.map(narrowed_to).unwrap_or_default());
    let mut reader = sql.readers().acquire().await.context("reading a history")?;
    rows::with_keys(&mut reader, &before, ids, &after).await?.iter().map(order_of).collect()
}

/// What narrows orders down to those that are so far.
pub(super) fn narrowed_to(progress: OrderProgress) -> String {
    let states: Vec<String> = progress.states().map(|state| format!("'{}'", state.parameter())).collect();
    format!("AND state IN ({})", states.join(", "))
}

/// A page of orders that were found, of which one more than it holds says that there is another page.
pub(super) fn page_of(mut orders: Vec<Order>, most: usize) -> OrderPage {
    let has_more = orders.len() > most;
    orders.truncate(most);
    let next = orders.last().map(|order| order.id).filter(|_| has_more);
    OrderPage { orders, next }
}

/// Notes on orders when they came to their states.
pub(super) async fn add_steps(sql: &Sql, orders: &mut [Order]) -> anyhow::Result<()> {
    let ids: Vec<String> = orders.iter().map(|order| order.id.to_string()).collect();
    let mut reader = sql.readers().acquire().await.context("reading the steps of orders")?;
    let statement = "SELECT order_id, state, reached_at FROM order_steps WHERE order_id IN";
    for row in rows::with_keys(&mut reader, statement, &ids, "").await? {
        let id: OrderId = row.try_get::<String, _>("order_id")?.parse()?;
        if let Some(order) = orders.iter_mut().find(|order| order.id == id) {
            order.reached.push(reached_of(&row)?);
        }
    }
    for order in orders {
        order.reached.sort_by_key(|(_, reached_at)| *reached_at);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
