//! The field for cards that a payment page loads: the part of Stripe.js (<https://docs.stripe.com/js>) that the page
//! uses. As Stripe's own it is drawn in a frame of the gateway's origin, which the page around it can't read.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

const SCRIPT: &str = include_str!("element.js");
const FRAME: &str = include_str!("element.html");

/// It is of this version of the sandbox.
const ASKED_EACH_TIME: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));

pub(super) fn router() -> Router {
    Router::new().route("/v3", get(script)).route("/v3/", get(script)).route("/v3/card", get(frame))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")), ASKED_EACH_TIME], SCRIPT)
}

async fn frame() -> impl IntoResponse {
    ([ASKED_EACH_TIME], Html(FRAME))
}
