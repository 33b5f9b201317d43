use serde::{Deserialize, Serialize};

/// How a list is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Cards side by side.
    #[default]
    Grid,
    /// One product to a line, with more room for its words.
    Lines,
}

impl View {
    pub const ALL: [Self; 2] = [Self::Grid, Self::Lines];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Lines => "list",
        }
    }

    /// Its name for a shopper.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Grid => "Grid",
            Self::Lines => "List",
        }
    }
}
