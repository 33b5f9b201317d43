//! The header's link to the cart, and the panel that shows what was just added.

use domain::cart::PricedLine;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::compact::{LinePicture, details, items};
use super::shared::{Addition, shared};
use crate::form::sentence;
use crate::icon::{Glyph, Icon};

/// The link with the number of units in the cart. `units` is the number when the page was made;
/// the islands that add something count on from there.
#[island]
pub fn CartLink(units: u32) -> impl IntoView {
    let cart = shared();
    if cfg!(feature = "hydrate") && cart.units.get_untracked().is_none() {
        cart.units.set(Some(units));
    }
    let (known, addition) = (cart.units.clone(), cart.addition.clone());
    let shown_units = Memo::new(move |_| known.get().unwrap_or(units));
    let announced = {
        let addition = addition.clone();
        move || addition.get().map(|addition| announcement(&addition))
    };
    let is_open = Memo::new({
        let addition = addition.clone();
        move |_| addition.read().is_some()
    });
    view! {
        <a class="header-link" href="/cart">
            <Icon glyph=Glyph::Cart />
            <span class="header-link__text">"Cart"</span>
            <span class="header-link__count" hidden=move || shown_units.get() == 0>
                <span class="visually-hidden">", items: "</span>
                {shown_units}
            </span>
        </a>
        <div class="visually-hidden" role="status">
            {announced}
        </div>
        {move || is_open.get().then(|| view! { <MiniCart addition=addition.clone() /> })}
    }
}

fn announcement(addition: &Addition) -> String {
    match &addition.answer {
        None => String::new(),
        Some(Ok(view)) => {
            let priced = view.priced();
            let subtotal = priced.subtotal.map(|sum| format!(", {sum}")).unwrap_or_default();
            format!("Added to your cart: {}. {}{subtotal}.", addition.title, items(priced.units))
        }
        Some(Err(error)) => sentence(&error.to_string()),
    }
}

/// Stays on the page from the click until it is closed; only what it says follows the answer.
#[component]
fn MiniCart(addition: ArcRwSignal<Option<Addition>>) -> impl IntoView {
    let close = {
        let addition = addition.clone();
        move || addition.set(None)
    };
    let close_by_key = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close();
            }
        }
    };
    let heading = {
        let addition = addition.clone();
        move || addition.read().as_ref().map(heading)
    };
    let content = move || addition.read().as_ref().map(content);
    view! {
        <section class="mini-cart" aria-labelledby="mini-cart-title" on:keydown=close_by_key>
            <div class="mini-cart__top">
                <h2 id="mini-cart-title">{heading}</h2>
                <button class="icon-button" type="button" on:click=move |_| close()>
                    <Icon glyph=Glyph::Close />
                    <span class="visually-hidden">"Close"</span>
                </button>
            </div>
            {content}
            <div class="mini-cart__actions">
                <a class="button" href="/cart">
                    "View cart"
                </a>
                <a class="button button--signal" href="/checkout">
                    "Checkout"
                </a>
            </div>
        </section>
    }
}

fn heading(addition: &Addition) -> impl IntoView + use<> {
    let (glyph, words) = match addition.answer {
        None => (Glyph::Cart, "Adding to your cart…"),
        Some(Ok(_)) => (Glyph::CheckCircle, "Added to your cart"),
        Some(Err(_)) => (Glyph::Warning, "Not added"),
    };
    view! {
        <Icon glyph />
        {words}
    }
}

fn content(addition: &Addition) -> AnyView {
    match &addition.answer {
        None => added(addition, None).into_any(),
        Some(Err(error)) => view! { <p>{sentence(&error.to_string())}</p> }.into_any(),
        Some(Ok(view)) => {
            let priced = view.priced();
            let line = priced.lines.iter().find(|line| line.sku == addition.sku);
            view! {
                {added(addition, line)}
                <p class="mini-cart__sum">
                    <span>"Cart, " {items(priced.units)}</span>
                    <b>{priced.subtotal.map(|sum| sum.to_string())}</b>
                </p>
            }
            .into_any()
        }
    }
}

/// What was added: from the line in the cart once the server has answered.
fn added(addition: &Addition, line: Option<&PricedLine>) -> impl IntoView + use<> {
    let facts = line.and_then(|line| line.facts.clone());
    let choices = facts.as_ref().map(|facts| facts.choices.as_str()).unwrap_or_default();
    let details = details(choices, &format!("{} added", addition.quantity));
    let price = facts.as_ref().and_then(|facts| facts.price.money().times(addition.quantity.get()).ok());
    view! {
        <ul class="lines lines--compact">
            <li class="line line--compact">
                <LinePicture picture=facts.and_then(|facts| facts.picture) />
                <div class="line__what">
                    <h3>{addition.title.to_string()}</h3>
                    <p class="line__options">{details}</p>
                </div>
                <p class="line__price">{price.map(|price| price.to_string())}</p>
            </li>
        </ul>
    }
}
