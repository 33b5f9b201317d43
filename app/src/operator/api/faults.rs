use domain::fault::ports::FaultSwitch;
use domain::fault::{Fault, Injection};
use leptos::prelude::*;

use super::super::faults::FAULTS;
use super::operator;
use crate::account::lead;
use crate::error::WireError;
use crate::port::port;
use crate::typed;

/// Switches a fault on with a chance or a time, or gives it another one.
#[server(prefix = "/api", endpoint = "operator/faults/switches")]
pub async fn switch_fault(
    #[server(default)] fault: String,
    #[server(default)] strength: String,
) -> Result<(), WireError> {
    let switched = async {
        let by = operator()?;
        let injection = Injection::new(fault.parse()?, &strength)?;
        port::<dyn FaultSwitch>()?.switch_on(injection, &by).await?;
        Ok(format!("{FAULTS}?done={}", if injection.is_off() { "off" } else { "on" }))
    };
    let switched = switched.await;
    if matches!(switched, Err(WireError::Fault(_))) {
        typed::keep(FAULTS, &[("fault", &fault), ("strength", &strength)]);
    }
    lead(switched, FAULTS);
    Ok(())
}

/// Ends a fault.
#[server(prefix = "/api", endpoint = "operator/faults/removals")]
pub async fn end_fault(#[server(default)] fault: String) -> Result<(), WireError> {
    let ended = async {
        let by = operator()?;
        let fault: Fault = fault.parse()?;
        port::<dyn FaultSwitch>()?.switch_off(fault, &by).await?;
        Ok(format!("{FAULTS}?done=off"))
    };
    lead(ended.await, FAULTS);
    Ok(())
}
