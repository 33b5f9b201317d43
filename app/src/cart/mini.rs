//! The header's link to the cart, and the panel beside it.

use leptos::prelude::*;

use super::notice::{CartNotice, CartNoticeLine};
use super::panel::MiniCart;
use crate::error::WireError;
use crate::icon::{Glyph, Icon};

/// The link with the number of units in the cart. The forms that add something count on from
/// there, and open the panel.
#[component]
pub fn CartLink(units: u32) -> impl IntoView {
    view! {
        <a class="header-link" id="cart-link" href="/cart">
            <Icon glyph=Glyph::Cart />
            <span class="header-link__text">"Cart"</span>
            <span class="header-link__count" hidden=units == 0>
                <span class="visually-hidden">", items: "</span>
                <span id="cart-units">{units}</span>
            </span>
        </a>
        <div class="visually-hidden" id="cart-said" role="status"></div>
        <MiniCart>
            <div class="mini-cart__top">
                <h2 id="mini-cart-title"></h2>
                <button class="icon-button" type="button">
                    <Icon glyph=Glyph::Close />
                    <span class="visually-hidden">"Close"</span>
                </button>
            </div>
            <div id="mini-cart-content"></div>
            <div class="mini-cart__actions">
                <a class="button" href="/cart">
                    "View cart"
                </a>
                <a class="button button--signal" href="/checkout">
                    "Checkout"
                </a>
            </div>
            <Words />
        </MiniCart>
    }
    .into_any()
}

/// What the panel says in each case.
#[component]
fn Words() -> impl IntoView {
    let unreachable = CartNotice::Refused { error: WireError::Unreachable };
    view! {
        <template id="mini-cart-adding">
            <Icon glyph=Glyph::Cart />
            "Adding to your cart…"
        </template>
        <template id="mini-cart-added">
            <Icon glyph=Glyph::CheckCircle />
            "Added to your cart"
        </template>
        <template id="mini-cart-refused">
            <Icon glyph=Glyph::Warning />
            "Not added"
        </template>
        <template id="mini-cart-line">
            <ul class="lines lines--compact">
                <li class="line line--compact">
                    <div class="picture"></div>
                    <div class="line__what">
                        <h3></h3>
                        <p class="line__options"></p>
                    </div>
                    <p class="line__price"></p>
                </li>
            </ul>
        </template>
        <template id="unreachable">
            <CartNoticeLine notice=unreachable />
        </template>
    }
    .into_any()
}
