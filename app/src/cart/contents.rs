//! The cart page's island: lines, what was saved for later, and the summary.

use domain::cart::{CartChange, PricedCart, PricedLine};
use domain::catalog::Sku;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::CartView;
use super::api::AddLine;
use super::line::CartLine;
use super::live::{CartNotice, LiveCart};
use super::saved::SavedLines;
use super::summary::CartSummary;
use crate::form::sentence;
use crate::icon::{Glyph, Icon};

/// `arrives` is the day that standard delivery arrives when ordered now; `notice` tells of the
/// change that led here without a script.
#[island]
pub fn CartContents(view: CartView, arrives: String, notice: Option<CartNotice>) -> impl IntoView {
    let cart = LiveCart::new(view, notice);
    let priced = Memo::new(move |_| cart.shown.with(CartView::priced));
    let is_empty = Memo::new(move |_| priced.with(|now| now.lines.is_empty()));
    let full = move || {
        let arrives = arrives.clone();
        view! {
            <div class="page-head">
                <h1>"Your cart"</h1>
            </div>
            <div class="beside">
                <section aria-label="Items in your cart">
                    <h2 class="visually-hidden">"Items"</h2>
                    <CartLines cart priced arrives=arrives.clone() />
                </section>
                <CartSummary priced arrives was_changed=cart.was_changed />
            </div>
        }
    };
    view! {
        <Notices cart />
        {move || if is_empty.get() { view! { <EmptyCart /> }.into_any() } else { full().into_any() }}
        <SavedLines cart priced />
    }
}

#[component]
fn CartLines(cart: LiveCart, priced: Memo<PricedCart>, arrives: String) -> impl IntoView {
    let skus = move || priced.with(|now| now.lines.iter().map(|line| line.sku.clone()).collect::<Vec<_>>());
    let find = move |sku: &Sku| priced.with(|now| now.lines.iter().find(|line| line.sku == *sku).cloned());
    let line = move |sku: Sku| {
        let first = untrack(|| find(&sku))?;
        // While a removed line leaves the page it shows what it was.
        let line = Memo::new(move |last: Option<&PricedLine>| {
            find(&sku).or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
        });
        Some(view! { <CartLine cart line arrives=arrives.clone() /> })
    };
    view! {
        <ul class="lines lines--spaced">
            <For each=skus key=Sku::clone children=line />
        </ul>
    }
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
    }
}

/// What became of the last change, with a way to undo it. The focus of somebody who removed a
/// line goes here, as the button that they pressed is gone.
#[component]
fn Notices(cart: LiveCart) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let was_removed = matches!(cart.notice.get(), Some(CartNotice::Removed { .. }));
        if was_removed && cart.was_changed.get_untracked() {
            if let Some(place) = place.get_untracked() {
                // A place that can't take the focus leaves it where it is.
                let _ = place.focus();
            }
        }
    });
    view! {
        <div class="stack stack--wide" role="status" tabindex="-1" node_ref=place>
            {move || cart.notice.get().map(|notice| show(cart, notice))}
        </div>
    }
}

fn show(cart: LiveCart, notice: CartNotice) -> AnyView {
    match notice {
        CartNotice::Added { title } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Added: " <b>{title.to_string()}</b> "."</p>
            </div>
        }
        .into_any(),
        CartNotice::Refused { error } => view! {
            <div class="notice notice--bad">
                <Icon glyph=Glyph::Warning />
                <p>{sentence(&error.to_string())}</p>
            </div>
        }
        .into_any(),
        CartNotice::Removed { sku, title, quantity } => {
            let posted = sku.to_string();
            let undo = move |event: SubmitEvent| {
                event.prevent_default();
                cart.change(CartChange::Add { sku: sku.clone(), quantity });
            };
            view! {
                <div class="notice notice--good">
                    <Icon glyph=Glyph::CheckCircle />
                    <p>"Removed " <b>{title.to_string()}</b> " from your cart."</p>
                    <form method="post" action=AddLine::url() on:submit=undo>
                        <input type="hidden" name="sku" value=posted />
                        <input type="hidden" name="quantity" value=quantity.get() />
                        <button class="link-button" type="submit">
                            "Undo"
                        </button>
                    </form>
                </div>
            }
            .into_any()
        }
    }
}
