use super::*;
use crate::catalog::listing::{FacetKind, FacetValue, MAX_ATTRIBUTE_FACETS, MAX_FACET_VALUES, MAX_WHOLE_FACET_VALUES};
use crate::catalog::{AttributeText, Seller};
use jiff::Timestamp;
use proptest::prelude::*;

/// Products with an odd number are rated, the later ones better.
fn card((number, price, brand, colour, in_stock): (usize, i64, usize, usize, bool)) -> ProductCard {
    let colour: AttributeText = ["Red", "Green", "Blue"][colour].parse().unwrap();
    ProductCard {
        id: format!("p{number}").parse().unwrap(),
        slug: format!("p{number}").parse().unwrap(),
        title: format!("Product {number}").parse().unwrap(),
        brand: Some([["Alma", "ALMA"], ["Borea"; 2], ["Celeste"; 2]][brand][number % 2].parse().unwrap()),
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
        waits_until: None,
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
        Facet::offered(FacetKind::Brand, others.chain([brand(count, true)]).collect(), 0, None).unwrap()
    };
    assert_eq!((offered(MAX_FACET_VALUES).values.len(), offered(MAX_FACET_VALUES).more), (MAX_FACET_VALUES, 0));
    let cut = offered(MAX_FACET_VALUES + 1);
    assert_eq!((cut.values.len(), cut.values[0].chosen, cut.more), (MAX_FACET_VALUES, true, 1));
    assert_eq!(Facet::offered(FacetKind::Brand, vec![brand(1, false)], 0, None), None);
    let all_chosen = (0..=MAX_FACET_VALUES).map(|number| brand(number, true)).collect();
    assert_eq!(Facet::offered(FacetKind::Brand, all_chosen, 7, None).map(|facet| facet.more), Some(7));
    let whole = |count: usize| {
        let values = (0..count).map(|number| brand(number, false)).collect();
        let facet = Facet::offered(FacetKind::Brand, values, 0, Some(&FacetKind::Brand)).unwrap();
        (facet.values.len(), facet.more)
    };
    assert_eq!(whole(MAX_WHOLE_FACET_VALUES), (MAX_WHOLE_FACET_VALUES, 0));
    assert_eq!(whole(MAX_WHOLE_FACET_VALUES + 1), (MAX_WHOLE_FACET_VALUES, 1));
    let size = |(text, count, chosen): (&str, u32, bool)| FacetValue { value: text.parse().unwrap(), count, chosen };
    let sizes = [("XL", 9, false), ("S", 7, true), ("XS", 8, false)].map(size);
    let texts = |kind| {
        let facet = Facet::offered(kind, sizes.to_vec(), 0, None).unwrap();
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

#[test]
fn a_brand_is_one_value_however_it_is_spelt() {
    let spelt = ["Sony", "SONY", "Sony", "sony ", "Orla"].iter().zip(0..);
    let shelf: Vec<ProductCard> = spelt
        .map(|(brand, number)| ProductCard { brand: brand.parse().ok(), ..card((number, 1, 0, 0, true)) })
        .collect();
    let brands = |pairs: &[(&str, &str)]| {
        let page = answer(&shelf, &ListRequest::from_pairs(pairs.iter().copied()));
        let brands = page.facets.into_iter().find(|facet| facet.kind == FacetKind::Brand).unwrap().values;
        let brands: Vec<_> =
            brands.into_iter().map(|brand| (brand.value.to_string(), brand.count, brand.chosen)).collect();
        (page.total, brands)
    };
    let sony = |chosen| ("Sony".to_owned(), 4, chosen);
    let orla = ("Orla".to_owned(), 1, false);
    assert_eq!(brands(&[]), (5, vec![sony(false), orla.clone()]));
    assert_eq!(brands(&[("brand", "sONY")]), (4, vec![sony(true), orla]));
    // What was chosen stays, also where nothing of it is left.
    let none = ("Sony".to_owned(), 0, true);
    assert_eq!(brands(&[("brand", "Sony"), ("stars", "4")]).1.first(), Some(&none));
}

#[test]
fn a_facet_is_shown_as_a_whole_where_it_is_asked_for() {
    let brand = |number: usize| format!("Brand {number:02}").parse().ok();
    let shelf: Vec<ProductCard> =
        (0..20).map(|number| ProductCard { brand: brand(number), ..card((number, 1, 0, 0, true)) }).collect();
    let values = |pairs: &[(&str, &str)]| {
        let facet = answer(&shelf, &ListRequest::from_pairs(pairs.iter().copied())).facets.remove(0);
        (facet.values.len(), facet.more)
    };
    assert_eq!(values(&[]), (MAX_FACET_VALUES, 8));
    assert_eq!(values(&[("all", "brand")]), (20, 0));
    assert_eq!(values(&[("all", "seller")]), (MAX_FACET_VALUES, 8));
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
