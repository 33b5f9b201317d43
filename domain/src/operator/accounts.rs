use super::Deed;
use crate::account::{Account, Role};

/// An account as those who run the store see it who help its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSheet {
    pub account: Account,
    /// Whether it asks for a code after the password.
    pub asks_for_codes: bool,
    /// What operators did with it, the oldest first.
    pub deeds: Vec<Deed>,
}

impl AccountSheet {
    /// Whether an operator may turn its codes off. Not those of another operator, who would let each other into
    /// everything: who has the data folder at hand helps them.
    pub fn can_turn_codes_off(&self) -> bool {
        self.asks_for_codes && self.account.role == Role::Customer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_are_on_are_turned_off_for_customers_alone() {
        let id = "0197b2c4d5e67f8091a2b3c4d5e6f708";
        let account = |role| Account {
            id: id.parse().unwrap(),
            email: "ada@example.com".parse().unwrap(),
            name: "Ada Lovelace".parse().unwrap(),
            role,
            cart: id.parse().unwrap(),
            opened_at: "2026-11-25T12:00:00Z".parse().unwrap(),
        };
        let can = |role, asks_for_codes| {
            AccountSheet { account: account(role), asks_for_codes, deeds: Vec::new() }.can_turn_codes_off()
        };
        assert!(can(Role::Customer, true));
        assert!(!can(Role::Customer, false));
        assert!(!can(Role::Operator, true));
    }
}
