//! Refunds, disputes and fees in the words of Stripe's API (<https://docs.stripe.com/api/refunds>,
//! <https://docs.stripe.com/api/disputes>, <https://docs.stripe.com/api/balance_transactions>).

use anyhow::Context as _;
use domain::payment::aftermath::{
    DisputeId, DisputeReason, DisputeState, FeeId, RefundId, ToldDispute, ToldFee, ToldRefund,
};
use domain::pricing::{Currency, Money};
use jiff::Timestamp;
use serde::Deserialize;

use crate::payment::amount::WireAmount;

/// Why the gateway refunds by itself what was held and never captured.
const RELEASES: [&str; 2] = ["expired_uncaptured_charge", "partial_capture"];

/// A page of a list, the newest first.
#[derive(Debug, Deserialize)]
pub(in crate::payment) struct Listed<T> {
    pub(in crate::payment) data: Vec<T>,
    pub(in crate::payment) has_more: bool,
}

#[derive(Debug, Deserialize)]
pub(in crate::payment) struct WireRefund {
    id: RefundId,
    amount: WireAmount,
    currency: String,
    status: Option<String>,
    reason: Option<String>,
    metadata: Option<RefundMetadata>,
}

#[derive(Debug, Deserialize)]
struct RefundMetadata {
    movement: Option<String>,
}

impl WireRefund {
    /// Whether it lets go of what was never captured, so that no money moves.
    pub(in crate::payment) fn is_release(&self) -> bool {
        self.reason.as_deref().is_some_and(|reason| RELEASES.contains(&reason))
    }

    /// What of it went back to the shopper, or is on its way to them.
    ///
    /// # Errors
    /// Where there is no such currency, or no such amount of it.
    pub(in crate::payment) fn given_back(&self) -> anyhow::Result<Option<Money>> {
        let goes_back = !self.is_release() && !self.is_failed();
        goes_back.then(|| money(self.amount, &self.currency)).transpose()
    }

    fn is_failed(&self) -> bool {
        matches!(self.status.as_deref(), Some("failed" | "canceled"))
    }

