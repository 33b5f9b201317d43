//! The rules of what comes back and of what is sent for it.

use super::aftermath::PAST_EXCHANGES_MS;
use super::process::{Process, money as money_of};
use super::returns::StoredReturn;
use super::rules::{Breach, Rule, require};
use super::shelves::number_of;
use super::store::StoredOrder;
use super::world::World;
use crate::catalog::Sku;
use crate::checkout::saga::Event;
use crate::order::exchange::{Exchange, ExchangeState};
use crate::order::returns::{ReturnLine, ReturnState};
use crate::payment::{MovementId, MovementKind};
use crate::pricing::Money;

pub(super) fn returns(world: &World<'_>) -> Result<(), Breach> {
    for process in &world.processes {
        let Some(order) = world.store.orders.get(&process.request) else { continue };
        if order.returns.is_empty() {
            continue;
        }
        for stored in &order.returns {
            follows(world, process, stored)?;
        }
        units(process, order)?;
        money(process, order)?;
    }
    Ok(())
}

/// An exchange stands as its return lets it, and is kept no longer than it may be.
fn follows(world: &World<'_>, process: &Process<'_>, stored: &StoredReturn) -> Result<(), Breach> {
    let found = &stored.found;
    let fits = |exchange: &Exchange| match (found.state, exchange.state) {
        (ReturnState::Requested, state) => matches!(state, ExchangeState::Reserved | ExchangeState::Lapsed),
        (ReturnState::Received | ReturnState::Refunded, state) => {
            matches!(state, ExchangeState::Allocated | ExchangeState::Sent | ExchangeState::Lapsed)
        }
        (ReturnState::Refused | ReturnState::Withdrawn, state) => {
            matches!(state, ExchangeState::Released | ExchangeState::Lapsed)
        }
    };
    let about = || format!("order {}, {stored}", process.request);
    require(found.exchanges.iter().all(fits), Rule::ExchangesFollowReturns, about)?;
    let kept_ms = world.now_ms - found.asked_at.as_millisecond();
    let is_kept = found.has_exchange_in(ExchangeState::Reserved);
    require(!is_kept || kept_ms < PAST_EXCHANGES_MS, Rule::ExchangesEnd, about)
}

/// No unit comes back twice.
fn units(process: &Process<'_>, order: &StoredOrder) -> Result<(), Breach> {
    let back = order.returns.iter().filter(|stored| stored.found.state.holds_units());
    let mut left = process.shopper.wanted.clone();
    for line in back.flat_map(|stored| &stored.found.lines) {
        if let Some(left) = number_of(&line.sku).and_then(|number| left.get_mut(number)) {
            *left -= i64::from(line.quantity.get());
        }
    }
    let is_there = left.iter().all(|left| *left >= 0);
    require(is_there, Rule::ReturnedOnce, || format!("order {}: {left:?} left to return", process.request))
}

/// What went back for returns is what they say, and where all was charged that is what their lines cost, less what
/// was sent instead costs: what came back, what went back and what was sent sum to nothing.
fn money(process: &Process<'_>, order: &StoredOrder) -> Result<(), Breach> {
    let about = || format!("order {}: {:?}", process.request, order.returns);
    let is_of_return = |id: MovementId| order.returns.iter().any(|stored| stored.found.movement == Some(id));
    let (mut captured_minor, mut refunded_minor, mut others_minor) = (0, 0, 0);
    for event in &process.log {
        let (Event::Moved { movement } | Event::RefundedElsewhere { movement }) = event else { continue };
        let amount_minor = movement.amount.minor_units();
        match movement.kind {
            MovementKind::Capture { .. } => captured_minor += amount_minor,
            MovementKind::Refund { .. } if is_of_return(movement.id) => refunded_minor += amount_minor,
            MovementKind::Refund { .. } => others_minor += amount_minor,
            MovementKind::Release => {}
        }
    }
    let received = || order.returns.iter().filter(|stored| stored.found.state.is_received());
    let brought = |stored: &StoredReturn| stored.found.refund.map_or(0, Money::minor_units);
    let refunded = received().filter(|stored| stored.found.state == ReturnState::Refunded);
    let said_minor: i64 = refunded.map(brought).sum();
    require(said_minor == refunded_minor, Rule::ReturnsAreRefunded, about)?;
    if captured_minor != process.shopper.amount_minor() {
        return Ok(());
    }
    let is_right = |stored: &StoredReturn| {
        let sum_minor = brought(stored) + instead_minor(stored, ExchangeState::stands) - worth_minor(stored);
        // What was given back for other reasons is not given back again.
        if others_minor == 0 { sum_minor == 0 } else { sum_minor <= 0 }
    };
    require(received().all(is_right), Rule::ReturnsBringTheirMoney, about)?;
    require(sent_minor(order) <= order.open_when_sent_minor, Rule::ExchangesArePaid, about)
}

/// Checked when the weather has cleared: only what can't be paid for waits for an operator.
pub(super) fn at_the_end(world: &World<'_>) -> Result<(), Breach> {
    for process in &world.processes {
        let Some(order) = world.store.orders.get(&process.request) else { continue };
        let saga = process.replayed();
        let Some(tally) = saga.tally().filter(|_| saga.is_at_rest()) else { continue };
        let total = money_of(process.shopper.amount_minor());
        let is_charged = tally.captured_minor_units() == total.minor_units();
        let spare_minor = tally.open_to_refund(total).minor_units() - sent_minor(order);
        let is_over = |stored: &StoredReturn| {
            let waits_minor = instead_minor(stored, |state| state == ExchangeState::Allocated);
            let can_be_sent = stored.found.has_exchange_in(ExchangeState::Allocated) && waits_minor <= spare_minor;
            let is_kept = stored.found.has_exchange_in(ExchangeState::Reserved);
            stored.found.state != ReturnState::Received && !is_kept && !(is_charged && can_be_sent)
        };
        require(order.returns.iter().all(is_over), Rule::ExchangesEnd, || {
            format!("order {}: {:?}", process.request, order.returns)
        })?;
    }
    Ok(())
}

/// What the lines of a return cost.
fn worth_minor(stored: &StoredReturn) -> i64 {
    let worth = |line: &ReturnLine| price_minor(&line.sku) * i64::from(line.quantity.get());
    stored.found.lines.iter().map(worth).sum()
}

/// What costs that is sent for it, in some states.
fn instead_minor(stored: &StoredReturn, is_in: impl Fn(ExchangeState) -> bool) -> i64 {
    let exchanges = stored.found.exchanges.iter().filter(|exchange| is_in(exchange.state));
    exchanges.map(|exchange| price_minor(&exchange.sku) * i64::from(exchange.quantity.get())).sum()
}

fn sent_minor(order: &StoredOrder) -> i64 {
    order.returns.iter().map(|stored| instead_minor(stored, |state| state == ExchangeState::Sent)).sum()
}

/// A unit of the first SKU costs one minor unit, one of the next two, and so on.
fn price_minor(sku: &Sku) -> i64 {
    number_of(sku).and_then(|number| i64::try_from(number).ok()).map_or(0, |number| number + 1)
}
