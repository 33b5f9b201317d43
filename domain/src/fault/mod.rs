//! Fault: what a store can be made to fail at on purpose, so that whoever runs it sees that it bears it.
//! Guards that a plan of faults can be read by everybody: each fault has one name, a chance between never
//! and always or a bounded time, and stands in a plan once. Whether a fault strikes is drawn by the server;
//! settings and the operators' page switch faults, and only the adapters of ports ask for them.

mod injection;
mod kind;
mod plan;
#[cfg(feature = "ports")]
pub mod ports;
mod strength;

pub use injection::Injection;
pub use kind::Fault;
pub use plan::{FaultPlan, PlanError};
pub use strength::{ALWAYS_PER_MILLE, Chance, MAX_PAUSE_MS, Pause, Strength};

use serde::{Deserialize, Serialize};

/// Why a fault can't be switched; each says what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum FaultError {
    #[error("a fault must be one of {}, like graph.down", Fault::names())]
    Unknown,
    #[error("a chance must be from 0 to 1 with at most three decimals, like 0.1")]
    Chance,
    #[error("a time must be from 1ms to {}, like 500ms", Pause::LONGEST)]
    Pause,
    #[error("a fault must stand in a plan once, like graph.down")]
    Twice,
}
