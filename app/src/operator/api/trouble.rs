use domain::operator::DeskError;
use domain::operator::ports::Desk;
use leptos::prelude::*;

use super::super::trouble::TROUBLE;
use super::operator;
use crate::account::lead;
use crate::error::WireError;
use crate::port::port;

/// Lets the store go on with a purchase that was set aside.
#[server(prefix = "/api", endpoint = "operator/sagas/resumptions")]
pub async fn resume_purchase(#[server(default)] number: String) -> Result<(), WireError> {
    let resumed = async {
        let by = operator()?;
        let number = number.parse().map_err(|_| DeskError::NotSetAside)?;
        port::<dyn Desk>()?.resume(number, &by).await?;
        Ok(format!("{TROUBLE}?done=resumed"))
    };
    lead(resumed.await, TROUBLE);
    Ok(())
}

/// Gives a purchase up that was set aside and is not paid.
#[server(prefix = "/api", endpoint = "operator/sagas/undoings")]
pub async fn undo_purchase(#[server(default)] number: String) -> Result<(), WireError> {
    let undone = async {
        let by = operator()?;
        let number = number.parse().map_err(|_| DeskError::NotSetAside)?;
        port::<dyn Desk>()?.undo(number, &by).await?;
        Ok(format!("{TROUBLE}?done=undone"))
    };
    lead(undone.await, TROUBLE);
    Ok(())
}

/// Closes a purchase by hand whose gateway never answered; `settled` says that no money is held there.
#[server(prefix = "/api", endpoint = "operator/sagas/settlements")]
pub async fn settle_purchase(
    #[server(default)] number: String,
    #[server(default)] settled: String,
) -> Result<(), WireError> {
    let closed = async {
        let by = operator()?;
        let number = number.parse().map_err(|_| DeskError::NotSetAside)?;
        if settled != "yes" {
            return Err(DeskError::NotConfirmed.into());
        }
        port::<dyn Desk>()?.settle_by_hand(number, &by).await?;
        Ok(format!("{TROUBLE}?done=settled"))
    };
    lead(closed.await, TROUBLE);
    Ok(())
}

/// Lets an event that failed too often be delivered again.
#[server(prefix = "/api", endpoint = "operator/events/revivals")]
pub async fn revive_event(#[server(default)] event: String) -> Result<(), WireError> {
    let revived = async {
        let by = operator()?;
        let event = event.parse().map_err(|_| DeskError::NoSuchEvent)?;
        port::<dyn Desk>()?.revive(&event, &by).await?;
        Ok(format!("{TROUBLE}?done=revived"))
    };
    lead(revived.await, TROUBLE);
    Ok(())
}

/// Gives an event up that failed too often.
#[server(prefix = "/api", endpoint = "operator/events/removals")]
pub async fn drop_event(#[server(default)] event: String) -> Result<(), WireError> {
    let dropped = async {
        let by = operator()?;
        let event = event.parse().map_err(|_| DeskError::NoSuchEvent)?;
        port::<dyn Desk>()?.drop_event(&event, &by).await?;
        Ok(format!("{TROUBLE}?done=dropped"))
    };
    lead(dropped.await, TROUBLE);
    Ok(())
}
