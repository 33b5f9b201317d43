use proptest::prelude::*;

use super::*;
use crate::checkout::Country;
use crate::pricing::tax::{CustomerKind, Jurisdiction, TaxTable};
use crate::pricing::{Currency, MoneyError};

fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

fn line(class: TaxClass, minor_units: i64) -> Taxable {
    Taxable { class, amount: pounds(minor_units) }
}

/// A table where one country has the rule of a row.
fn table(country: &'static str, rest: [&'static str; 7]) -> TaxTable {
    let [prices, rounding, standard, reduced, super_reduced, delivery, reverse_charge] = rest;
    let row = [country, "", prices, rounding, standard, reduced, super_reduced, delivery, reverse_charge];
    let home = ["GB", "", "included", "order", "20", "5", "5", "20", "no"];
    TaxTable::from_rows(if country == "GB" { vec![(2, row)] } else { vec![(2, home), (3, row)] }).unwrap()
}

fn place(country: &str) -> Jurisdiction {
    Jurisdiction::country(country.parse().unwrap())
}

fn tax(table: &TaxTable, country: &str, customer: CustomerKind, lines: &[Taxable], delivery: i64) -> Taxed {
    table.tax(&place(country), customer, lines, pounds(delivery)).unwrap().unwrap()
}

fn minor(all: &[Money]) -> Vec<i64> {
    all.iter().map(|money| money.minor_units()).collect()
}

#[test]
fn prices_that_include_tax_stay_what_they_are() {
    let table = TaxTable::default();
    let taxed = tax(&table, "DE", CustomerKind::Private, &[line(TaxClass::Standard, 11_900)], 11_90);
    let shares: Vec<_> = taxed.taxes.shares().map(|share| (share.rate.to_string(), share.net, share.tax)).collect();
    assert_eq!(shares, [("19%".to_owned(), pounds(11_000), pounds(20_90))]);
    assert_eq!(taxed.taxes.applied_to(pounds(13_090)), Ok(pounds(13_090)));
    assert_eq!((taxed.lines, taxed.taxes.of_delivery()), (vec![pounds(19_00)], Some(pounds(1_90))));
}

#[test]
fn tax_is_added_where_prices_are_without_it() {
    let table = TaxTable::default();
    let place = Jurisdiction { country: "US".parse().unwrap(), region: "CA".parse().ok() };
    let counted = table.tax(&place, CustomerKind::Private, &[line(TaxClass::Standard, 10_000)], pounds(9_95));
    let taxes = counted.unwrap().unwrap().taxes;
    assert_eq!(taxes.applied_to(pounds(10_995)), Ok(pounds(11_720)), "delivery is not taxed there");
    assert_eq!(taxes.owed(), pounds(7_25));
}

#[test]
fn classes_have_rates_of_their_own() {
    let lines = [line(TaxClass::Standard, 120), line(TaxClass::Reduced, 105), line(TaxClass::Zero, 100)];
    let taxed = tax(&TaxTable::default(), "GB", CustomerKind::Private, &lines, 0);
    assert_eq!(minor(&taxed.lines), [20, 5, 0]);
    let labels: Vec<_> = taxed.taxes.shares().map(|share| share.label(taxed.taxes.treatment())).collect();
    assert_eq!(labels, ["Includes VAT at 20%", "Includes VAT at 5%"]);
    let free = tax(&TaxTable::default(), "GB", CustomerKind::Private, &[line(TaxClass::Zero, 100)], 0);
    assert_eq!((free.taxes.note(), free.taxes.owed()), ("Free of tax", pounds(0)));
}

#[test]
fn a_jurisdiction_rounds_each_line_or_all_of_them() {
    let lines = [line(TaxClass::Standard, 15); 3];
    let of = |rounding| {
        let table = table("GB", ["added", rounding, "10", "0", "0", "0", "no"]);
        minor(&tax(&table, "GB", CustomerKind::Private, &lines, 0).lines)
    };
    // 1.5 of each: 6 when each is rounded, and 4.5 together.
    assert_eq!((of("line"), of("order")), (vec![2, 2, 2], vec![2, 2, 1]));
}

#[test]
fn a_business_abroad_owes_the_tax_itself() {
    let lines = [line(TaxClass::Standard, 11_900)];
    let reversed = tax(&TaxTable::default(), "DE", CustomerKind::Business, &lines, 0).taxes;
    assert_eq!((reversed.applied_to(pounds(11_900)), reversed.owed()), (Ok(pounds(10_000)), pounds(0)));
    let at_home = tax(&TaxTable::default(), "GB", CustomerKind::Business, &lines, 0).taxes;
    assert_eq!(at_home.treatment(), Treatment::Included);
    let added = table("FR", ["added", "order", "20", "10", "5", "20", "yes"]);
    let taxed = tax(&added, "FR", CustomerKind::Business, &lines, 5_00);
    assert_eq!(taxed.taxes.applied_to(pounds(12_400)), Ok(pounds(12_400)));
    assert_eq!((minor(&taxed.lines), taxed.taxes.of_delivery()), (vec![0], Some(pounds(0))));
}

#[test]
fn what_is_collected_at_the_border_is_not_counted() {
    let table = TaxTable::default();
    for country in ["JP", "CA"] {
        assert_eq!(table.tax(&place(country), CustomerKind::Private, &[], pounds(1_00)), Ok(None), "{country}");
    }
    let home_alone = self::table("GB", ["included", "order", "20", "5", "5", "20", "no"]);
    assert_eq!(home_alone.collection("DE".parse().unwrap()), Collection::AtImport);
    assert_eq!(home_alone.tax(&place("DE"), CustomerKind::Private, &[], pounds(1_00)), Ok(None));
}

