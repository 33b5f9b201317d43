use domain::checkout::{CheckoutStep, ContactField, ContactForm, FieldErrors};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::KeepContact;
use super::check::ContactCheck;
use super::fields::{AddressFields, ContactText, FieldErrorSummary};
use super::open::open_at;
use super::summary::StepPage;
use crate::account::deliver_to::{DeliverTo, Saved};
use crate::form::PostedError;
use crate::page::page;

#[component]
pub fn AddressPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async {
        let Some(view) = open_at(CheckoutStep::Address).await? else { return Ok(None) };
        let saved = Saved::read().await?;
        let is_new = !view.draft.contact_posted;
        let contact = saved.begin(is_new, view.draft.contact.clone());
        let errors = if is_new { Vec::new() } else { contact.parse().err().unwrap_or_default() };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Address heading="Where should it go?" view>
                {posted} <DeliverTo saved />
                <ContactCheck>
                    <AddressForm contact errors />
                </ContactCheck>
            </StepPage>
        }))
    })
}

#[component]
fn AddressForm(contact: ContactForm, errors: FieldErrors) -> impl IntoView {
    view! {
        <form class="form" method="post" action=KeepContact::url() novalidate>
            <FieldErrorSummary errors=errors.clone() />
            <fieldset class="form__group">
                <legend>"Contact"</legend>
                <ContactText field=ContactField::Email value=contact.email.clone() errors=errors.clone() />
                <ContactText field=ContactField::Phone value=contact.phone.clone() errors=errors.clone() />
                <ContactText
                    field=ContactField::VatNumber
                    value=contact.vat_number.clone()
                    errors=errors.clone()
                />
            </fieldset>
            <fieldset class="form__group">
                <legend>"Delivery address"</legend>
                <AddressFields contact errors />
            </fieldset>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Continue to delivery"
                </button>
                <a href="/cart">"Back to the cart"</a>
            </div>
        </form>
    }
    .into_any()
}
