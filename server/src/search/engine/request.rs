use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use domain::catalog::listing::{FacetKind, LeastStars, PAGE_CARDS, Sort};
use domain::catalog::{AttributeName, AttributeText, Brand, CategoryId, Seller};
use domain::pricing::PriceLimit;
use domain::search::SearchRequest;
use domain::search::query::Query;

/// A question to the engine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) query: Query,
    pub(crate) filters: Filters,
    pub(crate) order: Order,
    /// Where the page before ended; `None` asks for the first.
    pub(crate) after: Option<Cursor>,
    /// Hits on the page, at most [`Request::MAX_PAGE_HITS`].
    pub(crate) page_hits: usize,
    /// Whether each hit tells why it stands where it stands.
    pub(crate) explain: bool,
    /// Whether to count; without, [`super::Answer::facets`] is empty and the answer comes sooner.
    pub(crate) count: bool,
}

impl Request {
    pub(crate) const MAX_PAGE_HITS: usize = 100;
}

impl From<&SearchRequest> for Request {
    /// A shopper's request, with its counts.
    fn from(request: &SearchRequest) -> Self {
        let filters = &request.list.filters;
        Self {
            query: Query::from(request.text.clone()),
            filters: Filters {
                category: filters.category.clone(),
                brands: filters.brands.clone(),
                sellers: filters.sellers.clone(),
                facts: filters.attributes.clone(),
                price_from: filters.price_from,
                price_to: filters.price_to,
                rating_from_hundredths: filters.least_stars.map(LeastStars::hundredths),
                available_only: filters.in_stock_only,
                free_delivery_only: filters.free_delivery_only,
                whole: request.list.whole.clone(),
            },
            order: match request.list.sort {
                Sort::Featured => Order::Relevance,
                Sort::PriceAscending => Order::PriceAscending,
                Sort::PriceDescending => Order::PriceDescending,
                Sort::Rating => Order::Rating,
                Sort::Newest => Order::Newest,
                Sort::BestSelling => Order::BestSelling,
            },
            // A place that the engine can't read is no place: the first page answers.
            after: request.after.as_ref().and_then(|cursor| cursor.place().parse().ok()),
            page_hits: PAGE_CARDS as usize,
            explain: request.explain,
            count: true,
        }
    }
}

/// What a shopper narrowed the results by. Values of one facet are alternatives; facets add up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// This category and everything below it.
    pub(crate) category: Option<CategoryId>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) sellers: Vec<Seller>,
    pub(crate) facts: BTreeMap<AttributeName, Vec<AttributeText>>,
    pub(crate) price_from: Option<PriceLimit>,
    pub(crate) price_to: Option<PriceLimit>,
    /// The least average rating, in hundredths of a star.
    pub(crate) rating_from_hundredths: Option<u16>,
    pub(crate) available_only: bool,
    pub(crate) free_delivery_only: bool,
    /// The facet whose values are all counted, and not only the most frequent. It narrows nothing.
    pub(crate) whole: Option<FacetKind>,
}

/// The order of the results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Relevance,
    PriceAscending,
    PriceDescending,
    Rating,
    Newest,
    BestSelling,
}

/// The place after a page's last hit. It names the hit itself, so that the next page goes on behind
/// it whatever came or went before it meanwhile. Opaque to everybody but the engine; its text is
/// made for addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Of an order by relevance: how many hits stood before it, and the keys (see `schema`) of the last
    /// of them, the last one first. As long as one of them is there, its place is known.
    Ranked { before: u32, last: [u64; LAST_HITS] },
    /// Of another order: what that compares of the last hit, as it was. The place is known without the hit.
    Listed { is_complete: bool, value: u64, key: u64 },
}

/// Hits that the place in a ranking names.
const LAST_HITS: usize = 3;
/// What the text of a place begins with: a ranking; a list, behind a hit that matches every word, or not.
const RANKED: &str = "r";
const COMPLETE: &str = "c";
const NEAREST: &str = "n";

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not the place of a page")]
pub(crate) struct CursorError;

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (kind, numbers) = raw.split_at_checked(1).ok_or(CursorError)?;
        let read = |part: &str| u64::from_str_radix(part, 16).map_err(|_| CursorError);
        let numbers = numbers.split('-').map(read).collect::<Result<Vec<_>, _>>()?;
        match (kind, numbers.as_slice()) {
            (RANKED, [before, last @ ..]) => {
                let before = u32::try_from(*before).map_err(|_| CursorError)?;
                Ok(Self::Ranked { before, last: last.try_into().map_err(|_| CursorError)? })
            }
            (COMPLETE | NEAREST, [value, key]) => {
                Ok(Self::Listed { is_complete: kind == COMPLETE, value: *value, key: *key })
            }
            _ => Err(CursorError),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ranked { before, last } => {
                write!(f, "{RANKED}{before:x}")?;
                last.iter().try_for_each(|key| write!(f, "-{key:016x}"))
            }
            Self::Listed { is_complete, value, key } => {
                write!(f, "{}{value:x}-{key:016x}", if *is_complete { COMPLETE } else { NEAREST })
            }
        }
    }
}
