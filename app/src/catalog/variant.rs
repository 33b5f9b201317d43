//! The part of a product page that changes with the chosen variant.

use std::sync::Arc;

use domain::catalog::Title;
use domain::inventory::Availability;
use domain::pricing::{Money, Price};
use domain::shipment::{DeliveryOption, FREE_DELIVERY_MINOR_UNITS};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::availability::AvailabilityLine;
use super::gallery::Gallery;
use super::offer::{Choices, Index, Offer, OptionChoice, Shot};
use super::price::PriceLine;
use crate::cart::add::AddToCartForm;
use crate::icon::{Glyph, Icon};

/// When it arrives if it is ordered now, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    pub standard: String,
    pub express: String,
}

/// Pictures, price, choice and purchase of a product. Every choice is a link; with JavaScript it
/// is made at once and the address follows. The children are the product's name and rating.
#[island]
pub fn VariantChoice(
    title: Title,
    choices: Choices,
    /// The offer that the address asked for.
    chosen: Index,
    arrival: Arrival,
    children: Children,
) -> impl IntoView {
    // A product has at least one variant; only props that somebody tampered with have none.
    let Some(first) = choices.offers.first().cloned() else { return ().into_any() };
    let choices = Arc::new(choices);
    let chosen = RwSignal::new(chosen);
    let offer = Memo::new({
        let choices = Arc::clone(&choices);
        move |_| choices.offers.get(usize::from(chosen.get())).unwrap_or(&first).clone()
    });
    let pictures = Memo::new({
        let choices = Arc::clone(&choices);
        move |_| offer.with(|offer| shots(&choices, offer))
    });
    let sold_out = Signal::derive(move || offer.with(Offer::is_sold_out));
    let sku = Signal::derive(move || offer.with(|offer| offer.sku.clone()));
    let availability = Signal::derive(move || Availability::from(offer.with(|offer| offer.available)));
    let groups = (0..choices.options.len())
        .map(|option| view! { <OptionLinks choices=Arc::clone(&choices) option=option offer=offer chosen=chosen /> })
        .collect_view();
    let day = arrival.standard.clone();
    view! {
        <article class="product" aria-labelledby="product-title">
            {move || view! { <Gallery pictures=pictures.get() /> }}
            <div class="product__facts">
                {children()}
                <div aria-live="polite">
                    {move || {
                        let (price, list_price) = offer.with(|offer| (offer.price, offer.list_price));
                        let note = price_note(price);
                        view! { <PriceLine price list_price note class="price price--large" /> }
                    }}
                </div>
                {groups}
                <AvailabilityLine availability />
                <AddToCartForm sku title sold_out>
                    <p class="buy__bar-price">
                        {move || offer.with(|offer| offer.price.to_string())}
                        <small>{move || if sold_out.get() { String::new() } else { day.clone() }}</small>
                    </p>
                </AddToCartForm>
                <ul class="assurances">
                    {move || {
                        let price = offer.with(|offer| offer.price);
                        (!sold_out.get()).then(|| view! { <Delivery price arrival=arrival.clone() /> })
                    }}
                    <li>
                        <Icon glyph=Glyph::Return />
                        <span>
                            <a href="/help/returns">"How to return it"</a>
                        </span>
                    </li>
                    <li>
                        <Icon glyph=Glyph::Lock />
                        <span>"Card details never reach our servers"</span>
                    </li>
                </ul>
                <p class="soft small">"Item number " {move || sku.get().to_string()}</p>
            </div>
        </article>
    }
    .into_any()
}

fn shots(choices: &Choices, offer: &Offer) -> Vec<Shot> {
    offer.pictures.iter().filter_map(|place| choices.pictures.get(usize::from(*place)).cloned()).collect()
}

/// The values of one option.
#[component]
fn OptionLinks(choices: Arc<Choices>, option: usize, offer: Memo<Offer>, chosen: RwSignal<Index>) -> impl IntoView {
    let group = &choices.options[option];
    let id = format!("option-{option}");
    let label = id.clone();
    let current = {
        let choices = Arc::clone(&choices);
        move || {
            let place = offer.with(|offer| offer.chosen.get(option).copied().unwrap_or_default());
            choices.options[option].values.get(usize::from(place)).map(|choice| choice.value.clone())
        }
    };
    let links = (0..group.values.len())
        .map(|value| view! { <ValueLink choices=Arc::clone(&choices) option value offer chosen /> })
        .collect_view();
    view! {
        <div class="options" role="group" aria-labelledby=label>
            <p class="options__name" id=id.clone()>
                {group.name.clone()}
                ": "
                <b>{current}</b>
            </p>
            <ul class="options__list">{links}</ul>
        </div>
    }
}

/// How a value stands to what is chosen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Chosen,
    Available,
    SoldOut,
    /// Exists only together with another choice elsewhere, which the link then makes as well.
    Elsewhere,
}

