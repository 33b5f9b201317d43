//! What a list can be narrowed by. Every value is a link to the list with it or without it; prices
//! are a form.

use domain::catalog::Category;
use domain::catalog::listing::{Facet, FacetKind, FacetValue, ListPage, ListRequest};
use domain::pricing::{Currency, Money};
use leptos::prelude::*;

use super::list::ListAddress;
use super::rating::grouped;
use crate::icon::{Glyph, Icon};
use crate::layout::category_path;

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
    let facets = list
        .facets
        .iter()
        .enumerate()
        .map(|(place, facet)| facet_view(&address, &request, facet, place < OPEN_FACETS))
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
            <PriceForm address=address.clone() request=request.clone() list=list currency=currency />
            <StockFilter address=address request=request />
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

#[component]
fn PriceForm(address: ListAddress, request: ListRequest, list: ListPage, currency: Currency) -> impl IntoView {
    let (lowest, highest) = list
        .price_range
        .map_or((None, None), |(lowest, highest)| (Some(lowest.money().decimal()), Some(highest.money().decimal())));
    let (from, to) = price_limits(&request, currency);
    let (from, to) = (from.map(Money::decimal), to.map(Money::decimal));
    let rest = request.filtered(|filters| {
        filters.price_from = None;
        filters.price_to = None;
    });
    let action = address.path.clone();
    view! {
        <details class="filter" open>
            <Summary words="Price".to_owned() />
            <form action=action method="get">
                <HiddenFields address=address.clone() request=rest with_sort=true />
                <div class="filter__price">
                    <div class="field">
                        <label class="field__label" for="price-from">
                            {format!("From, {}", currency.symbol())}
                        </label>
                        <input
                            class="field__input"
                            id="price-from"
                            name="price-from"
                            inputmode="decimal"
                            autocomplete="off"
                            placeholder=lowest
                            value=from
                        />
                    </div>
                    <div class="field">
                        <label class="field__label" for="price-to">
                            {format!("To, {}", currency.symbol())}
                        </label>
                        <input
                            class="field__input"
                            id="price-to"
                            name="price-to"
                            inputmode="decimal"
                            autocomplete="off"
                            placeholder=highest
                            value=to
                        />
                    </div>
                    <button class="button button--small" type="submit">
                        "Apply price"
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// The lowest and the highest price that a request asks for, in the list's currency.
fn price_limits(request: &ListRequest, currency: Currency) -> (Option<Money>, Option<Money>) {
    let from = request.filters.price_from.map(|limit| limit.rounded_up(currency));
    let to = request.filters.price_to.map(|limit| limit.rounded_down(currency));
    (from, to)
}

#[component]
fn StockFilter(address: ListAddress, request: ListRequest) -> impl IntoView {
    let chosen = request.filters.in_stock_only;
    let href = address.of(&request.filtered(|filters| filters.in_stock_only = !chosen));
    view! {
        <details class="filter" open>
            <Summary words="Availability".to_owned() />
            <ul class="filter__links">
                <li>
                    <Toggle href=href words="In stock".to_owned() chosen=chosen />
                </li>
            </ul>
        </details>
    }
    .into_any()
}

fn facet_view(address: &ListAddress, request: &ListRequest, facet: &Facet, open: bool) -> impl IntoView + use<> {
    let name = match &facet.kind {
        FacetKind::Brand => "Brand".to_owned(),
        FacetKind::Attribute { name } => name.to_string(),
    };
    let open = open || facet.values.iter().any(|value| value.chosen);
    let values = facet
        .values
        .iter()
        .map(|value| {
            let href = address.of(&toggled(request, &facet.kind, value));
            view! {
                <li>
                    <Toggle href=href words=value.value.to_string() chosen=value.chosen count=value.count />
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="filter" open=open>
            <Summary words=name />
            <ul class="filter__links">{values}</ul>
        </details>
    }
}

/// The request with a value added, or without it where it was chosen.
fn toggled(request: &ListRequest, kind: &FacetKind, value: &FacetValue) -> ListRequest {
    request.filtered(|filters| match kind {
        FacetKind::Brand => {
            filters.brands.retain(|brand| brand.as_str() != value.value.as_str());
            // A brand is a shorter text than a value, but every value of this facet was a brand.
            if let (false, Ok(brand)) = (value.chosen, value.value.as_str().parse()) {
                filters.brands.push(brand);
                filters.brands.sort();
            }
        }
        FacetKind::Attribute { name } => {
            let values = filters.attributes.entry(name.clone()).or_default();
            values.retain(|chosen| *chosen != value.value);
            if !value.chosen {
                values.push(value.value.clone());
                values.sort();
            }
        }
    })
}

#[component]
fn Summary(words: String) -> impl IntoView {
    view! {
        <summary>
            {words} " " <Icon glyph=Glyph::ChevronDown class="icon icon--small" />
        </summary>
    }
    .into_any()
}

/// A link that adds a filter or takes it away. Search engines have no use for the combinations.
#[component]
fn Toggle(href: String, words: String, chosen: bool, #[prop(optional)] count: Option<u32>) -> impl IntoView {
    view! {
        <a class="toggle" href=href rel="nofollow" aria-current=chosen.then_some("true")>
            <span class="toggle__box" aria-hidden="true">
                {chosen.then(|| view! { <Icon glyph=Glyph::Check class="icon icon--small" /> })}
            </span>
            <span class="toggle__name">{words}</span>
            {chosen.then(|| view! { <span class="visually-hidden">", chosen, remove"</span> })}
            {count
                .map(|count| {
                    view! {
                        <span class="toggle__count">
                            <span class="visually-hidden">", "</span>
                            {grouped(count)}
                            <span class="visually-hidden">" items"</span>
                        </span>
                    }
                })}
        </a>
    }
    .into_any()
}

/// The filters that apply, each with a way to remove it.
#[component]
pub fn AppliedFilters(address: ListAddress, request: ListRequest, currency: Currency) -> impl IntoView {
    let applied = applied(&request, currency);
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
fn applied(request: &ListRequest, currency: Currency) -> Vec<(String, ListRequest)> {
    let filters = &request.filters;
    let mut applied = Vec::new();
    for brand in &filters.brands {
        let without = request.filtered(|filters| filters.brands.retain(|other| other != brand));
        applied.push((brand.to_string(), without));
    }
    for (name, values) in &filters.attributes {
        for value in values {
            let without = request.filtered(|filters| {
                filters.attributes.entry(name.clone()).or_default().retain(|other| other != value);
            });
            applied.push((format!("{name}: {value}"), without));
        }
    }
    let price = match price_limits(request, currency) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("From {from}")),
        (None, Some(to)) => Some(format!("Up to {to}")),
        (None, None) => None,
    };
    if let Some(price) = price {
        let without = request.filtered(|filters| {
            filters.price_from = None;
            filters.price_to = None;
        });
        applied.push((price, without));
    }
    if filters.in_stock_only {
        applied.push(("In stock".to_owned(), request.filtered(|filters| filters.in_stock_only = false)));
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
    pairs.extend(filters.brands.iter().map(|brand| ("brand".to_owned(), brand.to_string())));
    for (name, values) in &filters.attributes {
        pairs.extend(values.iter().map(|value| (format!("is.{name}"), value.to_string())));
    }
    pairs.extend(filters.price_from.map(|limit| ("price-from".to_owned(), limit.to_string())));
    pairs.extend(filters.price_to.map(|limit| ("price-to".to_owned(), limit.to_string())));
    if filters.in_stock_only {
        pairs.push(("in-stock".to_owned(), "yes".to_owned()));
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
    fn a_value_is_added_and_taken_away_by_the_same_link() {
        let request = ListRequest::from_pairs([("brand", "Zeta"), ("sort", "price-up"), ("page", "3")]);
        let value = |chosen| FacetValue { value: "Alma".parse().unwrap(), count: 2, chosen };
        let with = toggled(&request, &FacetKind::Brand, &value(false));
        assert_eq!(with.to_query(), "?brand=Alma&brand=Zeta&sort=price-up");
        assert_eq!(toggled(&with, &FacetKind::Brand, &value(true)).to_query(), "?brand=Zeta&sort=price-up");
        let kind = FacetKind::Attribute { name: "Colour".parse().unwrap() };
        let red = toggled(&request, &kind, &FacetValue { value: "Red".parse().unwrap(), count: 1, chosen: false });
        assert_eq!(red.to_query(), "?brand=Zeta&is.Colour=Red&sort=price-up");
    }

    #[test]
    fn each_chip_removes_one_filter() {
        let request = ListRequest::from_pairs([
            ("brand", "Alma"),
            ("is.Colour", "Red"),
            ("price-to", "100"),
            ("in-stock", "yes"),
            ("page", "2"),
        ]);
        let applied = applied(&request, Currency::GBP);
        let words: Vec<&str> = applied.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, ["Alma", "Colour: Red", "Up to £100.00", "In stock"]);
        assert_eq!(applied[2].1.to_query(), "?brand=Alma&is.Colour=Red&in-stock=yes");
    }

    #[test]
    fn a_price_is_shown_in_the_currency_of_the_list() {
        let words = |from: &str, to: &str, currency| {
            let request = ListRequest::from_pairs([("price-from", from), ("price-to", to)]);
            applied(&request, currency).remove(0).0
        };
        assert_eq!(words("12", "60.5", Currency::GBP), "£12.00 to £60.50");
        assert_eq!(words("1200", "", Currency::JPY), "From ¥1,200");
        assert_eq!(words("", "1.255", Currency::KWD), "Up to KWD\u{a0}1.255");
    }
}
