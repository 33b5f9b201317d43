//! Payments as the gateway lists them (<https://docs.stripe.com/api/payment_intents/list>).

use anyhow::{Context as _, ensure};
use domain::payment::{AuthorizationId, HeldPayment, HeldState};
use domain::pricing::{Currency, Money};
use serde::Deserialize;

use super::aftermath::wire::{Listed, WireRefund, WireTransaction};
use super::amount::WireAmount;
use super::wire::IntentStatus;

#[derive(Debug, Deserialize)]
pub(super) struct WirePayment {
    pub(super) id: AuthorizationId,
    status: String,
    amount: WireAmount,
    #[serde(default)]
    amount_received: WireAmount,
    currency: String,
    metadata: Option<Metadata>,
    latest_charge: Option<LatestCharge>,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    order: Option<String>,
}

/// Its own sum of what was refunded is not asked for: until version 2025-03-31 of the API it counts what a capture of a
/// part let go of as well
/// (<https://docs.stripe.com/changelog/basil/2025-03-31/remove-refund-from-partial-capture-and-payment-cancellation-flow>),
/// while each refund says why it was made.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum LatestCharge {
    Whole { refunds: Listed<WireRefund>, balance_transaction: Option<WireTransaction> },
    Named(String),
    Short {},
}

impl WirePayment {
    /// Whether it has more refunds than are told with it.
    pub(super) fn has_more_refunds(&self) -> bool {
        matches!(&self.latest_charge, Some(LatestCharge::Whole { refunds, .. }) if refunds.has_more)
    }

    /// Takes all of its refunds in.
    pub(super) fn complete(&mut self, all: Vec<WireRefund>) {
        if let Some(LatestCharge::Whole { refunds, .. }) = &mut self.latest_charge {
            *refunds = Listed { data: all, has_more: false };
        }
    }

    /// The payment, where it was made for an order.
    ///
    /// # Errors
    /// Where the store could not have asked for such a payment, or the gateway kept its charge or refunds to itself.
    pub(super) fn held(self) -> anyhow::Result<Option<HeldPayment>> {
        let Some(order) = self.metadata.and_then(|metadata| metadata.order?.parse().ok()) else { return Ok(None) };
        let code = self.currency.to_ascii_uppercase();
        let currency = Currency::from_code(&code).with_context(|| format!("{code} is no currency"))?;
        let (refunded, transaction) = match self.latest_charge {
            None => (Money::zero(currency), None),
            Some(LatestCharge::Whole { refunds, balance_transaction }) => {
                (sum(currency, &refunds)?, balance_transaction)
            }
            Some(LatestCharge::Named(charge)) => anyhow::bail!("the gateway does not tell of its charge {charge}"),
            Some(LatestCharge::Short {}) => anyhow::bail!("the gateway does not tell of the refunds of {}", self.id),
        };
        let state = match IntentStatus::from_parameter(&self.status) {
            Some(IntentStatus::RequiresCapture) => HeldState::Held,
            Some(IntentStatus::Succeeded) => HeldState::Settled,
            Some(_) => HeldState::Nothing,
            // The audit misses the money of an order that it stands for, and all others are audited.
            None => {
                tracing::warn!(payment = %self.id, status = %self.status, "a payment stands in a way that is not known");
                HeldState::Nothing
            }
        };
        Ok(Some(HeldPayment {
            id: self.id,
            order,
            amount: self.amount.in_currency(currency)?,
            captured: self.amount_received.in_currency(currency)?,
            refunded,
            fee: transaction.map(|transaction| transaction.told()).transpose()?.flatten(),
            state,
        }))
    }
}

fn sum(currency: Currency, refunds: &Listed<WireRefund>) -> anyhow::Result<Money> {
    ensure!(!refunds.has_more, "a payment has more refunds than were told");
    refunds.data.iter().try_fold(Money::zero(currency), |sum, refund| {
        Ok(refund.given_back()?.map_or(Ok(sum), |amount| sum.plus(amount))?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"{"order":"0190f3a1b2c37d4e8f90a1b2c3d4e5f6"}"#;

    fn payment(status: &str, charge: &str, metadata: &str) -> WirePayment {
        let json = format!(
            r#"{{"id":"pi_1","status":"{status}","amount":2845,"amount_received":2000,"currency":"gbp",
                "metadata":{metadata},"latest_charge":{charge}}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    fn held(charge: &str, metadata: &str) -> anyhow::Result<Option<HeldPayment>> {
        payment("succeeded", charge, metadata).held()
    }

    fn charge(refunds: &str, has_more: bool) -> String {
        format!(r#"{{"id":"ch_1","amount_refunded":1445,"refunds":{{"data":[{refunds}],"has_more":{has_more}}}}}"#)
    }

    /// What the rest of the payment was that was let go of, what went back, and what came back to the gateway.
    const REFUNDS: &str = r#"{"id":"re_3","amount":100,"currency":"gbp","status":"failed"},
        {"id":"re_2","amount":500,"currency":"gbp","status":"succeeded"},
        {"id":"re_1","amount":845,"currency":"gbp","status":"succeeded","reason":"partial_capture"}"#;

    #[test]
    fn a_payment_says_what_was_captured_and_refunded() {
        let found = held(&charge(REFUNDS, false), OWN).unwrap().unwrap();
        let amounts = [found.amount, found.captured, found.refunded].map(Money::minor_units);
        assert_eq!((amounts, found.state), ([2_845, 2_000, 500], HeldState::Settled));
        assert_eq!(found.fee, None);
        for nothing in ["null", &charge("", false)] {
            assert_eq!(held(nothing, OWN).unwrap().unwrap().refunded.minor_units(), 0);
        }
        for silent in [r#""ch_1""#, r#"{"id":"ch_1","amount_refunded":500}"#] {
            assert!(held(silent, OWN).is_err(), "{silent}");
        }
        let kept = r#"{"id":"ch_1","refunds":{"data":[],"has_more":false},
            "balance_transaction":{"id":"txn_1","fee":55,"currency":"gbp"}}"#;
        let fee = held(kept, OWN).unwrap().unwrap().fee.unwrap();
        assert_eq!((fee.id.as_str(), fee.amount), ("txn_1", Money::new(55, Currency::GBP)));
        for other in ["null", "{}", r#"{"order":"4711"}"#] {
            assert_eq!(held("null", other).unwrap(), None, "{other}");
        }
    }

    #[test]
    fn a_payment_with_more_refunds_than_are_told_takes_all_in() {
        let mut payment = payment("succeeded", &charge("", true), OWN);
        assert!(payment.has_more_refunds());
        payment.complete(serde_json::from_str(&format!("[{REFUNDS}]")).unwrap());
        assert!(!payment.has_more_refunds());
        assert_eq!(payment.held().unwrap().unwrap().refunded.minor_units(), 500);
        assert!(held(&charge("", true), OWN).is_err());
    }

    #[test]
    fn a_payment_that_stands_in_an_unknown_way_holds_nothing() {
        let state = |status| payment(status, "null", OWN).held().unwrap().unwrap().state;
        assert_eq!(state("requires_capture"), HeldState::Held);
        assert_eq!(state("requires_a_dance"), HeldState::Nothing);
    }
}
