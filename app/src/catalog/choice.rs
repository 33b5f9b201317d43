//! Pictures, price, choice and purchase of a product, for the variant that the address asks for.
//! Every choice is a link; templates hold what the other variants differ in, for
//! [`VariantSwitch`](super::variant::VariantSwitch) to show at once.

use domain::alert::AlertKind;
use domain::catalog::Title;
use domain::checkout::Country;
use domain::inventory::{Availability, Quantity};
use domain::pricing::Price;
use domain::pricing::tax::Collection;
use domain::shipment::{Delivery as Shipping, RETURN_DAYS, spoken_day};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::availability::AvailabilityLine;
use super::gallery::Gallery;
use super::offer::{Choices, Offer};
use super::option::option_links;
use super::price::PriceLine;
use super::variant::{Chosen, VariantSwitch};
use crate::alert::{alert_path, alert_words};
use crate::cart::add::{AddToCartForm, buy_words};
use crate::icon::{Glyph, Icon};
use crate::inventory::watched::KeepsUp;
use crate::store::Store;
use crate::wish_list::api::AddWish;

/// The children are the product's name and rating.
#[component]
pub fn ProductChoice(
    title: Title,
    choices: Choices,
    /// The place of the offer that the address asks for.
    chosen: usize,
    /// As a form that came back has it.
    quantity: Quantity,
    /// A form came back because nobody chose what fits.
    asks: bool,
    today: Date,
    children: Children,
) -> impl IntoView {
    // `chosen` comes from a look-up among the offers, and a product has at least one.
    let offer = choices.offers[chosen].clone();
    let pictures = choices.galleries[offer.gallery].clone();
    let groups = (0..choices.options.len()).map(|option| option_links(&choices, &offer, option, asks)).collect_view();
    let ask = choices.ask().unwrap_or_default();
    let templates = (choices.offers.len() > 1).then(|| templates(&choices, today));
    let (gallery, number) = (offer.gallery, number_words(&offer, &ask));
    let (price, availability, buy, bar, wished, awaited) =
        (offer.clone(), offer.clone(), offer.clone(), offer.clone(), offer.clone(), offer.clone());
    let variants = choices.offers.iter().filter(|offer| offer.open.is_none());
    let watched = variants.map(|offer| (offer.sku.clone(), offer.on_sale.available, told_units(offer))).collect();
    view! {
        <VariantSwitch>
            <div id="gallery" data-gallery=gallery>
                <Gallery pictures=pictures />
            </div>
            <div class="product__facts">
                {children()}
                <div id="offer-price" aria-live="polite">
                    <OfferPrice offer=price />
                </div>
                {groups}
                <div id="offer-availability" role="status">
                    <Stock offer=availability />
                </div>
                <AddToCartForm field=buy.field() sku=buy.sku.clone() title quantity sold_out=buy.is_sold_out()>
                    <p class="buy__bar-price" id="offer-bar">
                        <BarPrice offer=bar ask today=today />
                    </p>
                </AddToCartForm>
                <div class="alert-link" id="offer-alert">
                    <AlertLink offer=awaited />
                </div>
                <form class="wish-form" id="wish" method="post" action=AddWish::url()>
                    <input type="hidden" name=wished.field() value=wished.sku.to_string() />
                    <button class="link-button" type="submit">
                        <Icon glyph=Glyph::Lines class="icon icon--small" />
                        "Add to a list"
                    </button>
                </form>
                <ul class="assurances">
                    <li>
                        <Icon glyph=Glyph::Truck />
                        <span id="offer-delivery">
                            <Delivery offer=offer today=today />
                        </span>
                    </li>
                    <li>
                        <Icon glyph=Glyph::Return />
                        <span>
                            <a href="/help/returns">{format!("{RETURN_DAYS} days to return it")}</a>
                        </span>
                    </li>
                    <li>
                        <Icon glyph=Glyph::Lock />
                        <span>"Card details never reach our servers"</span>
                    </li>
                </ul>
                <p class="soft small">"Item number " <span id="offer-sku">{number}</span></p>
            </div>
            {templates}
        </VariantSwitch>
        <KeepsUp shown=watched />
    }
}

