use domain::catalog::listing::{ListPage, ListRequest};
use domain::search::SearchText;
use domain::search::ports::Search;
use http::StatusCode;
use leptos::prelude::*;

use crate::catalog::list::{List, ListAddress, count_in_words, exists};
use crate::catalog::shelf::Tiles;
use crate::error::{NotFoundPage, WireError};
use crate::form::PostedError;
use crate::icon::{Glyph, Icon};
use crate::layout::SearchBox;
use crate::page::{page, query_pairs};
use crate::port::port;
use crate::seo::{PageHead, answer_with, moved_permanently};
use crate::store::Store;
use crate::trail::Trail;
use crate::visitor::Visitor;

#[component]
pub fn SearchPage() -> impl IntoView {
    page(load())
}

async fn load() -> Result<AnyView, WireError> {
    let pairs = query_pairs();
    let text = SearchText::from(pairs.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value.as_str()));
    let request = ListRequest::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let address = ListAddress { path: "/search".to_owned(), text };
    if address.text.is_empty() {
        return Ok(view! { <NothingAsked /> }.into_any());
    }
    if let Some(elsewhere) = address.elsewhere(&request) {
        return Ok(moved_permanently(&elsewhere));
    }
    let text = address.text.clone();
    // Without search the categories still lead everywhere.
    let Ok(list) = port::<dyn Search>()?.search(&text, &request).await else {
        return Ok(view! { <Unavailable text=text /> }.into_any());
    };
    if !exists(&list) {
        return Ok(view! { <NotFoundPage /> }.into_any());
    }
    if list.total == 0 && request.filters.is_empty() {
        return Ok(view! { <NothingFound text=text /> }.into_any());
    }
    draw(address, request, list)
}

fn draw(address: ListAddress, request: ListRequest, list: ListPage) -> Result<AnyView, WireError> {
    let today = Visitor::current()?.today;
    let currency = list.price_range.map_or(Store::current().currency, |(lowest, _)| lowest.currency());
    let count = count_in_words(list.total);
    let text = address.text.to_string();
    Ok(view! {
        <PageHead title=format!("Results for “{text}”") />
        <div class="page">
            <Trail here="Search" />
            <PostedError />
            <div class="browse__head">
                <h1>{format!("Results for “{text}”")}</h1>
                <p role="status">
                    <span class="browse__count">{count}</span>
                </p>
            </div>
            <List address=address request=request list=list currency=currency today=today />
        </div>
    }
    .into_any())
}

/// The way to the search page without words.
#[component]
fn NothingAsked() -> impl IntoView {
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
fn NothingFound(text: SearchText) -> impl IntoView {
    let text = text.to_string();
    view! {
        <PageHead title=format!("Nothing found for “{text}”") />
        <div class="page">
            <Trail here="Search" />
            <section class="empty contours" aria-labelledby="none-title">
                <h1 id="none-title">{format!("Nothing found for “{text}”")}</h1>
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
fn Unavailable(text: SearchText) -> impl IntoView {
    answer_with(StatusCode::SERVICE_UNAVAILABLE);
    view! {
        <PageHead title="Search does not answer" />
        <div class="page">
            <Trail here="Search" />
            <section class="empty contours" aria-labelledby="none-title">
                <h1 id="none-title">"Search does not answer at the moment"</h1>
                <div class="notice notice--warn">
                    <Icon glyph=Glyph::Warning />
                    <p>"The rest of the store works: every product is in a category. Please try the search again in a moment."</p>
                </div>
                <SearchBox id="q-again" value=text.to_string() class="search-box search-box--inline" />
            </section>
            <Tiles />
        </div>
    }
    .into_any()
}
