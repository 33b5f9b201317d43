use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When a promotion runs: from a moment on, and until before another one; open where none is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Moments", into = "Moments")]
pub struct Schedule(Moments);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Moments {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be after the beginning")]
pub struct ScheduleError;

/// Where a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Before,
    Running,
    Over,
}

impl Schedule {
    /// # Errors
    /// [`ScheduleError`] for an end that is not after the beginning.
    pub fn new(from: Option<Timestamp>, until: Option<Timestamp>) -> Result<Self, ScheduleError> {
        Moments { from, until }.try_into()
    }

    /// The first moment at which it is over.
    pub const fn until(self) -> Option<Timestamp> {
        self.0.until
    }

    pub fn phase(self, now: Timestamp) -> Phase {
        if self.0.from.is_some_and(|from| now < from) {
            Phase::Before
        } else if self.0.until.is_some_and(|until| until <= now) {
            Phase::Over
        } else {
            Phase::Running
        }
    }
}

impl TryFrom<Moments> for Schedule {
    type Error = ScheduleError;

    fn try_from(moments: Moments) -> Result<Self, Self::Error> {
        match moments {
            Moments { from: Some(from), until: Some(until) } if until <= from => Err(ScheduleError),
            moments => Ok(Self(moments)),
        }
    }
}

impl From<Schedule> for Moments {
    fn from(schedule: Schedule) -> Self {
        schedule.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_begins_at_its_beginning_and_is_over_at_its_end() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let schedule = Schedule::new(Some(at(10)), Some(at(20))).unwrap();
        let phases = [9, 10, 19, 20].map(|second| schedule.phase(at(second)));
        assert_eq!(phases, [Phase::Before, Phase::Running, Phase::Running, Phase::Over]);
        assert_eq!(Schedule::default().phase(at(0)), Phase::Running);
        assert_eq!(Schedule::new(Some(at(20)), Some(at(20))), Err(ScheduleError));
        assert!(Schedule::new(Some(at(20)), Some(at(21))).is_ok());
    }
}
