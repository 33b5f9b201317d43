//! One line of the cart.

use domain::cart::{CartChange, CartProblem, MAX_LINE_QUANTITY, PricedLine};
use domain::inventory::Availability;
use leptos::ev::{Event, MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::web_sys::HtmlInputElement;

use super::api::{RemoveLine, SaveForLater, SetQuantity, parse_quantity};
use super::compact::{LinePicture, Thumbnail};
use super::live::LiveCart;
use crate::icon::{Glyph, Icon};

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
            {children()}
        </div>
    }
    .into_any()
}

/// Whether it is there, in words.
#[component]
pub fn Stock(availability: Availability) -> impl IntoView {
    match availability {
        Availability::InStock => view! { <p class="availability">"In stock"</p> }.into_any(),
        Availability::Low { units } => {
            view! { <p class="availability availability--low">"Only " {units} " left in stock"</p> }.into_any()
        }
        Availability::SoldOut => view! { <p class="availability availability--out">"Sold out"</p> }.into_any(),
    }
}

/// A line that can be changed, saved for later and removed.
#[component]
pub fn CartLine(
    cart: LiveCart,
    #[prop(into)] line: Signal<PricedLine>,
    /// The day it arrives when ordered now.
    arrives: String,
) -> impl IntoView {
    let first = line.get_untracked();
    let (sku, name) = (first.sku.clone(), name_of(&first));
    let can_be_kept = first.facts.is_some();
    let remove = {
        let sku = sku.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            cart.change(CartChange::Remove { sku: sku.clone() });
        }
    };
    let save = {
        let sku = sku.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            cart.change(CartChange::SaveForLater { sku: sku.clone() });
        }
    };
    let prices = move || {
        let line = line.get();
        let each = line.facts.as_ref().filter(|_| line.quantity.get() > 1).map(|facts| facts.price);
        view! {
            {line.total.map(|total| total.to_string())}
            {each.map(|price| view! { <small>{price.to_string()} " each"</small> })}
        }
    };
    view! {
        <li class="line" id=format!("line-{sku}")>
            <LineHead line=first>
                {move || condition(cart, &line.get(), &arrives)}
            </LineHead>
            <p class="line__price">{prices}</p>
            <div class="line__actions">
                <Stepper cart line name=name.clone() />
                {can_be_kept
                    .then(|| {
                        view! {
                            <form method="post" action=SaveForLater::url() on:submit=save>
                                <input type="hidden" name="sku" value=sku.to_string() />
                                <button class="link-button" type="submit">
                                    "Save for later"
                                    <span class="visually-hidden">" " {name.clone()}</span>
                                </button>
                            </form>
                        }
                    })}
                <form method="post" action=RemoveLine::url() on:submit=remove>
                    <input type="hidden" name="sku" value=sku.to_string() />
                    <button class="link-button" type="submit">
                        "Remove"
                        <span class="visually-hidden">" " {name.clone()}</span>
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

/// Whether the line can be bought as it is, and else what to do about it.
fn condition(cart: LiveCart, line: &PricedLine, arrives: &str) -> AnyView {
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
            <Stock availability=line.availability() />
            <p class="line__delivery">"Arrives " <b>{arrives.to_owned()}</b></p>
        }
        .into_any(),
        Some(CartProblem::NotSold) => problem("No longer sold: please remove it to go on.".to_owned()).into_any(),
        Some(CartProblem::SoldOut) => view! {
            <Stock availability=Availability::SoldOut />
            {problem("Please save it for later or remove it to go on.".to_owned())}
        }
        .into_any(),
        Some(CartProblem::OtherCurrency { currency }) => {
            let words = format!("Priced in {}: please order it by itself.", currency.code());
            problem(words).into_any()
        }
        Some(CartProblem::OnlyLeft { units }) => {
            let sku = line.sku.clone();
            let posted = sku.to_string();
            let set = move |event: SubmitEvent| {
                event.prevent_default();
                if let Ok(quantity) = units.try_into() {
                    cart.change(CartChange::SetQuantity { sku: sku.clone(), quantity });
                }
            };
            view! {
                {problem(format!("Only {units} left."))}
                <form method="post" action=SetQuantity::url() on:submit=set>
                    <input type="hidden" name="sku" value=posted />
                    <input type="hidden" name="quantity" value=units />
                    <button class="button button--small" type="submit">
                        "Set to "
                        {units}
                    </button>
                </form>
            }
            .into_any()
        }
    }
}

/// The quantity as a form: a number field with one button for fewer and one for more.
#[component]
fn Stepper(cart: LiveCart, line: Signal<PricedLine>, name: String) -> impl IntoView {
    let sku = line.with_untracked(|line| line.sku.clone());
    let id = format!("quantity-{sku}");
    let units = move || line.with(|line| line.quantity.to_string());
    let field = NodeRef::<leptos::html::Input>::new();
    let take_over = move |raw: &str| set_line(cart, &line.get_untracked(), raw);
    let typed = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        if !take_over(&input.value()) {
            input.set_value(&line.with_untracked(|line| line.quantity.to_string()));
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(input) = field.get_untracked() {
            take_over(&input.value());
        }
    };
    let step = move |event: MouseEvent, by: i32| {
        event.prevent_default();
        let units = line.with_untracked(|line| line.quantity.get()).saturating_add_signed(by);
        take_over(&units.to_string());
    };
    view! {
        <form class="stepper" method="post" action=SetQuantity::url() on:submit=submit>
            <input type="hidden" name="sku" value=sku.to_string() />
            <input type="hidden" name="seen" value=move || cart.shown.with(|view| view.cart.version().0) />
            <label class="visually-hidden" for=id.clone()>
                "Quantity of "
                {name}
            </label>
            <input
                node_ref=field
                id=id
                name="quantity"
                type="number"
                inputmode="numeric"
                autocomplete="off"
                min="0"
                max=MAX_LINE_QUANTITY
                step="1"
                required
                value=line.with_untracked(|line| line.quantity.get())
                prop:value=units
                on:change=typed
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
                on:click=move |event| step(event, -1)
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
                on:click=move |event| step(event, 1)
            >
                <Icon glyph=Glyph::Plus class="icon icon--small" />
                <span class="visually-hidden">"One more"</span>
            </button>
        </form>
    }
    .into_any()
}

/// Brings a line to the quantity that a field says; whether the field can stay as it is.
fn set_line(cart: LiveCart, line: &PricedLine, raw: &str) -> bool {
    let sku = line.sku.clone();
    match parse_quantity(raw) {
        Ok(Some(quantity)) if quantity == line.quantity => true,
        Ok(Some(quantity)) if quantity.get() <= MAX_LINE_QUANTITY => {
            cart.change(CartChange::SetQuantity { sku, quantity });
            true
        }
        Ok(Some(_)) => {
            cart.refuse(domain::cart::CartError::TooManyUnits);
            false
        }
        Ok(None) => {
            cart.change(CartChange::Remove { sku });
            true
        }
        Err(error) => {
            cart.refuse(error);
            false
        }
    }
}
