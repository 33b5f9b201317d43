//! What the cart costs, delivery included, and the way to the checkout.

use domain::cart::PricedCart;
use domain::checkout::Totals;
use domain::shipment::DeliveryOption;
use leptos::prelude::*;

use super::amounts::{charge, items, missing_to_free_delivery};
use crate::icon::{Glyph, Icon};

/// What the cart costs. `arrives` is the day that standard delivery arrives when ordered now.
#[component]
pub fn CartSummary(cart: PricedCart, arrives: String) -> impl IntoView {
    let totals = cart.subtotal.and_then(|subtotal| Totals::new(subtotal, DeliveryOption::Standard).ok());
    let missing = totals.and_then(|totals| missing_to_free_delivery(totals.items()));
    let is_free = missing.is_none();
    let said = totals.map(|totals| format!("{}, total {}", items(cart.units), totals.total()));
    let way_on = if cart.is_ready() {
        view! {
            <a class="button button--signal button--large button--wide" href="/checkout">
                "Go to checkout"
            </a>
        }
        .into_any()
    } else {
        view! {
            <button class="button button--large button--wide" type="button" disabled aria-describedby="not-ready">
                "Go to checkout"
            </button>
            <p class="small" id="not-ready">
                "Something in your cart can't be bought as it is. Please look at the marked items first."
            </p>
        }
        .into_any()
    };
    view! {
        <aside class="panel" aria-labelledby="summary-title" data-said=said>
            <h2 id="summary-title">"Summary"</h2>
            {totals.map(|totals| view! { <TotalsList totals units=cart.units /> })}
            <p class="small soft" id="missing" hidden=is_free>
                {missing}
            </p>
            {way_on}
            <ul class="assurances">
                <li>
                    <Icon glyph=Glyph::Truck />
                    <span>"Arrives " <b>{arrives}</b></span>
                </li>
                <li>
                    <Icon glyph=Glyph::Lock />
                    <span>"Card details never reach our servers"</span>
                </li>
            </ul>
        </aside>
    }
    .into_any()
}

/// Items, delivery and total. What `units` are counted in: units in all lines together.
#[component]
pub fn TotalsList(totals: Totals, units: u32) -> impl IntoView {
    view! {
        <dl class="totals">
            <div>
                <dt>"Items (" {units} ")"</dt>
                <dd>{totals.items().to_string()}</dd>
            </div>
            <div>
                <dt>"Delivery"</dt>
                <dd>{charge(totals.delivery())}</dd>
            </div>
            <div class="totals__sum">
                <dt>"Total " <small>"Includes VAT"</small></dt>
                <dd>{totals.total().to_string()}</dd>
            </div>
        </dl>
    }
}
