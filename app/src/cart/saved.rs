//! What was put aside for later.

use domain::cart::{CartChange, PricedCart};
use domain::catalog::Sku;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{MoveToCart, RemoveSaved};
use super::line::{LineHead, Stock, name_of};
use super::live::LiveCart;

#[component]
pub fn SavedLines(cart: LiveCart, priced: Memo<PricedCart>) -> impl IntoView {
    let skus = move || priced.with(|now| now.saved.iter().map(|line| line.sku.clone()).collect::<Vec<_>>());
    let is_empty = Memo::new(move |_| priced.with(|now| now.saved.is_empty()));
    let list = move || {
        view! {
            <section class="saved" id="saved" aria-labelledby="saved-title">
                <h2 id="saved-title">"Saved for later"</h2>
                <ul class="lines">
                    <For each=skus key=Sku::clone children=move |sku| view! { <SavedLine cart priced sku /> } />
                </ul>
            </section>
        }
    };
    move || (!is_empty.get()).then(list)
}

#[component]
fn SavedLine(cart: LiveCart, priced: Memo<PricedCart>, sku: Sku) -> impl IntoView {
    let line = priced.with_untracked(|now| now.saved.iter().find(|line| line.sku == sku).cloned())?;
    let name = name_of(&line);
    let (price, availability) = (line.facts.as_ref().map(|facts| facts.price), line.availability());
    let is_sold = line.facts.is_some();
    let posted = sku.to_string();
    let id = format!("saved-{posted}");
    let back = {
        let sku = sku.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            cart.change(CartChange::MoveToCart { sku: sku.clone() });
        }
    };
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        cart.change(CartChange::RemoveSaved { sku: sku.clone() });
    };
    Some(view! {
        <li class="line" id=id>
            <LineHead line>
                {if is_sold {
                    view! { <Stock availability /> }.into_any()
                } else {
                    view! { <p class="availability availability--out">"No longer sold"</p> }.into_any()
                }}
            </LineHead>
            <p class="line__price">{price.map(|price| price.to_string())}</p>
            <div class="line__actions">
                {is_sold
                    .then(|| {
                        view! {
                            <form method="post" action=MoveToCart::url() on:submit=back>
                                <input type="hidden" name="sku" value=posted.clone() />
                                <button class="button button--small" type="submit">
                                    "Move to cart"
                                    <span class="visually-hidden">": " {name.clone()}</span>
                                </button>
                            </form>
                        }
                    })}
                <form method="post" action=RemoveSaved::url() on:submit=remove>
                    <input type="hidden" name="sku" value=posted />
                    <button class="link-button" type="submit">
                        "Remove"
                        <span class="visually-hidden">" " {name}</span>
                    </button>
                </form>
            </div>
        </li>
    })
}
