//! What comes back takes its own tax with it, wherever rates differ by line or of delivery.

use super::*;
use crate::order::exchange::ExchangeState;
use crate::order::exchange::tests::exchange;
use crate::payment::{OpenRefund, Proceeds};
use crate::pricing::tax::{CustomerKind, Jurisdiction, TaxClass, TaxTable, Taxable};

const CLASSES: [TaxClass; 4] = [TaxClass::Standard, TaxClass::Reduced, TaxClass::SuperReduced, TaxClass::Zero];

/// A rule for Germany: what prices do, how taxes are rounded, and the rates of three classes and of delivery.
type Rule = [&'static str; 6];

const GERMAN: Rule = ["included", "order", "19", "7", "7", "19"];
/// As California's is: delivery bears none.
const CALIFORNIAN: Rule = ["added", "order", "7.25", "7.25", "7.25", "0"];

/// The order after it was taxed under a rule, and charged in full.
fn taxed(order: Order, classes: &[TaxClass], rule: Rule, customer: CustomerKind) -> Order {
    let [prices, rounding, standard, reduced, super_reduced, delivery] = rule;
    let home = ["GB", "", "included", "order", "20", "5", "5", "20", "no"];
    let row = ["DE", "", prices, rounding, standard, reduced, super_reduced, delivery, "yes"];
    let table = TaxTable::from_rows([(2, home), (3, row)]).unwrap();
    let taxable = |(line, class): (&OrderLine, &TaxClass)| {
        let off: i64 = line.discounts.iter().map(|discount| discount.amount.minor_units()).sum();
        let full = line.unit_price.money().times(line.quantity.get()).unwrap();
        Taxable { class: *class, amount: full.minus(pounds(off)).unwrap() }
    };
    let lines: Vec<Taxable> = order.lines.iter().zip(classes.iter().cycle()).map(taxable).collect();
    let place = Jurisdiction::country("DE".parse().unwrap());
    let counted = table.tax(&place, customer, &lines, order.totals.delivery()).unwrap().unwrap();
    let totals = order.totals.taxed(counted.taxes).unwrap();
    let lines = order.lines.into_iter().zip(counted.lines);
    let lines = lines.map(|(line, tax)| OrderLine { tax: Some(tax), ..line }).collect();
    Order { lines, totals, captured_minor_units: totals.total().minor_units(), ..order }
}

/// What goes back for some lines, and the tax in it.
fn refund_and_tax(order: &Order, returns: &[Return], lines: &[ReturnLine]) -> (i64, i64) {
    let asked = found(lines.to_vec(), ReturnState::Requested);
    let amount = order.refund_for(returns, &asked);
    let tax = order.tax_of_refund(returns, &asked, amount).unwrap();
    (amount.minor_units(), tax.minor_units())
}

#[test]
fn goods_go_back_with_the_tax_on_top_of_them_and_delivery_that_bears_none_without() {
    let order = taxed(order(&[(50_00, 2, 0)], 5_00), &CLASSES, CALIFORNIAN, CustomerKind::Private);
    assert_eq!(order.captured_minor_units, 11_225);
    assert_eq!(refund_and_tax(&order, &[], &[line(0, 1)]), (53_62, 3_62));
    let before = [found(vec![line(0, 1)], ReturnState::Refunded)];
    // Standard delivery costs nothing with so much.
    assert_eq!(refund_and_tax(&order, &before, &[line(0, 1)]), (53_63, 3_63), "the last one takes the rest");
    let small = taxed(super::order(&[(10_00, 1, 0)], 3_95), &CLASSES, CALIFORNIAN, CustomerKind::Private);
    assert_eq!(refund_and_tax(&small, &[], &[line(0, 1)]), (10_00 + 73 + 3_95, 73));
}

#[test]
fn what_comes_back_is_given_back_by_who_sold_it_without_its_tax() {
    let proceeds = |minor_units| {
        let mut proceeds = Proceeds::default();
        proceeds.add(&"Fell & Co".parse().unwrap(), minor_units);
        proceeds
    };
    for (rule, price, net) in [(GERMAN, 11_900, 10_000), (CALIFORNIAN, 40_00, 40_00)] {
        let mut order = taxed(order(&[(price, 2, 0), (30_00, 1, 0)], 0), &CLASSES, rule, CustomerKind::Private);
        order.lines[0].seller = "Fell & Co".parse().unwrap();
        assert_eq!(order.proceeds(), proceeds(2 * net));
        let of = |lines: Vec<ReturnLine>, part: i64| {
            let asked = found(lines, ReturnState::Requested);
            let amount = order.refund_for(&[], &asked).minor_units();
            order.proceeds_of_refund(&[], &asked, pounds(amount / part))
        };
        assert_eq!(of(vec![line(0, 1)], 1), Some(proceeds(net)));
        assert_eq!(of(vec![line(0, 1)], 2), Some(proceeds(net / 2)));
        assert_eq!(of(vec![line(1, 1)], 1), Some(proceeds(0)), "the store's own");
        assert_eq!(
            order.proceeds_of_refund(&[], &found(vec![line(0, 1)], ReturnState::Requested), pounds(90_000)),
            None
        );
    }
}

#[test]
fn what_bore_no_tax_gives_none_back() {
    // A lamp, a book without tax, and an atlas at a lower rate.
    let order = order(&[(23_80, 1, 0), (8_00, 2, 2_00), (1_07, 1, 0)], 1_19);
    let classes = [TaxClass::Standard, TaxClass::Zero, TaxClass::Reduced];
    let included = taxed(order.clone(), &classes, GERMAN, CustomerKind::Private);
    assert_eq!(refund_and_tax(&included, &[], &[line(1, 1)]), (7_00, 0));
    assert_eq!(refund_and_tax(&included, &[], &[line(0, 1)]), (23_80, 3_80));
    assert_eq!(refund_and_tax(&included, &[], &[line(2, 1)]), (1_07, 7));
    let all = [line(0, 1), line(1, 2), line(2, 1)];
    assert_eq!(refund_and_tax(&included, &[], &all), (40_06, 3_80 + 7 + 19));
    // A business paid without the tax, and the store owes none of it.
    let reversed = taxed(order, &classes, GERMAN, CustomerKind::Business);
    assert_eq!(refund_and_tax(&reversed, &[], &[line(0, 1)]), (20_00, 0));
    assert_eq!(refund_and_tax(&reversed, &[], &[line(1, 2)]), (14_00, 0));
    assert_eq!(refund_and_tax(&reversed, &[], &all), (20_00 + 14_00 + 1_00 + 1_00, 0));
}

#[test]
fn an_order_that_does_not_keep_whose_its_tax_is_shares_all_of_it_out_by_prices() {
    let kept = taxed(order(&[(10_000, 1, 0)], 5_00), &CLASSES, CALIFORNIAN, CustomerKind::Private);
    let mut old = kept.clone();
    old.lines[0].tax = None;
    let asked = found(vec![line(0, 1)], ReturnState::Requested);
    assert_eq!(old.tax_of_refund(&[], &asked, pounds(1)), None);
    assert_eq!((refund(&old, &[], &[line(0, 1)]), refund(&kept, &[], &[line(0, 1)])), (pounds(10_690), pounds(10_725)));
    // As orders were written before.
    let mut written = serde_json::to_value(&kept).unwrap();
    written["lines"][0].as_object_mut().unwrap().remove("tax").unwrap();
    written["totals"]["taxes"].as_object_mut().unwrap().remove("of_delivery").unwrap();
    let read: Order = serde_json::from_value(written).unwrap();
    assert_eq!((read.lines[0].tax, read.totals.taxes().unwrap().of_delivery()), (None, None));
    assert_eq!(serde_json::from_value::<Order>(serde_json::to_value(&kept).unwrap()).unwrap().lines, kept.lines);
}

#[test]
fn of_an_exchange_for_less_the_tax_of_the_difference_goes_back() {
    let order = taxed(order(&[(10_00, 2, 0)], 0), &CLASSES, CALIFORNIAN, CustomerKind::Private);
    let asked = exchange(0, 2, 7_50, ExchangeState::Reserved);
    let (back, kept) = (order.refund_for(&[], &asked), order.kept_for_exchanges(&[], &asked));
    assert_eq!((back, kept), (pounds(5_36), pounds(21_45 - 5_36)));
    assert_eq!(order.tax_of_refund(&[], &asked, back), Some(pounds(36)));
    assert_eq!(order.tax_of_refund(&[], &asked, pounds(2_68)), Some(pounds(18)), "where less of it is left");
}

#[test]
fn a_refund_that_was_refused_is_asked_for_again_with_the_same_tax() {
    let order = taxed(order(&[(10_00, 3, 0)], 0), &[TaxClass::Standard], GERMAN, CustomerKind::Private);
    let received = |number: u128| Return {
        id: ReturnId::new(uuid::Uuid::from_u128(number)),
        decided_at: Some(day(number.try_into().unwrap())),
        ..found(vec![line(0, 1)], ReturnState::Received)
    };
    let (first, second) = (received(1), received(2));
    let asked = Return { state: ReturnState::Requested, decided_at: None, ..second.clone() };
    let then = order.tax_of_refund(std::slice::from_ref(&first), &asked, pounds(10_00));
    let third = received(3);
    let now = order.tax_of_refund(&[first, second.clone(), third], &second, pounds(10_00));
    assert_eq!((then, now), (Some(pounds(1_60)), Some(pounds(1_60))));
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let rate = || prop::sample::select(vec!["0", "5", "7.25", "8.875", "20", "100"]);
    let prices = prop::sample::select(vec!["included", "added"]);
    let rounding = prop::sample::select(vec!["line", "order"]);
    (prices, rounding, rate(), rate(), rate(), rate()).prop_map(Into::into)
}

fn any_lines() -> impl Strategy<Value = Vec<((i64, u32, i64), TaxClass)>> {
    let line = ((1_i64..10_000, 1_u32..6, 0_i64..5_000), prop::sample::select(CLASSES.to_vec()));
    let lines = prop::collection::vec(line, 1..6);
    lines.prop_map(|all| {
        all.into_iter().map(|((price, units, off), class)| ((price, units, off.min(price)), class)).collect()
    })
}

/// Gives back at most so much of what is open, with its tax.
fn give(open: &mut OpenRefund, amount: Money, own: Option<Money>) {
    let amount = pounds(amount.minor_units().min(open.amount.minor_units()));
    let tax = open.tax_in(amount, own);
    *open = OpenRefund { amount: open.amount.minus(amount).unwrap(), tax: open.tax.minus(tax).unwrap() };
    assert!((0..=open.amount.minor_units()).contains(&open.tax.minor_units()), "{open:?}");
}

proptest! {
    #[test]
    fn parts_are_together_what_was_charged_with_their_own_tax_and_never_more(
        lines in any_lines(),
        delivery in 0_i64..20_00,
        rule in any_rule(),
        is_business in any::<bool>(),
        uncaptured in prop_oneof![Just(0_i64), 0_i64..50_000],
        by_hand in prop_oneof![Just(0_i64), 0_i64..5_000],
        picks in prop::collection::vec(0_usize..6, 0..40),
    ) {
        let (prices, classes): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
        let customer = if is_business { CustomerKind::Business } else { CustomerKind::Private };
        let mut order = taxed(order(&prices, delivery), &classes, rule, customer);
        order.captured_minor_units = (order.captured_minor_units - uncaptured).max(0);
        let captured = order.captured();
        let tax = order.totals.tax_in(pounds(0), captured).unwrap();
        // What the ledger has of it; an operator gave something back for another reason.
        let mut open = OpenRefund { amount: captured, tax };
        give(&mut open, pounds(by_hand), None);

        let (mut returns, mut given) = (Vec::new(), (0, 0));
        let rest = prices.iter().enumerate().flat_map(|(place, (_, units, _))| vec![place; *units as usize]);
        for place in picks.into_iter().chain(rest) {
            let left = order.left_to_return(&returns).get(place).map_or(0, |(_, left)| *left);
            if left == 0 {
                continue;
            }
            let (back, own) = refund_and_tax(&order, &returns, &[line(place, 1)]);
            prop_assert!(back >= 0 && own >= 0);
            returns.push(found(vec![line(place, 1)], ReturnState::Refunded));
            // With the last one delivery goes back.
            let is_last = order.left_to_return(&returns).iter().all(|(_, left)| *left == 0);
            prop_assert!(own == 0 || is_last || classes[place] != TaxClass::Zero && !is_business);
            given = (given.0 + back, given.1 + own);
            prop_assert!(given.0 <= captured.minor_units() && given.1 <= tax.minor_units());
            give(&mut open, pounds(back), Some(pounds(own)));
        }
        let all: Vec<ReturnLine> = prices.iter().enumerate().map(|(place, (_, units, _))| line(place, *units)).collect();
        prop_assert_eq!(given, refund_and_tax(&order, &[], &all));
        let items = order.totals.items_to_pay();
        if Delivery::standard(Zone::Home).charge(items).minor_units() >= delivery {
            prop_assert_eq!(given, (captured.minor_units(), tax.minor_units()), "delivery goes back as well");
        }
        // Whatever is left goes back by hand, and all tax with it.
        let rest = open.amount;
        give(&mut open, rest, None);
        prop_assert_eq!((open.amount, open.tax), (pounds(0), pounds(0)));
    }
}
