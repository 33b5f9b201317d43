use anyhow::Context as _;
use domain::order::OrderId;
use domain::payment::MovementId;
use domain::payment::aftermath::{
    AFTERMATHS_SHOWN, Dispute, DisputeState, FailedRefund, LateRefund, LateRefundState, RefundId, ToldDispute,
};
use domain::payment::ledger::PostingKind;
use domain::pricing::Money;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::movement_of;
use crate::sql::Sql;

/// A refund that was written down.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) id: RefundId,
    pub(crate) amount: Money,
    pub(crate) state: LateRefundState,
    pub(crate) repeated_by: Option<MovementId>,
}

/// What was written down of an order's refunds, the oldest first.
pub(crate) async fn read_known(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<Known>> {
    let rows = sqlx::query(
        "SELECT id, currency, minor_units, state, repeated_by FROM late_refunds WHERE order_id = $1 ORDER BY noted_at, id",
    )
    .bind(order.to_string())
    .fetch_all(sql.readers())
    .await
    .context("reading the late refunds of an order")?;
    rows.iter().map(known_of).collect()
}

/// What of an order's refunds did not reach its shopper, made good since or not, the oldest first.
pub(crate) async fn failed_refunds_of(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<FailedRefund>> {
    let known = read_known(sql, order).await?;
    let failed = known.into_iter().filter(|one| one.state.has_failed());
    let told = |one: Known| FailedRefund { id: movement_of(one.id.as_str()), amount: one.amount, state: one.state };
    Ok(failed.map(told).collect())
}

/// A refund that was written down, and its order.
pub(crate) async fn find_refund(sql: &Sql, refund: &RefundId) -> anyhow::Result<Option<(OrderId, Known)>> {
    let row =
        sqlx::query("SELECT id, order_id, currency, minor_units, state, repeated_by FROM late_refunds WHERE id = $1")
            .bind(refund.as_str())
            .fetch_optional(sql.readers())
            .await
            .context("looking for a late refund")?;
    row.map(|row| Ok((row.try_get::<String, _>("order_id")?.parse()?, known_of(&row)?))).transpose()
}

/// Whether something of an order was captured since the books have fees, so that the gateway kept something of it, or
/// nothing.
pub(crate) async fn has_fees(sql: &Sql, order: OrderId) -> anyhow::Result<bool> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS captures FROM ledger_postings
         WHERE order_id = $1 AND kind = $2 AND id > (SELECT posting_id FROM fees_since)",
    )
    .bind(order.to_string())
    .bind(PostingKind::Capture.parameter())
    .fetch_one(sql.readers())
    .await
    .context("looking whether an order has fees")?;
    Ok(row.try_get::<i64, _>("captures")? > 0)
}

/// What of an order's refunds did not reach its shopper, in minor units of its currency.
pub(crate) async fn unreached(sql: &Sql, order: OrderId) -> anyhow::Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(minor_units), 0) AS BIGINT) AS owed FROM late_refunds
         WHERE order_id = $1 AND state IN ('failed', 'asked')",
    )
    .bind(order.to_string())
    .fetch_one(sql.readers())
    .await
    .context("looking what failed refunds of an order owe")?;
    Ok(row.try_get("owed")?)
}

/// The refunds that did not go the usual way: those first whose money is owed, and then the newest.
pub(crate) async fn list_refunds(sql: &Sql) -> anyhow::Result<Vec<LateRefund>> {
    let rows = sqlx::query(
        "SELECT late_refunds.id, number, late_refunds.currency, minor_units, late_refunds.state, repeated_by, noted_at
         FROM late_refunds JOIN orders ON orders.id = late_refunds.order_id
         ORDER BY CASE WHEN late_refunds.state IN ('failed', 'asked') THEN 0 ELSE 1 END, noted_at DESC LIMIT $1",
    )
    .bind(i64::from(AFTERMATHS_SHOWN))
    .fetch_all(sql.readers())
    .await
    .context("listing late refunds")?;
    let refund = |row: &AnyRow| {
        let Known { id, amount, state, .. } = known_of(row)?;
        let number = row.try_get::<String, _>("number")?.parse()?;
        Ok(LateRefund { id, number, amount, state, noted_at: row.try_get::<String, _>("noted_at")?.parse()? })
    };
    rows.iter().map(refund).collect()
}

/// The disputes: those first that the store is to look after, the most urgent of them first, and then the newest.
pub(crate) async fn list_disputes(sql: &Sql) -> anyhow::Result<Vec<Dispute>> {
    let rows = sqlx::query(
        "SELECT disputes.id, number, disputes.currency, minor_units, disputes.state, is_inquiry, reason, answer_by,
             is_refundable
         FROM disputes JOIN orders ON orders.id = disputes.order_id
         ORDER BY CASE disputes.state WHEN 'needs_answer' THEN 0 WHEN 'unknown' THEN 1 WHEN 'under_review' THEN 2 ELSE 3
             END,
             CASE disputes.state WHEN 'needs_answer' THEN answer_by ELSE '' END, noted_at DESC LIMIT $1",
    )
    .bind(i64::from(AFTERMATHS_SHOWN))
    .fetch_all(sql.readers())
    .await
    .context("listing disputes")?;
    let dispute =
        |row: &AnyRow| Ok(Dispute { number: row.try_get::<String, _>("number")?.parse()?, told: told_of(row)? });
    rows.iter().map(dispute).collect()
}

/// The disputes of an order's payment, the oldest first.
pub(crate) async fn disputes_of(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<ToldDispute>> {
    let rows = sqlx::query(
        "SELECT id, currency, minor_units, state, is_inquiry, reason, answer_by, is_refundable FROM disputes
         WHERE order_id = $1 ORDER BY noted_at, id",
    )
    .bind(order.to_string())
    .fetch_all(sql.readers())
    .await
    .context("reading the disputes of an order")?;
    rows.iter().map(told_of).collect()
}

fn told_of(row: &AnyRow) -> anyhow::Result<ToldDispute> {
    Ok(ToldDispute {
        id: row.try_get::<String, _>("id")?.parse()?,
        amount: amount_of(row)?,
        state: dispute_state(row.try_get("state")?)?,
        is_inquiry: row.try_get::<i64, _>("is_inquiry")? == 1,
        reason: row.try_get::<String, _>("reason")?.parse()?,
        answer_by: row.try_get::<Option<String>, _>("answer_by")?.map(|at| at.parse()).transpose()?,
        is_refundable: row.try_get::<i64, _>("is_refundable")? == 1,
    })
}

pub(super) fn dispute_state(raw: &str) -> anyhow::Result<DisputeState> {
    DisputeState::from_parameter(raw).with_context(|| format!("a dispute can't be {raw}"))
}

fn known_of(row: &AnyRow) -> anyhow::Result<Known> {
    let (state, movement): (String, Option<String>) = (row.try_get("state")?, row.try_get("repeated_by")?);
    Ok(Known {
        id: row.try_get::<String, _>("id")?.parse()?,
        amount: amount_of(row)?,
        state: LateRefundState::from_parameter(&state).with_context(|| format!("a refund can't be {state}"))?,
        repeated_by: movement.map(|movement| movement.parse()).transpose()?,
    })
}

pub(super) fn amount_of(row: &AnyRow) -> anyhow::Result<Money> {
    Ok(Money::new(row.try_get("minor_units")?, row.try_get::<String, _>("currency")?.parse()?))
}
