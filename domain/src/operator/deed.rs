use jiff::Timestamp;

use crate::bounded_text;
use crate::inventory::Reference;
use crate::payment::MovementId;

bounded_text!(
    /// What somebody acted on: the number of an order, the key of an event, a fault.
    Subject, 160
);

bounded_text!(
    /// Why somebody who runs the store did something that they have to answer for.
    DeedReason, 200
);

/// Something that an operator did: about what waited for one, with an order or with an account. Deeds are only ever
/// added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    pub done_at: Timestamp,
    pub by: Reference,
    pub kind: DeedKind,
    pub subject: Subject,
    /// The movement of money that was asked for with it.
    pub movement: Option<MovementId>,
    /// None where a deed speaks for itself.
    pub reason: Option<DeedReason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeedKind {
    /// Let the store go on with a purchase.
    Resumed,
    /// Gave a purchase up.
    Undone,
    /// Closed a purchase by hand, having settled with the gateway.
    Settled,
    /// Let an event be delivered again.
    Revived,
    /// Gave an event up.
    Dropped,
    /// Asked for money that is held for an order.
    Captured,
    /// Gave something back of what was captured of an order.
    Refunded,
    /// Let go of what was still held for an order.
    Released,
    /// Noted that an invoice was paid.
    InvoicePaid,
    /// Noted that what was owed back of an invoice was paid out.
    InvoiceRepaid,
    /// Cancelled an order.
    Cancelled,
    /// Marked an order as sent, with the capture of what was held for it.
    Sent,
    /// Marked an order as delivered.
    Delivered,
    /// Received what came back of an order, with its refund.
    ReturnReceived,
    /// Refused what was to come back of an order.
    ReturnRefused,
    /// Sent what a shopper wanted instead of what came back of an order.
    ReplacementSent,
    /// Ended the exchange of something of an order, with the refund of what came back.
    ExchangeEnded,
    /// Turned off the codes of an account whose owner lost them.
    CodesTurnedOff,
    /// Had a failed refund of an order made once more.
    RefundRepeated,
    /// Noted that what a failed refund of an order owes was paid in another way.
    RefundSettled,
    /// Gave store credit to an account.
    CreditGiven,
    /// Let the store fail on purpose.
    FaultBegun,
    /// Let it fail no more.
    FaultEnded,
}

impl DeedKind {
    const ALL: [Self; 23] = [
        Self::Resumed,
        Self::Undone,
        Self::Settled,
        Self::Revived,
        Self::Dropped,
        Self::Captured,
        Self::Refunded,
        Self::Released,
        Self::InvoicePaid,
        Self::InvoiceRepaid,
        Self::Cancelled,
        Self::Sent,
        Self::Delivered,
        Self::ReturnReceived,
        Self::ReturnRefused,
        Self::ReplacementSent,
        Self::ExchangeEnded,
        Self::CodesTurnedOff,
        Self::RefundRepeated,
        Self::RefundSettled,
        Self::CreditGiven,
        Self::FaultBegun,
        Self::FaultEnded,
    ];

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Resumed => "resumed",
            Self::Undone => "undone",
            Self::Settled => "settled",
            Self::Revived => "revived",
            Self::Dropped => "dropped",
            Self::Captured => "captured",
            Self::Refunded => "refunded",
            Self::Released => "released",
            Self::InvoicePaid => "invoice_paid",
            Self::InvoiceRepaid => "invoice_repaid",
            Self::Cancelled => "cancelled",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::ReturnReceived => "return_received",
            Self::ReturnRefused => "return_refused",
            Self::ReplacementSent => "replacement_sent",
            Self::ExchangeEnded => "exchange_ended",
            Self::CodesTurnedOff => "codes_turned_off",
            Self::RefundRepeated => "refund_repeated",
            Self::RefundSettled => "refund_settled",
            Self::CreditGiven => "credit_given",
            Self::FaultBegun => "fault_begun",
            Self::FaultEnded => "fault_ended",
        }
    }

    /// The kind of a name in the database.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.parameter() == raw)
    }
}
