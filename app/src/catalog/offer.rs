//! What a product page offers to choose from.

use std::collections::HashMap;

use domain::catalog::{Choice, OptionValue, Paint, Picture, Product, ProductOption, Sku, Slug, Variant};
use domain::inventory::{Availability, OnSale};
use domain::pricing::Price;
use domain::text::encoded;

use super::gallery::{GALLERY_PICTURES, Shot};

/// All variants of a product, ready to be shown one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub options: Vec<OptionGroup>,
    /// One for each variant, in the product's order; then one for each look, whose fit is still to be
    /// chosen.
    pub offers: Vec<Offer>,
    /// The place of the option that the shopper must choose ([`Product::fit`]).
    pub fit: Option<usize>,
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

/// One variant as it is offered, or all fits of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Of the variant, or of the one that stands for the look.
    pub sku: Sku,
    /// What was chosen, in a line.
    pub label: String,
    /// The lowest of the look.
    pub price: Price,
    pub list_price: Option<Price>,
    /// Of a look, of the fit that there is most of.
    pub on_sale: OnSale,
    /// Of a look whose fit is still to be chosen.
    pub open: Option<OpenFit>,
    /// The place of the chosen value of each option; nothing where it is still to be chosen.
    pub chosen: Vec<Option<usize>>,
    /// For each value of each option, the place of the offer that choosing it leads to.
    pub leads_to: Vec<Vec<usize>>,
    /// The place of its gallery.
    pub gallery: usize,
}

/// The fits of a look together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenFit {
    /// Dearer ones exist.
    pub price_varies: bool,
    pub in_stock: usize,
    pub of: usize,
}

impl Offer {
    pub fn availability(&self) -> Availability {
        self.on_sale.availability()
    }

    pub fn is_sold_out(&self) -> bool {
        self.availability() == Availability::SoldOut
    }

    /// The field that asks for this offer, on its product's page and in the form that buys it.
    pub const fn field(&self) -> &'static str {
        if self.open.is_some() { "look" } else { "sku" }
    }

    /// The query that asks for this offer on its product's page.
    pub fn query(&self) -> String {
        format!("?{}={}", self.field(), encoded(self.sku.as_str()))
    }
}

impl Choices {
    /// The place of the offer of a SKU: its own or, `openly`, the one of its look.
    pub fn place(&self, sku: &Sku, openly: bool) -> Option<usize> {
        let whole = self.offers.iter().position(|offer| offer.sku == *sku && offer.open.is_none())?;
        if openly { self.look_of(whole).or(Some(whole)) } else { Some(whole) }
    }

    /// The place of the look of an offer; `None` where there is no fit to choose.
    fn look_of(&self, place: usize) -> Option<usize> {
        let fit = self.fit?;
        let mut look = self.offers.get(place)?.chosen.clone();
        *look.get_mut(fit)? = None;
        self.offers.iter().position(|offer| offer.chosen == look)
    }

    /// What to say to somebody who has not chosen: `Choose a size`.
    pub fn ask(&self) -> Option<String> {
        let name = self.options.get(self.fit?)?.name.to_lowercase();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        Some(format!("Choose {article} {name}"))
    }
}

/// What a product offers with the stock of now.
pub(super) fn choices_of(product: &Product, on_sale: &HashMap<Sku, OnSale>) -> Choices {
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
            label: variant.label(),
            price: variant.price,
            list_price: variant.list_price,
            on_sale: on_sale.get(&variant.sku).copied().unwrap_or_default(),
            open: None,
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
    let mut choices = Choices { options, offers, fit: product.fit(), galleries };
    add_looks(&mut choices);
    choices
}

/// Adds an offer for each look of a product whose fit is to be chosen.
fn add_looks(choices: &mut Choices) {
    let Some(fit) = choices.fit else { return };
    let variants = choices.offers.len();
    for place in 0..variants {
        if choices.look_of(place).is_none() {
            let look = look(&choices.offers[..variants], place, fit);
            choices.offers.push(look);
        }
    }
    // Only now every look has a place: choosing a colour keeps the fit open.
    for place in variants..choices.offers.len() {
        let mut ways = choices.offers[place].leads_to.clone();
        for (_, ways) in ways.iter_mut().enumerate().filter(|(option, _)| *option != fit) {
            for to in ways {
                *to = choices.look_of(*to).unwrap_or(*to);
            }
        }
        choices.offers[place].leads_to = ways;
    }
}

