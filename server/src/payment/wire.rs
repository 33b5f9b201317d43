//! What the store and the gateway say to each other, in the words of Stripe's API
//! (<https://docs.stripe.com/api/payment_intents>): requests are forms, answers are JSON. Of an answer
//! only what the store needs is read.

use anyhow::{Context as _, bail};
use domain::payment::ports::Authorization;
use domain::payment::{AuthorizationId, Challenge, ChallengeUrl, DeclineReason};
use serde::Deserialize;

pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
/// The shopper did not confirm a payment with their bank.
pub(super) const AUTHENTICATION_FAILURE: &str = "payment_intent_authentication_failure";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum IntentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
}

impl IntentStatus {
    const ALL: [Self; 7] = [
        Self::RequiresPaymentMethod,
        Self::RequiresConfirmation,
        Self::RequiresAction,
        Self::Processing,
        Self::RequiresCapture,
        Self::Canceled,
        Self::Succeeded,
    ];

    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Canceled => "canceled",
            Self::Succeeded => "succeeded",
        }
    }

    pub(super) fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.parameter() == raw)
    }

    /// Whether something may still become of it.
    pub(super) const fn is_open(self) -> bool {
        !matches!(self, Self::Canceled | Self::Succeeded)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: AuthorizationId,
    pub(super) status: IntentStatus,
    last_payment_error: Option<ApiError>,
    next_action: Option<NextAction>,
}

#[derive(Debug, Deserialize)]
struct NextAction {
    redirect_to_url: Option<Redirection>,
}

#[derive(Debug, Deserialize)]
struct Redirection {
    url: ChallengeUrl,
}

/// A page of a list, or of what was found.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    pub(super) data: Vec<Intent>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Failed {
    pub(super) error: ApiError,
}

/// What went wrong, without the words for a person: they may repeat what was sent.
#[derive(Debug, Deserialize)]
pub(super) struct ApiError {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) param: Option<String>,
    pub(super) payment_intent: Option<Box<Intent>>,
}

impl ApiError {
    pub(super) fn reason(&self) -> DeclineReason {
        let code = self.decline_code.as_deref().or(self.code.as_deref());
        match code.unwrap_or_default() {
            "insufficient_funds" => DeclineReason::InsufficientFunds,
            "expired_card" => DeclineReason::Expired,
            "incorrect_cvc" | "invalid_cvc" => DeclineReason::SecurityCode,
            AUTHENTICATION_FAILURE | "authentication_required" => DeclineReason::NotConfirmed,
            _ => DeclineReason::Declined,
        }
    }
}

impl Intent {
    /// What became of the authorization that it is.
    ///
    /// # Errors
    /// While the gateway does not know it itself.
    pub(super) fn authorization(self) -> anyhow::Result<Authorization> {
        Ok(match self.status {
            IntentStatus::RequiresCapture | IntentStatus::Succeeded => Authorization::Held { id: self.id },
            IntentStatus::RequiresAction => {
                let redirection = self.next_action.and_then(|next| next.redirect_to_url);
                let url = redirection.context("a challenge leads nowhere")?.url;
                Authorization::Challenged(Challenge { authorization: self.id, url })
            }
            IntentStatus::RequiresPaymentMethod => {
                let reason = self.last_payment_error.as_ref().map_or(DeclineReason::Declined, ApiError::reason);
                Authorization::Declined { reason }
            }
            IntentStatus::Canceled => Authorization::Declined { reason: DeclineReason::NotConfirmed },
            IntentStatus::Processing | IntentStatus::RequiresConfirmation => bail!("the payment is not decided yet"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Intent {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_intent_says_what_became_of_an_authorization() {
        let held = read(r#"{"id":"pi_1","object":"payment_intent","status":"requires_capture","amount":1}"#);
        let held = held.authorization().unwrap();
        assert_eq!(held, Authorization::Held { id: "pi_1".parse().unwrap() });
        let challenged = r#"{"id":"pi_1","status":"requires_action","next_action":
            {"type":"redirect_to_url","redirect_to_url":{"url":"https://hooks.stripe.com/3d","return_url":"https://a"}}}"#;
        let Authorization::Challenged(challenge) = read(challenged).authorization().unwrap() else { panic!() };
        assert_eq!(challenge.url.as_str(), "https://hooks.stripe.com/3d");
        let refused = r#"{"id":"pi_1","status":"requires_payment_method","last_payment_error":
            {"type":"card_error","code":"payment_intent_authentication_failure"}}"#;
        let refused = read(refused).authorization().unwrap();
        assert_eq!(refused, Authorization::Declined { reason: DeclineReason::NotConfirmed });
        assert!(read(r#"{"id":"pi_1","status":"processing"}"#).authorization().is_err());
        assert!(read(r#"{"id":"pi_1","status":"requires_action"}"#).authorization().is_err());
    }
}
