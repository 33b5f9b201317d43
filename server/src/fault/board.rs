use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::ensure;
use domain::fault::{ALWAYS_PER_MILLE, Fault, FaultPlan};
use rand::RngExt as _;

/// Which faults of this process are on. While none is, whoever asks pays for reading one flag.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<Board>);

#[derive(Debug, Default)]
struct Board {
    is_any_on: AtomicBool,
    plan: RwLock<FaultPlan>,
}

impl Faults {
    /// What is on.
    pub(crate) fn plan(&self) -> FaultPlan {
        // Whoever panicked while holding it left it whole: each change is one step.
        self.0.plan.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is on.
    pub(crate) fn change(&self, change: impl FnOnce(&mut FaultPlan)) {
        let mut plan = self.0.plan.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut plan);
        self.0.is_any_on.store(!plan.is_empty(), Ordering::Relaxed);
    }

    /// Draws whether something fails now that a fault may strike.
    ///
    /// # Errors
    /// That it fails.
    pub(crate) fn check(&self, fault: Fault) -> anyhow::Result<()> {
        ensure!(!self.strikes(fault), "{fault} is switched on: the store fails on purpose");
        Ok(())
    }

    /// As [`Self::check`], for what goes on in another way then.
    pub(crate) fn strikes(&self, fault: Fault) -> bool {
        let chance = self.look(|plan| plan.chance(fault));
        chance.is_some_and(|chance| chance.is_met_by(rand::rng().random_range(0..ALWAYS_PER_MILLE)))
    }

    /// Waits for as long as a fault holds up what is done now.
    pub(crate) async fn hold_up(&self, fault: Fault) {
        if let Some(pause) = self.look(|plan| plan.pause(fault)) {
            tokio::time::sleep(pause.duration()).await;
        }
    }

    fn look<T>(&self, read: impl FnOnce(&FaultPlan) -> Option<T>) -> Option<T> {
        // A question that is asked at the moment of a change may get either answer.
        if !self.0.is_any_on.load(Ordering::Relaxed) {
            return None;
        }
        read(&self.0.plan.read().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_strikes_until_it_is_off_again() {
        let faults = Faults::default();
        assert!(faults.check(Fault::GraphDown).is_ok());
        faults.change(|plan| plan.put("graph.down".parse().unwrap()));
        let refused = faults.clone().check(Fault::GraphDown).unwrap_err().to_string();
        assert!(refused.contains("graph.down is switched on"), "{refused}");
        assert!(faults.check(Fault::SearchDown).is_ok(), "one fault is no other");
        faults.change(|plan| plan.remove(Fault::GraphDown));
        assert!(faults.check(Fault::GraphDown).is_ok() && faults.plan().is_empty());
    }

    #[test]
    fn a_chance_strikes_sometimes() {
        let faults = Faults::default();
        faults.change(|plan| plan.put("payments.timeout=0.5".parse().unwrap()));
        let struck = (0..1_000).filter(|_| faults.strikes(Fault::PaymentsTimeout)).count();
        assert!((300..700).contains(&struck), "{struck}");
    }

    #[tokio::test]
    async fn what_is_slow_waits() {
        let faults = Faults::default();
        faults.change(|plan| plan.put("search.slow=30ms".parse().unwrap()));
        let began = std::time::Instant::now();
        faults.hold_up(Fault::SearchSlow).await;
        faults.hold_up(Fault::GraphSlow).await;
        assert!(began.elapsed().as_millis() >= 30);
    }
}
