//! What a shopper says about a recommendation.

use domain::browsing::ports::Browsing;
use domain::catalog::{ProductId, Sku};
use domain::text::encoded;
use leptos::prelude::*;

use super::personal::Place;
use crate::account::lead;
use crate::answer::with_error;
use crate::browsing::somebody;
use crate::cart::api::add;
use crate::error::WireError;
use crate::port::port;
use crate::visitor::Visitor;

/// Things that are added to a cart at once.
const MAX_TOGETHER: usize = 6;

/// Adds one of each of some things to the cart, as far as they can be bought; leads to the cart.
#[server(prefix = "/api", endpoint = "recommendations/bundles")]
pub async fn add_together(#[server(default)] skus: Vec<Sku>) -> Result<(), WireError> {
    let mut added = 0;
    for sku in skus.into_iter().take(MAX_TOGETHER) {
        match add(sku, "1", None).await {
            Ok(_) => added += 1,
            // One thing that is gone keeps nobody from the others.
            Err(WireError::Cart(_)) => {}
            Err(error) => {
                leptos_axum::redirect(&with_error("/cart", error));
                return Ok(());
            }
        }
    }
    leptos_axum::redirect(&format!("/cart?together={added}"));
    Ok(())
}

/// Never recommends a product again to whoever asks; leads back to the page, which offers to undo it.
#[server(prefix = "/api", endpoint = "recommendations/dismissals")]
pub async fn dismiss(product: ProductId, #[server(default)] place: String) -> Result<(), WireError> {
    let path = Place::of_parameter(&place).path();
    let dismissed = async {
        let somebody = somebody().ok_or(WireError::Unavailable)?;
        Ok(port::<dyn Browsing>()?.dismiss(somebody, &product, Visitor::current()?.now).await?)
    };
    lead(dismissed.await.map(|()| format!("{path}?dismissed={}", encoded(product.as_str()))), path);
    Ok(())
}

/// Takes that back.
#[server(prefix = "/api", endpoint = "recommendations/returns")]
pub async fn admit(product: ProductId, #[server(default)] place: String) -> Result<(), WireError> {
    let path = Place::of_parameter(&place).path();
    let admitted = async {
        let somebody = somebody().ok_or(WireError::Unavailable)?;
        Ok(port::<dyn Browsing>()?.admit(somebody, &product).await?)
    };
    lead(admitted.await.map(|()| path.to_owned()), path);
    Ok(())
}
