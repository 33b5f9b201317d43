use domain::checkout::{CheckoutStep, CheckoutView, Contact, IdempotencyKey, PlaceError, Reviewed, Totals};
use domain::pricing::Money;
use domain::shipment::{Delivery, Zone, customs_note, spoken_day};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::PlaceOrder;
use super::open::open_at;
use super::summary::StepPage;
use crate::cart::amounts::charge;
use crate::error::WireError;
use crate::form::{ErrorNotice, posted_error};
use crate::icon::{Glyph, Icon};
use crate::page::page;
use crate::payment::gift_card::{paid_with, tenders};
use crate::visitor::Visitor;

#[component]
pub fn ReviewPage() -> impl IntoView {
    let posted = posted_error();
    page(async {
        let today = Visitor::current()?.today;
        let Some(view) = open_at(CheckoutStep::Review).await? else { return Ok(None) };
        // A checkout that is open has a cart with an amount; without one nothing can be placed.
        let totals = view.cart.totals.ok_or(WireError::Unavailable)?;
        let (key, reviewed) = (view.draft.key, view.reviewed());
        let charged = view.charged().unwrap_or(totals.total());
        let answers = view! { <Answers view=view.clone() totals today /> };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Review heading="Check and place your order" view>
                <div class="stack stack--wide">
                    {posted.map(|error| view! { <ReviewNotice error now=totals.total() /> })} {answers} <PlaceForm key total=totals.total() charged reviewed />
                </div>
            </StepPage>
        }))
    })
}

#[component]
fn ReviewNotice(error: WireError, now: Money) -> impl IntoView {
    match error {
        WireError::Place(PlaceError::TotalsChanged { .. }) => view! { <NewTotal now /> }.into_any(),
        error => view! { <ErrorNotice error /> }.into_any(),
    }
}

/// The total as this page has it: the amounts in an address may come from anybody.
#[component]
fn NewTotal(now: Money) -> impl IntoView {
    view! {
        <div class="notice notice--warn" role="alert">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2>"The total has changed"</h2>
                <p>
                    "The amount that you saw is out of date; it is now " <b>{now.to_string()}</b>
                    ". Nothing was ordered or charged. Please look at it again."
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Everything that was answered in the steps before, each with a way back.
#[component]
fn Answers(view: CheckoutView, totals: Totals, today: Date) -> impl IntoView {
    let destination = view.draft.destination();
    let delivery = view.draft.chosen_delivery().unwrap_or(Delivery::standard(Zone::of_address(destination)));
    let arrives = spoken_day(delivery.arrives_on(view.cart.ships_from(today)));
    let label = delivery.option().label().to_lowercase();
    let customs = destination.and_then(|country| customs_note(country, totals.tax_owed().minor_units() > 0));
    let arrives = format!("{arrives}, {label}, {}", charge(totals.delivery()).to_lowercase());
    let contact = view.draft.contact.parse().ok();
    let paid_with = paid_by(&view, totals.total());
    view! {
        <dl class="answers">
            {contact
                .map(|contact| {
                    view! {
                        <Answer question="Contact" answer=reached_by(&contact) step=CheckoutStep::Address />
                        <Answer question="Deliver to" answer=in_a_line(&contact) step=CheckoutStep::Address />
                    }
                })}
            <Answer question="Arrives" answer=arrives step=CheckoutStep::Delivery />
            {customs
                .map(|customs| {
                    view! {
                        <div>
                            <dt>"Customs"</dt>
                            <dd>{customs}</dd>
                        </div>
                    }
                })} {paid_with.map(|answer| view! { <Answer question="Payment" answer step=CheckoutStep::Payment /> })}
        </dl>
    }
    .into_any()
}

/// What pays which part of a total, as far as it is chosen.
fn paid_by(view: &CheckoutView, total: Money) -> Option<String> {
    let tenders = tenders(&view.parts(), total, view.draft.payment.as_ref().map(|method| method.label.to_string()));
    (!tenders.is_empty()).then(|| paid_with(&tenders))
}

#[component]
fn Answer(question: &'static str, answer: String, step: CheckoutStep) -> impl IntoView {
    view! {
        <div>
            <dt>{question}</dt>
            <dd>{answer}</dd>
            <dd class="answers__change">
                <a href=step.path()>"Change" <span class="visually-hidden">": " {question}</span></a>
            </dd>
        </div>
    }
    .into_any()
}

fn reached_by(contact: &Contact) -> String {
    let phone = contact.phone.as_ref().map(|phone| format!(", {phone}")).unwrap_or_default();
    let vat_number = contact.vat_number.as_ref().map(|number| format!(", VAT number {number}")).unwrap_or_default();
    format!("{}{phone}{vat_number}", contact.email)
}

fn in_a_line(contact: &Contact) -> String {
    crate::order::address_lines(contact).join(", ")
}

#[component]
fn PlaceForm(
    key: IdempotencyKey,
    total: Money,
    /// What is left of it after gift cards.
    charged: Money,
    reviewed: Reviewed,
) -> impl IntoView {
    // What is paid for is charged to nobody, whatever the order is worth.
    let words = match charged.minor_units() {
        0 => "Place order, nothing left to pay".to_owned(),
        _ if charged != total => format!("Place order and pay {charged}"),
        _ => format!("Place order, {total}"),
    };
    view! {
        <form class="stack" method="post" action=PlaceOrder::url()>
            <input type="hidden" name="key" value=key.to_string() />
            <input type="hidden" name="seen" value=format!("{} {}", total.decimal(), total.currency().code()) />
            <input type="hidden" name="reviewed" value=reviewed.to_string() />
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    {words}
                </button>
            </div>
            <p class="small soft">
                "What you see is what you pay. Changed your mind later? See "
                <a href="/help/returns">"how to cancel or return something"</a> "."
            </p>
        </form>
    }
    .into_any()
}
