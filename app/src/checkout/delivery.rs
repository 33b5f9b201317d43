use domain::checkout::CheckoutStep;
use domain::pricing::Money;
use domain::shipment::{DeliveryOption, spoken_day};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::KeepDelivery;
use super::open::open_at;
use super::summary::StepPage;
use crate::cart::amounts::charge;
use crate::form::PostedError;
use crate::page::page;
use crate::visitor::Visitor;

#[component]
pub fn DeliveryPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async {
        let today = Visitor::current()?.today;
        let Some(view) = open_at(CheckoutStep::Delivery).await? else { return Ok(None) };
        let chosen = view.draft.delivery.unwrap_or_default();
        let charges = view.charges.clone();
        let choice = move |option: DeliveryOption| {
            let day = spoken_day(option.arrives_on(today));
            let price = charges.iter().find(|(of, _)| *of == option).map(|(_, charge)| *charge);
            view! { <DeliveryChoice option day price is_chosen=option == chosen /> }
        };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Delivery heading="When should it arrive?" view>
                {posted}
                <form class="form" method="post" action=KeepDelivery::url()>
                    <fieldset class="form__group">
                        <legend class="visually-hidden">"Delivery"</legend>
                        <div class="choices">{DeliveryOption::ALL.map(choice).collect_view()}</div>
                    </fieldset>
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
fn DeliveryChoice(option: DeliveryOption, day: String, price: Option<Money>, is_chosen: bool) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name="delivery" value=option.parameter() checked=is_chosen required />
            <span class="choice__title">{day}</span>
            <span class="choice__note">{option.label()}</span>
            <span class="choice__price">{price.map(charge)}</span>
        </label>
    }
    .into_any()
}
