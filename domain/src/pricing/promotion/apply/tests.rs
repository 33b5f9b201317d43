use jiff::Timestamp;
use proptest::prelude::*;

use super::super::{
    Budget, Bundle, Customers, Effect, Item, Offer, Percent, Schedule, Scope, ScopedItems, Standing, Tier, Tiers,
    Trigger, Uses,
};
use super::*;
use crate::catalog::{CategoryId, ProductId, Seller, Sku};
use crate::inventory::Quantity;
use crate::pricing::{Currency, MoneyError, Price};

/// What is in the tests' store: a SKU of each number, two of which share a product and a shelf; every other one has the same seller.
struct Shelf {
    skus: Vec<Sku>,
    products: Vec<ProductId>,
    categories: Vec<CategoryId>,
    sellers: Vec<Seller>,
}

/// The numbers of a price in pence and of units, for each line.
type Lines = Vec<(i64, u32)>;

const DELIVERY: i64 = 3_95;

impl Shelf {
    fn new(lines: usize) -> Self {
        Self {
            skus: (0..lines).map(|n| format!("S{n}").parse().unwrap()).collect(),
            products: (0..lines).map(|n| format!("P{}", n / 2).parse().unwrap()).collect(),
            categories: (0..lines).map(|n| format!("shelf/{}", n / 2).parse().unwrap()).collect(),
            sellers: (0..lines).map(|n| format!("Seller {}", n % 2).parse().unwrap()).collect(),
        }
    }

    fn basket(&self, lines: &Lines, currency: Currency) -> Basket<'_> {
        let item = |(n, (minor_units, units)): (usize, &(i64, u32))| Item {
            sku: &self.skus[n],
            product: &self.products[n],
            category: &self.categories[n],
            seller: &self.sellers[n],
            price: Price::try_from(Money::new(*minor_units, currency)).unwrap(),
            quantity: Quantity::try_from(*units).unwrap(),
        };
        Basket::new(lines.iter().enumerate().map(item).collect(), Money::new(DELIVERY, currency)).unwrap()
    }
}

fn promotion(id: &str, effect: Effect, stacking: Stacking) -> Promotion {
    Promotion {
        id: id.parse().unwrap(),
        name: format!("Offer {id}").parse().unwrap(),
        trigger: Trigger::Automatic,
        effect,
        scope: Scope::Everything,
        schedule: Schedule::default(),
        uses: None,
        uses_per_customer: None,
        budget: None,
        customers: Customers::default(),
        stacking,
    }
}

fn percent(percent: u8) -> Effect {
    Effect::Percent(Percent::try_from(percent).unwrap())
}

fn terms(promotions: Vec<Promotion>) -> Terms {
    let offers = promotions.into_iter().map(|promotion| Offer { promotion, uses: Uses::default() }).collect();
    Terms { offers, ..Terms::default() }
}

fn saved(discounts: &Discounts) -> i64 {
    discounts.items.iter().flatten().chain(&discounts.delivery).map(|discount| discount.amount.minor_units()).sum()
}

/// What two lines of £10.00 save, and by which promotions.
fn applied(promotions: Vec<Promotion>, coupon: Option<&str>) -> (i64, Vec<String>, Option<CouponRefusal>) {
    let (shelf, code) = (Shelf::new(2), coupon.map(|code| code.parse().unwrap()));
    let basket = shelf.basket(&vec![(10_00, 1), (10_00, 1)], Currency::GBP);
    let discounts = discounts(&basket, code.as_ref(), &terms(promotions));
    let all: Vec<Discount> = discounts.items.iter().flatten().chain(&discounts.delivery).cloned().collect();
    let ids = super::super::by_promotion(&all).unwrap().into_iter().map(|sum| sum.promotion.to_string()).collect();
    (saved(&discounts), ids, discounts.refusal)
}

fn with_code(promotion: Promotion, code: &str) -> Promotion {
    Promotion { trigger: Trigger::Coupon(code.parse().unwrap()), ..promotion }
}

