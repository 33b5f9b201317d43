//! Bundles: SKUs that are sold as one and take the stock of their parts. Guards that a bundle has no stock of its own,
//! and that all of its parts are there or none is taken. A bundle is no part of another one.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{AvailableUnits, Later, OnSale, Quantity, QuantityError, SaleTerms, StockPolicy};
use crate::catalog::{Product, Sku, Slug, Title};

/// Most parts of a bundle, each another SKU.
pub const MAX_BUNDLE_PARTS: usize = 20;
/// Most units of one part in a bundle.
pub const MAX_PART_UNITS: u32 = 100;
/// Characters of a form that names parts, a line break being one; the longest SKUs fit.
pub const MAX_PARTS_CHARS: u32 = 2_000;

/// How many units of a SKU one bundle has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePart {
    pub sku: Sku,
    pub quantity: Quantity,
}

/// What a bundle is made of: at least one part, each SKU once, in the order of their SKUs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    parts: Vec<BundlePart>,
}

/// What bundles have to do with a SKU.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundling {
    /// What it is made of, where it is a bundle.
    pub bundle: Option<Bundle>,
    /// The bundles that it is a part of.
    pub part_of: Vec<Sku>,
}

/// Why a bundle is not taken, in words for the person who put it together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BundleError {
    #[error("there is no stock of this SKU")]
    NoSuchSku,
    #[error("line {line} must be a SKU and how many units of it, like MUG-BLUE,2")]
    Line { line: u32 },
    #[error("the units of {part} {reason}")]
    Units { part: Sku, reason: QuantityError },
    #[error("the units of {part} must be at most {MAX_PART_UNITS}")]
    TooManyUnits { part: Sku },
    #[error("a bundle has at least one part")]
    NoParts,
    #[error("a bundle has at most {MAX_BUNDLE_PARTS} parts")]
    TooManyParts,
    #[error("{part} is named twice; please add its units up in one line")]
    Twice { part: Sku },
    #[error("a bundle can't be a part of itself")]
    Itself,
    #[error("{part} is not a SKU of this store")]
    NoSuchPart { part: Sku },
    #[error("{part} is a bundle, and a bundle can't be a part of another one")]
    Nested { part: Sku },
    #[error("it is a part of a bundle, and a bundle can't be a part of another one")]
    IsPart,
    #[error("{units} units of it are promised to orders; send these or cancel them first")]
    Promised { units: u32 },
    #[error("the bundle was changed at the same moment; please look at it again")]
    Changed,
    #[error("stock can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

/// A row of a file of bundles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRow {
    pub bundle: Sku,
    pub part: BundlePart,
}

impl BundleRow {
    /// The columns of a file of bundles, in the order in which [`Self::from_fields`] reads them.
    pub const COLUMNS: [&'static str; 3] = ["bundle_sku", "part_sku", "quantity"];

    /// # Errors
    /// The name of the first column that can't be read, and why.
    pub fn from_fields([bundle, part, quantity]: [&str; 3]) -> Result<Self, (&'static str, String)> {
        let [bundle_column, part_column, quantity_column] = Self::COLUMNS;
        let bundle = bundle.parse().map_err(|error| (bundle_column, format!("{error}")))?;
        let sku = part.parse().map_err(|error| (part_column, format!("{error}")))?;
        let quantity: Quantity = quantity.parse().map_err(|error| (quantity_column, format!("{error}")))?;
        if quantity.get() > MAX_PART_UNITS {
            return Err((quantity_column, format!("must be at most {MAX_PART_UNITS}")));
        }
        Ok(Self { bundle, part: BundlePart { sku, quantity } })
    }
}

impl Bundle {
    /// The bundle of a SKU and these parts, in any order.
    ///
    /// # Errors
    /// [`BundleError::NoParts`], [`BundleError::TooManyParts`], [`BundleError::TooManyUnits`], [`BundleError::Twice`]
    /// or [`BundleError::Itself`].
    pub fn new(sku: &Sku, mut parts: Vec<BundlePart>) -> Result<Self, BundleError> {
        if parts.is_empty() {
            return Err(BundleError::NoParts);
        }
        if parts.len() > MAX_BUNDLE_PARTS {
            return Err(BundleError::TooManyParts);
        }
        parts.sort_by(|one, other| one.sku.cmp(&other.sku));
        for part in &parts {
            if part.sku == *sku {
                return Err(BundleError::Itself);
            }
            if part.quantity.get() > MAX_PART_UNITS {
                return Err(BundleError::TooManyUnits { part: part.sku.clone() });
            }
            if parts.iter().filter(|other| other.sku == part.sku).count() > 1 {
                return Err(BundleError::Twice { part: part.sku.clone() });
            }
        }
        Ok(Self { parts })
    }

