//! A product as schema.org describes it (<https://schema.org/Product>).

use std::collections::BTreeSet;

use domain::catalog::{Condition, Picture, Product, Variant};
use domain::checkout::Country;
use domain::pricing::Money;
use domain::review::{Content, Post};
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
    reviews: &[Post],
) -> Value {
    let first = product.first_variant();
    let url = store.url(&format!("/products/{}", product.slug));
    let mut pictures: Vec<&Picture> = Vec::new();
    for picture in product.variants.iter().flat_map(|variant| product.pictures_of(variant)) {
        if pictures.len() < Picture::MAX_PER_PRODUCT && !pictures.contains(&picture) {
            pictures.push(picture);
        }
    }
    let images: Vec<String> = pictures.into_iter().map(|picture| absolute(store, &picture.src())).collect();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": format!("{url}#product"),
        "name": product.title.as_str(),
        "url": url,
        "sku": first.sku.as_str(),
        "image": images,
        "category": category,
        "offers": offers(store, product, &url, available),
    });
    let about = product.description.as_ref().map(|text| cut_at_word(text.as_str(), DESCRIPTION_CHARS));
    set(&mut data, "description", about.map(Value::from));
    set(&mut data, "brand", product.brand.as_ref().map(|brand| json!({ "@type": "Brand", "name": brand.as_str() })));
    set(&mut data, "gtin", first.gtin.as_ref().map(|gtin| Value::from(gtin.as_str())));
    set(&mut data, "mpn", first.mpn.as_ref().map(|mpn| Value::from(mpn.as_str())));
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
    let reviews: Vec<Value> = reviews.iter().filter_map(|post| review(store, post)).take(MAX_REVIEWS).collect();
    set(&mut data, "review", (!reviews.is_empty()).then(|| Value::from(reviews)));
    data
}

fn review(store: &Store, post: &Post) -> Option<Value> {
    let Content::Review { stars, title, text } = &post.writing.content else { return None };
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

/// One offer, or the range of all with each of them.
fn offers(store: &Store, product: &Product, url: &str, available: &Available) -> Value {
    let mut shared = Shared { url, said: BTreeSet::new() };
    let offers: Vec<Value> =
        product.variants.iter().map(|variant| offer(store, product, variant, available, &mut shared)).collect();
    if let [only] = offers.as_slice() {
        return only.clone();
    }
    json!({
        "@type": "AggregateOffer",
        "url": url,
        "lowPrice": product.lowest_price().money().decimal(),
        "highPrice": product.highest_price().money().decimal(),
        "priceCurrency": product.lowest_price().currency().code(),
        "offerCount": offers.len(),
        "availability": availability(product.variants.iter().any(|variant| is_available(variant, available))),
        "offers": offers,
    })
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
    let mut data = json!({
        "@type": "Offer",
        "url": address,
        "sku": variant.sku.as_str(),
        "price": variant.price.money().decimal(),
        "priceCurrency": variant.price.currency().code(),
        "availability": availability(is_available(variant, available)),
        "seller": { "@type": "Organization", "name": product.seller.name_in(&store.name) },
        "shippingDetails": shipping(variant, shared),
        "hasMerchantReturnPolicy": shared.once("returns", returns),
    });
    set(&mut data, "itemCondition", Condition::among(&product.attributes).map(|known| Value::from(condition(known))));
    let label = variant.label();
    set(&mut data, "name", (!label.is_empty()).then_some(Value::from(label)));
    set(&mut data, "gtin", variant.gtin.as_ref().map(|gtin| Value::from(gtin.as_str())));
    set(&mut data, "mpn", variant.mpn.as_ref().map(|mpn| Value::from(mpn.as_str())));
    data
}

fn returns() -> Value {
    json!({
        "@type": "MerchantReturnPolicy",
        "applicableCountry": codes(Country::all()),
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": RETURN_DAYS,
        "returnMethod": "https://schema.org/ReturnByMail",
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

fn is_available(variant: &Variant, available: &Available) -> bool {
    available.get(&variant.sku).is_some_and(|units| units.0 > 0)
}

const fn availability(in_stock: bool) -> &'static str {
    if in_stock { "https://schema.org/InStock" } else { "https://schema.org/OutOfStock" }
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
