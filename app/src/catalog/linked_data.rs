//! A product as schema.org describes it (<https://schema.org/Product>).

use domain::catalog::{Picture, Product, Variant};
use domain::checkout::Country;
use domain::shipment::{DeliveryOption, RETURN_DAYS};
use serde_json::{Value, json};

use super::product::Available;
use crate::address::encoded;
use crate::seo::{absolute, cut_at_word};
use crate::store::Store;

/// Longest description that search engines read of a product (Merchant Center).
const DESCRIPTION_CHARS: usize = 5_000;

/// `category` is the path of names from the top, as feeds write it.
pub(super) fn product_data(store: &Store, product: &Product, category: &str, available: &Available) -> Value {
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
    data
}

/// One offer, or the range of all with each of them.
fn offers(store: &Store, product: &Product, url: &str, available: &Available) -> Value {
    let offers: Vec<Value> = product
        .variants
        .iter()
        .map(|variant| offer(store, variant, url, available, product.variants.len() > 1))
        .collect();
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

fn offer(store: &Store, variant: &Variant, url: &str, available: &Available, one_of_many: bool) -> Value {
    let address = if one_of_many { format!("{url}?sku={}", encoded(variant.sku.as_str())) } else { url.to_owned() };
    let mut data = json!({
        "@type": "Offer",
        "url": address,
        "sku": variant.sku.as_str(),
        "price": variant.price.money().decimal(),
        "priceCurrency": variant.price.currency().code(),
        "availability": availability(is_available(variant, available)),
        "itemCondition": "https://schema.org/NewCondition",
        "seller": { "@type": "Organization", "name": &*store.name },
        "shippingDetails": shipping(variant),
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": countries(),
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": RETURN_DAYS,
            "returnMethod": "https://schema.org/ReturnByMail",
        },
    });
    let label = variant.label();
    set(&mut data, "name", (!label.is_empty()).then_some(Value::from(label)));
    set(&mut data, "gtin", variant.gtin.as_ref().map(|gtin| Value::from(gtin.as_str())));
    set(&mut data, "mpn", variant.mpn.as_ref().map(|mpn| Value::from(mpn.as_str())));
    data
}

/// What standard delivery of one unit costs, and how long it takes: the promise of the page.
fn shipping(variant: &Variant) -> Value {
    let charge = DeliveryOption::Standard.charge(variant.price.money());
    let days = |least: u32, most: u32| json!({ "@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY" });
    json!({
        "@type": "OfferShippingDetails",
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": charge.decimal(),
            "currency": charge.currency().code(),
        },
        "shippingDestination": { "@type": "DefinedRegion", "addressCountry": countries() },
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": days(0, 1),
            "transitTime": days(1, DeliveryOption::Standard.working_days()),
        },
    })
}

fn countries() -> Vec<&'static str> {
    Country::all().map(Country::code).collect()
}

fn is_available(variant: &Variant, available: &Available) -> bool {
    available.get(&variant.sku).is_some_and(|units| units.0 > 0)
}

const fn availability(in_stock: bool) -> &'static str {
    if in_stock { "https://schema.org/InStock" } else { "https://schema.org/OutOfStock" }
}

/// Adds a field that is known; an unknown one is left out rather than null.
fn set(data: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(fields), Some(value)) = (data.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
}