    /// Reads the parts that somebody typed, a line for each, as [`Self::typed`] writes them. Nothing typed is no
    /// bundle.
    ///
    /// # Errors
    /// [`BundleError::Line`] or [`BundleError::Units`] for what can't be read, or as [`Self::new`]'s.
    pub fn parse(sku: &Sku, text: &str) -> Result<Option<Self>, BundleError> {
        let mut parts = Vec::new();
        for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let unreadable = || BundleError::Line { line: u32::try_from(place + 1).unwrap_or(u32::MAX) };
            // A SKU may have a comma itself.
            let (part, units) = line.rsplit_once(['\t', ',']).ok_or_else(unreadable)?;
            let part: Sku = part.parse().map_err(|_| unreadable())?;
            match units.parse() {
                Ok(quantity) => parts.push(BundlePart { sku: part, quantity }),
                Err(reason) => return Err(BundleError::Units { part, reason }),
            }
            if parts.len() > MAX_BUNDLE_PARTS {
                return Err(BundleError::TooManyParts);
            }
        }
        if parts.is_empty() { Ok(None) } else { Self::new(sku, parts).map(Some) }
    }

    /// Its parts as somebody would type them: `MUG-BLUE,2`.
    pub fn typed(&self) -> String {
        let line = |part: &BundlePart| format!("{},{}", part.sku, part.quantity);
        self.parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn parts(&self) -> &[BundlePart] {
        &self.parts
    }

    /// What can be bought of it, by what can be bought `of` its parts: as many as there are parts for, and
    /// beyond what is there only as its parts can be. Its own terms say the rest, such as how many one customer may buy.
    pub fn on_sale(&self, own: SaleTerms, of: impl Fn(&Sku) -> OnSale) -> OnSale {
        let parts: Vec<PartOnSale> = self.parts.iter().map(|part| PartOnSale::new(part, of(&part.sku))).collect();
        let available = parts.iter().map(|part| part.available).min().unwrap_or_default();
        let on_shelf = parts.iter().map(|part| part.on_shelf).min().unwrap_or_default();
        let policy = policy_of(&parts, available, on_shelf);
        OnSale { available: AvailableUnits(available), terms: SaleTerms { policy, ..own }, is_bundle: true }
    }
}

/// For how many bundles there is enough of a part.
struct PartOnSale {
    available: u32,
    on_shelf: u32,
    policy: StockPolicy,
}

impl PartOnSale {
    fn new(part: &BundlePart, on_sale: OnSale) -> Self {
        let bundles = |units: u32| units / part.quantity.get();
        Self {
            available: bundles(on_sale.available.0),
            on_shelf: bundles(on_sale.on_shelf()),
            policy: on_sale.terms.policy,
        }
    }
}

/// A bundle comes as late as the last of those parts that it waits for.
fn policy_of(parts: &[PartOnSale], available: u32, on_shelf: u32) -> StockPolicy {
    let is_preorder = |part: &PartOnSale| matches!(part.policy, StockPolicy::Preorder(_));
    let waited_for = parts.iter().filter(|part| is_preorder(part) || part.on_shelf < available);
    let day = waited_for.filter_map(|part| part.policy.later()).map(|later| later.day).max();
    let beyond = available.saturating_sub(on_shelf);
    // What is sold before its release waits however much of it is there.
    let units = Quantity::try_from(beyond).unwrap_or(Quantity::ONE);
    match day.map(|day| Later { day, units }) {
        Some(later) if parts.iter().any(is_preorder) => StockPolicy::Preorder(later),
        Some(later) if beyond > 0 => StockPolicy::Backorder(later),
        _ => StockPolicy::StopAtZero,
    }
}

/// A part of a bundle as shoppers read it, and as an order remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPart {
    pub sku: Sku,
    /// Units in each bundle.
    pub quantity: Quantity,
    /// What it is called; nothing where it is not sold alone.
    pub product: Option<PartProduct>,
}

