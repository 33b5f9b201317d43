//! Entity tags of pages: a browser that has a page asks whether it changed, and is answered in a
//! few bytes when it did not. The tag is the hash of the page itself, so it is never wrong.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// A larger page is sent as it comes.
const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;

pub(crate) async fn tag(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK || !is_page(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = blake3::hash(&bytes).to_hex();
    let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", &hash[..32])) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    parts.headers.insert(header::ETAG, tag.clone());
    if known.is_some_and(|known| matches(&known, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn is_page(headers: &HeaderMap) -> bool {
    let starts = |name, with: &str| {
        headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).is_some_and(|text| text.starts_with(with))
    };
    starts(header::CONTENT_TYPE, "text/html") && !starts(header::CACHE_CONTROL, "no-store")
}

fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').any(|one| one.trim() == tag || one.trim() == "*")
}
