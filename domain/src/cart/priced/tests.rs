use proptest::prelude::*;

use super::super::CartChange;
use super::*;
use crate::checkout::Country;
use crate::inventory::{Later, LimitPeriod, SoldPart, StockPolicy};
use crate::pricing::promotion::{Promotion, Uses};
use crate::pricing::tax::Treatment;

fn facts(price: &str, available: u32) -> LineFacts {
    LineFacts {
        product: "lamp".parse().unwrap(),
        category: "home/lighting".parse().unwrap(),
        seller: Seller::default(),
        slug: "lamp".parse().unwrap(),
        title: "Lamp".parse().unwrap(),
        choices: String::new(),
        picture: None,
        price: price.parse().unwrap(),
        list_price: None,
        tax_class: TaxClass::Standard,
        available: AvailableUnits(available),
        terms: SaleTerms::default(),
        parts: Vec::new(),
    }
}

fn plain(cart: &Cart, facts: &HashMap<Sku, LineFacts>) -> Result<PricedCart, MoneyError> {
    price(cart, facts, &Terms::default(), Delivery::STANDARD_AT_HOME)
}

fn cart(lines: &[(&str, u32)]) -> Cart {
    lines.iter().fold(Cart::default(), |cart, (sku, units)| {
        let add = CartChange::Add { sku: sku.parse().unwrap(), quantity: (*units).try_into().unwrap() };
        cart.apply(&add).unwrap()
    })
}

#[test]
fn each_line_says_what_is_wrong_with_it() {
    let known = HashMap::from([
        ("a".parse().unwrap(), facts("2.50 GBP", 9)),
        ("b".parse().unwrap(), facts("1.00 GBP", 2)),
        ("c".parse().unwrap(), facts("1.00 GBP", 0)),
        ("d".parse().unwrap(), facts("1.00 USD", 9)),
    ]);
    let priced = plain(&cart(&[("gone", 1), ("a", 2), ("b", 3), ("c", 1), ("d", 1)]), &known).unwrap();
    let problems: Vec<_> = priced.lines.iter().map(|line| line.problem.clone()).collect();
    assert_eq!(
        problems,
        [
            Some(CartProblem::NotSold),
            None,
            Some(CartProblem::OnlyLeft { units: 2 }),
            Some(CartProblem::SoldOut),
            Some(CartProblem::OtherCurrency { currency: Currency::USD }),
        ]
    );
    assert_eq!(priced.subtotal.map(|sum| sum.to_string()).as_deref(), Some("£7.00"), "only 2 of b can be bought");
    assert_eq!((priced.units, priced.counted_units()), (8, 4));
    assert!(!priced.is_ready());
    assert!(plain(&cart(&[("a", 2)]), &known).unwrap().is_ready());
    assert!(!plain(&Cart::default(), &known).unwrap().is_ready());
}

fn lamp(available: u32, terms: SaleTerms) -> HashMap<Sku, LineFacts> {
    HashMap::from([("lamp".parse().unwrap(), LineFacts { terms, ..facts("10.00 GBP", available) })])
}

#[test]
fn nobody_takes_more_than_a_customer_may() {
    let limit = PurchaseLimit::try_from((Quantity::try_from(2).unwrap(), LimitPeriod::Week)).unwrap();
    let terms = SaleTerms { limit: Some(limit), ..SaleTerms::default() };
    let problem = |wanted, available| {
        let priced = plain(&cart(&[("lamp", wanted)]), &lamp(available, terms)).unwrap();
        (priced.lines[0].problem.clone(), priced.counted_units())
    };
    assert_eq!(problem(2, 9), (None, 2));
    assert_eq!(problem(3, 9), (Some(CartProblem::OverLimit { limit }), 2));
    assert_eq!(problem(3, 1), (Some(CartProblem::OnlyLeft { units: 1 }), 1), "what is there is less than one may buy");
}

