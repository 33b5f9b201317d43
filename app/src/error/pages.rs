use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::catalog::{Category, CategoryId, Title};
use http::StatusCode;
use leptos::prelude::*;

use super::WireError;
use crate::answer::{never_cache, unavailable};
use crate::catalog::shelf::{Shelf, Tiles};
use crate::form::sentence;
use crate::layout::category_path;
use crate::page::part;
use crate::port::port;
use crate::recommendation::hidden;
use crate::search::search_box::SearchBox;
use crate::seo::{PageHead, answer_with};

/// Cards on the shelf where a withdrawn product stood.
const SHELF_CARDS: u32 = 10;

/// What is shown where nothing can be, and the way on; `code` is for whoever asks about it.
#[component]
pub fn Lost(#[prop(into)] title: String, #[prop(into)] code: String, children: Children) -> impl IntoView {
    view! {
        <section class="lost contours" aria-labelledby="lost-title">
            <h1 id="lost-title">{title}</h1>
            {children()}
            <p class="lost__code">{code}</p>
        </section>
    }
    .into_any()
}

/// Nothing is at this address (404).
#[component]
pub fn NotFoundPage() -> impl IntoView {
    answer_with(StatusCode::NOT_FOUND);
    view! {
        <PageHead title="Page not found" />
        <div class="page">
            <Lost title="There is nothing at this address" code="404, page not found">
                <p>"The page may have moved, or the link may be mistyped. Search for it, or start again from a category."</p>
                <SearchBox id="q-again" class="search-box search-box--inline" />
            </Lost>
            <Tiles />
        </div>
    }
    .into_any()
}

/// The product was sold here once (410); shows the shelf where it stood.
#[component]
pub fn GonePage(title: Title, category: CategoryId) -> impl IntoView {
    answer_with(StatusCode::GONE);
    // The shelf leaves out what is in the cart.
    never_cache();
    view! {
        <PageHead title=format!("{title} is no longer sold") />
        <div class="page">
            <Lost title="We no longer sell this" code="410, gone">
                <p>
                    <b>{title.to_string()}</b>
                    " was taken out of the catalogue. Orders of it are not affected. These stood on the same shelf, or search for something else."
                </p>
                <SearchBox id="q-again" class="search-box search-box--inline" />
            </Lost>
            {part(nearby(category))}
        </div>
    }
    .into_any()
}

/// The shelf of the category, or of the nearest one above it that still exists.
async fn nearby(category: CategoryId) -> AnyView {
    match nearest_shelf(&category).await {
        Ok(Some((found, cards))) => {
            let (title, all) = (format!("More from {}", found.name), category_path(&found));
            view! { <Shelf id="shelf-close" title=title cards=cards all=all /> }.into_any()
        }
        Ok(None) | Err(_) => view! { <Tiles /> }.into_any(),
    }
}

async fn nearest_shelf(category: &CategoryId) -> Result<Option<(Category, Vec<Arc<ProductCard>>)>, WireError> {
    let catalog = port::<dyn Catalog>()?;
    let tree = catalog.categories().await?;
    let Some(found) = category.lineage().find_map(|id| tree.get(&id)) else { return Ok(None) };
    let (mut cards, hidden) = (catalog.shelf(&found.id, SHELF_CARDS).await?, hidden().await);
    cards.retain(|card| card.in_stock && !hidden.contains(&card.id));
    Ok(Some((found, cards)))
}

/// A part of the store did not answer (503), or something broke (500).
#[component]
pub fn ErrorPage(error: WireError) -> impl IntoView {
    let (code, words) = if error.is_unavailable() {
        unavailable();
        ("503, not available", "Your cart and your orders are safe.")
    } else {
        answer_with(StatusCode::INTERNAL_SERVER_ERROR);
        ("500, our mistake", "Your cart and your orders are safe. If it happens again, please tell us what you did.")
    };
    view! {
        <PageHead title="Something broke on our side" />
        <div class="page">
            <Lost title="Something broke on our side" code=code>
                <p>{sentence(&error.to_string())}</p>
                <p>{words}</p>
                <p class="chips">
                    <a class="button button--signal" href="">
                        "Try again"
                    </a>
                    <a class="button" href="/">
                        "Go to the front page"
                    </a>
                    <a class="button button--quiet" href="/help/contact">
                        "Contact"
                    </a>
                </p>
                <SearchBox id="q-again" class="search-box search-box--inline" />
            </Lost>
            <Tiles />
        </div>
    }
    .into_any()
}
