//! Where the gateway tells of payments by itself. What it says is checked against its signature and
//! then taken for a hint: the purchase is taken up, and asks the gateway how it stands.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::checkout::ports::Checkout;
use domain::order::OrderId;
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
    let Ok(Event { data: Data { object } }) = serde_json::from_slice(&payload) else { return StatusCode::OK };
    let Some(order) = object.metadata.order else { return StatusCode::OK };
    match receiver.checkout.hear_of_payment(order).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
