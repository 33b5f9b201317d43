//! Prices: a form with both ends, the products by price above it, and a few ranges as links.

use domain::catalog::listing::{ListPage, ListRequest, PriceBar};
use domain::pricing::{Currency, Money, PriceLimit};
use leptos::prelude::*;

use super::facets::{Summary, Toggle};
use super::filters::HiddenFields;
use super::list::ListAddress;
use super::slider::PriceSlider;

/// The height of a histogram, in units of its drawing; a bar is one unit wide.
const HISTOGRAM_HEIGHT: u32 = 24;
/// A bar that stands for few products is still seen.
const LEAST_HEIGHT: u32 = 2;
/// Fewer ranges are no choice.
const MIN_RANGES: usize = 2;

#[component]
pub fn PriceFilter(address: ListAddress, request: ListRequest, list: ListPage, currency: Currency) -> impl IntoView {
    let bars = list.prices.bars().to_vec();
    let highest = list.prices.highest_count();
    let ranges = list.prices.ranges();
    let rest = request.filtered(|filters| {
        filters.price_from = None;
        filters.price_to = None;
    });
    let action = address.path.clone();
    let offered = view! { <Ranges address=address.clone() request=request.clone() ranges=ranges /> };
    view! {
        <details class="filter" open>
            <Summary words="Price".to_owned() />
            <form action=action method="get">
                <HiddenFields address=address request=rest with_sort=true />
                <PriceSlider>
                    <Histogram request=request.clone() bars=bars highest=highest currency=currency />
                    <PriceFields request=request list=list currency=currency />
                </PriceSlider>
            </form>
            {offered}
        </details>
    }
    .into_any()
}

/// The products by price. Its slider is of no use without a script and stays hidden until there is
/// one; the fields say the same.
#[component]
fn Histogram(request: ListRequest, bars: Vec<PriceBar>, highest: u32, currency: Currency) -> impl IntoView {
    if bars.is_empty() {
        return ().into_any();
    }
    let (from, to) = price_limits(&request, currency);
    let is_below = |bar: &PriceBar| from.is_some_and(|from| bar.to.minor_units() < from.minor_units());
    let is_above = |bar: &PriceBar| to.is_some_and(|to| bar.from.minor_units() > to.minor_units());
    let first = bars.iter().filter(|bar| is_below(bar)).count();
    let end = bars.len() - bars.iter().filter(|bar| is_above(bar)).count();
    let first_words = bars.get(first).map(|bar| bar.from.to_string());
    let end_words = end.checked_sub(1).and_then(|last| bars.get(last)).map(|bar| bar.to.to_string());
    let rects = bars
        .iter()
        .zip(0_u32..)
        .map(|(bar, place)| {
            let height = match bar.count {
                0 => 0,
                count => (count * HISTOGRAM_HEIGHT).div_ceil(highest.max(1)).max(LEAST_HEIGHT),
            };
            let is_outside = is_below(bar) || is_above(bar);
            view! {
                <rect
                    class=is_outside.then_some("outside")
                    x=place
                    y=HISTOGRAM_HEIGHT - height
                    width="1"
                    height=height
                    data-from=bar.from.decimal()
                    data-to=bar.to.decimal()
                    data-from-words=bar.from.to_string()
                    data-to-words=bar.to.to_string()
                ></rect>
            }
        })
        .collect_view();
    let count = bars.len();
    view! {
        <svg
            class="histogram"
            viewBox=format!("0 0 {count} {HISTOGRAM_HEIGHT}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {rects}
        </svg>
        <div class="slider" hidden>
            <input
                type="range"
                min="0"
                max=count
                value=first
                autocomplete="off"
                aria-label="Lowest price"
                aria-valuetext=first_words
            />
            <input
                type="range"
                min="0"
                max=count
                value=end
                autocomplete="off"
                aria-label="Highest price"
                aria-valuetext=end_words
            />
        </div>
    }
    .into_any()
}

#[component]
fn PriceFields(request: ListRequest, list: ListPage, currency: Currency) -> impl IntoView {
    let (lowest, highest) = list
        .price_range
        .map_or((None, None), |(lowest, highest)| (Some(lowest.money().decimal()), Some(highest.money().decimal())));
    let (from, to) = price_limits(&request, currency);
    view! {
        <div class="filter__price">
            <PriceField
                name="price-from"
                words=format!("From, {}", currency.symbol())
                placeholder=lowest
                value=from.map(Money::decimal)
            />
            <PriceField
                name="price-to"
                words=format!("To, {}", currency.symbol())
                placeholder=highest
                value=to.map(Money::decimal)
            />
            <button class="button button--small" type="submit">
                "Apply price"
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn PriceField(name: &'static str, words: String, placeholder: Option<String>, value: Option<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {words}
            </label>
            <input
                class="field__input"
                id=name
                name=name
                inputmode="decimal"
                enterkeyhint="go"
                autocomplete="off"
                placeholder=placeholder
                value=value
            />
        </div>
    }
    .into_any()
}

/// A few ranges with about as many products each.
#[component]
fn Ranges(address: ListAddress, request: ListRequest, ranges: Vec<PriceBar>) -> impl IntoView {
    if ranges.len() < MIN_RANGES {
        return ().into_any();
    }
    let last = ranges.len() - 1;
    let links = ranges
        .iter()
        .enumerate()
        .map(|(place, range)| {
            // The outer ranges are open: nothing is below the first or above the last.
            let from = (place > 0).then_some(range.from);
            let to = (place < last).then_some(range.to);
            let limits = (from.and_then(limit), to.and_then(limit));
            let chosen = (request.filters.price_from, request.filters.price_to) == limits;
            let href = address.of(&request.filtered(|filters| {
                (filters.price_from, filters.price_to) = if chosen { (None, None) } else { limits };
            }));
            view! {
                <li>
                    <Toggle href=href words=range_in_words(from, to) chosen=chosen count=range.count />
                </li>
            }
        })
        .collect_view();
    view! { <ul class="filter__links filter__ranges">{links}</ul> }.into_any()
}

fn limit(money: Money) -> Option<PriceLimit> {
    money.decimal().parse().ok()
}

/// A range of prices, as a link or a chip says it.
pub(super) fn range_in_words(from: Option<Money>, to: Option<Money>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("Up to {to}"),
        (None, None) => "Any price".to_owned(),
    }
}

/// The lowest and the highest price that a request asks for, in the list's currency.
pub(super) fn price_limits(request: &ListRequest, currency: Currency) -> (Option<Money>, Option<Money>) {
    let from = request.filters.price_from.map(|limit| limit.rounded_up(currency));
    let to = request.filters.price_to.map(|limit| limit.rounded_down(currency));
    (from, to)
}
