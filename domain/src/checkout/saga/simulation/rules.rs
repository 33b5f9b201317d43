use std::collections::BTreeMap;
use std::fmt;

use super::plan::{Card, Request};
use super::process::Process;
use super::return_rules;
use super::store::StoredOrder;
use super::unit_rules::units;
use super::world::World;
use crate::checkout::saga::{Event, Outcome, Saga};
use crate::order::OrderState;
use crate::payment::Tally;

/// What holds whatever goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    #[error(
        "no unit is sold twice, alone or in a bundle: what orders hold is promised, and what was not sent is there"
    )]
    UnitsAddUp,
    #[error("what lies at all locations, and what is to be sent from there, is all that there is of it")]
    PlacesAddUp,
    #[error("nothing is sent from where it does not lie")]
    PlacesHaveIt,
    #[error(
        "an order holds all its units, or was sent with them, and has none once it is declined, cancelled or refunded"
    )]
    AllUnitsOrNone,
    #[error("money is held only for an order that is neither declined nor cancelled")]
    MoneyHasItsOrder,
    #[error("money is held once for an order")]
    MoneyHeldOnce,
    #[error("the gateway captures and refunds what the book says, and never more than there is")]
    MovedOnce,
    #[error("the gateway holds what may still be captured of an order, and nothing more of it")]
    RestIsLetGo,
    #[error("what went back in full before it was sent is never sent, and its units are given back")]
    UndoneIsClosed,
    #[error("the book sums to zero and knows exactly what is held")]
    BookBalances,
    #[error(
        "what is left on a gift card and what orders have of it is what it was issued over, and nothing is below zero"
    )]
    GiftCardsAddUp,
    #[error("an order has of a gift card what it holds and has spent, and nothing when it ended")]
    GiftCardsPayOrders,
    #[error("a key remembers only an order that was not declined")]
    OnlySuccessRemembered,
    #[error("a key has at most one order that was not declined")]
    OneOrderForAKey,
    #[error("a saga is what its log says")]
    LogIsTheSaga,
    #[error("no reservation outlives its time")]
    ReservationsEnd,
    #[error("no unit of an order comes back twice")]
    ReturnedOnce,
    #[error("what went back for returns is what they say")]
    ReturnsAreRefunded,
    #[error("what a return brings and what is sent for it is worth what comes back")]
    ReturnsBringTheirMoney,
    #[error("what is sent in exchange is paid by what is left of its order's money")]
    ExchangesArePaid,
    #[error("an exchange is kept until its return is there, refused or withdrawn")]
    ExchangesFollowReturns,
    #[error("no exchange is kept for longer than it may be, and each ends that is paid for")]
    ExchangesEnd,
    #[error("every purchase and every cancellation ends, and its order says how")]
    EveryPurchaseEnds,
    #[error("only a bad card is declined, what was given up, or a payment that the shopper did not confirm")]
    GoodCardsPay,
    #[error("twins get the same answer")]
    TwinsAgree,
}

/// A rule that was broken, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    pub rule: Rule,
    about: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.rule, self.about)
    }
}

pub(super) fn require(holds: bool, rule: Rule, about: impl FnOnce() -> String) -> Result<(), Breach> {
    if holds { Ok(()) } else { Err(Breach { rule, about: about() }) }
}

/// Checked after every step.
pub(super) fn always(world: &World<'_>) -> Result<(), Breach> {
    units(world)?;
    keys(world)?;
    reservations(world)?;
    money(world)?;
    gift_cards(world)?;
    return_rules::returns(world)?;
    world.processes.iter().try_for_each(|process| {
        let is_logged = |saga: &Saga| *saga == process.replayed() || *saga == process.taken_up();
        let is_same = process.saga.as_ref().is_none_or(is_logged);
        require(is_same, Rule::LogIsTheSaga, || format!("order {}", process.request))
    })
}

fn reservations(world: &World<'_>) -> Result<(), Breach> {
    world.processes.iter().try_for_each(|process| {
        require(!world.outlives_its_time(process), Rule::ReservationsEnd, || format!("order {}", process.request))
    })
}

