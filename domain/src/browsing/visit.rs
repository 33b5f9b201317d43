use jiff::Timestamp;

/// A part of the day by the clock: what one shopper looked at in it was one visit. Being told by the clock
/// alone, a visit is over at a moment that everybody knows, and is learnt from then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visit(i64);

impl Visit {
    pub const HOURS: i64 = 2;
    const MS: i64 = Self::HOURS * 60 * 60 * 1000;

    pub fn at(moment: Timestamp) -> Self {
        Self(moment.as_millisecond().div_euclid(Self::MS))
    }

    /// Milliseconds since 1970 at which it began, at which the one before was over.
    pub const fn begin_ms(self) -> i64 {
        self.0 * Self::MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_lasts_two_hours_by_the_clock() {
        let at = |time: &str| Visit::at(format!("2026-11-25T{time}Z").parse().unwrap());
        assert_eq!(at("12:00:00"), at("13:59:59"));
        assert!(at("11:59:59") < at("12:00:00") && at("13:59:59") < at("14:00:00"));
        let noon: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        assert_eq!(at("13:30:00").begin_ms(), noon.as_millisecond());
    }
}
