//! What a product can be bought as: colours and sizes, prices, numbers, pictures and stock.

use domain::catalog::{
    Choice, DrawnPicture, Gtin, Mpn, OptionName, OptionValue, Picture, ProductOption, Sku, Slug, Variant,
};
use domain::inventory::Supply;
use domain::pricing::{Currency, Money, Price};
use domain::text::hyphenate;

use super::dice::Dice;
use super::shelf::{Colours, Naming, Shelf};
use super::{sure, text};

pub(super) struct Family {
    pub(super) options: Vec<ProductOption>,
    pub(super) variants: Vec<Variant>,
    /// Pictures that all variants share.
    pub(super) pictures: Vec<Picture>,
    /// The colour of a product that comes in one only.
    pub(super) sole_colour: Option<String>,
    pub(super) supplies: Vec<(Sku, Supply)>,
}

const MAX_COLOURS: u32 = 5;
const MAX_VARIANTS: usize = 12;

pub(super) fn make(shelf: &Shelf, motif: &str, id: &str, number: u32, dice: &mut Dice) -> Family {
    let colour_count = match shelf.colours {
        Colours::One => 1,
        Colours::Several => dice.between(1, MAX_COLOURS),
    };
    let colours = dice.some(shelf.palette.colours, colour_count as usize);
    let most_sizes = MAX_VARIANTS / colours.len().max(1);
    let sizes = shelf.sizes.map_or(&[][..], |sizes| {
        let wanted = usize::try_from(dice.between(3, 8)).unwrap_or(3);
        dice.run(sizes.values, wanted.min(most_sizes))
    });

    let mut options = Vec::new();
    if colours.len() > 1 {
        options.push(option(shelf.palette.option, colours.iter().map(|colour| capital(colour))));
    }
    if let Some(table) = shelf.sizes.filter(|_| sizes.len() > 1) {
        options.push(option(table.option, sizes.iter().map(|(value, _)| (*value).to_owned())));
    }

    let drawings = Drawings { motif, seed: dice.below(100_000), views: if dice.happens(75) { 4 } else { 3 } };
    let tag = PriceTag::draw(shelf, dice);
    let mpn = (shelf.naming == Naming::Model && dice.happens(80)).then(|| model_number(id, dice));
    let has_gtin = dice.happens(72);
    let one_size = [("", 0)];
    let sizes = if sizes.len() > 1 { sizes } else { &one_size };

    let mut family = Family { options, variants: vec![], pictures: vec![], sole_colour: None, supplies: vec![] };
    for (row, colour) in colours.iter().enumerate() {
        let mut pictures = drawings.of(colour);
        if colours.len() == 1 {
            family.sole_colour = Some(capital(colour));
            family.pictures = std::mem::take(&mut pictures);
        }
        for (column, (size, percent)) in sizes.iter().enumerate() {
            // Shops rarely have every colour in every size; the first row and column stay whole,
            // so that each value can be chosen.
            let missing = row > 0 && column > 0 && dice.happens(7);
            if missing {
                continue;
            }
            let values: Vec<String> = [(colours.len() > 1).then(|| capital(colour)), Some((*size).to_owned())]
                .into_iter()
                .flatten()
                .filter(|value| !value.is_empty())
                .collect();
            let sku: Sku = text(&sku(id, &values));
            family.supplies.push((sku.clone(), Supply::Units(stock(dice))));
            family.variants.push(Variant {
                sku,
                choices: choices(&family.options, &values),
                price: tag.price(*percent),
                list_price: tag.list_price(*percent),
                gtin: has_gtin.then(|| gtin(number, family.variants.len())),
                mpn: mpn.clone(),
                pictures: pictures.clone(),
            });
        }
    }
    family
}

fn option(name: &str, values: impl Iterator<Item = String>) -> ProductOption {
    ProductOption { name: text(name), values: values.map(|value| text(&value)).collect() }
}

fn choices(options: &[ProductOption], values: &[String]) -> Vec<Choice> {
    let choice = |(option, value): (&ProductOption, &String)| Choice {
        name: text::<OptionName>(option.name.as_str()),
        value: text::<OptionValue>(value),
    };
    options.iter().zip(values).map(choice).collect()
}

