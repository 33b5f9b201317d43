//! The rules of what there is: of each SKU, and of each at its locations.

use super::goods::{PlacedUnits, Units, add, subtract, sums};
use super::returns::StoredReturn;
use super::rules::{Breach, Rule, require};
use super::shelves::Place;
use super::world::World;
use crate::order::OrderState;
use crate::order::exchange::ExchangeState;

pub(super) fn units(world: &World<'_>) -> Result<(), Breach> {
    let (mut reserved, mut allocated, mut sent) = (Units::default(), PlacedUnits::default(), PlacedUnits::default());
    for order in world.store.orders.values() {
        add(&mut reserved, &order.reserved);
        add(allocated.as_flattened_mut(), order.allocated.as_flattened());
        add(sent.as_flattened_mut(), order.sent.as_flattened());
        for StoredReturn { found, placed, back } in &order.returns {
            add(&mut reserved, &world.store.shelves.exchanged(found, ExchangeState::Reserved));
            if found.has_exchange_in(ExchangeState::Allocated) {
                add(allocated.as_flattened_mut(), placed.as_flattened());
            }
            if found.has_exchange_in(ExchangeState::Sent) {
                add(sent.as_flattened_mut(), placed.as_flattened());
            }
            // What came back is there again.
            subtract(sent.as_flattened_mut(), back.as_flattened());
        }
    }
    let (allocated_sums, sent_sums, stock) = (sums(&allocated), sums(&sent), sums(&world.plan.goods.stock));
    for (sku, total) in world.store.shelves.totals.iter().enumerate() {
        let expected = [stock[sku] - sent_sums[sku], reserved[sku], allocated_sums[sku]];
        let is_kept = total.promised() <= total.on_hand();
        let found = [total.on_hand(), total.reserved(), total.allocated()].map(i64::from);
        require(is_kept && found == expected, Rule::UnitsAddUp, || {
            format!("sku-{sku}: {found:?} on hand, reserved and allocated, orders make it {expected:?}")
        })?;
        let places = &world.store.shelves.places[sku];
        let on_hand: i64 = places.iter().map(|place| place.on_hand).sum();
        let is_whole = on_hand == found[0] && places.map(|place| place.allocated) == allocated[sku];
        require(is_whole, Rule::PlacesAddUp, || format!("sku-{sku}: {places:?}, orders hold {:?}", allocated[sku]))?;
        let has_it = |place: &Place| 0 <= place.allocated && place.allocated <= place.on_hand;
        require(places.iter().all(has_it), Rule::PlacesHaveIt, || format!("sku-{sku}: {places:?}"))?;
    }
    of_orders(world)
}

fn of_orders(world: &World<'_>) -> Result<(), Breach> {
    world.processes.iter().try_for_each(|process| {
        let Some(order) = world.store.orders.get(&process.request) else { return Ok(()) };
        let (wanted, nothing) = (process.units, Units::default());
        let expected = match order.state {
            OrderState::Pending if !order.is_given_up => [wanted, nothing, nothing],
            OrderState::Confirmed | OrderState::Cancelling => [nothing, wanted, nothing],
            OrderState::Shipped => [nothing, nothing, wanted],
            _ => [nothing; 3],
        };
        let found = [order.reserved, sums(&order.allocated), sums(&order.sent)];
        require(found == expected, Rule::AllUnitsOrNone, || format!("order {}: {order:?}", process.request))
    })
}
