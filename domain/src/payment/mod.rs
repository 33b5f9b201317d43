//! Payment: how an order is paid. Guards the rule that the store never sees a card number: the
//! gateway keeps it and hands out a token, and what is wrong with a card is found out in the browser
//! and at the gateway with the same rules. Only the checkout's saga calls the port; what it leads to
//! is written into the [`ledger`].

pub mod aftermath;
pub mod book;
mod card;
pub mod gift_card;
mod held;
mod hold;
mod invoice;
pub mod ledger;
mod minimum;
mod movement;
mod open_refund;
#[cfg(feature = "ports")]
pub mod ports;
mod proceeds;
pub mod webhook;

use std::time::Duration;

pub use card::{CardFault, CardFaults, CardField, MAX_NUMBER_DIGITS, MIN_NUMBER_DIGITS, fault_of};
pub use held::{HeldPayment, HeldState, PaymentPage};
pub use hold::{EndingHold, HOLD_LIFETIME, HOLD_NOTICE, HOLDS_SHOWN};
pub use invoice::{
    INVOICE_DAYS, MAX_INVOICE_MINOR_UNITS, MAX_OPEN_INVOICES_MINOR_UNITS, TransferError, TransferKind,
    fits_open_invoices, may_pay_on_invoice, transferred,
};
pub use minimum::minimum_charge;
pub use movement::{
    MAX_MOVEMENTS, Movement, MovementError, MovementId, MovementKind, MovementRequest, Progress, RefundReason, Tally,
};
pub use open_refund::OpenRefund;
pub use proceeds::Proceeds;
use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::text::TextError;

bounded_text!(
    /// The gateway's name for a way to pay that it keeps.
    PaymentMethodToken, 100, |text| {
        // A card number that slipped in here has no letter.
        let is_named = text.bytes().any(|b| b.is_ascii_alphabetic());
        let fits = is_named && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if fits { Ok(()) } else { Err(TextError::Shape { example: "pm_card_visa" }) }
    }
);

bounded_text!(
    /// A key of the gateway that browsers may see, which make names for cards with it and can do nothing
    /// else (<https://docs.stripe.com/keys>). A secret key is none.
    PublishableKey, 255, |text| {
        let fits = text.strip_prefix("pk_").is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        if fits { Ok(()) } else { Err(TextError::Shape { example: "pk_live_51H8s2kLq" }) }
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

bounded_text!(
    /// Where a shopper confirms a payment with their bank: a whole address, or a path of the store where
    /// the gateway is embedded in it.
    ChallengeUrl, 2000, |text| {
        let is_whole = text.starts_with("https://") || text.starts_with("http://");
        let is_path = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
        let is_address = (is_whole || is_path) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_address { Ok(()) } else { Err(TextError::Shape { example: "https://gateway.example/challenges/1" }) }
    }
);

/// How long a shopper has to confirm a payment with their bank, unless they show that they still wait. Units stay
/// reserved for them meanwhile, so it is as long as a reservation lasts that nobody extends.
pub const CHALLENGE_LIFETIME: Duration = Duration::from_mins(10);

/// Where the gateway sends the browser back to after a challenge, with `order={number}`.
pub const CHALLENGE_RETURN_PATH: &str = "/checkout/challenge";

/// A payment that the shopper has to confirm with their bank before it is held (3-D Secure).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    pub authorization: AuthorizationId,
    pub url: ChallengeUrl,
}

/// A way to pay that the shopper chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    pub token: PaymentMethodToken,
    pub label: PaymentMethodLabel,
}

/// Why a bank said no, or the store to an invoice, as far as a shopper can do something about it.
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
    #[error("your bank did not answer in time, and nothing was charged")]
    TooLate,
    #[error("the payment was not confirmed with your bank")]
    NotConfirmed,
    #[error("with this order your open invoices would come to more than we sell on invoice")]
    OpenInvoices,
}

impl DeclineReason {
    /// What the shopper does next.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::OpenInvoices => "please pay one of your open invoices first, or pay this order by card",
            Self::Declined
            | Self::InsufficientFunds
            | Self::Expired
            | Self::SecurityCode
            | Self::TooLate
            | Self::NotConfirmed => "please check the card or use another one",
        }
    }
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
        assert!("4242424242424242".parse::<PaymentMethodToken>().is_err());
        assert!("pm_4242424242424242".parse::<PaymentMethodToken>().is_ok());
    }

    #[test]
    fn a_key_that_browsers_see_is_no_secret() {
        for right in ["pk_test_1", "pk_live_51H8s2kLqW", &format!("pk_{}", "a".repeat(252))] {
            assert!(right.parse::<PublishableKey>().is_ok(), "{right}");
        }
        let secrets = ["sk_live_51H8s2kLqW", "rk_live_51H8s2kLqW", "whsec_1"];
        let wrong = ["", "pk_", "pk_live_\"><script>", "PK_live_1", &format!("pk_{}", "a".repeat(253))];
        for wrong in secrets.into_iter().chain(wrong) {
            assert!(wrong.parse::<PublishableKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_challenge_leads_to_a_gateway_or_stays_in_the_store() {
        for right in
            ["https://gateway.example/c/1?a=b", "http://127.0.0.1:4010/challenges/pi_1", "/sandbox/challenges/1"]
        {
            assert!(right.parse::<ChallengeUrl>().is_ok(), "{right}");
        }
        for wrong in ["", "//evil.example", "/\\evil.example", "javascript:alert(1)", "gateway.example", "https://a b"]
        {
            assert!(wrong.parse::<ChallengeUrl>().is_err(), "{wrong}");
        }
    }
}
