use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::catalog::{Category, Picture};
use domain::pricing::Money;
use domain::shipment::FREE_DELIVERY_MINOR_UNITS;
use leptos::prelude::*;

use super::card::{CardPicture, product_path};
use super::rating::grouped;
use super::shelf::{Shelf, Tile, TileGrid};
use crate::error::WireError;
use crate::icon::{Glyph, Icon};
use crate::layout::category_path;
use crate::page::page;
use crate::port::port;
use crate::seo::{JsonLd, PageHead};
use crate::store::Store;

const TILES: usize = 12;
const SHELVES: usize = 3;
const SHELF_CARDS: u32 = 10;
/// Products that are marked on the first sheet.
const FINDS: usize = 3;

#[component]
pub fn HomePage() -> impl IntoView {
    page(load())
}

/// A top category with the first cards of its shelf.
struct Aisle {
    category: Category,
    cards: Vec<Arc<ProductCard>>,
}

async fn load() -> Result<AnyView, WireError> {
    let store = Store::current();
    let catalog = port::<dyn Catalog>()?;
    let count = catalog.count().await?;
    let mut aisles = Vec::with_capacity(TILES);
    for category in catalog.categories().await?.top().into_iter().take(TILES) {
        let cards = catalog.shelf(&category.id, SHELF_CARDS).await?;
        aisles.push(Aisle { category, cards });
    }
    let free_from = Money::new(FREE_DELIVERY_MINOR_UNITS, store.currency);
    let description = format!(
        "{} products with honest pictures, full prices and delivery dates. Free standard delivery from {free_from}.",
        grouped(count)
    );
    let best = best_rated(&aisles);
    let picture = finds(&aisles).first().and_then(|card| card.picture.as_ref()).map(Picture::src);
    let about = about_the_store(&store);
    let name = store.name.to_string();
    let body = if count == 0 {
        view! { <EmptyStore name=name.clone() /> }.into_any()
    } else {
        view! { <Sheet aisles=aisles best=best count=count free_from=free_from /> }.into_any()
    };
    Ok(view! {
        <PageHead
            title="Everyday things, well charted"
            description=description
            canonical="/".to_owned()
            picture=picture
        />
        <div class="page">{body}</div>
        <JsonLd value=about />
    }
    .into_any())
}

#[component]
fn Sheet(aisles: Vec<Aisle>, best: Vec<Arc<ProductCard>>, count: u32, free_from: Money) -> impl IntoView {
    let marked = finds(&aisles)
        .iter()
        .filter_map(|card| {
            let picture = card.picture.as_ref()?;
            Some(view! {
                <li>
                    <a class="find" href=product_path(card)>
                        <CardPicture picture eager=true />
                        <span class="find__label">
                            <span class="find__name">{card.title.to_string()}</span>
                            " "
                            <span class="tabular">{card.price_varies.then_some("from ")} {card.price.to_string()}</span>
                        </span>
                    </a>
                </li>
            })
        })
        .collect_view();
    let first = aisles.first().map(|aisle| {
        view! {
            <a class="button button--signal button--large" href=category_path(&aisle.category)>
                {format!("Browse {}", aisle.category.name)}
            </a>
        }
    });
    // The first card of an aisle is seen above or below: a tile shows the next one.
    let tiles = aisles.iter().map(|aisle| Tile {
        category: aisle.category.clone(),
        picture: aisle.cards.get(1).or(aisle.cards.first()).and_then(|card| card.picture.clone()),
    });
    let tiles: Vec<Tile> = tiles.collect();
    let shelves = aisles
        .into_iter()
        .take(SHELVES)
        .zip(1..)
        .map(|(aisle, place)| {
            view! {
                <Shelf
                    id=format!("shelf-{place}")
                    title=aisle.category.name.to_string()
                    all=category_path(&aisle.category)
                    cards=aisle.cards
                />
            }
        })
        .collect_view();
    view! {
        <section class="hero contours" aria-labelledby="hero-title">
            <div class="hero__words">
                <h1 id="hero-title">"Find your way to things worth keeping"</h1>
                <p>{in_stock_words(count)}</p>
                {first}
            </div>
            <ul class="hero__finds">{marked}</ul>
        </section>
        <Promises free_from=free_from />
        <TileGrid tiles=tiles />
        <Shelf id="shelf-rated" title="Best rated" cards=best />
        {shelves}
    }
    .into_any()
}

fn in_stock_words(count: u32) -> String {
    match count {
        1 => "One product, with honest pictures, a full price and a delivery date.".to_owned(),
        _ => format!("{} products, each with honest pictures, a full price and a delivery date.", grouped(count)),
    }
}

#[component]
fn Promises(free_from: Money) -> impl IntoView {
    view! {
        <ul class="promises">
            <li>
                <Icon glyph=Glyph::Truck />
                <span>
                    <b>{format!("Free delivery from {free_from}")}</b>
                    " With a date, not a range"
                </span>
            </li>
            <li>
                <Icon glyph=Glyph::Lock />
                <span>
                    <b>"Card details stay with the bank"</b>
                    " They never reach our servers"
                </span>
            </li>
            <li>
                <Icon glyph=Glyph::CheckCircle />
                <span>
                    <b>"The total is the total"</b>
                    " VAT and delivery before you pay"
                </span>
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn EmptyStore(name: String) -> impl IntoView {
    view! {
        <section class="empty contours" aria-labelledby="empty-title">
            <h1 id="empty-title">{format!("{name} has no products yet")}</h1>
            <p>"The shelves are built and empty. Fill them with a made-up catalog, or with your own product feed:"</p>
            <p>
                <code>"cartograph demo"</code>
            </p>
            <p>
                <code>"cartograph import products FILE"</code>
            </p>
        </section>
    }
    .into_any()
}

/// The product that stands first in each of the first aisles.
fn finds(aisles: &[Aisle]) -> Vec<Arc<ProductCard>> {
    let first = |aisle: &Aisle| aisle.cards.iter().find(|card| card.in_stock && card.picture.is_some()).cloned();
    aisles.iter().filter_map(first).take(FINDS).collect()
}

/// The best rated of all aisles that are in stock. Each aisle starts with its own best ones.
fn best_rated(aisles: &[Aisle]) -> Vec<Arc<ProductCard>> {
    let mut rated: Vec<(u32, Arc<ProductCard>)> = aisles
        .iter()
        .flat_map(|aisle| &aisle.cards)
        .filter(|card| card.in_stock)
        .filter_map(|card| Some((card.rating?.trusted_hundredths(), Arc::clone(card))))
        .collect();
    rated.sort_by_key(|(stars, _)| std::cmp::Reverse(*stars));
    rated.truncate(SHELF_CARDS as usize);
    rated.into_iter().map(|(_, card)| card).collect()
}

/// The store as an organization with a site that can be searched.
fn about_the_store(store: &Store) -> serde_json::Value {
    let (home, organization) = (store.url("/"), store.url("/#organization"));
    serde_json::json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Organization",
                "@id": organization,
                "name": &*store.name,
                "url": home,
                "logo": store.url("/favicon.svg"),
            },
            {
                "@type": "WebSite",
                "@id": store.url("/#website"),
                "name": &*store.name,
                "url": home,
                "publisher": { "@id": organization },
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {
                        "@type": "EntryPoint",
                        "urlTemplate": store.url("/search?q={search_term_string}"),
                    },
                    "query-input": "required name=search_term_string",
                },
            },
        ],
    })
}
