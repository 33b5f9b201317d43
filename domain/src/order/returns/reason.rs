use serde::{Deserialize, Serialize};

/// Why a shopper sends something back. The law asks nobody for one; it helps to put right what is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    #[default]
    Unwanted,
    DoesNotFit,
    NotAsDescribed,
    WrongItem,
    Damaged,
    Faulty,
}

impl ReturnReason {
    pub const ALL: [Self; 6] =
        [Self::Unwanted, Self::DoesNotFit, Self::NotAsDescribed, Self::WrongItem, Self::Damaged, Self::Faulty];

    /// Its name in forms and in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Unwanted => "unwanted",
            Self::DoesNotFit => "does_not_fit",
            Self::NotAsDescribed => "not_as_described",
            Self::WrongItem => "wrong_item",
            Self::Damaged => "damaged",
            Self::Faulty => "faulty",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.parameter() == raw)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Unwanted => "I don’t want to keep it",
            Self::DoesNotFit => "It does not fit",
            Self::NotAsDescribed => "It is not as described",
            Self::WrongItem => "It is not what I ordered",
            Self::Damaged => "It arrived damaged",
            Self::Faulty => "It does not work",
        }
    }
}
