//! Inspection: those who run the store look around in its graph.

pub mod page;
