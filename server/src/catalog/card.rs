use domain::catalog::listing::{ProductCard, Swatch};
use domain::catalog::{AttributeName, AttributeText, Picture, Product, Variant};

/// Attributes with more words than this tell products apart and do not group them.
const MAX_FACT_CHARS: usize = 40;

/// What lists show of a product.
pub(crate) fn card_of(product: &Product, in_stock: bool) -> ProductCard {
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
