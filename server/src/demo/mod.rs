//! The demo store: a believable catalog of any size, made from tables and dice.
//!
//! The same seed gives the same store on every machine, and a bigger store starts with the
//! products of a smaller one. Tables (`home`, `kitchen`, …) say what a shop like this sells;
//! `wording` and `variants` make one product of a row, `bundles` one of several products. Pure: whoever calls it stores
//! the products.

mod audio;
mod beauty;
mod books;
mod bundles;
mod clothing;
mod dice;
mod electronics;
mod furniture;
mod garden;
mod home;
mod kitchen;
mod names;
mod orders;
mod pets;
mod reviews;
mod sellers;
mod shelf;
mod shoes;
mod sports;
mod tableware;
mod tops;
mod toys;
mod variants;
mod wording;

use std::fmt::Debug;
use std::str::FromStr;

use domain::catalog::{
    Attribute, AttributeValue, Brand, CategoryPath, Measure, Product, ProductDraft, ProductId, Rating, Sku, Slug,
};
use domain::inventory::{Bundle, Supply};
use domain::pricing::tax::TaxClass;
use jiff::Timestamp;

pub(crate) use orders::{MAX_SOLD_PRODUCTS, Sold, orders};

use crate::review::DemoReview;
use dice::Dice;
use shelf::{Fact, Shelf};

/// One product of the demo store with its place and its stock.
#[derive(Debug, Clone)]
pub(crate) struct DemoProduct {
    pub product: Product,
    pub path: CategoryPath,
    /// Units on hand of each of its variants.
    pub supplies: Vec<(Sku, Supply)>,
    /// What was written about it; its stars are counted in the product's rating.
    pub reviews: Vec<DemoReview>,
    /// What it is made of, where it is a bundle: of products that come before it.
    pub bundle: Option<Bundle>,
}

/// The first `count` products of the store with this seed, made one by one.
pub(crate) fn products(seed: u64, count: u32) -> impl Iterator<Item = DemoProduct> {
    let plan = Plan::new();
    (0..count).map(move |number| plan.product(seed, number))
}

/// The last moment at which a product of the store was added, 2026-11-01T00:00:00Z, in seconds.
const NEWEST_SECOND: i64 = 1_793_491_200;
const TWO_YEARS_SECONDS: u32 = 2 * 365 * 24 * 60 * 60;
/// A prime above the number of things in all tables: steps of this size visit every thing before
/// they come back to the first one, so that even a small store has something of everything.
const STRIDE: u64 = 7_919;

const TABLES: [&[Shelf]; 15] = [
    home::SHELVES,
    tableware::SHELVES,
    kitchen::SHELVES,
    furniture::SHELVES,
    audio::SHELVES,
    electronics::SHELVES,
    tops::SHELVES,
    clothing::SHELVES,
    shoes::SHELVES,
    sports::SHELVES,
    toys::SHELVES,
    books::SHELVES,
    beauty::SHELVES,
    garden::SHELVES,
    pets::SHELVES,
];

/// A noun of a shelf with its motif: `("desk lamp", "desk-lamp")`.
type Thing = (&'static str, &'static str);

/// Every thing that the store sells, with its shelf.
struct Plan {
    things: Vec<(&'static Shelf, Thing)>,
}

impl Plan {
    fn new() -> Self {
        let shelves = TABLES.into_iter().flatten();
        Self { things: shelves.flat_map(|shelf| shelf.things.iter().map(move |thing| (shelf, *thing))).collect() }
    }

    fn product(&self, seed: u64, number: u32) -> DemoProduct {
        bundles::find(self, seed, number).unwrap_or_else(|| self.single(seed, number))
    }

    /// The product of a number, were it no bundle.
    fn single(&self, seed: u64, number: u32) -> DemoProduct {
        let (shelf, thing) = self.thing(seed, number);
        make(shelf, thing, seed, number)
    }

