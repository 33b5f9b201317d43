//! What reviews are narrowed by and how they are ordered: links and a form that asks by its address, so that each
//! answer can be kept and sent on.

use domain::catalog::Slug;
use domain::review::{PostQuery, ReviewFacets, ReviewOrder};
use domain::search::SearchText;
use leptos::prelude::*;

use super::{REVIEWS, address};
use crate::icon::{Glyph, Icon};

/// The ways to narrow and to order the reviews of a product, and what they are narrowed by.
#[component]
pub fn ReviewFilters(
    slug: Slug,
    query: PostQuery,
    facets: ReviewFacets,
    /// Of all reviews that are shown.
    total: u32,
) -> impl IntoView {
    let narrowed = query.narrows().then(|| {
        view! {
            <p class="small soft">
                {format!("{} of {}", facets.matching(&query), reviews(total))}
            </p>
        }
    });
    let rest = PostQuery { words: SearchText::default(), ..query.from_the_start() };
    view! {
        <div class="reviews__filters">
            <WordsForm
                slug=slug.clone()
                place=REVIEWS
                name=PostQuery::WORDS
                label="Search in reviews"
                words=query.words.clone()
                rest
            />
            <Narrower slug=slug.clone() query=query.clone() facets />
            <Orders slug=slug.clone() query=query.clone() />
            <Chips slug query />
            {narrowed}
        </div>
    }
    .into_any()
}

fn reviews(count: u32) -> String {
    if count == 1 { "1 review".to_owned() } else { format!("{count} reviews") }
}

/// Looks for words; what else is asked for stays.
#[component]
pub fn WordsForm(
    slug: Slug,
    /// Where on the page the answer stands
    place: &'static str,
    name: &'static str,
    label: &'static str,
    words: SearchText,
    /// What else is asked for.
    rest: PostQuery,
) -> impl IntoView {
    let hidden = rest.pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <form
            class="order-search"
            role="search"
            aria-label=label
            action=format!("/products/{slug}#{place}")
            method="get"
        >
            {hidden.collect_view()}
            <label class="visually-hidden" for=name>
                {label}
            </label>
            <input
                class="field__input"
                id=name
                name=name
                type="search"
                placeholder=label
                value=words.to_string()
                maxlength=SearchText::MAX_CHARS
                autocomplete="off"
                enterkeyhint="search"
            />
            <button class="button" type="submit">
                "Find"
            </button>
        </form>
    }
    .into_any()
}

/// What the reviews can be narrowed by further, each with how many are left then.
#[component]
fn Narrower(slug: Slug, query: PostQuery, facets: ReviewFacets) -> impl IntoView {
    let start = query.from_the_start();
    let ways = [
        (query.verified, "Verified purchases only", PostQuery { verified: true, ..start.clone() }),
        (query.pictured, "With pictures", PostQuery { pictured: true, ..start }),
    ];
    let links: Vec<_> = ways
        .into_iter()
        .map(|(is_asked, words, asked)| (is_asked, words, facets.matching(&asked), asked))
        .filter(|(is_asked, _, left, _)| !is_asked && *left > 0)
        .map(|(_, words, left, asked)| {
            view! {
                <li>
                    <a class="chip" href=address(&slug, &asked, REVIEWS) rel="nofollow">
                        {words}
                        <span class="soft">{left}</span>
                    </a>
                </li>
            }
        })
        .collect();
    if links.is_empty() {
        return ().into_any();
    }
    view! {
        <ul class="chips" aria-label="Narrow the reviews">
            {links}
        </ul>
    }
    .into_any()
}

#[component]
fn Orders(slug: Slug, query: PostQuery) -> impl IntoView {
    let link = |order: ReviewOrder| {
        let asked = PostQuery { order, ..query.from_the_start() };
        let current = (order == query.order).then_some("true");
        view! {
            <li>
                <a href=address(&slug, &asked, REVIEWS) rel="nofollow" aria-current=current>
                    {order.label()}
                </a>
            </li>
        }
    };
    view! {
        <div class="reviews__orders">
            <p id="order-title" class="visually-hidden">
                "Order of the reviews"
            </p>
            <ul aria-labelledby="order-title">{ReviewOrder::ALL.map(link).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// What the reviews are narrowed by: each chip takes one away, the last one all of them.
#[component]
fn Chips(slug: Slug, query: PostQuery) -> impl IntoView {
    let start = query.from_the_start();
    let stars = query.stars.map(|stars| {
        let plural = if stars.get() == 1 { "star" } else { "stars" };
        (format!("{stars} {plural}"), PostQuery { stars: None, ..start.clone() })
    });
    let verified =
        query.verified.then(|| ("Verified purchases".to_owned(), PostQuery { verified: false, ..start.clone() }));
    let pictured = query.pictured.then(|| ("With pictures".to_owned(), PostQuery { pictured: false, ..start.clone() }));
    let words = (!query.words.is_empty())
        .then(|| (format!("“{}”", query.words), PostQuery { words: SearchText::default(), ..start }));
    let narrowed: Vec<_> = [stars, verified, pictured, words].into_iter().flatten().collect();
    if narrowed.is_empty() {
        return ().into_any();
    }
    let all = (narrowed.len() > 1).then(|| {
        view! {
            <li>
                <a class="chip chip--clear" href=address(&slug, &query.widened(), REVIEWS) rel="nofollow">
                    "Show all reviews"
                </a>
            </li>
        }
    });
    let chips = narrowed.into_iter().map(|(words, without)| {
        view! {
            <li>
                <a class="chip" href=address(&slug, &without, REVIEWS) rel="nofollow">
                    <span dir="auto">{words}</span>
                    <span class="visually-hidden">": remove"</span>
                    <Icon glyph=Glyph::Close class="icon icon--small" />
                </a>
            </li>
        }
    });
    view! {
        <ul class="chips" aria-label="Reviews are narrowed to">
            {chips.collect_view()}
            {all}
        </ul>
    }
    .into_any()
}
