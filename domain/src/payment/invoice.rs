//! Paying on invoice: the goods go first and the money comes later, by a transfer. It is for customers
//! whom the store knows, up to a limit for each order and for all that is open of an account.

use serde::{Deserialize, Serialize};

use super::ledger::Account;
use super::{PaymentMethod, PaymentMethodLabel, PaymentMethodToken};
use crate::account::AccountId;
use crate::pricing::Money;
use crate::text::TextError;

/// Until when an invoice is to be paid, in days after the parcel has left.
pub const INVOICE_DAYS: u32 = 14;

/// The largest total that is sold on invoice, in minor units of its currency.
pub const MAX_INVOICE_MINOR_UNITS: i64 = 50_000;

/// What an account may owe on all its invoices together, in minor units of each currency. What is ordered on
/// invoice is owed until it is paid, credited or given up.
pub const MAX_OPEN_INVOICES_MINOR_UNITS: i64 = 100_000;

/// Which way an amount went by a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferKind {
    /// A customer paid what an invoice bills.
    Payment,
    /// A customer was paid back what was owed to them of one.
    Repayment,
}

/// Why a transfer is not noted; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TransferError {
    #[error("there is no such order")]
    NoSuchOrder,
    #[error("nothing of this order is owed like that on an invoice; it may have been noted before")]
    NothingOwed,
    #[error("an amount must be in the order's currency, like 12.90")]
    Amount,
    #[error("{said} is not what is owed at this moment, which is {owed}; please look at the order again")]
    NotOwed { said: Money, owed: Money },
    #[error("the books can't be reached at the moment; nothing was noted, please try again")]
    Unavailable,
}

/// What was transferred of an amount that is owed, which is all of it: an amount that somebody typed has to be the
/// same, for they may have seen another one.
///
/// # Errors
/// [`TransferError::Amount`] or [`TransferError::NotOwed`].
pub fn transferred(typed: Option<&str>, owed: Money) -> Result<Money, TransferError> {
    let Some(typed) = typed else { return Ok(owed) };
    let said = Money::from_decimal(typed, owed.currency()).map_err(|_| TransferError::Amount)?;
    if said == owed { Ok(owed) } else { Err(TransferError::NotOwed { said, owed }) }
}

/// What stands where a gateway's token stands for a card.
const INVOICE_TOKEN: &str = "invoice";
/// What the label of an invoice begins with; no card is called so.
const INVOICE_LABEL: &str = "Invoice, due in ";

/// Whether a buyer may pay a total on invoice: a guest may not.
pub fn may_pay_on_invoice(buyer: Option<AccountId>, total: Money) -> bool {
    buyer.is_some() && total.minor_units() <= MAX_INVOICE_MINOR_UNITS
}

/// Whether a total can be sold on invoice to an account that owes an amount in its currency already.
pub const fn fits_open_invoices(open_minor_units: i64, total: Money) -> bool {
    open_minor_units.saturating_add(total.minor_units()) <= MAX_OPEN_INVOICES_MINOR_UNITS
}

impl PaymentMethodToken {
    pub fn is_invoice(&self) -> bool {
        self.as_str() == INVOICE_TOKEN
    }
}

impl PaymentMethodLabel {
    /// Whether what it is the label of is paid on invoice.
    pub fn is_invoice(&self) -> bool {
        self.as_str().starts_with(INVOICE_LABEL)
    }
}

impl PaymentMethod {
    /// # Errors
    /// Never, as long as its words are short.
    pub fn on_invoice() -> Result<Self, TextError> {
        let label = format!("{INVOICE_LABEL}{INVOICE_DAYS} days");
        Ok(Self { token: INVOICE_TOKEN.parse()?, label: label.parse()? })
    }

    /// On whose side of the books what is owed for an order stands.
    pub fn account(&self) -> Account {
        if self.token.is_invoice() { Account::Receivable } else { Account::Gateway }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;
    use uuid::Uuid;

    #[test]
    fn an_invoice_is_for_customers_and_up_to_its_limit() {
        let total = |minor_units| Money::new(minor_units, Currency::GBP);
        let customer = Some(AccountId::new(Uuid::nil()));
        assert!(may_pay_on_invoice(customer, total(MAX_INVOICE_MINOR_UNITS)));
        assert!(!may_pay_on_invoice(customer, total(MAX_INVOICE_MINOR_UNITS + 1)));
        assert!(!may_pay_on_invoice(None, total(1)));
    }

    #[test]
    fn what_was_transferred_is_what_is_owed() {
        let owed = Money::new(12_90, Currency::GBP);
        for right in [None, Some("12.90"), Some(" 12.9 ")] {
            assert_eq!(transferred(right, owed), Ok(owed), "{right:?}");
        }
        for (typed, minor_units) in [("12.89", 12_89), ("12.91", 12_91), ("0", 0)] {
            let said = Money::new(minor_units, Currency::GBP);
            assert_eq!(transferred(Some(typed), owed), Err(TransferError::NotOwed { said, owed }));
        }
        for wrong in ["", "ten", "12.905", "£12.90"] {
            assert_eq!(transferred(Some(wrong), owed), Err(TransferError::Amount), "{wrong}");
        }
    }

    #[test]
    fn all_that_is_open_has_a_limit() {
        let total = |minor_units| Money::new(minor_units, Currency::GBP);
        assert!(fits_open_invoices(0, total(MAX_OPEN_INVOICES_MINOR_UNITS)));
        assert!(fits_open_invoices(MAX_OPEN_INVOICES_MINOR_UNITS - 1, total(1)));
        assert!(!fits_open_invoices(MAX_OPEN_INVOICES_MINOR_UNITS, total(1)));
        assert!(!fits_open_invoices(i64::MAX, total(i64::MAX)));
        // The dearest order of a new customer can be sold.
        assert!(fits_open_invoices(0, total(MAX_INVOICE_MINOR_UNITS)));
    }

    #[test]
    fn an_invoice_is_told_from_a_card() {
        let invoice = PaymentMethod::on_invoice().unwrap();
        assert_eq!((invoice.token.is_invoice(), invoice.account()), (true, Account::Receivable));
        assert!(
            invoice.label.is_invoice() && !"Visa ending in 4242".parse::<PaymentMethodLabel>().unwrap().is_invoice()
        );
        let card = PaymentMethod { token: "pm_card_visa".parse().unwrap(), ..invoice };
        assert_eq!((card.token.is_invoice(), card.account()), (false, Account::Gateway));
    }
}
