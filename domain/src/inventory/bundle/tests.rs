use super::super::{Availability, LimitPeriod, PurchaseLimit, Remaining};
use super::*;
use proptest::prelude::*;

fn sku(name: impl std::fmt::Display) -> Sku {
    format!("SKU-{name}").parse().unwrap()
}

fn units(units: u32) -> Quantity {
    units.try_into().unwrap()
}

fn part(name: impl std::fmt::Display, quantity: u32) -> BundlePart {
    BundlePart { sku: sku(name), quantity: units(quantity) }
}

fn bundle(parts: &[BundlePart]) -> Result<Bundle, BundleError> {
    Bundle::new(&sku("SET"), parts.to_vec())
}

/// So many on the shelf, and a policy.
fn on_sale(free: i64, policy: StockPolicy) -> OnSale {
    OnSale::new(free, SaleTerms { policy, ..SaleTerms::default() }, "2026-12-01".parse().unwrap())
}

fn later(day: &str, beyond: u32) -> Later {
    Later { day: day.parse().unwrap(), units: units(beyond) }
}

#[test]
fn a_bundle_has_some_parts_and_not_too_many() {
    assert_eq!(bundle(&[]), Err(BundleError::NoParts));
    let parts = |count: usize| (0..count).map(|number| part(number, 1)).collect::<Vec<_>>();
    assert_eq!(bundle(&parts(MAX_BUNDLE_PARTS)).map(|bundle| bundle.parts().len()), Ok(MAX_BUNDLE_PARTS));
    assert_eq!(bundle(&parts(MAX_BUNDLE_PARTS + 1)), Err(BundleError::TooManyParts));
}

#[test]
fn a_part_has_some_units_and_not_too_many() {
    assert!(bundle(&[part("MUG", MAX_PART_UNITS)]).is_ok());
    assert_eq!(bundle(&[part("MUG", MAX_PART_UNITS + 1)]), Err(BundleError::TooManyUnits { part: sku("MUG") }));
    let read = |quantity: u32| BundleRow::from_fields(["SET", "MUG", &quantity.to_string()]);
    assert!(read(MAX_PART_UNITS).is_ok());
    assert_eq!(read(MAX_PART_UNITS + 1).map_err(|(column, _)| column), Err("quantity"));
    assert_eq!(read(0).map_err(|(column, _)| column), Err("quantity"));
    assert_eq!(BundleRow::from_fields(["SET", "", "1"]).map_err(|(column, _)| column), Err("part_sku"));
    assert_eq!(BundleRow::from_fields(["", "MUG", "1"]).map_err(|(column, _)| column), Err("bundle_sku"));
}

#[test]
fn no_part_stands_twice_and_none_is_the_bundle() {
    assert_eq!(
        bundle(&[part("MUG", 1), part("TRAY", 1), part("MUG", 2)]),
        Err(BundleError::Twice { part: sku("MUG") })
    );
    assert_eq!(bundle(&[part("MUG", 1), part("SET", 1)]), Err(BundleError::Itself));
    assert_eq!(bundle(&[part("TRAY", 1), part("MUG", 2)]), bundle(&[part("MUG", 2), part("TRAY", 1)]));
}

#[test]
fn parts_are_typed_one_to_a_line() {
    let read = |text: &str| Bundle::parse(&sku("SET"), text).map(|bundle| bundle.map(|bundle| bundle.typed()));
    assert_eq!(read("SKU-TRAY, 1\r\n\r\n SKU-MUG\t2 \r\n"), Ok(Some("SKU-MUG,2\nSKU-TRAY,1".to_owned())));
    assert_eq!(read("A,B,3"), Ok(Some("A,B,3".to_owned())), "a SKU may have a comma");
    assert_eq!(read(" \n"), Ok(None));
    assert_eq!(read("SKU-MUG,2\nSKU-TRAY"), Err(BundleError::Line { line: 2 }));
    assert_eq!(read(",2"), Err(BundleError::Line { line: 1 }));
    let reason = QuantityError::NotANumber;
    assert_eq!(read("SKU-MUG,two"), Err(BundleError::Units { part: sku("MUG"), reason }));
    let width = Sku::MAX_CHARS as usize;
    let lines = (0..MAX_BUNDLE_PARTS).map(|number| format!("{number:0>width$},{MAX_PART_UNITS}"));
    let typed = lines.collect::<Vec<_>>().join("\n");
    assert!(typed.len() <= MAX_PARTS_CHARS as usize, "{}", typed.len());
    assert_eq!(read(&typed), Ok(Some(typed.clone())));
}

