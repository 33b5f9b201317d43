//! What the store and the gateway say to each other, in the words of Stripe's API
//! (<https://docs.stripe.com/api/payment_intents>): requests are forms, answers are JSON. Of an answer
//! only what the store needs is read.

use anyhow::{Context as _, bail};
use domain::order::OrderId;
use domain::payment::ports::{Authorization, Moved};
use domain::payment::{AuthorizationId, Challenge, ChallengeUrl, DeclineReason, Movement, MovementId, Tally};
use domain::pricing::Money;
use serde::Deserialize;

use super::amount::WireAmount;

pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// A key was used for another request before.
pub(super) const IDEMPOTENCY_ERROR: &str = "idempotency_error";
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
    #[serde(default)]
    amount_received: WireAmount,
    latest_charge: Option<String>,
    metadata: Option<Metadata>,
    last_payment_error: Option<ApiError>,
    next_action: Option<NextAction>,
}

/// What the store has written beside what it asked for.
#[derive(Debug, Deserialize)]
struct Metadata {
    order: Option<String>,
    movement: Option<String>,
}

impl Metadata {
    fn is_of(&self, movement: MovementId) -> bool {
        self.movement.as_ref().is_some_and(|written| *written == movement.to_string())
    }
}

/// A page of the refunds of a payment, the newest first.
#[derive(Debug, Deserialize)]
pub(super) struct Refunds {
    data: Vec<Refund>,
    has_more: bool,
}

#[derive(Debug, Deserialize)]
struct Refund {
    status: Option<RefundStatus>,
    metadata: Option<Metadata>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefundStatus {
    Failed,
    Canceled,
    /// It is done, or is being done.
    #[serde(other)]
    Stands,
}

impl Refunds {
    /// What came of a movement; `None` where it was never asked for.
    ///
    /// # Errors
    /// When it may be on another page.
    pub(super) fn outcome_of(&self, movement: MovementId) -> anyhow::Result<Option<Moved>> {
        let is_it = |refund: &&Refund| refund.metadata.as_ref().is_some_and(|metadata| metadata.is_of(movement));
        match self.data.iter().find(is_it).map(|refund| refund.status) {
            Some(status) => Ok(Some(outcome(status))),
            None if self.has_more => bail!("a payment has more refunds than an order has movements"),
            None => Ok(None),
        }
    }
}

/// What came of a refund that was asked for.
pub(super) fn refunded(answer: &[u8]) -> anyhow::Result<Moved> {
    let refund: Refund = serde_json::from_slice(answer).context("reading a refund of the gateway")?;
    Ok(outcome(refund.status))
}

/// A refund that is on its way counts as done.
const fn outcome(status: Option<RefundStatus>) -> Moved {
    match status {
        Some(RefundStatus::Failed | RefundStatus::Canceled) => Moved::Refused,
        Some(RefundStatus::Stands) | None => Moved::Done,
    }
}

#[derive(Debug, Deserialize)]
struct NextAction {
    #[serde(rename = "type")]
    kind: Option<String>,
    redirect_to_url: Option<Redirection>,
}

/// A challenge that only a page with the gateway's script can show, which was not asked for.
const SCRIPTED: &str = "use_stripe_sdk";

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
    /// The order that it was made for; none where another store made it.
    pub(super) fn order(&self) -> Option<OrderId> {
        self.metadata.as_ref()?.order.as_ref()?.parse().ok()
    }

    /// Whether anything of it was captured.
    pub(super) const fn has_received(&self) -> bool {
        self.amount_received.units() > 0
    }

    /// The gateway's name for what was captured of it.
    pub(super) fn captured_charge(&self) -> Option<&str> {
        self.latest_charge.as_deref().filter(|_| self.has_received())
    }

    /// Whether its last capture was this one, before which so much had moved. That it was asked for is written on
    /// it; that it was done shows in the amount, which is that of all captures together.
    pub(super) fn has_captured(&self, movement: &Movement, before: &Tally) -> bool {
        let is_last = self.metadata.as_ref().is_some_and(|metadata| metadata.is_of(movement.id));
        let captured_before = Money::new(before.captured_minor_units(), movement.amount.currency());
        let in_all = captured_before.plus(movement.amount).ok().and_then(|all| WireAmount::of(all).ok());
        is_last && in_all.is_some_and(|all| self.amount_received >= all)
    }

