use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use super::super::{AttributeName, Category, DrawnPicture, Picture, Rating};
use super::facet::{self, Facet};
use super::{Filters, LeastStars, ListRequest, PAGE_CARDS, PageNumber, PriceHistogram, ProductCard, Sort, StarCount};
use crate::pricing::Price;

/// One page of a list, with what it can be narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    pub cards: Vec<ProductCard>,
    /// Products on all pages together.
    pub total: u32,
    pub pages: u32,
    pub page: PageNumber,
    pub facets: Vec<Facet>,
    /// The shelves of the products, from the top down to the chosen one and one step below it; of a
    /// search only, for a shelf has links to those below.
    pub categories: Vec<CategoryCount>,
    /// The lowest and the highest price before the price filter.
    pub price_range: Option<(Price, Price)>,
    /// Products by price, before the price filter.
    pub prices: PriceHistogram,
    pub stars: Vec<StarCount>,
    /// Products in stock, before that filter.
    pub in_stock: u32,
    /// Products that are delivered for nothing, before that filter.
    pub free_delivery: u32,
}

/// A shelf with the number of products that it would show, itself and all below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCount {
    pub category: Category,
    pub count: u32,
    /// The chosen one, or one above it.
    pub chosen: bool,
}

/// Answers a request over all cards of a shelf, which come in the shelf's own (featured) order.
/// A page past the end is answered with no cards, so that its address can say "not found".
pub fn answer<C: Borrow<ProductCard>>(shelf: &[C], request: &ListRequest) -> ListPage {
    let cards = || shelf.iter().map(Borrow::borrow);
    let filters = &facet::in_all_spellings(shelf, &request.filters);
    let mut found: Vec<&ProductCard> = cards().filter(|card| admits(card, filters, None)).collect();
    sort(&mut found, request.sort);

    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let skipped = (request.page.get() - 1).saturating_mul(PAGE_CARDS);
    ListPage {
        cards: found
            .into_iter()
            .skip(skipped as usize)
            .take(PAGE_CARDS as usize)
            .map(|card| in_chosen_colour(card, filters))
            .collect(),
        total,
        pages: total.div_ceil(PAGE_CARDS).max(1),
        page: request.page,
        facets: facet::facets(shelf, filters, request.whole.as_ref()),
        categories: Vec::new(),
        price_range: price_range(cards().filter(|card| admits(card, filters, Some(Ignored::Price)))),
        prices: PriceHistogram::of_prices(
            cards().filter(|card| admits(card, filters, Some(Ignored::Price))).map(|card| card.price),
        ),
        stars: stars(cards().filter(|card| admits(card, filters, Some(Ignored::Stars))), filters),
        in_stock: count(cards().filter(|card| card.in_stock && admits(card, filters, Some(Ignored::Stock)))),
        free_delivery: count(
            cards().filter(|card| card.has_free_delivery() && admits(card, filters, Some(Ignored::Delivery))),
        ),
    }
}

fn count<'a>(cards: impl Iterator<Item = &'a ProductCard>) -> u32 {
    u32::try_from(cards.count()).unwrap_or(u32::MAX)
}

/// What a list can be narrowed to by rating: only what leaves something, and something out.
fn stars<'a>(cards: impl Iterator<Item = &'a ProductCard>, filters: &Filters) -> Vec<StarCount> {
    let ratings: Vec<Option<Rating>> = cards.map(|card| card.rating).collect();
    let counted = LeastStars::OFFERED.into_iter().map(|least| {
        let fitting = ratings.iter().filter(|rating| least.admits(**rating)).count();
        let chosen = filters.least_stars == Some(least);
        StarCount { least, count: u32::try_from(fitting).unwrap_or(u32::MAX), chosen }
    });
    counted.filter(|stars| stars.chosen || (stars.count > 0 && (stars.count as usize) < ratings.len())).collect()
}

/// A card with the picture of a colour that was asked for: who looks for green lamps is shown them
/// in green. A seller's own picture stays, for nobody knows another one.
fn in_chosen_colour(card: &ProductCard, filters: &Filters) -> ProductCard {
    let mut card = card.clone();
    let is_chosen =
        |words: &str| filters.attributes.values().flatten().any(|value| value.as_str().eq_ignore_ascii_case(words));
    let swatch = card.swatches.iter().find(|swatch| is_chosen(swatch.value.as_str()));
    if let (Some(swatch), Some(Picture::Drawn(drawn))) = (swatch, &card.picture) {
        card.picture = Some(Picture::Drawn(DrawnPicture { colour: swatch.colour.clone(), ..drawn.clone() }));
    }
    card
}

/// The facet whose own filter does not count.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ignored<'a> {
    Price,
    Stars,
    Stock,
    Delivery,
    Brand,
    Seller,
    Attribute(&'a AttributeName),
}

pub(super) fn admits(card: &ProductCard, filters: &Filters, ignored: Option<Ignored<'_>>) -> bool {
    let (minor_units, currency) = (card.price.minor_units(), card.price.currency());
    let price_fits = ignored == Some(Ignored::Price)
        || (filters.price_from.is_none_or(|from| minor_units >= from.rounded_up(currency).minor_units())
            && filters.price_to.is_none_or(|to| minor_units <= to.rounded_down(currency).minor_units()));
    let brand_fits = ignored == Some(Ignored::Brand)
        || filters.brands.is_empty()
        || card.brand.as_ref().is_some_and(|brand| filters.brands.contains(brand));
    let seller_fits =
        ignored == Some(Ignored::Seller) || filters.sellers.is_empty() || filters.sellers.contains(&card.seller);
    let stars_fit =
        ignored == Some(Ignored::Stars) || filters.least_stars.is_none_or(|least| least.admits(card.rating));
    price_fits
        && brand_fits
        && seller_fits
        && stars_fit
        && filters.category.as_ref().is_none_or(|category| card.category.is_within(category))
        && (card.in_stock || !filters.in_stock_only || ignored == Some(Ignored::Stock))
        && (!filters.free_delivery_only || ignored == Some(Ignored::Delivery) || card.has_free_delivery())
        && filters.attributes.iter().all(|(name, values)| {
            ignored == Some(Ignored::Attribute(name))
                || card.facts.iter().any(|(fact, value)| fact == name && values.contains(value))
        })
}

fn sort(found: &mut [&ProductCard], order: Sort) {
    match order {
        Sort::Featured | Sort::BestSelling => {}
        Sort::PriceAscending => found.sort_by_key(|card| card.price.minor_units()),
        Sort::PriceDescending => found.sort_by_key(|card| std::cmp::Reverse(card.price.minor_units())),
        Sort::Rating => found.sort_by_key(|card| std::cmp::Reverse(card.rating.map(Rating::trusted_hundredths))),
        Sort::Newest => found.sort_by_key(|card| std::cmp::Reverse(card.added_at)),
    }
}

fn price_range<'a>(cards: impl Iterator<Item = &'a ProductCard>) -> Option<(Price, Price)> {
    cards.map(|card| card.price).fold(None, |range, price| {
        let (lowest, highest) = range.unwrap_or((price, price));
        Some((
            if price.minor_units() < lowest.minor_units() { price } else { lowest },
            if price.minor_units() > highest.minor_units() { price } else { highest },
        ))
    })
}

#[cfg(test)]
mod tests;
