//! Thousands of seeded interleavings of shoppers, crashes, timeouts and repeated commands, in
//! memory. A failing seed replays exactly.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{Command, Event, Outcome, Saga, Shortage};
use crate::inventory::AvailableUnits;
use crate::payment::DeclineReason;

/// One shopper after the same few units as the others.
#[derive(Debug, Clone)]
struct Shopper {
    wanted: u32,
    card_is_good: bool,
}

/// What chance decides at one moment.
#[derive(Debug, Clone, Copy)]
struct Turn {
    crash_before_logging: bool,
    gateway_loses_request: bool,
    gateway_loses_answer: bool,
}

#[derive(Default)]
struct World {
    available: u32,
    reserved: HashMap<usize, u32>,
    allocated: HashMap<usize, u32>,
    gateway: HashMap<usize, bool>,
    logs: Vec<Vec<Event>>,
}

impl World {
    /// Runs one command of a shopper's saga as the server would; `None` when nobody answered.
    fn run(&mut self, who: usize, shopper: &Shopper, command: &Command, turn: Turn) -> Option<Event> {
        match command {
            Command::Reserve if self.reserved.contains_key(&who) => Some(Event::Reserved),
            Command::Reserve if self.available >= shopper.wanted => {
                self.available -= shopper.wanted;
                self.reserved.insert(who, shopper.wanted);
                Some(Event::Reserved)
            }
            Command::Reserve => {
                let shortage = Shortage { sku: "lamp".parse().unwrap(), available: AvailableUnits(self.available) };
                Some(Event::Short { shortages: vec![shortage] })
            }
            Command::Authorize | Command::AskGateway { .. } if turn.gateway_loses_request => Some(Event::Unanswered),
            Command::Authorize => {
                let good = *self.gateway.entry(who).or_insert(shopper.card_is_good);
                Some(if turn.gateway_loses_answer { Event::Unanswered } else { answer(good) })
            }
            Command::AskGateway { .. } => Some(self.gateway.get(&who).map_or(Event::NeverHeard, |good| answer(*good))),
            Command::Confirm { .. } => {
                if let Some(units) = self.reserved.remove(&who) {
                    self.allocated.insert(who, units);
                }
                Some(Event::Confirmed)
            }
            Command::Release => {
                self.available += self.reserved.remove(&who).unwrap_or_default();
                Some(Event::Released)
            }
            Command::SetAside => None,
        }
    }

    /// One step of one saga: rebuilt from its log each time, as after a crash.
    fn step(&mut self, who: usize, shopper: &Shopper, turn: Turn) {
        let saga = Saga::replay(&self.logs[who]);
        for command in saga.pending() {
            if let Some(event) = self.run(who, shopper, &command, turn)
                && !turn.crash_before_logging
            {
                self.logs[who].push(event);
            }
        }
    }
}

fn answer(card_is_good: bool) -> Event {
    if card_is_good {
        Event::Authorized { authorization: "auth".parse().unwrap() }
    } else {
        Event::Declined { reason: DeclineReason::Declined }
    }
}

/// Whose turn it is, and what happens in it.
fn turn() -> impl Strategy<Value = (prop::sample::Index, Turn)> {
    let chance = || prop::bool::weighted(0.2);
    (any::<prop::sample::Index>(), chance(), chance(), chance()).prop_map(
        |(who, crash_before_logging, gateway_loses_request, gateway_loses_answer)| {
            (who, Turn { crash_before_logging, gateway_loses_request, gateway_loses_answer })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_unit_is_sold_twice_and_every_payment_has_its_order(
        stock in 0_u32..6,
        shoppers in prop::collection::vec((1_u32..4, any::<bool>()), 1..6),
        turns in prop::collection::vec(turn(), 0..80),
    ) {
        let shoppers: Vec<Shopper> =
            shoppers.into_iter().map(|(wanted, card_is_good)| Shopper { wanted, card_is_good }).collect();
        let mut world = World { available: stock, logs: vec![vec![Event::Begun]; shoppers.len()], ..World::default() };
        for (who, turn) in turns {
            let who = who.index(shoppers.len());
            world.step(who, &shoppers[who], turn);
            let held: u32 = world.reserved.values().chain(world.allocated.values()).sum();
            prop_assert_eq!(held + world.available, stock);
        }

        // The weather clears: every saga comes to its one end.
        let calm = Turn { crash_before_logging: false, gateway_loses_request: false, gateway_loses_answer: false };
        for (who, shopper) in shoppers.iter().enumerate() {
            for _ in 0..8 {
                world.step(who, shopper, calm);
            }
            let saga = Saga::replay(&world.logs[who]);
            let paid = world.gateway.get(&who) == Some(&true);
            match saga.outcome() {
                Some(Outcome::Confirmed) => prop_assert!(paid && world.allocated.get(&who) == Some(&shopper.wanted)),
                Some(Outcome::Declined { .. } | Outcome::Short { .. }) => {
                    prop_assert!(!paid && !world.allocated.contains_key(&who));
                }
                None => prop_assert!(false, "no outcome after {:?}", world.logs[who]),
            }
        }
        prop_assert!(world.reserved.is_empty());
    }
}
