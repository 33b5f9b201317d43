use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::ops::Deref;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Attribute, Brand, CategoryId, Description, Gtin, Mpn, OptionName, OptionValue, OwnRatings, Picture, ProductId,
    Rating, Seller, Sku, Slug, Title,
};
use crate::inventory::{AvailableUnits, OnSale};
use crate::pricing::tax::TaxClass;
use crate::pricing::{Currency, Price};

/// What a product's variants vary in, with the values in the order they are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    pub name: OptionName,
    pub values: Vec<OptionValue>,
}

/// What one variant chose for one option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Choice {
    pub name: OptionName,
    pub value: OptionValue,
}

/// One thing that can be put into a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub sku: Sku,
    /// One choice for each option of the product, in the product's order.
    pub choices: Vec<Choice>,
    pub price: Price,
    /// What it cost before, shown struck; above the price.
    pub list_price: Option<Price>,
    pub gtin: Option<Gtin>,
    pub mpn: Option<Mpn>,
    /// The variant's own pictures; without any, the product's are shown.
    pub pictures: Vec<Picture>,
}

impl Variant {
    /// The choices in a line: `Forest green, L`; empty for a product without options.
    pub fn label(&self) -> String {
        let values: Vec<&str> = self.choices.iter().map(|choice| choice.value.as_str()).collect();
        values.join(", ")
    }
}

/// A product as somebody describes it, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDraft {
    pub id: ProductId,
    pub slug: Slug,
    pub title: Title,
    pub description: Option<Description>,
    pub brand: Option<Brand>,
    /// Products from before there were others are the store's own.
    #[serde(default)]
    pub seller: Seller,
    pub category: CategoryId,
    #[serde(default)]
    pub tax_class: TaxClass,
    pub attributes: Vec<Attribute>,
    pub options: Vec<ProductOption>,
    pub variants: Vec<Variant>,
    pub pictures: Vec<Picture>,
    pub rating: Option<Rating>,
    pub added_at: Timestamp,
    /// No longer sold: its page answers 410 and says so.
    pub withdrawn: bool,
}

/// A product that keeps the rules of the catalog. Reads as its draft; can't be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProductDraft", into = "ProductDraft")]
pub struct Product(ProductDraft);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    #[error("a product needs at least one variant")]
    NoVariant,
    #[error("a product has at most {max} variants", max = Product::MAX_VARIANTS)]
    TooManyVariants,
    #[error("a product has at most {max} options", max = Product::MAX_OPTIONS)]
    TooManyOptions,
    #[error("a product has at most {max} attributes", max = Product::MAX_ATTRIBUTES)]
    TooManyAttributes,
    #[error("a product has at most {max} pictures", max = Picture::MAX_PER_PRODUCT)]
    TooManyPictures,
    #[error("SKU {sku} appears twice")]
    SkuTwice { sku: Sku },
    #[error("SKU {sku} does not choose a value for each option: {options}")]
    ChoicesDiffer { sku: Sku, options: String },
    #[error("SKU {sku} chooses the same as another variant")]
    ChoicesTwice { sku: Sku },
    #[error("SKU {sku} is priced in {found} and not in {expected}", found = .found.code(), expected = .expected.code())]
    CurrenciesDiffer { sku: Sku, found: Currency, expected: Currency },
    #[error("SKU {sku} has a list price that is not above its price")]
    ListPrice { sku: Sku },
}

impl Product {
    pub const MAX_VARIANTS: usize = 200;
    pub const MAX_OPTIONS: usize = 5;
    pub const MAX_ATTRIBUTES: usize = 100;

    /// What a variant is called: `Walnut desk lamp, Oak`.
    pub fn name_of(&self, variant: &Variant) -> String {
        let label = variant.label();
        if label.is_empty() { self.title.to_string() } else { format!("{}, {label}", self.title) }
    }

