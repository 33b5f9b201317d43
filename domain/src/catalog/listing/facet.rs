//! The values that a list can be narrowed to.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::{AttributeName, AttributeText, Brand, Seller};
use super::answer::{Ignored, admits};
use super::{Filters, MAX_ATTRIBUTE_FACETS, MAX_FACET_VALUES, MAX_WHOLE_FACET_VALUES, ProductCard, scale};
use crate::text::folded;

/// What a facet narrows by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FacetKind {
    Brand,
    Seller,
    Attribute { name: AttributeName },
}

impl FacetKind {
    /// The name that its values have in an address.
    pub fn parameter(&self) -> String {
        match self {
            Self::Brand => "brand".to_owned(),
            Self::Seller => "seller".to_owned(),
            Self::Attribute { name } => format!("is.{name}"),
        }
    }

    /// What its values are called in an address; `None` for another name.
    pub fn from_parameter(parameter: &str) -> Option<Self> {
        match parameter {
            "brand" => Some(Self::Brand),
            "seller" => Some(Self::Seller),
            other => Some(Self::Attribute { name: other.strip_prefix("is.")?.parse().ok()? }),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    pub kind: FacetKind,
    pub values: Vec<FacetValue>,
    /// How many values are left out.
    pub more: u32,
}

/// A value with the number of products that it would show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: AttributeText,
    pub count: u32,
    pub chosen: bool,
}

impl Facet {
    /// A facet with something to choose: at least two values, or one that is chosen. Chosen ones and the most
    /// frequent are offered, in this order; sizes and numbers from the least up. The facet that is asked for as a
    /// `whole` offers all that a page has room for, by their names. `more` are known to be left out of `values`.
    pub fn offered(kind: FacetKind, mut values: Vec<FacetValue>, more: u32, whole: Option<&FacetKind>) -> Option<Self> {
        let chosen = values.iter().filter(|value| value.chosen).count();
        if values.len() < 2 && chosen == 0 {
            return None;
        }
        let is_whole = whole == Some(&kind);
        let most = if is_whole { MAX_WHOLE_FACET_VALUES } else { MAX_FACET_VALUES };
        values.sort_by_key(|value| (Reverse(value.chosen), Reverse(value.count)));
        let cut = values.len().saturating_sub(most.max(chosen));
        values.truncate(values.len() - cut);
        if is_whole {
            values.sort_by_cached_key(|value| folded(value.value.as_str()));
        }
        if matches!(kind, FacetKind::Attribute { .. }) {
            scale::ascend(&mut values);
        }
        Some(Self { kind, values, more: more.saturating_add(u32::try_from(cut).unwrap_or(u32::MAX)) })
    }
}

/// The filters with every spelling that the shelf has of the chosen brands: "SONY" is who "Sony" is.
pub(super) fn in_all_spellings<C: Borrow<ProductCard>>(shelf: &[C], filters: &Filters) -> Filters {
    let mut filters = filters.clone();
    if filters.brands.is_empty() {
        return filters;
    }
    let chosen: BTreeSet<String> = filters.brands.iter().map(|brand| folded(brand.as_str())).collect();
    let known: BTreeSet<&Brand> = shelf.iter().filter_map(|card| card.borrow().brand.as_ref()).collect();
    let spelt: Vec<Brand> =
        known.into_iter().filter(|brand| chosen.contains(&folded(brand.as_str()))).cloned().collect();
    // Brands that the shelf does not have still show nothing.
    if !spelt.is_empty() {
        filters.brands = spelt;
    }
    filters
}

/// What the cards of a shelf can be narrowed by.
pub(super) fn facets<C: Borrow<ProductCard>>(shelf: &[C], filters: &Filters, whole: Option<&FacetKind>) -> Vec<Facet> {
    let mut brands: BTreeMap<&Brand, Spelling> = BTreeMap::new();
    let mut sellers: BTreeMap<&Seller, u32> = BTreeMap::new();
    let mut attributes: BTreeMap<&AttributeName, BTreeMap<&AttributeText, u32>> = BTreeMap::new();
    // What was chosen stays, also where the other filters leave nothing of it.
    for card in shelf.iter().map(Borrow::borrow) {
        if let Some(brand) = &card.brand {
            let spelling = brands.entry(brand).or_default();
            spelling.products += 1;
            spelling.admitted += u32::from(admits(card, filters, Some(Ignored::Brand)));
        }
        let admitted = admits(card, filters, Some(Ignored::Seller));
        if admitted || filters.sellers.contains(&card.seller) {
            *sellers.entry(&card.seller).or_default() += u32::from(admitted);
        }
        for (name, value) in &card.facts {
            let admitted = admits(card, filters, Some(Ignored::Attribute(name)));
            if admitted || filters.attributes.get(name).is_some_and(|chosen| chosen.contains(value)) {
                *attributes.entry(name).or_default().entry(value).or_default() += u32::from(admitted);
            }
        }
    }
    let brands = brand_values(brands, filters);
    let mut facets: Vec<Facet> = Facet::offered(FacetKind::Brand, brands, 0, whole).into_iter().collect();
    let mut by_reach: Vec<((bool, u32), Facet)> = attributes
        .into_iter()
        .filter_map(|(name, values)| {
            let (chosen, kind) = (filters.attributes.get(name), FacetKind::Attribute { name: name.clone() });
            let reach = (chosen.is_some() || whole == Some(&kind), values.values().sum());
            let values = values.into_iter().map(|(value, count)| FacetValue {
                value: value.clone(),
                count,
                chosen: chosen.is_some_and(|chosen| chosen.contains(value)),
            });
            Some((reach, Facet::offered(kind, values.collect(), 0, whole)?))
        })
        .collect();
    by_reach.sort_by_key(|(reach, _)| Reverse(*reach));
    facets.extend(by_reach.into_iter().take(MAX_ATTRIBUTE_FACETS).map(|(_, facet)| facet));
    let seller_values = sellers.into_iter().filter_map(|(seller, count)| {
        let value = seller.as_str().parse().ok()?;
        Some(FacetValue { value, count, chosen: filters.sellers.contains(seller) })
    });
    facets.extend(Facet::offered(FacetKind::Seller, seller_values.collect(), 0, whole));
    facets
}

/// How often a brand is spelt in one way.
#[derive(Debug, Clone, Copy, Default)]
struct Spelling {
    /// On the whole shelf.
    products: u32,
    /// Of those, what the other filters admit.
    admitted: u32,
}

/// One value for each brand, spelt as most of its products on the shelf spell it.
fn brand_values(spellings: BTreeMap<&Brand, Spelling>, filters: &Filters) -> Vec<FacetValue> {
    let mut known: BTreeMap<String, (&Brand, Spelling)> = BTreeMap::new();
    for (brand, spelling) in spellings {
        let Spelling { products, admitted } = spelling;
        let (shown, most) = known.entry(folded(brand.as_str())).or_insert((brand, Spelling { products, admitted: 0 }));
        most.admitted += admitted;
        if products > most.products {
            (*shown, most.products) = (brand, products);
        }
    }
    let value = |(brand, spelling): (&Brand, Spelling)| {
        let (value, chosen) = (brand.as_str().parse().ok()?, filters.brands.contains(brand));
        (chosen || spelling.admitted > 0).then_some(FacetValue { value, count: spelling.admitted, chosen })
    };
    known.into_values().filter_map(value).collect()
}
