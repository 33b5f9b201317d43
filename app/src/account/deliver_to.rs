//! The address book in the checkout.

use domain::account::ports::AddressBook;
use domain::account::{SavedAddress, SignedIn};
use domain::checkout::ContactForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::signed_in;
use crate::checkout::api::KeepContact;
use crate::error::WireError;
use crate::order::address_lines;
use crate::port::port;

/// What the account of who buys knows; nothing for a guest.
#[derive(Debug, Clone, Default)]
pub struct Saved {
    signed_in: Option<SignedIn>,
    addresses: Vec<SavedAddress>,
}

impl Saved {
    /// Reads it for who is signed in.
    ///
    /// # Errors
    /// [`WireError::Unavailable`].
    pub async fn read() -> Result<Self, WireError> {
        let Some(signed_in) = signed_in() else { return Ok(Self::default()) };
        let addresses = port::<dyn AddressBook>()?.list(signed_in.account.id).await?;
        Ok(Self { signed_in: Some(signed_in), addresses })
    }

    /// What the form of a new checkout begins with; what was typed there already stays.
    pub fn begin(&self, is_new: bool, typed: ContactForm) -> ContactForm {
        let Some(SignedIn { account, .. }) = self.signed_in.as_ref().filter(|_| is_new) else { return typed };
        match self.addresses.first() {
            Some(saved) => ContactForm::from(&saved.recipient.contact(&account.email)),
            None => ContactForm { email: account.email.to_string(), name: account.name.to_string(), ..typed },
        }
    }
}

/// One button for each saved address, above the form.
#[component]
pub fn DeliverTo(saved: Saved) -> impl IntoView {
    let Saved { signed_in: Some(signed_in), addresses } = saved else { return None };
    if addresses.is_empty() {
        return None;
    }
    let email = signed_in.account.email;
    let choice = move |saved: SavedAddress| {
        let contact = saved.recipient.contact(&email);
        let lines = address_lines(&contact).into_iter().map(|line| view! { {line} <br /> }).collect_view();
        let form = ContactForm::from(&contact);
        let fields = [
            ("email", form.email),
            ("name", form.name.clone()),
            ("phone", form.phone),
            ("line1", form.line1.clone()),
            ("line2", form.line2),
            ("city", form.city),
            ("region", form.region),
            ("postcode", form.postcode),
            ("country", form.country),
        ];
        let hidden = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
        view! {
            <li class="saved-address">
                <address>{lines}</address>
                <form method="post" action=KeepContact::url()>
                    {hidden}
                    <button class="button" type="submit">
                        "Deliver here"
                        <span class="visually-hidden">": " {form.name} ", " {form.line1}</span>
                    </button>
                </form>
            </li>
        }
    };
    Some(view! {
        <section class="deliver-to" aria-labelledby="deliver-to">
            <h2 id="deliver-to">"Your addresses"</h2>
            <ul class="saved-addresses">{addresses.into_iter().map(choice).collect_view()}</ul>
            <p class="soft">"Or deliver to another address:"</p>
        </section>
    })
}
