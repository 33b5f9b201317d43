use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{AttributeName, AttributeText, Brand, Category, DrawnPicture, Picture, Rating, Seller};
use super::{
    Filters, LeastStars, ListRequest, MAX_ATTRIBUTE_FACETS, MAX_FACET_VALUES, PAGE_CARDS, PageNumber, PriceHistogram,
    ProductCard, Sort, StarCount, scale,
};
use crate::pricing::Price;

/// One page of a list, with what it can be narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    pub cards: Vec<ProductCard>,
    /// Products on all pages together.
    pub total: u32,
    pub pages: u32,
    pub page: PageNumber,
    pub facets: Vec<Facet>,
    /// The shelves of the products, from the top down to the chosen one and one step below it; of a
    /// search only, for a shelf has links to those below.
    pub categories: Vec<CategoryCount>,
    /// The lowest and the highest price before the price filter.
    pub price_range: Option<(Price, Price)>,
    /// Products by price, before the price filter.
    pub prices: PriceHistogram,
    pub stars: Vec<StarCount>,
    /// Products in stock, before that filter.
    pub in_stock: u32,
    /// Products that are delivered for nothing, before that filter.
    pub free_delivery: u32,
}

/// A shelf with the number of products that it would show, itself and all below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCount {
    pub category: Category,
    pub count: u32,
    /// The chosen one, or one above it.
    pub chosen: bool,
}

/// What a facet narrows by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FacetKind {
    Brand,
    Seller,
    Attribute { name: AttributeName },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    pub kind: FacetKind,
    pub values: Vec<FacetValue>,
}

/// A value with the number of products that it would show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: AttributeText,
    pub count: u32,
    pub chosen: bool,
}

/// Answers a request over all cards of a shelf, which come in the shelf's own (featured) order.
/// A page past the end is answered with no cards, so that its address can say "not found".
pub fn answer<C: Borrow<ProductCard>>(shelf: &[C], request: &ListRequest) -> ListPage {
    let cards = || shelf.iter().map(Borrow::borrow);
    let filters = &request.filters;
    let mut found: Vec<&ProductCard> = cards().filter(|card| admits(card, filters, None)).collect();
    sort(&mut found, request.sort);

    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let skipped = (request.page.get() - 1).saturating_mul(PAGE_CARDS);
    ListPage {
        cards: found
            .into_iter()
            .skip(skipped as usize)
            .take(PAGE_CARDS as usize)
            .map(|card| in_chosen_colour(card, filters))
            .collect(),
        total,
        pages: total.div_ceil(PAGE_CARDS).max(1),
        page: request.page,
        facets: facets(shelf, filters),
        categories: Vec::new(),
        price_range: price_range(cards().filter(|card| admits(card, filters, Some(Ignored::Price)))),
        prices: PriceHistogram::of_prices(
            cards().filter(|card| admits(card, filters, Some(Ignored::Price))).map(|card| card.price),
        ),
        stars: stars(cards().filter(|card| admits(card, filters, Some(Ignored::Stars))), filters),
        in_stock: count(cards().filter(|card| card.in_stock && admits(card, filters, Some(Ignored::Stock)))),
        free_delivery: count(
            cards().filter(|card| card.has_free_delivery() && admits(card, filters, Some(Ignored::Delivery))),
        ),
    }
}

fn count<'a>(cards: impl Iterator<Item = &'a ProductCard>) -> u32 {
    u32::try_from(cards.count()).unwrap_or(u32::MAX)
}

/// What a list can be narrowed to by rating: only what leaves something, and something out.
fn stars<'a>(cards: impl Iterator<Item = &'a ProductCard>, filters: &Filters) -> Vec<StarCount> {
    let ratings: Vec<Option<Rating>> = cards.map(|card| card.rating).collect();
    let counted = LeastStars::OFFERED.into_iter().map(|least| {
        let fitting = ratings.iter().filter(|rating| least.admits(**rating)).count();
        let chosen = filters.least_stars == Some(least);
        StarCount { least, count: u32::try_from(fitting).unwrap_or(u32::MAX), chosen }
    });
    counted.filter(|stars| stars.chosen || (stars.count > 0 && (stars.count as usize) < ratings.len())).collect()
}