fn keys(world: &World<'_>) -> Result<(), Breach> {
    let is_bought = |request: &Request| world.store.orders.get(request).is_some_and(StoredOrder::is_bought);
    for (shopper, order) in &world.store.keys {
        require(is_bought(order), Rule::OnlySuccessRemembered, || format!("{shopper}, order {order}"))?;
    }
    for shopper in &world.plan.shoppers {
        let bought = shopper.requests().filter(is_bought).count();
        require(bought <= 1, Rule::OneOrderForAKey, || format!("{} has {bought}", shopper.id))?;
    }
    Ok(())
}

fn money(world: &World<'_>) -> Result<(), Breach> {
    let holds: BTreeMap<Request, u32> = world.gateway.holds().collect();
    let sum_minor = world.book.sum_minor();
    require(sum_minor == 0, Rule::BookBalances, || format!("the sum is {sum_minor}"))?;
    for process in &world.processes {
        let request = process.request;
        let held = holds.get(&request).copied().unwrap_or_default();
        let order = world.store.orders.get(&request);
        require(held <= 1, Rule::MoneyHeldOnce, || format!("order {request}: {held} times"))?;
        require(held == 0 || order.is_some_and(StoredOrder::may_hold_money), Rule::MoneyHasItsOrder, || {
            format!("order {request}")
        })?;
        movements(world, process)?;
        let charged = world.store.charged(request, process.shopper);
        let (pending_minor, amount_minor) = (world.book.pending_minor(request), process.still_held_minor(charged));
        // What gift cards pay altogether, no bank hears of.
        let is_held = held == u32::from(charged.minor_units() > 0);
        let is_in_book = pending_minor == amount_minor;
        let is_right = match order.map(|order| order.state) {
            Some(OrderState::Confirmed) => is_held && is_in_book,
            // What is sent is charged.
            Some(OrderState::Shipped) => is_held && is_in_book && pending_minor == 0,
            Some(OrderState::Refunded) => pending_minor == 0 && world.book.posted_minor(request) == 0,
            // The gateway has let go before the store has heard of it.
            Some(OrderState::Cancelling) => is_in_book || held == 0 && pending_minor == 0,
            Some(OrderState::Cancelled) => held == 0 && pending_minor == 0,
            // What turned out to be held for nothing is let go of before the store has heard of it.
            Some(OrderState::Pending) if order.is_some_and(|order| order.is_given_up) => {
                is_in_book || pending_minor == 0
            }
            // Before the store has heard of it, money may be held that is not in the book yet.
            _ => pending_minor == 0 || held == 1 && is_in_book,
        };
        require(is_right, Rule::BookBalances, || {
            format!("order {request}: {pending_minor} of {amount_minor} in the book, held {held} times")
        })?;
    }
    Ok(())
}

fn gift_cards(world: &World<'_>) -> Result<(), Breach> {
    let (left, issued) = (world.store.gift_card_minor, world.plan.gift_card_minor);
    let taken: i64 = world.store.orders.values().map(|order| order.from_gift_card_minor).sum();
    let is_positive = left >= 0 && world.store.orders.values().all(|order| order.from_gift_card_minor >= 0);
    require(is_positive && left + taken == issued, Rule::GiftCardsAddUp, || {
        format!("{left} left, orders have {taken} of {issued}")
    })?;
    world.processes.iter().try_for_each(|process| {
        let Some(order) = world.store.orders.get(&process.request) else { return Ok(()) };
        let whole: i64 = order.on_gift_card.iter().map(|part| part.amount.minor_units()).sum();
        let charged_minor = world.store.charged(process.request, process.shopper).minor_units();
        let beyond = |moved_minor: i64| (moved_minor - charged_minor).max(0);
        let expected = match (order.state, process.replayed().tally()) {
            (OrderState::Declined | OrderState::Cancelled | OrderState::Refunded, _) => 0,
            (_, Some(tally)) if tally.is_settled() => {
                beyond(tally.captured_minor_units()) - beyond(tally.refunded_minor_units())
            }
            (_, Some(tally)) => whole - beyond(tally.refunded_minor_units()),
            (_, None) => whole,
        };
        require(order.from_gift_card_minor == expected, Rule::GiftCardsPayOrders, || {
            format!("order {} has {} of {expected}", process.request, order.from_gift_card_minor)
        })
    })
}

