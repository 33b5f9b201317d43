use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::ops::Deref;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Attribute, Brand, CategoryId, Description, Gtin, Mpn, OptionName, OptionValue, OwnRatings, Picture, ProductId,
    Rating, Seller, Sku, Slug, Title,
};
use crate::inventory::AvailableUnits;
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
    pub fn variant_to_show<S: BuildHasher>(&self, available: &HashMap<Sku, AvailableUnits, S>) -> &Variant {
        let can_be_bought = |variant: &&Variant| available.get(&variant.sku).is_some_and(|units| units.0 > 0);
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
mod tests {
    use super::super::AttributeValue;
    use super::*;

    fn choice(name: &str, value: &str) -> Choice {
        Choice { name: name.parse().unwrap(), value: value.parse().unwrap() }
    }

    fn variant(sku: &str, colour: &str, size: &str) -> Variant {
        Variant {
            sku: sku.parse().unwrap(),
            choices: vec![choice("Colour", colour), choice("Size", size)],
            price: "12.50 GBP".parse().unwrap(),
            list_price: None,
            gtin: None,
            mpn: None,
            pictures: vec![],
        }
    }

    fn shirt() -> ProductDraft {
        let option = |name: &str, values: [&str; 2]| ProductOption {
            name: name.parse().unwrap(),
            values: values.map(|v| v.parse().unwrap()).to_vec(),
        };
        ProductDraft {
            id: "shirt".parse().unwrap(),
            slug: "shirt".parse().unwrap(),
            title: "Shirt".parse().unwrap(),
            description: None,
            brand: None,
            seller: Seller::default(),
            category: "clothing".parse().unwrap(),
            tax_class: TaxClass::Standard,
            attributes: vec![],
            options: vec![option("Colour", ["Red", "Blue"]), option("Size", ["S", "L"])],
            variants: vec![variant("a", "Red", "S"), variant("b", "Red", "L"), variant("c", "Blue", "S")],
            pictures: vec![],
            rating: None,
            added_at: Timestamp::UNIX_EPOCH,
            withdrawn: false,
        }
    }

    #[test]
    fn choosing_a_colour_keeps_the_size_where_it_exists() {
        let product = Product::try_from(shirt()).unwrap();
        let from_large = product.variant(&"b".parse().unwrap()).unwrap();
        let from_small = product.first_variant();
        let blue = choice("Colour", "Blue");
        assert_eq!(product.choose(from_small, &blue).map(|v| v.sku.as_str()), Some("c"));
        assert_eq!(product.choose(from_large, &blue).map(|v| v.sku.as_str()), Some("c"));
        assert_eq!(product.choose(from_small, &choice("Size", "L")).map(|v| v.sku.as_str()), Some("b"));
        assert_eq!(product.choose(from_small, &choice("Size", "XXL")), None);
    }

    #[test]
    fn what_can_be_bought_is_shown_before_what_can_not() {
        let product = Product::try_from(shirt()).unwrap();
        let shown = |stock: &[(&str, u32)]| {
            let available = stock.iter().map(|(sku, units)| (sku.parse().unwrap(), AvailableUnits(*units)));
            product.variant_to_show(&available.collect::<HashMap<_, _>>()).sku.to_string()
        };
        assert_eq!(shown(&[("a", 1), ("b", 9), ("c", 9)]), "a");
        assert_eq!(shown(&[("a", 0), ("b", 1), ("c", 9)]), "b");
        assert_eq!(shown(&[("c", 1)]), "c");
        assert_eq!(shown(&[("a", 0), ("b", 0), ("c", 0)]), "a");
    }

    #[test]
    fn a_product_that_loses_variants_keeps_the_rules() {
        let product = Product::try_from(shirt()).unwrap();
        let sku = |raw: &str| raw.parse::<Sku>().unwrap();
        let rest = product.without(&[sku("c"), sku("unknown")]).unwrap();
        let values = |product: &Product| product.options.iter().map(|option| option.values.len()).collect::<Vec<_>>();
        assert_eq!((values(&product), values(&rest)), (vec![2, 2], vec![1, 2]));
        assert_eq!(Product::try_from(ProductDraft::from(rest.clone())), Ok(rest));
        assert_eq!(product.without(&[sku("a"), sku("b"), sku("c")]), None);
        assert!(!product.withdrawn && product.off_sale().withdrawn);
    }

    #[test]
    fn a_product_that_breaks_a_rule_is_refused() {
        let broken = |change: fn(&mut ProductDraft)| {
            let mut draft = shirt();
            change(&mut draft);
            Product::try_from(draft).unwrap_err()
        };
        assert_eq!(broken(|d| d.variants.clear()), ProductError::NoVariant);
        assert!(matches!(broken(|d| d.variants[1].sku = "a".parse().unwrap()), ProductError::SkuTwice { .. }));
        assert!(matches!(
            broken(|d| d.variants[1].choices = d.variants[0].choices.clone()),
            ProductError::ChoicesTwice { .. }
        ));
        assert!(matches!(broken(|d| drop(d.variants[2].choices.pop())), ProductError::ChoicesDiffer { .. }));
        assert!(matches!(
            broken(|d| d.variants[2].price = "9 USD".parse().unwrap()),
            ProductError::CurrenciesDiffer { .. }
        ));
        assert!(matches!(
            broken(|d| d.variants[2].list_price = Some("12.50 GBP".parse().unwrap())),
            ProductError::ListPrice { .. }
        ));
        let many = |count: usize| {
            let mut draft = shirt();
            draft.options.truncate(1);
            draft.options[0].values = (0..count).map(|n| format!("v{n}").parse().unwrap()).collect();
            draft.variants = (0..count)
                .map(|n| Variant {
                    choices: vec![choice("Colour", &format!("v{n}"))],
                    ..variant(&format!("s{n}"), "Red", "S")
                })
                .collect();
            Product::try_from(draft)
        };
        assert!(many(Product::MAX_VARIANTS).is_ok());
        assert_eq!(many(Product::MAX_VARIANTS + 1), Err(ProductError::TooManyVariants));
    }

    #[test]
    fn options_attributes_and_pictures_have_limits() {
        let with = |change: &dyn Fn(&mut ProductDraft)| {
            let mut draft = shirt();
            change(&mut draft);
            Product::try_from(draft).map(drop)
        };
        let options = |count: usize| {
            with(&|draft| {
                let names = || (0..count).map(|number| format!("Option {number}"));
                let values = || vec!["One".parse().unwrap()];
                draft.options = names().map(|n| ProductOption { name: n.parse().unwrap(), values: values() }).collect();
                draft.variants.truncate(1);
                draft.variants[0].choices = names().map(|name| choice(&name, "One")).collect();
            })
        };
        assert_eq!(options(Product::MAX_OPTIONS), Ok(()));
        assert_eq!(options(Product::MAX_OPTIONS + 1), Err(ProductError::TooManyOptions));
        let attributes = |count: usize| {
            with(&|draft| {
                let attribute = |number| Attribute {
                    name: format!("Fact {number}").parse().unwrap(),
                    value: AttributeValue::Flag { yes: true },
                };
                draft.attributes = (0..count).map(attribute).collect();
            })
        };
        assert_eq!(attributes(Product::MAX_ATTRIBUTES), Ok(()));
        assert_eq!(attributes(Product::MAX_ATTRIBUTES + 1), Err(ProductError::TooManyAttributes));
        let pictures = |count: usize| {
            with(&|draft| {
                let picture =
                    |number| Picture::Remote { url: format!("https://pictures.example/{number}.jpg").parse().unwrap() };
                draft.pictures = (0..count).map(picture).collect();
            })
        };
        assert_eq!(pictures(Picture::MAX_PER_PRODUCT), Ok(()));
        assert_eq!(pictures(Picture::MAX_PER_PRODUCT + 1), Err(ProductError::TooManyPictures));
    }

    #[test]
    fn a_stored_product_is_checked_when_it_is_read() {
        let product = Product::try_from(shirt()).unwrap();
        let mut stored = serde_json::to_value(&product).unwrap();
        assert_eq!(serde_json::from_value::<Product>(stored.clone()).unwrap(), product);
        stored["variants"] = serde_json::json!([]);
        assert!(serde_json::from_value::<Product>(stored).is_err());
    }
}
