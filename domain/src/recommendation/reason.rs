use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::Title;

/// Fewer customers than this are never told about.
pub const MIN_CUSTOMERS_TOLD: u32 = 5;

/// Why something is recommended: a path in the graph, told to the shopper under "Why this?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Other customers bought both.
    BoughtTogether { with: Title, orders: u32 },
    /// It stands on the same shelf.
    SameCategory,
}

impl Reason {
    /// The reason that an edge gives, if enough customers stand behind it.
    pub fn bought_together(with: Title, orders: u32, customers: u32) -> Option<Self> {
        (customers >= MIN_CUSTOMERS_TOLD).then_some(Self::BoughtTogether { with, orders })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BoughtTogether { with, orders } => write!(f, "Bought together with {with} in {orders} orders."),
            Self::SameCategory => write!(f, "From the same category."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_customers_are_not_told_about() {
        let reason = |customers| Reason::bought_together("Desk lamp".parse().unwrap(), 214, customers);
        assert_eq!(reason(4), None);
        let told = reason(5).map(|reason| reason.to_string());
        assert_eq!(told.as_deref(), Some("Bought together with Desk lamp in 214 orders."));
    }
}
