use domain::account::Recipient;
use domain::checkout::{AddressChangeError, ContactField, ContactForm, FieldErrors};
use domain::order::{Order, OrderAccess};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ChangeAddress;
use super::order_path;
use super::status::{read, steps_to_order};
use crate::answer::{never_cache, send_to, with_error};
use crate::checkout::check::ContactCheck;
use crate::checkout::fields::{AddressFields, ContactText, FieldErrorSummary};
use crate::error::NotFoundPage;
use crate::form::PostedError;
use crate::page::{page, path_parameter, query};
use crate::seo::PageHead;
use crate::trail::{Crumb, Trail};
use crate::typed;

/// `/orders/{number}/address?access=…`: where an order is to go instead, as long as it waits to be sent.
#[component]
pub fn AddressChangePage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let number = path_parameter("number").parse().ok();
    let access = query().get_str("access").and_then(|raw| raw.parse().ok());
    let typed = typed::kept();
    page(async move {
        never_cache();
        let Some((order, access)) = read(number, access).await? else {
            return Ok(Some(view! { <NotFoundPage /> }.into_any()));
        };
        let path = order_path(order.number, &access);
        if !order.waits_to_be_sent() {
            let too_late = AddressChangeError::TooLate { state: order.state };
            send_to(&with_error(&path, too_late.into()));
            return Ok(None);
        }
        let typed = typed::take_address(typed, &order.number.to_string());
        let errors = typed.as_ref().map(|form| errors_of(form, &order)).unwrap_or_default();
        let contact = typed.unwrap_or_else(|| ContactForm::from(&order.contact));
        let mut steps = steps_to_order();
        steps.push(Crumb::new(format!("Order {}", order.number), path.clone()));
        Ok(Some(
            view! {
                <PageHead title="Change the address" />
                <div class="page">
                    <Trail steps here="Change the address" />
                    <div class="page-head">
                        <h1>"Where should it go instead?"</h1>
                        <p>
                            "Order " <span class="order-number">{order.number.to_string()}</span>
                            " is not sent yet. What it costs and when it arrives stay as they are."
                        </p>
                    </div>
                    {posted}
                    <ContactCheck>
                        <AddressChangeForm order access contact errors back=path />
                    </ContactCheck>
                </div>
            }
            .into_any(),
        ))
    })
}

/// What is wrong with the fields, in the country that the order goes to.
fn errors_of(form: &ContactForm, order: &Order) -> FieldErrors {
    let form = ContactForm { country: order.contact.address.country.code().to_owned(), ..form.clone() };
    Recipient::parse(&form, &order.contact.email).err().unwrap_or_default()
}

#[component]
fn AddressChangeForm(
    order: Order,
    access: OrderAccess,
    contact: ContactForm,
    errors: FieldErrors,
    back: String,
) -> impl IntoView {
    let phone = contact.phone.clone();
    let within = order.contact.address.country;
    view! {
        <form class="form" method="post" action=ChangeAddress::url() novalidate>
            <FieldErrorSummary errors=errors.clone() />
            <input type="hidden" name="number" value=order.number.to_string() />
            <input type="hidden" name="access" value=access.to_string() />
            <input type="hidden" name="seen" value=order.address_version().0.to_string() />
            <AddressFields contact errors=errors.clone() within />
            <ContactText field=ContactField::Phone value=phone errors />
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Send it there"
                </button>
                <a href=back>"Leave it as it is"</a>
            </div>
        </form>
    }
    .into_any()
}
