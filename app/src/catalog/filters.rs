//! What a list can be narrowed by, and what it is narrowed by: every value is a link to the list with
//! it or without it.

use domain::catalog::Category;
use domain::catalog::listing::{CategoryCount, ListPage, ListRequest, View};
use domain::pricing::Currency;
use leptos::prelude::*;

use super::facets::{CategoryFacet, DeliveryFacet, StarsFacet, StockFacet, facet_view};
use super::list::ListAddress;
use super::price_filter::{PriceFilter, price_limits, range_in_words};
use crate::icon::{Glyph, Icon};
use crate::layout::category_path;
use crate::store::Store;

/// Facets that are open from the start; further ones are a press away.
const OPEN_FACETS: usize = 3;

/// The filters: a column on wide screens, a sheet that a button opens on phones.
#[component]
pub fn Filters(
    address: ListAddress,
    request: ListRequest,
    list: ListPage,
    below: Vec<Category>,
    currency: Currency,
) -> impl IntoView {
    let store = Store::current();
    let facets = list
        .facets
        .iter()
        .enumerate()
        .map(|(place, facet)| facet_view(&address, &request, facet, place < OPEN_FACETS, &store.name))
        .collect_view();
    view! {
        <aside class="filters" id="filters" popover="auto" aria-labelledby="filters-title">
            <div class="filters__top">
                <h2 id="filters-title">"Filters"</h2>
                <button class="icon-button" type="button" popovertarget="filters" popovertargetaction="hide">
                    <Icon glyph=Glyph::Close />
                    <span class="visually-hidden">"Close filters"</span>
                </button>
            </div>
            <NarrowerShelves below=below />
            <CategoryFacet address=address.clone() request=request.clone() counts=list.categories.clone() />
            <PriceFilter address=address.clone() request=request.clone() list=list.clone() currency=currency />
            <StarsFacet address=address.clone() request=request.clone() counts=list.stars />
            <StockFacet address=address.clone() request=request.clone() count=list.in_stock />
            <DeliveryFacet address=address request=request count=list.free_delivery />
            {facets}
        </aside>
    }
    .into_any()
}

