//! The orders: all of them, the newest first; each with all that happened to it, and what can be done with
//! it and with its money.

pub mod dispute;
pub mod forms;
pub mod history;
pub mod invoice;
pub mod list;
pub mod returns;
pub mod sheet;

use domain::order::OrderNumber;
use domain::payment::TransferKind;

pub(super) const ORDERS: &str = "/operator/orders";

/// The address of an order, for those who run the store.
pub(super) fn order_path(number: OrderNumber) -> String {
    format!("{ORDERS}/{number}")
}

/// A form of an order's page, by the name that an address gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderForm {
    Capture,
    Refund,
    Release,
    Payment,
    Repayment,
    Cancellation,
    Dispatch,
    Delivery,
    Return,
}

impl OrderForm {
    /// The form that notes a transfer for an invoice.
    pub(super) const fn of_transfer(kind: TransferKind) -> Self {
        match kind {
            TransferKind::Payment => Self::Payment,
            TransferKind::Repayment => Self::Repayment,
        }
    }

    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Refund => "refund",
            Self::Release => "release",
            Self::Payment => "payment",
            Self::Repayment => "repayment",
            Self::Cancellation => "cancellation",
            Self::Dispatch => "dispatch",
            Self::Delivery => "delivery",
            Self::Return => "return",
        }
    }
}
