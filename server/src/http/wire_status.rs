//! The status of a refusal that a script hears. Leptos answers every error of a server function as
//! the server's own; most are mistakes that whoever asked can mend, and a monitor must not count
//! them as failures.

use app::error::WireError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::cart::CartError;
use domain::checkout::{CancelError, PlaceError};

/// An error holds no list and no page.
const MAX_ERROR_BYTES: usize = 64 * 1024;

pub(super) async fn tell(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ERROR_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice(&bytes) {
        parts.status = status_of(&error);
    }
    Response::from_parts(parts, Body::from(bytes))
}

const fn status_of(error: &WireError) -> StatusCode {
    match error {
        WireError::Form | WireError::Cart(CartError::NotAQuantity) => StatusCode::BAD_REQUEST,
        WireError::Cart(CartError::NotSold | CartError::NoSuchLine)
        | WireError::NoSuchOrder
        | WireError::Cancel(CancelError::NoSuchOrder) => StatusCode::NOT_FOUND,
        WireError::Cart(
            CartError::TooManyLines | CartError::TooManySaved | CartError::TooManyUnits | CartError::Coupon { .. },
        ) => StatusCode::UNPROCESSABLE_ENTITY,
        WireError::Unavailable
        | WireError::Unreachable
        | WireError::Cart(CartError::Unavailable)
        | WireError::Place(PlaceError::Unavailable)
        | WireError::Cancel(CancelError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        WireError::Cart(CartError::Changed) | WireError::Place(_) | WireError::Cancel(CancelError::TooLate { .. }) => {
            StatusCode::CONFLICT
        }
    }
}
