//! Payment: how an order is paid. Guards the rule that the store never sees a card number: the
//! gateway keeps it and hands out a token. Only the checkout's saga calls the port; what it leads to
//! is written into the [`ledger`].

pub mod ledger;
#[cfg(feature = "ports")]
pub mod ports;

use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::text::TextError;

bounded_text!(
    /// The gateway's name for a way to pay that it keeps.
    PaymentMethodToken, 100, |text| {
        let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if fits { Ok(()) } else { Err(TextError::Shape { example: "pm_card_visa" }) }
    }
);

bounded_text!(
    /// How a shopper recognises a way to pay: `Visa ending in 4242`.
    PaymentMethodLabel, 60, |text| {
        // A card number that slipped in here would reach the database.
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits <= 4 { Ok(()) } else { Err(TextError::Shape { example: "Visa ending in 4242" }) }
    }
);

bounded_text!(
    /// The gateway's name for an amount it holds for us.
    AuthorizationId, 100
);

/// A way to pay that the shopper chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    pub token: PaymentMethodToken,
    pub label: PaymentMethodLabel,
}

/// Why a bank said no, as far as a shopper can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    #[error("your bank declined the card")]
    Declined,
    #[error("there is not enough money on the card")]
    InsufficientFunds,
    #[error("the card has expired")]
    Expired,
    #[error("the security code is wrong")]
    SecurityCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_neither_a_label_nor_a_token() {
        assert!("Visa ending in 4242".parse::<PaymentMethodLabel>().is_ok());
        assert!("4242424242424242".parse::<PaymentMethodLabel>().is_err());
        assert!("4242 4242 4242 4242".parse::<PaymentMethodLabel>().is_err());
        assert!("4242 4242 4242 4242".parse::<PaymentMethodToken>().is_err());
    }
}