    pub fn variant(&self, sku: &Sku) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.sku == *sku)
    }

    /// The variant that stands first, whatever is left of it.
    pub fn first_variant(&self) -> &Variant {
        // `try_from` is the only door and refuses a product without variants.
        &self.variants[0]
    }

    /// The variant shown when nobody chose: the first that can be bought, or the first of all where
    /// none can.
    pub fn variant_to_show<S: BuildHasher>(&self, on_sale: &HashMap<Sku, OnSale, S>) -> &Variant {
        let is_any = |on_sale: &OnSale| on_sale.available > AvailableUnits(0);
        let can_be_bought = |variant: &&Variant| on_sale.get(&variant.sku).is_some_and(is_any);
        self.variants.iter().find(can_be_bought).unwrap_or(self.first_variant())
    }

    pub fn lowest_price(&self) -> Price {
        self.variants.iter().map(|v| v.price).min_by_key(|p| p.minor_units()).unwrap_or(self.first_variant().price)
    }

    pub fn highest_price(&self) -> Price {
        self.variants.iter().map(|v| v.price).max_by_key(|p| p.minor_units()).unwrap_or(self.first_variant().price)
    }

    /// The pictures of a variant: its own first, then the product's.
    pub fn pictures_of<'a>(&'a self, variant: &'a Variant) -> Vec<&'a Picture> {
        let mut pictures: Vec<&Picture> = Vec::new();
        for picture in variant.pictures.iter().chain(&self.pictures) {
            if !pictures.contains(&picture) {
                pictures.push(picture);
            }
        }
        pictures.truncate(Picture::MAX_PER_PRODUCT);
        pictures
    }

    /// The variant that results from changing one choice of `from`: the one that keeps every
    /// other choice, or else the first with the wanted value.
    pub fn choose(&self, from: &Variant, wanted: &Choice) -> Option<&Variant> {
        let with_wanted = |v: &&Variant| v.choices.contains(wanted);
        let keeps_the_rest =
            |v: &&Variant| v.choices.iter().all(|c| c == wanted || c.name == wanted.name || from.choices.contains(c));
        self.variants.iter().filter(with_wanted).find(keeps_the_rest).or_else(|| self.variants.iter().find(with_wanted))
    }

    /// The product after some of its variants went to another one, without the values that only they
    /// chose; `None` when no variant is left.
    pub fn without(&self, skus: &[Sku]) -> Option<Self> {
        let mut draft = self.0.clone();
        draft.variants.retain(|variant| !skus.contains(&variant.sku));
        if draft.variants.is_empty() {
            return None;
        }
        let variants = &draft.variants;
        for option in &mut draft.options {
            let is_chosen = |value: &OptionValue| {
                variants.iter().flat_map(|v| &v.choices).any(|c| c.name == option.name && c.value == *value)
            };
            option.values.retain(is_chosen);
        }
        // Fewer variants and values break no rule that more of them kept.
        Some(Self(draft))
    }

    /// The product with what the customers of this store gave it, beside what came with its data.
    #[must_use]
    pub fn rated(self, own: OwnRatings) -> Self {
        let rating = Rating::with_own(self.rating, own);
        Self(ProductDraft { rating, ..self.0 })
    }

    /// The product as it is remembered when it is no longer sold.
    #[must_use]
    pub fn off_sale(self) -> Self {
        Self(ProductDraft { withdrawn: true, ..self.0 })
    }
}

impl Deref for Product {
    type Target = ProductDraft;

    fn deref(&self) -> &ProductDraft {
        &self.0
    }
}

impl From<Product> for ProductDraft {
    fn from(product: Product) -> Self {
        product.0
    }
}

impl TryFrom<ProductDraft> for Product {
    type Error = ProductError;

    fn try_from(draft: ProductDraft) -> Result<Self, Self::Error> {
        check_counts(&draft)?;
        let expected = draft.variants.first().ok_or(ProductError::NoVariant)?.price.currency();
        let mut skus = BTreeSet::new();
        let mut chosen: BTreeMap<&[Choice], &Sku> = BTreeMap::new();
        for variant in &draft.variants {
            let sku = variant.sku.clone();
            if !skus.insert(&variant.sku) {
                return Err(ProductError::SkuTwice { sku });
            }
            if chosen.insert(&variant.choices, &variant.sku).is_some() {
                return Err(ProductError::ChoicesTwice { sku });
            }
            check_variant(variant, &draft.options, expected)?;
        }
        Ok(Self(draft))
    }
}

fn check_counts(draft: &ProductDraft) -> Result<(), ProductError> {
    let within = |found: usize, max: usize, error| if found > max { Err(error) } else { Ok(()) };
    within(draft.variants.len(), Product::MAX_VARIANTS, ProductError::TooManyVariants)?;
    within(draft.options.len(), Product::MAX_OPTIONS, ProductError::TooManyOptions)?;
    within(draft.attributes.len(), Product::MAX_ATTRIBUTES, ProductError::TooManyAttributes)?;
    within(draft.pictures.len(), Picture::MAX_PER_PRODUCT, ProductError::TooManyPictures)
}

fn check_variant(variant: &Variant, options: &[ProductOption], expected: Currency) -> Result<(), ProductError> {
    let sku = variant.sku.clone();
    let chooses_each = variant.choices.len() == options.len()
        && variant
            .choices
            .iter()
            .zip(options)
            .all(|(choice, option)| choice.name == option.name && option.values.contains(&choice.value));
    if !chooses_each {
        let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
        return Err(ProductError::ChoicesDiffer { sku, options: names.join(", ") });
    }
    if variant.pictures.len() > Picture::MAX_PER_PRODUCT {
        return Err(ProductError::TooManyPictures);
    }
    if variant.price.currency() != expected {
        return Err(ProductError::CurrenciesDiffer { sku, found: variant.price.currency(), expected });
    }
    match variant.list_price {
        Some(list) if list.currency() != expected || list.minor_units() <= variant.price.minor_units() => {
            Err(ProductError::ListPrice { sku })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
