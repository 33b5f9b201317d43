use domain::catalog::ProductId;
use domain::recommendation::Reason;
use domain::recommendation::ports::{Around, Recommendations, Recommended};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::Dismiss;
use super::hidden::{dismissed, hidden};
use super::personal::Place;
use crate::catalog::card::Card;
use crate::catalog::shelf::ShelfFrame;
use crate::page::part;
use crate::port::port;
use crate::visitor::Visitor;

/// Cards of a shelf.
const SHELF_CARDS: u32 = 10;

/// What goes with some products and is not dismissed; nothing where that can't be read.
async fn goes_with(products: &[ProductId]) -> Vec<Recommended> {
    let Ok(port) = port::<dyn Recommendations>() else { return Vec::new() };
    let dismissed = dismissed().await;
    let mut recommended = port.goes_with(products, 2 * SHELF_CARDS).await.unwrap_or_default();
    recommended.retain(|recommended| !dismissed.contains(&recommended.card.id));
    recommended.truncate(SHELF_CARDS as usize);
    recommended
}

/// What stands around a product and is neither in the cart nor dismissed; nothing where that can't be read.
pub async fn around(product: &ProductId) -> Around {
    let Ok(port) = port::<dyn Recommendations>() else { return Around::default() };
    port.around(product, &hidden().await).await.unwrap_or_default()
}

/// What many buy now, without what is hidden from who asks; nothing where that can't be read.
pub async fn trending(hidden: &[ProductId]) -> Vec<Recommended> {
    let Ok(port) = port::<dyn Recommendations>() else { return Vec::new() };
    port.trending(hidden, SHELF_CARDS).await.unwrap_or_default()
}

/// What goes with the cart as a whole.
#[component]
pub fn GoesWithCart(products: Vec<ProductId>) -> impl IntoView {
    part(async move {
        let recommended = goes_with(&products).await;
        view! { <RecommendedShelf id="shelf-goes-with" title="Goes with your cart" recommended /> }
    })
}

/// Recommendations under a heading, each with its reason; nothing without any.
#[component]
pub fn RecommendedShelf(
    /// Of the heading.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    recommended: Vec<Recommended>,
    /// Where all of them are.
    #[prop(optional_no_strip)]
    all: Option<String>,
    /// The page on which each can be dismissed, where they are for one shopper alone.
    #[prop(optional)]
    dismissed_at: Option<Place>,
) -> impl IntoView {
    let Some(today) = use_context::<Visitor>().map(|visitor| visitor.today).filter(|_| !recommended.is_empty()) else {
        return ().into_any();
    };
    let cards = recommended
        .into_iter()
        .map(|Recommended { card, reason }| {
            let dismiss = dismissed_at
                .map(|place| view! { <NotInterested product=card.id.clone() title=card.title.to_string() place /> });
            view! {
                <li class="recommended">
                    <Card card=&card today=today on_shelf=true />
                    <div class="recommended__foot">
                        <Why reason title=card.title.to_string() />
                        {dismiss}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ShelfFrame id title all>{cards}</ShelfFrame> }.into_any()
}

#[component]
fn Why(reason: Reason, title: String) -> impl IntoView {
    view! {
        <details class="why">
            <summary>"Why this?" <span class="visually-hidden">" " {title}</span></summary>
            <p>{reason.to_string()}</p>
        </details>
    }
    .into_any()
}

#[component]
fn NotInterested(product: ProductId, title: String, place: Place) -> impl IntoView {
    view! {
        <form class="not-interested" method="post" action=Dismiss::url()>
            <input type="hidden" name="product" value=product.to_string() />
            <input type="hidden" name="place" value=place.parameter() />
            <button class="link-button" type="submit">
                "Not interested"
                <span class="visually-hidden">" in " {title}</span>
            </button>
        </form>
    }
    .into_any()
}
