//! What accounts, layers and kinds of postings are called in the database.

use super::{Account, Layer, PostingKind};

impl Account {
    pub(super) const ALL: [Self; 14] = [
        Self::Customer,
        Self::Gateway,
        Self::Receivable,
        Self::Payable,
        Self::Bank,
        Self::GiftCard,
        Self::Issued,
        Self::Revenue,
        Self::Refunds,
        Self::Seller,
        Self::Tax,
        Self::Disputed,
        Self::Chargebacks,
        Self::Fees,
    ];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Gateway => "gateway",
            Self::Receivable => "receivable",
            Self::Payable => "payable",
            Self::Bank => "bank",
            Self::GiftCard => "gift_card",
            Self::Issued => "issued",
            Self::Revenue => "revenue",
            Self::Refunds => "refunds",
            Self::Seller => "seller",
            Self::Tax => "tax",
            Self::Disputed => "disputed",
            Self::Chargebacks => "chargebacks",
            Self::Fees => "fees",
        }
    }
}

impl Layer {
    pub(super) const ALL: [Self; 2] = [Self::Pending, Self::Posted];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Posted => "posted",
        }
    }
}

impl PostingKind {
    pub(super) const ALL: [Self; 17] = [
        Self::Authorization,
        Self::Void,
        Self::Capture,
        Self::Release,
        Self::Refund,
        Self::Payment,
        Self::Repayment,
        Self::Correction,
        Self::Redemption,
        Self::RedemptionEnd,
        Self::Issue,
        Self::RefundFailure,
        Self::RefundRepeat,
        Self::Dispute,
        Self::DisputeReturn,
        Self::DisputeLoss,
        Self::Fee,
    ];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::Void => "void",
            Self::Capture => "capture",
            Self::Release => "release",
            Self::Refund => "refund",
            Self::Payment => "payment",
            Self::Repayment => "repayment",
            Self::Correction => "correction",
            Self::Redemption => "redemption",
            Self::RedemptionEnd => "redemption_end",
            Self::Issue => "issue",
            Self::RefundFailure => "refund_failure",
            Self::RefundRepeat => "refund_repeat",
            Self::Dispute => "dispute",
            Self::DisputeReturn => "dispute_return",
            Self::DisputeLoss => "dispute_loss",
            Self::Fee => "fee",
        }
    }
}
