use domain::catalog::{AttributeName, AttributeText, Brand, CategoryId, ProductId, Seller};
use domain::search::query::Clause;
use domain::search::{Correction, SearchText};

use super::Cursor;

/// What the engine answers to a [`super::Request`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) hits: Vec<Hit>,
    /// Products on all pages together.
    pub(crate) total: u32,
    /// How many of them match everything that was asked for. Where it is less than `total`, the others are
    /// the nearest and stand behind; a page says so.
    pub(crate) complete: u32,
    /// How many can be paged through; an order by relevance ends where nobody reads on.
    pub(crate) reachable: u32,
    pub(crate) facets: Facets,
    /// Where the next page begins; `None` on the last.
    pub(crate) next: Option<Cursor>,
    /// The words that were looked for instead, because nothing has one of the typed words.
    pub(crate) corrected: Option<Correction>,
    /// What may have been meant: a word that is rare in the catalog has a frequent neighbour.
    pub(crate) did_you_mean: Option<SearchText>,
    /// Words that no product has, as they were typed.
    pub(crate) unknown: Vec<String>,
    /// What nothing fits and was given up for these hits.
    pub(crate) given_up: Vec<Clause>,
    /// Whether the query asked for more than one may take, and something of it was left aside.
    pub(crate) was_cut_short: bool,
}

/// One product of the answer.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) id: ProductId,
    /// Where one was asked for, and the order is by relevance.
    pub(crate) explanation: Option<Explanation>,
}

/// Why a hit stands where it stands: the parts of its score, which add up to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Explanation {
    pub(crate) parts: Vec<Part>,
}

/// One bounded part of a score.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// Between 0 and 1.
    pub(crate) value: f32,
    pub(crate) weight: f32,
}

/// What the results can be narrowed by. The counts within one facet ignore that facet's own filter,
/// so that a second brand can be added to the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facets {
    /// Categories with products among the results, those above them included, each after its parent.
    pub(crate) categories: Vec<CategoryCount>,
    pub(crate) brands: Vec<ValueCount<Brand>>,
    /// How many brands are left out, and sellers.
    pub(crate) more_brands: u32,
    pub(crate) sellers: Vec<ValueCount<Seller>>,
    pub(crate) more_sellers: u32,
    /// The facts that matter for these results, the most telling first.
    pub(crate) facts: Vec<FactFacet>,
    pub(crate) prices: Option<Histogram>,
    /// Products with at least 1, 2, 3 and 4 stars.
    pub(crate) ratings: [u32; 4],
    /// Products that can be bought now.
    pub(crate) available: u32,
    /// Products that are delivered for nothing.
    pub(crate) free_delivery: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryCount {
    pub(crate) id: CategoryId,
    pub(crate) count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueCount<T> {
    pub(crate) value: T,
    pub(crate) count: u32,
    pub(crate) chosen: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactFacet {
    pub(crate) name: AttributeName,
    pub(crate) values: Vec<ValueCount<AttributeText>>,
    /// How many are left out.
    pub(crate) more: u32,
}

/// How the lowest prices of the results spread before the price filter, in ten-thousandths of the
/// currency's unit. Bars begin at the rounded preferred numbers 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0,
/// 5.0, 6.0 and 8.0 (ISO 497:1973) of each power of ten; empty ones are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Histogram {
    pub(crate) lowest_ten_thousandths: u64,
    pub(crate) highest_ten_thousandths: u64,
    pub(crate) bars: Vec<Bar>,
}

/// Products whose price is at least `from_ten_thousandths` and below the next bar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) from_ten_thousandths: u64,
    pub(crate) count: u32,
}

/// What a few typed letters may become.
#[derive(Debug, Clone, Default)]
pub(crate) struct Suggestions {
    pub(crate) queries: Vec<Completion>,
    pub(crate) categories: Vec<CategoryId>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) products: Vec<ProductId>,
}

/// A query that goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    pub(crate) text: SearchText,
    /// How many letters of it were typed; 0 when it is another spelling.
    pub(crate) typed_chars: usize,
}