#[test]
fn combinable_ones_stand_together_and_an_exclusive_one_alone() {
    let (a, b) = (promotion("a", percent(10), Stacking::Combinable), promotion("b", percent(20), Stacking::Combinable));
    let exclusive = |percent_off| promotion("c", percent(percent_off), Stacking::Exclusive);
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(applied(vec![a.clone(), b.clone(), exclusive(29)], None), (6_00, ids(&["a", "b"]), None));
    assert_eq!(applied(vec![a.clone(), b.clone(), exclusive(30)], None), (6_00, ids(&["a", "b"]), None));
    assert_eq!(applied(vec![a, b, exclusive(31)], None), (6_20, ids(&["c"]), None));
}

#[test]
fn delivery_is_free_once() {
    let free = |id| promotion(id, Effect::FreeDelivery, Stacking::Combinable);
    assert_eq!(applied(vec![free("b"), free("a")], None), (DELIVERY, vec!["a".to_owned()], None));
}

#[test]
fn a_code_that_saves_nothing_says_why() {
    let tenth = || with_code(promotion("a", percent(10), Stacking::Exclusive), "SAVE-10");
    let why = |promotions, code| applied(promotions, Some(code)).2;
    assert_eq!(why(vec![tenth()], "SAVE-10"), None);
    assert_eq!(why(vec![], "SAVE-10"), Some(CouponRefusal::Unknown));
    assert_eq!(why(vec![tenth()], "SAVE-99"), Some(CouponRefusal::Unknown));
    let at = |second| Some(Timestamp::from_second(second).unwrap());
    let schedule = |from, until| Promotion { schedule: Schedule::new(from, until).unwrap(), ..tenth() };
    assert_eq!(why(vec![schedule(None, at(0))], "SAVE-10"), Some(CouponRefusal::Over));
    assert_eq!(why(vec![schedule(at(1), None)], "SAVE-10"), Some(CouponRefusal::NotYet));
    let elsewhere = Scope::Category("garden".parse().unwrap());
    assert_eq!(why(vec![Promotion { scope: elsewhere, ..tenth() }], "SAVE-10"), Some(CouponRefusal::NotApplicable));
    let dollars = Effect::Amount("5.00 USD".parse().unwrap());
    assert_eq!(why(vec![Promotion { effect: dollars, ..tenth() }], "SAVE-10"), Some(CouponRefusal::NotApplicable));
    let half = promotion("b", percent(50), Stacking::Exclusive);
    assert_eq!(why(vec![tenth(), half], "SAVE-10"), Some(CouponRefusal::Outdone));
    let another = Promotion { id: "b".parse().unwrap(), ..schedule(None, at(0)) };
    assert_eq!(why(vec![another, tenth()], "SAVE-10"), None, "a code may open several");
}

#[test]
fn a_promotion_is_used_up_at_its_limits() {
    let limited = Promotion {
        uses: Some(5.try_into().unwrap()),
        uses_per_customer: Some(2.try_into().unwrap()),
        ..with_code(promotion("a", percent(10), Stacking::Exclusive), "SAVE-10")
    };
    let (shelf, code) = (Shelf::new(1), "SAVE-10".parse().unwrap());
    let basket = shelf.basket(&vec![(10_00, 1)], Currency::GBP);
    for (total, by_customer, refusal) in [
        (4, 1, None),
        (5, 0, Some(CouponRefusal::UsedUp)),
        (4, 2, Some(CouponRefusal::UsedByCustomer)),
        (6, 3, Some(CouponRefusal::UsedUp)),
    ] {
        let offers =
            vec![Offer { promotion: limited.clone(), uses: Uses { total, by_customer, spent_minor_units: 0 } }];
        let found = discounts(&basket, Some(&code), &Terms { offers, ..Terms::default() });
        assert_eq!((found.refusal, saved(&found) > 0), (refusal, refusal.is_none()), "{total}, {by_customer}");
    }
}

