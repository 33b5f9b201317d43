//! Pictures, price, choice and purchase of a product, for the variant that the address asks for.
//! Every choice is a link; templates hold what the other variants differ in, for
//! [`VariantSwitch`](super::variant::VariantSwitch) to show at once.

use domain::catalog::Title;
use domain::inventory::LOW_STOCK_UNITS;
use domain::pricing::{Money, Price};
use domain::shipment::{DeliveryOption, FREE_DELIVERY_MINOR_UNITS, RETURN_DAYS, spoken_day};
use jiff::civil::Date;
use leptos::prelude::*;

use super::availability::AvailabilityLine;
use super::gallery::Gallery;
use super::offer::{Choices, Offer, OptionChoice};
use super::price::PriceLine;
use super::variant::{Standing, VariantSwitch};
use crate::cart::add::{AddToCartForm, buy_words};
use crate::icon::{Glyph, Icon};
use crate::inventory::watched::KeepsUp;

/// The children are the product's name and rating.
#[component]
pub fn ProductChoice(
    title: Title,
    choices: Choices,
    /// The place of the offer that the address asks for.
    chosen: usize,
    today: Date,
    children: Children,
) -> impl IntoView {
    // `chosen` comes from a look-up among the offers, and a product has at least one.
    let offer = choices.offers[chosen].clone();
    let pictures = choices.galleries[offer.gallery].clone();
    let groups = (0..choices.options.len()).map(|option| option_links(&choices, &offer, option)).collect_view();
    let templates = (choices.offers.len() > 1).then(|| templates(&choices, today));
    let (sku, is_sold_out, gallery) = (offer.sku.clone(), offer.is_sold_out(), offer.gallery);
    let number = sku.to_string();
    let availability = offer.availability();
    let (price, bar) = (offer.clone(), offer.clone());
    let watched = choices.offers.iter().map(|offer| (offer.sku.clone(), offer.available, LOW_STOCK_UNITS)).collect();
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
                    <AvailabilityLine availability=availability />
                </div>
                <AddToCartForm sku=sku title=title sold_out=is_sold_out>
                    <p class="buy__bar-price" id="offer-bar">
                        <BarPrice offer=bar today=today />
                    </p>
                </AddToCartForm>
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
    let offers = choices
        .offers
        .iter()
        .map(|offer| {
            let leads_to: Vec<String> = offer.leads_to.iter().map(|ways| spaced(ways)).collect();
            view! {
                <template
                    class="offer"
                    data-sku=offer.sku.to_string()
                    data-query=offer.query()
                    data-chosen=spaced(&offer.chosen)
                    data-leads-to=leads_to.join(",")
                    data-gallery=offer.gallery
                    data-sold-out=offer.is_sold_out()
                >
                    <div data-part="offer-price">
                        <OfferPrice offer=offer.clone() />
                    </div>
                    <div data-part="offer-availability">
                        <AvailabilityLine availability=offer.availability() />
                    </div>
                    <div data-part="buy-words">{buy_words(offer.is_sold_out())}</div>
                    <div data-part="offer-bar">
                        <BarPrice offer=offer.clone() today=today />
                    </div>
                    <div data-part="offer-delivery">
                        <Delivery offer=offer.clone() today=today />
                    </div>
                    <div data-part="offer-sku">{offer.sku.to_string()}</div>
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

/// The values of one option.
fn option_links(choices: &Choices, here: &Offer, option: usize) -> impl IntoView + use<> {
    let group = &choices.options[option];
    let chosen = here.chosen.get(option).and_then(|place| group.values.get(*place)).map(|choice| choice.value.clone());
    let links = group
        .values
        .iter()
        .enumerate()
        .map(|(value, choice)| value_link(choices, here, option, value, choice))
        .collect_view();
    let label = format!("option-{option}");
    let id = label.clone();
    view! {
        <div class="options" role="group" aria-labelledby=label>
            <p class="options__name" id=id>
                {group.name.clone()}
                ": "
                <b id=format!("chosen-{option}")>{chosen}</b>
            </p>
            <ul class="options__list">{links}</ul>
        </div>
    }
}

fn value_link(
    choices: &Choices,
    here: &Offer,
    option: usize,
    value: usize,
    choice: &OptionChoice,
) -> impl IntoView + use<> {
    let to = here.leads_to[option][value];
    let there = &choices.offers[to];
    let standing = Standing::of(&here.chosen, &there.chosen, option, value, there.is_sold_out());
    let (name, label) = (choice.value.clone(), choice.value.clone());
    let face = match choice.paint {
        Some(paint) => view! {
            <svg class="swatch__dot" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width="1" height="1" fill=paint.to_string()></rect>
            </svg>
            <span class="visually-hidden">{label}</span>
        }
        .into_any(),
        None => view! { <span>{label}</span> }.into_any(),
    };
    view! {
        <li>
            <a
                class=standing.class(choice.paint.is_some())
                href=there.query()
                rel="nofollow"
                aria-current=(standing == Standing::Chosen).then_some("true")
                data-option=option
                data-value=value
                data-to=to
                data-name=name
            >
                {face}
                <span class="visually-hidden">{standing.words()}</span>
            </a>
        </li>
    }
}

#[component]
fn OfferPrice(offer: Offer) -> impl IntoView {
    let note = price_note(offer.price);
    view! { <PriceLine price=offer.price list_price=offer.list_price note=note class="price price--large" /> }
}

/// What the price includes, and what comes on top.
fn price_note(price: Price) -> String {
    let charge = DeliveryOption::Standard.charge(price.money());
    if charge.minor_units() == 0 {
        return "Includes VAT. Free standard delivery.".to_owned();
    }
    let free_from = Money::new(FREE_DELIVERY_MINOR_UNITS, price.currency());
    format!("Includes VAT. Delivery {charge}, free from {free_from}.")
}

/// The price and the day, beside the button that sticks to the foot of a phone.
#[component]
fn BarPrice(offer: Offer, today: Date) -> impl IntoView {
    let day = if offer.is_sold_out() { "Sold out".to_owned() } else { arrival(DeliveryOption::Standard, today) };
    view! {
        {offer.price.to_string()}
        " "
        <small>{day}</small>
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
    let price = offer.price.money();
    let charge = DeliveryOption::Standard.charge(price);
    let cost = if charge.minor_units() == 0 { "free".to_owned() } else { charge.to_string() };
    let express = DeliveryOption::Express;
    view! {
        "Delivered "
        <b>{arrival(DeliveryOption::Standard, today)}</b>
        ", "
        {cost}
        " "
        <small>
            {format!("Or {} by express delivery, {}. ", arrival(express, today), express.charge(price))}
            {about}
        </small>
    }
    .into_any()
}

fn arrival(option: DeliveryOption, today: Date) -> String {
    spoken_day(option.arrives_on(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_what_it_includes() {
        assert_eq!(price_note("43.20 GBP".parse().unwrap()), "Includes VAT. Free standard delivery.");
        assert_eq!(price_note("12.50 GBP".parse().unwrap()), "Includes VAT. Delivery £3.95, free from £40.00.");
    }
}
