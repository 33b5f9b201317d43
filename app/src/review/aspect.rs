//! What reviewers say of the aspects of a product: as they rate them, in a review, and all of them together.

use std::collections::BTreeMap;

use domain::review::{Aspect, AspectAverage, AspectStars, Stars, Writing};
use leptos::prelude::*;

use super::histogram::drawn_bar;

/// The field of a form that an aspect is rated in.
pub(super) fn field_of(aspect: Aspect) -> String {
    format!("aspects[{}]", aspect.parameter())
}

/// The stars as the form has them.
pub(super) fn typed_of(stars: &AspectStars) -> BTreeMap<String, String> {
    stars.iter().map(|rated| (rated.aspect.parameter().to_owned(), rated.stars.to_string())).collect()
}

/// The averages of the aspects that enough have rated, as bars; nothing where there is none.
#[component]
pub fn AspectBars(averages: Vec<AspectAverage>) -> impl IntoView {
    if averages.is_empty() {
        return ().into_any();
    }
    let bars = averages.into_iter().map(bar).collect_view();
    view! {
        <section class="aspects" aria-labelledby="aspects-title">
            <h3 id="aspects-title">"Rated in detail"</h3>
            <ul>{bars}</ul>
        </section>
    }
    .into_any()
}

fn bar(average: AspectAverage) -> impl IntoView {
    let AspectAverage { aspect, hundredths, ratings } = average;
    // One star fills a fifth.
    let percent = u32::from(hundredths) / 5;
    view! {
        <li>
            <span>{aspect.label()}</span>
            {drawn_bar(percent)}
            <span class="aspects__average">
                <b>{average.average()}</b>
                <span class="visually-hidden">" out of 5 from "</span>
                <span class="small soft">{format!(" ({ratings})")}</span>
            </span>
        </li>
    }
}

/// What one reviewer said of aspects; nothing where nothing was said.
#[component]
pub fn RatedAspects(writing: Writing) -> impl IntoView {
    let Some(stars) = writing.content.aspects().filter(|stars| !stars.is_empty()) else { return ().into_any() };
    let rated = stars
        .iter()
        .map(|rated| {
            view! {
                <div>
                    <dt>{rated.aspect.label()}</dt>
                    <dd>{format!("{} out of 5", rated.stars)}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="review__aspects">{rated}</dl> }.into_any()
}

/// The fields of a form that rate the aspects of a product; none has to be filled.
#[component]
pub fn AspectFields(asked: &'static [Aspect], typed: BTreeMap<String, String>) -> impl IntoView {
    let fields = asked.iter().map(|aspect| {
        let chosen: Option<Stars> = typed.get(aspect.parameter()).and_then(|stars| stars.parse().ok());
        field(*aspect, chosen)
    });
    view! {
        <fieldset class="field aspect-fields">
            <legend class="field__label">"In detail" <span class="optional">" (optional)"</span></legend>
            <div class="aspect-fields__rows">{fields.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn field(aspect: Aspect, chosen: Option<Stars>) -> impl IntoView {
    let id = format!("aspect-{}", aspect.parameter());
    let options = Stars::ALL
        .map(|stars| {
            let plural = if stars.get() == 1 { "star" } else { "stars" };
            let words = format!("{stars} {plural}, {}", stars.in_words());
            view! {
                <option value=stars.get() selected=chosen == Some(stars)>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <div>
            <label for=id.clone()>{aspect.label()}</label>
            <select class="field__input" id=id name=field_of(aspect)>
                <option value="">"Not rated"</option>
                {options}
            </select>
        </div>
    }
}
