//! The ports that the server put into the context.

use std::sync::Arc;

use leptos::prelude::use_context;

use crate::error::WireError;

/// The port of a noun: `port::<dyn Catalog>()`.
///
/// # Errors
/// [`WireError::Unavailable`] where the server did not provide it.
pub fn port<P: ?Sized>() -> Result<Arc<P>, WireError>
where
    Arc<P>: Send + Sync + 'static,
{
    use_context::<Arc<P>>().ok_or(WireError::Unavailable)
}