    pub(in crate::payment) fn told(self) -> anyhow::Result<ToldRefund> {
        let is_failed = self.is_failed();
        // What the store did not write there was written by somebody else.
        let movement = self.metadata.and_then(|metadata| metadata.movement?.parse().ok());
        Ok(ToldRefund { id: self.id, movement, amount: money(self.amount, &self.currency)?, is_failed })
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::payment) struct WireDispute {
    id: DisputeId,
    amount: WireAmount,
    currency: String,
    status: String,
    reason: Option<String>,
    evidence_details: Option<EvidenceDetails>,
    is_charge_refundable: Option<bool>,
    /// What it moved of the store's balance.
    #[serde(default)]
    pub(in crate::payment) balance_transactions: Vec<WireTransaction>,
}

#[derive(Debug, Deserialize)]
struct EvidenceDetails {
    due_by: Option<i64>,
}

impl WireDispute {
    pub(in crate::payment) fn told(self) -> anyhow::Result<ToldDispute> {
        let state = match self.status.as_str() {
            "warning_needs_response" | "needs_response" => DisputeState::NeedsAnswer,
            "warning_under_review" | "under_review" => DisputeState::UnderReview,
            // What was prevented, or asked and never escalated, leaves the store its money.
            "warning_closed" | "won" | "prevented" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            status => {
                // Whoever notes it says so once, for an operator.
                tracing::debug!(dispute = %self.id, "no state of a dispute is known as {status}");
                DisputeState::Unknown
            }
        };
        let is_inquiry = self.status.starts_with("warning_") || self.status == "prevented";
        let usually = state == DisputeState::Won || is_inquiry;
        // A gateway that gives no reason, or one that is none, tells of a dispute all the same.
        let reason = self.reason.and_then(|reason| reason.parse().ok());
        let due_by = self.evidence_details.and_then(|details| details.due_by);
        Ok(ToldDispute {
            id: self.id,
            amount: money(self.amount, &self.currency)?,
            state,
            is_inquiry,
            reason: reason.map_or_else(|| DisputeReason::UNKNOWN.parse(), Ok)?,
            answer_by: due_by.map(Timestamp::from_second).transpose()?,
            is_refundable: self.is_charge_refundable.unwrap_or(usually),
        })
    }
}

/// What moved of the balance that the store has at the gateway. Its currency is that of the balance.
#[derive(Debug, Deserialize)]
pub(in crate::payment) struct WireTransaction {
    id: FeeId,
    fee: WireAmount,
    currency: String,
}

impl WireTransaction {
    /// What the gateway kept of it; `None` where that is nothing.
    pub(in crate::payment) fn told(&self) -> anyhow::Result<Option<ToldFee>> {
        let amount = money(self.fee, &self.currency)?;
        Ok((amount.minor_units() != 0).then(|| ToldFee { id: self.id.clone(), amount }))
    }
}

fn money(amount: WireAmount, currency: &str) -> anyhow::Result<Money> {
    let code = currency.to_ascii_uppercase();
    let currency = Currency::from_code(&code).with_context(|| format!("{code} is no currency"))?;
    Ok(amount.in_currency(currency)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_says_whose_it_is_and_whether_it_failed() {
        let read = |status: &str, metadata: &str| {
            let json =
                format!(r#"{{"id":"re_1","amount":500,"currency":"gbp","status":{status},"metadata":{metadata}}}"#);
            serde_json::from_str::<WireRefund>(&json).unwrap().told().unwrap()
        };
        let own = read(r#""succeeded""#, r#"{"movement":"0190f3a1b2c37d4e8f90a1b2c3d4e5f6"}"#);
        assert_eq!((own.movement.is_some(), own.is_failed), (true, false));
        assert_eq!(own.amount, Money::new(500, Currency::GBP));
        for metadata in ["null", "{}", r#"{"movement":"by hand"}"#] {
            assert_eq!(read(r#""pending""#, metadata).movement, None, "{metadata}");
        }
        assert!(read(r#""failed""#, "{}").is_failed && read(r#""canceled""#, "{}").is_failed);
        assert!(!read("null", "{}").is_failed);
    }

    #[test]
    fn what_was_never_captured_is_let_go_of_and_not_refunded() {
        let is_release = |reason: &str| {
            let json = format!(r#"{{"id":"re_1","amount":500,"currency":"gbp","reason":{reason}}}"#);
            serde_json::from_str::<WireRefund>(&json).unwrap().is_release()
        };
        assert!(is_release(r#""partial_capture""#) && is_release(r#""expired_uncaptured_charge""#));
        assert!(!is_release(r#""requested_by_customer""#) && !is_release("null"));
    }

    #[test]
    fn what_moved_says_what_was_kept_of_it() {
        let kept = |fee: i64, currency: &str| {
            let json = format!(r#"{{"id":"txn_1","amount":2845,"fee":{fee},"net":2777,"currency":"{currency}"}}"#);
            serde_json::from_str::<WireTransaction>(&json).unwrap().told()
        };
        let told = |fee: i64, currency: &str| kept(fee, currency).unwrap().map(|told| told.amount);
        assert_eq!(told(68, "gbp"), Some(Money::new(68, Currency::GBP)));
        assert_eq!(told(-2_000, "eur"), Some(Money::new(-2_000, Currency::EUR)));
        assert_eq!(told(0, "gbp"), None);
        assert!(kept(68, "unheard of").is_err());
    }

    #[test]
    fn a_dispute_says_how_it_stands_and_until_when_it_is_to_be_answered() {
        let read = |status: &str| {
            let json = format!(
                r#"{{"id":"dp_1","amount":2845,"currency":"gbp","status":"{status}","reason":"fraudulent",
                    "evidence_details":{{"due_by":1764000000}}}}"#
            );
            serde_json::from_str::<WireDispute>(&json).unwrap().told()
        };
        for (status, state, is_inquiry) in [
            ("warning_needs_response", DisputeState::NeedsAnswer, true),
            ("warning_closed", DisputeState::Won, true),
            ("needs_response", DisputeState::NeedsAnswer, false),
            ("under_review", DisputeState::UnderReview, false),
            ("won", DisputeState::Won, false),
            ("lost", DisputeState::Lost, false),
        ] {
            let told = read(status).unwrap();
            assert_eq!((told.state, told.is_inquiry), (state, is_inquiry), "{status}");
            assert_eq!(told.answer_by.map(Timestamp::as_second), Some(1_764_000_000));
        }
        let unknown = read("unheard_of").unwrap();
        assert_eq!((unknown.state, unknown.is_inquiry, unknown.is_refundable), (DisputeState::Unknown, false, false));
    }

    #[test]
    fn a_dispute_is_told_whatever_its_reason_is_and_says_whether_it_can_be_refunded() {
        let read = |more: &str| {
            let json = format!(r#"{{"id":"dp_1","amount":2845,"currency":"gbp","status":"needs_response"{more}}}"#);
            serde_json::from_str::<WireDispute>(&json).unwrap().told().unwrap()
        };
        for (more, reason) in [
            ("", DisputeReason::UNKNOWN),
            (r#","reason":null"#, DisputeReason::UNKNOWN),
            (r#","reason":"""#, DisputeReason::UNKNOWN),
            (r#","reason":"a_grudge""#, "a_grudge"),
        ] {
            assert_eq!(read(more).reason.as_str(), reason, "{more}");
        }
        assert!(!read("").is_refundable && read(r#","is_charge_refundable":true"#).is_refundable);
    }
}