impl Standing {
    const fn words(self) -> &'static str {
        match self {
            Self::Chosen | Self::Available => "",
            Self::SoldOut => ", sold out",
            Self::Elsewhere => ", not in this combination",
        }
    }
}

#[component]
fn ValueLink(
    choices: Arc<Choices>,
    option: usize,
    value: usize,
    offer: Memo<Offer>,
    chosen: RwSignal<Index>,
) -> impl IntoView {
    let OptionChoice { value: name, paint } = choices.options[option].values[value].clone();
    let target = Memo::new(move |_| {
        offer.with(|offer| offer.leads_to.get(option).and_then(|ways| ways.get(value)).copied().unwrap_or_default())
    });
    let standing = Memo::new({
        let choices = Arc::clone(&choices);
        move |_| {
            let Some(to) = choices.offers.get(usize::from(target.get())) else { return Standing::Elsewhere };
            offer.with(|offer| standing(offer, to, option, value))
        }
    });
    let kind = if paint.is_some() { "swatch" } else { "option" };
    let class = move || match standing.get() {
        Standing::Chosen | Standing::Available => kind.to_owned(),
        Standing::SoldOut | Standing::Elsewhere => format!("{kind} {kind}--unavailable"),
    };
    let href = move || choices.offers.get(usize::from(target.get())).map(Offer::query).unwrap_or_default();
    let choose = {
        let href = href.clone();
        move |event: MouseEvent| {
            // A press that asks for a new tab or a download stays a link.
            if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            event.prevent_default();
            // Where the browser refuses to change the address, the choice still counts.
            if let Ok(history) = window().history() {
                let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&href()));
            }
            chosen.set(target.get_untracked());
        }
    };
    let face = match paint {
        Some(paint) => view! {
            <svg class="swatch__dot" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width="1" height="1" fill=paint></rect>
            </svg>
            <span class="visually-hidden">{name}</span>
        }
        .into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    view! {
        <li>
            <a
                class=class
                href=href
                rel="nofollow"
                aria-current=move || (standing.get() == Standing::Chosen).then_some("true")
                on:click=choose
            >
                {face}
                <span class="visually-hidden">{move || standing.get().words()}</span>
            </a>
        </li>
    }
}

fn standing(from: &Offer, to: &Offer, option: usize, value: usize) -> Standing {
    let is_chosen = from.chosen.get(option).is_some_and(|chosen| usize::from(*chosen) == value);
    let has_value = to.chosen.get(option).is_some_and(|chosen| usize::from(*chosen) == value);
    if is_chosen {
        Standing::Chosen
    } else if !has_value || !from.keeps_all_but(to, option) {
        Standing::Elsewhere
    } else if to.is_sold_out() {
        Standing::SoldOut
    } else {
        Standing::Available
    }
}

#[component]
fn Delivery(price: Price, arrival: Arrival) -> impl IntoView {
    let charge = DeliveryOption::Standard.charge(price.money());
    let cost = if charge.minor_units() == 0 { "free".to_owned() } else { charge.to_string() };
    let express = DeliveryOption::Express.charge(price.money());
    view! {
        <li>
            <Icon glyph=Glyph::Truck />
            <span>
                "Delivered "
                <b>{arrival.standard}</b>
                ", "
                {cost}
                <small>
                    {format!("Or {} by express delivery, {express}. ", arrival.express)}
                    <a href="/help/delivery">"About delivery"</a>
                </small>
            </span>
        </li>
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(sku: &str, units: u32, chosen: [Index; 2]) -> Offer {
        Offer {
            sku: sku.parse().unwrap(),
            price: "10 GBP".parse().unwrap(),
            list_price: None,
            available: domain::inventory::AvailableUnits(units),
            chosen: chosen.to_vec(),
            leads_to: vec![],
            pictures: vec![],
        }
    }

    #[test]
    fn a_value_says_how_it_stands_to_the_choice() {
        let here = offer("moss-s", 3, [0, 0]);
        assert_eq!(standing(&here, &here, 0, 0), Standing::Chosen);
        assert_eq!(standing(&here, &offer("clay-s", 1, [1, 0]), 0, 1), Standing::Available);
        assert_eq!(standing(&here, &offer("clay-s", 0, [1, 0]), 0, 1), Standing::SoldOut);
        assert_eq!(standing(&here, &offer("clay-l", 1, [1, 1]), 0, 1), Standing::Elsewhere);
        assert_eq!(standing(&here, &here, 0, 1), Standing::Elsewhere);
    }

    #[test]
    fn a_price_says_what_it_includes() {
        assert_eq!(price_note("43.20 GBP".parse().unwrap()), "Includes VAT. Free standard delivery.");
        assert_eq!(price_note("12.50 GBP".parse().unwrap()), "Includes VAT. Delivery £3.95, free from £40.00.");
    }
}
