use domain::catalog::listing::Sort;
use domain::search::insight::Mark;
use domain::search::ports::{Insight, Search};
use domain::search::query::Query;
use domain::search::{Results, SearchRequest, SearchText};
use leptos::prelude::*;

use super::empty::{NothingAsked, NothingFound, Unavailable};
use super::explained::{Explained, PARAMETER as EXPLAIN, why};
use super::help::HelpLinks;
use super::paging::{ResultPages, address_after};
use super::understood::{Remarks, Understood};
use crate::account::require_operator;
use crate::catalog::list::{List, ListAddress, count_in_words, elsewhere};
use crate::error::WireError;
use crate::form::PostedError;
use crate::page::{page, query_pairs};
use crate::port::port;
use crate::seo::{PageHead, moved_permanently};
use crate::store::Store;
use crate::trail::Trail;
use crate::visitor::Visitor;

#[component]
pub fn SearchPage() -> impl IntoView {
    page(load())
}

async fn load() -> Result<AnyView, WireError> {
    let pairs = query_pairs();
    let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    // What is too long is cut; the query remembers that it was.
    let query = Query::parse(value("q"));
    if query.text().is_empty() {
        return Ok(view! { <NothingAsked /> }.into_any());
    }
    let is_asked_why = value(EXPLAIN.0) == EXPLAIN.1;
    let is_operator = require_operator().is_ok();
    let request = SearchRequest { explain: is_asked_why && is_operator, ..SearchRequest::from_pairs(&pairs) };
    let address = ListAddress { path: "/search".to_owned(), text: request.text.clone() };
    let plain = address_after(&address, &request.list, request.after.as_ref());
    // For everybody else the address is right as well and says nothing more: a browser that was led
    // elsewhere for good would go there also when an operator has signed in with it.
    let right = if is_asked_why { why(&plain) } else { plain.clone() };
    // The right address of what was cut would not say any more that it was.
    if !query.was_cut()
        && let Some(right) = elsewhere(&right)
    {
        return Ok(moved_permanently(&right));
    }
    // Without search the categories still lead everywhere.
    let results = match port::<dyn Search>()?.search(&request).await {
        Err(why) => return Ok(view! { <Unavailable text=request.text why=why /> }.into_any()),
        Ok(results) => results,
    };
    // What an operator tries is nothing that a shopper asked; a page behind the first, or a part of
    // the results, is still the same search.
    if !is_operator
        && request.is_whole()
        && let Some(visitor) = use_context::<Mark>()
    {
        port::<dyn Insight>()?.searched(visitor, &request.text, results.complete > 0);
    }
    if results.list.total == 0 && request.list.filters.is_empty() {
        return Ok(view! { <NothingFound text=request.text query=query results=results /> }.into_any());
    }
    let explained = is_operator.then(|| {
        let (cards, explanations) = (results.list.cards.clone(), results.explanations.clone());
        let (sort, ask) = (request.list.sort, why(&plain));
        view! { <Explained cards=cards explanations=explanations sort=sort asked=is_asked_why ask=ask /> }
    });
    let drawn = draw(address, request, query, results)?;
    Ok(view! { <div class="page">{drawn} {explained}</div> }.into_any())
}

fn draw(address: ListAddress, request: SearchRequest, query: Query, results: Results) -> Result<AnyView, WireError> {
    let SearchRequest { text, list: request, after, .. } = request;
    let today = Visitor::current()?.today;
    let Results { list, next, reachable, .. } = results.clone();
    let currency = list.price_range.map_or(Store::current().currency, |(lowest, _)| lowest.currency());
    let title = title_of(&text);
    let help = view! { <HelpLinks text=&text /> };
    let (count, total) = (count_in_words(list.total), list.total);
    Ok(view! {
        <PageHead title=title.clone() />
        <Trail here="Search" />
        <PostedError />
        <div class="browse__head">
            <h1>{title}</h1>
            <p role="status">
                <span class="browse__count">{count}</span>
            </p>
            {help}
            <Remarks query=query.clone() results=results currency=currency />
            <Understood query=query address=address.clone() request=request.clone() currency=currency />
        </div>
        <List
            address=address.clone()
            request=request.clone()
            list=list
            sorts=&Sort::OF_RESULTS
            currency=currency
            today=today
        >
            <ResultPages address=address request=request after=after next=next reachable=reachable total=total />
        </List>
    }
    .into_any())
}

fn title_of(text: &SearchText) -> String {
    format!("Results for “{text}”")
}
