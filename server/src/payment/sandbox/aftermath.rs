//! What happens to payments by itself: refunds that fail some moments later, and disputes that cardholders open. A
//! dispute is answered as Stripe's are in tests (<https://docs.stripe.com/testing#disputes>).

use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::asked::Asked;
use super::balance::{fee_of_dispute, keep, moved_for};
use super::card::Behaviour;
use super::change::load;
use super::intent::Intent;
use super::notice::{LATENESS, Timing};
use super::read::{Listing, MAX_FOUND};
use super::refusal::Refusal;
use super::{Sandbox, fresh_id};

/// How long a dispute can be answered, in seconds.
const ANSWERED_WITHIN_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How the state of a dispute begins of which the bank only asks, and takes nothing.
const INQUIRY_PREFIX: &str = "warning_";

/// How the status of what a bank only asks begins: a refund in full settles it.
const INQUIRY: &str = "warning_";

struct Dispute {
    id: String,
    amount_minor_units: i64,
    status: String,
    reason: String,
    created_seconds: i64,
}

fn dispute_of(row: &AnyRow) -> Result<Dispute, Refusal> {
    Ok(Dispute {
        id: row.try_get("id")?,
        amount_minor_units: row.try_get("amount_minor_units")?,
        status: row.try_get("status")?,
        reason: row.try_get("reason")?,
        created_seconds: row.try_get("created_seconds")?,
    })
}

impl Dispute {
    /// With what it moved of the store's balance, the newest first.
    fn to_json(&self, intent: &Intent, moved: &[Value]) -> Value {
        json!({
            "id": self.id,
            "object": "dispute",
            "amount": intent.told(self.amount_minor_units),
            "balance_transactions": moved,
            "charge": intent.charge_id(),
            "created": self.created_seconds,
            "currency": intent.currency.code().to_ascii_lowercase(),
            "evidence_details": { "due_by": self.created_seconds + ANSWERED_WITHIN_SECONDS },
            "is_charge_refundable": self.status == "won" || self.status.starts_with(INQUIRY),
            "livemode": false,
            "metadata": {},
            "payment_intent": intent.id,
            "reason": self.reason,
            "status": self.status,
        })
    }
}

impl Sandbox {
    /// After a capture: the cardholder of a card that disputes opens a dispute over all that was captured, once.
    pub(super) async fn open_dispute(
        &self,
        connection: &mut AnyConnection,
        intent: &Intent,
    ) -> Result<Option<Value>, Refusal> {
        let Some(Behaviour::Disputes { status, reason }) = intent.behaviour() else { return Ok(None) };
        let known = sqlx::query("SELECT id FROM sandbox_disputes WHERE intent_id = $1")
            .bind(intent.id.clone())
            .fetch_optional(&mut *connection)
            .await?;
        if known.is_some() {
            return Ok(None);
        }
        let dispute = Dispute {
            id: fresh_id("dp"),
            amount_minor_units: intent.captured_minor_units,
            status: status.to_owned(),
            reason: reason.to_owned(),
            created_seconds: Timestamp::now().as_second(),
        };
        sqlx::query(
            "INSERT INTO sandbox_disputes (id, intent_id, amount_minor_units, status, reason, created_seconds)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(dispute.id.clone())
        .bind(intent.id.clone())
        .bind(dispute.amount_minor_units)
        .bind(dispute.status.clone())
        .bind(dispute.reason.clone())
        .bind(dispute.created_seconds)
        .execute(&mut *connection)
        .await?;
        if !status.starts_with(INQUIRY_PREFIX) {
            let fee = fee_of_dispute(intent.currency);
            keep(connection, intent, &dispute.id, -dispute.amount_minor_units, fee).await?;
        }
        let moved = moved_of(connection, &dispute.id).await?;
        Ok(Some(dispute.to_json(intent, &moved)))
    }

    /// Lets a refund fail some moments after it was answered, and tells of it.
    pub(super) fn let_fail(&self, intent: &str, refund: Value) {
        let (sandbox, intent) = (self.clone(), intent.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(LATENESS).await;
            if let Err(refusal) = sandbox.fail(&intent, refund).await {
                tracing::warn!("a refund of the sandbox can't fail: {}", refusal.body);
            }
        });
    }

