use std::collections::BTreeSet;
use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::catalog::{Category, Picture, ProductId};
use domain::pricing::Money;
use domain::recommendation::ports::{PersonalShelf, Recommended};
use domain::shipment::FREE_DELIVERY_MINOR_UNITS;
use leptos::prelude::*;

use super::best::{Aisle, BestRatedShelf, SHELF_CARDS, aisles, best_rated};
use super::card::{CardPicture, product_path};
use super::rating::grouped;
use super::shelf::{Shelf, Tile, TileGrid};
use crate::account::signed_in;
use crate::answer::never_cache;
use crate::error::WireError;
use crate::form::PostedError;
use crate::icon::{Glyph, Icon};
use crate::layout::category_path;
use crate::page::page;
use crate::port::port;
use crate::recommendation::hidden;
use crate::recommendation::personal::{Dismissed, Place, ShelvesView, personal_shelves};
use crate::recommendation::shelf::{RecommendedShelf, trending};
use crate::seo::{JsonLd, PageHead};
use crate::store::Store;

const SHELVES: usize = 3;
/// Products that are marked on the first sheet.
const FINDS: usize = 3;

#[component]
pub fn HomePage() -> impl IntoView {
    page(load())
}

/// What the page shows: no product in two places, and none that is hidden from who asks, but for the picture of an
/// aisle that has no other.
struct Sheet {
    /// Who is known sees first what is theirs.
    personal: Vec<PersonalShelf>,
    trending: Vec<Recommended>,
    finds: Vec<Arc<ProductCard>>,
    tiles: Vec<Tile>,
    best: Vec<Arc<ProductCard>>,
    shelves: Vec<(Category, Vec<Arc<ProductCard>>)>,
}

impl Sheet {
    fn of(
        aisles: &[Aisle],
        personal: Vec<PersonalShelf>,
        mut trending: Vec<Recommended>,
        hidden: Vec<ProductId>,
    ) -> Self {
        let mine = personal.iter().flat_map(|shelf| &shelf.recommended).map(|shown| shown.card.id.clone());
        let mut seen: BTreeSet<ProductId> = mine.chain(hidden).collect();
        let finds = if personal.is_empty() { FINDS } else { 0 };
        trending.retain(|shown| seen.insert(shown.card.id.clone()));
        let finds: Vec<_> = aisles.iter().filter_map(|aisle| find(&aisle.cards, &mut seen)).take(finds).collect();
        let best = unseen(best_rated(aisles), &mut seen, SHELF_CARDS);
        let tiles = aisles.iter().map(|aisle| tile(aisle, &mut seen)).collect();
        let shelf = |aisle: &Aisle| (aisle.category.clone(), unseen(aisle.cards.clone(), &mut seen, SHELF_CARDS));
        let shelves = aisles.iter().take(SHELVES).map(shelf).collect();
        Self { personal, trending, finds, tiles, best, shelves }
    }
}

/// The product of an aisle that may stand for it: in stock and with a picture.
fn find(cards: &[Arc<ProductCard>], seen: &mut BTreeSet<ProductId>) -> Option<Arc<ProductCard>> {
    let mut pictured = cards.iter().filter(|card| card.in_stock && card.picture.is_some());
    pictured.find(|card| seen.insert(card.id.clone())).cloned()
}

/// The first of some cards that can be bought and are nowhere on the page yet.
fn unseen(cards: Vec<Arc<ProductCard>>, seen: &mut BTreeSet<ProductId>, most: usize) -> Vec<Arc<ProductCard>> {
    cards.into_iter().filter(|card| card.in_stock && seen.insert(card.id.clone())).take(most).collect()
}

/// An aisle with a picture that stands nowhere else, as long as it has one.
fn tile(aisle: &Aisle, seen: &mut BTreeSet<ProductId>) -> Tile {
    let pictured = || aisle.cards.iter().filter(|card| card.picture.is_some());
    let card = pictured().find(|card| !seen.contains(&card.id)).or_else(|| pictured().next());
    seen.extend(card.map(|card| card.id.clone()));
    Tile { category: aisle.category.clone(), picture: card.and_then(|card| card.picture.clone()) }
}

