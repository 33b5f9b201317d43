//! From a shopper's request to a question to the engine, and from its answer to a page.

use std::sync::Arc;

use domain::catalog::listing::{
    CategoryCount, Facet, FacetKind, FacetValue, LeastStars, ListPage, MAX_FACET_VALUES, PageNumber, PriceHistogram,
    ProductCard, StarCount,
};
use domain::catalog::{CategoryId, CategoryTree, Slug};
use domain::pricing::{Currency, Money, PriceLimit};
use domain::search::insight::Place;
use domain::search::{Cursor, Explanation, Results, ScorePart, SearchRequest};

use super::apart;
use super::engine::{self, Answer, Engine, Request, ValueCount};
use crate::catalog::GraphCatalog;

/// Looks a page of results up.
pub(super) async fn find(
    engine: Arc<Engine>,
    catalog: &GraphCatalog,
    request: &SearchRequest,
) -> anyhow::Result<Results> {
    let question = Request::from(request);
    let answer = apart(move || Ok(engine.search(&question)?)).await?;
    let ids: Vec<_> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    let cards = catalog.cards_of(&ids).await?;
    let tree = catalog.known_tree().await?;
    Ok(results(request, answer, &cards, &tree))
}

/// Where a product stands among the results of a page.
pub(super) async fn place_of(
    engine: Arc<Engine>,
    catalog: &GraphCatalog,
    request: &SearchRequest,
    product: &Slug,
) -> anyhow::Result<Option<Place>> {
    let question = Request { count: false, ..Request::from(request) };
    let answer = apart(move || Ok(engine.search(&question)?)).await?;
    let ids: Vec<_> = answer.hits.into_iter().map(|hit| hit.id).collect();
    let cards = catalog.cards_of(&ids).await?;
    let id = cards.iter().find(|card| card.slug == *product).map(|card| &card.id);
    let stands = ids.iter().zip(1_u32..).find(|(other, _)| Some(*other) == id);
    let before = request.after.as_ref().map_or(0, Cursor::before);
    Ok(stands.and_then(|(_, place)| before.checked_add(place)?.try_into().ok()))
}

fn results(request: &SearchRequest, answer: Answer, cards: &[Arc<ProductCard>], tree: &CategoryTree) -> Results {
    let before = request.after.as_ref().map_or(0, Cursor::before);
    let shown = before.saturating_add(u32::try_from(answer.hits.len()).unwrap_or(u32::MAX));
    let next = answer.next.and_then(|place| Cursor::new(shown, &place.to_string()).ok());
    let currency = cards.first().map(|card| card.price.currency());
    let prices = answer.facets.prices.as_ref().zip(currency);
    Results {
        complete: answer.complete,
        reachable: answer.reachable,
        next,
        corrected: answer.corrected,
        did_you_mean: answer.did_you_mean,
        unknown: answer.unknown,
        given_up: answer.given_up,
        was_cut_short: answer.was_cut_short,
        explanations: answer.hits.iter().filter_map(explanation).collect(),
        list: ListPage {
            cards: cards.iter().map(|card| ProductCard::clone(card)).collect(),
            total: answer.total,
            pages: 1,
            page: PageNumber::FIRST,
            categories: categories(&answer.facets.categories, request.list.filters.category.as_ref(), tree),
            price_range: prices.and_then(|(prices, currency)| {
                let price = |ten_thousandths| money(ten_thousandths, currency).try_into().ok();
                Some((price(prices.lowest_ten_thousandths)?, price(prices.highest_ten_thousandths)?))
            }),
            prices: prices.map(|(prices, currency)| histogram(prices, currency)).unwrap_or_default(),
            stars: stars(&answer.facets, request.list.filters.least_stars, answer.total),
            in_stock: answer.facets.available,
            free_delivery: answer.facets.free_delivery,
            facets: facets(answer.facets, request.list.whole.as_ref()),
        },
    }
}

