use std::fmt;
use std::str::FromStr;

use super::{Chance, Fault, FaultError, Strength};

/// A fault with the strength that fits it: `payments.timeout=0.1`, `search.slow=500ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Injection {
    fault: Fault,
    strength: Strength,
}

impl Injection {
    /// A fault with its strength as somebody typed it. What fails always needs none.
    ///
    /// # Errors
    /// [`FaultError::Chance`] or [`FaultError::Pause`].
    pub fn new(fault: Fault, typed: &str) -> Result<Self, FaultError> {
        let strength = match typed.trim() {
            typed if fault.is_slow() => Strength::Pause(typed.parse()?),
            "" => Strength::Chance(Chance::ALWAYS),
            typed => Strength::Chance(typed.parse()?),
        };
        Ok(Self { fault, strength })
    }

    /// A fault as a plan keeps it.
    pub(super) const fn kept(fault: Fault, strength: Strength) -> Self {
        Self { fault, strength }
    }

    pub const fn fault(&self) -> Fault {
        self.fault
    }

    pub const fn strength(&self) -> Strength {
        self.strength
    }

    /// A fault with no chance is one that is off.
    pub const fn is_off(&self) -> bool {
        matches!(self.strength, Strength::Chance(chance) if chance.is_never())
    }
}

impl fmt::Display for Injection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.strength {
            Strength::Chance(Chance::ALWAYS) => self.fault.fmt(f),
            strength => write!(f, "{}={strength}", self.fault),
        }
    }
}

impl FromStr for Injection {
    type Err = FaultError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        match raw.split_once('=') {
            None => Self::new(raw.trim().parse()?, ""),
            Some((fault, strength)) => {
                let fault: Fault = fault.trim().parse()?;
                // Whoever writes the sign means to say how much.
                if strength.trim().is_empty() && !fault.is_slow() {
                    return Err(FaultError::Chance);
                }
                Self::new(fault, strength)
            }
        }
    }
}
