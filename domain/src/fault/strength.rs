use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::FaultError;

/// A chance of this many in a thousand is no chance any more.
pub const ALWAYS_PER_MILLE: u16 = 1_000;
/// Decimals of a chance: what is finer than a thousandth is refused and not rounded.
const MAX_DECIMALS: usize = 3;
/// Longest time that a fault holds something up, in milliseconds; a browser has given up by then.
pub const MAX_PAUSE_MS: u32 = 30_000;

/// How often something fails, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance(u16);

impl Chance {
    pub const ALWAYS: Self = Self(ALWAYS_PER_MILLE);

    pub const fn is_never(self) -> bool {
        self.0 == 0
    }

    /// Whether it fails where this was drawn, from 0 up to but without [`ALWAYS_PER_MILLE`].
    pub const fn is_met_by(self, drawn_per_mille: u16) -> bool {
        drawn_per_mille < self.0
    }
}

impl FromStr for Chance {
    type Err = FaultError;

    /// `1`, `0.25`
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (whole, decimals) = match raw.split_once('.') {
            Some((_, "")) => return Err(FaultError::Chance),
            Some(parts) => parts,
            None => (raw, ""),
        };
        let are_digits = [whole, decimals].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !are_digits || whole.len() != 1 || decimals.len() > MAX_DECIMALS {
            return Err(FaultError::Chance);
        }
        let per_mille = format!("{whole}{decimals:0<MAX_DECIMALS$}").parse().map_err(|_| FaultError::Chance)?;
        if per_mille <= ALWAYS_PER_MILLE { Ok(Self(per_mille)) } else { Err(FaultError::Chance) }
    }
}

impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / ALWAYS_PER_MILLE, self.0 % ALWAYS_PER_MILLE);
        match rest {
            0 => whole.fmt(f),
            _ => write!(f, "{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
        }
    }
}

/// How long something is held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause(u32);

impl Pause {
    pub(super) const LONGEST: Self = Self(MAX_PAUSE_MS);

    pub fn duration(self) -> Duration {
        Duration::from_millis(self.0.into())
    }
}

impl FromStr for Pause {
    type Err = FaultError;

    /// `500ms`, `2s`
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (digits, unit_ms) = match raw.strip_suffix("ms") {
            Some(digits) => (digits, 1),
            None => (raw.strip_suffix('s').ok_or(FaultError::Pause)?, 1_000),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FaultError::Pause);
        }
        let count: u32 = digits.parse().map_err(|_| FaultError::Pause)?;
        let pause_ms = count.checked_mul(unit_ms).filter(|pause_ms| (1..=MAX_PAUSE_MS).contains(pause_ms));
        pause_ms.map(Self).ok_or(FaultError::Pause)
    }
}

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(1_000) { write!(f, "{}s", self.0 / 1_000) } else { write!(f, "{}ms", self.0) }
    }
}

/// How much of a fault there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    Chance(Chance),
    Pause(Pause),
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chance(chance) => chance.fmt(f),
            Self::Pause(pause) => pause.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chance_is_from_never_to_always_and_no_finer_than_a_thousandth() {
        for (raw, per_mille, shown) in [
            ("0", 0, "0"),
            ("0.0", 0, "0"),
            ("0.001", 1, "0.001"),
            ("0.1", 100, "0.1"),
            ("0.250", 250, "0.25"),
            ("0.999", 999, "0.999"),
            ("1", 1_000, "1"),
            ("1.000", 1_000, "1"),
        ] {
            let chance: Chance = raw.parse().unwrap();
            assert_eq!((chance, chance.to_string().as_str()), (Chance(per_mille), shown), "{raw}");
        }
        for wrong in
            ["", ".", "1.", ".5", "1.001", "2", "10", "-0.1", "+0.1", "0.0001", "10%", "0,5", "1e-1", "NaN", " 1"]
        {
            assert_eq!(wrong.parse::<Chance>(), Err(FaultError::Chance), "{wrong}");
        }
    }

    #[test]
    fn a_time_has_a_unit_and_an_end() {
        for (raw, pause_ms, shown) in
            [("1ms", 1, "1ms"), ("500ms", 500, "500ms"), ("2000ms", 2_000, "2s"), ("30s", MAX_PAUSE_MS, "30s")]
        {
            let pause: Pause = raw.parse().unwrap();
            assert_eq!((pause, pause.to_string().as_str()), (Pause(pause_ms), shown), "{raw}");
        }
        for wrong in ["", "ms", "s", "0ms", "0s", "500", "31s", "30001ms", "-1s", "+1s", "1.5s", "1m", "4294967296ms"] {
            assert_eq!(wrong.parse::<Pause>(), Err(FaultError::Pause), "{wrong}");
        }
    }

    #[test]
    fn never_is_never_met_and_always_is_always_met() {
        let met = |chance: Chance| (0..ALWAYS_PER_MILLE).filter(|drawn| chance.is_met_by(*drawn)).count();
        assert_eq!((met(Chance(0)), met(Chance(1)), met(Chance(250)), met(Chance::ALWAYS)), (0, 1, 250, 1_000));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(per_mille in 0..=ALWAYS_PER_MILLE, pause_ms in 1..=MAX_PAUSE_MS) {
            prop_assert_eq!(Chance(per_mille).to_string().parse(), Ok(Chance(per_mille)));
            prop_assert_eq!(Pause(pause_ms).to_string().parse(), Ok(Pause(pause_ms)));
        }
    }
}
