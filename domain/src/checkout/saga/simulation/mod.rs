//! The purchase, simulated: shoppers who buy SKUs and bundles of them, cancel, return and exchange, crashes, lost and
//! late answers and a clock that jumps, all made from a seed, around the real [`Saga`](super::Saga) and the rules of
//! stock, allocation and returns. Guards the rules of [`Rule`]: whatever goes wrong, no unit is sold twice, no money
//! is held without an order, and every purchase and every exchange ends.
//! Only `cartograph simulate` and the tests call it; the browser part does not contain it.
//!
//! A seed becomes a [`Plan`], which says everything that chance decides; running a plan is free of
//! chance. So a failing seed fails again in the same way, and its plan can be cut down to what
//! makes it fail.

mod aftermath;
mod chance;
mod document;
mod failure;
mod flaw;
mod gateway;
mod goods;
mod movement;
mod plan;
mod process;
mod return_rules;
mod returns;
mod rules;
mod shelves;
mod store;
#[cfg(test)]
mod tests;
mod unit_rules;
mod world;

pub use failure::Failure;
pub use flaw::Flaw;
pub use plan::Plan;
pub use rules::{Breach, Rule};

/// More seeds than this in one go are a mistake in typing.
pub const MAX_SEEDS: u64 = 100_000_000;

/// Runs the purchases of one seed. The store of the product has no flaw.
///
/// # Errors
/// When a rule is broken: the shortest way to it that was found.
pub fn simulate(seed: u64, flaw: Option<Flaw>) -> Result<(), Box<Failure>> {
    let plan = Plan::from_seed(seed);
    match world::run(&plan, flaw) {
        Ok(()) => Ok(()),
        Err(breach) => Err(Box::new(Failure::shrunk(seed, plan, breach, flaw))),
    }
}
