use domain::search::SearchText;
use leptos::prelude::*;

use super::CLEAR_RECENT;
use super::recent::TEMPLATE;
use super::typing::SuggestWhileTyping;
use crate::icon::{Glyph, Icon};

/// The field that every page has in its header.
pub const HEADER_BOX: &str = "q";

/// A box to search in. The one in the header suggests while somebody types.
#[component]
pub fn SearchBox(
    /// Of the input; a page may have a second box.
    id: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "search-box")] class: &'static str,
) -> impl IntoView {
    let is_in_header = id == HEADER_BOX;
    let label = if is_in_header { "Search the store" } else { "Search again" };
    let controls = view! {
        <label class="visually-hidden" for=id>
            {label}
        </label>
        <input
            id=id
            name="q"
            type="search"
            placeholder="What are you looking for?"
            value=value
            maxlength=SearchText::MAX_CHARS
            autocomplete="off"
            enterkeyhint="search"
        />
        <button type="submit">
            <Icon glyph=Glyph::Search />
            <span class="visually-hidden">"Search"</span>
        </button>
    };
    view! {
        <form class=class role="search" aria-label=label action="/search" method="get">
            {if is_in_header {
                view! {
                    <SuggestWhileTyping>{controls} <RecentSearches /></SuggestWhileTyping>
                }
                .into_any()
            } else {
                controls.into_any()
            }}
        </form>
    }
    .into_any()
}

/// How the recent searches look, with one option to be copied for each of them: only the browser knows
/// which they are.
#[component]
fn RecentSearches() -> impl IntoView {
    let clear = format!("suggestion {CLEAR_RECENT}");
    view! {
        <template id=TEMPLATE>
            <div class="suggestions__group" role="group" aria-labelledby="recent-title">
                <div class="suggestions__title" id="recent-title" role="presentation">
                    "Recent searches"
                </div>
                <a class="suggestion" role="option" aria-selected="false" tabindex="-1" href="/search">
                    <Icon glyph=Glyph::Clock class="icon icon--small" />
                    <span></span>
                </a>
                <div class=clear role="option" aria-selected="false" tabindex="-1">
                    <Icon glyph=Glyph::Close class="icon icon--small" />
                    <span>"Clear recent searches"</span>
                </div>
            </div>
        </template>
    }
    .into_any()
}
