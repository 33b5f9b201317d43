use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Sandbox;
use super::balance::moved_for;
use super::change::{charge, refund_json};
use super::intent::{Intent, intent_of};
use super::refusal::Refusal;

pub(super) const MAX_FOUND: u8 = 100;
/// How many there are on a page of a list where nobody says it.
const USUALLY_LISTED: u8 = 10;
/// How the names of the parameters begin that ask for more of an answer.
const EXPAND: &str = "expand[";
const CHARGE: &str = "data.latest_charge";
const MOVED: &str = "data.latest_charge.balance_transaction";
const REFUNDS: &str = "data.latest_charge.refunds";

impl Sandbox {
    pub(super) async fn load(&self, id: String) -> Result<Intent, Refusal> {
        let found = sqlx::query("SELECT * FROM sandbox_intents WHERE id = $1")
            .bind(id)
            .fetch_optional(self.sql.readers())
            .await?;
        Ok(intent_of(&found.ok_or_else(|| Refusal::no_such("PaymentIntent", "id"))?)?)
    }

    /// A list of an intent's refunds, the newest first. What a capture of a part lets go of is none, as since version
    /// 2025-03-31 of Stripe's API.
    async fn refunds_of(&self, intent: &Intent, limit: u8) -> Result<Value, Refusal> {
        let rows = sqlx::query("SELECT * FROM sandbox_refunds WHERE intent_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(intent.id.clone())
            .bind(i64::from(limit) + 1)
            .fetch_all(self.sql.readers())
            .await?;
        let has_more = rows.len() > usize::from(limit);
        let shown = rows.iter().take(usize::from(limit)).map(|row| refund_of(row, intent));
        let data = shown.collect::<Result<Vec<Value>, Refusal>>()?;
        Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": "/v1/refunds" }))
    }
}

pub(super) async fn intent(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    let intent = sandbox.load(id).await?;
    Ok(Json(intent.to_json(&sandbox.setup.origin)))
}

/// All intents, the newest first. Several things may be expanded, each by a parameter of its own.
pub(super) async fn intents(
    State(sandbox): State<Sandbox>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Json<Value>, Refusal> {
    let find = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let expands = |path: &str| asked.iter().any(|(key, value)| key.starts_with(EXPAND) && value == path);
    let limit = find("limit").and_then(|limit| limit.parse().ok()).unwrap_or(USUALLY_LISTED).clamp(1, MAX_FOUND);
    // Ids grow with time, and every one of them is less than this.
    let before = find("starting_after").unwrap_or("pj").to_owned();
    let rows = sqlx::query("SELECT * FROM sandbox_intents WHERE id < $1 ORDER BY id DESC LIMIT $2")
        .bind(before)
        .bind(i64::from(limit) + 1)
        .fetch_all(sandbox.sql.readers())
        .await?;
    let has_more = rows.len() > usize::from(limit);
    let shown = rows.iter().take(usize::from(limit)).map(intent_of).collect::<anyhow::Result<Vec<Intent>>>()?;
    let charges: Vec<String> = shown.iter().map(Intent::charge_id).collect();
    let is_whole = [CHARGE, MOVED, REFUNDS].into_iter().any(expands);
    let moved = if is_whole {
        moved_for(&mut *sandbox.sql.readers().acquire().await?, &charges).await?
    } else {
        HashMap::new()
    };
    let mut data = Vec::with_capacity(shown.len());
    for intent in &shown {
        let mut told = intent.to_json(&sandbox.setup.origin);
        if is_whole && intent.payment_method.is_some() {
            let last_moved = moved.get(&intent.charge_id()).and_then(|moved| moved.first());
            let name = last_moved.map(|moved| &moved["id"]);
            told["latest_charge"] = charge(intent, if expands(MOVED) { last_moved } else { name });
            if expands(REFUNDS) {
                told["latest_charge"]["refunds"] = sandbox.refunds_of(intent, USUALLY_LISTED).await?;
            }
        }
        data.push(told);
    }
    Ok(Json(json!({ "object": "list", "data": data, "has_more": has_more, "url": "/v1/payment_intents" })))
}

#[derive(Deserialize)]
pub(super) struct Search {
    query: String,
}

/// Finds intents by `metadata['order']:'…'`, the only query that the sandbox knows.
pub(super) async fn search(
    State(sandbox): State<Sandbox>,
    Query(Search { query }): Query<Search>,
) -> Result<Json<Value>, Refusal> {
    let plain = query.replace('"', "'");
    let order = plain.strip_prefix("metadata['order']:'").and_then(|rest| rest.strip_suffix('\''));
    let order = order.ok_or_else(|| Refusal::parameter("query", "The sandbox knows metadata['order']:'…' alone."))?;
    let statement = "SELECT * FROM sandbox_intents WHERE order_reference = $1 ORDER BY id DESC LIMIT $2";
    let rows = sqlx::query(statement)
        .bind(order.to_owned())
        .bind(i64::from(MAX_FOUND))
        .fetch_all(sandbox.sql.readers())
        .await?;
    let found = rows.iter().map(|row| Ok(intent_of(row)?.to_json(&sandbox.setup.origin)));
    let data = found.collect::<anyhow::Result<Vec<Value>>>()?;
    Ok(Json(json!({
        "object": "search_result", "data": data, "has_more": false, "next_page": null,
        "url": "/v1/payment_intents/search",
    })))
}

pub(super) async fn refund(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    let found = sqlx::query("SELECT * FROM sandbox_refunds WHERE id = $1")
        .bind(id)
        .fetch_optional(sandbox.sql.readers())
        .await?;
    let row = found.ok_or_else(|| Refusal::no_such("Refund", "id"))?;
    let intent = sandbox.load(row.try_get("intent_id")?).await?;
    Ok(Json(refund_of(&row, &intent)?))
}

#[derive(Deserialize)]
pub(super) struct Listing {
    pub(super) payment_intent: Option<String>,
    limit: Option<u8>,
}

/// The refunds of an intent, the newest first.
pub(super) async fn refunds(
    State(sandbox): State<Sandbox>,
    Query(Listing { payment_intent, limit }): Query<Listing>,
) -> Result<Json<Value>, Refusal> {
    let intent = sandbox.load(payment_intent.ok_or_else(|| Refusal::missing("payment_intent"))?).await?;
    let limit = limit.unwrap_or(USUALLY_LISTED).clamp(1, MAX_FOUND);
    Ok(Json(sandbox.refunds_of(&intent, limit).await?))
}

fn refund_of(row: &AnyRow, intent: &Intent) -> Result<Value, Refusal> {
    let (id, metadata): (String, String) = (row.try_get("id")?, row.try_get("metadata")?);
    let metadata = serde_json::from_str(&metadata).unwrap_or_default();
    let (amount, created) = (row.try_get("amount_minor_units")?, row.try_get("created_seconds")?);
    let mut refund = refund_json(&id, intent, amount, &metadata, created);
    refund["status"] = row.try_get::<String, _>("status")?.into();
    Ok(refund)
}
