//! The sandbox: a gateway that behaves like one, without money. Its cards are test numbers; it
//! never stores a number, only what that number stands for.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use domain::payment::{AuthorizationId, DeclineReason};
use serde::Deserialize;
use sqlx::Row;
use uuid::Uuid;

use super::wire::{AuthorizationAnswer, AuthorizationRequest, IDEMPOTENCY_KEY};
use crate::sql::Sql;

/// Longer than any patient caller waits.
const LATE_ANSWER: Duration = Duration::from_secs(8);
const MAX_KEY_CHARS: usize = 100;

/// The numbers that the sandbox knows, what it calls them, and what becomes of their payments.
const TEST_CARDS: [(&str, &str, Behaviour); 6] = [
    ("4242424242424242", "pm_card_visa", Behaviour::Pays),
    ("4000000000000002", "pm_card_declined", Behaviour::Declines(DeclineReason::Declined)),
    ("4000000000009995", "pm_card_insufficient_funds", Behaviour::Declines(DeclineReason::InsufficientFunds)),
    ("4000000000000069", "pm_card_expired", Behaviour::Declines(DeclineReason::Expired)),
    ("4000000000000127", "pm_card_security_code", Behaviour::Declines(DeclineReason::SecurityCode)),
    ("4000000000000341", "pm_card_late", Behaviour::PaysLate),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behaviour {
    Pays,
    /// Holds the money, but answers after everybody stopped waiting.
    PaysLate,
    Declines(DeclineReason),
}

pub(crate) fn router(sql: Sql) -> Router {
    Router::new()
        .route("/payment_methods", post(keep_card))
        .route("/v1/authorizations", post(authorize))
        .route("/v1/authorizations/{key}", get(look_up))
        .route("/v1/authorizations/{key}/void", post(void))
        .with_state(sql)
}

/// The card form, as it is posted.
#[derive(Deserialize)]
struct CardForm {
    number: String,
    expiry: String,
    cvc: String,
    name: String,
    return_url: String,
}

/// Takes a card and sends the browser back with a token for it, or with the field that is wrong.
async fn keep_card(Form(form): Form<CardForm>) -> Response {
    // Only back into this store's checkout: a gateway must not redirect wherever a link asks.
    if !form.return_url.starts_with("/checkout/payment/return?") {
        return (StatusCode::BAD_REQUEST, "The return address is not one of this store's.").into_response();
    }
    let digits: String = form.number.chars().filter(char::is_ascii_digit).collect();
    let wrong_field = if form.name.trim().is_empty() {
        Some("name")
    } else if !is_expiry(&form.expiry) {
        Some("expiry")
    } else if !(3..=4).contains(&form.cvc.trim().len()) || !form.cvc.trim().bytes().all(|b| b.is_ascii_digit()) {
        Some("cvc")
    } else {
        None
    };
    let known = TEST_CARDS.iter().find(|(number, ..)| *number == digits);
    let answer = match (wrong_field, known) {
        (Some(field), Some(_)) => format!("card_error={field}"),
        (_, None) => "card_error=number".to_owned(),
        (None, Some((number, token, _))) => {
            let last_four = &number[number.len() - 4..];
            format!("payment_method={token}&last_four={last_four}")
        }
    };
    Redirect::to(&format!("{}&{answer}", form.return_url)).into_response()
}

/// `MM/YY` or `MM / YYYY`. Whether it has passed is the bank's business: its own test card says so.
fn is_expiry(raw: &str) -> bool {
    let Some((month, year)) = raw.split_once('/') else { return false };
    let month = month.trim().parse::<u8>().unwrap_or_default();
    let year = year.trim();
    (1..=12).contains(&month) && matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit())
}

async fn authorize(
    State(sql): State<Sql>,
    headers: HeaderMap,
    Json(request): Json<AuthorizationRequest>,
) -> Result<Response, Unanswerable> {
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if key.is_empty() || key.len() > MAX_KEY_CHARS {
        return Ok((StatusCode::BAD_REQUEST, "An Idempotency-Key header is needed.").into_response());
    }
    let token = request.payment_method.as_str();
    let Some((.., behaviour)) = TEST_CARDS.iter().find(|(_, known, _)| *known == token) else {
        return Ok((StatusCode::BAD_REQUEST, "No such payment method.").into_response());
    };
    let reason = match behaviour {
        Behaviour::Declines(reason) => Some(serde_json::to_string(reason).map_err(anyhow::Error::from)?),
        Behaviour::Pays | Behaviour::PaysLate => None,
    };
    let mut transaction = sql.begin().await?;
    sqlx::query(
        "INSERT INTO sandbox_authorizations (idempotency_key, id, amount_minor_units, currency, decline_reason)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (idempotency_key) DO NOTHING",
    )
    .bind(key)
    .bind(format!("auth_{}", Uuid::new_v4().simple()))
    .bind(request.amount.minor_units())
    .bind(request.amount.currency().code())
    .bind(reason)
    .execute(&mut *transaction)
    .await
    .map_err(anyhow::Error::from)?;
    transaction.commit().await.map_err(anyhow::Error::from)?;
    if *behaviour == Behaviour::PaysLate {
        tokio::time::sleep(LATE_ANSWER).await;
    }
    look_up(State(sql.clone()), Path(key.to_owned())).await
}

async fn look_up(State(sql): State<Sql>, Path(key): Path<String>) -> Result<Response, Unanswerable> {
    let row = sqlx::query("SELECT id, decline_reason FROM sandbox_authorizations WHERE idempotency_key = $1")
        .bind(key)
        .fetch_optional(sql.readers())
        .await
        .map_err(anyhow::Error::from)?;
    let Some(row) = row else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let reason: Option<String> = row.try_get("decline_reason").map_err(anyhow::Error::from)?;
    let answer = if let Some(reason) = reason {
        AuthorizationAnswer::Declined { reason: serde_json::from_str(&reason).map_err(anyhow::Error::from)? }
    } else {
        let id: String = row.try_get("id").map_err(anyhow::Error::from)?;
        let id: AuthorizationId = id.parse().map_err(anyhow::Error::from)?;
        AuthorizationAnswer::Held { id }
    };
    Ok(Json(answer).into_response())
}

/// Lets go of what is held under a key; nothing happens the second time, or where nothing is held.
async fn void(State(sql): State<Sql>, Path(key): Path<String>) -> Result<StatusCode, Unanswerable> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE sandbox_authorizations SET voided = 1 WHERE idempotency_key = $1 AND decline_reason IS NULL")
        .bind(key)
        .execute(&mut *transaction)
        .await
        .map_err(anyhow::Error::from)?;
    transaction.commit().await.map_err(anyhow::Error::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The sandbox failed within itself: logged here, and nothing of it told.
struct Unanswerable(anyhow::Error);

impl From<anyhow::Error> for Unanswerable {
    fn from(fault: anyhow::Error) -> Self {
        Self(fault)
    }
}

impl IntoResponse for Unanswerable {
    fn into_response(self) -> Response {
        tracing::error!("the sandbox gateway failed: {:#}", self.0);
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_a_month_and_a_year() {
        for right in ["12/30", "01 / 2031", "1/29"] {
            assert!(is_expiry(right), "{right}");
        }
        for wrong in ["", "13/30", "0/30", "12", "12/3", "12/abcd"] {
            assert!(!is_expiry(wrong), "{wrong}");
        }
    }
}
