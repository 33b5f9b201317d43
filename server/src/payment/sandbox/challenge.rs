//! The bank's page, where a shopper confirms a payment or not. It is one form and needs no script.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::pricing::Money;
use serde::Deserialize;

use super::Sandbox;
use super::card::Behaviour;
use super::intent::Intent;
use super::notice::{Timing, event_of};
use super::refusal::Refusal;
use crate::payment::wire::IntentStatus;

const POLICY: (HeaderName, HeaderValue) = (
    header::CONTENT_SECURITY_POLICY,
    HeaderValue::from_static("default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'"),
);
const NEVER_KEPT: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
/// Whoever has the page's address may answer, as at a bank that sent it: it is as hard to guess as a key.
const PAGE: &str = include_str!("challenge.html");
const STYLE: &str = include_str!("challenge.css");

/// Shows what is to be confirmed; a challenge that was answered leads back.
pub(super) async fn page(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let intent = sandbox.load(id).await?;
    if intent.status != IntentStatus::RequiresAction {
        return Ok(back(&intent));
    }
    let amount = Money::new(intent.amount_minor_units, intent.currency);
    // Neither part was typed by anybody.
    let page = PAGE.replace("{amount}", &amount.to_string()).replace("{origin}", &sandbox.setup.origin);
    Ok(([POLICY, NEVER_KEPT], Html(page)).into_response())
}

pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

#[derive(Deserialize)]
pub(super) struct Answer {
    answer: String,
}

pub(super) async fn answer(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    Form(Answer { answer }): Form<Answer>,
) -> Result<Response, Refusal> {
    let intent = match sandbox.answer_challenge(&id, answer == "confirm").await {
        Ok(intent) => intent,
        // It was answered before, or given up.
        Err(refusal) if refusal.is_of_state() => return Ok(back(&sandbox.load(id).await?)),
        Err(refusal) => return Err(refusal),
    };
    let timing = match intent.behaviour() {
        Some(Behaviour::Challenges(timing)) => timing,
        _ => Timing::Usual,
    };
    if let Some(kind) = event_of(intent.status, intent.decline_code.is_some()) {
        sandbox.outgoing.tell(kind, intent.to_json(&sandbox.setup.origin), timing).await;
    }
    Ok(back(&intent))
}

/// Leads back to the store, with what Stripe adds to the address.
fn back(intent: &Intent) -> Response {
    let to = intent.return_url.as_deref().unwrap_or("/");
    let separator = if to.contains('?') { '&' } else { '?' };
    let is_paid = matches!(intent.status, IntentStatus::RequiresCapture | IntentStatus::Succeeded);
    let redirect_status = if is_paid { "succeeded" } else { "failed" };
    let id = &intent.id;
    Redirect::to(&format!("{to}{separator}payment_intent={id}&redirect_status={redirect_status}")).into_response()
}
