use domain::checkout::{CheckoutStep, IdempotencyKey, PlaceError};
use domain::payment::{CardFaults, DeclineReason, INVOICE_DAYS, PaymentMethod, may_pay_on_invoice};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{GIFT_CARD_FORM, KeepInvoice};
use super::open::open_at;
use super::summary::StepPage;
use crate::account::buyer;
use crate::error::WireError;
use crate::form::{ErrorNotice, posted_error, sentence};
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::payment::RETURN_PATH;
use crate::payment::card::CardForm;
use crate::payment::card_element::ElementForm;
use crate::payment::gift_card::{Covered, GiftCards};
use crate::payment::store_credit::offered;
use crate::payment::test_cards::TestCards;
use crate::store::Store;
use crate::typed;

/// `/checkout/payment`, with `card_error={faults}` when the gateway could not accept the card.
#[component]
pub fn PaymentPage() -> impl IntoView {
    let posted = posted_error();
    let faults = CardFaults::from_parameter(query().get_str("card_error").unwrap_or_default());
    page(async move {
        let store = Store::current();
        let Some(view) = open_at(CheckoutStep::Payment).await? else { return Ok(None) };
        let declined = matches!(posted, Some(WireError::Place(PlaceError::Declined { .. })));
        let may_pay_later = view.charged().is_some_and(|charged| may_pay_on_invoice(buyer(), charged));
        let is_covered = view.is_covered();
        let is_open =
            |method: &PaymentMethod| !method.token.is_gift_cards() && (may_pay_later || !method.token.is_invoice());
        let chosen = view.draft.payment.clone().filter(|_| !declined && faults.is_empty()).filter(is_open);
        let is_sandbox = store.uses_sandbox();
        let form = view! {
            <CardWay store key=view.draft.key faults may_pay_later />
            {may_pay_later.then(|| view! { <PayLater /> })}
            {is_sandbox.then(|| view! { <TestCards /> })}
        };
        let refused = match &posted {
            Some(WireError::GiftCard(refused)) => Some(*refused),
            _ => None,
        };
        let notice = posted.filter(|_| refused.is_none()).map(|error| view! { <PaymentNotice error /> });
        let typed = refused.and_then(|_| typed::kept().of(GIFT_CARD_FORM)).map(|mut typed| typed.take("gift_card"));
        let credit = offered(&view, buyer()).await?;
        let gift_cards = view! { <GiftCards view=view.clone() credit refused typed=typed.unwrap_or_default() /> };
        let way = match chosen {
            _ if is_covered => view! { <Covered /> }.into_any(),
            Some(method) => view! { <ChosenMethod method>{form}</ChosenMethod> }.into_any(),
            None => form.into_any(),
        };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Payment heading="How will you pay?" view>
                <div class="stack stack--wide">{notice} {gift_cards} {way}</div>
            </StepPage>
        }))
    })
}

/// The form for a card: around the gateway's own field, or one that posts to the gateway.
#[component]
fn CardWay(store: Store, key: IdempotencyKey, faults: CardFaults, may_pay_later: bool) -> impl IntoView {
    let back_to_delivery = || view! { <a href=CheckoutStep::Delivery.path()>"Back to delivery"</a> };
    if let Some(element) = store.card_element {
        return view! { <ElementForm element checkout=key may_pay_later>{back_to_delivery()}</ElementForm> }.into_any();
    }
    let back = format!("{RETURN_PATH}?checkout={key}");
    // A gateway elsewhere can only lead back to a whole address.
    let return_url = if store.uses_sandbox() { back } else { store.url(&back) };
    view! {
        <CardForm action=store.card_form_action.to_string() return_url faults>
            {back_to_delivery()}
        </CardForm>
    }
    .into_any()
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
                <p>{format!("Nothing was charged and your cart is kept. {}", sentence(reason.advice()))}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The other way to pay, for customers whom the store knows.
#[component]
fn PayLater() -> impl IntoView {
    view! {
        <form class="panel stack" method="post" action=KeepInvoice::url() aria-labelledby="invoice-title">
            <h2 id="invoice-title">"Pay on invoice"</h2>
            <p>{format!("The goods come first. You pay by transfer, within {INVOICE_DAYS} days after the parcel has left.")}</p>
            <div class="form__actions">
                <button class="button" type="submit">
                    "Pay on invoice"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The way to pay that was chosen before, and the form for another one as `children`.
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
        <details>
            <summary>"Pay in another way"</summary>
            {children()}
        </details>
    }
    .into_any()
}