#[test]
fn a_bundle_is_there_as_often_as_its_scarcest_part() {
    let tea = bundle(&[part("MUG", 4), part("TRAY", 1)]).unwrap();
    let said = |mugs: i64, trays: i64| {
        tea.on_sale(SaleTerms::default(), |part| {
            on_sale(if *part == sku("MUG") { mugs } else { trays }, StockPolicy::StopAtZero)
        })
    };
    assert_eq!(said(11, 9).availability(), Availability::Low { units: 2 });
    assert_eq!(said(40, 9).availability(), Availability::InStock);
    assert_eq!((said(3, 9).availability(), said(40, 0).availability()), (Availability::SoldOut, Availability::SoldOut));
    let limit = PurchaseLimit::try_from((units(2), LimitPeriod::Week)).unwrap();
    assert_eq!(
        tea.on_sale(SaleTerms { limit: Some(limit), ..SaleTerms::default() }, |_| on_sale(9, StockPolicy::StopAtZero))
            .terms
            .limit,
        Some(limit)
    );
}

#[test]
fn a_bundle_is_sold_for_later_as_its_parts_are() {
    let tea = bundle(&[part("MUG", 2), part("TRAY", 1)]).unwrap();
    let said = |mugs: OnSale, trays: OnSale| {
        tea.on_sale(SaleTerms::default(), |part| if *part == sku("MUG") { mugs } else { trays })
    };
    let (back, new) = (later("2027-01-12", 20), later("2027-02-01", 5));
    let (many, none) = (on_sale(40, StockPolicy::StopAtZero), on_sale(0, StockPolicy::StopAtZero));
    let waits = said(on_sale(2, StockPolicy::Backorder(back)), many);
    assert_eq!((waits.available.0, waits.on_shelf()), (11, 1));
    assert_eq!(waits.availability_of(units(1)), Availability::Low { units: 1 });
    assert_eq!(waits.availability_of(units(2)), Availability::Backorder { day: back.day });
    assert_eq!(said(on_sale(2, StockPolicy::Backorder(back)), none).availability(), Availability::SoldOut);
    // Enough of what could be ordered later is there.
    assert_eq!(
        said(on_sale(80, StockPolicy::Backorder(back)), on_sale(3, StockPolicy::StopAtZero)).terms.policy.later(),
        None
    );
    let unreleased = said(on_sale(0, StockPolicy::Backorder(back)), on_sale(9, StockPolicy::Preorder(new)));
    assert_eq!(unreleased.availability(), Availability::Preorder { day: new.day });
}

#[test]
fn a_line_says_what_is_in_it() {
    let named = |name: &str, quantity| SoldPart { sku: sku(name), quantity: units(quantity), product: None };
    assert_eq!(parts_in_words(&[]), "");
    assert_eq!(parts_in_words(&[named("A", 1)]), "1 × SKU-A");
    assert_eq!(parts_in_words(&[named("A", 1), named("B", 2), named("C", 3)]), "1 × SKU-A, 2 × SKU-B and 3 × SKU-C");
}

