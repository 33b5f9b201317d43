//! One line of the cart.

use domain::cart::{CartProblem, CartVersion, MAX_LINE_QUANTITY, PricedLine};
use domain::inventory::Availability;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::amounts::line_price;
use super::api::{RemoveLine, SaveForLater, SetQuantity};
use super::compact::{LineDiscounts, LinePicture, Thumbnail};
use crate::catalog::availability::AvailabilityLine;
use crate::form::sentence;
use crate::icon::{Glyph, Icon};
use crate::inventory::bundle::PartLinks;
use crate::wish_list::add_path;

/// What a line is called: its title, or its SKU once it is no longer sold.
pub fn name_of(line: &PricedLine) -> String {
    line.facts.as_ref().map_or_else(|| format!("Item {}", line.sku), |facts| facts.title.to_string())
}

/// Picture, linked title and choices of a line.
#[component]
pub fn LineHead(line: PricedLine, children: Children) -> impl IntoView {
    let name = name_of(&line);
    let Some(facts) = line.facts else {
        return view! {
            <LinePicture picture=None />
            <div class="line__what">
                <h3>{name}</h3>
                {children()}
            </div>
        }
        .into_any();
    };
    let path = format!("/products/{}", facts.slug);
    let parts = facts.parts.into_iter().map(|part| part.part).collect();
    let choices = (!facts.choices.is_empty()).then(|| view! { <p class="line__options">{facts.choices}</p> });
    view! {
        <a class="picture" href=path.clone() tabindex="-1" aria-hidden="true">
            {facts.picture.map(|picture| view! { <Thumbnail picture /> })}
        </a>
        <div class="line__what">
            <h3>
                <a href=path>{name}</a>
            </h3>
            {choices}
            <PartLinks parts />
            {children()}
        </div>
    }
    .into_any()
}

/// A line that can be changed, saved for later and removed.
#[component]
pub fn CartLine(
    line: PricedLine,
    /// The version that a change of the quantity saw.
    version: CartVersion,
    /// The day it arrives when ordered now, with what it waits for.
    arrives: String,
) -> impl IntoView {
    let (sku, name, units) = (line.sku.to_string(), name_of(&line), line.quantity.get());
    let facts = line.facts.as_ref();
    let most = match line.problem {
        Some(CartProblem::OnlyLeft { units }) => Some(units),
        Some(CartProblem::OverLimit { limit }) => Some(limit.units().get()),
        _ => None,
    };
    // What can't be bought costs nothing.
    let buyable = most.map_or(units, |most| units.min(most));
    let prices = facts.map(|facts| line_price(facts.price.money(), buyable)).unwrap_or_default();
    let discounts = line.discounts.clone();
    let price_minor_units = line.counted_facts().map(|facts| facts.price.money().minor_units());
    let kept = facts.is_some().then(|| {
        view! {
            <Stepper sku=sku.clone() version units name=name.clone() />
            <form method="post" action=SaveForLater::url()>
                <input type="hidden" name="sku" value=sku.clone() />
                <button class="link-button" type="submit">
                    "Save for later"
                    <span class="visually-hidden">" " {name.clone()}</span>
                </button>
            </form>
        }
        .into_any()
    });
    let (condition, id) = (condition(&line, &arrives), format!("line-{sku}"));
    view! {
        <li class="line" id=id data-price=price_minor_units data-most=most>
            <LineHead line>{condition} <LineDiscounts discounts /></LineHead>
            <p class="line__price" inner_html=prices></p>
            <div class="line__actions">
                {kept}
                <WaysOut sku name action=RemoveLine::url() />
            </div>
        </li>
    }
    .into_any()
}

/// The ways on for what is not wanted here, in the cart or among what was saved.
#[component]
pub fn WaysOut(
    sku: String,
    name: String,
    /// Where the form that takes the line away posts to
    action: &'static str,
) -> impl IntoView {
    view! {
        <a class="small" href=add_path(&sku)>
            "Add to a list"
            <span class="visually-hidden">" " {name.clone()}</span>
        </a>
        <form method="post" action=action>
            <input type="hidden" name="sku" value=sku />
            <button class="link-button" type="submit">
                "Remove"
                <span class="visually-hidden">" " {name}</span>
            </button>
        </form>
    }
    .into_any()
}

