//! Uses of promotions, as statements inside the checkout's transactions.

use std::collections::BTreeSet;

use anyhow::Context;
use domain::checkout::saga::Purchase;
use domain::order::OrderId;
use domain::pricing::promotion::{Customers, PromotionId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::keys_of;
use crate::sql::{bytewise, locking, rows};

/// A query that counts how often a shopper used a promotion. Whose a use is, its order says: that of the e-mail address
/// it was placed with, however that is typed, and of the account that it belongs to, also since it was claimed.
macro_rules! uses_of {
    ($promotion:literal, $customer:literal, $account:literal) => {
        concat!(
            "SELECT COUNT(*) FROM redemptions WHERE promotion_id = ",
            $promotion,
            " AND state <> 'released' AND order_id IN (SELECT id FROM orders WHERE customer = ",
            $customer,
            " OR account_id = ",
            $account,
            ")"
        )
    };
}
pub(super) use uses_of;

/// What came of counting the uses of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    Held,
    /// A promotion was used up meanwhile, by everybody together or by this shopper.
    UsedUp,
}

/// Locks the promotions that some purchases use, in the order of their ids, so that two checkouts never
/// wait for each other.
pub(crate) async fn lock(connection: &mut AnyConnection, purchases: &[Purchase]) -> anyhow::Result<()> {
    let used: BTreeSet<&PromotionId> = purchases.iter().flat_map(Purchase::promotions).collect();
    let after = locking(connection);
    if !after.is_empty() {
        let used: Vec<String> = used.into_iter().map(PromotionId::to_string).collect();
        let after = format!("ORDER BY id {} {after}", bytewise(connection));
        rows::with_keys(connection, "SELECT id FROM promotions WHERE id IN", &used, &after).await?;
    }
    Ok(())
}

/// Counts a use of every promotion of a purchase with what it takes off, or answers that one is used up; the caller then
/// rolls back.
pub(crate) async fn hold(connection: &mut AnyConnection, purchase: &Purchase) -> anyhow::Result<Holding> {
    for promotion in purchase.promotions() {
        let discount = purchase.discount_by(promotion)?;
        let row = sqlx::query(
            "UPDATE promotions SET used = used + 1,
                 spent_minor_units = spent_minor_units + CASE WHEN budget_currency = $3 THEN $2 ELSE 0 END
             WHERE id = $1 AND (use_limit IS NULL OR used < use_limit)
                 AND (budget_minor_units IS NULL
                     OR (budget_currency = $3 AND spent_minor_units + $2 <= budget_minor_units))
             RETURNING customer_limit, customers",
        )
        .bind(promotion.as_str())
        .bind(discount.minor_units())
        .bind(discount.currency().code())
        .fetch_optional(&mut *connection)
        .await
        .context("counting the use of a promotion")?;
        let Some(row) = row else { return Ok(Holding::UsedUp) };
        sqlx::query(
            "INSERT INTO redemptions (promotion_id, order_id, state, discount_minor_units, currency)
             VALUES ($1, $2, 'held', $3, $4)",
        )
        .bind(promotion.as_str())
        .bind(purchase.order.to_string())
        .bind(discount.minor_units())
        .bind(discount.currency().code())
        .execute(&mut *connection)
        .await
        .context("noting the use of a promotion")?;
        let (limit, customers): (Option<i64>, String) = (row.try_get("customer_limit")?, row.try_get("customers")?);
        // The promotion is locked by now: nobody else counts for this shopper at the same time.
        if !is_theirs(connection, purchase, promotion, limit, &customers).await? {
            return Ok(Holding::UsedUp);
        }
    }
    Ok(Holding::Held)
}