#[test]
fn what_waits_for_its_stock_holds_up_the_cart() {
    let (today, day): (Date, Date) = ("2026-12-01".parse().unwrap(), "2027-01-12".parse().unwrap());
    let policy = StockPolicy::Backorder(Later { day, units: 10.try_into().unwrap() });
    let priced = |wanted| {
        let known = lamp(13, SaleTerms { policy, ..SaleTerms::default() });
        plain(&cart(&[("lamp", wanted)]), &known).unwrap()
    };
    assert_eq!(
        (priced(3).ships_from(today), priced(3).lines[0].availability()),
        (today, Availability::Low { units: 3 })
    );
    assert_eq!(
        (priced(4).ships_from(today), priced(4).lines[0].availability()),
        (day, Availability::Backorder { day })
    );
    assert!(priced(13).is_ready());
    assert_eq!(priced(14).lines[0].problem, Some(CartProblem::OnlyLeft { units: 13 }));
}

#[test]
fn lines_that_need_the_same_part_share_what_is_there() {
    let (tea, mug) = ("tea".parse::<Sku>().unwrap(), "mug".parse::<Sku>().unwrap());
    let known = |mugs: u32| {
        let part = SoldPart { sku: mug.clone(), quantity: 2.try_into().unwrap(), product: None };
        let parts = vec![PartFacts { part, available: AvailableUnits(mugs) }];
        let of_tea = LineFacts { parts, ..facts("10 GBP", mugs / 2) };
        HashMap::from([(tea.clone(), of_tea), (mug.clone(), facts("3 GBP", mugs))])
    };
    let problems = |lines: &[(&str, u32)], mugs| {
        let priced = plain(&cart(lines), &known(mugs)).unwrap();
        priced.lines.into_iter().map(|line| line.problem).collect::<Vec<_>>()
    };
    let lines = [("tea", 2), ("mug", 1)];
    assert_eq!(problems(&lines, 5), [None, None]);
    assert_eq!(problems(&lines, 4), [None, Some(CartProblem::SoldOut)]);
    assert_eq!(problems(&[("mug", 3), ("tea", 2)], 5), [None, Some(CartProblem::OnlyLeft { units: 1 })]);
    assert_eq!(
        problems(&[("mug", 5)], 4),
        [Some(CartProblem::OnlyLeft { units: 4 })],
        "a bundle that is saved takes none"
    );
    let priced = plain(&cart(&lines), &known(4)).unwrap();
    assert_eq!(priced.subtotal.map(|sum| sum.to_string()).as_deref(), Some("£20.00"));
}

proptest! {
    #[test]
    fn the_subtotal_is_the_sum_of_its_lines(lines in prop::collection::vec((1_u32..=999, 1_i64..1_000_000), 1..40)) {
        let names: Vec<String> = (0..lines.len()).map(|n| format!("s{n}")).collect();
        let known = lines.iter().zip(&names).map(|((_, minor), name)| {
            let price = Price::try_from(Money::new(*minor, Currency::GBP)).unwrap();
            (name.parse().unwrap(), LineFacts { price, ..facts("1 GBP", 1_000) })
        });
        let wanted: Vec<(&str, u32)> = lines.iter().zip(&names).map(|((units, _), name)| (name.as_str(), *units)).collect();
        let priced = plain(&cart(&wanted), &known.collect::<HashMap<_, _>>()).unwrap();
        let expected: i64 = lines.iter().map(|(units, minor)| i64::from(*units) * minor).sum();
        prop_assert_eq!(priced.subtotal.map(Money::minor_units), Some(expected));
    }
}

