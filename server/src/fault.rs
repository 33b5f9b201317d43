//! The server's carrier of errors: a cause with its context, logged once, at the boundary where
//! it turns into the typed error that a port may show.

use std::fmt::Debug;

/// Logs a fault with its whole chain of causes and answers what the port says instead.
pub(crate) fn at_boundary<T, E: Debug>(result: anyhow::Result<T>, port_error: E) -> Result<T, E> {
    result.map_err(|fault| {
        tracing::error!(answer = ?port_error, "{fault:#}");
        port_error
    })
}
