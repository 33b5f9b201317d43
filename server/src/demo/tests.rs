use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::catalog::{ProductId, Seller, Sku};
use domain::review::{Before, suspicions};

use super::orders::{Sold, orders};
use super::{DemoProduct, Plan, TABLES, products};

const SEED: u64 = 7;

fn made(count: u32) -> Vec<DemoProduct> {
    products(SEED, count).collect()
}

#[test]
fn every_row_of_the_tables_makes_a_product() {
    let plan = Plan::new();
    // As many numbers as there are things visit each of them once.
    let numbers = 0..u32::try_from(plan.things.len()).unwrap();
    let made: Vec<DemoProduct> = numbers.map(|number| plan.single(SEED, number)).collect();
    let leaves: BTreeSet<_> = made.iter().map(|made| made.product.category.to_string()).collect();
    let shelves: BTreeSet<_> = TABLES.into_iter().flatten().map(|shelf| shelf.path).collect();
    assert_eq!(leaves.len(), shelves.len());
    for DemoProduct { product, supplies, .. } in &made {
        assert_eq!(supplies.len(), product.variants.len(), "{}", product.title);
        assert!(product.description.is_some() && product.brand.is_some(), "{}", product.title);
        assert!(product.variants.iter().all(|variant| !product.pictures_of(variant).is_empty()), "{}", product.title);
    }
}

#[test]
fn a_bigger_store_begins_with_the_smaller_one() {
    let (small, big) = (made(140), made(210));
    for (one, other) in small.iter().zip(&big) {
        assert_eq!((&one.product, &one.supplies, &one.bundle), (&other.product, &other.supplies, &other.bundle));
        let words = |made: &DemoProduct| made.reviews.iter().map(|r| r.content.text().to_owned()).collect::<Vec<_>>();
        assert_eq!(words(one), words(other));
    }
}

#[test]
fn some_products_have_reviews_that_their_ratings_count() {
    let made = made(400);
    let reviewed = made.iter().filter(|made| !made.reviews.is_empty()).count();
    assert!((50..=130).contains(&reviewed), "{reviewed}");
    for DemoProduct { product, reviews, .. } in &made {
        let own = product.rating.map_or(0, |rating| rating.own().count());
        assert_eq!(own as usize, reviews.len(), "{}", product.title);
        for review in reviews {
            let why = suspicions(review.content.title(), review.content.text(), &Before::default());
            assert_eq!(why, [], "{}", review.content.text());
            assert!(review.written_at > product.added_at);
        }
    }
}

#[test]
fn a_part_of_every_department_is_sold_by_others() {
    let mut sellers: BTreeMap<String, BTreeSet<Seller>> = BTreeMap::new();
    let made = made(1_000);
    for DemoProduct { product, path, .. } in &made {
        let of_department = sellers.entry(path.steps()[0].name.to_string()).or_default();
        of_department.insert(product.seller.clone());
    }
    let departments: BTreeSet<_> =
        TABLES.into_iter().flatten().filter_map(|shelf| shelf.path.split(" > ").next()).collect();
    assert_eq!(sellers.len(), departments.len());
    for (department, sellers) in sellers {
        assert_eq!((sellers.len(), sellers.contains(&Seller::default())), (3, true), "{department}: {sellers:?}");
    }
    let of_others = made.iter().filter(|made| made.product.seller != Seller::default()).count();
    assert!((250..=350).contains(&of_others), "{of_others}");
}

#[test]
fn one_of_a_hundred_products_or_so_is_a_bundle_of_others_and_cheaper_than_they_are() {
    assert_eq!(made(200).iter().filter(|made| made.bundle.is_some()).count(), 3);
    let made = made(1_000);
    let mut of_sku: HashMap<&Sku, &DemoProduct> = HashMap::new();
    let mut bundles = 0;
    for one in &made {
        if let Some(bundle) = &one.bundle {
            bundles += 1;
            let title = &one.product.title;
            let parts: Vec<&DemoProduct> = bundle.parts().iter().map(|part| of_sku[&part.sku]).collect();
            assert!((2..=3).contains(&parts.len()) && parts.iter().all(|part| part.bundle.is_none()), "{title}");
            let shelves: BTreeSet<String> = parts.iter().map(|part| part.product.category.to_string()).collect();
            assert!(shelves.len() == parts.len() && shelves.contains(one.product.category.as_str()), "{title}");
            let price = |part: &Sku| of_sku[part].product.variant(part).unwrap().price.minor_units();
            let together: i64 = bundle.parts().iter().map(|part| price(&part.sku)).sum();
            let asked = one.product.lowest_price().minor_units();
            assert!(asked < together && asked * 100 > together * 60, "{title}: {asked} of {together}");
            let told = one.product.description.as_ref().unwrap().as_str();
            assert!(parts.iter().all(|part| told.contains(part.product.title.as_str())), "{told}");
            assert_eq!((one.product.pictures.len(), one.product.variants.len()), (parts.len() + 1, 1), "{title}");
        }
        of_sku.extend(one.product.variants.iter().map(|variant| (&variant.sku, one)));
    }
    assert!((10..=20).contains(&bundles), "{bundles}");
}

#[test]
fn no_two_products_share_an_id_or_a_sku() {
    let made = made(3_000);
    let ids: HashSet<&ProductId> = made.iter().map(|made| &made.product.id).collect();
    let skus: Vec<&Sku> = made.iter().flat_map(|made| &made.product.variants).map(|variant| &variant.sku).collect();
    assert_eq!(ids.len(), made.len());
    assert_eq!(skus.iter().collect::<HashSet<_>>().len(), skus.len());
}

#[test]
fn what_goes_together_is_bought_together_by_many() {
    let made = made(200);
    let history = || orders(SEED, made.iter().map(Sold::from).collect());
    let mut customers: HashMap<(Sku, Sku), HashSet<String>> = HashMap::new();
    for order in history() {
        let skus: Vec<&Sku> = order.lines.iter().map(|(sku, ..)| sku).collect();
        assert_eq!(skus.iter().collect::<HashSet<_>>().len(), skus.len());
        for (place, one) in skus.iter().enumerate() {
            for other in &skus[place + 1..] {
                let pair = ((*one).clone(), (*other).clone());
                customers.entry(pair).or_default().extend(order.customer.as_ref().map(ToString::to_string));
            }
        }
    }
    let told = customers.values().filter(|customers| customers.len() >= 5).count();
    assert!(told >= 30, "{told} pairs");
    let ids = || history().map(|order| (order.id, order.placed_at, order.lines));
    assert!(ids().eq(ids()));
}

#[test]
fn a_store_of_one_product_has_no_history() {
    assert_eq!(orders(SEED, made(1).iter().map(Sold::from).collect()).count(), 0);
}
