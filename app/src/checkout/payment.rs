use domain::checkout::{CheckoutStep, PlaceError};
use domain::payment::{DeclineReason, PaymentMethod};
use leptos::prelude::*;

use super::open::open_at;
use super::summary::StepPage;
use crate::error::WireError;
use crate::form::{ErrorNotice, posted_error, sentence};
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::payment::card::{CardField, CardForm};
use crate::payment::test_cards::TestCards;
use crate::store::Store;

/// `/checkout/payment`, with `card_error={field}` when the gateway could not accept the card.
#[component]
pub fn PaymentPage() -> impl IntoView {
    let posted = posted_error();
    let wrong = query().get_str("card_error").and_then(CardField::from_parameter);
    page(async move {
        let store = Store::current();
        let Some(view) = open_at(CheckoutStep::Payment).await? else { return Ok(None) };
        let declined = matches!(posted, Some(WireError::Place(PlaceError::Declined { .. })));
        let chosen = view.draft.payment.clone().filter(|_| !declined && wrong.is_none());
        let is_sandbox = store.uses_sandbox();
        let back = format!("/checkout/payment/return?checkout={}", view.draft.key);
        // A gateway elsewhere can only lead back to a whole address.
        let return_url = if is_sandbox { back } else { store.url(&back) };
        let form = view! {
            <CardForm action=store.card_form_action.to_string() return_url wrong>
                <a href=CheckoutStep::Delivery.path()>"Back to delivery"</a>
            </CardForm>
            {is_sandbox.then(|| view! { <TestCards /> })}
        };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Payment heading="How will you pay?" view>
                <div class="stack stack--wide">
                    {posted.map(|error| view! { <PaymentNotice error /> })}
                    {match chosen {
                        Some(method) => view! { <ChosenMethod method>{form}</ChosenMethod> }.into_any(),
                        None => form.into_any(),
                    }}
                </div>
            </StepPage>
        }))
    })
}

#[component]
fn PaymentNotice(error: WireError) -> impl IntoView {
    match error {
        WireError::Place(PlaceError::Declined { reason }) => view! { <Declined reason /> }.into_any(),
        error => view! { <ErrorNotice error /> }.into_any(),
    }
}

#[component]
fn Declined(reason: DeclineReason) -> impl IntoView {
    view! {
        <div class="notice notice--bad" role="alert" id="errors">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2>{sentence(&reason.to_string())}</h2>
                <p>"Nothing was charged and your cart is kept. Please check the card or use another one."</p>
            </div>
        </div>
    }
    .into_any()
}

/// The card that was given before, and the form for another one as `children`.
#[component]
fn ChosenMethod(method: PaymentMethod, children: Children) -> impl IntoView {
    view! {
        <dl class="answers">
            <div>
                <dt>"Payment"</dt>
                <dd>{method.label.to_string()}</dd>
            </div>
        </dl>
        <div class="form__actions">
            <a class="button button--signal button--large" href=CheckoutStep::Review.path()>
                "Continue to review"
            </a>
        </div>
        <details class="other-card">
            <summary>"Use another card"</summary>
            {children()}
        </details>
    }
    .into_any()
}