    async fn fail(&self, intent: &str, mut refund: Value) -> Result<(), Refusal> {
        let id = refund["id"].as_str().unwrap_or_default().to_owned();
        let mut transaction = self.sql.begin().await?;
        // In the order of every other change: the intent first.
        load(&mut transaction, intent).await?;
        sqlx::query("UPDATE sandbox_refunds SET status = 'failed' WHERE id = $1")
            .bind(id.clone())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "UPDATE sandbox_intents SET refunded_minor_units = refunded_minor_units
                 - (SELECT amount_minor_units FROM sandbox_refunds WHERE id = $1) WHERE id = $2",
        )
        .bind(id)
        .bind(intent.to_owned())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        refund["status"] = "failed".into();
        refund["failure_reason"] = "unknown".into();
        for kind in ["refund.failed", "refund.updated"] {
            self.outgoing.tell(kind, refund.clone(), Timing::Usual).await;
        }
        Ok(())
    }

    /// Whether the bank of an intent's cardholder has taken its money back and not returned it.
    pub(super) async fn is_disputed(&self, intent: &str) -> Result<bool, Refusal> {
        let statement = "SELECT id FROM sandbox_disputes
             WHERE intent_id = $1 AND status <> 'won' AND status NOT LIKE 'warning%'";
        let found = sqlx::query(statement).bind(intent.to_owned()).fetch_optional(self.sql.readers()).await?;
        Ok(found.is_some())
    }

    async fn close_dispute(&self, id: &str, status: &str) -> Result<Json<Value>, Refusal> {
        let mut transaction = self.sql.begin().await?;
        let row = sqlx::query("SELECT * FROM sandbox_disputes WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(&mut *transaction)
            .await?;
        let row = row.ok_or_else(|| Refusal::no_such("Dispute", "id"))?;
        let mut dispute = dispute_of(&row)?;
        if matches!(dispute.status.as_str(), "won" | "lost" | "warning_closed") {
            return Err(Refusal::parameter("id", "This dispute is closed."));
        }
        let intent_id: String = row.try_get("intent_id")?;
        let intent = load(&mut transaction, &intent_id).await?;
        let intent = intent.ok_or_else(|| Refusal::no_such("PaymentIntent", "id"))?;
        sqlx::query("UPDATE sandbox_disputes SET status = $1 WHERE id = $2")
            .bind(status.to_owned())
            .bind(id.to_owned())
            .execute(&mut *transaction)
            .await?;
        // What was taken comes back when the store wins; of an inquiry that it gives up it is taken now.
        let (is_taken, nothing) = (!moved_of(&mut transaction, id).await?.is_empty(), intent.money(0));
        match status {
            "won" if is_taken => keep(&mut transaction, &intent, id, dispute.amount_minor_units, nothing).await?,
            "lost" if !is_taken => keep(&mut transaction, &intent, id, -dispute.amount_minor_units, nothing).await?,
            _ => {}
        }
        let moved = moved_of(&mut transaction, id).await?;
        transaction.commit().await?;
        status.clone_into(&mut dispute.status);
        let told = dispute.to_json(&intent, &moved);
        let kind = if status == "under_review" { "charge.dispute.updated" } else { "charge.dispute.closed" };
        self.outgoing.tell(kind, told.clone(), Timing::Usual).await;
        Ok(Json(told))
    }
}

async fn moved_of(connection: &mut AnyConnection, dispute: &str) -> Result<Vec<Value>, Refusal> {
    let moved = moved_for(connection, &[dispute.to_owned()]).await?;
    Ok(moved.into_values().next().unwrap_or_default())
}

/// The disputes of an intent, the newest first.
pub(super) async fn disputes(
    State(sandbox): State<Sandbox>,
    Query(listing): Query<Listing>,
) -> Result<Json<Value>, Refusal> {
    let intent = sandbox.load(listing.payment_intent.ok_or_else(|| Refusal::missing("payment_intent"))?).await?;
    let rows = sqlx::query("SELECT * FROM sandbox_disputes WHERE intent_id = $1 ORDER BY id DESC LIMIT $2")
        .bind(intent.id.clone())
        .bind(i64::from(MAX_FOUND))
        .fetch_all(sandbox.sql.readers())
        .await?;
    let disputes = rows.iter().map(dispute_of).collect::<Result<Vec<Dispute>, Refusal>>()?;
    let ids: Vec<String> = disputes.iter().map(|dispute| dispute.id.clone()).collect();
    let moved = moved_for(&mut *sandbox.sql.readers().acquire().await?, &ids).await?;
    let moved_of = |dispute: &Dispute| moved.get(&dispute.id).map(Vec::as_slice).unwrap_or_default();
    let data: Vec<Value> = disputes.iter().map(|dispute| dispute.to_json(&intent, moved_of(dispute))).collect();
    Ok(Json(json!({ "object": "list", "data": data, "has_more": false, "url": "/v1/disputes" })))
}

/// Answers a dispute: `winning_evidence` wins and `losing_evidence` loses it, and anything else is thought about.
pub(super) async fn answer(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Json<Value>, Refusal> {
    let status = match asked.get("evidence[uncategorized_text]") {
        Some("winning_evidence") => "won",
        Some("losing_evidence") => "lost",
        _ => "under_review",
    };
    sandbox.close_dispute(&id, status).await
}

/// Gives a dispute up.
pub(super) async fn close(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    sandbox.close_dispute(&id, "lost").await
}
