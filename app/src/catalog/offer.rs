//! What a product page offers to choose from.

use std::collections::HashMap;

use domain::catalog::{Choice, OptionValue, Paint, Picture, Product, ProductOption, Sku, Slug, Variant};
use domain::inventory::{Availability, AvailableUnits};
use domain::pricing::Price;

use super::gallery::{GALLERY_PICTURES, Shot};
use crate::address::encoded;

/// All variants of a product, ready to be shown one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub options: Vec<OptionGroup>,
    pub offers: Vec<Offer>,
    /// The pictures of the offers; offers that look the same share them.
    pub galleries: Vec<Vec<Shot>>,
}

/// What can be chosen, such as the colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionGroup {
    pub name: String,
    pub values: Vec<OptionChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionChoice {
    pub value: String,
    /// Where the value is a colour.
    pub paint: Option<Paint>,
}

/// One variant as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub sku: Sku,
    pub price: Price,
    pub list_price: Option<Price>,
    pub available: AvailableUnits,
    /// The place of the chosen value of each option.
    pub chosen: Vec<usize>,
    /// For each value of each option, the place of the offer that choosing it leads to.
    pub leads_to: Vec<Vec<usize>>,
    /// The place of its gallery.
    pub gallery: usize,
}

impl Offer {
    pub fn availability(&self) -> Availability {
        self.available.into()
    }

    pub fn is_sold_out(&self) -> bool {
        self.availability() == Availability::SoldOut
    }

    /// The query that asks for this offer on its product's page.
    pub fn query(&self) -> String {
        format!("?sku={}", encoded(self.sku.as_str()))
    }
}

/// What a product offers with the stock of now.
pub(super) fn choices_of(product: &Product, available: &HashMap<Sku, AvailableUnits>) -> Choices {
    let mut looks: Vec<Vec<&Picture>> = Vec::new();
    let mut offers = Vec::with_capacity(product.variants.len());
    for variant in &product.variants {
        let look = look_of(product, variant);
        let gallery = looks.iter().position(|known| *known == look).unwrap_or_else(|| {
            looks.push(look);
            looks.len() - 1
        });
        offers.push(Offer {
            sku: variant.sku.clone(),
            price: variant.price,
            list_price: variant.list_price,
            available: available.get(&variant.sku).copied().unwrap_or_default(),
            chosen: variant
                .choices
                .iter()
                .zip(&product.options)
                .map(|(choice, option)| place(option, choice))
                .collect(),
            leads_to: product.options.iter().map(|option| ways(product, variant, option)).collect(),
            gallery,
        });
    }
    let options = product.options.iter().map(|option| group(product, option)).collect();
    let galleries = looks.into_iter().map(|look| shots(product, &look)).collect();
    Choices { options, offers, galleries }
}

fn look_of<'a>(product: &'a Product, variant: &'a Variant) -> Vec<&'a Picture> {
    let mut look = product.pictures_of(variant);
    look.truncate(GALLERY_PICTURES);
    look
}

fn place(option: &ProductOption, choice: &Choice) -> usize {
    option.values.iter().position(|value| *value == choice.value).unwrap_or_default()
}

fn ways(product: &Product, from: &Variant, option: &ProductOption) -> Vec<usize> {
    let lead = |value: &OptionValue| {
        let wanted = Choice { name: option.name.clone(), value: value.clone() };
        // A value that no variant has leads to where the shopper is.
        let to = product.choose(from, &wanted).unwrap_or(from);
        product.variants.iter().position(|variant| variant.sku == to.sku).unwrap_or_default()
    };
    option.values.iter().map(lead).collect()
}

/// An option is painted where each of its values has one colour and the colours differ.
fn group(product: &Product, option: &ProductOption) -> OptionGroup {
    let colours: Vec<Option<&Slug>> = option.values.iter().map(|value| colour_of(product, option, value)).collect();
    let differ =
        colours.iter().enumerate().all(|(place, colour)| colour.is_some() && !colours[..place].contains(colour));
    let is_painted = differ && colours.len() > 1;
    let values = option.values.iter().zip(&colours).map(|(value, colour)| OptionChoice {
        value: value.to_string(),
        paint: colour.filter(|_| is_painted).and_then(|colour| Paint::named(colour.as_str())),
    });
    OptionGroup { name: option.name.to_string(), values: values.collect() }
}

