//! What became of payments after they were captured: only this module writes the tables `heard_payments`,
//! `late_refunds`, `disputes` and `gateway_fees`; the checkout's transactions call it.

mod read;
pub(super) mod wire;

use anyhow::Context as _;
use domain::order::OrderId;
use domain::payment::aftermath::{
    DisputeState, DisputeTurn, LateRefundState, RefundId, ToldDispute, ToldFee, ToldRefund, turns,
};
use domain::payment::ledger::Posting;
use domain::payment::{AuthorizationId, MovementId};
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};
use uuid::Uuid;

use super::{Booking, post};
use crate::event::{Fact, publish};
use crate::sql::{Sql, now_ms};

pub(crate) use read::{
    Known, disputes_of, failed_refunds_of, find_refund, has_fees, list_disputes, list_refunds, read_known, unreached,
};

/// The pause before a payment is looked at once more that could not be looked at, doubled each time, at most so often.
const FIRST_PAUSE_MS: i64 = 2_000;
const MAX_DOUBLINGS: u32 = 10;

/// A payment that is to be looked at.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) payment: AuthorizationId,
    times: i64,
    attempts: i64,
}

/// Notes that something happened to a payment.
pub(crate) async fn note_heard(sql: &Sql, payment: &AuthorizationId) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    let_follow(&mut transaction, payment).await?;
    transaction.commit().await.context("committing that something happened to a payment")
}

/// In the transaction of what happened to a payment: the gateway is asked how it stands, and what it kept.
pub(crate) async fn let_follow(connection: &mut AnyConnection, payment: &AuthorizationId) -> anyhow::Result<()> {
    let noted = sqlx::query(
        "INSERT INTO heard_payments (authorization_id, times, attempts, due_ms) VALUES ($1, 1, 0, $2)
         ON CONFLICT (authorization_id)
         DO UPDATE SET times = heard_payments.times + 1, attempts = 0, due_ms = excluded.due_ms",
    )
    .bind(payment.as_str())
    .bind(now_ms())
    .execute(connection)
    .await;
    noted.map(drop).context("noting that something happened to a payment")
}

/// The next payments after one that are to be looked at now.
pub(crate) async fn read_heard(sql: &Sql, after: &str, limit: i64) -> anyhow::Result<Vec<Heard>> {
    let rows = sqlx::query(
        "SELECT authorization_id, times, attempts FROM heard_payments
         WHERE due_ms <= $1 AND authorization_id > $2 ORDER BY authorization_id LIMIT $3",
    )
    .bind(now_ms())
    .bind(after.to_owned())
    .bind(limit)
    .fetch_all(sql.readers())
    .await
    .context("looking for payments that were heard of")?;
    let heard = |row: &sqlx::any::AnyRow| {
        Ok(Heard {
            payment: row.try_get::<String, _>("authorization_id")?.parse()?,
            times: row.try_get("times")?,
            attempts: row.try_get("attempts")?,
        })
    };
    rows.iter().map(heard).collect()
}

/// Notes that a payment was looked at: it is done with, unless more was told meanwhile, or it is looked at again after
/// a pause.
pub(crate) async fn note_looked_at(sql: &Sql, heard: &Heard, is_done: bool) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    if is_done {
        sqlx::query("DELETE FROM heard_payments WHERE authorization_id = $1 AND times = $2")
            .bind(heard.payment.as_str())
            .bind(heard.times)
            .execute(&mut *transaction)
            .await
            .context("forgetting a payment that was looked at")?;
    } else {
        let doublings = u32::try_from(heard.attempts).unwrap_or(MAX_DOUBLINGS).min(MAX_DOUBLINGS);
        sqlx::query("UPDATE heard_payments SET attempts = attempts + 1, due_ms = $1 WHERE authorization_id = $2")
            .bind(now_ms() + (FIRST_PAUSE_MS << doublings))
            .bind(heard.payment.as_str())
            .execute(&mut *transaction)
            .await
            .context("putting a payment off")?;
    }
    transaction.commit().await.context("committing that a payment was looked at")
}

/// The same for whatever has a name at the gateway: what is posted under it is posted once.
pub(crate) fn movement_of(name: &str) -> MovementId {
    let mut bytes = [0; 16];
    blake3::Hasher::new().update(name.as_bytes()).finalize_xof().fill(&mut bytes);
    MovementId::new(Uuid::from_bytes(bytes))
}

/// Writes a refund down that did not go the usual way; `false` where it was written down before.
pub(crate) async fn insert_refund(
    connection: &mut AnyConnection,
    order: OrderId,
    refund: &ToldRefund,
    state: LateRefundState,
) -> anyhow::Result<bool> {
    let written = sqlx::query(
        "INSERT INTO late_refunds (id, order_id, currency, minor_units, state, noted_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
    )
    .bind(refund.id.as_str())
    .bind(order.to_string())
    .bind(refund.amount.currency().code())
    .bind(refund.amount.minor_units())
    .bind(state.parameter())
    .bind(Timestamp::now().to_string())
    .execute(connection)
    .await
    .context("writing a refund down")?;
    Ok(written.rows_affected() == 1)
}

/// Lets a refund go from one state to another one; `false` where it was not in the first.
pub(crate) async fn set_state(
    connection: &mut AnyConnection,
    refund: &RefundId,
    from: LateRefundState,
    to: LateRefundState,
    repeated_by: Option<MovementId>,
) -> anyhow::Result<bool> {
    let set = sqlx::query("UPDATE late_refunds SET state = $1, repeated_by = $2 WHERE id = $3 AND state = $4")
        .bind(to.parameter())
        .bind(repeated_by.map(|movement| movement.to_string()))
        .bind(refund.as_str())
        .bind(from.parameter())
        .execute(connection)
        .await
        .context("noting how a refund stands")?;
    Ok(set.rows_affected() == 1)
}

