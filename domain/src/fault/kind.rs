use std::fmt;
use std::str::FromStr;

use super::FaultError;

/// One way to fail: the port that fails, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The gateway does what it is asked, and its answer is lost.
    PaymentsTimeout,
    /// The gateway declines whatever it should hold.
    PaymentsDecline,
    /// The gateway is not reached.
    PaymentsDown,
    PaymentsSlow,
    GraphDown,
    GraphSlow,
    SearchDown,
    SearchSlow,
    MailDown,
}

impl Fault {
    pub const ALL: [Self; 9] = [
        Self::PaymentsTimeout,
        Self::PaymentsDecline,
        Self::PaymentsDown,
        Self::PaymentsSlow,
        Self::GraphDown,
        Self::GraphSlow,
        Self::SearchDown,
        Self::SearchSlow,
        Self::MailDown,
    ];

    /// Its name in settings, forms and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaymentsTimeout => "payments.timeout",
            Self::PaymentsDecline => "payments.decline",
            Self::PaymentsDown => "payments.down",
            Self::PaymentsSlow => "payments.slow",
            Self::GraphDown => "graph.down",
            Self::GraphSlow => "graph.slow",
            Self::SearchDown => "search.down",
            Self::SearchSlow => "search.slow",
            Self::MailDown => "mail.down",
        }
    }

    /// Whether it holds up for a time; all others fail with a chance.
    pub const fn is_slow(self) -> bool {
        matches!(self, Self::PaymentsSlow | Self::GraphSlow | Self::SearchSlow)
    }

    /// The names of all, for people.
    pub(super) fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|fault| fault.name() == raw).ok_or(FaultError::Unknown)
    }
}
