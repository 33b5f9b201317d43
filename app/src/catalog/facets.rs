//! The values that a list can be narrowed to, each with the number of products that it would show.

use std::str::FromStr;

use domain::catalog::Seller;
use domain::catalog::listing::{CategoryCount, Facet, FacetKind, FacetValue, ListRequest, PageNumber, StarCount};
use domain::text::folded;
use leptos::prelude::*;

use super::list::ListAddress;
use super::rating::grouped;
use crate::icon::{Glyph, Icon};

/// The shelves of search results: the way back up, and what is below.
#[component]
pub fn CategoryFacet(address: ListAddress, request: ListRequest, counts: Vec<CategoryCount>) -> impl IntoView {
    if counts.is_empty() {
        return ().into_any();
    }
    let to = |category| address.of(&request.filtered(|filters| filters.category = category));
    let everywhere = request.filters.category.is_some().then(|| {
        view! {
            <li>
                <a class="shelf-link" href=to(None) rel="nofollow">
                    <Icon glyph=Glyph::ChevronLeft class="icon icon--small icon--directed" />
                    <span>"All categories"</span>
                </a>
            </li>
        }
    });
    let links = counts
        .iter()
        .map(|CategoryCount { category, count, chosen }| {
            let is_here = request.filters.category.as_ref() == Some(&category.id);
            let class = if *chosen { "shelf-link" } else { "shelf-link shelf-link--below" };
            view! {
                <li>
                    <a
                        class=class
                        href=to(Some(category.id.clone()))
                        rel="nofollow"
                        aria-current=is_here.then_some("true")
                    >
                        <span>{category.name.to_string()}</span>
                        <Count count=*count />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="filter" open>
            <Summary words="Category".to_owned() />
            <ul class="filter__links">
                {everywhere}
                {links}
            </ul>
        </details>
    }
    .into_any()
}

/// So many stars and more.
#[component]
pub fn StarsFacet(address: ListAddress, request: ListRequest, counts: Vec<StarCount>) -> impl IntoView {
    if counts.is_empty() {
        return ().into_any();
    }
    let links = counts
        .into_iter()
        .map(|StarCount { least, count, chosen }| {
            let href = address.of(&request.filtered(|filters| filters.least_stars = (!chosen).then_some(least)));
            view! {
                <li>
                    <Toggle href=href words=format!("{least} stars and more") chosen=chosen count=count />
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="filter" open>
            <Summary words="Rating".to_owned() />
            <ul class="filter__links">{links}</ul>
        </details>
    }
    .into_any()
}

/// What can be ordered now: what is in stock, and what is sold before it is.
#[component]
pub fn StockFacet(address: ListAddress, request: ListRequest, count: u32) -> impl IntoView {
    let chosen = request.filters.in_stock_only;
    let href = address.of(&request.filtered(|filters| filters.in_stock_only = !chosen));
    view! {
        <details class="filter" open>
            <Summary words="Availability".to_owned() />
            <ul class="filter__links">
                <li>
                    <Toggle href=href words="Available to order".to_owned() chosen=chosen count=count />
                </li>
            </ul>
        </details>
    }
    .into_any()
}

/// What is delivered for nothing; left out where nothing is.
#[component]
pub fn DeliveryFacet(address: ListAddress, request: ListRequest, count: u32) -> impl IntoView {
    let chosen = request.filters.free_delivery_only;
    if count == 0 && !chosen {
        return ().into_any();
    }
    let href = address.of(&request.filtered(|filters| filters.free_delivery_only = !chosen));
    view! {
        <details class="filter" open>
            <Summary words="Delivery".to_owned() />
            <ul class="filter__links">
                <li>
                    <Toggle href=href words="Free delivery".to_owned() chosen=chosen count=count />
                </li>
            </ul>
        </details>
    }
    .into_any()
}

pub(super) fn facet_view(
    address: &ListAddress,
    request: &ListRequest,
    facet: &Facet,
    open: bool,
    store: &str,
) -> impl IntoView + use<> {
    let name = name_of(&facet.kind);
    let open = open || facet.values.iter().any(|value| value.chosen);
    let all = (facet.more > 0).then(|| {
        let href = address.of(&ListRequest { whole: Some(facet.kind.clone()), ..request.at_page(PageNumber::FIRST) });
        let count = grouped(u32::try_from(facet.values.len()).unwrap_or(u32::MAX).saturating_add(facet.more));
        view! {
            <a class="filter__all" href=href rel="nofollow">
                {format!("Show all {count}")}
                <span class="visually-hidden">{format!(" values of {name}")}</span>
            </a>
        }
    });
    view! {
        <details class="filter" open=open>
            <Summary words=name />
            <ul class="filter__links">{toggles(address, request, facet, store)}</ul>
            {all}
        </details>
    }
}

/// What a facet is called.
pub(super) fn name_of(kind: &FacetKind) -> String {
    match kind {
        FacetKind::Brand => "Brand".to_owned(),
        FacetKind::Seller => "Sold by".to_owned(),
        FacetKind::Attribute { name } => name.to_string(),
    }
}

/// The values of a facet, each a link.
pub(super) fn toggles(
    address: &ListAddress,
    request: &ListRequest,
    facet: &Facet,
    store: &str,
) -> impl IntoView + use<> {
    let words = |value: &FacetValue| match value.value.as_str().parse() {
        Ok(seller) if facet.kind == FacetKind::Seller => Seller::name_in(&seller, store).to_owned(),
        _ => value.value.to_string(),
    };
    let link = |value: &FacetValue| {
        let href = address.of(&toggled(request, &facet.kind, value));
        view! {
            <li>
                <Toggle href=href words=words(value) chosen=value.chosen count=value.count />
            </li>
        }
    };
    facet.values.iter().map(link).collect_view()
}

/// The request with a value added, or without it where it was chosen.
fn toggled(request: &ListRequest, kind: &FacetKind, value: &FacetValue) -> ListRequest {
    request.filtered(|filters| match kind {
        // Another spelling of the brand may be what was chosen.
        FacetKind::Brand if value.chosen => {
            let brand = folded(value.value.as_str());
            filters.brands.retain(|chosen| folded(chosen.as_str()) != brand);
        }
        FacetKind::Brand => toggle(&mut filters.brands, value),
        FacetKind::Seller => toggle(&mut filters.sellers, value),
        FacetKind::Attribute { name } => toggle(filters.attributes.entry(name.clone()).or_default(), value),
    })
}

fn toggle<T: FromStr + Ord>(chosen: &mut Vec<T>, value: &FacetValue) {
    // A brand or a seller is a shorter text than a value, but every value of its facet was one.
    let Ok(one) = value.value.as_str().parse::<T>() else { return };
    match chosen.binary_search(&one) {
        Ok(place) => drop(chosen.remove(place)),
        Err(place) => chosen.insert(place, one),
    }
}

#[component]
pub fn Summary(words: String) -> impl IntoView {
    view! {
        <summary>
            {words} " " <Icon glyph=Glyph::ChevronDown class="icon icon--small" />
        </summary>
    }
    .into_any()
}

/// A link that adds a filter or takes it away. Search engines have no use for the combinations.
#[component]
pub fn Toggle(href: String, words: String, chosen: bool, #[prop(optional)] count: Option<u32>) -> impl IntoView {
    view! {
        <a class="toggle" href=href rel="nofollow" aria-current=chosen.then_some("true")>
            <span class="toggle__box" aria-hidden="true">
                {chosen.then(|| view! { <Icon glyph=Glyph::Check class="icon icon--small" /> })}
            </span>
            <span class="toggle__name">{words}</span>
            {chosen.then(|| view! { <span class="visually-hidden">", chosen, remove"</span> })}
            {count.map(|count| view! { <Count count=count /> })}
        </a>
    }
    .into_any()
}

/// How many products a link leads to.
#[component]
fn Count(count: u32) -> impl IntoView {
    view! {
        <span class="toggle__count">
            <span class="visually-hidden">", "</span>
            {grouped(count)}
            <span class="visually-hidden">" items"</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_added_and_taken_away_by_the_same_link() {
        let request = ListRequest::from_pairs([("brand", "Zeta"), ("sort", "price-up"), ("page", "3")]);
        let value = |chosen| FacetValue { value: "Alma".parse().unwrap(), count: 2, chosen };
        let with = toggled(&request, &FacetKind::Brand, &value(false));
        assert_eq!(with.to_query(), "?brand=Alma&brand=Zeta&sort=price-up");
        assert_eq!(toggled(&with, &FacetKind::Brand, &value(true)).to_query(), "?brand=Zeta&sort=price-up");
        let kind = FacetKind::Attribute { name: "Colour".parse().unwrap() };
        let red = toggled(&request, &kind, &FacetValue { value: "Red".parse().unwrap(), count: 1, chosen: false });
        assert_eq!(red.to_query(), "?brand=Zeta&is.Colour=Red&sort=price-up");
        let alma = toggled(&request, &FacetKind::Seller, &value(false));
        assert_eq!(alma.to_query(), "?brand=Zeta&seller=Alma&sort=price-up");
        assert_eq!(toggled(&alma, &FacetKind::Seller, &value(true)).to_query(), "?brand=Zeta&sort=price-up");
    }
}
