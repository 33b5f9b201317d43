use crate::catalog::listing::ProductCard;
use crate::catalog::{AttributeName, AttributeText};

/// A price so many times another one is not near it at all.
const FAR_PRICE: f64 = 3.0;
const FACTS_SHARE: f32 = 0.6;
const PRICE_SHARE: f32 = 0.3;
const BRAND_SHARE: f32 = 0.1;

/// How much two products of one category are alike, 0 to 1 and the same both ways: by the share of their
/// facts that both have (Jaccard, 1901), by how near their prices are as a ratio, and by their brand.
pub fn likeness(one: &ProductCard, other: &ProductCard) -> f32 {
    let common = shared_facts(one, other).count();
    let all = one.facts.len() + other.facts.len() - common;
    // A card has few facts.
    #[allow(clippy::cast_precision_loss)]
    let facts = if all == 0 { 0.0 } else { common as f32 / all as f32 };
    let is_same_brand = one.brand.is_some() && one.brand == other.brand;
    FACTS_SHARE * facts + PRICE_SHARE * nearness(one, other) + if is_same_brand { BRAND_SHARE } else { 0.0 }
}

/// The facts that both have; each card has its own in order.
pub fn shared_facts<'a>(
    one: &'a ProductCard,
    other: &'a ProductCard,
) -> impl Iterator<Item = &'a (AttributeName, AttributeText)> {
    one.facts.iter().filter(|fact| other.facts.binary_search(fact).is_ok())
}

/// 1 for the same price, 0 for one that is [`FAR_PRICE`] times the other.
fn nearness(one: &ProductCard, other: &ProductCard) -> f32 {
    if one.price.currency() != other.price.currency() {
        return 0.0;
    }
    // Prices are exact in `f64`, and a share needs no more digits than `f32` has.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    let nearness = {
        let price = |card: &ProductCard| card.price.minor_units().max(1) as f64;
        (1.0 - (price(one) / price(other)).ln().abs() / FAR_PRICE.ln()) as f32
    };
    nearness.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn card((price, brand, facts): (u32, Option<u8>, Vec<u8>)) -> ProductCard {
        let mut facts: Vec<_> =
            facts.into_iter().map(|fact| (format!("name {}", fact % 4), format!("value {fact}"))).collect();
        facts.sort();
        facts.dedup();
        serde_json::from_value(serde_json::json!({
            "id": "a", "slug": "a", "title": "A", "brand": brand.map(|brand| format!("Brand {brand}")),
            "category": "home", "price": { "minor_units": price, "currency": "GBP" }, "price_varies": false,
            "list_price": null, "rating": null, "picture": null, "swatches": [], "sole_sku": null,
            "in_stock": true, "added_at": "2026-01-01T00:00:00Z", "facts": facts,
        }))
        .unwrap()
    }

    fn cards() -> impl Strategy<Value = ProductCard> {
        (1_u32..100_000, prop::option::of(0_u8..3), prop::collection::vec(0_u8..8, 0..6)).prop_map(card)
    }

    #[test]
    fn facts_count_most_then_the_price_then_the_brand() {
        let lamp = card((2_000, Some(1), vec![1, 2]));
        let near = |other| likeness(&lamp, &card(other));
        assert!((near((2_000, Some(1), vec![1, 2])) - 1.0).abs() < 1e-6);
        assert!((near((2_000, None, vec![])) - 0.3).abs() < 1e-6);
        assert!((near((6_000, Some(1), vec![])) - 0.1).abs() < 1e-5);
        assert!(near((9_000, None, vec![1, 2])) > near((2_000, Some(1), vec![3])));
    }

    proptest! {
        #[test]
        fn likeness_is_a_share_and_the_same_both_ways(one in cards(), other in cards()) {
            let there = likeness(&one, &other);
            prop_assert!((0.0..=1.0 + 1e-6).contains(&there), "{}", there);
            prop_assert!((there - likeness(&other, &one)).abs() < 1e-6);
        }
    }
}
