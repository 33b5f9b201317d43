use std::fmt;

use crate::account::AccountId;
use crate::cart::CartId;

/// Whose history it is: an account's, or a guest's by their signed cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    Account(AccountId),
    Guest(CartId),
}

/// The key of the customer in the graph.
impl fmt::Display for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(f, "account-{account}"),
            Self::Guest(cart) => write!(f, "guest-{cart}"),
        }
    }
}