#[test]
fn lines_that_need_the_same_part_are_served_one_after_the_other() {
    let (set, mug) = (sku("SET"), sku("MUG"));
    let of_set = StockLine { sku: &set, quantity: units(2), parts: vec![(&mug, units(2))] };
    let alone = StockLine { sku: &mug, quantity: units(3), parts: Vec::new() };
    let wanted = demand(&[of_set.clone(), alone.clone()]).unwrap();
    assert_eq!(wanted.into_iter().collect::<Vec<_>>(), [(&mug, units(7))]);
    let left = |units: u32| left_for_each(&[of_set.clone(), alone.clone()], |_| AvailableUnits(units));
    assert_eq!(left(7), [3, 3].map(AvailableUnits));
    assert_eq!(left(5), [2, 1].map(AvailableUnits));
    assert_eq!(left(3), [1, 1].map(AvailableUnits));
    let too_many = StockLine { sku: &set, quantity: units(Quantity::MAX), parts: vec![(&mug, units(2))] };
    assert_eq!(demand(&[too_many]), Err(QuantityError::TooMany));
}

proptest! {
    #[test]
    fn as_many_bundles_are_sold_as_can_be_put_together(
        parts in prop::collection::btree_map(0_u32..5, 1_u32..5, 1..5),
        stock in prop::collection::vec(0_u32..30, 5),
    ) {
        let made = bundle(&parts.iter().map(|(name, quantity)| part(name, *quantity)).collect::<Vec<_>>()).unwrap();
        let units_of = |wanted: &Sku| {
            let found = (0..).zip(&stock).find(|(name, _)| sku(*name) == *wanted);
            AvailableUnits(found.map_or(0, |(_, units)| *units))
        };
        let available = made.on_sale(SaleTerms::default(), |part| units_of(part).into()).available.0;
        let set = sku("SET");
        let mut left = Remaining::new((0..5).map(|name| (sku(name), units_of(&sku(name)))).collect());
        let taken = (0..).take_while(|_| {
            let parts = made.parts().iter().map(|part| (&part.sku, part.quantity)).collect();
            let wanted = demand(&[StockLine { sku: &set, quantity: Quantity::ONE, parts }]).unwrap();
            left.take(&wanted.into_iter().map(|(sku, units)| (sku.clone(), units)).collect::<Vec<_>>()).is_ok()
        });
        prop_assert_eq!(taken.count(), available as usize);
    }

    #[test]
    fn lines_fit_together_exactly_when_what_they_take_is_there(
        lines in prop::collection::vec((0_u32..4, 1_u32..5, prop::collection::btree_map(0_u32..4, 1_u32..4, 0..3)), 1..5),
        stock in prop::collection::vec(0_u32..30, 4),
    ) {
        let skus: Vec<Sku> = (0..4).map(sku).collect();
        let units_of = |wanted: &Sku| {
            AvailableUnits(skus.iter().zip(&stock).find(|(sku, _)| *sku == wanted).map_or(0, |(_, units)| *units))
        };
        let lines: Vec<StockLine<'_>> = lines.iter().map(|(name, quantity, parts)| StockLine {
            sku: &skus[*name as usize],
            quantity: units(*quantity),
            parts: parts.iter().map(|(name, each)| (&skus[*name as usize], units(*each))).collect(),
        }).collect();
        let left = left_for_each(&lines, units_of);
        let all_fit = lines.iter().zip(&left).all(|(line, left)| line.quantity.get() <= left.0);
        let wanted = demand(&lines).unwrap();
        prop_assert_eq!(all_fit, wanted.iter().all(|(sku, wanted)| wanted.get() <= units_of(sku).0));
        // What is left for each is never more than there is for all of them.
        let served: Vec<StockLine<'_>> = lines.into_iter().zip(&left).filter_map(|(line, left)| {
            let quantity = line.quantity.get().min(left.0).try_into().ok()?;
            Some(StockLine { quantity, ..line })
        }).collect();
        for (sku, taken) in demand(&served).unwrap() {
            prop_assert!(taken.get() <= units_of(sku).0);
        }
    }
}
