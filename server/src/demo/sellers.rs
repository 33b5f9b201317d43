//! Who sells through the demo store besides the store itself: invented, so that nobody real is meant.

use domain::catalog::{CategoryPath, Seller};

use super::dice::Dice;
use super::text;

/// Of a hundred products.
const SOLD_BY_OTHERS_PERCENT: u32 = 30;

/// Who sells a product. The other dice do not know, so that nothing else of a store depends on it.
pub(super) fn of(seed: u64, number: u32, path: &CategoryPath) -> Seller {
    let mut dice = Dice::of_seller(seed, number);
    let department = path.steps().first().map_or("", |step| step.name.as_str());
    if dice.happens(SOLD_BY_OTHERS_PERCENT) { text(dice.pick(others(department))) } else { Seller::default() }
}

fn others(department: &str) -> &'static [&'static str] {
    match department {
        "Home & living" => &["Harbour & Vale", "Sage & Stone"],
        "Kitchen" => &["Harbour & Vale", "The Copper Spoon"],
        "Furniture" => &["Harbour & Vale", "Northlight Interiors"],
        "Electronics" => &["Brightwire", "Second Signal"],
        "Clothing" | "Shoes & bags" => &["Thread & Fell", "Ridgeway Outfitters"],
        "Sports & outdoors" => &["Ridgeway Outfitters", "Greenhand"],
        "Toys & games" | "Books & stationery" => &["Little Lantern", "The Paper Orchard"],
        "Beauty & care" => &["Sage & Stone", "Thread & Fell"],
        _ => &["Greenhand", "Northlight Interiors"],
    }
}