async fn load() -> Result<AnyView, WireError> {
    let store = Store::current();
    let catalog = port::<dyn Catalog>()?;
    let count = catalog.count().await?;
    let hidden = hidden().await;
    let (personal, trending) = (personal_shelves(&hidden).await, trending(&hidden).await);
    if !personal.is_empty() || !hidden.is_empty() {
        never_cache();
    }
    let sheet = Sheet::of(&aisles(&*catalog).await?, personal, trending, hidden);
    let free_from = Money::new(FREE_DELIVERY_MINOR_UNITS, store.currency);
    let description = format!(
        "{} products with honest pictures, full prices and delivery dates. Free standard delivery from {free_from}.",
        grouped(count)
    );
    let picture = sheet.finds.first().and_then(|card| card.picture.as_ref()).map(Picture::src);
    let about = about_the_store(&store);
    let name = store.name.to_string();
    let body = if count == 0 {
        view! { <EmptyStore name=name.clone() /> }.into_any()
    } else {
        view! { <SheetView sheet count=count free_from=free_from /> }.into_any()
    };
    Ok(view! {
        <PageHead
            title="Everyday things, well charted"
            description=description
            canonical="/".to_owned()
            picture=picture
        />
        <div class="page">
            <PostedError />
            <Dismissed place=Place::Home />
            {body}
        </div>
        <JsonLd value=about />
    }
    .into_any())
}

#[component]
fn SheetView(sheet: Sheet, count: u32, free_from: Money) -> impl IntoView {
    let Sheet { personal, trending, finds, tiles, best, shelves } = sheet;
    let is_stranger = personal.is_empty();
    let head = if is_stranger {
        view! { <Hero finds has_best=!best.is_empty() count /> }.into_any()
    } else {
        view! { <Greeting /> }.into_any()
    };
    let shelves = shelves
        .into_iter()
        .zip(1..)
        .map(|((category, cards), place)| {
            view! {
                <Shelf
                    id=format!("shelf-{place}")
                    title=category.name.to_string()
                    all=category_path(&category)
                    cards
                />
            }
        })
        .collect_view();
    view! {
        {head}
        <ShelvesView shelves=personal place=Place::Home />
        <TileGrid tiles=tiles />
        {is_stranger.then(|| view! { <Promises free_from=free_from /> })}
        <RecommendedShelf id="shelf-trending" title="Trending now" recommended=trending />
        <BestRatedShelf cards=best />
        {shelves}
    }
    .into_any()
}

/// Who is known needs no words about the store.
#[component]
fn Greeting() -> impl IntoView {
    let greeting = match signed_in() {
        Some(signed_in) => format!("Good day, {}", signed_in.account.first_name()),
        None => "Welcome back".to_owned(),
    };
    view! {
        <div class="greeting">
            <h1>{greeting}</h1>
            <a href="/history">"Your browsing history"</a>
        </div>
    }
    .into_any()
}

#[component]
fn Hero(finds: Vec<Arc<ProductCard>>, has_best: bool, count: u32) -> impl IntoView {
    let marked = finds
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
    // To what others liked; a store without ratings has its shelves to offer.
    let (lead, to) =
        if has_best { ("See the best rated", "#shelf-rated") } else { ("Shop by category", "#categories-title") };
    view! {
        <section class="hero contours" aria-labelledby="hero-title">
            <div class="hero__words">
                <h1 id="hero-title">"Find your way to things worth keeping"</h1>
                <p>{in_stock_words(count)}</p>
                <a class="button button--signal button--large" href=to>
                    {lead}
                </a>
            </div>
            <ul class="hero__finds">{marked}</ul>
        </section>
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
            <p>"The shelves are built and empty. Close the store, read your own product feed into a folder, and open that one:"</p>
            <p>
                <code>"cartograph import products FILE --data mine"</code>
            </p>
            <p>
                <code>"make run DATA=mine"</code>
            </p>
            <p>"Or fill the shelves with a made-up catalog:"</p>
            <p>
                <code>"cartograph demo"</code>
            </p>
        </section>
    }
    .into_any()
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
