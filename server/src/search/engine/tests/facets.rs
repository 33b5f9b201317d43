//! Every count is the number of products that choosing it would show.

use domain::catalog::Rating;

use super::*;

/// Lamps from £10 to £70, of two brands, three colours, three sellers and three shelves; every fifth is sold
/// out, some are not rated.
fn shelf_of_sellers() -> Vec<Document> {
    let shelves = ["Home > Lighting > Table", "Home > Lighting", "Garden"];
    let lamps = (0_usize..).zip(shelf()).map(|(n, lamp)| Document {
        path: shelves[n / 4 % 3].parse::<CategoryPath>().unwrap().steps().to_vec(),
        rating: Rating::new(u16::try_from(50 + n % 11 * 45).unwrap(), 3).ok(),
        seller: [Seller::default(), "Fell & Co".parse().unwrap(), "Vale".parse().unwrap()][n / 6 % 3].clone(),
        price: Some(format!("{}.00 GBP", 10 * (1 + n % 7)).parse().unwrap()),
        available: n % 5 > 0,
        ..lamp
    });
    lamps.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_count_is_what_choosing_that_value_alone_shows(
        brands in prop::sample::subsequence(vec!["Alma", "Borea"], 0..=2),
        sellers in prop::sample::subsequence(vec!["store", "Fell & Co", "Vale"], 0..=2),
        colours in prop::sample::subsequence(vec!["Red", "Blue", "Green"], 0..=2),
        category in prop::option::of(prop::sample::select(vec!["home", "home/lighting", "garden"])),
        to in prop::option::of(1_u32..8),
        stars in prop::option::of(1_u16..5),
        available_only: bool,
        free_delivery_only: bool,
    ) {
        let (_folder, engine, _writer) = engine_with(&shelf_of_sellers());
        let mut request = request("lamp");
        request.filters.brands = brands.iter().map(|brand| brand.parse().unwrap()).collect();
        request.filters.sellers = sellers.iter().map(|seller| seller.parse().unwrap()).collect();
        request.filters.facts.insert("Colour".parse().unwrap(), colours.iter().map(|colour| colour.parse().unwrap()).collect());
        request.filters.category = category.map(|category| category.parse().unwrap());
        request.filters.rating_from_hundredths = stars.map(|stars| 100 * stars);
        request.filters.price_to = to.map(|to| (10 * to).to_string().parse().unwrap());
        (request.filters.available_only, request.filters.free_delivery_only) = (available_only, free_delivery_only);
        let facets = engine.search(&request).unwrap().facets;
        let total = |change: &dyn Fn(&mut Filters)| {
            let mut changed = request.clone();
            change(&mut changed.filters);
            engine.search(&changed).unwrap().total
        };
        for category in &facets.categories {
            prop_assert_eq!(total(&|filters| filters.category = Some(category.id.clone())), category.count);
        }
        for (stars, count) in (1_u16..).zip(facets.ratings) {
            prop_assert_eq!(total(&|filters| filters.rating_from_hundredths = Some(100 * stars)), count);
        }
        for brand in &facets.brands {
            prop_assert_eq!(total(&|filters| filters.brands = vec![brand.value.clone()]), brand.count);
        }
        for seller in &facets.sellers {
            prop_assert_eq!(total(&|filters| filters.sellers = vec![seller.value.clone()]), seller.count);
            prop_assert_eq!(request.filters.sellers.contains(&seller.value), seller.chosen);
        }
        for facet in &facets.facts {
            for value in &facet.values {
                let count = total(&|filters| drop(filters.facts.insert(facet.name.clone(), vec![value.value.clone()])));
                prop_assert_eq!(count, value.count);
            }
        }
        prop_assert_eq!(total(&|filters| filters.available_only = true), facets.available);
        prop_assert_eq!(total(&|filters| filters.free_delivery_only = true), facets.free_delivery);
        let bars = facets.prices.map_or(0, |prices| prices.bars.iter().map(|bar| bar.count).sum());
        prop_assert_eq!(total(&|filters| filters.price_to = None), bars);
    }
}

#[test]
fn what_reaches_the_price_of_free_delivery_is_delivered_for_nothing() {
    let priced = |(id, price): (&str, Option<&str>)| Document {
        price: price.map(|price| price.parse().unwrap()),
        ..document(id, "Lamp")
    };
    let prices =
        [("under", Some("39.99 GBP")), ("from", Some("40.00 GBP")), ("above", Some("4000 JPY")), ("none", None)];
    let (_folder, engine, _writer) = engine_with(&prices.map(priced));
    let mut request = request("lamp");
    assert_eq!(engine.search(&request).unwrap().facets.free_delivery, 2);
    request.filters.free_delivery_only = true;
    let answer = engine.search(&request).unwrap();
    assert_eq!(ids(&answer).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["above", "from"]));
}

#[test]
fn a_brand_is_one_value_however_it_is_spelt_and_a_product_counts_once() {
    let spelt = |(number, brand): (usize, &str)| {
        let said = |text: &str| ("Colour".parse().unwrap(), text.parse().unwrap());
        Document {
            brand: brand.parse().ok(),
            // The attribute says what a variant says too.
            facts: vec![said("Red"), said("Red"), said(if number == 0 { "Blue" } else { "Green" })],
            ..document(&number.to_string(), "Lamp")
        }
    };
    let brands = ["SONY", "Sony", "Sony", "sony", "Orla"];
    let (_folder, engine, _writer) = engine_with(&brands.into_iter().enumerate().map(spelt).collect::<Vec<_>>());
    let mut request = request("lamp");
    let counted = |request: &Request| {
        let answer = engine.search(request).unwrap();
        let brands = answer.facets.brands.iter();
        (answer.total, brands.map(|brand| (brand.value.to_string(), brand.count, brand.chosen)).collect::<Vec<_>>())
    };
    let sony = |count, chosen| ("Sony".to_owned(), count, chosen);
    assert_eq!(counted(&request), (5, vec![sony(4, false), ("Orla".to_owned(), 1, false)]));
    let facts = engine.search(&request).unwrap().facets.facts;
    let facts: Vec<_> = facts[0].values.iter().map(|value| (value.value.as_str(), value.count)).collect();
    assert_eq!(facts, [("Red", 5), ("Green", 4), ("Blue", 1)]);
    request.filters.brands = vec!["sONY".parse().unwrap()];
    assert_eq!(counted(&request).0, 4);
    // What was chosen stays, also where the other filters leave nothing of it.
    request.filters.rating_from_hundredths = Some(400);
    assert_eq!(counted(&request), (0, vec![sony(0, true)]));
}

#[test]
fn a_facet_that_is_asked_for_as_a_whole_has_all_of_its_values() {
    use domain::catalog::listing::{FacetKind, MAX_FACET_VALUES};
    let branded = |number: usize| Document {
        brand: format!("Brand {number}").parse().ok(),
        ..document(&number.to_string(), "Lamp")
    };
    let count = MAX_FACET_VALUES + 3;
    let (_folder, engine, _writer) = engine_with(&(0..count).map(branded).collect::<Vec<_>>());
    let mut request = request("lamp");
    let mut brands = |whole| {
        request.filters.whole = whole;
        let facets = engine.search(&request).unwrap().facets;
        (facets.brands.len(), facets.more_brands)
    };
    assert_eq!(brands(None), (MAX_FACET_VALUES, 3));
    assert_eq!(brands(Some(FacetKind::Seller)), (MAX_FACET_VALUES, 3));
    assert_eq!(brands(Some(FacetKind::Brand)), (count, 0));
}
