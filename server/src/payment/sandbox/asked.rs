use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use domain::pricing::{Currency, Money};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::refusal::Refusal;
use crate::payment::amount::WireAmount;
use crate::payment::wire::IDEMPOTENCY_KEY;

/// Longest key (as Stripe has it).
const MAX_KEY_CHARS: usize = 255;

/// What an amount is of a currency.
pub(super) fn money_of(amount: WireAmount, currency: Currency, name: &str) -> Result<Money, Refusal> {
    let money = amount.in_currency(currency);
    money.map_err(|_| Refusal::parameter(name, "There is no such amount: see https://docs.stripe.com/currencies."))
}

/// A form that was posted to the API.
#[derive(Debug)]
pub(super) struct Asked {
    pairs: Vec<(String, String)>,
    pub(super) key: Option<String>,
    /// Of the path and the form: a key is for one request.
    pub(super) hash: String,
}

impl<S: Send + Sync> FromRequest<S> for Asked {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let key = request.headers().get(IDEMPOTENCY_KEY).map(|key| key.to_str().unwrap_or_default().to_owned());
        if key.as_ref().is_some_and(|key| key.is_empty() || key.len() > MAX_KEY_CHARS) {
            return Err(Refusal::parameter("Idempotency-Key", "Idempotency keys have 1 to 255 characters."));
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(request.uri().path().as_bytes());
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Refusal::parameter("body", "The form can't be read."))?;
        let hash = hasher.update(&body).finalize().to_hex()[..32].to_owned();
        Ok(Self { pairs: form_urlencoded::parse(&body).into_owned().collect(), key, hash })
    }
}

impl Asked {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// A positive number of units, whatever they are of.
    pub(super) fn amount(&self, name: &str) -> Result<Option<WireAmount>, Refusal> {
        let Some(raw) = self.get(name) else { return Ok(None) };
        let amount = raw.parse().ok().filter(|amount: &i64| *amount > 0);
        amount
            .map(|units| Some(WireAmount::new(units)))
            .ok_or_else(|| Refusal::parameter(name, "Amounts are whole numbers above 0."))
    }

    pub(super) fn currency(&self) -> Result<Currency, Refusal> {
        let raw = self.get("currency").ok_or_else(|| Refusal::missing("currency"))?;
        let currency = Currency::from_code(&raw.to_ascii_uppercase());
        currency.ok_or_else(|| Refusal::parameter("currency", "Currencies are codes of ISO 4217, such as gbp."))
    }

    pub(super) fn metadata(&self) -> Map<String, Value> {
        let named = self.pairs.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix("metadata[")?.strip_suffix(']')?;
            Some((name.to_owned(), Value::from(value.as_str())))
        });
        named.collect()
    }
}
