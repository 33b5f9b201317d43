//! Where there are no results: nothing asked, nothing found, nobody to ask. Each leads on.

use domain::catalog::listing::ListRequest;
use domain::search::ports::SearchUnavailable;
use domain::search::query::Query;
use domain::search::{Results, SearchText};
use leptos::prelude::*;

use super::help::HelpLinks;
use super::search_box::SearchBox;
use super::suggestions::search_path;
use super::understood::{Understood, cut_in_words, quoted};
use crate::answer::unavailable;
use crate::catalog::list::ListAddress;
use crate::catalog::shelf::Tiles;
use crate::icon::{Glyph, Icon};
use crate::seo::PageHead;
use crate::store::Store;
use crate::trail::Trail;

/// The way to the search page without words.
#[component]
pub fn NothingAsked() -> impl IntoView {
    view! {
        <PageHead title="Search" canonical="/search".to_owned() />
        <div class="page">
            <Trail here="Search" />
            <section class="empty contours" aria-labelledby="none-title">
                <h1 id="none-title">"What are you looking for?"</h1>
                <p>"Type the name of a product, a brand or a material, or start from a category below."</p>
                <SearchBox id="q-again" class="search-box search-box--inline" />
            </section>
            <Tiles />
        </div>
    }
    .into_any()
}

#[component]
pub fn NothingFound(text: SearchText, query: Query, results: Results) -> impl IntoView {
    let address = ListAddress { path: "/search".to_owned(), text: text.clone() };
    let currency = Store::current().currency;
    let help = view! { <HelpLinks text=&text /> };
    let text = text.to_string();
    let meant = results.did_you_mean.map(|meant| {
        view! { <p>"Did you mean " <a href=search_path(&meant)>{meant.to_string()}</a> "?"</p> }
    });
    let unknown = (!results.unknown.is_empty())
        .then(|| view! { <p>{format!("No product has {}.", quoted(&results.unknown))}</p> });
    let cut = cut_in_words(&query).map(|words| view! { <p>{words}</p> });
    view! {
        <PageHead title=format!("Nothing found for “{text}”") />
        <div class="page">
            <Trail here="Search" />
            <section class="empty contours" aria-labelledby="none-title">
                <h1 id="none-title">{format!("Nothing found for “{text}”")}</h1>
                {help}
                {meant}
                {unknown}
                {cut}
                // What was asked too narrowly can be left out.
                <Understood query=query address=address request=ListRequest::default() currency=currency />
                <p>"Try one of these:"</p>
                <ul class="no-results__tips">
                    <li>"Use fewer or more general words, such as “lamp” for “reading lamp with shade”."</li>
                    <li>"Check the spelling."</li>
                    <li>"Start from a category below."</li>
                </ul>
                <SearchBox id="q-again" value=text class="search-box search-box--inline" />
            </section>
            <Tiles />
        </div>
    }
    .into_any()
}

#[component]
pub fn Unavailable(text: SearchText, why: SearchUnavailable) -> impl IntoView {
    unavailable();
    let (title, words) = match why {
        SearchUnavailable::Preparing => (
            "Search is being made ready",
            "The store is writing its index of products anew. Every product is in a category already; please try the search again in a moment.",
        ),
        SearchUnavailable::Failing => (
            "Search does not answer at the moment",
            "The rest of the store works: every product is in a category. Please try the search again in a moment.",
        ),
    };
    view! {
        <PageHead title=title />
        <div class="page">
            <Trail here="Search" />
            <section class="empty contours" aria-labelledby="none-title">
                <h1 id="none-title">{title}</h1>
                <div class="notice notice--warn">
                    <Icon glyph=Glyph::Warning />
                    <p>{words}</p>
                </div>
                <SearchBox id="q-again" value=text.to_string() class="search-box search-box--inline" />
            </section>
            <Tiles />
        </div>
    }
    .into_any()
}
