use crate::account::AccountId;
use crate::checkout::Email;
use crate::pricing::tax::CustomerKind;

/// Who a cart is priced for, as far as anybody knows. Nobody proves an e-mail address that is typed in a checkout:
/// one shopper is whoever has the same account or the same address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shopper {
    /// Of somebody who is signed in.
    pub account: Option<AccountId>,
    /// Where the checkout knows it.
    pub email: Option<Email>,
    /// Where the checkout knows it.
    pub kind: Option<CustomerKind>,
}
