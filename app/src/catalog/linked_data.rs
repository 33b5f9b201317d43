//! A product as schema.org describes it: by itself (<https://schema.org/Product>), or with its variants as a group
//! of products (<https://schema.org/ProductGroup>), for an offer has no colour and no size.

use std::collections::BTreeSet;

use domain::catalog::{Condition, Picture, Product, Variant};
use domain::checkout::Country;
use domain::inventory::Availability;
use domain::pricing::Money;
use domain::review::ports::About;
use domain::review::{Aspect, AspectAverage, Content, Post};
use domain::shipment::{Delivery, RETURN_DAYS, Zone};
use domain::text::encoded;
use serde_json::{Value, json};

use super::product::Available;
use crate::review::name_of;
use crate::seo::{absolute, cut_at_word};
use crate::store::Store;

/// Longest description that search engines read of a product (Merchant Center).
const DESCRIPTION_CHARS: usize = 5_000;
/// Reviews that a product is described with.
const MAX_REVIEWS: usize = 5;

/// `category` is the path of names from the top, as feeds write it.
pub(super) fn product_data(
    store: &Store,
    product: &Product,
    category: &str,
    available: &Available,
    written: Option<&About>,
) -> Value {
    let url = store.url(&format!("/products/{}", product.slug));
    let mut pictures: Vec<&Picture> = Vec::new();
    for picture in product.variants.iter().flat_map(|variant| product.pictures_of(variant)) {
        if pictures.len() < Picture::MAX_PER_PRODUCT && !pictures.contains(&picture) {
            pictures.push(picture);
        }
    }
    let images: Vec<String> = pictures.into_iter().map(|picture| absolute(store, &picture.src())).collect();
    let mut shared = Shared { url: &url, said: BTreeSet::new() };
    let mut data = match product.variants.as_slice() {
        [only] => sold(store, product, only, available, &mut shared),
        _ => group(store, product, available, &mut shared),
    };
    set(&mut data, "@context", Some(Value::from("https://schema.org")));
    set(&mut data, "@id", Some(Value::from(format!("{url}#product"))));
    set(&mut data, "name", Some(Value::from(product.title.as_str())));
    set(&mut data, "url", Some(Value::from(url.as_str())));
    set(&mut data, "image", Some(Value::from(images)));
    set(&mut data, "category", Some(Value::from(category)));
    let about = product.description.as_ref().map(|text| cut_at_word(text.as_str(), DESCRIPTION_CHARS));
    set(&mut data, "description", about.map(Value::from));
    set(&mut data, "brand", product.brand.as_ref().map(|brand| json!({ "@type": "Brand", "name": brand.as_str() })));
    for fact in &product.attributes {
        tell(&mut data, fact.name.as_str(), &fact.value.to_string());
    }
    let rating = product.rating.map(|rating| {
        json!({
            "@type": "AggregateRating",
            "ratingValue": rating.average(),
            "ratingCount": rating.count(),
            "bestRating": "5",
            "worstRating": "1",
        })
    });
    set(&mut data, "aggregateRating", rating);
    let Some(written) = written else { return data };
    let aspects = written.aspects.averages(Aspect::of(&product.category));
    let aspects: Vec<Value> = aspects.into_iter().map(rated_aspect).collect();
    set(&mut data, "additionalProperty", (!aspects.is_empty()).then(|| Value::from(aspects)));
    let reviews: Vec<Value> = written.reviews.iter().filter_map(|post| review(store, post)).take(MAX_REVIEWS).collect();
    set(&mut data, "review", (!reviews.is_empty()).then(|| Value::from(reviews)));
    data
}

/// A product in its variants.
fn group(store: &Store, product: &Product, available: &Available, shared: &mut Shared<'_>) -> Value {
    let variants: Vec<Value> = product
        .variants
        .iter()
        .map(|variant| {
            let mut data = sold(store, product, variant, available, shared);
            set(&mut data, "name", Some(Value::from(format!("{}, {}", product.title, variant.label()))));
            let picture = product.pictures_of(variant).first().map(|picture| absolute(store, &picture.src()));
            set(&mut data, "image", picture.map(Value::from));
            data
        })
        .collect();
    let varying = product.options.iter().filter(|option| option.values.len() > 1);
    let varies_by: Vec<String> = varying
        .filter_map(|option| property(option.name.as_str()))
        .map(|property| format!("https://schema.org/{property}"))
        .collect();
    let mut data = json!({
        "@type": "ProductGroup",
        "productGroupID": product.id.as_str(),
        "hasVariant": variants,
    });
    set(&mut data, "variesBy", (!varies_by.is_empty()).then(|| Value::from(varies_by)));
    data
}

/// What is sold as one variant, as far as it is not the same for all of them.
fn sold(store: &Store, product: &Product, variant: &Variant, available: &Available, shared: &mut Shared<'_>) -> Value {
    let mut data = json!({
        "@type": "Product",
        "sku": variant.sku.as_str(),
        "offers": offer(store, product, variant, available, shared),
    });
    set(&mut data, "gtin", variant.gtin.as_ref().map(|gtin| Value::from(gtin.as_str())));
    set(&mut data, "mpn", variant.mpn.as_ref().map(|mpn| Value::from(mpn.as_str())));
    for choice in &variant.choices {
        tell(&mut data, choice.name.as_str(), choice.value.as_str());
    }
    data
}

