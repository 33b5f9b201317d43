//! The form of one address of the book.

use domain::account::ports::AddressBook;
use domain::account::{Recipient, SavedAddressId, SignedIn};
use domain::checkout::{ContactField, ContactForm, FieldErrors};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::KeepAddress;
use super::frame::AccountPage;
use super::require;
use crate::checkout::check::ContactCheck;
use crate::checkout::fields::{AddressFields, ContactText, FieldErrorSummary};
use crate::error::NotFoundPage;
use crate::form::PostedError;
use crate::page::{page, path_parameter};
use crate::port::port;
use crate::typed;

/// `/account/addresses/{id}`, or `/account/addresses/new`.
#[component]
pub fn AddressPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let asked = path_parameter("id");
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let id = asked.parse::<SavedAddressId>().ok();
        let typed = typed::take_address(typed::kept(), &asked);
        if id.is_none() && asked != "new" {
            return Ok(Some(view! { <NotFoundPage /> }.into_any()));
        }
        let (stored, is_default) = match id {
            Some(id) => {
                let book = port::<dyn AddressBook>()?.list(signed_in.account.id).await?;
                let Some(saved) = book.into_iter().find(|saved| saved.id == id) else {
                    return Ok(Some(view! { <NotFoundPage /> }.into_any()));
                };
                (ContactForm::from(&saved.recipient.contact(&signed_in.account.email)), saved.is_default)
            }
            None => (ContactForm { name: signed_in.account.name.to_string(), ..ContactForm::default() }, false),
        };
        let errors = typed.as_ref().map(|form| errors_of(form, &signed_in)).unwrap_or_default();
        let contact = typed.unwrap_or(stored);
        let title = if id.is_some() { "Change an address" } else { "Add an address" };
        Ok(Some(
            view! {
                <AccountPage title signed_in>
                    {posted}
                    <ContactCheck>
                        <AddressForm id contact errors is_default />
                    </ContactCheck>
                </AccountPage>
            }
            .into_any(),
        ))
    })
}

fn errors_of(form: &ContactForm, SignedIn { account, .. }: &SignedIn) -> FieldErrors {
    Recipient::parse(form, &account.email).err().unwrap_or_default()
}

#[component]
fn AddressForm(
    id: Option<SavedAddressId>,
    contact: ContactForm,
    errors: FieldErrors,
    is_default: bool,
) -> impl IntoView {
    let phone = contact.phone.clone();
    view! {
        <form class="form" method="post" action=KeepAddress::url() novalidate>
            <FieldErrorSummary errors=errors.clone() />
            {id.map(|id| view! { <input type="hidden" name="id" value=id.to_string() /> })}
            <AddressFields contact errors=errors.clone() />
            <ContactText field=ContactField::Phone value=phone errors />
            {(!is_default)
                .then(|| {
                    view! {
                        <label class="check">
                            <input type="checkbox" name="default" value="yes" />
                            "The checkout begins with this address"
                        </label>
                    }
                })}
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Save address"
                </button>
                <a href="/account/addresses">"Back to the addresses"</a>
            </div>
        </form>
    }
    .into_any()
}
