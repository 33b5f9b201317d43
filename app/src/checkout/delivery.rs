use domain::checkout::{CheckoutStep, Country};
use domain::pricing::Money;
use domain::shipment::{Delivery, Zone, customs_note, spoken_day};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::KeepDelivery;
use super::open::open_at;
use super::summary::StepPage;
use crate::cart::amounts::charge;
use crate::form::PostedError;
use crate::icon::{Glyph, Icon};
use crate::page::page;
use crate::visitor::Visitor;

#[component]
pub fn DeliveryPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async {
        let today = Visitor::current()?.today;
        let Some(view) = open_at(CheckoutStep::Delivery).await? else { return Ok(None) };
        let country = view.draft.destination().unwrap_or(Country::HOME);
        let is_taxed = view.cart.totals.is_some_and(|totals| totals.tax_owed().minor_units() > 0);
        let chosen = view.draft.chosen_delivery().unwrap_or(Delivery::standard(Zone::of(country)));
        let ships_from = view.cart.ships_from(today);
        let choice = move |(delivery, price): (Delivery, Money)| {
            let day = spoken_day(delivery.arrives_on(ships_from));
            view! { <DeliveryChoice delivery day price is_chosen=delivery == chosen /> }
        };
        let choices = view.charges.iter().copied().map(choice).collect_view();
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Delivery heading="When should it arrive?" view>
                {posted}
                <form class="form" method="post" action=KeepDelivery::url()>
                    <fieldset class="form__group">
                        <legend class="visually-hidden">"Delivery"</legend>
                        <div class="choices">{choices}</div>
                    </fieldset>
                    <Abroad country is_taxed />
                    <div class="form__actions">
                        <button class="button button--signal button--large" type="submit">
                            "Continue to payment"
                        </button>
                        <a href=CheckoutStep::Address.path()>"Back to address"</a>
                    </div>
                </form>
            </StepPage>
        }))
    })
}

#[component]
fn DeliveryChoice(delivery: Delivery, day: String, price: Money, is_chosen: bool) -> impl IntoView {
    let option = delivery.option();
    view! {
        <label class="choice">
            <input type="radio" name="delivery" value=option.parameter() checked=is_chosen required />
            <span class="choice__title">{day}</span>
            <span class="choice__note">{option.label()}</span>
            <span class="choice__price">{charge(price)}</span>
        </label>
    }
    .into_any()
}

/// What somebody has to know whose address is in another country than the store.
#[component]
fn Abroad(country: Country, is_taxed: bool) -> impl IntoView {
    customs_note(country, is_taxed).map(|customs| {
        let home = Country::HOME.in_words();
        view! {
            <div class="notice">
                <Icon glyph=Glyph::Info />
                <p>
                    {customs} " "
                    {format!("Express delivery is for {home} only: to {} we could not keep its promise.", country.in_words())}
                </p>
            </div>
        }
    })
}
