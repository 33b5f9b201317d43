//! The forms that put something into the cart.

use domain::cart::MAX_LINE_QUANTITY;
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddLine, parse_quantity};
use super::shared::shared;
use crate::icon::{Glyph, Icon};

/// The small form on a product's card: adds one unit.
#[island]
pub fn AddToCart(sku: Sku, title: Title) -> impl IntoView {
    let name = title.to_string();
    let posted = sku.to_string();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        shared().add(sku.clone(), title.clone(), Quantity::ONE);
    };
    view! {
        <form class="add-to-cart" method="post" action=AddLine::url() on:submit=submit>
            <input type="hidden" name="sku" value=posted />
            <input type="hidden" name="quantity" value="1" />
            <button class="button button--small" type="submit">
                "Add to cart"
                <span class="visually-hidden">": " {name}</span>
            </button>
        </form>
    }
}

/// The form on a product's page, for the variant that is chosen at the moment.
#[component]
pub fn AddToCartForm(
    #[prop(into)] sku: Signal<Sku>,
    title: Title,
    #[prop(into)] sold_out: Signal<bool>,
    /// What stands beside the button where the button sticks to the foot of a phone: the price.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let quantity = RwSignal::new("1".to_owned());
    let is_wrong = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match quantity.with_untracked(|typed| parse_quantity(typed)) {
            Ok(Some(units)) if units.get() <= MAX_LINE_QUANTITY => {
                is_wrong.set(false);
                shared().add(sku.get_untracked(), title.clone(), units);
            }
            _ => is_wrong.set(true),
        }
    };
    view! {
        <form class="buy" id="buy" method="post" action=AddLine::url() on:submit=submit>
            <input type="hidden" name="sku" value=move || sku.get().to_string() />
            <div class="buy__quantity">
                <label for="quantity">"Quantity"</label>
                <input
                    class="field__input"
                    id="quantity"
                    name="quantity"
                    type="number"
                    inputmode="numeric"
                    autocomplete="off"
                    min="1"
                    max=MAX_LINE_QUANTITY
                    step="1"
                    required
                    value="1"
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby=move || is_wrong.get().then_some("quantity-error")
                    on:input=move |event| quantity.set(event_target_value(&event))
                />
            </div>
            {move || {
                is_wrong
                    .get()
                    .then(|| {
                        view! {
                            <p class="field__error" id="quantity-error" role="alert">
                                "Choose a whole number from 1 to "
                                {MAX_LINE_QUANTITY}
                            </p>
                        }
                    })
            }}
            <div class="buy__bar">
                {children.map(|children| children())}
                <button class="button button--signal button--large" type="submit" disabled=move || sold_out.get()>
                    <Icon glyph=Glyph::Cart />
                    {move || if sold_out.get() { "Sold out" } else { "Add to cart" }}
                </button>
            </div>
        </form>
    }
}
