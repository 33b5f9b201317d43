//! The options of a product, each with a link for every value.

use leptos::prelude::*;

use super::offer::{Choices, Offer, OptionChoice};
use super::variant::Standing;
use crate::icon::{Glyph, Icon};

/// The values of one option. Where nobody chose what fits, it `asks` for it.
pub(super) fn option_links(choices: &Choices, here: &Offer, option: usize, asks: bool) -> impl IntoView + use<> {
    let group = &choices.options[option];
    let is_fit = choices.fit == Some(option);
    let asks = asks && is_fit && here.open.is_some();
    let chosen = here.chosen.get(option).copied().flatten().and_then(|place| group.values.get(place));
    let chosen = chosen.map_or_else(|| "not chosen yet".to_owned(), |choice| choice.value.clone());
    let links = group
        .values
        .iter()
        .enumerate()
        .map(|(value, choice)| value_link(choices, here, option, value, choice, asks && value == 0))
        .collect_view();
    let label = format!("option-{option}");
    let id = label.clone();
    let ask = choices.ask().filter(|_| is_fit).map(|ask| {
        view! {
            <p class="field__error" id="fit-error" hidden=!asks>
                <Icon glyph=Glyph::Warning class="icon icon--small" />
                {ask}
            </p>
        }
    });
    view! {
        <div
            class="options"
            role="group"
            id=is_fit.then_some("fit")
            aria-labelledby=label
            aria-describedby=is_fit.then_some("fit-error")
        >
            <p class="options__name" id=id>
                {group.name.clone()}
                ": "
                <b id=format!("chosen-{option}")>{chosen}</b>
            </p>
            <ul class="options__list">{links}</ul>
            {ask}
        </div>
    }
}

fn value_link(
    choices: &Choices,
    here: &Offer,
    option: usize,
    value: usize,
    choice: &OptionChoice,
    takes_focus: bool,
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
                autofocus=takes_focus
            >
                {face}
                <span class="visually-hidden">{standing.words()}</span>
            </a>
        </li>
    }
}
