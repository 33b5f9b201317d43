//! A list of products: head, filters, cards and pages. Categories and searches share it.

use domain::catalog::Category;
use domain::catalog::listing::{ListPage, ListRequest, PageNumber, Sort, View};
use domain::pricing::Currency;
use domain::search::SearchText;
use domain::text::encoded;
use jiff::civil::Date;
use leptos::prelude::*;

use super::card::{Card, product_path};
use super::filters::{AppliedFilters, Filters, HiddenFields};
use super::rating::grouped;
use super::sort::SentOnChange;
use super::whole_facet::{WholeFacet, whole_of};
use crate::icon::{Glyph, Icon};
use crate::page::raw_query;
use crate::seo::JsonLd;
use crate::store::Store;

/// Cards whose pictures are loaded at once: a row on a wide screen.
const EAGER_CARDS: usize = 4;

/// Where a list is, so that every filter, order and page of it has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAddress {
    /// The path, without a query.
    pub path: String,
    /// What was searched for; empty for a category.
    pub text: SearchText,
}

impl ListAddress {
    /// The one address of a request on this list.
    pub fn of(&self, request: &ListRequest) -> String {
        format!("{}{}", self.path, self.query(request))
    }

    fn query(&self, request: &ListRequest) -> String {
        let rest = request.to_query();
        if self.text.is_empty() {
            return rest;
        }
        let text = encoded(self.text.as_str());
        match rest.strip_prefix('?') {
            Some(rest) => format!("?q={text}&{rest}"),
            None => format!("?q={text}"),
        }
    }

    /// Where the browser should have asked instead; `None` when it asked rightly. A form that came
    /// back with an error is left alone, for the error is in the address.
    pub fn elsewhere(&self, request: &ListRequest) -> Option<String> {
        elsewhere(&self.of(request))
    }
}

/// As [`ListAddress::elsewhere`], for an address as it should be.
pub fn elsewhere(right: &str) -> Option<String> {
    let asked = raw_query();
    let right_query = right.find('?').map_or("", |start| &right[start..]);
    (asked != right_query && !asked.contains("__err=")).then(|| right.to_owned())
}

/// Whether a page of a list exists: the first one always does.
pub fn exists(list: &ListPage) -> bool {
    list.page == PageNumber::FIRST || list.page.get() <= list.pages
}

/// How many products a list has, in words.
pub fn count_in_words(total: u32) -> String {
    if total == 1 { "1 item".to_owned() } else { format!("{} items", grouped(total)) }
}

/// The filters beside the cards.
#[component]
pub fn List(
    address: ListAddress,
    request: ListRequest,
    list: ListPage,
    /// Narrower shelves.
    #[prop(optional)]
    below: Vec<Category>,
    /// The orders that it can have.
    #[prop(default = &Sort::ALL)]
    sorts: &'static [Sort],
    currency: Currency,
    today: Date,
    /// The ways to its other pages.
    children: Children,
) -> impl IntoView {
    if let Some(facet) = whole_of(&request, &list) {
        return view! { <WholeFacet address request list below currency facet /> }.into_any();
    }
    let cards = list
        .cards
        .iter()
        .enumerate()
        .map(|(place, card)| {
            view! {
                <li>
                    <Card card=card today=today eager=place < EAGER_CARDS />
                </li>
            }
        })
        .collect_view();
    let nothing = list.cards.is_empty().then(|| {
        let all = address.of(&ListRequest::default());
        view! {
            <div class="empty">
                <p>"Nothing here fits all of these filters. Remove one of them, or start again."</p>
                <a class="button" href=all>
                    "Clear all filters"
                </a>
            </div>
        }
    });
    let class = if request.view == View::Lines { "cards cards--lines" } else { "cards" };
    let items = use_context::<Store>().map(|store| item_list(&store, &list));
    view! {
        <div class="browse">
            <Filters address=address.clone() request=request.clone() list=list.clone() below=below currency=currency />
            <section class="browse__results" aria-label="Results">
                <div class="browse__bar">
                    <div class="browse__tools">
                        <button class="filters-button button" type="button" popovertarget="filters">
                            <Icon glyph=Glyph::Filter />
                            " Filters"
                        </button>
                        <SortForm address=address.clone() request=request.clone() sorts=sorts />
                    </div>
                    <Views address=address.clone() request=request.clone() />
                </div>
                <AppliedFilters
                    address=address
                    request=request
                    categories=list.categories.clone()
                    currency=currency
                />
                {nothing}
                <ul class=class>{cards}</ul>
                {children()}
            </section>
        </div>
        {items.map(|value| view! { <JsonLd value=value /> })}
    }
    .into_any()
}

/// The same list, laid out otherwise.
#[component]
fn Views(address: ListAddress, request: ListRequest) -> impl IntoView {
    let links = View::ALL
        .into_iter()
        .map(|one| {
            let href = address.of(&ListRequest { view: one, ..request.clone() });
            let glyph = if one == View::Grid { Glyph::Grid } else { Glyph::Lines };
            view! {
                <li>
                    <a
                        class="icon-button"
                        href=href
                        rel="nofollow"
                        aria-current=(one == request.view).then_some("true")
                    >
                        <Icon glyph=glyph />
                        <span class="visually-hidden">{one.label()}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="views" aria-label="Layout">
            {links}
        </ul>
    }
    .into_any()
}

#[component]
fn SortForm(address: ListAddress, request: ListRequest, sorts: &'static [Sort]) -> impl IntoView {
    let options = sorts
        .iter()
        .copied()
        .map(|sort| {
            view! {
                <option value=sort.parameter() selected=sort == request.sort>
                    {sort_label(sort, &address)}
                </option>
            }
        })
        .collect_view();
    let unsorted = ListRequest { sort: Sort::default(), ..request };
    let action = address.path.clone();
    view! {
        <form class="sort" action=action method="get">
            <HiddenFields address=address.clone() request=unsorted />
            <SentOnChange>
                <label for="sort">"Sort by"</label>
                // Who comes back sees the order that the list has.
                <select class="field__input" id="sort" name="sort" autocomplete="off">
                    {options}
                </select>
                <button class="button" type="submit">
                    "Apply"
                </button>
            </SentOnChange>
        </form>
    }
    .into_any()
}

/// The first order of a search has another name than that of a shelf.
fn sort_label(sort: Sort, address: &ListAddress) -> &'static str {
    if sort == Sort::Featured && !address.text.is_empty() { "Best match" } else { sort.label() }
}

fn item_list(store: &Store, list: &ListPage) -> serde_json::Value {
    let items: Vec<serde_json::Value> = list
        .cards
        .iter()
        .zip(1_u32..)
        .map(|(card, position)| {
            serde_json::json!({
                "@type": "ListItem",
                "position": position,
                "url": store.url(&product_path(card)),
                "name": card.title.as_str(),
            })
        })
        .collect();
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "ItemList",
        "numberOfItems": list.total,
        "itemListElement": items,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_the_search_and_its_filters() {
        let request = ListRequest::from_pairs([("brand", "A&B"), ("page", "2")]);
        let category = ListAddress { path: "/c/home".into(), text: SearchText::default() };
        assert_eq!(category.of(&request), "/c/home?brand=A%26B&page=2");
        assert_eq!(category.of(&ListRequest::default()), "/c/home");
        let search = ListAddress { path: "/search".into(), text: "café & lamp".into() };
        assert_eq!(search.of(&request), "/search?q=caf%C3%A9%20%26%20lamp&brand=A%26B&page=2");
        assert_eq!(search.of(&ListRequest::default()), "/search?q=caf%C3%A9%20%26%20lamp");
    }
}
