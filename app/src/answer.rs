//! What an answer says besides its page: where the browser goes next, and that nobody keeps it.

use axum::http::header::{ACCEPT, CACHE_CONTROL, COOKIE, LOCATION, REFRESH, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_axum::ResponseOptions;

use crate::error::WireError;
use crate::store::Store;

/// When a page that waits for something is shown again by itself.
const LOOK_AGAIN_SECONDS: u16 = 20;
/// When what does not answer may be asked again.
const ASK_AGAIN_SECONDS: u16 = 5;

/// Whether the browser itself posted the form and shows the answer; a script asks for JSON.
pub fn is_plain_form() -> bool {
    use_context::<Parts>()
        .and_then(|request| request.headers.get(ACCEPT)?.to_str().ok().map(|accepted| accepted.contains("text/html")))
        .unwrap_or_default()
}

/// The address of a page that tells of an error, in the form that a failed server function uses.
/// `path` may have a query of its own.
pub fn with_error(path: &str, error: WireError) -> String {
    // Only the query is kept; nobody ever sees the host.
    let url = ServerFnUrlError::new(path, error).to_url("http://store.invalid");
    let query = url.ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default();
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}{query}")
}

/// Answers the current page with a temporary redirect (302). `path` is ASCII and begins with `/`.
pub fn send_to(path: &str) {
    if let (Some(response), Ok(location)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) {
        response.set_status(StatusCode::FOUND);
        response.insert_header(LOCATION, location);
    }
}

/// Keeps the current page out of every cache: it shows what somebody typed or bought.
pub fn never_cache() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Answers the current page as one that can't be shown at the moment (503), and says when to ask for it again.
pub fn unavailable() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::SERVICE_UNAVAILABLE);
        response.insert_header(RETRY_AFTER, HeaderValue::from(ASK_AGAIN_SECONDS));
    }
}

/// Has the browser show the current page again after a while, by itself and without a script: what it waits for may have
/// happened by then.
pub fn look_again() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(REFRESH, HeaderValue::from(LOOK_AGAIN_SECONDS));
    }
}

/// The value of a cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let request = use_context::<Parts>()?;
    cookie_in(request.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok()), name)
}

/// The value of a cookie in some headers.
pub fn cookie_in<'a>(headers: impl Iterator<Item = &'a str>, name: &str) -> Option<String> {
    headers.flat_map(|header| header.split(';')).find_map(|pair| {
        let (known, value) = pair.trim().split_once('=')?;
        (known == name).then(|| value.to_owned())
    })
}

/// Lets the browser keep a cookie for some seconds below a path, out of the reach of scripts; for none it
/// forgets it.
pub fn set_cookie(name: &str, value: &str, path: &str, max_age_s: i64) {
    let secure = if Store::current().base_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cart::CartError;

    #[test]
    fn an_error_in_an_address_reads_back() {
        let address = with_error("/cart", CartError::NotSold.into());
        let query = address.strip_prefix("/cart?").unwrap();
        let encoded = query.split('&').find_map(|pair| pair.strip_prefix("__err=")).unwrap();
        let error = ServerFnUrlError::<WireError>::decode_err(&encoded.replace("%3D", "="));
        assert_eq!(error, CartError::NotSold.into());
    }
}
