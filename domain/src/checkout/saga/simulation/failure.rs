use std::fmt;

use super::plan::{Plan, ShopperId};
use super::rules::Breach;
use super::{Flaw, world};

/// A broken rule and the shortest way to it that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub seed: u64,
    pub breach: Breach,
    plan: Plan,
    /// How many turns the seed's plan had before it was cut down.
    turns_before: usize,
    trace: Vec<String>,
}

impl Failure {
    pub(super) fn shrunk(seed: u64, plan: Plan, breach: Breach, flaw: Option<Flaw>) -> Self {
        let turns_before = plan.turns.len();
        let (plan, breach) = Shrinking { plan, breach, flaw }.shrink();
        let trace = world::trace(&plan, flaw);
        Self { seed, breach, plan, turns_before, trace }
    }

    /// The cut down plan, which breaks the same rule.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, breach, plan, turns_before, trace } = self;
        writeln!(f, "seed {seed} breaks a rule: {breach}")?;
        writeln!(f, "again: cartograph simulate --seeds 1 --first-seed {seed}")?;
        writeln!(f, "cut down from {turns_before} turns to {}; {}", plan.turns.len(), plan.goods)?;
        writeln!(f, "the gift card has {}", plan.gift_card_minor)?;
        plan.shoppers.iter().try_for_each(|shopper| writeln!(f, "  {shopper}"))?;
        trace.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// Delta debugging: leaves out turns, in ever smaller runs, and shoppers, as long as the same rule
/// is broken without them.
struct Shrinking {
    plan: Plan,
    breach: Breach,
    flaw: Option<Flaw>,
}

impl Shrinking {
    fn shrink(mut self) -> (Plan, Breach) {
        while self.drop_turns() | self.drop_shoppers() {}
        (self.plan, self.breach)
    }

    fn drop_turns(&mut self) -> bool {
        let before = self.plan.turns.len();
        let mut len = before.div_ceil(2);
        while len > 0 {
            let mut from = 0;
            while from < self.plan.turns.len() {
                let mut plan = self.plan.clone();
                plan.turns.drain(from..(from + len).min(plan.turns.len()));
                if !self.accept(plan) {
                    from += len;
                }
            }
            len /= 2;
        }
        self.plan.turns.len() < before
    }

    fn drop_shoppers(&mut self) -> bool {
        let ids: Vec<ShopperId> = self.plan.shoppers.iter().map(|shopper| shopper.id).collect();
        ids.into_iter().fold(false, |has_dropped, id| {
            let mut plan = self.plan.clone();
            plan.shoppers.retain(|shopper| shopper.id != id);
            plan.turns.retain(|turn| !turn.is_of(id));
            self.accept(plan) || has_dropped
        })
    }

    /// Goes on with a smaller plan if it breaks the same rule.
    fn accept(&mut self, plan: Plan) -> bool {
        match world::run(&plan, self.flaw) {
            Err(breach) if breach.rule == self.breach.rule => {
                (self.plan, self.breach) = (plan, breach);
                true
            }
            _ => false,
        }
    }
}