/// Up to how many units the page says something else of each. What is sold for later counts above those on hand.
fn told_units(offer: &Offer) -> u32 {
    let terms = offer.on_sale.terms;
    terms.low_units().saturating_add(terms.policy.beyond())
}

/// What every other offer looks like: the parts that differ, by the ids of their places.
fn templates(choices: &Choices, today: Date) -> impl IntoView + use<> {
    let galleries = choices
        .galleries
        .iter()
        .map(|pictures| {
            view! {
                <template class="gallery-of">
                    <Gallery pictures=pictures.clone() />
                </template>
            }
        })
        .collect_view();
    let ask = choices.ask().unwrap_or_default();
    let offers = choices
        .offers
        .iter()
        .map(|offer| {
            let leads_to: Vec<String> = offer.leads_to.iter().map(|ways| spaced(ways)).collect();
            view! {
                <template
                    class="offer"
                    data-sku=offer.sku.to_string()
                    data-field=offer.field()
                    data-query=offer.query()
                    data-chosen=chosen_places(&offer.chosen)
                    data-leads-to=leads_to.join(",")
                    data-gallery=offer.gallery
                    data-sold-out=offer.is_sold_out()
                >
                    <div data-part="offer-price">
                        <OfferPrice offer=offer.clone() />
                    </div>
                    <div data-part="offer-availability">
                        <Stock offer=offer.clone() />
                    </div>
                    <div data-part="buy-words">{buy_words(offer.is_sold_out())}</div>
                    <div data-part="offer-bar">
                        <BarPrice offer=offer.clone() ask=ask.clone() today=today />
                    </div>
                    <div data-part="offer-alert">
                        <AlertLink offer=offer.clone() />
                    </div>
                    <div data-part="offer-delivery">
                        <Delivery offer=offer.clone() today=today />
                    </div>
                    <div data-part="offer-sku">{number_words(offer, &ask)}</div>
                </template>
            }
        })
        .collect_view();
    view! {
        {galleries}
        {offers}
    }
}

