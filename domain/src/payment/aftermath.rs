//! What becomes of a payment after the store was done with it: a refund that fails some days later, a refund that
//! somebody made in the gateway's own pages, a dispute that a cardholder opened with their bank, what the gateway kept
//! for all that. Guards the rule that the books follow the gateway: whatever it tells, twice, late or in any order, it
//! is asked how the payment stands, and only what is not in the books yet is noted.

use jiff::Timestamp;

use crate::bounded_text;
use crate::checkout::saga::Event;
use crate::order::{OrderId, OrderNumber};
use crate::payment::MovementId;
use crate::pricing::Money;

/// Refunds, and disputes, that are shown at once to those who run the store.
pub const AFTERMATHS_SHOWN: u32 = 100;

bounded_text!(
    /// The gateway's name for a refund.
    RefundId, 100
);

bounded_text!(
    /// The gateway's name for a dispute.
    DisputeId, 100
);

bounded_text!(
    /// Why a cardholder disputes a payment, in the gateway's word for it: `fraudulent`, `product_not_received`.
    DisputeReason, 100
);

impl DisputeReason {
    /// Stands where the gateway gives none.
    pub const UNKNOWN: &str = "unknown";

    /// Why, for those who run the store (<https://docs.stripe.com/disputes/categories>); a word that the store does not
    /// know is told as it is.
    pub fn in_words(&self) -> String {
        let known = match self.as_str() {
            Self::UNKNOWN => "Unknown",
            "fraudulent" => "The cardholder says that somebody else paid with the card",
            "unrecognized" => "The cardholder does not recognise the payment",
            "duplicate" => "The cardholder says that it was charged twice",
            "product_not_received" => "The cardholder says that nothing arrived",
            "product_unacceptable" => "The cardholder says that what arrived is broken, or not what was described",
            "credit_not_processed" => "The cardholder says that money was promised back and did not come",
            "subscription_canceled" => "The cardholder says that it was charged after they had cancelled",
            "debit_not_authorized" => "The account's owner says that they did not allow the payment",
            "insufficient_funds" => "The account did not have the money",
            "incorrect_account_details" => "The account was not the right one",
            "bank_cannot_process" => "The bank could not process the payment",
            "customer_initiated" => "The cardholder asked their bank, and gave no reason",
            "noncompliant" => "The card network says that the payment broke its rules",
            "general" => "The bank gives no reason of its own",
            other => return format!("Unknown: {}", other.replace('_', " ")),
        };
        known.to_owned()
    }
}

bounded_text!(
    /// The gateway's name for what it kept.
    FeeId, 100
);

/// What the gateway kept of a capture, or for a dispute, as it tells of it. It tells of it under one name for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldFee {
    pub id: FeeId,
    /// In the currency in which the gateway keeps the store's money, which may be another one than the order's; below
    /// zero where it gave something back.
    pub amount: Money,
}

/// A refund as the gateway tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRefund {
    pub id: RefundId,
    /// The movement that it was asked for with; none where somebody else than the store asked.
    pub movement: Option<MovementId>,
    pub amount: Money,
    /// It did not reach the card: the gateway has the money again.
    pub is_failed: bool,
}

/// What is to be noted of a refund of which nothing was noted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundVerdict {
    /// The store waits to hear of it itself: its saga is told first.
    Wait,
    /// The books have it as it is.
    Known,
    /// The books have it as money that went back, which it did not.
    Failed,
    /// Somebody made it in the gateway's own pages.
    Elsewhere,
}

impl ToldRefund {
    /// What is to be noted of it by the log of its order's saga.
    pub fn verdict(&self, log: &[Event]) -> RefundVerdict {
        let of_it = |event: &&Event| match event {
            Event::MovementRequested { movement } | Event::Moved { movement } | Event::MovementRefused { movement } => {
                Some(movement.id) == self.movement
            }
            _ => false,
        };
        match log.iter().rfind(of_it) {
            Some(Event::Moved { .. }) if self.is_failed => RefundVerdict::Failed,
            Some(Event::Moved { .. } | Event::MovementRefused { .. }) => RefundVerdict::Known,
            Some(_) => RefundVerdict::Wait,
            // What failed before anybody knew of it changed nothing.
            None if self.is_failed => RefundVerdict::Known,
            None => RefundVerdict::Elsewhere,
        }
    }
}

