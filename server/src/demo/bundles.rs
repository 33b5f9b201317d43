//! Bundles of the demo store: things of neighbouring shelves that are sold as one, for less. They have numbers of their
//! own and their own dice, so that no other product depends on them.

use domain::catalog::{DrawnPicture, Picture, Product, ProductDraft, Seller, Sku, Slug, Variant};
use domain::inventory::{Bundle, BundlePart, Quantity, Supply};
use domain::pricing::{Currency, Money, Price};

use super::dice::Dice;
use super::names::head;
use super::shelf::{Naming, Shelf};
use super::{DemoProduct, Plan, reviews, sellers, sure, text};

/// One of so many products is a bundle: three of the first 200.
const SPACING: u32 = 66;
/// Its parts are among so many products before it.
const REACH: u32 = 200;
const MIN_PARTS: u32 = 2;
const MAX_PARTS: u32 = 3;
/// How much cheaper it is than its parts, in percent.
const CHEAPER_PERCENT: (u32, u32) = (8, 18);
/// The view of a picture that shows a thing where it is used.
const IN_USE: u8 = 3;
const FRONT: u8 = 0;

/// A product that may be a part.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    number: u32,
    shelf: &'static Shelf,
    noun: &'static str,
}

const fn is_bundle(number: u32) -> bool {
    number % SPACING == SPACING - 1
}

/// The bundle that has a product's number, if one has. Its rating is that of the product which would have it else:
/// the past of the store stays the same.
pub(super) fn find(plan: &Plan, seed: u64, number: u32) -> Option<DemoProduct> {
    if !is_bundle(number) {
        return None;
    }
    let mut dice = Dice::of_bundle(seed, number);
    let chosen = choose(&candidates(plan, seed, number), &mut dice)?;
    let parts: Vec<DemoProduct> = chosen.iter().map(|part| plan.single(seed, part.number)).collect();
    let path = parts.first()?.path.clone();
    let variants: Vec<&Variant> = parts.iter().map(variant_of).collect();
    let single = plan.single(seed, number).product;

    let nouns: Vec<&str> = chosen.iter().map(|part| part.noun).collect();
    let title = format!("{} set: {}", head(Naming::Place, "", &mut dice), listed(&nouns));
    let id = single.id.clone();
    let sku: Sku = text(id.as_str());
    let part = |variant: &&Variant| BundlePart { sku: variant.sku.clone(), quantity: Quantity::ONE };
    let bundle = sure(Bundle::new(&sku, variants.iter().map(part).collect()));
    let added_at = parts.iter().map(|part| part.product.added_at).fold(single.added_at, Ord::max);
    let reviews = reviews::write((seed, number), (&id, &path.leaf().id), "set", added_at);

    let draft = ProductDraft {
        slug: Slug::from_words(&title).unwrap_or_else(|| text(id.as_str())),
        title: text(&title),
        description: Some(text(&description(&parts))),
        brand: None,
        seller: Seller::default(),
        category: path.leaf().id.clone(),
        attributes: vec![],
        options: vec![],
        variants: vec![Variant {
            sku: sku.clone(),
            choices: vec![],
            price: price(&variants, &mut dice),
            list_price: None,
            gtin: None,
            mpn: None,
            pictures: vec![],
        }],
        pictures: pictures(&parts, &mut dice),
        added_at,
        ..single.into()
    };
    // What there is of it lies on the shelves of its parts.
    let supplies = vec![(sku, Supply::Units(0))];
    Some(DemoProduct { product: sure(Product::try_from(draft)), path, supplies, reviews, bundle: Some(bundle) })
}

/// What the store sells itself and fits everybody.
fn candidates(plan: &Plan, seed: u64, number: u32) -> Vec<Candidate> {
    let candidate = |number: u32| {
        let (shelf, (noun, _)) = plan.thing(seed, number);
        Candidate { number, shelf, noun }
    };
    let is_own = |part: &Candidate| sellers::of(seed, part.number, &text(part.shelf.path)) == Seller::default();
    (number.saturating_sub(REACH)..number)
        .filter(|number| !is_bundle(*number))
        .map(candidate)
        .filter(|part| part.shelf.sizes.is_none() && is_own(part))
        .collect()
}

/// Things of neighbouring shelves, or of one department where a small store has no such neighbours.
fn choose(near: &[Candidate], dice: &mut Dice) -> Option<Vec<Candidate>> {
    let areas: [fn(&'static str) -> &'static str; 2] = [neighbourhood, department];
    let firsts = dice.some(near, near.len());
    for area in areas {
        for first in &firsts {
            let mut parts = vec![*first];
            for _ in 1..dice.between(MIN_PARTS, MAX_PARTS) {
                let is_near = |other: &&Candidate| area(other.shelf.path) == area(first.shelf.path);
                let is_other = |other: &&Candidate| {
                    parts.iter().all(|part| part.shelf.path != other.shelf.path && part.noun != other.noun)
                };
                let others: Vec<Candidate> = near.iter().filter(is_near).filter(is_other).copied().collect();
                if !others.is_empty() {
                    parts.push(dice.pick(&others));
                }
            }
            if parts.len() > 1 {
                return Some(parts);
            }
        }
    }
    None
}

fn neighbourhood(path: &'static str) -> &'static str {
    path.rsplit_once(" > ").map_or(path, |(shelves, _)| shelves)
}

fn department(path: &'static str) -> &'static str {
    path.split_once(" > ").map_or(path, |(department, _)| department)
}

/// The variant of a part that is in the bundle: the first that there is.
fn variant_of(part: &DemoProduct) -> &Variant {
    let there = part.supplies.iter().find(|(_, supply)| *supply != Supply::Units(0));
    there.and_then(|(sku, _)| part.product.variant(sku)).unwrap_or_else(|| part.product.first_variant())
}

/// `desk lamp, wall clock and vase`.
fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

fn description(parts: &[DemoProduct]) -> String {
    let titles: Vec<&str> = parts.iter().map(|part| part.product.title.as_str()).collect();
    let count = if titles.len() == 2 { "Two" } else { "Three" };
    format!(
        "{count} things that go together, for less than they cost one by one: {}. Each of them is sold alone as well.",
        listed(&titles)
    )
}

/// Less than the parts cost together, and one penny below whole pounds: they cost a pound each at least.
fn price(parts: &[&Variant], dice: &mut Dice) -> Price {
    let together: i64 = parts.iter().map(|part| part.price.minor_units()).sum();
    let (least, most) = CHEAPER_PERCENT;
    let pounds = together * i64::from(100 - dice.between(least, most)) / 10_000;
    sure(Price::try_from(Money::new(pounds * 100 - 1, Currency::GBP)))
}

/// Its own: the first part in use, and then each part.
fn pictures(parts: &[DemoProduct], dice: &mut Dice) -> Vec<Picture> {
    let seed = dice.below(100_000);
    let front =
        |(seed, part): (u32, &DemoProduct)| match part.product.pictures_of(variant_of(part)).into_iter().next()? {
            Picture::Drawn(drawn) => Some(DrawnPicture { seed, view: FRONT, ..drawn.clone() }),
            Picture::Remote { .. } => None,
        };
    let fronts: Vec<DrawnPicture> = (seed..).zip(parts).filter_map(front).collect();
    let in_use = fronts.first().map(|front| DrawnPicture { view: IN_USE, ..front.clone() });
    in_use.into_iter().chain(fronts).map(Picture::Drawn).collect()
}
