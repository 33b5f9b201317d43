//! What is on the cart page: notices, lines, what was saved for later, and the summary.

use domain::cart::{CartVersion, PricedCart, PricedLine};
use domain::catalog::Sku;
use domain::inventory::AvailableUnits;
use leptos::prelude::*;

use super::amounts::items;
use super::compact::{LinePicture, details};
use super::coupon::Typed;
use super::line::CartLine;
use super::live::CartChanges;
use super::notice::{CartNotice, CartNoticeLine};
use super::saved::SavedLines;
use super::summary::CartSummary;
use super::view::Promise;
use crate::catalog::best::BestRated;
use crate::icon::{Glyph, Icon};
use crate::inventory::watched::KeepsUp;
use crate::recommendation::shelf::GoesWithCart;

/// `notice` tells of the change that led here, and `typed` is a code that was refused. A script that posts a change takes
/// over what has an id.
#[component]
pub fn CartContents(cart: PricedCart, typed: Typed, promise: Promise, notice: Option<CartNotice>) -> impl IntoView {
    let watched = watched(&cart);
    let added = notice.as_ref().and_then(|notice| added(&cart, notice));
    let saved = cart.saved.clone();
    let products: Vec<_> = cart.lines.iter().filter_map(|line| Some(line.facts.as_ref()?.product.clone())).collect();
    let lines = if cart.lines.is_empty() {
        view! { <EmptyCart /> }.into_any()
    } else {
        view! { <FullCart cart typed promise /> }.into_any()
    };
    view! {
        <CartChanges>
            <div class="stack stack--wide" id="cart-notices" role="status" tabindex="-1">
                {notice.map(|notice| view! { <CartNoticeLine notice /> })}
            </div>
            <div id="cart-contents">
                {lines}
                <SavedLines lines=saved />
                <GoesWithCart products />
            </div>
        </CartChanges>
        <KeepsUp shown=watched />
        {added}
    }
    .into_any()
}

/// What the page keeps up with: whether there is as much as each line asks for.
fn watched(cart: &PricedCart) -> Vec<(Sku, AvailableUnits, u32)> {
    let line = |line: &PricedLine| {
        let on_sale = line.facts.as_ref()?.on_sale();
        // What is sold for later counts above those on hand.
        let (terms, wanted) = (on_sale.terms, line.quantity.get());
        let told_units = wanted.max(terms.low_units()).saturating_add(terms.policy.beyond());
        Some((line.sku.clone(), on_sale.available, told_units))
    };
    cart.lines.iter().filter_map(line).collect()
}

#[component]
fn FullCart(cart: PricedCart, typed: Typed, promise: Promise) -> impl IntoView {
    let version = cart.version;
    let currency = cart.subtotal.map(|sum| sum.currency().code());
    let zone = promise.delivery().zone().parameter();
    let line = |line: &PricedLine| cart_line(line.clone(), version, promise.arrival_of(line));
    let lines = cart.lines.iter().map(line).collect_view();
    view! {
        <div class="page-head">
            <h1>"Your cart"</h1>
        </div>
        <div class="beside">
            <section aria-label="Items in your cart">
                <h2 class="visually-hidden">"Items"</h2>
                <ul class="lines" data-currency=currency data-zone=zone>
                    {lines}
                </ul>
            </section>
            <CartSummary cart typed promise />
        </div>
    }
}

fn cart_line(line: PricedLine, version: CartVersion, arrives: String) -> AnyView {
    view! { <CartLine line version arrives /> }.into_any()
}

#[component]
fn EmptyCart() -> impl IntoView {
    view! {
        <section class="lost contours" aria-labelledby="empty-title">
            <h1 id="empty-title">"Your cart is empty"</h1>
            <p>"What you add stays here on this device, without an account."</p>
            <a class="button button--signal button--large" href="/">
                "Look around"
            </a>
        </section>
        <BestRated />
    }
}

/// What the mini cart of the page with the "Add to cart" shows; `data-said` is for those who
/// can't see it.
fn added(cart: &PricedCart, notice: &CartNotice) -> Option<AnyView> {
    let CartNotice::Added { sku, title, quantity, .. } = notice else { return None };
    let (line, quantity) = (cart.lines.iter().find(|line| line.sku == *sku)?, (*quantity)?);
    let facts = line.facts.clone()?;
    let price = facts.price.money().times(quantity.get()).ok();
    // The cart's own amount: promotions are off it already.
    let subtotal = cart.totals.map(|totals| totals.items_to_pay().to_string());
    let catch = notice.catch();
    let in_cart = items(cart.units);
    let sum = subtotal.as_ref().map(|sum| format!(", {sum}")).unwrap_or_default();
    let said = format!(
        "Added to your cart: {title}. {}{in_cart}{sum}.",
        catch.as_ref().map(|catch| format!("{catch} ")).unwrap_or_default()
    );
    let catch = catch.map(|catch| {
        view! {
            <p class="field__error">
                <Icon glyph=Glyph::Warning class="icon icon--small" />
                {catch}
            </p>
        }
    });
    Some(
        view! {
            <template id="added" data-said=said>
                <ul class="lines lines--compact">
                    <li class="line line--compact">
                        <LinePicture picture=facts.picture />
                        <div class="line__what">
                            <h3>{title.to_string()}</h3>
                            <p class="line__options">{details(&facts.choices, &format!("{quantity} added"))}</p>
                        </div>
                        <p class="line__price">{price.map(|price| price.to_string())}</p>
                    </li>
                </ul>
                {catch}
                <p class="mini-cart__sum">
                    <span>{format!("Cart, {in_cart}")}</span>
                    <b>{subtotal}</b>
                </p>
            </template>
        }
        .into_any(),
    )
}
