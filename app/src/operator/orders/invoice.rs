//! What was transferred for an order's invoice, noted by whoever sees the store's bank account.

use domain::order::OrderNumber;
use domain::payment::{TransferError, TransferKind};
use domain::pricing::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::orders::{NoteInvoicePaid, NoteInvoiceRepaid};
use super::forms::MAX_AMOUNT_CHARS;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, sentence};
use crate::typed;

/// Which transfer is waited for by what is owed on an invoice, and of how much.
pub(super) fn owed(balance: Option<Money>) -> Option<(TransferKind, Money)> {
    let balance = balance.filter(|balance| balance.minor_units() != 0)?;
    if !balance.is_negative() {
        return Some((TransferKind::Payment, balance));
    }
    let owed_back = Money::zero(balance.currency()).minus(balance).ok()?;
    Some((TransferKind::Repayment, owed_back))
}

/// The form that notes it: its amount is all that is owed, or nothing is noted.
#[component]
pub fn TransferForm(number: OrderNumber, kind: TransferKind, owed: Money, error: Option<WireError>) -> impl IntoView {
    let typed = error.as_ref().map(|_| typed::kept().take("transferred"));
    let (above, error) = match error {
        Some(WireError::Transfer(error @ (TransferError::Amount | TransferError::NotOwed { .. }))) => {
            (None, Some(sentence(&error.to_string())))
        }
        error => (error, None),
    };
    let (action, heading, hint, words) = match kind {
        TransferKind::Payment => {
            (NoteInvoicePaid::url(), "Invoice", format!("{owed} is billed and not paid yet."), "Mark as paid")
        }
        TransferKind::Repayment => (
            NoteInvoiceRepaid::url(),
            "Owed back",
            format!("{owed} is owed back to the customer."),
            "Mark as paid back",
        ),
    };
    view! {
        <form class="panel operator__count" id="transfer-form" method="post" action=action>
            <h2>{heading}</h2>
            {above.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="number" value=number.to_string() />
            <Field
                id="transferred"
                label="Amount transferred"
                value=typed.unwrap_or_else(|| owed.decimal())
                hint
                error
                inputmode="decimal"
                autocomplete="off"
                max_chars=MAX_AMOUNT_CHARS
                class="field field--short"
            />
            <button class="button button--ink" type="submit">
                {words}
            </button>
        </form>
    }
    .into_any()
}