/// A card with the picture of a colour that was asked for: who looks for green lamps is shown them
/// in green. A seller's own picture stays, for nobody knows another one.
fn in_chosen_colour(card: &ProductCard, filters: &Filters) -> ProductCard {
    let mut card = card.clone();
    let is_chosen =
        |words: &str| filters.attributes.values().flatten().any(|value| value.as_str().eq_ignore_ascii_case(words));
    let swatch = card.swatches.iter().find(|swatch| is_chosen(swatch.value.as_str()));
    if let (Some(swatch), Some(Picture::Drawn(drawn))) = (swatch, &card.picture) {
        card.picture = Some(Picture::Drawn(DrawnPicture { colour: swatch.colour.clone(), ..drawn.clone() }));
    }
    card
}

/// The facet whose own filter does not count.
#[derive(Clone, Copy, PartialEq)]
enum Ignored<'a> {
    Price,
    Stars,
    Stock,
    Delivery,
    Brand,
    Seller,
    Attribute(&'a AttributeName),
}

fn admits(card: &ProductCard, filters: &Filters, ignored: Option<Ignored<'_>>) -> bool {
    let (minor_units, currency) = (card.price.minor_units(), card.price.currency());
    let price_fits = ignored == Some(Ignored::Price)
        || (filters.price_from.is_none_or(|from| minor_units >= from.rounded_up(currency).minor_units())
            && filters.price_to.is_none_or(|to| minor_units <= to.rounded_down(currency).minor_units()));
    let brand_fits = ignored == Some(Ignored::Brand)
        || filters.brands.is_empty()
        || card.brand.as_ref().is_some_and(|brand| filters.brands.contains(brand));
    let seller_fits =
        ignored == Some(Ignored::Seller) || filters.sellers.is_empty() || filters.sellers.contains(&card.seller);
    let stars_fit =
        ignored == Some(Ignored::Stars) || filters.least_stars.is_none_or(|least| least.admits(card.rating));
    price_fits
        && brand_fits
        && seller_fits
        && stars_fit
        && filters.category.as_ref().is_none_or(|category| card.category.is_within(category))
        && (card.in_stock || !filters.in_stock_only || ignored == Some(Ignored::Stock))
        && (!filters.free_delivery_only || ignored == Some(Ignored::Delivery) || card.has_free_delivery())
        && filters.attributes.iter().all(|(name, values)| {
            ignored == Some(Ignored::Attribute(name))
                || card.facts.iter().any(|(fact, value)| fact == name && values.contains(value))
        })
}

fn sort(found: &mut [&ProductCard], order: Sort) {
    match order {
        Sort::Featured | Sort::BestSelling => {}
        Sort::PriceAscending => found.sort_by_key(|card| card.price.minor_units()),
        Sort::PriceDescending => found.sort_by_key(|card| std::cmp::Reverse(card.price.minor_units())),
        Sort::Rating => found.sort_by_key(|card| std::cmp::Reverse(card.rating.map(Rating::trusted_hundredths))),
        Sort::Newest => found.sort_by_key(|card| std::cmp::Reverse(card.added_at)),
    }
}

fn price_range<'a>(cards: impl Iterator<Item = &'a ProductCard>) -> Option<(Price, Price)> {
    cards.map(|card| card.price).fold(None, |range, price| {
        let (lowest, highest) = range.unwrap_or((price, price));
        Some((
            if price.minor_units() < lowest.minor_units() { price } else { lowest },
            if price.minor_units() > highest.minor_units() { price } else { highest },
        ))
    })
}

