use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::super::{AttributeName, AttributeText, Brand, CategoryId, Seller};
use super::{FacetKind, LeastStars, View};
use crate::pricing::PriceLimit;
use crate::text::encoded;

/// Values that one request may filter by, over all facets.
const MAX_FILTER_VALUES: usize = 50;

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// The order of the shelf: best rated and available first; of a search: best match first.
    #[default]
    Featured,
    PriceAscending,
    PriceDescending,
    Rating,
    Newest,
    /// By units sold; a shelf, which does not know them, keeps its own order.
    BestSelling,
}

impl Sort {
    /// The orders of a shelf.
    pub const ALL: [Self; 5] =
        [Self::Featured, Self::PriceAscending, Self::PriceDescending, Self::Rating, Self::Newest];
    /// The orders of search results.
    pub const OF_RESULTS: [Self; 6] =
        [Self::Featured, Self::PriceAscending, Self::PriceDescending, Self::Rating, Self::Newest, Self::BestSelling];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Featured => "featured",
            Self::PriceAscending => "price-up",
            Self::PriceDescending => "price-down",
            Self::Rating => "rating",
            Self::Newest => "newest",
            Self::BestSelling => "best-selling",
        }
    }

    /// Its name for a shopper.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Featured => "Featured",
            Self::PriceAscending => "Price: low to high",
            Self::PriceDescending => "Price: high to low",
            Self::Rating => "Customer rating",
            Self::Newest => "Newest arrivals",
            Self::BestSelling => "Best selling",
        }
    }
}

/// A page of a list, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct PageNumber(u32);

impl PageNumber {
    pub const FIRST: Self = Self(1);
    /// Beyond this nobody reads on; a crawler finds products through the site map.
    pub const MAX: u32 = 10_000;

    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}

impl TryFrom<u32> for PageNumber {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a list has no such page")
    }
}

impl From<PageNumber> for u32 {
    fn from(page: PageNumber) -> Self {
        page.0
    }
}

/// What a shopper narrowed a list by. Values of one facet are alternatives; facets add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// This category and those below it.
    pub category: Option<CategoryId>,
    /// Lowest and highest price, each price in its own currency.
    pub price_from: Option<PriceLimit>,
    pub price_to: Option<PriceLimit>,
    pub brands: Vec<Brand>,
    pub sellers: Vec<Seller>,
    pub attributes: BTreeMap<AttributeName, Vec<AttributeText>>,
    pub least_stars: Option<LeastStars>,
    pub in_stock_only: bool,
    pub free_delivery_only: bool,
}

impl Filters {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Everything that the address of a list says beyond which shelf it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRequest {
    pub filters: Filters,
    pub sort: Sort,
    pub view: View,
    pub page: PageNumber,
    /// The facet that is asked for with all of its values.
    #[serde(default)]
    pub whole: Option<FacetKind>,
}

impl Default for ListRequest {
    fn default() -> Self {
        Self {
            filters: Filters::default(),
            sort: Sort::default(),
            view: View::default(),
            page: PageNumber::FIRST,
            whole: None,
        }
    }
}

impl ListRequest {
    /// Reads the pairs of a query string (decoded). What can't be understood is left out, so every
    /// address shows something; the canonical address then is [`ListRequest::to_query`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut request = Self::default();
        let mut values = 0;
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            let filters = &mut request.filters;
            match name {
                "sort" => {
                    request.sort = Sort::OF_RESULTS.into_iter().find(|s| s.parameter() == value).unwrap_or_default();
                }
                "view" => request.view = View::ALL.into_iter().find(|v| v.parameter() == value).unwrap_or_default(),
                "in" => filters.category = value.parse().ok(),
                "all" => request.whole = FacetKind::from_parameter(value),
                "stars" => filters.least_stars = value.parse().ok(),
                "page" => request.page = value.parse().ok().and_then(PageNumber::new).unwrap_or(PageNumber::FIRST),
                "price-from" => filters.price_from = value.parse().ok(),
                "price-to" => filters.price_to = value.parse().ok(),
                "in-stock" => filters.in_stock_only = value == "yes",
                "delivery" => filters.free_delivery_only = value == "free",
                "brand" if values < MAX_FILTER_VALUES => {
                    values += 1;
                    insert_sorted(&mut filters.brands, value.parse().ok());
                }
                "seller" if values < MAX_FILTER_VALUES => {
                    values += 1;
                    insert_sorted(&mut filters.sellers, value.parse().ok());
                }
                other if values < MAX_FILTER_VALUES => {
                    if let Some(Ok(name)) = other.strip_prefix("is.").map(str::parse::<AttributeName>) {
                        values += 1;
                        insert_sorted(filters.attributes.entry(name).or_default(), value.parse().ok());
                    }
                }
                _ => {}
            }
        }
        request.filters.attributes.retain(|_, values| !values.is_empty());
        request
    }

    /// The canonical query string, with its `?`; empty when the list is asked for as it is.
    pub fn to_query(&self) -> String {
        let mut query = Query::default();
        let filters = &self.filters;
        if let Some(category) = &filters.category {
            query.push("in", category.as_str());
        }
        for brand in &filters.brands {
            query.push("brand", brand.as_str());
        }
        for seller in &filters.sellers {
            query.push("seller", seller.as_str());
        }
        for (name, values) in &filters.attributes {
            for value in values {
                query.push(&format!("is.{name}"), value.as_str());
            }
        }
        if let Some(limit) = filters.price_from {
            query.push("price-from", &limit.to_string());
        }
        if let Some(limit) = filters.price_to {
            query.push("price-to", &limit.to_string());
        }
        if let Some(stars) = filters.least_stars {
            query.push("stars", &stars.to_string());
        }
        if filters.in_stock_only {
            query.push("in-stock", "yes");
        }
        if filters.free_delivery_only {
            query.push("delivery", "free");
        }
        if self.view != View::default() {
            query.push("view", self.view.parameter());
        }
        if self.sort != Sort::default() {
            query.push("sort", self.sort.parameter());
        }
        if self.page != PageNumber::FIRST {
            query.push("page", &self.page.get().to_string());
        }
        if let Some(facet) = &self.whole {
            query.push("all", &facet.parameter());
        }
        query.0
    }

    /// The same list with another filter, from its first page.
    #[must_use]
    pub fn filtered(&self, change: impl FnOnce(&mut Filters)) -> Self {
        let mut filters = self.filters.clone();
        change(&mut filters);
        filters.attributes.retain(|_, values| !values.is_empty());
        Self { filters, page: PageNumber::FIRST, ..self.clone() }
    }

    #[must_use]
    pub fn at_page(&self, page: PageNumber) -> Self {
        Self { page, ..self.clone() }
    }
}