    /// What became of the authorization that it is.
    ///
    /// # Errors
    /// While the gateway does not know it itself.
    pub(super) fn authorization(self) -> anyhow::Result<Authorization> {
        Ok(match self.status {
            IntentStatus::RequiresCapture | IntentStatus::Succeeded => Authorization::Held { id: self.id },
            IntentStatus::RequiresAction => {
                let next = self.next_action.context("a challenge leads nowhere")?;
                match next.redirect_to_url {
                    Some(Redirection { url }) => Authorization::Challenged(Challenge { authorization: self.id, url }),
                    // Nobody can ever confirm it, and nothing is held: another card may do.
                    None if next.kind.as_deref() == Some(SCRIPTED) => {
                        tracing::error!(id = %self.id, "the gateway asks for a challenge that leads to no page");
                        Authorization::Declined { reason: DeclineReason::NotConfirmed }
                    }
                    None => bail!("a challenge leads nowhere"),
                }
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
    use domain::payment::MovementKind;
    use domain::pricing::Currency;

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
        let scripted = r#"{"id":"pi_1","status":"requires_action","next_action":
            {"type":"use_stripe_sdk","use_stripe_sdk":{"type":"three_d_secure_redirect","stripe_js":"https://a"}}}"#;
        let scripted = read(scripted).authorization().unwrap();
        assert_eq!(scripted, Authorization::Declined { reason: DeclineReason::NotConfirmed });
        let other = r#"{"id":"pi_1","status":"requires_action","next_action":{"type":"display_code"}}"#;
        assert!(read(other).authorization().is_err());
    }

    const ID: &str = "0190f3a1b2c37d4e8f90a1b2c3d4e5f6";

    #[test]
    fn a_payment_says_whether_its_last_capture_was_this_one() {
        let amount = Money::new(300, Currency::GBP);
        let movement = Movement { id: ID.parse().unwrap(), kind: MovementKind::Capture { is_last: false }, amount };
        let captured_after = |before: &Tally, received: i64, metadata: &str| {
            let intent = format!(
                r#"{{"id":"pi_1","status":"requires_capture","amount_received":{received},"metadata":{metadata}}}"#
            );
            read(&intent).has_captured(&movement, before)
        };
        let captured = |received, metadata: &str| captured_after(&Tally::default(), received, metadata);
        let this_one = format!(r#"{{"order":"1","movement":"{ID}"}}"#);
        assert!(captured(300, &this_one) && captured(500, &this_one));
        assert!(!captured(299, &this_one), "asked for, and not done");
        // Another one of the same amount was done before.
        let before = Tally::default().after(&movement);
        assert!(!captured_after(&before, 300, &this_one) && captured_after(&before, 600, &this_one));
        for other in [r#"{"movement":"0190f3a1b2c37d4e8f90a1b2c3d4e5f7"}"#, r#"{"movement":"by hand"}"#, "{}", "null"] {
            assert!(!captured(500, other), "{other}");
        }
    }

    #[test]
    fn a_refund_is_found_by_its_movement() {
        let outcome = |refunds: &str, has_more: bool| {
            let page: Refunds =
                serde_json::from_str(&format!(r#"{{"data":[{refunds}],"has_more":{has_more}}}"#)).unwrap();
            page.outcome_of(ID.parse().unwrap())
        };
        let refund = |status: &str| format!(r#"{{"id":"re_2","status":{status},"metadata":{{"movement":"{ID}"}}}}"#);
        let other = r#"{"id":"re_1","status":"succeeded","metadata":{"reason":"late"}},{"id":"re_0"}"#;
        for status in [r#""succeeded""#, r#""pending""#, r#""requires_action""#, "null"] {
            let found = outcome(&format!("{other},{}", refund(status)), true).unwrap();
            assert_eq!(found, Some(Moved::Done), "{status}");
            assert_eq!(refunded(refund(status).as_bytes()).unwrap(), Moved::Done, "{status}");
        }
        for status in [r#""failed""#, r#""canceled""#] {
            assert_eq!(outcome(&refund(status), false).unwrap(), Some(Moved::Refused), "{status}");
            assert_eq!(refunded(refund(status).as_bytes()).unwrap(), Moved::Refused, "{status}");
        }
        assert_eq!(outcome(other, false).unwrap(), None);
        assert!(outcome(other, true).is_err());
    }
}