/// What is under way may have moved at the gateway, and nobody knows it yet.
fn movements(world: &World<'_>, process: &Process<'_>) -> Result<(), Breach> {
    let (captured, refunded) = world.gateway.moved_minor(process.request);
    let posted = world.book.posted_minor(process.request);
    let charged = world.store.charged(process.request, process.shopper);
    let is_within = 0 <= refunded && refunded <= captured && captured <= charged.minor_units();
    let is_known = !process.replayed().is_at_rest() || posted == captured - refunded;
    require(is_within && is_known, Rule::MovedOnce, || {
        format!("order {}: {captured} captured, {refunded} refunded, {posted} in the book", process.request)
    })?;
    let saga = process.replayed();
    let is_settled = match saga.outcome() {
        // What gift cards pay altogether, no bank hears of.
        Some(Outcome::Refunded | Outcome::Confirmed) if charged.minor_units() == 0 => false,
        Some(Outcome::Refunded) => true,
        Some(Outcome::Confirmed) => saga.tally().is_some_and(|tally| tally.at_gateway(charged).is_settled()),
        _ => return Ok(()),
    };
    require(world.gateway.is_settled(process.request) == is_settled, Rule::RestIsLetGo, || {
        format!("order {} is settled: {is_settled}", process.request)
    })
}

/// Checked when the weather has cleared.
pub(super) fn at_the_end(world: &World<'_>) -> Result<(), Breach> {
    for process in &world.processes {
        let saga = process.replayed();
        let state = world.store.orders.get(&process.request).map(|order| order.state);
        let expected = match saga.outcome() {
            Some(Outcome::Confirmed) if process.log.contains(&Event::Dispatched) => Some(OrderState::Shipped),
            Some(Outcome::Confirmed) => Some(OrderState::Confirmed),
            Some(Outcome::Refunded) => Some(OrderState::Refunded),
            Some(Outcome::Declined { .. }) => Some(OrderState::Declined),
            Some(Outcome::Cancelled) => Some(OrderState::Cancelled),
            Some(Outcome::Short { .. }) => None,
            // A twin has no order of its own; an order that is set aside waits for an operator.
            None if process.known.is_some() => None,
            None if process.log.contains(&Event::CancellationRequested) => Some(OrderState::Cancelling),
            None => Some(OrderState::Pending),
        };
        require(process.is_over() && state == expected, Rule::EveryPurchaseEnds, || {
            format!("order {} is {state:?} after {:?}", process.request, process.log)
        })?;
        let sent_at = process.log.iter().position(|event| *event == Event::Dispatched);
        let unsent = Saga::replay(&process.log[..sent_at.unwrap_or(process.log.len())]);
        require(!unsent.tally().is_some_and(Tally::is_undone), Rule::UndoneIsClosed, || {
            format!("order {} is {state:?} after {:?}", process.request, process.log)
        })?;
        let is_declined = matches!(saga.outcome(), Some(Outcome::Declined { .. }));
        let is_given_up = process.log.contains(&Event::GivenUp);
        let is_challenged = process.shopper.card == Card::Challenging && world.gateway.may_decline(process.request);
        let may_decline = is_given_up || process.shopper.card == Card::Bad || is_challenged;
        require(!is_declined || may_decline, Rule::GoodCardsPay, || format!("order {}", process.request))?;
    }
    return_rules::at_the_end(world)?;
    world.processes.iter().try_for_each(|process| {
        let is_settled = |state| !matches!(state, OrderState::Pending | OrderState::Declined);
        let settled = |of: &Process<'_>| answer(world, of).filter(|(_, state)| is_settled(*state));
        let mut twins = world.processes.iter().filter(|twin| twin.request.shopper == process.request.shopper);
        let bought = twins.find_map(settled);
        // Where a key bought, whoever was told of an order was told of that one. Who came when too
        // little was left was told so and could try again; so could who did not confirm the payment with
        // their bank, or was told of an order that waited for it until it was given up.
        let is_given_up = |request| world.store.orders.get(&request).is_some_and(|order| order.is_given_up);
        let is_refused = |request, state| state == OrderState::Declined && world.gateway.may_decline(request);
        let told = answer(world, process).filter(|(at, state)| !is_given_up(*at) && !is_refused(*at, *state));
        require(bought.is_none() || told.is_none() || told == bought, Rule::TwinsAgree, || {
            format!("request {} was told {told:?}, a twin {bought:?}", process.request)
        })
    })
}

/// The order that a request was told of, and what became of it.
fn answer(world: &World<'_>, process: &Process<'_>) -> Option<(Request, OrderState)> {
    let request = process.known.unwrap_or(process.request);
    world.store.orders.get(&request).map(|order| (request, order.state))
}
