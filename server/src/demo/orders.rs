//! What the demo store's customers bought before it opened: most of them something well-known, and
//! often what goes with it.

use domain::catalog::{CategoryId, Rating, Sku};
use domain::inventory::Quantity;
use domain::order::{HistoricOrderId, HistoricOrderKind};
use domain::pricing::Money;
use jiff::Timestamp;

use super::dice::Dice;
use super::{DemoProduct, NEWEST_SECOND, TWO_YEARS_SECONDS, sure, text};
use crate::import::HistoricOrder;

/// Of a large store the first so many products have a history.
pub(crate) const MAX_SOLD_PRODUCTS: usize = 20_000;
const ORDERS_FOR_EACH_PRODUCT: usize = 5;
const MAX_ORDERS: usize = 10_000;
const CUSTOMERS: u32 = 2_000;
/// The best known of all products are asked for in most orders.
const MAX_WELL_KNOWN: usize = 400;
const WELL_KNOWN_PERCENT: u32 = 75;
/// What goes with a product, and how often it is bought with it.
const COMPANIONS: u32 = 3;
const COMPANION_PERCENT: u32 = 45;
const MAX_QUANTITY: u32 = 2;

/// What an order has to know of a product.
pub(crate) struct Sold {
    sku: Sku,
    price: Money,
    category: CategoryId,
    ratings: u32,
}

impl From<&DemoProduct> for Sold {
    fn from(made: &DemoProduct) -> Self {
        let first = made.product.first_variant();
        Self {
            sku: first.sku.clone(),
            price: first.price.money(),
            category: made.product.category.clone(),
            ratings: made.product.rating.map_or(0, Rating::fed_count),
        }
    }
}

/// The orders of the store with this seed, made one by one.
pub(crate) fn orders(seed: u64, mut sold: Vec<Sold>) -> impl Iterator<Item = HistoricOrder> {
    sold.sort_by(|one, other| other.ratings.cmp(&one.ratings).then_with(|| one.sku.cmp(&other.sku)));
    let count = if sold.len() < 2 { 0 } else { (sold.len() * ORDERS_FOR_EACH_PRODUCT).min(MAX_ORDERS) };
    (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |number| order(seed, number, &sold))
}

fn order(seed: u64, number: u32, sold: &[Sold]) -> HistoricOrder {
    let mut dice = Dice::of_order(seed, number);
    let well_known = (sold.len() / 3).clamp(1, MAX_WELL_KNOWN);
    let among = if dice.happens(WELL_KNOWN_PERCENT) { well_known } else { sold.len() };
    let first = below(&mut dice, among);
    let mut places = vec![first];
    for companion in 0..COMPANIONS {
        if dice.happens(COMPANION_PERCENT) {
            places.push(goes_with(seed, first, companion, sold));
        }
    }
    places.sort_unstable();
    places.dedup();
    let lines = places.into_iter().map(|place| {
        let quantity: Quantity = sure(dice.between(1, MAX_QUANTITY).try_into());
        (sold[place].sku.clone(), quantity, sold[place].price)
    });
    HistoricOrder {
        lines: lines.collect(),
        id: text::<HistoricOrderId>(&format!("demo-{}", number + 1)),
        kind: HistoricOrderKind::Purchase,
        placed_at: sure(Timestamp::from_second(NEWEST_SECOND - i64::from(dice.below(TWO_YEARS_SECONDS)))),
        customer: Some(text(&format!("demo-{}", dice.below(CUSTOMERS)))),
        country: None,
    }
}

/// The place of what goes with a product: something else of its shelf's neighbours, or of its
/// department where it has none.
fn goes_with(seed: u64, place: usize, companion: u32, sold: &[Sold]) -> usize {
    let own = &sold[place];
    let near: Vec<usize> = others_within(own, own.category.parent().as_ref(), sold);
    let near = if near.is_empty() { others_within(own, own.category.lineage().last().as_ref(), sold) } else { near };
    if near.is_empty() {
        return place;
    }
    // The dice of the pair, not of the order: everybody buys the same with it.
    let mut dice = Dice::of_pair(seed, u32::try_from(place).unwrap_or(u32::MAX), companion);
    near[below(&mut dice, near.len())]
}

fn others_within(own: &Sold, category: Option<&CategoryId>, sold: &[Sold]) -> Vec<usize> {
    let is_other = |other: &Sold| {
        other.category != own.category && category.is_some_and(|category| other.category.is_within(category))
    };
    (0..sold.len()).filter(|place| is_other(&sold[*place])).collect()
}

/// A place in a list that is not empty.
fn below(dice: &mut Dice, length: usize) -> usize {
    dice.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
}
