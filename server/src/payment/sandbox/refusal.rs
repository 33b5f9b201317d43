use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::payment::wire::IDEMPOTENCY_ERROR;

const UNEXPECTED_STATE: &str = "payment_intent_unexpected_state";

/// An error of the API, with its status.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Refusal {
    fn new(status: StatusCode, kind: &str, message: &str) -> Self {
        Self { status, body: json!({ "error": { "type": kind, "message": message } }) }
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.body["error"][name] = value.into();
        self
    }

    /// Nothing can be made of a parameter.
    pub(super) fn parameter(name: &str, message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", message).with("param", name)
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::parameter(name, &format!("Missing required param: {name}.")).with("code", "parameter_missing")
    }

    pub(super) fn no_such(what: &str, name: &str) -> Self {
        let message = format!("No such {what}.");
        let status = if name == "id" { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
        Self { status, ..Self::parameter(name, &message).with("code", "resource_missing") }
    }

    /// The state of an intent does not allow what was asked.
    pub(super) fn unexpected_state(status: &str) -> Self {
        let message = format!("This PaymentIntent's status is {status}, which does not allow this.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", &message).with("code", UNEXPECTED_STATE)
    }

    /// The bank has taken back what was to be refunded.
    pub(super) fn disputed() -> Self {
        let message = "The charge you're attempting to refund has been charged back.";
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", message).with("code", "charge_disputed")
    }

    pub(super) fn is_of_state(&self) -> bool {
        self.body["error"]["code"] == UNEXPECTED_STATE
    }

    pub(super) fn declined(code: &str, decline_code: &str, message: &str) -> Self {
        Self::new(StatusCode::PAYMENT_REQUIRED, "card_error", message)
            .with("code", code)
            .with("decline_code", decline_code)
    }

    /// With the intent that it is about.
    pub(super) fn about(self, intent: Value) -> Self {
        self.with("payment_intent", intent)
    }

    pub(super) fn another_request() -> Self {
        let message =
            "Keys for idempotent requests can only be used with the same parameters they were first used with.";
        Self::new(StatusCode::BAD_REQUEST, IDEMPOTENCY_ERROR, message)
    }

    pub(super) fn without_key() -> Self {
        let message = "You did not provide an API key of this gateway: use `Authorization: Bearer sk_test_…`.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request_error", message)
    }

    pub(super) fn unknown_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", "Unrecognized request URL.")
    }
}

/// The sandbox failed within itself: logged here, and nothing of it told.
impl From<anyhow::Error> for Refusal {
    fn from(fault: anyhow::Error) -> Self {
        tracing::error!("the sandbox gateway failed: {fault:#}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "api_error", "The sandbox failed.")
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(fault: sqlx::Error) -> Self {
        anyhow::Error::from(fault).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