#[component]
fn NarrowerShelves(below: Vec<Category>) -> impl IntoView {
    (!below.is_empty()).then(|| {
        let links = below
            .iter()
            .map(|category| {
                view! {
                    <li>
                        <a href=category_path(category)>{category.name.to_string()}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav class="filter" aria-labelledby="filter-category">
                <h2 id="filter-category">"Category"</h2>
                <ul class="filter__links">{links}</ul>
            </nav>
        }
    })
}

/// The filters that apply, each with a way to remove it.
#[component]
pub fn AppliedFilters(
    address: ListAddress,
    request: ListRequest,
    /// The shelves that the list knows by name.
    categories: Vec<CategoryCount>,
    currency: Currency,
) -> impl IntoView {
    let applied = applied(&request, &categories, currency, &Store::current().name);
    (!applied.is_empty()).then(|| {
        let none = request.filtered(|filters| *filters = domain::catalog::listing::Filters::default());
        let chips = applied
            .into_iter()
            .map(|(words, without)| {
                view! {
                    <li>
                        <a class="chip" href=address.of(&without) rel="nofollow">
                            {words}
                            " "
                            <Icon glyph=Glyph::Close class="icon icon--small" />
                            <span class="visually-hidden">", remove"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <ul class="chips applied" aria-label="Applied filters">
                {chips}
                <li>
                    <a class="chip chip--clear" href=address.of(&none)>
                        "Clear all"
                    </a>
                </li>
            </ul>
        }
    })
}

/// Each filter in words, with the request that lacks it.
fn applied(
    request: &ListRequest,
    categories: &[CategoryCount],
    currency: Currency,
    store: &str,
) -> Vec<(String, ListRequest)> {
    let filters = &request.filters;
    let mut applied = Vec::new();
    if let Some(chosen) = &filters.category {
        let known = categories.iter().find(|counted| counted.category.id == *chosen);
        let words = known.map_or_else(|| chosen.to_string(), |counted| counted.category.name.to_string());
        applied.push((words, request.filtered(|filters| filters.category = None)));
    }
    for brand in &filters.brands {
        let without = request.filtered(|filters| filters.brands.retain(|other| other != brand));
        applied.push((brand.to_string(), without));
    }
    for seller in &filters.sellers {
        let without = request.filtered(|filters| filters.sellers.retain(|other| other != seller));
        applied.push((format!("Sold by {}", seller.name_in(store)), without));
    }
    for (name, values) in &filters.attributes {
        for value in values {
            let without = request.filtered(|filters| {
                filters.attributes.entry(name.clone()).or_default().retain(|other| other != value);
            });
            applied.push((format!("{name}: {value}"), without));
        }
    }
    let (from, to) = price_limits(request, currency);
    if from.is_some() || to.is_some() {
        let without = request.filtered(|filters| {
            filters.price_from = None;
            filters.price_to = None;
        });
        applied.push((range_in_words(from, to), without));
    }
    if let Some(least) = filters.least_stars {
        let stars = if least.get() == 1 { "star" } else { "stars" };
        applied.push((format!("{least} {stars} and more"), request.filtered(|filters| filters.least_stars = None)));
    }
    if filters.in_stock_only {
        applied.push(("Available to order".to_owned(), request.filtered(|filters| filters.in_stock_only = false)));
    }
    if filters.free_delivery_only {
        applied.push(("Free delivery".to_owned(), request.filtered(|filters| filters.free_delivery_only = false)));
    }
    applied
}

/// Carries a request through a GET form that changes something else. The page starts again at 1.
#[component]
pub fn HiddenFields(
    address: ListAddress,
    request: ListRequest,
    /// The form itself does not choose the order.
    #[prop(optional)]
    with_sort: bool,
) -> impl IntoView {
    let filters = &request.filters;
    let mut pairs: Vec<(String, String)> = Vec::new();
    if !address.text.is_empty() {
        pairs.push(("q".to_owned(), address.text.to_string()));
    }
    pairs.extend(filters.category.iter().map(|category| ("in".to_owned(), category.to_string())));
    pairs.extend(filters.brands.iter().map(|brand| ("brand".to_owned(), brand.to_string())));
    pairs.extend(filters.sellers.iter().map(|seller| ("seller".to_owned(), seller.to_string())));
    for (name, values) in &filters.attributes {
        pairs.extend(values.iter().map(|value| (format!("is.{name}"), value.to_string())));
    }
    pairs.extend(filters.price_from.map(|limit| ("price-from".to_owned(), limit.to_string())));
    pairs.extend(filters.price_to.map(|limit| ("price-to".to_owned(), limit.to_string())));
    pairs.extend(filters.least_stars.map(|least| ("stars".to_owned(), least.to_string())));
    if filters.in_stock_only {
        pairs.push(("in-stock".to_owned(), "yes".to_owned()));
    }
    if filters.free_delivery_only {
        pairs.push(("delivery".to_owned(), "free".to_owned()));
    }
    if request.view != View::default() {
        pairs.push(("view".to_owned(), request.view.parameter().to_owned()));
    }
    if with_sort {
        pairs.push(("sort".to_owned(), request.sort.parameter().to_owned()));
    }
    pairs.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chip_removes_one_filter() {
        let request = ListRequest::from_pairs([
            ("brand", "Alma"),
            ("is.Colour", "Red"),
            ("price-to", "100"),
            ("in", "home/lighting"),
            ("stars", "4"),
            ("in-stock", "yes"),
            ("seller", "store"),
            ("seller", "Vale"),
            ("delivery", "free"),
            ("page", "2"),
        ]);
        let lighting = CategoryCount {
            category: Category { id: "home/lighting".parse().unwrap(), name: "Lighting".parse().unwrap() },
            count: 7,
            chosen: true,
        };
        let applied = applied(&request, &[lighting], Currency::GBP, "Shop");
        let words: Vec<&str> = applied.iter().map(|(words, _)| words.as_str()).collect();
        let sold_by = ["Sold by Vale", "Sold by Shop"];
        assert_eq!(words[..4], ["Lighting", "Alma", sold_by[0], sold_by[1]]);
        assert_eq!(
            words[4..],
            ["Colour: Red", "Up to £100.00", "4 stars and more", "Available to order", "Free delivery"]
        );
        let query = request.to_query().replace("&page=2", "");
        let parts = query.trim_start_matches('?').split('&');
        for ((words, without), part) in applied.iter().zip(parts) {
            let rest = query.replacen(part, "", 1).replace("&&", "&").replace("?&", "?");
            assert_eq!(without.to_query(), rest.trim_end_matches('&'), "{words}");
        }
    }

    #[test]
    fn a_price_is_shown_in_the_currency_of_the_list() {
        let words = |from: &str, to: &str, currency| {
            let request = ListRequest::from_pairs([("price-from", from), ("price-to", to)]);
            applied(&request, &[], currency, "Shop").remove(0).0
        };
        assert_eq!(words("12", "60.5", Currency::GBP), "£12.00 to £60.50");
        assert_eq!(words("1200", "", Currency::JPY), "From ¥1,200");
        assert_eq!(words("", "1.255", Currency::KWD), "Up to KWD\u{a0}1.255");
    }
}
