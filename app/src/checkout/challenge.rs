use domain::checkout::PlaceError;
use domain::checkout::ports::Checkout;
use leptos::prelude::*;

use super::api::{after_placing, count};
use crate::answer::{never_cache, send_to};
use crate::error::WireError;
use crate::page::{page, query};
use crate::port::port;
use crate::visitor::Visitor;

/// `/checkout/challenge?order={number}`: where a shopper comes back to from their bank. Leads to the
/// order, or back to the payment. Who comes in another browser is led to where orders are found.
#[component]
pub fn ChallengeReturn() -> impl IntoView {
    let number = query().get_str("order").and_then(|raw| raw.parse().ok());
    page(async move {
        never_cache();
        let (Some(number), Some(cart)) = (number, Visitor::current()?.cart) else {
            send_to("/orders");
            return Ok(());
        };
        let placed = port::<dyn Checkout>()?.after_challenge(cart, number).await;
        if matches!(placed, Err(PlaceError::Incomplete { .. })) {
            send_to("/orders");
        } else {
            let placed = placed.map_err(WireError::from);
            count(&placed).await;
            send_to(&after_placing(placed));
        }
        Ok(())
    })
}