#[test]
fn a_promotion_is_used_up_once_its_budget_covers_the_discount_no_more() {
    let (shelf, code) = (Shelf::new(1), "SAVE-10".parse().unwrap());
    let basket = shelf.basket(&vec![(10_00, 1)], Currency::GBP);
    let tried = |budget: &str, spent_minor_units, effect| {
        let promotion = with_code(promotion("a", effect, Stacking::Exclusive), "SAVE-10");
        let promotion = Promotion { budget: Some(budget.parse().unwrap()), ..promotion };
        let offers = vec![Offer { promotion, uses: Uses { spent_minor_units, ..Uses::default() } }];
        let found = discounts(&basket, Some(&code), &Terms { offers, ..Terms::default() });
        (saved(&found), found.refusal)
    };
    assert_eq!(tried("5.00 GBP", 4_00, percent(10)), (1_00, None));
    assert_eq!(tried("5.00 GBP", 4_01, percent(10)), (0, Some(CouponRefusal::UsedUp)));
    assert_eq!(tried("5.00 GBP", 9_00, percent(10)), (0, Some(CouponRefusal::UsedUp)), "an operator made it less");
    assert_eq!(tried("5.00 USD", 0, percent(10)), (0, Some(CouponRefusal::NotApplicable)));
    let dollars = Effect::Amount("5.00 USD".parse().unwrap());
    assert_eq!(tried("5.00 GBP", 0, dollars.clone()), (0, Some(CouponRefusal::NotApplicable)));
    assert_eq!(tried("5.00 GBP", 5_00, dollars), (0, Some(CouponRefusal::UsedUp)), "whatever is in the cart");
}

#[test]
fn a_code_for_others_says_whom_it_is_for() {
    let promotion = with_code(promotion("a", percent(10), Stacking::Exclusive), "SAVE-10");
    let promotion = Promotion { customers: Customers::Accounts, ..promotion };
    let (shelf, code) = (Shelf::new(1), "SAVE-10".parse().unwrap());
    let basket = shelf.basket(&vec![(10_00, 1)], Currency::GBP);
    for (is_signed_in, found) in [(false, (0, Some(CouponRefusal::ForAccounts))), (true, (1_00, None))] {
        let shopper = Standing { is_signed_in, ..Standing::default() };
        let discounts = discounts(&basket, Some(&code), &Terms { shopper, ..terms(vec![promotion.clone()]) });
        assert_eq!((saved(&discounts), discounts.refusal), found);
    }
}

#[test]
fn currencies_are_never_mixed() {
    let shelf = Shelf::new(1);
    let mut items = shelf.basket(&vec![(10_00, 1)], Currency::GBP).items;
    items.extend(shelf.basket(&vec![(10_00, 1)], Currency::USD).items);
    let mixed = Basket::new(items, Money::zero(Currency::GBP)).map(|_| ());
    assert_eq!(mixed, Err(MoneyError::CurrenciesDiffer { left: Currency::GBP, right: Currency::USD }));
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let pence = |minor_units| Price::try_from(Money::new(minor_units, Currency::GBP)).unwrap();
    let percent = || (1..=Percent::MAX).prop_map(|percent| Percent::try_from(percent).unwrap());
    let tiers = (1_i64..10_000, percent()).prop_map(move |(from, percent)| {
        Effect::Tiers(Tiers::try_from(vec![Tier { from: pence(from), percent }]).unwrap())
    });
    prop_oneof![
        percent().prop_map(Effect::Percent),
        (1_i64..10_000).prop_map(move |minor_units| Effect::Amount(pence(minor_units))),
        (1_u32..4, 1_u32..4).prop_map(|(buy, free)| Effect::Bundle(Bundle::new(buy, free).unwrap())),
        tiers,
        Just(Effect::FreeDelivery),
    ]
}

fn any_scope() -> impl Strategy<Value = Scope> {
    let named = (0_usize..6, any::<bool>()).prop_map(|(n, is_sku)| {
        let (sku, product) = (format!("S{n}").parse().unwrap(), format!("P{n}").parse().unwrap());
        let (skus, products) = if is_sku { ([sku].into(), [].into()) } else { ([].into(), [product].into()) };
        Scope::Items(ScopedItems::new(skus, products).unwrap())
    });
    let shelf = (0_usize..4).prop_map(|n| Scope::Category(format!("shelf/{n}").parse().unwrap()));
    let seller = (0_usize..3).prop_map(|n| Scope::Seller(format!("Seller {n}").parse().unwrap()));
    prop_oneof![Just(Scope::Everything), named, shelf, seller]
}

fn any_stacking() -> impl Strategy<Value = Stacking> {
    prop::sample::select(vec![Stacking::Exclusive, Stacking::Combinable])
}

