use domain::operator::DeskError;
use domain::operator::ports::Desk;
use domain::payment::Progress;
use leptos::prelude::*;

use super::super::trouble::TROUBLE;
use super::operator;
use crate::account::lead;
use crate::error::WireError;
use crate::port::port;

/// Has a refund that failed made once more.
#[server(prefix = "/api", endpoint = "operator/refunds/repetitions")]
pub async fn repeat_refund(#[server(default)] refund: String) -> Result<(), WireError> {
    let repeated = async {
        let by = operator()?;
        let refund = refund.parse().map_err(|_| DeskError::NoSuchRefund)?;
        Ok(match port::<dyn Desk>()?.repeat_refund(&refund, &by).await? {
            Progress::Done => format!("{TROUBLE}?done=repeated"),
            Progress::Later => format!("{TROUBLE}?done=repeating"),
        })
    };
    lead(repeated.await, TROUBLE);
    Ok(())
}

/// Notes that what a failed refund owes was paid in another way; `paid` says that it was.
#[server(prefix = "/api", endpoint = "operator/refunds/settlements")]
pub async fn settle_refund(
    #[server(default)] refund: String,
    #[server(default)] paid: String,
) -> Result<(), WireError> {
    let settled = async {
        let by = operator()?;
        let refund = refund.parse().map_err(|_| DeskError::NoSuchRefund)?;
        if paid != "yes" {
            return Err(DeskError::NotPaid.into());
        }
        port::<dyn Desk>()?.settle_refund(&refund, &by).await?;
        Ok(format!("{TROUBLE}?done=refund-settled"))
    };
    lead(settled.await, TROUBLE);
    Ok(())
}