fn spaced(places: &[usize]) -> String {
    places.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

fn chosen_places(places: &Chosen) -> String {
    let place = |place: &Option<usize>| place.map_or_else(|| "open".to_owned(), |place| place.to_string());
    places.iter().map(place).collect::<Vec<_>>().join(" ")
}

#[component]
fn OfferPrice(offer: Offer) -> impl IntoView {
    let note = price_note(offer.price, Store::current().taxes.collection(Country::HOME));
    let varies = offer.open.is_some_and(|open| open.price_varies);
    view! { <PriceLine price=offer.price list_price=offer.list_price varies note=note class="price price--large" /> }
}

/// Whether it can be bought, and how many by one customer.
#[component]
fn Stock(offer: Offer) -> impl IntoView {
    let limit = offer.on_sale.terms.limit.filter(|_| !offer.is_sold_out());
    view! {
        {stock_in_words(&offer)}
        {limit.map(|limit| view! { <p class="small soft">{limit.in_short()}</p> })}
    }
    .into_any()
}

/// Of a look, in how many fits.
fn stock_in_words(offer: &Offer) -> AnyView {
    match offer.open {
        _ if offer.availability().waits_until().is_some() => {
            view! { <AvailabilityLine availability=offer.availability() /> }.into_any()
        }
        Some(open) if open.in_stock > 0 && open.in_stock < open.of => {
            view! { <p class="availability">{format!("In stock, {} of {} to choose from", open.in_stock, open.of)}</p> }
                .into_any()
        }
        Some(open) if open.in_stock > 0 => view! { <AvailabilityLine availability=Availability::InStock /> }.into_any(),
        _ => view! { <AvailabilityLine availability=offer.availability() /> }.into_any(),
    }
}

/// The way to be told when it is back or costs less. Nobody waits for a look: what fits is to be chosen first.
#[component]
fn AlertLink(offer: Offer) -> impl IntoView {
    let kind = if offer.is_sold_out() { AlertKind::Stock } else { AlertKind::Price };
    offer.open.is_none().then(|| {
        view! {
            <a class="link-button" href=alert_path(&offer.sku, kind) rel="nofollow">
                <Icon glyph=Glyph::Letter class="icon icon--small" />
                {alert_words(kind)}
            </a>
        }
    })
}

/// The number that an order names it by.
fn number_words(offer: &Offer, ask: &str) -> String {
    if offer.open.is_some() { format!("not known yet: {}", ask.to_lowercase()) } else { offer.sku.to_string() }
}

/// What the price includes at home, and what comes on top.
fn price_note(price: Price, tax: Collection) -> String {
    let tax = tax.note();
    let charge = Shipping::STANDARD_AT_HOME.charge(price.money());
    if charge.minor_units() == 0 {
        return format!("{tax}. Free standard delivery.");
    }
    let free_from = Shipping::STANDARD_AT_HOME.free_from(price.currency());
    let free_from = free_from.map(|free_from| format!(", free from {free_from}")).unwrap_or_default();
    format!("{tax}. Delivery {charge}{free_from}.")
}

/// The price and what is bought for it, beside the button that sticks to the foot of a phone; the
/// day where there is nothing to choose.
#[component]
fn BarPrice(offer: Offer, ask: String, today: Date) -> impl IntoView {
    let words = match offer.open {
        _ if offer.is_sold_out() => "Sold out".to_owned(),
        Some(_) => ask,
        None if offer.label.is_empty() => {
            format!("Arrives {}", arrival(Shipping::STANDARD_AT_HOME, ships_from(&offer, today)))
        }
        None => offer.label,
    };
    let varies = offer.open.is_some_and(|open| open.price_varies);
    view! {
        {varies.then_some("from ")}
        {offer.price.to_string()}
        " "
        <small>{words}</small>
    }
}

#[component]
fn Delivery(offer: Offer, today: Date) -> impl IntoView {
    let about = view! { <a href="/help/delivery">"About delivery"</a> };
    if offer.is_sold_out() {
        return view! {
            "No delivery while it is sold out "
            <small>{about}</small>
        }
        .into_any();
    }
    let (price, ships_from) = (offer.price.money(), ships_from(&offer, today));
    let charge = Shipping::STANDARD_AT_HOME.charge(price);
    let cost = if charge.minor_units() == 0 { "free".to_owned() } else { charge.to_string() };
    let express = Shipping::EXPRESS_AT_HOME;
    // The address is not known yet.
    let home = Country::HOME.in_words();
    view! {
        "Delivered to "
        {home}
        " "
        <b>{arrival(Shipping::STANDARD_AT_HOME, ships_from)}</b>
        ", "
        {cost}
        " "
        <small>
            {format!("Or {} by express delivery, {}. ", arrival(express, ships_from), express.charge(price))}
            {about}
        </small>
    }
    .into_any()
}

/// The day that one of it can be sent on.
fn ships_from(offer: &Offer, today: Date) -> Date {
    offer.availability().waits_until().map_or(today, |day| day.max(today))
}

fn arrival(delivery: Shipping, today: Date) -> String {
    spoken_day(delivery.arrives_on(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_what_it_includes() {
        let note = |price: &str, tax| price_note(price.parse().unwrap(), tax);
        assert_eq!(note("43.20 GBP", Collection::Included), "Includes VAT. Free standard delivery.");
        assert_eq!(note("12.50 GBP", Collection::Included), "Includes VAT. Delivery £3.95, free from £40.00.");
        let added = "Taxes are calculated at checkout. Free standard delivery.";
        assert_eq!(note("43.20 GBP", Collection::Added), added);
    }
}