proptest! {
    #[test]
    fn what_can_not_be_bought_costs_nothing(lines in prop::collection::vec((1_u32..=999, 0_u32..=999, 1_i64..1_000_000), 1..40)) {
        let names: Vec<String> = (0..lines.len()).map(|n| format!("s{n}")).collect();
        let known = lines.iter().zip(&names).map(|((_, available, minor), name)| {
            let price = Price::try_from(Money::new(*minor, Currency::GBP)).unwrap();
            (name.parse().unwrap(), LineFacts { price, ..facts("1 GBP", *available) })
        });
        let wanted: Vec<(&str, u32)> = lines.iter().zip(&names).map(|((units, ..), name)| (name.as_str(), *units)).collect();
        let priced = plain(&cart(&wanted), &known.collect::<HashMap<_, _>>()).unwrap();
        let buyable = |units: &u32, available: &u32| *units.min(available);
        let expected: i64 = lines.iter().map(|(units, available, minor)| i64::from(buyable(units, available)) * minor).sum();
        prop_assert_eq!(priced.subtotal.map(Money::minor_units), Some(expected));
        prop_assert_eq!(priced.counted_units(), lines.iter().map(|(units, available, _)| buyable(units, available)).sum::<u32>());
        prop_assert_eq!(priced.is_ready(), priced.counted_units() == priced.units);
    }
}

/// The terms under which a promotion of an operator's table stands alone.
fn offered(code: &'static str, effect: &'static str, value: &'static str, scope: &'static str) -> Terms {
    let row = ["offer", "Offer", code, effect, value, scope, "", "", "", "", "combinable", "", ""];
    let offers = vec![Offer { promotion: Promotion::from_fields(row).unwrap(), uses: Uses::default() }];
    Terms { offers, ..Terms::default() }
}

