//! What every page says about the store itself.

use std::sync::Arc;

use domain::checkout::Email;
use domain::order::letter::Letterhead;
use domain::payment::PublishableKey;
use domain::pricing::Currency;
use domain::pricing::tax::TaxTable;

use crate::payment::SANDBOX_PATH;

/// The store's name, address and assets; the server puts it into the context once.
#[derive(Debug, Clone)]
pub struct Store {
    pub name: Arc<str>,
    /// `https://shop.example` without a slash at the end; canonical addresses start with it.
    pub base_url: Arc<str>,
    /// The name of the script and style files without their endings, with their content's hash:
    /// `cartograph.1a2b3c4d`.
    pub assets: Arc<str>,
    /// Where the payment form posts card details, where there is no field of the gateway's: the gateway's own
    /// address.
    pub card_form_action: Arc<str>,
    /// The gateway's own field for cards, where it has one.
    pub card_element: Option<CardElement>,
    pub currency: Currency,
    /// Where shoppers write to; `None` where the operator has not published an address.
    pub contact_email: Option<Email>,
    /// What the countries that it delivers to ask for.
    pub taxes: Arc<TaxTable>,
}

/// A field for cards that a script of the gateway draws into the payment page, so that no number comes near the
/// store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardElement {
    /// The address of the script, which speaks as Stripe.js does.
    pub script: Arc<str>,
    pub key: PublishableKey,
}

impl Store {
    /// The full address of a path of the store.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// Whom letters and documents are from.
    pub fn letterhead(&self) -> Letterhead {
        Letterhead {
            store_name: self.name.as_ref().into(),
            base_url: self.base_url.as_ref().into(),
            contact_email: self.contact_email.clone(),
        }
    }

    /// Whether the embedded gateway takes the cards, which are test cards.
    pub fn uses_sandbox(&self) -> bool {
        self.card_form_action.starts_with(SANDBOX_PATH)
    }

    pub fn current() -> Self {
        leptos::prelude::expect_context()
    }
}
