use std::time::Duration;

use app::payment::RETURN_PATH;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use domain::payment::{CardFault, CardFaults, CardField};
use serde::Deserialize;
use serde_json::json;

use super::asked::Asked;
use super::notice::Timing;
use super::refusal::Refusal;
use super::{Sandbox, fresh_id};

/// A number that the sandbox knows, and what it stands for. The numbers and names are Stripe's
/// (<https://docs.stripe.com/testing>) where it has one for the case, but for the one that answers late.
pub(super) struct TestCard {
    number: &'static str,
    pub(super) token: &'static str,
    pub(super) behaviour: Behaviour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behaviour {
    Pays,
    /// Pays, and keeps the shopper waiting.
    PaysSlowly,
    /// Holds the money, but answers after everybody stopped waiting.
    PaysLate,
    /// For the reason of this code of [`decline`].
    Declines(&'static str),
    /// Pays, and the first refund of it fails some moments after it was answered.
    FailsRefund,
    /// Pays, and what is captured is disputed at once: the dispute stands so, for this reason.
    Disputes {
        status: &'static str,
        reason: &'static str,
    },
    /// The shopper has to confirm it, and the store hears of it by itself so.
    Challenges(Timing),
}

impl Behaviour {
    /// How long it keeps its answer back.
    pub(super) const fn delay(self) -> Option<Duration> {
        match self {
            Self::PaysSlowly => Some(Duration::from_millis(1_500)),
            // Longer than any patient caller waits.
            Self::PaysLate => Some(Duration::from_secs(8)),
            Self::Pays | Self::Declines(_) | Self::Challenges(_) | Self::FailsRefund | Self::Disputes { .. } => None,
        }
    }
}

const fn card(number: &'static str, token: &'static str, behaviour: Behaviour) -> TestCard {
    TestCard { number, token, behaviour }
}

const DISPUTE: Behaviour = Behaviour::Disputes { status: "needs_response", reason: "fraudulent" };
const INQUIRY: Behaviour = Behaviour::Disputes { status: "warning_needs_response", reason: "product_not_received" };

const TEST_CARDS: [TestCard; 15] = [
    card("4242424242424242", "pm_card_visa", Behaviour::Pays),
    card("4000000000007007", "pm_card_slow", Behaviour::PaysSlowly),
    card("4000000000000341", "pm_card_late", Behaviour::PaysLate),
    card("4000000000005126", "pm_card_refundFail", Behaviour::FailsRefund),
    card("4000000000000259", "pm_card_createDispute", DISPUTE),
    card("4000000000001976", "pm_card_createDisputeInquiry", INQUIRY),
    card("4000000000000002", "pm_card_visa_chargeDeclined", Behaviour::Declines("generic_decline")),
    card("4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds", Behaviour::Declines("insufficient_funds")),
    card("4000000000000069", "pm_card_chargeDeclinedExpiredCard", Behaviour::Declines("expired_card")),
    card("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", Behaviour::Declines("incorrect_cvc")),
    card("4000002500003155", "pm_card_authenticationRequiredOnSetup", Behaviour::Challenges(Timing::Usual)),
    card("4000002760003184", "pm_card_authenticationRequired", Behaviour::Challenges(Timing::Usual)),
    card("4000000000007015", "pm_card_notice_before_browser", Behaviour::Challenges(Timing::BeforeBrowser)),
    card("4000000000007023", "pm_card_notice_after_browser", Behaviour::Challenges(Timing::AfterBrowser)),
    card("4000000000007031", "pm_card_notice_twice", Behaviour::Challenges(Timing::Twice)),
];

/// What a token stands for.
pub(super) fn behaviour_of(token: &str) -> Option<Behaviour> {
    TEST_CARDS.iter().find(|card| card.token == token).map(|card| card.behaviour)
}

fn by_number(typed: &str) -> Option<&'static TestCard> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    TEST_CARDS.iter().find(|card| card.number == digits)
}

/// Stripe's code and words for a decline.
pub(super) fn decline(decline_code: &str) -> (&'static str, &'static str) {
    match decline_code {
        "insufficient_funds" => ("card_declined", "Your card has insufficient funds."),
        "expired_card" => ("expired_card", "Your card has expired."),
        "incorrect_cvc" => ("incorrect_cvc", "Your card's security code is incorrect."),
        crate::payment::wire::AUTHENTICATION_FAILURE => {
            (crate::payment::wire::AUTHENTICATION_FAILURE, "The provided PaymentMethod has failed authentication.")
        }
        _ => ("card_declined", "Your card was declined."),
    }
}

/// The card form, as a browser posts it.
#[derive(Deserialize)]
pub(super) struct CardForm {
    number: String,
    expiry: String,
    cvc: String,
    name: String,
    return_url: String,
}

/// Takes a card and sends the browser back with a token for it, or with what is wrong with it.
pub(super) async fn take(State(sandbox): State<Sandbox>, Form(form): Form<CardForm>) -> Response {
    // Only back into a checkout: a gateway must not redirect wherever a link asks. Which store a sandbox of
    // its own belongs to is not known, and no page of it is worth the trust of a shopper.
    let is_embedded = sandbox.setup.origin.starts_with('/');
    let leads_back = if is_embedded {
        form.return_url.starts_with(&format!("{RETURN_PATH}?"))
    } else {
        url::Url::parse(&form.return_url).is_ok_and(|url| url.has_host() && url.path() == RETURN_PATH)
    };
    if !leads_back {
        return (StatusCode::BAD_REQUEST, "The return address is not one of this store's.").into_response();
    }
    let faults = CardFaults::of(|field| match field {
        CardField::Number => &form.number,
        CardField::Name => &form.name,
        CardField::Expiry => &form.expiry,
        CardField::Cvc => &form.cvc,
    });
    let answer = match by_number(&form.number) {
        Some(TestCard { number, token, .. }) if faults.is_empty() => {
            format!("payment_method={token}&last_four={}", &number[number.len() - 4..])
        }
        Some(_) => format!("card_error={faults}"),
        None => format!("card_error={}", faults.with(CardFault::NotTaken)),
    };
    Redirect::to(&format!("{}&{answer}", form.return_url)).into_response()
}

/// The same for a server that was given a number, as the API has it; the name of a known card is
/// always the same.
pub(super) async fn create(asked: Asked) -> Result<Response, Refusal> {
    if !asked.is("type", "card") {
        return Err(Refusal::parameter("type", "The sandbox knows cards alone."));
    }
    let number = asked.get("card[number]").ok_or_else(|| Refusal::missing("card[number]"))?;
    let Some(TestCard { number, token, .. }) = by_number(number) else {
        let message = "Your card was declined. The sandbox knows test cards alone.";
        return Err(Refusal::declined("card_declined", "test_mode_live_card", message));
    };
    let method = json!({
        "id": token, "object": "payment_method", "type": "card", "livemode": false, "metadata": asked.metadata(),
        "card": { "brand": "visa", "last4": &number[number.len() - 4..], "fingerprint": fresh_id("fp") },
    });
    Ok(Json(method).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::fault_of;

    #[test]
    fn every_test_card_has_a_number_that_can_be_right() {
        for TestCard { number, token, behaviour } in TEST_CARDS {
            assert_eq!(fault_of(CardField::Number, number), None, "{number}");
            assert_eq!(behaviour_of(token), Some(behaviour), "{token} stands for one card");
        }
    }
}