/// The one colour of all variants with a value.
fn colour_of<'a>(product: &'a Product, option: &ProductOption, value: &OptionValue) -> Option<&'a Slug> {
    let has_value =
        |variant: &&Variant| variant.choices.iter().any(|choice| choice.name == option.name && choice.value == *value);
    let mut colours = product.variants.iter().filter(has_value).map(|variant| match variant.pictures.first() {
        Some(Picture::Drawn(drawn)) => Some(&drawn.colour),
        _ => None,
    });
    let first = colours.next()??;
    colours.all(|colour| colour == Some(first)).then_some(first)
}

/// Pictures with what they show: the product, in the choices that all variants of this look share.
fn shots(product: &Product, look: &[&Picture]) -> Vec<Shot> {
    let mut alike = product.variants.iter().filter(|variant| look_of(product, variant) == look);
    let mut shared: Vec<&Choice> = alike.next().map(|first| first.choices.iter().collect()).unwrap_or_default();
    for variant in alike {
        shared.retain(|choice| variant.choices.contains(choice));
    }
    let values: Vec<&str> = shared.iter().map(|choice| choice.value.as_str()).collect();
    let subject = if values.is_empty() {
        product.title.to_string()
    } else {
        format!("{} in {}", product.title, values.join(", "))
    };
    let shot = |(place, picture): (usize, &&Picture)| Shot {
        src: picture.src(),
        alt: if place == 0 { subject.clone() } else { format!("{subject}, picture {}", place + 1) },
    };
    look.iter().enumerate().map(shot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalog::ProductDraft;

    fn variant(sku: &str, colour: &str, size: &str) -> Variant {
        let choice = |name: &str, value: &str| Choice { name: name.parse().unwrap(), value: value.parse().unwrap() };
        Variant {
            sku: sku.parse().unwrap(),
            choices: vec![choice("Colour", colour), choice("Size", size)],
            price: "10 GBP".parse().unwrap(),
            list_price: None,
            gtin: None,
            mpn: None,
            pictures: vec![Picture::Drawn(format!("mug.{}.1.0", colour.to_lowercase()).parse().unwrap())],
        }
    }

    fn mug() -> Product {
        let option = |name: &str, values: [&str; 2]| ProductOption {
            name: name.parse().unwrap(),
            values: values.iter().map(|value| value.parse().unwrap()).collect(),
        };
        let draft = ProductDraft {
            id: "mug".parse().unwrap(),
            slug: "mug".parse().unwrap(),
            title: "Mug".parse().unwrap(),
            description: None,
            brand: None,
            category: "kitchen".parse().unwrap(),
            attributes: vec![],
            options: vec![option("Colour", ["Moss", "Clay"]), option("Size", ["S", "L"])],
            variants: vec![
                variant("moss-s", "Moss", "S"),
                variant("moss-l", "Moss", "L"),
                variant("clay-s", "Clay", "S"),
            ],
            pictures: vec![],
            rating: None,
            added_at: jiff::Timestamp::UNIX_EPOCH,
            withdrawn: false,
        };
        draft.try_into().unwrap()
    }

    #[test]
    fn a_choice_leads_where_the_catalog_says() {
        let choices = choices_of(&mug(), &HashMap::from([("moss-s".parse().unwrap(), AvailableUnits(3))]));
        let [moss_s, moss_l, clay_s] = choices.offers.as_slice() else { panic!("three variants") };
        assert_eq!(moss_s.leads_to, [[0, 2], [0, 1]]);
        assert_eq!(moss_l.leads_to, [[1, 2], [0, 1]]);
        assert!(!moss_s.is_sold_out());
        assert!(clay_s.is_sold_out());
    }

    #[test]
    fn only_the_option_that_changes_the_colour_is_painted() {
        let choices = choices_of(&mug(), &HashMap::new());
        assert!(choices.options[0].values.iter().all(|value| value.paint.is_some()));
        assert!(choices.options[1].values.iter().all(|value| value.paint.is_none()));
    }

    #[test]
    fn offers_that_look_the_same_share_a_gallery() {
        let choices = choices_of(&mug(), &HashMap::new());
        assert_eq!(choices.offers.iter().map(|offer| offer.gallery).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(choices.galleries[0][0].alt, "Mug in Moss");
        assert_eq!(choices.galleries[1][0].alt, "Mug in Clay, S");
    }
}
