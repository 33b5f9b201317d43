use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::catalog::{Category, Picture};
use leptos::prelude::*;

use super::card::{Card, CardPicture};
use crate::error::WireError;
use crate::layout::category_path;
use crate::page::part;
use crate::port::port;
use crate::visitor::Visitor;

/// Category tiles that fit under another matter.
const FEW_TILES: usize = 8;

/// A row of products under a heading; nothing without products.
#[component]
pub fn Shelf(
    /// Of the heading.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    cards: Vec<Arc<ProductCard>>,
    /// Where all of them are.
    #[prop(optional_no_strip, into)]
    all: Option<String>,
) -> impl IntoView {
    let Some(today) = use_context::<Visitor>().map(|visitor| visitor.today).filter(|_| !cards.is_empty()) else {
        return ().into_any();
    };
    let cards = cards
        .iter()
        .map(|card| {
            view! {
                <li>
                    <Card card=card today=today on_shelf=true />
                </li>
            }
        })
        .collect_view();
    view! { <ShelfFrame id title all>{cards}</ShelfFrame> }.into_any()
}

/// A heading with what stands under it in a row.
#[component]
pub fn ShelfFrame(
    /// Of the heading.
    id: String,
    title: String,
    #[prop(optional_no_strip)] all: Option<String>,
    children: Children,
) -> impl IntoView {
    let all_of_them = all.map(|path| {
        view! {
            <a href=path>"See all" <span class="visually-hidden">": " {title.clone()}</span></a>
        }
    });
    let label = id.clone();
    view! {
        <section class="shelf" aria-labelledby=label>
            <div class="shelf__head">
                <h2 id=id>{title}</h2>
                {all_of_them}
            </div>
            <ul class="shelf__row">{children()}</ul>
        </section>
    }
    .into_any()
}

/// A category with a picture from its shelf.
#[derive(Debug, Clone)]
pub struct Tile {
    pub category: Category,
    pub picture: Option<Picture>,
}

/// Tiles as a section; nothing without tiles.
#[component]
pub fn TileGrid(tiles: Vec<Tile>) -> impl IntoView {
    if tiles.is_empty() {
        return ().into_any();
    }
    let tiles = tiles
        .into_iter()
        .map(|Tile { category, picture }| {
            view! {
                <li>
                    <a class="tile" href=category_path(&category)>
                        <span class="tile__picture">
                            {picture.map(|picture| view! { <CardPicture picture=&picture eager=false /> })}
                        </span>
                        <span class="tile__name">{category.name.to_string()}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="shelf" aria-labelledby="categories-title">
            <div class="shelf__head">
                <h2 id="categories-title">"Shop by category"</h2>
            </div>
            <ul class="tiles">{tiles}</ul>
        </section>
    }
    .into_any()
}

/// The way on from a page that has nothing to show: a few categories, as far as they can be read.
#[component]
pub fn Tiles() -> impl IntoView {
    part(async {
        let tiles = few_tiles().await.unwrap_or_default();
        view! { <TileGrid tiles=tiles /> }
    })
}

async fn few_tiles() -> Result<Vec<Tile>, WireError> {
    let catalog = port::<dyn Catalog>()?;
    let top = catalog.categories().await?.top();
    let mut tiles = Vec::with_capacity(FEW_TILES);
    for category in top.into_iter().take(FEW_TILES) {
        let first = catalog.shelf(&category.id, 1).await?;
        tiles.push(Tile { picture: first.first().and_then(|card| card.picture.clone()), category });
    }
    Ok(tiles)
}