fn explanation(hit: &engine::Hit) -> Option<Explanation> {
    let part = |part: &engine::Part| ScorePart {
        name: part.name,
        value_thousandths: thousandths(part.value),
        weight_thousandths: thousandths(part.weight),
    };
    let parts = hit.explanation.as_ref()?.parts.iter().map(part).collect();
    Some(Explanation { product: hit.id.clone(), parts })
}

// Parts and weights are small and never below zero; a cast keeps what is not within its bounds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn thousandths(share: f32) -> u32 {
    (share * 1_000.0).round() as u32
}

/// Shelves from the top: those above the chosen one, itself, and those directly below it.
fn categories(
    counts: &[engine::CategoryCount],
    chosen: Option<&CategoryId>,
    tree: &CategoryTree,
) -> Vec<CategoryCount> {
    let is_above = |id: &CategoryId| chosen.is_some_and(|chosen| chosen.is_within(id));
    let mut shown: Vec<CategoryCount> = counts
        .iter()
        .filter(|count| is_above(&count.id) || count.id.parent().as_ref() == chosen)
        .filter_map(|count| {
            Some(CategoryCount { category: tree.get(&count.id)?, count: count.count, chosen: is_above(&count.id) })
        })
        .collect();
    // Those above in their order, then the fullest first.
    shown.sort_by_key(|count| {
        let depth = if count.chosen { count.category.id.as_str().matches('/').count() } else { usize::MAX };
        (depth, std::cmp::Reverse(count.count))
    });
    let above = shown.iter().filter(|count| count.chosen).count();
    shown.truncate(above + MAX_FACET_VALUES);
    shown
}

fn facets(facets: engine::Facets, whole: Option<&FacetKind>) -> Vec<Facet> {
    let brands = Facet::offered(FacetKind::Brand, named(facets.brands), facets.more_brands, whole);
    let sellers = Facet::offered(FacetKind::Seller, named(facets.sellers), facets.more_sellers, whole);
    let attributes = facets.facts.into_iter().filter_map(|fact| {
        let values =
            fact.values.into_iter().map(|ValueCount { value, count, chosen }| FacetValue { value, count, chosen });
        Facet::offered(FacetKind::Attribute { name: fact.name }, values.collect(), fact.more, whole)
    });
    brands.into_iter().chain(attributes).chain(sellers).collect()
}

fn named<T: AsRef<str>>(counts: Vec<ValueCount<T>>) -> Vec<FacetValue> {
    let value = |ValueCount { value, count, chosen }: ValueCount<T>| {
        Some(FacetValue { value: value.as_ref().parse().ok()?, count, chosen })
    };
    counts.into_iter().filter_map(value).collect()
}

fn stars(facets: &engine::Facets, chosen: Option<LeastStars>, total: u32) -> Vec<StarCount> {
    let counted = LeastStars::OFFERED.into_iter().filter_map(|least| {
        let count = *facets.ratings.get(usize::from(least.get()).checked_sub(1)?)?;
        Some(StarCount { least, count, chosen: chosen == Some(least) })
    });
    counted.filter(|stars| stars.chosen || (stars.count > 0 && (chosen.is_some() || stars.count < total))).collect()
}

fn histogram(prices: &engine::Histogram, currency: Currency) -> PriceHistogram {
    let minor_units = |ten_thousandths| money(ten_thousandths, currency).minor_units();
    let range = (minor_units(prices.lowest_ten_thousandths), minor_units(prices.highest_ten_thousandths));
    PriceHistogram::new(
        currency,
        range,
        prices.bars.iter().map(|bar| (minor_units(bar.from_ten_thousandths), bar.count)),
    )
}

/// An amount of a currency, in its minor units rounded down.
fn money(ten_thousandths: u64, currency: Currency) -> Money {
    PriceLimit::from_ten_thousandths(ten_thousandths).rounded_down(currency)
}
