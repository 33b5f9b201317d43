//! Who wrote a post, and when.

use domain::review::{Author, Writing};
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};
use crate::store::Store;

/// What a post's author is called.
pub(crate) fn name_of(author: &Author, store: &Store) -> String {
    match author {
        Author::Customer { name, .. } | Author::Demo { name } => name.to_string(),
        Author::Store { .. } => store.name.to_string(),
    }
}

#[component]
pub fn Byline(writing: Writing) -> impl IntoView {
    let name = name_of(&writing.author, &Store::current());
    let day = store_day(writing.written_at);
    let spoken = format!("{} {}", spoken_day(day), day.year());
    let edited = writing.edited_at.map(|_| ", changed since");
    let mark = match writing.author {
        Author::Store { .. } => Some(view! { <span class="badge">"The store"</span> }.into_any()),
        Author::Demo { .. } => Some(view! { <span class="badge badge--quiet">"Part of the demo"</span> }.into_any()),
        Author::Customer { .. } if writing.verified => Some(
            view! {
                <span class="verified">
                    <Icon glyph=Glyph::CheckCircle class="icon icon--small" />
                    "Verified purchase"
                </span>
            }
            .into_any(),
        ),
        Author::Customer { .. } => None,
    };
    view! {
        <p class="byline">
            <b dir="auto">{name}</b>
            {mark}
            <time datetime=day.to_string()>{spoken}</time>
            {edited}
        </p>
    }
    .into_any()
}

/// Lines of a text as paragraphs, in the direction that they are read in.
#[component]
pub fn Paragraphs(text: String) -> impl IntoView {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| view! { <p dir="auto">{line.to_owned()}</p> }).collect_view()
}