/// Whether the line can be bought as it is, and else what to do about it.
fn condition(line: &PricedLine, arrives: &str) -> AnyView {
    let problem = |words: String| {
        view! {
            <p class="field__error">
                <Icon glyph=Glyph::Warning class="icon icon--small" />
                {words}
            </p>
        }
    };
    match line.problem {
        None => view! {
            <AvailabilityLine availability=line.availability() />
            {limit_note(line)}
            <p class="line__delivery">"Arrives " <b>{arrives.to_owned()}</b></p>
        }
        .into_any(),
        Some(CartProblem::NotSold) => problem("No longer sold: please remove it to go on.".to_owned()).into_any(),
        Some(CartProblem::SoldOut) => view! {
            <AvailabilityLine availability=Availability::SoldOut />
            {problem("Please save it for later or remove it to go on.".to_owned())}
        }
        .into_any(),
        Some(CartProblem::OtherCurrency { currency }) => {
            let words = format!("Priced in {}: please order it by itself.", currency.code());
            problem(words).into_any()
        }
        Some(CartProblem::OnlyLeft { units }) => view! {
            {problem(format!("Only {units} left: the total counts {units}, not {}.", line.quantity))}
            <SetTo line=line.clone() units />
        }
        .into_any(),
        Some(CartProblem::OverLimit { limit }) => {
            let units = limit.units().get();
            let words = sentence(&format!("{limit}: the total counts {units}, not {}", line.quantity));
            view! {
                {problem(words)}
                <SetTo line=line.clone() units />
            }
            .into_any()
        }
    }
}

/// How many of it one customer may buy.
fn limit_note(line: &PricedLine) -> Option<impl IntoView + use<>> {
    let limit = line.facts.as_ref()?.terms.limit?;
    Some(view! { <p class="line__options">{sentence(&limit.to_string())}</p> })
}

/// Leaves as many units in the line as can be bought.
#[component]
fn SetTo(line: PricedLine, units: u32) -> impl IntoView {
    view! {
        <form method="post" action=SetQuantity::url()>
            <input type="hidden" name="sku" value=line.sku.to_string() />
            <input type="hidden" name="quantity" value=units />
            <button class="button button--small" type="submit">
                "Set to "
                {units}
            </button>
        </form>
    }
    .into_any()
}

/// The quantity as a form: a number field with one button for fewer and one for more.
#[component]
fn Stepper(sku: String, version: CartVersion, units: u32, name: String) -> impl IntoView {
    let id = format!("quantity-{sku}");
    view! {
        <form class="stepper" method="post" action=SetQuantity::url()>
            <input type="hidden" name="sku" value=sku />
            <input type="hidden" name="seen" value=version.0 />
            <label class="visually-hidden" for=id.clone()>
                "Quantity of "
                {name}
            </label>
            <input
                id=id
                name="quantity"
                type="number"
                inputmode="numeric"
                enterkeyhint="done"
                autocomplete="off"
                min="0"
                max=MAX_LINE_QUANTITY
                step="1"
                required
                value=units
            />
            <button class="stepper__update button button--small" type="submit">
                "Update"
            </button>
            <button
                class="stepper__step stepper__step--fewer"
                type="submit"
                name="step"
                value="-1"
                formnovalidate
            >
                <Icon glyph=Glyph::Minus class="icon icon--small" />
                <span class="visually-hidden">"One fewer"</span>
            </button>
            <button
                class="stepper__step stepper__step--more"
                type="submit"
                name="step"
                value="1"
                formnovalidate
            >
                <Icon glyph=Glyph::Plus class="icon icon--small" />
                <span class="visually-hidden">"One more"</span>
            </button>
        </form>
    }
    .into_any()
}
