use super::*;
use jiff::ToSpan;
use proptest::prelude::*;

const LAMP: ItemNumber = ItemNumber(0);
const BULB: ItemNumber = ItemNumber(1);
const CANDLE: ItemNumber = ItemNumber(2);

fn day(number: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap() + (24 * number).hours()
}

fn basket(items: &[u32]) -> Basket {
    Basket::new(items.iter().copied().map(ItemNumber)).unwrap()
}

/// Orders of some items on a day by a customer.
fn learn(orders: &[(Vec<u32>, i64, u64)]) -> Sequels {
    let mut sequels = Sequels::default();
    for (items, at, customer) in orders {
        sequels.count(&basket(items), day(*at), CustomerNumber(*customer));
    }
    sequels
}

/// So many customers bought a lamp and a bulb later, among others who bought candles.
fn lamps_and_bulbs(customers: u64) -> Vec<(Vec<u32>, i64, u64)> {
    let sequels = (0..customers).flat_map(|customer| [(vec![0], 0, customer), (vec![1], 9, customer)]);
    sequels.chain((100..140).map(|customer| (vec![2], 3, customer))).collect()
}

/// What is told of the way from one to the other: how many customers.
fn told(sequels: &Sequels, from: ItemNumber, into: ItemNumber) -> Option<u32> {
    sequels.links(into).into_iter().find(|link| link.from == from).map(|link| link.orders)
}

#[test]
fn what_was_bought_later_is_told_of_five_customers_and_in_one_direction() {
    assert_eq!(told(&learn(&lamps_and_bulbs(4)), LAMP, BULB), None);
    let sequels = learn(&lamps_and_bulbs(5));
    assert_eq!(told(&sequels, LAMP, BULB), Some(MIN_CUSTOMERS_TOLD));
    assert_eq!(told(&sequels, BULB, LAMP), None);
    assert_eq!(sequels.links(CANDLE), []);
    let link = sequels.links(BULB)[0];
    // All five of five, where five of 45 were to be expected; a third is believed.
    assert!((link.lift - 9.0).abs() < 1e-4, "{link:?}");
    assert!((link.strength - 8.0 / 9.0 / 3.0).abs() < 1e-3, "{link:?}");
}

#[test]
fn what_was_in_the_same_order_is_not_later_and_who_comes_again_is_one() {
    let mut orders: Vec<_> = (0..9).map(|customer| (vec![0, 1], 0, customer)).collect();
    orders.extend((100..140).map(|customer| (vec![2], 3, customer)));
    assert_eq!(told(&learn(&orders), LAMP, BULB), None);
    let again = (1..40).map(|at| (vec![1], at, 0)).chain([(vec![0], 0, 0)]);
    orders.extend(again);
    assert_eq!(told(&learn(&orders), LAMP, BULB), None, "one customer, forty orders");
}

#[test]
fn what_everybody_buys_follows_from_nothing() {
    let orders: Vec<_> = (0..30).flat_map(|customer| [(vec![0], 0, customer), (vec![1], 9, customer)]).collect();
    assert_eq!(told(&learn(&orders), LAMP, BULB), None);
}

#[test]
fn an_order_is_small_and_a_customer_has_few_purchases() {
    let wholesale = |items: usize| {
        let items: Vec<u32> = (10..).take(items).collect();
        let orders = (0..9).flat_map(|customer| [(items.clone(), 0, customer), (vec![1], 9, customer)]);
        let others = (100..140).map(|customer| (vec![2], 3, customer));
        learn(&orders.chain(others).collect::<Vec<_>>()).links(BULB).len()
    };
    assert_eq!(wholesale(Sequels::MAX_BASKET_ITEMS), CoBuying::MAX_LINKS);
    assert_eq!(wholesale(Sequels::MAX_BASKET_ITEMS + 1), 0);
    let mut orders = lamps_and_bulbs(5);
    // The bulb and as many others as are kept: the lamp is too long ago.
    orders.extend((0..5).flat_map(|customer| (10..42).map(move |item| (vec![item], i64::from(item), customer))));
    assert_eq!(told(&learn(&orders), LAMP, BULB), None);
    assert!(learn(&orders).customers.values().all(|purchases| purchases.len() <= Sequels::MAX_PURCHASES));
}

/// Counted from the purchases anew.
fn naive(orders: &[(Vec<u32>, i64, u64)], from: u32, into: u32) -> u32 {
    let bought = |item: u32, customer: u64| {
        orders.iter().filter(move |(items, _, by)| *by == customer && items.contains(&item)).map(|(_, at, _)| *at)
    };
    let did = |customer: &u64| bought(from, *customer).min() < bought(into, *customer).max();
    let has = |customer: &u64| bought(from, *customer).next().is_some();
    let customers: BTreeSet<u64> = orders.iter().map(|(_, _, customer)| *customer).collect();
    u32::try_from(customers.iter().filter(|customer| has(customer) && did(customer)).count()).unwrap()
}

fn counted(sequels: &Sequels, from: u32, into: u32) -> Count {
    let row = sequels.rows.get(into as usize);
    let pair = row.and_then(|row| row.after.iter().find(|(other, _)| other.0 == from));
    pair.map(|(_, count)| *count).unwrap_or_default()
}

proptest! {
    #[test]
    fn it_counts_customers_in_whatever_order_orders_come_and_go(
        mut orders in prop::collection::vec((prop::collection::vec(0_u32..6, 1..3), 0_i64..8, 0_u64..6), 0..20),
        undone in prop::collection::vec((prop::collection::vec(0_u32..6, 1..4), 8_i64..12, 0_u64..6), 0..8),
    ) {
        let there = learn(&orders);
        let mut both = learn(&undone);
        orders.reverse();
        for (items, at, customer) in &orders {
            both.count(&basket(items), day(*at), CustomerNumber(*customer));
        }
        for (items, at, customer) in &undone {
            both.uncount(&basket(items), day(*at), CustomerNumber(*customer));
        }
        for (from, into) in (0..6).flat_map(|from| (0..6).map(move |into| (from, into))).filter(|(a, b)| a != b) {
            let expected = naive(&orders, from, into);
            prop_assert_eq!(counted(&there, from, into).times, expected);
            let found = counted(&both, from, into);
            prop_assert_eq!(found.times, expected);
            let weight = counted(&there, from, into).weight;
            prop_assert!((found.weight - weight).abs() <= 1e-4 * weight.max(1.0), "{} {}", found.weight, weight);
        }
        prop_assert_eq!(both.customers.len(), there.customers.len());
        prop_assert_eq!(both.by_last.len(), both.customers.len());
    }
}
