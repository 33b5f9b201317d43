//! What the forms of a browsing history post to. Each leads to the page that shows what was done.

use domain::browsing::Viewer;
use domain::browsing::ports::Browsing;
use domain::catalog::{ProductId, Slug};
use leptos::prelude::*;

use super::{BROWSING_COOKIE, CHOICE_AGE_S, KEPT, NOT_KEPT, somebody, viewer};
use crate::account::lead;
use crate::answer::set_cookie;
use crate::error::WireError;
use crate::port::port;

const PAGE: &str = "/history";

/// Keeps a history from now on (`kept=yes`), or no more, with all that it held. Leads back to the page of
/// `product` or to that of the history.
#[server(prefix = "/api", endpoint = "browsing/choices")]
pub async fn choose_history(
    #[server(default)] kept: String,
    #[server(default)] product: Option<Slug>,
) -> Result<(), WireError> {
    let kept = kept == "yes";
    let chosen = async {
        let viewer = somebody().ok_or(WireError::Unavailable)?;
        let browsing = port::<dyn Browsing>()?;
        if let Viewer::Guest(_) = viewer {
            set_cookie(BROWSING_COOKIE, if kept { KEPT } else { NOT_KEPT }, "/", CHOICE_AGE_S);
            return if kept { Ok(()) } else { Ok(browsing.clear(viewer).await?) };
        }
        Ok(browsing.keep(viewer, kept).await?)
    };
    let to = product.map_or_else(|| PAGE.to_owned(), |slug| format!("/products/{slug}#history-choice"));
    lead(chosen.await.map(|()| to), PAGE);
    Ok(())
}

/// Takes one product out of the history.
#[server(prefix = "/api", endpoint = "browsing/removals")]
pub async fn forget_viewed(product: ProductId) -> Result<(), WireError> {
    let forgotten = async {
        let Some(viewer) = viewer() else { return Ok(()) };
        Ok(port::<dyn Browsing>()?.forget(viewer, &product).await?)
    };
    lead(forgotten.await.map(|()| PAGE.to_owned()), PAGE);
    Ok(())
}

/// Takes everything out of the history.
#[server(prefix = "/api", endpoint = "browsing/clearings")]
pub async fn clear_history() -> Result<(), WireError> {
    let cleared = async {
        let Some(viewer) = viewer() else { return Ok(()) };
        Ok(port::<dyn Browsing>()?.clear(viewer).await?)
    };
    lead(cleared.await.map(|()| PAGE.to_owned()), PAGE);
    Ok(())
}
