//! Requests that change an intent. Each is one transaction; under a key it answers the same ever after.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};

use super::asked::Asked;
use super::balance::{fee_of_capture, keep};
use super::card::Behaviour;
use super::create::replayed;
use super::intent::{Change, Intent, intent_of};
use super::notice::{Timing, event_of};
use super::refusal::Refusal;
use super::{Sandbox, fresh_id};
use crate::payment::wire::IntentStatus;
use crate::sql::locking;

pub(super) async fn confirm(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refusal> {
    let text = |name| asked.get(name).map(str::to_owned);
    let change = Change::Confirm { payment_method: text("payment_method"), return_url: text("return_url") };
    sandbox.change(&id, &asked, &change).await
}

pub(super) async fn capture(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refusal> {
    let amount = asked.amount("amount_to_capture")?;
    let change = Change::Capture { amount, is_final: !asked.is("final_capture", "false") };
    sandbox.change(&id, &asked, &change).await
}

pub(super) async fn cancel(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refusal> {
    sandbox.change(&id, &asked, &Change::Cancel).await
}

pub(super) async fn refund(State(sandbox): State<Sandbox>, asked: Asked) -> Result<Response, Refusal> {
    let intent = asked.get("payment_intent").ok_or_else(|| Refusal::missing("payment_intent"))?.to_owned();
    let change = Change::Refund { amount: asked.amount("amount")? };
    if sandbox.is_disputed(&intent).await? {
        return Err(Refusal::disputed());
    }
    sandbox.change(&intent, &asked, &change).await
}

impl Sandbox {
    async fn change(&self, id: &str, asked: &Asked, change: &Change) -> Result<Response, Refusal> {
        let mut transaction = self.sql.begin().await?;
        if let Some(known) = find_answer(&mut transaction, asked).await? {
            return Ok(replayed(known));
        }
        let (intent, answer) = self.try_change(&mut transaction, id, asked, change).await?;
        let is_capture = matches!(change, Change::Capture { .. }) && answer.is_ok();
        let dispute = if is_capture { self.open_dispute(&mut transaction, &intent).await? } else { None };
        let is_refund = matches!(change, Change::Refund { .. }) && answer.is_ok();
        let fails = is_refund && intent.behaviour() == Some(Behaviour::FailsRefund);
        let fails = fails && count_refunds(&mut transaction, &intent).await? == 1;
        let (status, body) = match answer {
            Ok(body) => (StatusCode::OK, body),
            Err(refusal) => (refusal.status, refusal.body),
        };
        if let Some(key) = &asked.key {
            sqlx::query(
                "INSERT INTO sandbox_answers (idempotency_key, request_hash, status, body) VALUES ($1, $2, $3, $4)",
            )
            .bind(key.clone())
            .bind(asked.hash.clone())
            .bind(i64::from(status.as_u16()))
            .bind(body.to_string())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        if self.setup.tells_all && status == StatusCode::OK {
            self.tell(&intent, change, &body).await;
        }
        if let Some(dispute) = dispute {
            self.outgoing.tell("charge.dispute.created", dispute, Timing::Usual).await;
        }
        if fails {
            self.let_fail(&intent.id, body.clone());
        }
        Ok((status, Json(body)).into_response())
    }

    /// The intent afterwards, and what is answered. What is refused changes nothing, but for a card that
    /// was declined.
    async fn try_change(
        &self,
        connection: &mut AnyConnection,
        id: &str,
        asked: &Asked,
        change: &Change,
    ) -> Result<(Intent, Result<Value, Refusal>), Refusal> {
        let mut intent = load(connection, id).await?.ok_or_else(|| Refusal::no_such("PaymentIntent", "id"))?;
        let (captured_before, refunded_before) = (intent.captured_minor_units, intent.refunded_minor_units);
        if let Err(refusal) = intent.apply(change) {
            let refused = refusal.about(intent.to_json(&self.setup.origin));
            return Ok((intent, Err(refused)));
        }
        if matches!(change, Change::Capture { .. }) {
            intent.note(asked.metadata());
        }
        save(connection, &intent).await?;
        if matches!(change, Change::Capture { .. }) {
            let captured = intent.money(intent.captured_minor_units - captured_before);
            keep(connection, &intent, &intent.charge_id(), captured.minor_units(), fee_of_capture(captured)).await?;
        }
        let answer = match change {
            Change::Refund { .. } => {
                let amount_minor_units = intent.refunded_minor_units - refunded_before;
                Ok(insert_refund(connection, &intent, asked, amount_minor_units).await?)
            }
            _ if intent.status == IntentStatus::RequiresPaymentMethod => {
                intent.refusal(&self.setup.origin).map_or_else(|| Ok(intent.to_json(&self.setup.origin)), Err)
            }
            _ => Ok(intent.to_json(&self.setup.origin)),
        };
        Ok((intent, answer))
    }

    async fn tell(&self, intent: &Intent, change: &Change, body: &Value) {
        let told = match change {
            Change::Refund { .. } => {
                self.outgoing.tell("refund.created", body.clone(), Timing::Usual).await;
                Some(("charge.refunded", charge(intent, None)))
            }
            _ => event_of(intent.status, intent.decline_code.is_some()).map(|kind| (kind, body.clone())),
        };
        if let Some((kind, object)) = told {
            self.outgoing.tell(kind, object, Timing::Usual).await;
        }
    }

    /// The shopper answers a challenge; the intent afterwards.
    pub(super) async fn answer_challenge(&self, id: &str, confirms: bool) -> Result<Intent, Refusal> {
        let mut transaction = self.sql.begin().await?;
        let mut intent = load(&mut transaction, id).await?.ok_or_else(|| Refusal::no_such("PaymentIntent", "id"))?;
        intent.apply(&Change::Answer { confirms })?;
        save(&mut transaction, &intent).await?;
        transaction.commit().await?;
        Ok(intent)
    }
}

async fn find_answer(connection: &mut AnyConnection, asked: &Asked) -> Result<Option<Response>, Refusal> {
    let Some(key) = &asked.key else { return Ok(None) };
    let found = sqlx::query("SELECT request_hash, status, body FROM sandbox_answers WHERE idempotency_key = $1")
        .bind(key.clone())
        .fetch_optional(connection)
        .await?;
    let Some(row) = found else { return Ok(None) };
    if row.try_get::<String, _>("request_hash")? != asked.hash {
        return Err(Refusal::another_request());
    }
    let status: i64 = row.try_get("status")?;
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let body: String = row.try_get("body")?;
    let body: Value = serde_json::from_str(&body).map_err(anyhow::Error::from)?;
    Ok(Some((status.unwrap_or(StatusCode::OK), Json(body)).into_response()))
}

pub(super) async fn load(connection: &mut AnyConnection, id: &str) -> Result<Option<Intent>, Refusal> {
    let statement = match locking(connection) {
        "" => "SELECT * FROM sandbox_intents WHERE id = $1",
        _ => "SELECT * FROM sandbox_intents WHERE id = $1 FOR NO KEY UPDATE",
    };
    let row = sqlx::query(statement).bind(id.to_owned()).fetch_optional(connection).await?;
    Ok(row.as_ref().map(intent_of).transpose()?)
}

async fn save(connection: &mut AnyConnection, intent: &Intent) -> Result<(), Refusal> {
    sqlx::query(
        "UPDATE sandbox_intents SET status = $1, payment_method = $2, return_url = $3, decline_code = $4,
             captured_minor_units = $5, refunded_minor_units = $6, metadata = $7 WHERE id = $8",
    )
    .bind(intent.status.parameter())
    .bind(intent.payment_method.clone())
    .bind(intent.return_url.clone())
    .bind(intent.decline_code.clone())
    .bind(intent.captured_minor_units)
    .bind(intent.refunded_minor_units)
    .bind(intent.metadata.clone())
    .bind(intent.id.clone())
    .execute(connection)
    .await?;
    Ok(())
}

async fn count_refunds(connection: &mut AnyConnection, intent: &Intent) -> Result<i64, Refusal> {
    let counting = sqlx::query_scalar("SELECT COUNT(*) FROM sandbox_refunds WHERE intent_id = $1");
    Ok(counting.bind(intent.id.clone()).fetch_one(connection).await?)
}

async fn insert_refund(
    connection: &mut AnyConnection,
    intent: &Intent,
    asked: &Asked,
    amount_minor_units: i64,
) -> Result<Value, Refusal> {
    let (id, metadata) = (fresh_id("re"), Value::Object(asked.metadata()));
    let created_seconds = Timestamp::now().as_second();
    sqlx::query(
        "INSERT INTO sandbox_refunds (id, intent_id, amount_minor_units, metadata, created_seconds)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.clone())
    .bind(intent.id.clone())
    .bind(amount_minor_units)
    .bind(metadata.to_string())
    .bind(created_seconds)
    .execute(connection)
    .await?;
    Ok(refund_json(&id, intent, amount_minor_units, &metadata, created_seconds))
}

pub(super) fn refund_json(
    id: &str,
    intent: &Intent,
    amount_minor_units: i64,
    metadata: &Value,
    created_seconds: i64,
) -> Value {
    json!({
        "id": id,
        "object": "refund",
        "amount": intent.told(amount_minor_units),
        "charge": intent.charge_id(),
        "created": created_seconds,
        "currency": intent.currency.code().to_ascii_lowercase(),
        "metadata": metadata,
        "payment_intent": intent.id,
        "status": "succeeded",
    })
}

/// A charge with what its last capture moved of the store's balance, where somebody asks for that.
pub(super) fn charge(intent: &Intent, last_moved: Option<&Value>) -> Value {
    json!({
        "id": intent.charge_id(),
        "object": "charge",
        "amount": intent.told(intent.amount_minor_units),
        "amount_captured": intent.told(intent.captured_minor_units),
        "amount_refunded": intent.told(intent.refunded_minor_units),
        "balance_transaction": last_moved,
        "currency": intent.currency.code().to_ascii_lowercase(),
        "metadata": serde_json::from_str::<Value>(&intent.metadata).unwrap_or_default(),
        "payment_intent": intent.id,
        "refunded": intent.refunded_minor_units == intent.captured_minor_units,
    })
}