/// Posts that a refund failed: its money is owed to the shopper, who hears of it.
pub(crate) async fn post_failure(
    connection: &mut AnyConnection,
    order: OrderId,
    refund: &RefundId,
    amount: Money,
) -> anyhow::Result<()> {
    post_of(connection, order, refund.as_str(), Posting::refund_failure(amount)?).await?;
    publish(connection, &[Fact::OrderChanged { order }]).await
}

/// Notes that as much as a failed refund owes went back after all; nothing where it owes nothing any more.
pub(crate) async fn note_repeated(connection: &mut AnyConnection, order: OrderId, known: &Known) -> anyhow::Result<()> {
    let to = LateRefundState::Repeated;
    if known.state.is_owed() && set_state(connection, &known.id, known.state, to, known.repeated_by).await? {
        post_of(connection, order, known.id.as_str(), Posting::refund_repeat(known.amount)?).await?;
    }
    Ok(())
}

/// Notes that what a failed refund owes was paid in another way; `false` where it owes nothing any more, or the
/// gateway is being asked for it.
pub(crate) async fn note_settled(
    connection: &mut AnyConnection,
    order: OrderId,
    known: &Known,
) -> anyhow::Result<bool> {
    let (from, to) = (LateRefundState::Failed, LateRefundState::Settled);
    if !set_state(connection, &known.id, from, to, None).await? {
        return Ok(false);
    }
    let owed = Money::zero(known.amount.currency()).minus(known.amount)?;
    post_of(connection, order, known.id.as_str(), Posting::repayment(owed)?).await?;
    Ok(true)
}

/// Notes how a dispute stands, and posts what follows from that.
pub(crate) async fn note_dispute(
    connection: &mut AnyConnection,
    order: OrderId,
    told: &ToldDispute,
) -> anyhow::Result<()> {
    let known = sqlx::query("SELECT state, is_taken, currency, minor_units FROM disputes WHERE id = $1")
        .bind(told.id.as_str())
        .fetch_optional(&mut *connection)
        .await
        .context("looking for a dispute")?;
    let (mut is_taken, mut was, mut amount) = (false, None, told.amount);
    if let Some(row) = &known {
        is_taken = row.try_get::<i64, _>("is_taken")? == 1;
        was = Some(read::dispute_state(row.try_get("state")?)?);
        // What was taken comes back or is lost, whatever the bank says since that it is about.
        if is_taken {
            amount = read::amount_of(row)?;
        }
    }
    if was.is_some_and(DisputeState::is_closed) {
        return Ok(());
    }
    if told.state == DisputeState::Unknown && was != Some(DisputeState::Unknown) {
        tracing::error!(%order, dispute = %told.id, "a dispute stands in a way that this store does not know");
    }
    let turned = turns(is_taken, false, told);
    is_taken |= turned.contains(&DisputeTurn::Taken);
    sqlx::query(
        "INSERT INTO disputes (id, order_id, currency, minor_units, state, is_inquiry, is_taken, reason, answer_by,
             is_refundable, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_inquiry = excluded.is_inquiry,
             is_taken = excluded.is_taken, answer_by = excluded.answer_by, currency = excluded.currency,
             minor_units = excluded.minor_units, reason = excluded.reason,
             is_refundable = excluded.is_refundable",
    )
    .bind(told.id.as_str())
    .bind(order.to_string())
    .bind(amount.currency().code())
    .bind(amount.minor_units())
    .bind(told.state.parameter())
    .bind(i64::from(told.is_inquiry))
    .bind(i64::from(is_taken))
    .bind(told.reason.as_str())
    .bind(told.answer_by.map(|at| at.to_string()))
    .bind(i64::from(told.is_refundable))
    .bind(Timestamp::now().to_string())
    .execute(&mut *connection)
    .await
    .context("writing a dispute down")?;
    for turn in turned {
        post_of(connection, order, told.id.as_str(), Posting::dispute(turn, amount)?).await?;
    }
    Ok(())
}

/// Notes what the gateway kept of an order's payment, and posts what of that was not noted before.
pub(crate) async fn note_fees(connection: &mut AnyConnection, order: OrderId, told: &[ToldFee]) -> anyhow::Result<()> {
    let noted_at = Timestamp::now().to_string();
    let mut bookings = Vec::with_capacity(told.len());
    for ToldFee { id, amount } in told {
        let noted = sqlx::query(
            "INSERT INTO gateway_fees (id, order_id, currency, minor_units, noted_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(id.as_str())
        .bind(order.to_string())
        .bind(amount.currency().code())
        .bind(amount.minor_units())
        .bind(noted_at.clone())
        .execute(&mut *connection)
        .await
        .context("noting what the gateway kept")?;
        if noted.rows_affected() == 1 {
            let (movement, posting) = (Some(movement_of(id.as_str())), Posting::fee(*amount)?);
            bookings.push(Booking { order, movement, posting });
        }
    }
    if bookings.is_empty() { Ok(()) } else { post(connection, &bookings).await }
}

async fn post_of(connection: &mut AnyConnection, order: OrderId, name: &str, posting: Posting) -> anyhow::Result<()> {
    post(connection, &[Booking { order, movement: Some(movement_of(name)), posting }]).await
}
