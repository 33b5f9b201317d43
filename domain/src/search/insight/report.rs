use super::{CountedQuery, KEPT_DAYS, Tally};

/// Queries in each list of a report.
pub const MAX_REPORTED_QUERIES: u32 = 50;

/// The days that a report is about: so many, today included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Period {
    #[default]
    Week,
    Month,
    Quarter,
}

impl Period {
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    pub const fn days(self) -> u16 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => KEPT_DAYS,
        }
    }

    /// Whether the counts of as many days before are still there.
    pub const fn is_compared(self) -> bool {
        self.days() * 2 <= KEPT_DAYS
    }

    /// The period of so many days, as an address says it; the shortest for anything else.
    pub fn from_parameter(days: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.days().to_string() == days).unwrap_or_default()
    }
}

/// A query with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedSearch {
    pub query: CountedQuery,
    pub tally: Tally,
    /// Searches in as many days before.
    pub before: u64,
}

/// What people searched for in a period. Each list has at most [`MAX_REPORTED_QUERIES`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InsightReport {
    /// Of all queries together.
    pub total: Tally,
    /// Searches in as many days before.
    pub total_before: u64,
    /// Different queries.
    pub queries: u64,
    /// What is asked most.
    pub most_asked: Vec<CountedSearch>,
    /// What is asked most among those that no product answered with all words.
    pub unanswered: Vec<CountedSearch>,
    /// What is asked most among those that were answered, and nobody opened any of it.
    pub unclicked: Vec<CountedSearch>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_compared_with_what_is_kept() {
        assert_eq!(Period::ALL.map(Period::is_compared), [true, true, false]);
    }

    #[test]
    fn a_period_is_named_by_its_days() {
        for period in Period::ALL {
            assert_eq!(Period::from_parameter(&period.days().to_string()), period);
        }
        for other in ["", "8", "07", "-7", "all"] {
            assert_eq!(Period::from_parameter(other), Period::Week, "{other}");
        }
    }
}
