use domain::account::AccountError;
use domain::text::encoded;

use crate::answer::with_error;
use crate::error::WireError;
use crate::typed;

/// Where somebody may be led after the sign-in: to pages of the store that asked for it. An address
/// from a query may have been written by anybody.
const LED_BACK_TO: [&str; 8] =
    ["/account", "/alerts/new?", "/orders/", "/checkout", "/cart", "/history", "/operator", "/products/"];
const MAX_CHARS: usize = 300;

/// The page to go back to, if it is one of the store's own.
pub(super) fn back_to(asked: Option<&str>) -> Option<&str> {
    asked.filter(|path| {
        let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        is_plain && path.len() <= MAX_CHARS && LED_BACK_TO.iter().any(|known| path.starts_with(known))
    })
}

/// The address of the sign-in that leads back to a page.
pub(crate) fn sign_in_path(here: &str) -> String {
    match back_to(Some(here)) {
        Some(here) => format!("/account/sign-in?next={}", encoded(here)),
        None => "/account/sign-in".to_owned(),
    }
}

/// Leads whoever posted a form to a page that shows what was done, or back with the error.
pub(crate) fn lead(done: Result<String, WireError>, back: &str) {
    let to = match done {
        Ok(to) => to,
        // A session may have ended while the form was filled in.
        Err(WireError::Account(AccountError::NotSignedIn)) => sign_in_path(back),
        Err(error) => with_error(back, error),
    };
    leptos_axum::redirect(&to);
}

/// As [`lead`]; what was typed is kept for the pages below a path until it is taken, also while whoever
/// typed it signs in.
pub(crate) async fn lead_keeping(done: Result<String, WireError>, back: &str, path: &str, fields: &[(&str, &str)]) {
    if done.is_ok() {
        typed::forget(path);
    } else {
        // Where that fails too, what went wrong is told all the same.
        let _ = typed::keep_long(path, fields).await;
    }
    lead(done, back);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_store() {
        for good in [
            "/account/orders?q=lamp",
            "/alerts/new?sku=LAMP&about=stock",
            "/orders/CG-7K4M2-P9QX1",
            "/checkout",
            "/cart",
            "/products/lamp",
        ] {
            assert_eq!(back_to(Some(good)), Some(good));
        }
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "/account\r\nx: y", "", "/search"] {
            assert_eq!(back_to(Some(bad)), None, "{bad}");
        }
        assert_eq!(sign_in_path("/account/orders?q=a b"), "/account/sign-in");
        assert_eq!(sign_in_path("/account/orders?q=a"), "/account/sign-in?next=%2Faccount%2Forders%3Fq%3Da");
    }
}
