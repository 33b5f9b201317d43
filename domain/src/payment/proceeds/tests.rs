use proptest::prelude::*;

use super::*;
use crate::pricing::Currency;

const SELLERS: [&str; 3] = ["Fell & Co", "Ling", "Vale"];

fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

fn proceeds(of_sellers: [i64; 3]) -> Proceeds {
    let mut proceeds = Proceeds::default();
    for (seller, minor_units) in SELLERS.iter().zip(of_sellers) {
        proceeds.add(&seller.parse().unwrap(), minor_units);
    }
    proceeds
}

#[test]
fn the_store_is_no_seller_of_its_own_goods() {
    let mut sold = proceeds([0, 5_00, 0]);
    sold.add(&Seller::default(), 9_00);
    assert_eq!(sold, proceeds([0, 5_00, 0]));
    assert_eq!(serde_json::to_string(&sold).unwrap(), r#"{"Ling":500}"#);
    assert_eq!(serde_json::from_str::<Proceeds>(r#"{"Ling":500}"#).unwrap(), sold);
    assert!(proceeds([0; 3]).is_empty());
}

#[test]
fn what_nobody_names_goods_for_is_shared_in_proportion() {
    // Of £100.00 the store has £50.00.
    let sold = proceeds([30_00, 20_00, 0]);
    assert_eq!(sold.shared(pounds(10_000), pounds(10_00), None), proceeds([3_00, 2_00, 0]));
    assert_eq!(sold.shared(pounds(10_000), pounds(10_000), None), sold);
    assert_eq!(sold.shared(pounds(10_000), pounds(0), None), proceeds([0; 3]));
}

#[test]
fn what_is_for_somebodys_goods_is_theirs_as_far_as_it_is_open() {
    let sold = proceeds([30_00, 20_00, 0]);
    let shared = |amount, own| sold.shared(pounds(10_000), pounds(amount), Some(&proceeds(own)));
    assert_eq!(shared(20_00, [0, 20_00, 0]), proceeds([0, 20_00, 0]));
    assert_eq!(shared(25_00, [0, 20_00, 0]), proceeds([0, 20_00, 0]), "delivery is the store's");
    assert_eq!(shared(50_00, [0, 0, 0]), proceeds([0, 0, 0]), "the store's own goods");
    assert_eq!(shared(55_00, [0, 0, 0]), proceeds([3_00, 2_00, 0]), "more than the store has is everybody else's");
    assert_eq!(shared(24_00, [0, 24_00, 0]).total_minor_units(), 21_50, "more than a seller has is everybody's");
    assert_eq!(shared(24_00, [0, 0, 24_00]), proceeds([7_20, 4_80, 0]), "who sold nothing gives nothing");
}

proptest! {
    #[test]
    fn everybody_moves_all_of_theirs_and_never_more(
        of_sellers in prop::array::uniform3(0_i64..100_000),
        stores in 0_i64..100_000,
        steps in prop::collection::vec((1_i64..90_000, prop::option::of(prop::array::uniform3(0_i64..90_000))), 0..12),
    ) {
        let whole = proceeds(of_sellers).total_minor_units() + stores;
        let (mut left, mut open) = (proceeds(of_sellers), whole);
        for (amount, own) in steps.into_iter().chain([(whole, None)]) {
            let amount = amount.min(open);
            let shared = left.shared(pounds(open), pounds(amount), own.map(proceeds).as_ref());
            for (seller, minor_units) in shared.iter() {
                prop_assert!(minor_units <= left.of(seller));
            }
            let of_store = open - left.total_minor_units();
            let stores_share = amount - shared.total_minor_units();
            prop_assert!((0..=of_store).contains(&stores_share));
            (left, open) = (left.without(&shared), open - amount);
        }
        prop_assert_eq!((left, open), (Proceeds::default(), 0));
    }
}