fn insert_sorted<T: Ord>(values: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value
        && let Err(place) = values.binary_search(&value)
    {
        values.insert(place, value);
    }
}

#[derive(Default)]
struct Query(String);

impl Query {
    fn push(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        let _ = write!(self.0, "{}={}", encoded(name), encoded(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pairs: &[(&str, &str)]) -> ListRequest {
        ListRequest::from_pairs(pairs.iter().copied())
    }

    #[test]
    fn an_address_is_canonical_whatever_its_order() {
        let one =
            read(&[("page", "2"), ("brand", "Zeta"), ("is.Colour", "Red"), ("brand", "Alma"), ("sort", "price-up")]);
        let other = read(&[
            ("sort", "price-up"),
            ("brand", "Alma"),
            ("brand", "Zeta"),
            ("brand", "Alma"),
            ("is.Colour", "Red"),
            ("page", "2"),
        ]);
        assert_eq!(one.to_query(), "?brand=Alma&brand=Zeta&is.Colour=Red&sort=price-up&page=2");
        assert_eq!(one, other);
        let sold = read(&[("delivery", "free"), ("seller", "store"), ("in-stock", "yes"), ("seller", "Fell & Co")]);
        assert_eq!(sold.to_query(), "?seller=Fell%20%26%20Co&seller=store&in-stock=yes&delivery=free");
    }

    #[test]
    fn a_request_filters_by_so_many_values_and_no_more() {
        let kept = |count: usize| {
            let brands: Vec<String> = (0..count).map(|number| format!("Brand {number}")).collect();
            let strangers = (0..count).map(|_| ("utm_source", "letter"));
            let pairs = strangers.chain(brands.iter().map(|brand| ("brand", brand.as_str())));
            ListRequest::from_pairs(pairs).filters.brands.len()
        };
        assert_eq!(kept(MAX_FILTER_VALUES), MAX_FILTER_VALUES);
        assert_eq!(kept(MAX_FILTER_VALUES + 1), MAX_FILTER_VALUES);
    }

    #[test]
    fn nonsense_is_left_out() {
        let request = read(&[
            ("page", "0"),
            ("page", "-1"),
            ("sort", "up"),
            ("price-from", "abc"),
            ("price-to", "12.5"),
            ("in", "Not A Shelf"),
            ("stars", "5"),
            ("view", "cube"),
            ("delivery", "fast"),
            ("seller", " "),
            ("x", "y"),
            ("is.", "z"),
        ]);
        assert_eq!(request.to_query(), "?price-to=12.50");
        assert_eq!(
            read(&[("price-from", "£20,50"), ("price-to", " 1,000 ")]).to_query(),
            "?price-from=20.50&price-to=1000"
        );
        assert_eq!(read(&[("page", "10001")]).page, PageNumber::FIRST);
        assert_eq!(read(&[("page", "10000")]).page.get(), PageNumber::MAX);
    }

    proptest! {
        #[test]
        fn every_address_leads_to_a_list_that_leads_to_itself(pairs in prop::collection::vec(("(brand|seller|delivery|all|page|sort|price-from|in|stars|view|is\\.[A-Z]|.{0,5})", ".{0,12}"), 0..12)) {
            let request = ListRequest::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            let query = request.to_query();
            let decoded = decode(&query);
            let again = ListRequest::from_pairs(decoded.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            prop_assert_eq!(again.to_query(), query);
            prop_assert_eq!(again, request);
        }
    }

    fn decode(query: &str) -> Vec<(String, String)> {
        let unescape = |text: &str| {
            let mut bytes = Vec::new();
            let mut rest = text.as_bytes();
            while let Some((&first, tail)) = rest.split_first() {
                if first == b'%' {
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
                    rest = &tail[2..];
                } else {
                    bytes.push(first);
                    rest = tail;
                }
            }
            String::from_utf8(bytes).unwrap()
        };
        query
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (unescape(name), unescape(value)))
            .collect()
    }
}
