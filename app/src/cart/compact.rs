//! A line where nothing can be changed: mini cart, order summary, order.

use domain::catalog::{Picture, Seller, Title};
use domain::inventory::{Quantity, SoldPart};
use domain::pricing::Money;
use domain::pricing::promotion::Discount;
use leptos::prelude::*;

use super::amounts::items;
use crate::inventory::bundle::PartsLine;

/// What is below a line's title: its choices, where it has any, and a fact.
pub fn details(choices: &str, fact: &str) -> String {
    if choices.is_empty() { fact.to_owned() } else { format!("{choices} · {fact}") }
}

#[component]
pub fn CompactLine(
    picture: Option<Picture>,
    title: Title,
    seller: Seller,
    #[prop(into)] choices: String,
    quantity: Quantity,
    total: Option<Money>,
    discounts: Vec<Discount>,
    /// What is in it, where it is a bundle
    parts: Vec<SoldPart>,
    /// When it is expected, of what is not there yet
    #[prop(optional_no_strip)]
    expected: Option<String>,
) -> impl IntoView {
    let sold_by = (!seller.is_store()).then(|| format!("Sold by {}", seller.as_str()));
    view! {
        <li class="line line--compact">
            <LinePicture picture />
            <div class="line__what">
                <h3>{title.to_string()}</h3>
                <p class="line__options">{details(&choices, &items(quantity.get()))}</p>
                {sold_by.map(|words| view! { <p class="line__options">{words}</p> })}
                <PartsLine parts />
                {expected.map(|words| view! { <p class="availability availability--later">{words}</p> })}
                <LineDiscounts discounts />
            </div>
            <p class="line__price">{total.map(|total| total.to_string())}</p>
        </li>
    }
    .into_any()
}

/// What promotions take off a line: `3 for 2: −£4.99`.
#[component]
pub fn LineDiscounts(discounts: Vec<Discount>) -> impl IntoView {
    let line = |discount: Discount| view! { <p class="line__discount">{discount.to_string()}</p> };
    discounts.into_iter().map(line).collect_view()
}

/// The small picture of a line; an empty frame of the same size where there is none.
#[component]
pub fn LinePicture(picture: Option<Picture>) -> impl IntoView {
    view! { <div class="picture">{picture.map(|picture| view! { <Thumbnail picture /> })}</div> }
}

#[component]
pub fn Thumbnail(picture: Picture) -> impl IntoView {
    view! { <img src=picture.src() alt="" width="160" height="160" loading="lazy" decoding="async" /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_is_made_of() {
        assert_eq!(details("Clay, M", &items(2)), "Clay, M · 2 items");
        assert_eq!(details("", &items(1)), "1 item");
    }
}