/// Tells a choice or a fact that schema.org has a property for; what is told already stays.
fn tell(data: &mut Value, name: &str, words: &str) {
    if let Some(property) = property(name).filter(|property| data.get(property).is_none()) {
        set(data, property, Some(Value::from(words)));
    }
}

/// The property of schema.org for a choice or a fact of a name.
fn property(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "colour" | "color" => Some("color"),
        "size" => Some("size"),
        "material" => Some("material"),
        "pattern" => Some("pattern"),
        _ => None,
    }
}

/// What all reviewers together say of an aspect. It is a property of the product beside its rating: search engines want
/// one rating of a product, and refuse several.
fn rated_aspect(average: AspectAverage) -> Value {
    json!({
        "@type": ["PropertyValue", "AggregateRating"],
        "name": average.aspect.label(),
        "reviewAspect": average.aspect.label(),
        "ratingValue": average.average(),
        "ratingCount": average.ratings,
        "bestRating": "5",
        "worstRating": "1",
    })
}

fn review(store: &Store, post: &Post) -> Option<Value> {
    let Content::Review { stars, title, text, .. } = &post.writing.content else { return None };
    Some(json!({
        "@type": "Review",
        "author": { "@type": "Person", "name": name_of(&post.writing.author, store) },
        "datePublished": post.writing.written_at.to_string(),
        "name": title.as_str(),
        "reviewBody": text.as_str(),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": stars.to_string(),
            "bestRating": "5",
            "worstRating": "1",
        },
    }))
}

/// What offers share: it stands in full in the first of them, and the others name it (JSON-LD 1.1, section 3.3).
struct Shared<'a> {
    /// Of the product.
    url: &'a str,
    said: BTreeSet<String>,
}

impl Shared<'_> {
    fn once(&mut self, name: &str, in_full: impl FnOnce() -> Value) -> Value {
        let id = format!("{}#{name}", self.url);
        if self.said.contains(&id) {
            return json!({ "@id": id });
        }
        let mut value = in_full();
        set(&mut value, "@id", Some(Value::from(id.as_str())));
        self.said.insert(id);
        value
    }
}

fn offer(store: &Store, product: &Product, variant: &Variant, available: &Available, shared: &mut Shared<'_>) -> Value {
    let url = shared.url;
    let is_one_of_many = product.variants.len() > 1;
    let address = if is_one_of_many { format!("{url}?sku={}", encoded(variant.sku.as_str())) } else { url.to_owned() };
    let availability = available.get(&variant.sku).copied().unwrap_or_default().availability();
    let mut data = json!({
        "@type": "Offer",
        "url": address,
        "price": variant.price.money().decimal(),
        "priceCurrency": variant.price.currency().code(),
        "availability": schema_of(availability),
        "seller": { "@type": "Organization", "name": product.seller.name_in(&store.name) },
        "shippingDetails": shipping(variant, shared),
        "hasMerchantReturnPolicy": shared.once("returns", returns),
    });
    let starts = availability.waits_until().map(|day| Value::from(day.to_string()));
    set(&mut data, "availabilityStarts", starts);
    set(&mut data, "itemCondition", Condition::among(&product.attributes).map(|known| Value::from(condition(known))));
    data
}

/// As the page of help about returns tells it.
fn returns() -> Value {
    json!({
        "@type": "MerchantReturnPolicy",
        "applicableCountry": codes(Country::all()),
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": RETURN_DAYS,
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": "https://schema.org/ReturnFeesCustomerResponsibility",
        "itemDefectReturnFees": "https://schema.org/FreeReturn",
    })
}

/// What standard delivery of one unit costs, and how long it takes, by where it goes.
fn shipping(variant: &Variant, shared: &mut Shared<'_>) -> Vec<Value> {
    let to = |(place, zone): (usize, Zone)| {
        let charge = Delivery::standard(zone).charge(variant.price.money());
        let name = format!("delivery-{}-{}", place + 1, charge.minor_units());
        shared.once(&name, || shipping_to(zone, charge))
    };
    Zone::ALL.into_iter().enumerate().map(to).collect()
}

fn shipping_to(zone: Zone, charge: Money) -> Value {
    let delivery = Delivery::standard(zone);
    let days = |least: u32, most: u32| json!({ "@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY" });
    json!({
        "@type": "OfferShippingDetails",
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": charge.decimal(),
            "currency": charge.currency().code(),
        },
        "shippingDestination": { "@type": "DefinedRegion", "addressCountry": codes(zone.countries()) },
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": days(0, 1),
            "transitTime": days(1, delivery.working_days()),
        },
    })
}

fn codes(countries: impl Iterator<Item = Country>) -> Vec<&'static str> {
    countries.map(Country::code).collect()
}

/// How <https://schema.org/ItemAvailability> names it.
const fn schema_of(availability: Availability) -> &'static str {
    match availability {
        Availability::InStock | Availability::Low { .. } => "https://schema.org/InStock",
        Availability::SoldOut => "https://schema.org/OutOfStock",
        Availability::Backorder { .. } => "https://schema.org/BackOrder",
        Availability::Preorder { .. } => "https://schema.org/PreOrder",
    }
}

const fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::New => "https://schema.org/NewCondition",
        Condition::Refurbished => "https://schema.org/RefurbishedCondition",
        Condition::Used => "https://schema.org/UsedCondition",
    }
}

/// Adds a field that is known; an unknown one is left out rather than null.
fn set(data: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(fields), Some(value)) = (data.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
}
