//! What a request has to be before anything else looks at it.

use std::sync::Arc;

use app::store::Store;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use percent_encoding::percent_decode_str;

use crate::review::upload;

/// Bytes that a form without files may have; the longest right one has a tenth of it.
pub(crate) const MAX_BODY_BYTES: usize = 64 * 1024;
/// Bytes that are read of one that is too big beyond what it may have, for the sake of the answer.
const MAX_DISCARDED_BYTES: usize = 4 * 1024 * 1024;
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Where the query is what somebody looks for: any text, of any bytes, is one.
const SEARCHES: [&str; 2] = ["/search", "/api/search/suggestions"];

/// Lets a request that changes something pass only from the store's own pages: server functions
/// have no protection of their own against a form on somebody else's page.
pub(crate) async fn same_origin(State(store): State<Arc<Store>>, request: Request, next: Next) -> Response {
    if reads(request.method()) || is_same_origin(request.headers(), &store.base_url) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// Whether a request of this method changes nothing.
pub(super) fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A proxy in front of the store may keep the host to itself: the store's own address counts too.
fn is_same_origin(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(HeaderValue::as_bytes);
    if let Some(site) = text(SEC_FETCH_SITE) {
        return site == b"same-origin" || site == b"none";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => {
            let authority = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
            authority == Some(host) || origin == base_url.as_bytes()
        }
        (Some(origin), None) => origin == base_url.as_bytes(),
        // A browser always sends one of the two with a form; what sends neither has no cookies to
        // be abused.
        (None, _) => true,
    }
}

/// Carries a form that arrived out to its end, also when the browser has gone on to another page and
/// waits for no answer any more.
pub(crate) async fn carry_out(request: Request, next: Next) -> Response {
    if *request.method() != Method::POST {
        return next.run(request).await;
    }
    // A panic within is told on by the outer layer that answers panics.
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Bytes that a request may have: the form of a review has pictures.
fn max_bytes_of(request: &Request) -> usize {
    if upload::has_files(request) { upload::MAX_FORM_BYTES } else { MAX_BODY_BYTES }
}

/// Refuses a form that is too big, after reading past it: a browser that is answered while it still
/// sends may see a broken connection instead of the answer. One that does not say its length is read
/// first, so that whoever is behind here meets none that ends too early, and may have no files, which a
/// browser never sends without it: nobody who is not known yet fills the memory.
pub(crate) async fn not_too_big(request: Request, next: Next) -> Response {
    let max_bytes = max_bytes_of(&request);
    if request.body().size_hint().upper().is_some_and(|bytes| bytes <= max_bytes as u64) {
        return next.run(request).await;
    }
    let max_bytes = if request.body().size_hint().upper().is_none() { MAX_BODY_BYTES } else { max_bytes };
    let (parts, body) = request.into_parts();
    let (mut body, mut form, mut read_bytes) = (body.into_data_stream(), Vec::<u8>::new(), 0);
    while let Some(chunk) = body.next().await {
        let Ok(chunk) = chunk else { return StatusCode::BAD_REQUEST.into_response() };
        read_bytes += chunk.len();
        if read_bytes > max_bytes + MAX_DISCARDED_BYTES {
            break;
        }
        if read_bytes <= max_bytes {
            form.extend_from_slice(&chunk);
        }
    }
    if read_bytes > max_bytes {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(Request::from_parts(parts, Body::from(form))).await
}

/// Answers an address that is not UTF-8 when decoded, before a router stumbles over it. Of a search only the
/// path is looked at: what reads its query reads what is no UTF-8 as U+FFFD.
pub(crate) async fn readable_address(request: Request, next: Next) -> Response {
    let readable = |text: &str| percent_decode_str(text).decode_utf8().is_ok();
    let uri = request.uri();
    let is_search = reads(request.method()) && SEARCHES.contains(&uri.path());
    if readable(uri.path()) && (is_search || uri.query().is_none_or(readable)) {
        next.run(request).await
    } else {
        StatusCode::BAD_REQUEST.into_response()
    }
}

pub(crate) async fn security_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_on_another_page_is_told_apart() {
        let ours = |pairs: &[(HeaderName, &'static str)]| is_same_origin(&headers(pairs), "https://shop.example");
        let host = (header::HOST, "127.0.0.1:3000");
        assert!(ours(&[(SEC_FETCH_SITE, "same-origin")]));
        assert!(!ours(&[(SEC_FETCH_SITE, "cross-site")]));
        assert!(!ours(&[(SEC_FETCH_SITE, "same-site")]));
        assert!(ours(&[host.clone(), (header::ORIGIN, "http://127.0.0.1:3000")]));
        assert!(ours(&[host.clone(), (header::ORIGIN, "https://shop.example")]));
        assert!(!ours(&[host.clone(), (header::ORIGIN, "https://evil.example")]));
        assert!(!ours(&[host, (header::ORIGIN, "null")]));
        assert!(ours(&[(header::ORIGIN, "https://shop.example")]));
        assert!(!ours(&[(header::ORIGIN, "https://evil.example")]), "also where no host is named");
    }
}
