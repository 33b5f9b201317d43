use domain::catalog::listing::{ProductCard, Swatch};
use domain::catalog::{AttributeName, AttributeText, Picture, Product, Variant};
use domain::inventory::{Availability, OnSale};
use jiff::civil::Date;

/// Attributes with more words than this tell products apart and do not group them.
const MAX_FACT_CHARS: usize = 40;

/// What is noted of the stock of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stocked {
    /// Whether any of it can be bought.
    pub(crate) in_stock: bool,
    /// The day that the first of it is expected, where it can be bought and nothing of it is there.
    pub(crate) waits_until: Option<Date>,
}

impl Stocked {
    /// What is to be noted of SKUs that are sold like this.
    pub(crate) fn of(on_sale: impl Iterator<Item = OnSale>) -> Self {
        let buyable = on_sale.map(OnSale::availability).filter(|found| *found != Availability::SoldOut);
        let waits: Vec<Option<Date>> = buyable.map(Availability::waits_until).collect();
        // What is there has no day, and stands before everything that has one.
        Self { in_stock: !waits.is_empty(), waits_until: waits.into_iter().min().flatten() }
    }
}

impl From<bool> for Stocked {
    fn from(in_stock: bool) -> Self {
        Self { in_stock, waits_until: None }
    }
}

/// What lists show of a product.
pub(crate) fn card_of(product: &Product, stocked: impl Into<Stocked>) -> ProductCard {
    let Stocked { in_stock, waits_until } = stocked.into();
    let cheapest = product.variants.iter().min_by_key(|variant| variant.price.minor_units());
    let first = product.first_variant();
    ProductCard {
        id: product.id.clone(),
        slug: product.slug.clone(),
        title: product.title.clone(),
        brand: product.brand.clone(),
        seller: product.seller.clone(),
        category: product.category.clone(),
        price: product.lowest_price(),
        price_varies: product.lowest_price() != product.highest_price(),
        list_price: cheapest.and_then(|variant| variant.list_price),
        rating: product.rating,
        picture: product.pictures_of(first).first().map(|picture| (*picture).clone()),
        swatches: swatches(product),
        sole_sku: (product.variants.len() == 1).then(|| first.sku.clone()),
        in_stock,
        waits_until,
        added_at: product.added_at,
        facts: facts(product),
    }
}

/// The first option whose variants look different, as coloured dots.
fn swatches(product: &Product) -> Vec<Swatch> {
    let mut swatches: Vec<Swatch> = Vec::new();
    for variant in &product.variants {
        let Some(colour) = paint(variant) else { continue };
        let Some(choice) = variant.choices.first() else { continue };
        if swatches.iter().all(|known| known.colour != colour) {
            swatches.push(Swatch { value: choice.value.clone(), colour, sku: variant.sku.clone() });
        }
    }
    if swatches.len() < 2 {
        return Vec::new();
    }
    swatches
}

fn paint(variant: &Variant) -> Option<domain::catalog::Slug> {
    match variant.pictures.first() {
        Some(Picture::Drawn(drawn)) => Some(drawn.colour.clone()),
        _ => None,
    }
}

/// Attributes and options, in words: what a list can be filtered by.
fn facts(product: &Product) -> Vec<(AttributeName, AttributeText)> {
    let attributes = product.attributes.iter().map(|attribute| (attribute.name.clone(), attribute.value.to_string()));
    let options = product.options.iter().flat_map(|option| {
        option.values.iter().filter_map(|value| Some((option.name.as_str().parse().ok()?, value.to_string())))
    });
    let mut facts: Vec<(AttributeName, AttributeText)> = attributes
        .chain(options)
        .filter(|(_, words)| words.chars().count() <= MAX_FACT_CHARS)
        .filter_map(|(name, words)| Some((name, words.parse().ok()?)))
        .collect();
    facts.sort();
    facts.dedup();
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::inventory::{AvailableUnits, Later, SaleTerms, StockPolicy};

    #[test]
    fn a_product_waits_only_where_nothing_of_it_is_there() {
        let day = |raw: &str| raw.parse::<Date>().unwrap();
        let later = |raw: &str| {
            let later = Later { day: day(raw), units: 5.try_into().unwrap() };
            OnSale::new(
                0,
                SaleTerms { policy: StockPolicy::Backorder(later), ..SaleTerms::default() },
                day("2026-12-01"),
            )
        };
        let (gone, here) = (OnSale::default(), OnSale::from(AvailableUnits(1)));
        let noted = |on_sale: &[OnSale]| Stocked::of(on_sale.iter().copied());
        assert_eq!(noted(&[gone, gone]), false.into());
        assert_eq!(noted(&[gone, here, later("2027-01-12")]), true.into());
        let waits = Stocked { in_stock: true, waits_until: Some(day("2027-01-12")) };
        assert_eq!(noted(&[later("2027-02-03"), gone, later("2027-01-12")]), waits);
    }
}
