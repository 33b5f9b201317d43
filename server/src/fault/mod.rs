//! The server's carrier of errors: a cause with its context, logged once, at the boundary where
//! it turns into the typed error that a port may show. Faults that are switched on begin here as well, so
//! that they go the same way as all others: [`Faults`] says which are on, and [`Faulty`] stands before a port.

mod board;
mod faulty;

use std::fmt::Debug;

use domain::cart::CartError;
use domain::catalog::ports::CatalogUnavailable;
use domain::inventory::ports::InventoryUnavailable;
use domain::mail::ports::MailUnavailable;
use domain::order::ports::OrdersUnavailable;
use domain::payment::ports::GatewayUnanswered;
use domain::pricing::ports::PromotionsUnavailable;
use domain::search::ports::SearchUnavailable;

pub(crate) use board::Faults;
pub(crate) use faulty::Faulty;

/// Logs a fault with its whole chain of causes and answers what the port says instead. A fault that
/// another port answered with was logged there.
pub(crate) fn at_boundary<T, E: Debug>(result: anyhow::Result<T>, port_error: E) -> Result<T, E> {
    result.map_err(|fault| {
        if !is_told(&fault) {
            tracing::error!(answer = ?port_error, "{fault:#}");
        }
        port_error
    })
}

/// [`at_boundary`], but a refusal that was carried as a fault goes on as the refusal that it is.
pub(crate) fn refused_or_told<T, E>(result: anyhow::Result<T>, port_error: E) -> Result<T, E>
where
    E: std::error::Error + Clone + Send + Sync + 'static,
{
    match result {
        Err(fault) => match fault.downcast_ref::<E>() {
            Some(refusal) => Err(refusal.clone()),
            None => at_boundary(Err(fault), port_error),
        },
        Ok(done) => Ok(done),
    }
}

/// Whether a fault began as the answer of a port, which logged its cause when it gave that answer.
pub(crate) fn is_told(fault: &anyhow::Error) -> bool {
    fault.is::<CatalogUnavailable>()
        || fault.is::<InventoryUnavailable>()
        || fault.is::<MailUnavailable>()
        || fault.is::<OrdersUnavailable>()
        || fault.is::<GatewayUnanswered>()
        || fault.is::<PromotionsUnavailable>()
        || fault.is::<SearchUnavailable>()
        || fault.downcast_ref::<CartError>() == Some(&CartError::Unavailable)
}

/// The same fault for another one who waits for the same answer: a fault itself has one owner.
pub(crate) fn shared(fault: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("{fault:#}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Context, anyhow};

    #[test]
    fn what_a_port_answered_was_told_there() {
        let answered = anyhow::Error::from(CatalogUnavailable).context("reading a cart's products");
        assert!(is_told(&answered));
        let cart = Err::<(), _>(CartError::Unavailable).context("emptying a cart");
        assert!(cart.is_err_and(|fault| is_told(&fault)));
        assert!(!is_told(&CartError::Changed.into()), "nobody logs what is no fault of the store");
        assert!(!is_told(&anyhow!("the disk is full").context("reading a product")));
    }
}
