use domain::cart::PricedCart;
use domain::catalog::ports::Catalog;
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::api::read;
use super::contents::CartContents;
use super::coupon::Typed;
use super::notice::CartNotice;
use super::view::{Promise, look_up};
use crate::answer::never_cache;
use crate::error::WireError;
use crate::form::posted_error;
use crate::page::{page, query};
use crate::port::port;
use crate::seo::PageHead;
use crate::trail::Trail;

/// The cart: `/cart`, with `added={sku}&quantity={n}` (and `all=yes` where that is fewer than asked
/// for), `together={n}`, `removed={sku}&quantity={n}&place={n}`, `saved={sku}` or `applied=coupon` after a change, and
/// `coupon={code}` after one that was refused.
#[component]
pub fn CartPage() -> impl IntoView {
    let (query, posted) = (query(), posted_error());
    page(async move {
        never_cache();
        let cart = read().await?;
        let promise = Promise::current().await?;
        let cart = look_up(&cart, &promise).await?;
        let typed = Typed::of(query.get_str("coupon"), posted.as_ref());
        let notice = match posted {
            // Said beside the field.
            Some(_) if typed.refusal.is_some() => None,
            Some(error) => Some(CartNotice::Refused { error }),
            None => notice_of(&query, &cart).await?,
        };
        Ok(view! {
            <PageHead title="Your cart" />
            <div class="page">
                <Trail here="Your cart" />
                <CartContents cart typed promise notice />
            </div>
        })
    })
}

/// What the address says about the change that led here; nothing where it makes no sense.
async fn notice_of(query: &ParamsMap, cart: &PricedCart) -> Result<Option<CartNotice>, WireError> {
    let sku = |name| query.get_str(name).and_then(|raw| raw.parse::<Sku>().ok());
    let quantity = query.get_str("quantity").and_then(|raw| raw.parse::<Quantity>().ok());
    if let Some(sku) = sku("added") {
        return Ok(CartNotice::added(sku, quantity, query.get_str("all") == Some("yes"), cart));
    }
    if let Some(count) = query.get_str("together").and_then(|raw| raw.parse().ok()) {
        return Ok(CartNotice::together(count, cart));
    }
    if let Some(sku) = sku("saved") {
        return Ok(CartNotice::saved(sku, cart));
    }
    if query.get_str("applied") == Some("coupon") {
        return Ok(CartNotice::applied(cart));
    }
    let (Some(sku), Some(quantity)) = (sku("removed"), quantity) else { return Ok(None) };
    let place = query.get_str("place").and_then(|raw| raw.parse().ok()).unwrap_or(u32::MAX);
    let title = title_of(&sku).await?;
    Ok(title.and_then(|title| CartNotice::removed(sku, title, quantity, place, cart)))
}

async fn title_of(sku: &Sku) -> Result<Option<Title>, WireError> {
    let products = port::<dyn Catalog>()?.products_of(std::slice::from_ref(sku)).await?;
    Ok(products.get(sku).map(|product| product.title.clone()))
}
