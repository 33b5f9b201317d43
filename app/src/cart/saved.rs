//! What was put aside for later.

use domain::cart::PricedLine;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{MoveToCart, RemoveSaved};
use super::line::{LineHead, WaysOut, name_of};
use crate::catalog::availability::AvailabilityLine;

#[component]
pub fn SavedLines(lines: Vec<PricedLine>) -> impl IntoView {
    let is_empty = lines.is_empty();
    let list = move || {
        let lines = lines.into_iter().map(|line| view! { <SavedLine line /> }).collect_view();
        view! {
            <section class="saved" id="saved" aria-labelledby="saved-title">
                <h2 id="saved-title">"Saved for later"</h2>
                <ul class="lines">{lines}</ul>
            </section>
        }
        .into_any()
    };
    (!is_empty).then(list)
}

#[component]
fn SavedLine(line: PricedLine) -> impl IntoView {
    let name = name_of(&line);
    let (price, availability) = (line.facts.as_ref().map(|facts| facts.price), line.availability());
    let is_sold = line.facts.is_some();
    let posted = line.sku.to_string();
    let id = format!("saved-{posted}");
    view! {
        <li class="line" id=id>
            <LineHead line>
                {if is_sold {
                    view! { <AvailabilityLine availability /> }.into_any()
                } else {
                    view! { <p class="availability availability--out">"No longer sold"</p> }.into_any()
                }}
            </LineHead>
            <p class="line__price">{price.map(|price| price.to_string())}</p>
            <div class="line__actions">
                {is_sold
                    .then(|| {
                        view! {
                            <form method="post" action=MoveToCart::url()>
                                <input type="hidden" name="sku" value=posted.clone() />
                                <button
                                    class="button button--small"
                                    type="submit"
                                    aria-label=format!("Move to cart: {name}")
                                >
                                    "Move to cart"
                                </button>
                            </form>
                        }
                    })}
                <WaysOut sku=posted name action=RemoveSaved::url() />
            </div>
        </li>
    }
    .into_any()
}