/// Whether a promotion for some customers, of whom each may use it so often, is for the shopper of a purchase who holds
/// it by now.
async fn is_theirs(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    promotion: &PromotionId,
    limit: Option<i64>,
    customers: &str,
) -> anyhow::Result<bool> {
    let (customer, account) = keys_of(Some(&purchase.contact.email), purchase.account);
    let is_for_new = customers == Customers::New.parameter();
    if is_for_new && has_ordered(connection, &customer, &account, Some(purchase.order)).await? {
        return Ok(false);
    }
    let Some(limit) = limit else { return Ok(true) };
    let uses: i64 = sqlx::query_scalar(uses_of!("$1", "$2", "$3"))
        .bind(promotion.as_str())
        .bind(customer)
        .bind(account)
        .fetch_one(connection)
        .await
        .context("counting a shopper's uses of a promotion")?;
    Ok(uses <= limit)
}

/// Whether somebody placed an order besides one that stands, or may in the end: under an e-mail address or as an
/// account, of which an empty one is none.
pub(super) async fn has_ordered(
    connection: &mut AnyConnection,
    customer: &str,
    account: &str,
    besides: Option<OrderId>,
) -> anyhow::Result<bool> {
    let found = sqlx::query(
        "SELECT id FROM orders WHERE (customer = $1 OR account_id = $2) AND id <> $3
             AND state NOT IN ('declined', 'cancelled', 'refunded') LIMIT 1",
    )
    .bind(customer)
    .bind(account)
    .bind(besides.map(|order| order.to_string()).unwrap_or_default())
    .fetch_optional(connection)
    .await
    .context("looking for an order before")?;
    Ok(found.is_some())
}

/// Settles the uses of confirmed orders. Nothing happens the second time.
pub(crate) async fn redeem(connection: &mut AnyConnection, orders: &[OrderId]) -> anyhow::Result<()> {
    let orders: Vec<String> = orders.iter().map(OrderId::to_string).collect();
    let statement = "UPDATE redemptions SET state = 'redeemed' WHERE state = 'held' AND order_id IN";
    rows::with_keys(connection, statement, &orders, "").await.map(drop)
}

/// Gives the uses of an order that ended back, redeemed or not. Nothing happens the second time.
pub(crate) async fn release(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<()> {
    let rows = sqlx::query(
        "UPDATE redemptions SET state = 'released' WHERE order_id = $1 AND state <> 'released'
         RETURNING promotion_id, discount_minor_units, currency",
    )
    .bind(order.to_string())
    .fetch_all(&mut *connection)
    .await
    .context("releasing promotions")?;
    let released = |row: &AnyRow| -> sqlx::Result<(String, i64, String)> {
        Ok((row.try_get("promotion_id")?, row.try_get("discount_minor_units")?, row.try_get("currency")?))
    };
    let mut promotions: Vec<_> = rows.iter().map(released).collect::<Result<_, _>>()?;
    promotions.sort();
    for (promotion, discount_minor_units, currency) in promotions {
        sqlx::query(
            "UPDATE promotions SET used = used - 1,
                 spent_minor_units = spent_minor_units - CASE WHEN budget_currency = $3 THEN $2 ELSE 0 END
             WHERE id = $1",
        )
        .bind(promotion)
        .bind(discount_minor_units)
        .bind(currency)
        .execute(&mut *connection)
        .await
        .context("giving the use of a promotion back")?;
    }
    Ok(())
}

/// Counts anew what a promotion has spent, for its budget may have begun or changed its currency. The promotion was
/// written in the same transaction before, so that nobody uses it meanwhile.
pub(super) async fn recount(connection: &mut AnyConnection, promotion: &PromotionId) -> anyhow::Result<()> {
    sqlx::query(
        "UPDATE promotions SET spent_minor_units = (
             SELECT CAST(COALESCE(SUM(discount_minor_units), 0) AS BIGINT) FROM redemptions
             WHERE promotion_id = promotions.id AND currency = promotions.budget_currency AND state <> 'released')
         WHERE id = $1",
    )
    .bind(promotion.as_str())
    .execute(connection)
    .await
    .context("counting what a promotion has spent")?;
    Ok(())
}