    fn thing(&self, seed: u64, number: u32) -> (&'static Shelf, Thing) {
        let count = self.things.len() as u64;
        let place = (u64::from(number) * STRIDE + seed % count) % count;
        // A remainder of a vector's length is one of its places.
        self.things[usize::try_from(place).unwrap_or(0)]
    }
}

fn make(shelf: &Shelf, (noun, motif): Thing, seed: u64, number: u32) -> DemoProduct {
    let mut dice = Dice::of_product(seed, number);
    let brand = dice.pick(shelf.brands);
    let quality = dice.pick(shelf.qualities);
    let facts: Vec<Attribute> = shelf.facts.iter().map(|fact| attribute(fact, &mut dice)).collect();
    let words = wording::write(shelf, noun, brand, quality, &facts, &mut dice);
    let path: CategoryPath = text(shelf.path);
    let id = format!("D{:07}", number + 1);
    let family = variants::make(shelf, motif, &id, number, &mut dice);

    let mut attributes = vec![named(shelf.quality, quality.1)];
    attributes.extend(words.author.as_deref().map(|author| named("Author", author)));
    attributes.extend(family.sole_colour.as_deref().map(|colour| named(shelf.palette.option, colour)));
    attributes.extend(facts);

    let (fed, added_at) = (rating(&mut dice), added_at(&mut dice));
    let product_id = text::<ProductId>(&id);
    let reviews = reviews::write((seed, number), (&product_id, &path.leaf().id), noun, added_at);

    let draft = ProductDraft {
        id: product_id,
        slug: Slug::from_words(&words.title).unwrap_or_else(|| text(&id)),
        title: text(&words.title),
        description: Some(text(&words.description)),
        brand: Some(text::<Brand>(brand)),
        seller: sellers::of(seed, number, &path),
        category: path.leaf().id.clone(),
        tax_class: TaxClass::Standard,
        attributes,
        options: family.options,
        variants: family.variants,
        pictures: family.pictures,
        rating: Rating::with_own(fed, reviews::counts(&reviews).as_ratings()),
        added_at,
        withdrawn: false,
    };
    DemoProduct { product: sure(Product::try_from(draft)), path, supplies: family.supplies, reviews, bundle: None }
}

fn named(name: &str, value: &str) -> Attribute {
    Attribute { name: text(name), value: AttributeValue::Text { text: text(value) } }
}

fn attribute(fact: &Fact, dice: &mut Dice) -> Attribute {
    let (name, value) = match *fact {
        Fact::Measure { name, unit, lowest, highest, step } => {
            let thousandths = lowest + step * dice.below((highest - lowest) / step + 1);
            (name, AttributeValue::Measure { measure: Measure { thousandths: thousandths.into(), unit } })
        }
        Fact::OneOf { name, texts } => (name, AttributeValue::Text { text: text(dice.pick(texts)) }),
        Fact::Flag { name, percent_yes } => (name, AttributeValue::Flag { yes: dice.happens(percent_yes) }),
    };
    Attribute { name: text(name), value }
}

/// Ratings as real stores have them: many products with few, few with many, most around 4.3
/// stars, some disappointments, and a sixth without any.
fn rating(dice: &mut Dice) -> Option<Rating> {
    if dice.happens(17) {
        return None;
    }
    let magnitude = dice.below(12).min(dice.below(12)) + dice.below(3);
    let count = dice.between(1, 1 << magnitude) + (1 << magnitude) / 3;
    let mean_hundredths = match dice.below(20) {
        0 => dice.between(210, 330),
        1..=3 => dice.between(330, 400),
        _ => 385 + dice.below(40) + dice.below(40) + dice.below(30),
    };
    // Whole stars were given: the average of three people is one of few numbers.
    let stars = ((mean_hundredths * count + 50) / 100).clamp(count, count * 5);
    let average_hundredths = u16::try_from((stars * 100 + count / 2) / count).unwrap_or(500);
    Some(sure(Rating::new(average_hundredths, count)))
}

fn added_at(dice: &mut Dice) -> Timestamp {
    sure(Timestamp::from_second(NEWEST_SECOND - i64::from(dice.below(TWO_YEARS_SECONDS))))
}

/// A text of the tables as the catalog's own type.
fn text<T: FromStr<Err: Debug>>(words: &str) -> T {
    sure(words.parse())
}

/// What the tables promise: every row is short, clean and complete. The tests make a product of
/// every row, so that a row that breaks its promise never leaves the workshop.
#[expect(clippy::expect_used, reason = "a broken table is a bug that the tests find, not an error of a user")]
fn sure<T, E: Debug>(result: Result<T, E>) -> T {
    result.expect("the demo's tables are valid")
}

#[cfg(test)]
mod tests;
