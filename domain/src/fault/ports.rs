//! What the server does for operators who let the store fail on purpose.

use async_trait::async_trait;

use super::{Fault, FaultPlan, Injection};
use crate::inventory::Reference;
use crate::operator::DeskError;

/// Switches faults of the server that is asked: each server has its own, as long as it runs.
#[async_trait]
pub trait FaultSwitch: Send + Sync {
    /// What is on.
    fn plan(&self) -> FaultPlan;

    /// Switches a fault on, or gives it another strength, once it is written down who did it.
    async fn switch_on(&self, injection: Injection, by: &Reference) -> Result<(), DeskError>;

    /// Ends a fault; one that is not on stays so.
    async fn switch_off(&self, fault: Fault, by: &Reference) -> Result<(), DeskError>;
}