fn facets<C: Borrow<ProductCard>>(shelf: &[C], filters: &Filters) -> Vec<Facet> {
    let mut brands: BTreeMap<&Brand, u32> = BTreeMap::new();
    let mut sellers: BTreeMap<&Seller, u32> = BTreeMap::new();
    let mut attributes: BTreeMap<&AttributeName, BTreeMap<&AttributeText, u32>> = BTreeMap::new();
    for card in shelf.iter().map(Borrow::borrow) {
        if let Some(brand) = card.brand.as_ref().filter(|_| admits(card, filters, Some(Ignored::Brand))) {
            *brands.entry(brand).or_default() += 1;
        }
        if admits(card, filters, Some(Ignored::Seller)) {
            *sellers.entry(&card.seller).or_default() += 1;
        }
        for (name, value) in &card.facts {
            if admits(card, filters, Some(Ignored::Attribute(name))) {
                *attributes.entry(name).or_default().entry(value).or_default() += 1;
            }
        }
    }
    let brand_values = brands.into_iter().filter_map(|(brand, count)| {
        let value = brand.as_str().parse().ok()?;
        Some(FacetValue { value, count, chosen: filters.brands.contains(brand) })
    });
    let mut facets: Vec<Facet> = Facet::offered(FacetKind::Brand, brand_values.collect()).into_iter().collect();

    let mut by_reach: Vec<((bool, u32), Facet)> = attributes
        .into_iter()
        .filter_map(|(name, values)| {
            let chosen = filters.attributes.get(name);
            let reach = values.values().sum();
            let values = values.into_iter().map(|(value, count)| FacetValue {
                value: value.clone(),
                count,
                chosen: chosen.is_some_and(|chosen| chosen.contains(value)),
            });
            let offered = Facet::offered(FacetKind::Attribute { name: name.clone() }, values.collect())?;
            Some(((chosen.is_some(), reach), offered))
        })
        .collect();
    by_reach.sort_by_key(|(reach, _)| std::cmp::Reverse(*reach));
    facets.extend(by_reach.into_iter().take(MAX_ATTRIBUTE_FACETS).map(|(_, facet)| facet));
    let seller_values = sellers.into_iter().filter_map(|(seller, count)| {
        let value = seller.as_str().parse().ok()?;
        Some(FacetValue { value, count, chosen: filters.sellers.contains(seller) })
    });
    facets.extend(Facet::offered(FacetKind::Seller, seller_values.collect()));
    facets
}

