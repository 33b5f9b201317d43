use std::collections::HashMap;

use domain::catalog::{
    Attribute, Choice, DrawnPicture, OptionName, Picture, Product, ProductDraft, ProductError, ProductOption, Slug,
    Title, Variant,
};
use jiff::Timestamp;

use super::ImportedProduct;
use super::feed::{OPTIONS, Offer, attribute};
use super::hashes::stable_hash;
use super::report::{Note, Notes, Rejection};
use super::row::Column;
use super::scattered::Group;
use crate::picture::{colour_for, motif_for};

/// How many views are drawn of a product without a picture.
const DRAWN_VIEWS: u8 = 3;
/// A common part of titles with fewer letters and digits names nothing.
const MIN_COMMON_LETTERS: usize = 3;

/// Makes the product of a group. Rows that do not fit with the ones before are refused alone.
pub(super) fn make(
    group: &Group,
    now: Timestamp,
    notes: &mut Notes,
    refused: &mut Vec<Rejection>,
) -> Option<ImportedProduct> {
    for line in &group.surplus {
        let reason = format!("has more than {} variants", Product::MAX_VARIANTS);
        refused.push(Rejection::new(*line, Column::ItemGroupId.name(), group.key.as_str(), reason));
    }
    let mut offers = Vec::with_capacity(group.rows.len());
    for row in &group.rows {
        match Offer::read(row, now, notes) {
            Ok(offer) => offers.push(offer),
            Err(rejection) => refused.push(rejection),
        }
    }
    // A product of which nothing is sold any more is still described by what was sold.
    let withdrawn = offers.iter().all(|offer| offer.is_expired);
    offers.retain(|offer| withdrawn || !offer.is_expired);
    refuse_each(&mut offers, refused, other_currency);
    let options = options(&mut offers, refused);
    refuse_each(&mut offers, refused, |offer, earlier| same_choices(offer, earlier, &options));

    let draft = ProductDraft { withdrawn, ..draft(&offers, &options, now, notes)? };
    let (path, supplies) =
        (offers.first()?.path.clone(), offers.iter().map(|offer| (offer.sku.clone(), offer.supply)).collect());
    match Product::try_from(draft) {
        Ok(product) => Some(ImportedProduct { product, path, supplies }),
        Err(error) => {
            let field = field_of(&error);
            refused.extend(offers.iter().map(|offer| Rejection::new(offer.line, field, group.key.as_str(), &error)));
            None
        }
    }
}

/// Keeps the offers that agree with every offer kept before them.
fn refuse_each(
    offers: &mut Vec<Offer>,
    refused: &mut Vec<Rejection>,
    objection: impl Fn(&Offer, &Offer) -> Option<Rejection>,
) {
    let mut kept: Vec<Offer> = Vec::with_capacity(offers.len());
    for offer in offers.drain(..) {
        match kept.iter().find_map(|earlier| objection(&offer, earlier)) {
            Some(rejection) => refused.push(rejection),
            None => kept.push(offer),
        }
    }
    *offers = kept;
}

fn other_currency(offer: &Offer, earlier: &Offer) -> Option<Rejection> {
    let (found, expected) = (offer.price.currency(), earlier.price.currency());
    (found != expected).then(|| {
        let reason = format!("must be in {}, as the variant of line {}", expected.code(), earlier.line);
        Rejection::new(
            offer.line,
            Column::Price.name(),
            format!("{} {}", offer.price.money().decimal(), found.code()),
            reason,
        )
    })
}

fn same_choices(offer: &Offer, earlier: &Offer, options: &[usize]) -> Option<Rejection> {
    options.iter().all(|option| offer.choices[*option] == earlier.choices[*option]).then(|| {
        let reason = format!("differs in no color, size, material or pattern from line {}", earlier.line);
        Rejection::new(offer.line, Column::ItemGroupId.name(), offer.product.as_str(), reason)
    })
}

