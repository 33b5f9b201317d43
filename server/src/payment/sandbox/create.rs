use std::collections::HashMap;

use anyhow::Context as _;
use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::asked::{Asked, money_of};
use super::intent::{Change, Intent, intent_of};
use super::notice::{Timing, event_of};
use super::refusal::Refusal;
use super::{Sandbox, fresh_id};
use crate::payment::wire::IntentStatus;
use crate::sql::{Cell, Write, rows};

/// Makes an intent, and confirms it where that is asked for. Under a key that an intent was made under
/// it answers what it answered then.
pub(super) async fn create(State(sandbox): State<Sandbox>, asked: Asked) -> Result<Response, Refusal> {
    let made = sandbox.intents.write(intent_from(&asked)?).await?;
    let is_replayed = made.key == asked.key && made.hash != asked.hash;
    if is_replayed && !made.hash.is_empty() {
        return Err(Refusal::another_request());
    }
    if let Some(delay) = made.behaviour().and_then(super::card::Behaviour::delay) {
        tokio::time::sleep(delay).await;
    }
    let origin = &sandbox.setup.origin;
    let first = made.first();
    if sandbox.setup.tells_all
        && let Some(kind) = event_of(first.status, first.decline_code.is_some())
    {
        sandbox.outgoing.tell(kind, first.to_json(origin), Timing::Usual).await;
    }
    let refused = (first.status == IntentStatus::RequiresPaymentMethod).then(|| first.refusal(origin)).flatten();
    refused.map_or_else(|| Ok(Json(first.to_json(origin)).into_response()), Err)
}

fn intent_from(asked: &Asked) -> Result<Intent, Refusal> {
    let amount = asked.amount("amount")?.ok_or_else(|| Refusal::missing("amount"))?;
    let amount = money_of(amount, asked.currency()?, "amount")?;
    let metadata = asked.metadata();
    let payment_method = asked.get("payment_method").map(str::to_owned);
    let status = match payment_method {
        Some(_) => IntentStatus::RequiresConfirmation,
        None => IntentStatus::RequiresPaymentMethod,
    };
    let mut intent = Intent {
        id: fresh_id("pi"),
        key: asked.key.clone(),
        hash: asked.hash.clone(),
        order_reference: metadata.get("order").and_then(|order| order.as_str()).map(str::to_owned),
        metadata: serde_json::Value::Object(metadata).to_string(),
        amount_minor_units: amount.minor_units(),
        currency: amount.currency(),
        captures_itself: !asked.is("capture_method", "manual"),
        payment_method,
        return_url: asked.get("return_url").map(str::to_owned),
        first_status: status,
        status,
        decline_code: None,
        captured_minor_units: 0,
        refunded_minor_units: 0,
        created_seconds: Timestamp::now().as_second(),
    };
    if asked.is("confirm", "true") {
        intent.apply(&Change::Confirm { payment_method: None, return_url: None })?;
        intent.first_status = intent.status;
    }
    Ok(intent)
}

/// Keeps many intents at once. Of those under one key the first one stands.
pub(super) struct KeepIntent;

const KEPT: &str = "SELECT * FROM sandbox_intents WHERE idempotency_key IN";

#[async_trait]
impl Write for KeepIntent {
    type Job = Intent;
    type Outcome = Intent;

    async fn write(&self, connection: &mut AnyConnection, jobs: &[Intent]) -> anyhow::Result<Vec<Intent>> {
        let into = "INSERT INTO sandbox_intents
            (id, idempotency_key, request_hash, order_reference, metadata, amount_minor_units, currency,
             capture_method, payment_method, return_url, first_status, status, decline_code, captured_minor_units,
             refunded_minor_units, created_seconds) VALUES";
        let all = jobs.iter().map(row).collect();
        let kept = rows::write(connection, into, all, "ON CONFLICT (idempotency_key) DO NOTHING").await?;
        if kept == jobs.len() as u64 {
            return Ok(jobs.to_vec());
        }
        let keys: Vec<String> = jobs.iter().filter_map(|intent| intent.key.clone()).collect();
        let mut known = HashMap::with_capacity(keys.len());
        for row in rows::with_keys(connection, KEPT, &keys, "").await? {
            known.insert(row.try_get::<String, _>("idempotency_key")?, intent_of(&row)?);
        }
        let outcome = |job: &Intent| match &job.key {
            Some(key) => known.get(key).cloned().context("a key has no intent"),
            None => Ok(job.clone()),
        };
        jobs.iter().map(outcome).collect()
    }
}

fn row(intent: &Intent) -> [Cell; 16] {
    let text = |text: &str| Cell::from(text);
    [
        text(&intent.id),
        intent.key.clone().into(),
        text(&intent.hash),
        intent.order_reference.clone().into(),
        text(&intent.metadata),
        intent.amount_minor_units.into(),
        text(intent.currency.code()),
        text(if intent.captures_itself { "automatic" } else { "manual" }),
        intent.payment_method.clone().into(),
        intent.return_url.clone().into(),
        text(intent.first_status.parameter()),
        text(intent.status.parameter()),
        intent.decline_code.clone().into(),
        intent.captured_minor_units.into(),
        intent.refunded_minor_units.into(),
        intent.created_seconds.into(),
    ]
}

/// Says that an answer was given before.
pub(super) fn replayed(mut response: Response) -> Response {
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}
