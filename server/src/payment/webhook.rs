//! Where the gateway tells of payments by itself. What it says is checked against its signature and
//! then taken for a hint: the gateway is asked how the payment stands, by the purchase that is taken up, or by
//! whoever follows payments after they were captured.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::checkout::ports::Checkout;
use domain::order::OrderId;
use domain::payment::AuthorizationId;
use jiff::Timestamp;
use serde::Deserialize;

use super::signature::{SIGNATURE_HEADER, verify};
use crate::config::Secret;

pub(crate) const WEBHOOK_PATH: &str = "/payment/webhooks";

#[derive(Clone)]
struct Receiver {
    checkout: Arc<dyn Checkout>,
    secret: Secret,
}

pub(crate) fn router(checkout: Arc<dyn Checkout>, secret: Secret) -> Router {
    Router::new().route(WEBHOOK_PATH, post(receive)).with_state(Receiver { checkout, secret })
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type", default)]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    metadata: Metadata,
    /// Of refunds, charges and disputes.
    payment_intent: Option<AuthorizationId>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    order: Option<OrderId>,
}

/// Any answer but success makes the gateway tell it again later.
async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, payload: Bytes) -> StatusCode {
    let signature = headers.get(SIGNATURE_HEADER).and_then(|signature| signature.to_str().ok()).unwrap_or_default();
    if let Err(error) = verify(&receiver.secret, signature, &payload, Timestamp::now()) {
        tracing::warn!("a webhook is not believed: {error}");
        return StatusCode::BAD_REQUEST;
    }
    // Of what is about no order of this store nothing is to be done.
    let Ok(Event { kind, data: Data { object } }) = serde_json::from_slice(&payload) else { return StatusCode::OK };
    let heard = match (object.payment_intent, object.metadata.order) {
        (Some(payment), _) if is_aftermath(&kind) => receiver.checkout.hear_of_aftermath(&payment).await,
        (_, Some(order)) => receiver.checkout.hear_of_payment(order).await,
        _ => return StatusCode::OK,
    };
    match heard {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Whether an event is of what happens to a payment after it was captured, by its name
/// (<https://docs.stripe.com/api/events/types>). A charge is updated when it is known what is kept of it
/// (<https://docs.stripe.com/payments/payment-intents/asynchronous-capture>).
fn is_aftermath(kind: &str) -> bool {
    let begins = |with: &str| kind.starts_with(with);
    matches!(kind, "charge.refunded" | "charge.updated")
        || begins("refund.")
        || begins("charge.refund.")
        || begins("charge.dispute.")
}
