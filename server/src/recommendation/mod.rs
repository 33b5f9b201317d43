//! Recommendation: asks a history how good the store's recommendations would have been.

pub(crate) mod evaluate;