/// The name of a paint as shoppers read it: `Forest`.
fn capital(colour: &str) -> String {
    let (first, rest) = colour.split_at(1);
    first.to_uppercase() + rest
}

/// `D0000012-FOREST-M`.
fn sku(id: &str, values: &[String]) -> String {
    let parts = values.iter().map(|value| hyphenate(value).to_uppercase());
    std::iter::once(id.to_owned()).chain(parts).collect::<Vec<_>>().join("-")
}

struct Drawings<'a> {
    motif: &'a str,
    seed: u32,
    views: u8,
}

impl Drawings<'_> {
    fn of(&self, colour: &str) -> Vec<Picture> {
        let (motif, colour): (Slug, Slug) = (text(self.motif), text(colour));
        (0..self.views)
            .map(|view| {
                Picture::Drawn(DrawnPicture { motif: motif.clone(), colour: colour.clone(), seed: self.seed, view })
            })
            .collect()
    }
}

/// The price of a product before its sizes are considered.
struct PriceTag {
    pence: u32,
    ending_pence: u32,
    /// How much dearer it was before, in percent, where it is reduced.
    reduced_percent: Option<u32>,
}

impl PriceTag {
    /// Most things on a shelf are near its cheap end.
    fn draw(shelf: &Shelf, dice: &mut Dice) -> Self {
        let (lowest, highest) = (shelf.pounds.0 * 100, shelf.pounds.1 * 100);
        let along = dice.below(1_000).min(dice.below(1_000));
        Self {
            pence: lowest + (highest - lowest) * along / 1_000,
            ending_pence: dice.pick(&[0, 0, 50, 95, 95, 99, 99, 99]),
            reduced_percent: dice.happens(18).then(|| dice.between(12, 45)),
        }
    }

    fn price(&self, dearer_percent: u32) -> Price {
        let pence = self.ended(self.pence + self.pence * dearer_percent / 100);
        sure(Price::try_from(Money::new(pence.into(), Currency::GBP)))
    }

    fn list_price(&self, dearer_percent: u32) -> Option<Price> {
        let now = self.pence + self.pence * dearer_percent / 100;
        let before = self.ended(now + now * self.reduced_percent? / 100);
        let price = sure(Price::try_from(Money::new(before.into(), Currency::GBP)));
        (price.minor_units() > self.price(dearer_percent).minor_units()).then_some(price)
    }

    /// Prices as shops write them: 4.50, 18.99, 129.00, 449.00.
    fn ended(&self, pence: u32) -> u32 {
        match pence {
            0..10_000 => (pence / 100).max(1) * 100 + self.ending_pence,
            10_000..40_000 => pence / 100 * 100 + if self.ending_pence == 99 { 99 } else { 0 },
            _ => pence / 1_000 * 1_000 + if self.ending_pence >= 95 { 900 } else { 500 },
        }
    }
}

/// A number that no maker was given: GS1 leaves those that begin with 2 to shops themselves.
fn gtin(number: u32, variant: usize) -> Gtin {
    let digits = format!("20{:010}", u64::from(number) * MAX_VARIANTS as u64 + variant as u64);
    let weighted: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    text(&format!("{digits}{}", (10 - weighted % 10) % 10))
}

fn model_number(id: &str, dice: &mut Dice) -> Mpn {
    let letter = |dice: &mut Dice| dice.pick(&['A', 'B', 'C', 'E', 'H', 'K', 'M', 'R', 'S', 'T', 'V', 'X']);
    let (first, second) = (letter(dice), letter(dice));
    text(&format!("{first}{second}-{}{}", &id[4..], dice.below(10)))
}

/// Units on hand: one variant in fourteen is sold out, some are nearly.
fn stock(dice: &mut Dice) -> u32 {
    match dice.below(28) {
        0 | 1 => 0,
        2..=4 => dice.between(1, 5),
        5..=12 => dice.between(6, 24),
        _ => dice.between(25, 400),
    }
}
