use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use domain::catalog::listing::{ProductCard, Swatch};
use domain::catalog::{Paint, Picture, ProductId, Sku, Slug};
use domain::inventory::day_in_year;
use domain::pricing::Price;
use domain::shipment::{Delivery, spoken_day};
use domain::text::encoded;
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use super::price::PriceLine;
use super::rating::RatingLine;
use crate::cart::add::AddToCart;
use crate::icon::{Glyph, Icon};

/// Drawn cards that are kept, of about 2 kB each.
const MAX_DRAWN_CARDS: usize = 2_000;
/// Swatches that a card has room for; the others are counted.
const CARD_SWATCHES: usize = 4;

/// The address of a product's page.
pub fn product_path(card: &ProductCard) -> String {
    format!("/products/{}", card.slug)
}

/// The address of a product's page with one of its variants chosen.
pub fn variant_path(slug: &Slug, sku: &Sku) -> String {
    format!("/products/{slug}?sku={}", encoded(sku.as_str()))
}

/// A product in a list.
#[component]
pub fn Card<'a>(
    card: &'a ProductCard,
    today: Date,
    /// Above the fold: its picture is loaded at once.
    #[prop(optional)]
    eager: bool,
    /// Stands under a heading of its shelf, so that its own is a level lower.
    #[prop(optional)]
    on_shelf: bool,
) -> impl IntoView + use<> {
    let html = drawn(card, Look { today, eager, on_shelf });
    view! { <article class="card" inner_html=html></article> }
}

/// What else the drawing of a card depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Look {
    today: Date,
    eager: bool,
    on_shelf: bool,
}

/// A card as it was drawn before, or drawn now: the same cards stand on very many pages. A card is
/// known by its product and the hash of all that it holds.
fn drawn(card: &ProductCard, look: Look) -> Arc<str> {
    type Drawn = HashMap<(ProductId, u64, Look), Arc<str>>;
    static DRAWN: LazyLock<Mutex<Drawn>> = LazyLock::new(Mutex::default);
    // Whoever panicked while holding it left it whole: one entry is added at a time.
    let open = || DRAWN.lock().unwrap_or_else(PoisonError::into_inner);

    let mut hasher = DefaultHasher::new();
    card.hash(&mut hasher);
    let key = (card.id.clone(), hasher.finish(), look);
    if let Some(html) = open().get(&key) {
        return html.clone();
    }
    let html: Arc<str> = draw(card, look).into();
    let mut kept = open();
    if kept.len() >= MAX_DRAWN_CARDS {
        kept.clear();
    }
    kept.insert(key, html.clone());
    html
}

fn draw(card: &ProductCard, Look { today, eager, on_shelf }: Look) -> String {
    let link = view! {
        <a class="card__link" href=product_path(card)>
            {card.title.to_string()}
        </a>
    };
    let title = if on_shelf {
        view! { <h3 class="card__title">{link}</h3> }.into_any()
    } else {
        view! { <h2 class="card__title">{link}</h2> }.into_any()
    };
    let frame = if card.picture.is_some() { "card__picture picture" } else { "card__picture picture picture--none" };
    let add = card.sole_sku.clone().filter(|_| card.in_stock);
    view! {
        <div class=frame>
            {match &card.picture {
                Some(picture) => Either::Left(view! { <CardPicture picture=picture eager=eager /> }),
                None => Either::Right(view! { <Icon glyph=Glyph::Image class="icon icon--large" /> }),
            }}
            {(!card.in_stock).then(|| view! { <span class="badge">"Sold out"</span> })}
        </div>
        <div class="card__body">
            <p class="card__brand">{card.brand.as_ref().map(ToString::to_string)}</p>
            {title}
            {card.rating.map(|rating| view! { <RatingLine rating=rating /> })}
            <PriceLine price=card.price list_price=card.list_price varies=card.price_varies />
            {card.in_stock.then(|| view! { <DeliveryPromise price=card.price waits_until=card.waits_until today=today /> })}
            <Dots swatches=&card.swatches />
            {add
                .map(|sku| {
                    view! {
                        <div class="card__add">
                            <AddToCart sku=sku title=card.title.clone() />
                        </div>
                    }
                })}
        </div>
    }
    .to_html()
}

/// A picture that leads to what it shows. The title beside it says what that is, so it needs no words
/// of its own.
#[component]
pub fn CardPicture<'a>(picture: &'a Picture, eager: bool) -> impl IntoView + use<> {
    view! {
        <img
            src=picture.src()
            alt=""
            width=Picture::SIDE_PIXELS
            height=Picture::SIDE_PIXELS
            loading=(!eager).then_some("lazy")
            decoding=(!eager).then_some("async")
            fetchpriority=eager.then_some("high")
        />
    }
    .into_any()
}

#[component]
fn DeliveryPromise(price: Price, waits_until: Option<Date>, today: Date) -> impl IntoView {
    if let Some(day) = waits_until.filter(|day| *day >= today) {
        return view! { <p class="card__delivery">"Order now, expected " <b>{day_in_year(day)}</b></p> }.into_any();
    }
    let charge = Delivery::STANDARD_AT_HOME.charge(price.money());
    let words = if charge.minor_units() == 0 { "Free delivery " } else { "Delivery " };
    let day = spoken_day(Delivery::STANDARD_AT_HOME.arrives_on(today));
    view! { <p class="card__delivery">{words} <b>{day}</b></p> }.into_any()
}

#[component]
fn Dots<'a>(swatches: &'a [Swatch]) -> impl IntoView + use<> {
    if swatches.len() < 2 {
        return ().into_any();
    }
    let dots = swatches
        .iter()
        .filter_map(|swatch| Paint::named(swatch.colour.as_str()))
        .take(CARD_SWATCHES)
        .map(|paint| {
            view! {
                <svg viewBox="0 0 1 1" aria-hidden="true">
                    <rect width="1" height="1" fill=paint.to_string()></rect>
                </svg>
            }
        })
        .collect_view();
    let more = swatches.len().saturating_sub(CARD_SWATCHES);
    view! {
        <p class="dots">
            <span class="visually-hidden">{format!("{} colours", swatches.len())}</span>
            {dots}
            {(more > 0).then(|| view! { <span aria-hidden="true">{format!("+{more}")}</span> })}
        </p>
    }
    .into_any()
}
