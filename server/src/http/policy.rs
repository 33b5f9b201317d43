//! What a page may load and run, and where its forms may lead: on every page the store alone, and on the payment page
//! the gateway whose field takes the card.

use std::fmt::Write;

use app::store::{CardElement, Store};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use domain::checkout::CheckoutStep;
use url::Url;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const STRIPE_SCRIPTS: &str = "https://js.stripe.com";

/// What the pages of a store may do beyond what those of any store may.
#[derive(Debug, Clone, Default)]
pub(super) struct Policy {
    /// The gateway where it has no TLS, which forms lead to as well, after a space.
    form_action: String,
    card_element: Option<Hosts>,
}

/// Whom the payment page talks to.
#[derive(Debug, Clone)]
struct Hosts {
    scripts: String,
    frames: String,
    connections: String,
    /// Who may ask the browser for a payment.
    payment: String,
}

impl Hosts {
    /// Those of Stripe (<https://docs.stripe.com/security/guide#content-security-policy>), but for the maps of a field
    /// for addresses. Another gateway has one host for everything.
    fn of(element: &CardElement) -> Option<Self> {
        let origin = origin_of(&element.script)?;
        if origin != STRIPE_SCRIPTS {
            let [scripts, frames, connections, payment] = std::array::from_fn(|_| origin.clone());
            return Some(Self { scripts, frames, connections, payment });
        }
        Some(Self {
            scripts: format!("{STRIPE_SCRIPTS} https://*.js.stripe.com"),
            frames: format!("{STRIPE_SCRIPTS} https://*.js.stripe.com https://hooks.stripe.com"),
            connections: "https://api.stripe.com".to_owned(),
            payment: STRIPE_SCRIPTS.to_owned(),
        })
    }
}

impl Policy {
    pub(super) fn of(store: &Store) -> Self {
        // Of the embedded one it is a path, and TLS is right wherever it leads.
        let gateway = origin_of(&store.card_form_action).filter(|origin| origin.starts_with("http://"));
        Self {
            form_action: gateway.map(|origin| format!(" {origin}")).unwrap_or_default(),
            card_element: store.card_element.as_ref().and_then(Hosts::of),
        }
    }

    /// Says it in the headers of a page, whose inline scripts have these hashes, each after a space.
    pub(super) fn tell(&self, headers: &mut HeaderMap, path: &str, hashes: &str) {
        let hosts = self.card_element.as_ref().filter(|_| path == CheckoutStep::Payment.path());
        if let Ok(policy) = HeaderValue::from_str(&self.of_page(hashes, hosts)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        let payment =
            hosts.and_then(|hosts| HeaderValue::from_str(&format!("payment=(self \"{}\")", hosts.payment)).ok());
        if let Some(payment) = payment {
            headers.insert(PERMISSIONS_POLICY, payment);
        }
    }

    /// That of a page that takes no card.
    pub(super) fn of_any_page(&self, hashes: &str) -> String {
        self.of_page(hashes, None)
    }

    fn of_page(&self, hashes: &str, hosts: Option<&Hosts>) -> String {
        let mut policy = format!(
            "default-src 'self'; img-src 'self' https: http: data:; object-src 'none'; base-uri 'self'; form-action \
             'self' https:{}; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}",
            self.form_action
        );
        if let Some(Hosts { scripts, frames, connections, .. }) = hosts {
            let _ = write!(policy, " {scripts}; frame-src {frames}; connect-src 'self' {connections}");
        }
        policy
    }
}

/// The scheme, host and port of a web address.
fn origin_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    url.has_host().then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use domain::pricing::Currency;

    fn told(card_form_action: &str, script: Option<&str>, path: &str) -> (String, Option<String>) {
        let key = "pk_test_1".parse().unwrap();
        let store = Store {
            name: "Atlas".into(),
            base_url: "https://shop.example".into(),
            assets: "atlas.1a2b".into(),
            card_form_action: card_form_action.into(),
            card_element: script.map(|script| CardElement { script: script.into(), key }),
            currency: Currency::GBP,
            contact_email: None,
            taxes: Arc::default(),
        };
        let mut headers = HeaderMap::new();
        Policy::of(&store).tell(&mut headers, path, " 'sha256-abc'");
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        (text(header::CONTENT_SECURITY_POLICY).unwrap(), text(PERMISSIONS_POLICY))
    }

    fn part<'a>(policy: &'a str, name: &str) -> &'a str {
        policy.split("; ").find_map(|part| part.strip_prefix(name)).unwrap_or_default().trim()
    }

    #[test]
    fn the_payment_page_alone_talks_to_the_gateway() {
        let stripe = Some("https://js.stripe.com/v3/");
        let (policy, permissions) = told("https://api.stripe.com/payment_methods", stripe, "/checkout/payment");
        let scripts = "'self' 'wasm-unsafe-eval' 'sha256-abc' https://js.stripe.com https://*.js.stripe.com";
        assert_eq!(part(&policy, "script-src"), scripts);
        let frames = "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com";
        assert_eq!(part(&policy, "frame-src"), frames);
        assert_eq!(part(&policy, "connect-src"), "'self' https://api.stripe.com");
        assert_eq!(part(&policy, "form-action"), "'self' https:");
        assert_eq!(permissions.as_deref(), Some("payment=(self \"https://js.stripe.com\")"));
        for path in ["/checkout/review", "/checkout/payment/return", "/"] {
            let (policy, permissions) = told("https://api.stripe.com/payment_methods", stripe, path);
            assert!(!policy.contains("stripe") && permissions.is_none(), "{path}: {policy}");
        }
        let (policy, permissions) = told("/sandbox/payment_methods", None, "/checkout/payment");
        assert_eq!(part(&policy, "script-src"), "'self' 'wasm-unsafe-eval' 'sha256-abc'");
        assert_eq!((part(&policy, "frame-src"), permissions), ("", None));
    }

    #[test]
    fn a_gateway_without_tls_is_led_to_as_well() {
        let script = Some("http://127.0.0.1:4010/v3/");
        let (policy, permissions) = told("http://127.0.0.1:4010/payment_methods", script, "/checkout/payment");
        assert_eq!(part(&policy, "frame-src"), "http://127.0.0.1:4010");
        assert_eq!(part(&policy, "form-action"), "'self' https: http://127.0.0.1:4010");
        assert_eq!(permissions.as_deref(), Some("payment=(self \"http://127.0.0.1:4010\")"));
        assert_eq!(part(&told("/sandbox/payment_methods", None, "/").0, "form-action"), "'self' https:");
    }
}