#[test]
fn discounts_are_explained_by_line_and_summed_up() {
    let known = HashMap::from([
        ("mug".parse().unwrap(), facts("4.99 GBP", 9)),
        ("gone".parse().unwrap(), facts("1.00 GBP", 0)),
    ]);
    let cart = cart(&[("gone", 3), ("mug", 3)]);
    let priced = price(&cart, &known, &offered("", "bundle", "2+1", ""), Delivery::STANDARD_AT_HOME).unwrap();
    let explained: Vec<Vec<String>> =
        priced.lines.iter().map(|line| line.discounts.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(explained, [vec![], vec!["Offer: −£4.99".to_owned()]], "what is sold out counts for nothing");
    assert_eq!(priced.savings(), priced.lines[1].discounts);
    let totals = priced.totals.unwrap();
    let amounts = [totals.items(), totals.discount(), totals.delivery(), totals.total()].map(|sum| sum.to_string());
    assert_eq!(amounts, ["£14.97", "£4.99", "£3.95", "£13.93"]);
}

#[test]
fn a_discount_never_makes_delivery_dearer() {
    let known = HashMap::from([("a".parse().unwrap(), facts("40.00 GBP", 9))]);
    let terms = offered("", "percent", "10", "");
    let totals = price(&cart(&[("a", 1)]), &known, &terms, Delivery::STANDARD_AT_HOME).unwrap().totals.unwrap();
    assert_eq!((totals.delivery().minor_units(), totals.total().minor_units()), (0, 36_00));
}

#[test]
fn free_delivery_is_of_standard_delivery() {
    let known = HashMap::from([("a".parse().unwrap(), facts("10.00 GBP", 9))]);
    let with = |delivery| price(&cart(&[("a", 1)]), &known, &offered("", "free_delivery", "", ""), delivery).unwrap();
    let (standard, express) = (with(Delivery::STANDARD_AT_HOME), with(Delivery::EXPRESS_AT_HOME));
    assert_eq!(standard.delivery_discount.map(|d| d.to_string()).as_deref(), Some("Offer: −£3.95"));
    assert_eq!(standard.totals.unwrap().total().minor_units(), 10_00);
    assert_eq!((express.delivery_discount, express.totals.unwrap().total().minor_units()), (None, 17_95));
}

#[test]
fn a_coupon_says_whether_it_counts() {
    let known = HashMap::from([("a".parse().unwrap(), facts("10.00 GBP", 9))]);
    let typed = |cart: &Cart, code: &str| cart.apply(&CartChange::ApplyCoupon { code: code.parse().unwrap() }).unwrap();
    let terms = offered("save-10", "percent", "10", "sku:a");
    let refusal = |cart: &Cart| {
        let priced = price(cart, &known, &terms, Delivery::STANDARD_AT_HOME).unwrap();
        priced.coupon.map(|coupon| coupon.refusal)
    };
    let saving = |code| {
        price(&typed(&cart(&[("a", 2)]), code), &known, &terms, Delivery::STANDARD_AT_HOME)
            .unwrap()
            .coupon
            .unwrap()
            .saving
    };
    assert_eq!(saving("SAVE-10").map(Money::minor_units), Some(2_00));
    assert_eq!(saving("SAVE-99"), None);
    assert_eq!(refusal(&cart(&[("a", 1)])), None);
    assert_eq!(refusal(&typed(&cart(&[("a", 1)]), "Save-10")), Some(None));
    assert_eq!(refusal(&typed(&cart(&[("a", 1)]), "SAVE-99")), Some(Some(CouponRefusal::Unknown)));
    assert_eq!(refusal(&typed(&Cart::default(), "SAVE-99")), Some(None), "nothing is priced yet");
}

proptest! {
    #[test]
    fn the_totals_are_the_sum_of_what_the_lines_say(
        lines in prop::collection::vec((1_u32..20, 1_i64..5_000), 1..8),
        offer in prop::sample::select(vec![
            ("percent", "100"), ("percent", "33"), ("amount", "25.00 GBP"), ("bundle", "1+1"), ("bundle", "2+1"),
            ("tiers", "5.00 GBP=7; 50.00 GBP=70"), ("free_delivery", ""), ("amount", "25.00 USD"),
        ]),
        express in any::<bool>(),
    ) {
        let names: Vec<String> = (0..lines.len()).map(|n| format!("s{n}")).collect();
        let known = lines.iter().zip(&names).map(|((_, minor), name)| {
            let price = Price::try_from(Money::new(*minor, Currency::GBP)).unwrap();
            (name.parse().unwrap(), LineFacts { price, ..facts("1 GBP", 1_000) })
        });
        let wanted: Vec<(&str, u32)> = lines.iter().zip(&names).map(|((units, _), name)| (name.as_str(), *units)).collect();
        let delivery = if express { Delivery::EXPRESS_AT_HOME } else { Delivery::STANDARD_AT_HOME };
        let terms = offered("", offer.0, offer.1, "");
        let priced = price(&cart(&wanted), &known.collect::<HashMap<_, _>>(), &terms, delivery).unwrap();
        let totals = priced.totals.unwrap();
        let off: i64 = priced.lines.iter().flat_map(|line| &line.discounts).map(|d| d.amount.minor_units()).sum();
        prop_assert_eq!(totals.discount().minor_units(), off);
        prop_assert_eq!(priced.savings().iter().map(|d| d.amount.minor_units()).sum::<i64>(), off);
        prop_assert!((0..=totals.items().minor_units()).contains(&off));
        prop_assert!(!totals.delivery().is_negative() && !totals.total().is_negative());
        let sum = totals.items().minor_units() - off + totals.delivery().minor_units();
        prop_assert_eq!(totals.total().minor_units(), sum);

        let at_home = Jurisdiction::country(Country::HOME);
        let taxed = priced.taxed(&TaxTable::default(), &at_home, CustomerKind::Private).unwrap();
        let of_lines: i64 = taxed.lines.iter().map(|line| line.tax.unwrap().minor_units()).sum();
        let taxed = taxed.totals.unwrap();
        let taxes = taxed.taxes().unwrap();
        prop_assert_eq!(of_lines + taxes.of_delivery().unwrap().minor_units(), taxed.tax_owed().minor_units());
        prop_assert_eq!((taxed.total(), taxes.treatment()), (totals.total(), Treatment::Included));
        let net: i64 = taxes.shares().map(|share| share.net.minor_units()).sum();
        prop_assert_eq!(net + taxed.tax_owed().minor_units(), sum, "everything is taxed in full");
    }
}