/// The look of an offer, as the one to show of all its fits.
fn look(offers: &[Offer], of: usize, fit: usize) -> Offer {
    let is_alike = |other: &&Offer| {
        let mut places = offers[of].chosen.iter().zip(&other.chosen).enumerate();
        places.all(|(option, (mine, theirs))| option == fit || mine == theirs)
    };
    let alike: Vec<&Offer> = offers.iter().filter(is_alike).collect();
    let mut in_stock: Vec<&Offer> = alike.iter().copied().filter(|offer| !offer.is_sold_out()).collect();
    let count = in_stock.len();
    // What is there counts before what is not there yet.
    let most = in_stock.iter().map(|offer| offer.on_sale).max_by_key(|most| (most.on_shelf(), most.available));
    if in_stock.is_empty() {
        in_stock.clone_from(&alike);
    }
    // The look of an offer has at least that offer.
    let first = in_stock.first().map_or(&offers[of], |first| *first);
    let cheapest = in_stock.iter().min_by_key(|offer| offer.price.minor_units()).map_or(first, |offer| *offer);
    let price_varies = in_stock.iter().any(|offer| offer.price != cheapest.price);
    let mut chosen = first.chosen.clone();
    chosen[fit] = None;
    Offer {
        label: String::new(),
        price: cheapest.price,
        list_price: cheapest.list_price,
        on_sale: most.unwrap_or_default(),
        open: Some(OpenFit { price_varies, in_stock: count, of: alike.len() }),
        chosen,
        ..first.clone()
    }
}

fn look_of<'a>(product: &'a Product, variant: &'a Variant) -> Vec<&'a Picture> {
    let mut look = product.pictures_of(variant);
    look.truncate(GALLERY_PICTURES);
    look
}

fn place(option: &ProductOption, choice: &Choice) -> Option<usize> {
    option.values.iter().position(|value| *value == choice.value)
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
    use domain::catalog::{ProductDraft, Seller};
    use domain::inventory::AvailableUnits;
    use domain::pricing::tax::TaxClass;

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
            seller: Seller::default(),
            category: "kitchen".parse().unwrap(),
            tax_class: TaxClass::Standard,
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
        let choices = choices_of(&mug(), &HashMap::from([("moss-s".parse().unwrap(), AvailableUnits(3).into())]));
        let [moss_s, moss_l, clay_s, moss, clay] = choices.offers.as_slice() else { panic!("{choices:?}") };
        assert_eq!(moss_s.leads_to, [[0, 2], [0, 1]]);
        assert_eq!(moss_l.leads_to, [[1, 2], [0, 1]]);
        assert!(!moss_s.is_sold_out() && !moss.is_sold_out());
        assert!(clay_s.is_sold_out() && clay.is_sold_out());
        // Without a size the colours lead to colours, and the sizes to what can be bought.
        assert_eq!((&moss.leads_to, &clay.leads_to), (&vec![vec![3, 4], vec![0, 1]], &vec![vec![3, 4], vec![2, 1]]));
        assert_eq!((moss.query().as_str(), moss_l.query().as_str()), ("?look=moss-s", "?sku=moss-l"));
    }

    #[test]
    fn a_look_costs_what_its_cheapest_fit_in_stock_costs() {
        let mut draft = domain::catalog::ProductDraft::from(mug());
        draft.variants[0].price = "8 GBP".parse().unwrap();
        draft.variants[1].price = "12 GBP".parse().unwrap();
        let mug: Product = draft.try_into().unwrap();
        let moss = |stock: &[(&str, u32)]| {
            let stock =
                stock.iter().map(|(sku, units)| (sku.parse().unwrap(), AvailableUnits(*units).into())).collect();
            let choices = choices_of(&mug, &stock);
            let moss = choices.place(&"moss-l".parse().unwrap(), true).unwrap();
            let offer = &choices.offers[moss];
            (offer.price.to_string(), offer.open.unwrap())
        };
        let open = |price_varies, in_stock| OpenFit { price_varies, in_stock, of: 2 };
        assert_eq!(moss(&[("moss-s", 1), ("moss-l", 1)]), ("£8.00".to_owned(), open(true, 2)));
        assert_eq!(moss(&[("moss-l", 1)]), ("£12.00".to_owned(), open(false, 1)));
        assert_eq!(moss(&[]), ("£8.00".to_owned(), open(true, 0)));
    }

    #[test]
    fn what_must_fit_is_asked_for() {
        let choices = choices_of(&mug(), &HashMap::new());
        assert_eq!((choices.fit, choices.ask().as_deref()), (Some(1), Some("Choose a size")));
        assert_eq!(choices.place(&"clay-s".parse().unwrap(), false), Some(2));
        assert_eq!(choices.place(&"clay-s".parse().unwrap(), true), Some(4));
        assert_eq!(choices.place(&"unknown".parse().unwrap(), true), None);
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
        assert_eq!(choices.offers.iter().map(|offer| offer.gallery).collect::<Vec<_>>(), [0, 0, 1, 0, 1]);
        assert_eq!(choices.galleries[0][0].alt, "Mug in Moss");
        assert_eq!(choices.galleries[1][0].alt, "Mug in Clay, S");
    }
}
