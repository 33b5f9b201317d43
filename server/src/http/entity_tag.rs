//! Entity tags of pages: a browser that has a page asks whether it changed, and is answered in a
//! few bytes when it did not. The tag is the hash of the page itself, so it is never wrong.
//!
//! Leptos marks its own inline scripts with a random nonce, which would make every rendering a
//! different page. The nonce is taken off, and the policy names these scripts by their hashes
//! instead: a script that slipped in otherwise carries no nonce, gets no hash and does not run.

use std::fmt::Write;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem::Finder;
use sha2::{Digest, Sha256};

use super::policy::Policy;

/// A larger page is a mistake.
const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;

pub(super) async fn tag(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !starts(&response, header::CONTENT_TYPE, "text/html") {
        return response;
    }
    let keepable =
        reads && response.status() == StatusCode::OK && !starts(&response, header::CACHE_CONTROL, "no-store");
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (bytes, scripts) = settle(bytes);
    parts.headers.remove(header::CONTENT_LENGTH);
    policy.tell(&mut parts.headers, &path, &scripts);
    let hash = blake3::hash(&bytes).to_hex();
    if let (true, Ok(tag)) = (keepable, HeaderValue::from_str(&format!("W/\"{}\"", &hash[..32]))) {
        parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
        parts.headers.insert(header::ETAG, tag.clone());
        if known.is_some_and(|known| matches(&known, &tag)) {
            parts.status = StatusCode::NOT_MODIFIED;
            return Response::from_parts(parts, Body::empty());
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The page without its nonce, and the hashes of the scripts that bore it, each after a space.
fn settle(page: Bytes) -> (Bytes, String) {
    let Ok(text) = std::str::from_utf8(&page) else { return (page, String::new()) };
    let Some(nonce) = text.split_once("nonce=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(nonce, _)| nonce)
    else {
        return (page, String::new());
    };
    const MARK: &str = " nonce=\"";
    let (mut settled, mut hashes) = (String::with_capacity(text.len()), String::new());
    let mut rest = text;
    let finder = Finder::new(nonce);
    while let Some(place) = finder.find(rest.as_bytes()) {
        let (before, after) = (&rest[..place], &rest[place + nonce.len()..]);
        // Leptos also writes the nonce where `crossorigin` wants none.
        let marked = before.strip_suffix(MARK).zip(after.strip_prefix('"'));
        let script = marked.and_then(|(_, after)| after.split_once('>')?.1.split_once("</script>"));
        if let Some((script, _)) = script {
            let _ = write!(hashes, " 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())));
        }
        let (before, after) = marked.unwrap_or((before, after));
        settled.push_str(before);
        rest = after;
    }
    settled.push_str(rest);
    drop_preload(&mut settled);
    (settled.into(), hashes)
}

/// Takes out Leptos's preload of the browser part: a browser that runs no scripts would fetch it for
/// nothing and complain, and one that does asks for it as soon as it is idle.
fn drop_preload(page: &mut String) {
    let start = page.find("<link rel=\"preload\"");
    if let Some((start, length)) = start.and_then(|start| Some((start, page[start..].find('>')?))) {
        page.drain(start..=start + length);
    }
}

fn starts(response: &Response, name: HeaderName, with: &str) -> bool {
    let value = response.headers().get(name).and_then(|value| value.to_str().ok());
    value.is_some_and(|text| text.starts_with(with))
}

fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').any(|one| one.trim() == tag || one.trim() == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_with_the_nonce_are_admitted() {
        let page = |nonce: &str| {
            let html = format!(
                "<link rel=\"preload\" href=\"x.wasm\" crossorigin=\"{nonce}\"><p>x</p><script nonce=\"{nonce}\">one()</script><script>evil()</script>"
            );
            settle(Bytes::from(html))
        };
        let (html, admitted) = page("abc");
        assert_eq!(&html[..], b"<p>x</p><script>one()</script><script>evil()</script>");
        assert_eq!(admitted.matches("'sha256-").count(), 1);
        assert_eq!(page("def"), (html, admitted));
    }
}