/// Which of [`OPTIONS`] the offers differ in. An offer that does not choose among an option's
/// values is refused, and may have been the only one to differ in another: so look again.
fn options(offers: &mut Vec<Offer>, refused: &mut Vec<Rejection>) -> Vec<usize> {
    loop {
        let differs = |option: &usize| {
            let mut values = offers.iter().filter_map(|offer| offer.choices[*option].as_ref());
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        let options: Vec<usize> = (0..OPTIONS.len()).filter(differs).collect();
        let before = offers.len();
        offers.retain(|offer| {
            let Some(lacking) = options.iter().find(|option| offer.choices[**option].is_none()) else { return true };
            let reason = "is missing, while other variants differ in it";
            refused.push(Rejection::new(offer.line, OPTIONS[*lacking].0.name(), "", reason));
            false
        });
        if offers.len() == before {
            return options;
        }
    }
}

fn draft(offers: &[Offer], options: &[usize], now: Timestamp, notes: &mut Notes) -> Option<ProductDraft> {
    let first = offers.first()?;
    let title = common_title(offers).unwrap_or_else(|| first.title.clone());
    let names: HashMap<usize, OptionName> =
        options.iter().filter_map(|option| Some((*option, OPTIONS[*option].1.parse().ok()?))).collect();
    let pictures = product_pictures(offers, &title);
    let variant = |offer: &Offer| Variant {
        sku: offer.sku.clone(),
        choices: options
            .iter()
            .filter_map(|option| {
                Some(Choice { name: names.get(option)?.clone(), value: offer.choices[*option].clone()? })
            })
            .collect(),
        price: offer.price,
        list_price: offer.list_price,
        gtin: offer.gtin.clone(),
        mpn: offer.mpn.clone(),
        pictures: variant_pictures(offer, offers, &title, &pictures),
    };
    Some(ProductDraft {
        id: first.product.clone(),
        slug: slug(&title, first.product.as_str())?,
        description: offers.iter().find_map(|offer| offer.description.clone()),
        brand: offers.iter().find_map(|offer| offer.brand.clone()),
        seller: offers.iter().find_map(|offer| offer.seller.clone()).unwrap_or_default(),
        category: first.path.leaf().id.clone(),
        // What no row classes is taxed in full.
        tax_class: offers.iter().find_map(|offer| offer.tax_class).unwrap_or_default(),
        attributes: shared_attributes(offers, options, notes),
        options: options.iter().filter_map(|option| product_option(offers, *option, names.get(option)?)).collect(),
        variants: offers.iter().map(variant).collect(),
        pictures,
        rating: None,
        added_at: now,
        withdrawn: false,
        title,
    })
}

/// A title in a script without Latin letters has the product's key for its address.
fn slug(title: &Title, key: &str) -> Option<Slug> {
    let of_key = || Slug::from_words(key).or_else(|| Slug::from_words(&format!("product-{}", stable_hash(key))));
    Slug::from_words(title.as_str()).or_else(of_key)
}

fn product_option(offers: &[Offer], option: usize, name: &OptionName) -> Option<ProductOption> {
    let mut values = Vec::new();
    for offer in offers {
        let value = offer.choices[option].clone()?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Some(ProductOption { name: name.clone(), values })
}

/// The facts that are true of every variant.
fn shared_attributes(offers: &[Offer], options: &[usize], notes: &mut Notes) -> Vec<Attribute> {
    let Some((first, others)) = offers.split_first() else { return Vec::new() };
    let same_choice = (0..OPTIONS.len()).filter(|option| !options.contains(option)).filter_map(|option| {
        let value = first.choices[option].as_ref()?;
        let is_shared = others.iter().all(|offer| offer.choices[option].as_ref() == Some(value));
        is_shared.then(|| attribute(OPTIONS[option].1, value.as_str()))?
    });
    let mut shared: Vec<Attribute> = same_choice.collect();
    for fact in &first.attributes {
        let is_shared = others.iter().all(|offer| offer.attributes.contains(fact));
        if is_shared && shared.iter().all(|known| known.name != fact.name) {
            shared.push(fact.clone());
        }
    }
    for _ in Product::MAX_ATTRIBUTES..shared.len() {
        notes.add(Note::AttributeLeftOut);
    }
    shared.truncate(Product::MAX_ATTRIBUTES);
    shared
}

/// The words that all titles begin with: `Linen shirt - red`, `Linen shirt - blue` → `Linen shirt`.
fn common_title(offers: &[Offer]) -> Option<Title> {
    let (first, others) = offers.split_first()?;
    let words: Vec<&str> = first.title.as_str().split_whitespace().collect();
    let common = others.iter().fold(words.len(), |common, offer| {
        let shared = words.iter().zip(offer.title.as_str().split_whitespace()).take_while(|(a, b)| **a == *b);
        shared.count().min(common)
    });
    if common == words.len() {
        return Some(first.title.clone());
    }
    let joined = words[..common].join(" ");
    let fitting = joined.trim_end_matches(|c: char| c.is_whitespace() || "-–—,/|:;([".contains(c));
    let letters = fitting.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < MIN_COMMON_LETTERS { None } else { fitting.parse().ok() }
}

/// The pictures of the first variant that has some; drawn ones where nobody sent any.
fn product_pictures(offers: &[Offer], title: &Title) -> Vec<Picture> {
    let sent = offers.iter().find(|offer| !offer.pictures.is_empty());
    match (sent, offers.first()) {
        (Some(offer), _) => offer.pictures.clone(),
        (None, Some(first)) => drawn(first, title),
        (None, None) => Vec::new(),
    }
}

/// A variant's own pictures, where they differ from the product's.
fn variant_pictures(offer: &Offer, offers: &[Offer], title: &Title, of_product: &[Picture]) -> Vec<Picture> {
    let nobody_sent = offers.iter().all(|offer| offer.pictures.is_empty());
    let own = if nobody_sent { drawn(offer, title) } else { offer.pictures.clone() };
    if own == of_product { Vec::new() } else { own }
}

fn drawn(offer: &Offer, title: &Title) -> Vec<Picture> {
    let motif = motif_for(&format!("{title} {}", offer.path.leaf().name));
    // Many titles name the colour: Small red retrospot mug.
    let colour_words = offer.choices[0].as_ref().map_or(offer.title.as_str(), |colour| colour.as_str());
    let colour = colour_for(colour_words);
    // The upper half of the hash always fits.
    let seed = u32::try_from(stable_hash(offer.product.as_str()) >> 32).unwrap_or_default();
    let view = |view| Picture::Drawn(DrawnPicture { motif: motif.clone(), colour: colour.clone(), seed, view });
    (0..DRAWN_VIEWS).map(view).collect()
}

/// The column that a person changes to satisfy a rule of the catalog.
const fn field_of(error: &ProductError) -> &'static str {
    match error {
        ProductError::SkuTwice { .. } => Column::Id.name(),
        ProductError::CurrenciesDiffer { .. } => Column::Price.name(),
        ProductError::ListPrice { .. } => Column::SalePrice.name(),
        ProductError::TooManyPictures => Column::AdditionalImageLink.name(),
        ProductError::TooManyAttributes => Column::ProductDetail.name(),
        ProductError::NoVariant
        | ProductError::TooManyVariants
        | ProductError::TooManyOptions
        | ProductError::ChoicesDiffer { .. }
        | ProductError::ChoicesTwice { .. } => Column::ItemGroupId.name(),
    }
}