impl Facet {
    /// A facet with something to choose: at least two values, or one that is chosen. Chosen ones and the most
    /// frequent are offered, in this order; sizes and numbers from the least up.
    pub fn offered(kind: FacetKind, mut values: Vec<FacetValue>) -> Option<Self> {
        if values.len() < 2 && !values.iter().any(|value| value.chosen) {
            return None;
        }
        values.sort_by_key(|value| (std::cmp::Reverse(value.chosen), std::cmp::Reverse(value.count)));
        values.truncate(MAX_FACET_VALUES);
        if matches!(kind, FacetKind::Attribute { .. }) {
            scale::ascend(&mut values);
        }
        Some(Self { kind, values })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    /// Products with an odd number are rated, the later ones better.
    fn card((number, price, brand, colour, in_stock): (usize, i64, usize, usize, bool)) -> ProductCard {
        let colour: AttributeText = ["Red", "Green", "Blue"][colour].parse().unwrap();
        ProductCard {
            id: format!("p{number}").parse().unwrap(),
            slug: format!("p{number}").parse().unwrap(),
            title: format!("Product {number}").parse().unwrap(),
            brand: Some(["Alma", "Borea", "Celeste"][brand].parse().unwrap()),
            seller: [Seller::default(), "Fell & Co".parse().unwrap(), "Vale".parse().unwrap()][number % 3].clone(),
            category: "all".parse().unwrap(),
            price: crate::pricing::Money::new(price, crate::pricing::Currency::GBP).try_into().unwrap(),
            price_varies: false,
            list_price: None,
            rating: u16::try_from(number * 5)
                .ok()
                .filter(|stars| stars % 2 == 1)
                .and_then(|s| Rating::new(100 + s, 1).ok()),
            picture: None,
            swatches: vec![],
            sole_sku: None,
            in_stock,
            added_at: Timestamp::UNIX_EPOCH,
            facts: vec![("Colour".parse().unwrap(), colour)],
        }
    }

    fn shelf() -> impl Strategy<Value = Vec<ProductCard>> {
        prop::collection::vec((1_i64..5_000, 0_usize..3, 0_usize..3, any::<bool>()), 0..80).prop_map(|rows| {
            rows.into_iter()
                .enumerate()
                .map(|(n, (price, brand, colour, stock))| card((n, price, brand, colour, stock)))
                .collect()
        })
    }

    fn request() -> impl Strategy<Value = ListRequest> {
        let brands = prop::sample::subsequence(vec!["Alma", "Borea", "Celeste"], 0..=2);
        let colours = prop::sample::subsequence(vec!["Red", "Green", "Blue"], 0..=2);
        let sellers = prop::sample::subsequence(vec!["store", "Fell & Co", "Vale"], 0..=2);
        let stars = prop::option::of((1_u8..=LeastStars::MAX).prop_map(|stars| LeastStars::try_from(stars).unwrap()));
        let chosen = (brands, colours, sellers);
        let flags = (any::<bool>(), prop::bool::weighted(0.2));
        (chosen, prop::option::of(1_u32..60), flags, stars, prop::sample::select(Sort::ALL.to_vec())).prop_map(
            |((brands, colours, sellers), to, (in_stock_only, free_delivery_only), stars, sort)| {
                let mut request = ListRequest { sort, ..ListRequest::default() }.filtered(|filters| {
                    filters.brands = brands.iter().map(|b| b.parse().unwrap()).collect();
                    filters
                        .attributes
                        .insert("Colour".parse().unwrap(), colours.iter().map(|c| c.parse().unwrap()).collect());
                    filters.price_to = to.map(|units| units.to_string().parse().unwrap());
                    filters.sellers = sellers.iter().map(|s| s.parse().unwrap()).collect();
                    filters.in_stock_only = in_stock_only;
                    filters.free_delivery_only = free_delivery_only;
                    filters.least_stars = stars;
                });
                request.sort = sort;
                request
            },
        )
    }

    #[test]
    fn a_price_is_compared_in_its_own_currency() {
        let shelf: Vec<ProductCard> = ["12.50 GBP", "1250 JPY", "12.505 KWD"]
            .iter()
            .zip(0..)
            .map(|(price, number)| ProductCard { price: price.parse().unwrap(), ..card((number, 1, 0, 0, true)) })
            .collect();
        let shown = |from: &str, to: &str| {
            let request = ListRequest::from_pairs([("price-from", from), ("price-to", to)]);
            answer(&shelf, &request).cards.iter().map(|card| card.price.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(shown("12.50", "12.5"), ["£12.50"]);
        assert_eq!(shown("12.501", "12.505"), ["KWD\u{a0}12.505"]);
        assert_eq!(shown("1250", "1250"), ["¥1,250"]);
        assert_eq!(shown("12.50", "").len(), 3);
    }

    #[test]
    fn a_list_of_one_colour_shows_that_colour() {
        let swatch = |value: &str, colour: &str| super::super::Swatch {
            value: value.parse().unwrap(),
            colour: colour.parse().unwrap(),
            sku: "lamp".parse().unwrap(),
        };
        let lamp = ProductCard {
            picture: Some(Picture::Drawn("desk-lamp.forest.7.0".parse().unwrap())),
            swatches: vec![swatch("Forest green", "forest"), swatch("Clay", "clay")],
            facts: vec![("Colour".parse().unwrap(), "Clay".parse().unwrap())],
            ..card((1, 1, 0, 0, true))
        };
        let shown = |pairs: &[(&str, &str)]| {
            let page = answer(std::slice::from_ref(&lamp), &ListRequest::from_pairs(pairs.iter().copied()));
            page.cards[0].picture.as_ref().map(Picture::src)
        };
        assert_eq!(shown(&[]).as_deref(), Some("/pictures/desk-lamp.forest.7.0.svg"));
        assert_eq!(shown(&[("is.Colour", "Clay")]).as_deref(), Some("/pictures/desk-lamp.clay.7.0.svg"));
    }

    #[test]
    fn so_many_values_and_attributes_are_offered_the_chosen_ones_first() {
        let brand =
            |number: usize, chosen| FacetValue { value: format!("Brand {number}").parse().unwrap(), count: 1, chosen };
        let offered = |count: usize| {
            let others = (1..count).map(|number| brand(number, false));
            Facet::offered(FacetKind::Brand, others.chain([brand(count, true)]).collect()).unwrap().values
        };
        assert_eq!(offered(MAX_FACET_VALUES).len(), MAX_FACET_VALUES);
        let cut = offered(MAX_FACET_VALUES + 1);
        assert_eq!((cut.len(), cut[0].chosen), (MAX_FACET_VALUES, true));
        assert_eq!(Facet::offered(FacetKind::Brand, vec![brand(1, false)]), None);
        let size =
            |(text, count, chosen): (&str, u32, bool)| FacetValue { value: text.parse().unwrap(), count, chosen };
        let sizes = [("XL", 9, false), ("S", 7, true), ("XS", 8, false)].map(size);
        let texts = |kind| {
            let facet = Facet::offered(kind, sizes.to_vec()).unwrap();
            facet.values.iter().map(|value| value.value.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(texts(FacetKind::Attribute { name: "Size".parse().unwrap() }), "XS S XL");
        assert_eq!(texts(FacetKind::Brand), "S XL XS", "a brand is no size, whatever it is called");

        let fact = |name: usize, value: &str| (format!("Fact {name}").parse().unwrap(), value.parse().unwrap());
        // The last one is a fact of fewer products than the others, and the one that is asked for.
        let last = MAX_ATTRIBUTE_FACETS + 1;
        let shelf: Vec<ProductCard> = (0..4)
            .map(|number| {
                let value = if number % 2 == 0 { "one" } else { "two" };
                let rare = (number < 3).then(|| fact(last, if number < 2 { "one" } else { "two" }));
                let facts = (1..last).map(|name| fact(name, value)).chain(rare).collect();
                ProductCard { facts, ..card((number, 100, 0, 0, true)) }
            })
            .collect();
        let attributes = |request: &ListRequest| -> Vec<AttributeName> {
            let name = |facet: Facet| match facet.kind {
                FacetKind::Attribute { name } => Some(name),
                FacetKind::Brand | FacetKind::Seller => None,
            };
            answer(&shelf, request).facets.into_iter().filter_map(name).collect()
        };
        assert_eq!(attributes(&ListRequest::default()).len(), MAX_ATTRIBUTE_FACETS);
        let (name, value): (AttributeName, AttributeText) = fact(last, "one");
        let asked = ListRequest::default().filtered(|filters| {
            filters.attributes.insert(name.clone(), vec![value]);
        });
        assert_eq!(attributes(&asked)[0], name);
        assert_eq!(attributes(&asked).len(), MAX_ATTRIBUTE_FACETS);
    }

    proptest! {
        #[test]
        fn pages_show_every_admitted_product_once(shelf in shelf(), request in request()) {
            let first = answer(&shelf, &request);
            let mut seen = Vec::new();
            for number in 1..=first.pages {
                let page = answer(&shelf, &request.at_page(PageNumber::new(number).unwrap()));
                prop_assert!(page.cards.len() <= PAGE_CARDS as usize);
                seen.extend(page.cards.into_iter().map(|c| c.id));
            }
            prop_assert_eq!(seen.len(), first.total as usize);
            seen.sort();
            seen.dedup();
            prop_assert_eq!(seen.len(), first.total as usize);
            let past = answer(&shelf, &request.at_page(PageNumber::new(first.pages + 1).unwrap()));
            prop_assert!(past.cards.is_empty());
        }

        #[test]
        fn a_count_is_what_choosing_that_value_alone_shows(shelf in shelf(), request in request()) {
            let page = answer(&shelf, &request);
            let in_stock = request.filtered(|filters| filters.in_stock_only = true);
            prop_assert_eq!(answer(&shelf, &in_stock).total, page.in_stock);
            let delivered = request.filtered(|filters| filters.free_delivery_only = true);
            prop_assert_eq!(answer(&shelf, &delivered).total, page.free_delivery);
            for stars in page.stars {
                let chosen = request.filtered(|filters| filters.least_stars = Some(stars.least));
                prop_assert_eq!(answer(&shelf, &chosen).total, stars.count);
            }
            for bar in page.prices.bars() {
                let chosen = request.filtered(|filters| {
                    filters.price_from = bar.from.decimal().parse().ok();
                    filters.price_to = bar.to.decimal().parse().ok();
                });
                prop_assert_eq!(answer(&shelf, &chosen).total, bar.count);
            }
            for facet in page.facets {
                for value in facet.values {
                    let chosen = request.filtered(|filters| match &facet.kind {
                        FacetKind::Brand => filters.brands = vec![value.value.as_str().parse().unwrap()],
                        FacetKind::Seller => filters.sellers = vec![value.value.as_str().parse().unwrap()],
                        FacetKind::Attribute { name } => {
                            filters.attributes.insert(name.clone(), vec![value.value.clone()]);
                        }
                    });
                    prop_assert_eq!(answer(&shelf, &chosen).total, value.count);
                }
            }
        }

        #[test]
        fn prices_rise_when_asked_to(shelf in shelf(), request in request()) {
            let page = answer(&shelf, &ListRequest { sort: Sort::PriceAscending, ..request });
            prop_assert!(page.cards.is_sorted_by_key(|card| card.price.minor_units()));
        }
    }
}