#[test]
fn currencies_are_never_mixed() {
    let dollar = Taxable { class: TaxClass::Standard, amount: Money::new(1_00, Currency::USD) };
    let mixed = TaxTable::default().tax(&place("GB"), CustomerKind::Private, &[dollar], pounds(0));
    assert!(matches!(mixed, Err(TaxesError::Money(MoneyError::CurrenciesDiffer { .. }))), "{mixed:?}");
}

#[test]
fn taxes_read_back_as_they_were_written() {
    let lines = [line(TaxClass::Standard, 120), line(TaxClass::Reduced, 105)];
    let taxes = tax(&TaxTable::default(), "GB", CustomerKind::Private, &lines, 3_95).taxes;
    let json = serde_json::to_string(&taxes).unwrap();
    assert_eq!(serde_json::from_str::<Taxes>(&json).unwrap(), taxes, "{json}");
}

fn any_class() -> impl Strategy<Value = TaxClass> {
    prop::sample::select(vec![TaxClass::Standard, TaxClass::Reduced, TaxClass::SuperReduced, TaxClass::Zero])
}

fn any_rule() -> impl Strategy<Value = TaxRule> {
    let rate = || (0..=100_000_u32).prop_map(|thousandths| TaxRate::try_from(thousandths).unwrap());
    let collection = prop::sample::select(vec![Collection::Included, Collection::Added]);
    let rounding = prop::sample::select(vec![Rounding::Line, Rounding::Order]);
    (collection, rounding, rate(), rate(), rate(), rate()).prop_map(
        |(collection, rounding, standard, reduced, super_reduced, delivery)| TaxRule {
            collection,
            rounding,
            standard,
            reduced,
            super_reduced,
            delivery,
            has_reverse_charge: true,
        },
    )
}

fn any_lines() -> impl Strategy<Value = Vec<Taxable>> {
    let line = (any_class(), 0_i64..1_000_000).prop_map(|(class, minor_units)| line(class, minor_units));
    prop::collection::vec(line, 0..12)
}

fn treatments(rule: &TaxRule) -> [Treatment; 2] {
    let plain = if rule.collection == Collection::Included { Treatment::Included } else { Treatment::Added };
    [plain, Treatment::ReverseCharged]
}

proptest! {
    #[test]
    fn the_taxes_of_the_lines_are_the_tax_of_the_order(rule in any_rule(), lines in any_lines(), delivery in 0_i64..10_000) {
        for treatment in treatments(&rule) {
            let taxed = count(&rule, treatment, &lines, pounds(delivery)).unwrap();
            let of_parts = minor(&taxed.lines).iter().sum::<i64>() + taxed.taxes.of_delivery().unwrap().minor_units();
            let by_rate: i64 = taxed.taxes.shares().map(|share| share.tax.minor_units()).sum();
            prop_assert_eq!(of_parts, by_rate);
            prop_assert_eq!(taxed.lines.len(), lines.len());
            if treatment != Treatment::ReverseCharged {
                prop_assert_eq!(taxed.taxes.owed().minor_units(), of_parts);
            }
        }
    }

    #[test]
    fn no_tax_is_negative_and_none_is_more_than_what_it_is_of(rule in any_rule(), lines in any_lines(), delivery in 0_i64..10_000) {
        let before: i64 = delivery + lines.iter().map(|line| line.amount.minor_units()).sum::<i64>();
        for treatment in treatments(&rule) {
            let taxed = count(&rule, treatment, &lines, pounds(delivery)).unwrap();
            for (tax, line) in taxed.lines.iter().zip(&lines) {
                prop_assert!((0..=line.amount.minor_units()).contains(&tax.minor_units()), "{tax} of {line:?}");
            }
            let total = taxed.taxes.applied_to(pounds(before)).unwrap();
            prop_assert!(!total.is_negative() && taxed.taxes.owed().minor_units() <= total.minor_units());
            match treatment {
                Treatment::Included => prop_assert_eq!(total.minor_units(), before),
                Treatment::Added => prop_assert!(total.minor_units() >= before),
                Treatment::ReverseCharged => prop_assert!(total.minor_units() <= before),
            }
        }
    }

    #[test]
    fn no_line_is_rounded_by_a_whole_unit(rule in any_rule(), lines in any_lines(), delivery in 0_i64..10_000) {
        let treatment = treatments(&rule)[0];
        let taxed = count(&rule, treatment, &lines, pounds(delivery)).unwrap();
        for (tax, line) in taxed.lines.iter().zip(&lines) {
            let (numerator, denominator) = rule.rate(line.class).part(treatment == Treatment::Included);
            let off = i128::from(tax.minor_units()) * denominator - i128::from(line.amount.minor_units()) * numerator;
            prop_assert!(off.abs() < denominator, "{tax} of {line:?}");
        }
    }

    #[test]
    fn what_is_taken_off_is_taxed_no_more(rule in any_rule(), minor_units in 0_i64..1_000_000, off in 0_i64..1_000_000) {
        let treatment = treatments(&rule)[0];
        let owed = |minor_units| {
            count(&rule, treatment, &[line(TaxClass::Standard, minor_units)], pounds(0)).unwrap().taxes.owed()
        };
        prop_assert!(owed(minor_units - off.min(minor_units)).minor_units() <= owed(minor_units).minor_units());
    }

    #[test]
    fn every_country_taxes_any_order(lines in any_lines(), place in 0..22_usize) {
        let country = Country::all().nth(place).unwrap();
        let counted = TaxTable::default().tax(&Jurisdiction::country(country), CustomerKind::Private, &lines, pounds(3_95));
        prop_assert!(counted.is_ok());
    }
}