fn any_promotions() -> impl Strategy<Value = Vec<Promotion>> {
    let pence = |minor_units| Budget::try_from(Money::new(minor_units, Currency::GBP)).unwrap();
    let budget = prop::option::of((1_i64..20_000).prop_map(pence));
    let parts = (any_effect(), any_scope(), any_stacking(), budget);
    prop::collection::vec(parts, 0..8).prop_map(|parts| {
        let number = |(n, (effect, scope, stacking, budget))| {
            let promotion = promotion(&format!("p{n}"), effect, stacking);
            Promotion { scope, budget, ..promotion }
        };
        parts.into_iter().enumerate().map(number).collect()
    })
}

fn any_lines() -> impl Strategy<Value = Lines> {
    prop::collection::vec((1_i64..5_000, 1_u32..12), 1..7)
}

proptest! {
    #[test]
    fn nothing_ever_costs_less_than_nothing(lines in any_lines(), promotions in any_promotions()) {
        let shelf = Shelf::new(lines.len());
        let found = discounts(&shelf.basket(&lines, Currency::GBP), None, &terms(promotions));
        prop_assert_eq!(found.items.len(), lines.len());
        for ((price, units), line) in lines.iter().zip(&found.items) {
            let off: i64 = line.iter().map(|discount| discount.amount.minor_units()).sum();
            prop_assert!((0..=price * i64::from(*units)).contains(&off));
            prop_assert!(line.iter().all(|discount| discount.amount.minor_units() > 0));
        }
        prop_assert!(found.delivery.is_none_or(|discount| discount.amount.minor_units() == DELIVERY));
    }

    #[test]
    fn one_more_promotion_never_makes_it_dearer(
        lines in any_lines(), promotions in any_promotions(), effect in any_effect(), scope in any_scope(),
        stacking in any_stacking(),
    ) {
        let shelf = Shelf::new(lines.len());
        let basket = shelf.basket(&lines, Currency::GBP);
        let before = saved(&discounts(&basket, None, &terms(promotions.clone())));
        let more = Promotion { scope, ..promotion("more", effect, stacking) };
        let after = saved(&discounts(&basket, None, &terms([promotions, vec![more]].concat())));
        prop_assert!(after >= before, "{} after {}", after, before);
    }

    #[test]
    fn no_budget_is_ever_exceeded(carts in prop::collection::vec(any_lines(), 1..12), promotions in any_promotions()) {
        let mut terms = terms(promotions);
        for lines in carts {
            let shelf = Shelf::new(lines.len());
            let found = discounts(&shelf.basket(&lines, Currency::GBP), None, &terms);
            for Offer { promotion, uses } in &mut terms.offers {
                let own = found.items.iter().flatten().chain(&found.delivery);
                let own = own.filter(|discount| discount.promotion == promotion.id);
                uses.spent_minor_units += own.map(|discount| discount.amount.minor_units()).sum::<i64>();
                let fits = promotion.budget.is_none_or(|budget| uses.spent_minor_units <= budget.minor_units());
                prop_assert!(fits, "{} spent {}", promotion.id, uses.spent_minor_units);
            }
        }
    }

    #[test]
    fn the_order_of_the_offers_makes_no_difference(lines in any_lines(), promotions in any_promotions()) {
        let shelf = Shelf::new(lines.len());
        let basket = shelf.basket(&lines, Currency::GBP);
        let backwards = promotions.iter().rev().cloned().collect();
        prop_assert_eq!(discounts(&basket, None, &terms(promotions)), discounts(&basket, None, &terms(backwards)));
    }

    #[test]
    fn an_amount_in_another_currency_is_never_taken_off(lines in any_lines(), minor_units in 1_i64..10_000) {
        let shelf = Shelf::new(lines.len());
        let amount = Price::try_from(Money::new(minor_units, Currency::GBP)).unwrap();
        let tiers = Tiers::try_from(vec![Tier { from: amount, percent: Percent::try_from(50).unwrap() }]).unwrap();
        let offers = [Effect::Amount(amount), Effect::Tiers(tiers)].map(|effect| promotion("a", effect, Stacking::Exclusive));
        let found = discounts(&shelf.basket(&lines, Currency::JPY), None, &terms(offers.to_vec()));
        prop_assert_eq!(saved(&found), 0);
    }
}