/// The product that a part is sold as alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartProduct {
    pub slug: Slug,
    pub title: Title,
    /// The chosen options in a line; empty without options.
    pub choices: String,
}

impl SoldPart {
    /// A part with what the catalog says of its SKU.
    pub fn new(part: &BundlePart, product: Option<&Product>) -> Self {
        let named = product.and_then(|product| {
            let choices = product.variant(&part.sku)?.label();
            Some(PartProduct { slug: product.slug.clone(), title: product.title.clone(), choices })
        });
        Self { sku: part.sku.clone(), quantity: part.quantity, product: named }
    }

    /// `Walnut desk lamp, Oak`; its SKU where it is not sold alone.
    pub fn name(&self) -> String {
        match &self.product {
            None => self.sku.to_string(),
            Some(PartProduct { title, choices, .. }) if choices.is_empty() => title.to_string(),
            Some(PartProduct { title, choices, .. }) => format!("{title}, {choices}"),
        }
    }
}

/// `2 × Blue mug and 1 × Oak tray`, as a line of text.
pub fn parts_in_words(parts: &[SoldPart]) -> String {
    let words: Vec<String> = parts.iter().map(|part| format!("{} × {}", part.quantity, part.name())).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

/// A line of a cart or an order as the stock sees it: it takes units of its SKU, or of the parts of its bundle.
#[derive(Debug, Clone)]
pub struct StockLine<'a> {
    pub sku: &'a Sku,
    pub quantity: Quantity,
    /// What each of its units takes, where it is a bundle.
    pub parts: Vec<(&'a Sku, Quantity)>,
}

impl<'a> StockLine<'a> {
    /// What one unit of it takes.
    fn takes(&self) -> impl Iterator<Item = (&'a Sku, u32)> {
        let itself = self.parts.is_empty().then_some((self.sku, 1));
        itself.into_iter().chain(self.parts.iter().map(|(sku, each)| (*sku, each.get())))
    }

    /// How many of it there are.
    pub fn most(&self, available: impl Fn(&Sku) -> AvailableUnits) -> AvailableUnits {
        AvailableUnits(self.takes().map(|(sku, each)| available(sku).0 / each).min().unwrap_or_default())
    }
}

/// What lines take together, in units of each SKU.
///
/// # Errors
/// [`QuantityError::TooMany`] where that is more of one SKU than anybody can order.
pub fn demand<'a>(lines: &[StockLine<'a>]) -> Result<BTreeMap<&'a Sku, Quantity>, QuantityError> {
    let mut units: BTreeMap<&Sku, u32> = BTreeMap::new();
    for line in lines {
        for (sku, each) in line.takes() {
            let sum = units.entry(sku).or_default();
            *sum = sum.saturating_add(each.saturating_mul(line.quantity.get()));
        }
    }
    units.into_iter().map(|(sku, units)| Ok((sku, units.try_into()?))).collect()
}

/// How many of each line there are when the lines before it have taken theirs, which may need the same parts.
pub fn left_for_each(lines: &[StockLine<'_>], available: impl Fn(&Sku) -> AvailableUnits) -> Vec<AvailableUnits> {
    let mut taken: HashMap<&Sku, u32> = HashMap::new();
    let left_for = |line: &StockLine<'_>, taken: &HashMap<&Sku, u32>| {
        line.most(|sku| {
            let taken = taken.get(sku).copied().unwrap_or_default();
            AvailableUnits(available(sku).0.saturating_sub(taken))
        })
    };
    let mut left = Vec::with_capacity(lines.len());
    for line in lines {
        let most = left_for(line, &taken);
        for (sku, each) in line.takes() {
            let sum = taken.entry(sku).or_default();
            *sum = sum.saturating_add(each.saturating_mul(line.quantity.get().min(most.0)));
        }
        left.push(most);
    }
    left
}

#[cfg(test)]
mod tests;