/// How a refund stands that did not go the usual way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateRefundState {
    /// Made in the gateway's own pages, and noted in the books.
    Elsewhere,
    /// It failed: its money is owed to the shopper still.
    Failed,
    /// It failed, and the gateway is asked to refund as much once more.
    Asked,
    /// As much went back since.
    Repeated,
    /// An operator paid it in another way.
    Settled,
    /// More went back in the gateway's own pages than the books have to be given back.
    Unmatched,
}

impl LateRefundState {
    const ALL: [Self; 6] = [Self::Elsewhere, Self::Failed, Self::Asked, Self::Repeated, Self::Settled, Self::Unmatched];

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::Failed => "failed",
            Self::Asked => "asked",
            Self::Repeated => "repeated",
            Self::Settled => "settled",
            Self::Unmatched => "unmatched",
        }
    }

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Whether its money is still owed to the shopper.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Failed | Self::Asked)
    }

    /// Whether it did not reach the shopper, whatever came of that.
    pub const fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Asked | Self::Repeated | Self::Settled)
    }
}

/// A refund that did not reach its shopper, as they are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedRefund {
    /// The movement that the ledger has its failure under.
    pub id: MovementId,
    pub amount: Money,
    pub state: LateRefundState,
}

/// A refund that did not go the usual way, as those who run the store see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRefund {
    pub id: RefundId,
    pub number: OrderNumber,
    pub amount: Money,
    pub state: LateRefundState,
    pub noted_at: Timestamp,
}

/// How a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// The bank waits for what the store has to say.
    NeedsAnswer,
    /// The bank thinks about what the store said.
    UnderReview,
    /// The store keeps the money.
    Won,
    /// The cardholder has the money.
    Lost,
    /// The gateway has a word for it that this store does not know.
    Unknown,
}

impl DisputeState {
    const ALL: [Self; 5] = [Self::NeedsAnswer, Self::UnderReview, Self::Won, Self::Lost, Self::Unknown];

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::NeedsAnswer => "needs_answer",
            Self::UnderReview => "under_review",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Unknown => "unknown",
        }
    }

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Whether somebody is to look after it at the gateway.
    pub const fn waits_for_store(self) -> bool {
        matches!(self, Self::NeedsAnswer | Self::Unknown)
    }

    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Won | Self::Lost)
    }
}

/// A dispute as the gateway tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDispute {
    pub id: DisputeId,
    pub amount: Money,
    pub state: DisputeState,
    /// The bank only asks: no money was taken for it.
    pub is_inquiry: bool,
    pub reason: DisputeReason,
    /// Until when the bank hears the store.
    pub answer_by: Option<Timestamp>,
    /// Whether the gateway refunds the payment all the same.
    pub is_refundable: bool,
}

impl ToldDispute {
    /// Whether the bank only asks, so that a refund in full settles it.
    pub const fn is_open_question(&self) -> bool {
        self.is_inquiry && !self.state.is_closed()
    }
}

/// What of a dispute is to be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeTurn {
    /// The gateway took the money.
    Taken,
    /// The store has it again.
    Returned,
    /// It is gone.
    Lost,
}

/// What is to be posted of a dispute, in order, where its money was taken or not and it was closed or not by the books.
/// What is closed stays closed, and nobody knows what a word that the store does not know did with the money: the next
/// one that it knows says so.
pub fn turns(is_taken: bool, is_closed: bool, told: &ToldDispute) -> Vec<DisputeTurn> {
    if is_closed || told.state == DisputeState::Unknown {
        return Vec::new();
    }
    // A bank that only asked and then lost patience has taken the money at the latest when the store has lost.
    let takes = !is_taken && (!told.is_inquiry || told.state == DisputeState::Lost);
    let ends = match told.state {
        DisputeState::Lost => Some(DisputeTurn::Lost),
        DisputeState::Won if is_taken || takes => Some(DisputeTurn::Returned),
        _ => None,
    };
    takes.then_some(DisputeTurn::Taken).into_iter().chain(ends).collect()
}

/// A dispute as those who run the store see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    pub number: OrderNumber,
    pub told: ToldDispute,
}

/// All that the gateway tells of a payment besides its amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// The order that it was made for; none where the store knows nothing of it.
    pub order: Option<OrderId>,
    /// The oldest first.
    pub refunds: Vec<ToldRefund>,
    pub disputes: Vec<ToldDispute>,
    /// All that it kept; nothing of what it kept nothing of.
    pub fees: Vec<ToldFee>,
    /// Whether it knows what it kept of captures, which may be some time after them.
    pub knows_fees: bool,
}

#[cfg(test)]
mod tests;
