//! What shoppers saw last of their checkouts. While the graph does not answer, whoever presses the button
//! buys what stood on the page: its versions prove which one it was, and the books decide as ever whether
//! the key has bought before and whether the units and the promotions are left.

use std::time::Duration;

use domain::cart::{Cart, CartId};
use domain::checkout::{CheckoutView, Reviewed};
use moka::future::Cache as Moka;

/// Checkouts are weighed by their lines.
const MAX_HELD_LINES: u64 = 20_000;
/// A price that was seen longer ago is not believed.
const HELD_AGE: Duration = Duration::from_mins(15);

#[derive(Clone)]
pub(super) struct Held(Moka<CartId, (CheckoutView, Cart)>);

impl Held {
    pub(super) fn new() -> Self {
        let lines = |_: &CartId, (view, _): &(CheckoutView, Cart)| {
            u32::try_from(view.cart.lines.len()).unwrap_or(u32::MAX).saturating_add(1)
        };
        Self(Moka::builder().max_capacity(MAX_HELD_LINES).weigher(lines).time_to_live(HELD_AGE).build())
    }

    /// Holds what a page shows of a cart.
    pub(super) async fn keep(&self, id: CartId, view: &CheckoutView, cart: Cart) {
        self.0.insert(id, (view.clone(), cart)).await;
    }

    /// What stood on the page that was reviewed, if it was the last one.
    pub(super) async fn recall(&self, id: CartId, reviewed: Reviewed) -> Option<(CheckoutView, Cart)> {
        self.0.get(&id).await.filter(|(view, _)| view.reviewed() == reviewed)
    }
}
