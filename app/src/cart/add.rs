//! The forms that put something into the cart.

use domain::cart::MAX_LINE_QUANTITY;
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AddLine;
use super::live::CartChanges;
use crate::icon::{Glyph, Icon};

/// The small form on a product's card: adds one unit.
#[component]
pub fn AddToCart(sku: Sku, title: Title) -> impl IntoView {
    let name = title.to_string();
    view! {
        <CartChanges>
            <form method="post" action=AddLine::url() data-title=name.clone()>
                <input type="hidden" name="sku" value=sku.to_string() />
                <input type="hidden" name="quantity" value="1" />
                <button class="button button--small" type="submit">
                    "Add to cart"
                    <span class="visually-hidden">": " {name.clone()}</span>
                </button>
            </form>
        </CartChanges>
    }
    .into_any()
}

/// The form on a product's page, for the variant that is chosen at the moment.
#[component]
pub fn AddToCartForm(
    /// `sku`, or `look` where the shopper has not chosen what fits: the server then asks for it.
    field: &'static str,
    sku: Sku,
    title: Title,
    quantity: Quantity,
    sold_out: bool,
    /// What stands beside the button where the button sticks to the foot of a phone: the price.
    children: Children,
) -> impl IntoView {
    view! {
        <CartChanges>
            <form class="buy" id="buy" method="post" action=AddLine::url() data-title=title.to_string()>
                <input type="hidden" name=field value=sku.to_string() />
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
                        value=quantity.get()
                    />
                </div>
                <div class="buy__bar">
                    {children()}
                    <button class="button button--signal button--large" type="submit" disabled=sold_out>
                        <Icon glyph=Glyph::Cart />
                        <span id="buy-words">{buy_words(sold_out)}</span>
                    </button>
                </div>
            </form>
        </CartChanges>
    }
    .into_any()
}

pub(crate) const fn buy_words(sold_out: bool) -> &'static str {
    if sold_out { "Sold out" } else { "Add to cart" }
}
