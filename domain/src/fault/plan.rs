use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{Chance, Fault, FaultError, Injection, Pause, Strength};

/// Which faults are on, each once: `payments.timeout=0.1,graph.down,search.slow=500ms`. By default none is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultPlan(BTreeMap<Fault, Strength>);

/// What of a plan can't be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{part}`: {why}")]
pub struct PlanError {
    pub part: Box<str>,
    pub why: FaultError,
}

impl FaultPlan {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Switches a fault on, or gives it another strength.
    pub fn put(&mut self, injection: Injection) {
        if injection.is_off() {
            self.remove(injection.fault());
        } else {
            self.0.insert(injection.fault(), injection.strength());
        }
    }

    pub fn remove(&mut self, fault: Fault) {
        self.0.remove(&fault);
    }

    pub fn get(&self, fault: Fault) -> Option<Injection> {
        self.0.get(&fault).map(|strength| Injection::kept(fault, *strength))
    }

    /// How often a fault fails, while it is on.
    pub fn chance(&self, fault: Fault) -> Option<Chance> {
        match self.0.get(&fault)? {
            Strength::Chance(chance) => Some(*chance),
            Strength::Pause(_) => None,
        }
    }

    /// How long a fault holds up, while it is on.
    pub fn pause(&self, fault: Fault) -> Option<Pause> {
        match self.0.get(&fault)? {
            Strength::Pause(pause) => Some(*pause),
            Strength::Chance(_) => None,
        }
    }

    /// What is on, in the order of [`Fault::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Injection> {
        self.0.iter().map(|(fault, strength)| Injection::kept(*fault, *strength))
    }
}

impl fmt::Display for FaultPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, injection) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            injection.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for FaultPlan {
    type Err = PlanError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (mut plan, mut named) = (Self::default(), Vec::new());
        if raw.trim().is_empty() {
            return Ok(plan);
        }
        for part in raw.split(',').map(str::trim) {
            let refused = |why| PlanError { part: part.into(), why };
            let injection: Injection = part.parse().map_err(refused)?;
            if named.contains(&injection.fault()) {
                return Err(refused(FaultError::Twice));
            }
            named.push(injection.fault());
            plan.put(injection);
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> String {
        raw.parse::<FaultPlan>().unwrap().to_string()
    }

    #[test]
    fn a_plan_is_read_and_shown_in_one_way() {
        assert_eq!(
            shown("search.slow = 500ms, graph.down=1 ,payments.timeout=0.10"),
            "payments.timeout=0.1,graph.down,search.slow=500ms"
        );
        assert_eq!(
            (shown(""), shown(" "), shown("graph.down=0,mail.down")),
            (String::new(), String::new(), "mail.down".into())
        );
        let all = Fault::ALL.map(|fault| format!("{fault}={}", if fault.is_slow() { "2s" } else { "0.5" })).join(",");
        assert_eq!(shown(&all), all);
    }

    #[test]
    fn what_can_not_be_read_is_named_with_what_could() {
        for (raw, part, why) in [
            ("graph.down,graph.dwn", "graph.dwn", FaultError::Unknown),
            ("graph", "graph", FaultError::Unknown),
            ("Graph.Down", "Graph.Down", FaultError::Unknown),
            ("mail.slow=1s", "mail.slow=1s", FaultError::Unknown),
            ("graph.down,", "", FaultError::Unknown),
            ("payments.timeout=2", "payments.timeout=2", FaultError::Chance),
            ("payments.timeout=", "payments.timeout=", FaultError::Chance),
            ("payments.timeout=500ms", "payments.timeout=500ms", FaultError::Chance),
            ("search.slow", "search.slow", FaultError::Pause),
            ("search.slow=0.5", "search.slow=0.5", FaultError::Pause),
            ("graph.down=0,graph.down", "graph.down", FaultError::Twice),
        ] {
            let refused = raw.parse::<FaultPlan>().unwrap_err();
            assert_eq!((refused.part.as_ref(), refused.why), (part, why), "{raw}");
            let words = refused.to_string();
            assert!(words.contains(&format!("`{part}`")) && words.contains(", like "), "{words}");
        }
    }

    #[test]
    fn a_fault_is_on_until_it_is_taken_out_or_has_no_chance() {
        let mut plan = FaultPlan::default();
        plan.put("graph.down".parse().unwrap());
        plan.put("graph.slow=2s".parse().unwrap());
        assert_eq!((plan.chance(Fault::GraphDown), plan.pause(Fault::GraphDown)), (Some(Chance::ALWAYS), None));
        assert_eq!(plan.pause(Fault::GraphSlow).map(Pause::duration), Some(std::time::Duration::from_secs(2)));
        plan.put("graph.down=0".parse().unwrap());
        plan.remove(Fault::GraphSlow);
        assert!(plan.is_empty() && plan.get(Fault::GraphDown).is_none());
    }
}
