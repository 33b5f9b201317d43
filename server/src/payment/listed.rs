//! Payments as the gateway lists them (<https://docs.stripe.com/api/payment_intents/list>).

use anyhow::Context as _;
use domain::payment::{AuthorizationId, HeldPayment, HeldState};
use domain::pricing::{Currency, Money};
use serde::Deserialize;

use super::aftermath::wire::WireTransaction;
use super::amount::WireAmount;
use super::wire::IntentStatus;

#[derive(Debug, Deserialize)]
pub(super) struct WirePayment {
    pub(super) id: AuthorizationId,
    status: IntentStatus,
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

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum LatestCharge {
    Whole {
        #[serde(default)]
        amount_refunded: WireAmount,
        balance_transaction: Option<WireTransaction>,
    },
    Named(String),
}

impl WirePayment {
    /// The payment, where it was made for an order.
    ///
    /// # Errors
    /// Where the store could not have asked for such a payment, or the gateway kept its charge to itself.
    pub(super) fn held(self) -> anyhow::Result<Option<HeldPayment>> {
        let Some(order) = self.metadata.and_then(|metadata| metadata.order?.parse().ok()) else { return Ok(None) };
        let code = self.currency.to_ascii_uppercase();
        let currency = Currency::from_code(&code).with_context(|| format!("{code} is no currency"))?;
        let (refunded, transaction) = match self.latest_charge {
            None => (Money::zero(currency), None),
            Some(LatestCharge::Whole { amount_refunded, balance_transaction }) => {
                (amount_refunded.in_currency(currency)?, balance_transaction)
            }
            Some(LatestCharge::Named(charge)) => anyhow::bail!("the gateway does not tell of its charge {charge}"),
        };
        let state = match self.status {
            IntentStatus::RequiresCapture => HeldState::Held,
            IntentStatus::Succeeded => HeldState::Settled,
            _ => HeldState::Nothing,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn held(charge: &str, metadata: &str) -> anyhow::Result<Option<HeldPayment>> {
        let json = format!(
            r#"{{"id":"pi_1","status":"succeeded","amount":2845,"amount_received":2000,"currency":"gbp",
                "metadata":{metadata},"latest_charge":{charge}}}"#
        );
        serde_json::from_str::<WirePayment>(&json).unwrap().held()
    }

    #[test]
    fn a_payment_says_what_was_captured_and_refunded() {
        let own = r#"{"order":"0190f3a1b2c37d4e8f90a1b2c3d4e5f6"}"#;
        let found = held(r#"{"id":"ch_1","amount_refunded":500}"#, own).unwrap().unwrap();
        let amounts = [found.amount, found.captured, found.refunded].map(Money::minor_units);
        assert_eq!((amounts, found.state), ([2_845, 2_000, 500], HeldState::Settled));
        assert_eq!(found.fee, None);
        assert_eq!(held("null", own).unwrap().unwrap().refunded.minor_units(), 0);
        let kept = r#"{"id":"ch_1","balance_transaction":{"id":"txn_1","fee":55,"currency":"gbp"}}"#;
        let fee = held(kept, own).unwrap().unwrap().fee.unwrap();
        assert_eq!((fee.id.as_str(), fee.amount), ("txn_1", Money::new(55, Currency::GBP)));
        assert!(held(r#""ch_1""#, own).is_err(), "a charge that is only named says nothing");
        for other in ["null", "{}", r#"{"order":"4711"}"#] {
            assert_eq!(held("null", other).unwrap(), None, "{other}");
        }
    }
}
