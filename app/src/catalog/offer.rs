//! What a product page offers to choose from, small enough to travel with the page.

use domain::catalog::Sku;
use domain::inventory::AvailableUnits;
use domain::pricing::Price;
use serde::{Deserialize, Serialize};

use crate::address::encoded;

/// A place in one of the lists of [`Choices`].
pub type Index = u16;

/// All variants of a product, ready to be shown one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub options: Vec<OptionGroup>,
    pub offers: Vec<Offer>,
    pub pictures: Vec<Shot>,
}

/// What can be chosen, such as the colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionGroup {
    pub name: String,
    pub values: Vec<OptionChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionChoice {
    pub value: String,
    /// Where the value is a colour: its sRGB value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paint: Option<String>,
}

/// One variant as it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub sku: Sku,
    pub price: Price,
    pub list_price: Option<Price>,
    pub available: AvailableUnits,
    /// The chosen value of each option.
    pub chosen: Vec<Index>,
    /// For each value of each option, the offer that choosing it leads to.
    pub leads_to: Vec<Vec<Index>>,
    pub pictures: Vec<Index>,
}

/// A picture of the product with what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    pub src: String,
    pub alt: String,
}

impl Offer {
    pub const fn is_sold_out(&self) -> bool {
        self.available.0 == 0
    }

    /// The query that asks for this offer on its product's page.
    pub fn query(&self) -> String {
        format!("?sku={}", encoded(self.sku.as_str()))
    }

    /// Whether `other` differs in nothing but one option: the combination was really wanted.
    pub fn keeps_all_but(&self, other: &Self, option: usize) -> bool {
        let same = |(place, (mine, theirs)): (usize, (&Index, &Index))| place == option || mine == theirs;
        self.chosen.iter().zip(&other.chosen).enumerate().all(same)
    }
}

#[cfg(feature = "ssr")]
pub use make::choices_of;

#[cfg(feature = "ssr")]
mod make {
    use std::collections::HashMap;

    use domain::catalog::{Choice, Picture, Product, ProductOption, Sku, Slug, Variant};
    use domain::inventory::AvailableUnits;

    use super::super::gallery::GALLERY_PICTURES;
    use super::super::paint::paint;
    use super::{Choices, Index, Offer, OptionChoice, OptionGroup, Shot};

    /// What a product offers with the stock of now.
    pub fn choices_of(product: &Product, available: &HashMap<Sku, AvailableUnits>) -> Choices {
        let mut shots = Shots { product, known: Vec::new() };
        let offers = product.variants.iter().map(|variant| Offer {
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
            pictures: shots.of(variant),
        });
        let offers = offers.collect();
        let options = product.options.iter().map(|option| group(product, option)).collect();
        Choices { options, offers, pictures: shots.known.into_iter().map(|(_, shot)| shot).collect() }
    }

    fn index(place: usize) -> Index {
        // A product has far fewer variants, values and pictures than an index can count.
        Index::try_from(place).unwrap_or(Index::MAX)
    }

    fn place(option: &ProductOption, choice: &Choice) -> Index {
        index(option.values.iter().position(|value| *value == choice.value).unwrap_or_default())
    }

    fn ways(product: &Product, from: &Variant, option: &ProductOption) -> Vec<Index> {
        let lead = |value: &domain::catalog::OptionValue| {
            let wanted = Choice { name: option.name.clone(), value: value.clone() };
            // A value that no variant has leads to where the shopper is.
            let to = product.choose(from, &wanted).unwrap_or(from);
            index(product.variants.iter().position(|variant| variant.sku == to.sku).unwrap_or_default())
        };
        option.values.iter().map(lead).collect()
    }

    /// An option is painted where each of its values has one colour and the colours differ.
    fn group(product: &Product, option: &ProductOption) -> OptionGroup {
        let colours: Vec<Option<&Slug>> = option.values.iter().map(|value| colour_of(product, option, value)).collect();
        let differ =
            colours.iter().enumerate().all(|(place, colour)| colour.is_some() && !colours[..place].contains(colour));
        let painted = differ && colours.len() > 1;
        let values = option.values.iter().zip(&colours).map(|(value, colour)| OptionChoice {
            value: value.to_string(),
            paint: colour.filter(|_| painted).and_then(paint).map(str::to_owned),
        });
        OptionGroup { name: option.name.to_string(), values: values.collect() }
    }

    /// The one colour of all variants with a value.
    fn colour_of<'a>(
        product: &'a Product,
        option: &ProductOption,
        value: &domain::catalog::OptionValue,
    ) -> Option<&'a Slug> {
        let with_value = |variant: &&Variant| {
            variant.choices.iter().any(|choice| choice.name == option.name && choice.value == *value)
        };
        let mut colours = product.variants.iter().filter(with_value).map(|variant| match variant.pictures.first() {
            Some(Picture::Drawn(drawn)) => Some(&drawn.colour),
            _ => None,
        });
        let first = colours.next()??;
        colours.all(|colour| colour == Some(first)).then_some(first)
    }

    /// Each picture once, however many variants share it.
    struct Shots<'a> {
        product: &'a Product,
        known: Vec<(&'a Picture, Shot)>,
    }

    impl<'a> Shots<'a> {
        fn of(&mut self, variant: &'a Variant) -> Vec<Index> {
            let pictures = self.product.pictures_of(variant);
            let shown = pictures.into_iter().take(GALLERY_PICTURES).enumerate();
            shown.map(|(place, picture)| self.index_of(picture, variant, place)).collect()
        }

        fn index_of(&mut self, picture: &'a Picture, variant: &Variant, place: usize) -> Index {
            if let Some(known) = self.known.iter().position(|(other, _)| *other == picture) {
                return index(known);
            }
            let label = variant.label();
            let own = variant.pictures.contains(picture) && !label.is_empty();
            let subject =
                if own { format!("{} in {label}", self.product.title) } else { self.product.title.to_string() };
            let alt = if place == 0 { subject } else { format!("{subject}, picture {}", place + 1) };
            self.known.push((picture, Shot { src: picture.src(), alt }));
            index(self.known.len() - 1)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use domain::catalog::ProductDraft;

        fn variant(sku: &str, colour: &str, size: &str) -> Variant {
            let choice =
                |name: &str, value: &str| Choice { name: name.parse().unwrap(), value: value.parse().unwrap() };
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
            assert!(moss_s.keeps_all_but(clay_s, 0));
            assert!(!moss_l.keeps_all_but(clay_s, 0));
            assert!(!moss_s.is_sold_out());
            assert!(clay_s.is_sold_out());
        }

        #[test]
        fn only_the_option_that_changes_the_colour_is_painted() {
            let choices = choices_of(&mug(), &HashMap::new());
            assert!(choices.options[0].values.iter().all(|value| value.paint.is_some()));
            assert!(choices.options[1].values.iter().all(|value| value.paint.is_none()));
            assert_eq!(choices.pictures.len(), 2);
            assert_eq!(choices.pictures[1].alt, "Mug in Clay, S");
        }
    }
}
