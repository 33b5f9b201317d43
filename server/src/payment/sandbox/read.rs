use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::Row as _;

use super::Sandbox;
use super::change::refund_json;
use super::intent::{Intent, intent_of};
use super::refusal::Refusal;

const MAX_FOUND: i64 = 100;

impl Sandbox {
    pub(super) async fn load(&self, id: String) -> Result<Intent, Refusal> {
        let found = sqlx::query("SELECT * FROM sandbox_intents WHERE id = $1")
            .bind(id)
            .fetch_optional(self.sql.readers())
            .await?;
        Ok(intent_of(&found.ok_or_else(|| Refusal::no_such("PaymentIntent", "id"))?)?)
    }
}

pub(super) async fn intent(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    let intent = sandbox.load(id).await?;
    Ok(Json(intent.to_json(&sandbox.setup.origin)))
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
    let rows = sqlx::query(statement).bind(order.to_owned()).bind(MAX_FOUND).fetch_all(sandbox.sql.readers()).await?;
    let found = rows.iter().map(|row| Ok(intent_of(row)?.to_json(&sandbox.setup.origin)));
    let data = found.collect::<anyhow::Result<Vec<Value>>>()?;
    Ok(Json(json!({
        "object": "search_result", "data": data, "has_more": false, "next_page": null,
        "url": "/v1/payment_intents/search",
    })))
}

pub(super) async fn refund(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    let found = sqlx::query("SELECT * FROM sandbox_refunds WHERE id = $1")
        .bind(id.clone())
        .fetch_optional(sandbox.sql.readers())
        .await?;
    let row = found.ok_or_else(|| Refusal::no_such("Refund", "id"))?;
    let metadata: String = row.try_get("metadata")?;
    let metadata = serde_json::from_str(&metadata).unwrap_or_default();
    let intent = sandbox.load(row.try_get("intent_id")?).await?;
    let (amount, created) = (row.try_get("amount_minor_units")?, row.try_get("created_seconds")?);
    Ok(Json(refund_json(&id, &intent, amount, &metadata, created)))
}
