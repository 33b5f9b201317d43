//! What goes on when a shopper confirmed a payment with their bank, or did not: the browser comes back,
//! or the gateway tells of it, or both, in any order. Each only makes the purchase look at the gateway.

use std::time::Duration;

use anyhow::Context as _;
use domain::cart::CartId;
use domain::checkout::ports::Checkout as _;
use domain::checkout::saga::Saga;
use domain::checkout::{CheckoutStep, PlaceError, Placed};
use domain::order::{OrderId, OrderNumber};
use domain::payment::ChallengeUrl;
use tokio::time::{sleep, timeout};

use super::SqlCheckout;
use super::run::{PATIENCE, Told};
use super::saga_log::{purchase_of, read};
use super::waiting::hear;
use crate::fault::at_boundary;

/// How often a browser's request looks whether another task has finished its purchase.
const LOOK_INTERVAL: Duration = Duration::from_millis(100);

impl SqlCheckout {
    pub(super) async fn come_back(&self, cart: CartId, number: OrderNumber) -> Result<Placed, PlaceError> {
        let nobodys = PlaceError::Incomplete { step: CheckoutStep::Review };
        let found = at_boundary(self.parts.orders.load_by_number(number).await, PlaceError::Unavailable)?;
        let order = found.ok_or_else(|| nobodys.clone())?.id;
        let purchase = at_boundary(purchase_of(&self.parts.sql, order).await, PlaceError::Unavailable)?;
        if purchase.cart != cart {
            return Err(nobodys);
        }
        self.wait_on(order).await;
        let told = timeout(PATIENCE, self.told_after(order)).await.unwrap_or(Ok(Told::Later));
        let told = at_boundary(told, PlaceError::Unavailable)?;
        self.tell(cart, order, &purchase.payment, told).await
    }

    async fn told_after(&self, order: OrderId) -> anyhow::Result<Told> {
        if let told @ (Told::Ended(_) | Told::Challenged(_)) = self.take_up_waiting(order).await? {
            return Ok(told);
        }
        // Somebody else drives it, or it has ended before.
        loop {
            let saga = Saga::replay(&read(&self.parts.sql, order).await?);
            // A task that drives it still has to take out of the cart what was bought.
            if !self.drives(order) {
                if let Some(outcome) = saga.outcome() {
                    return Ok(Told::Ended(outcome.clone()));
                }
                if let Some(challenge) = saga.challenge() {
                    return Ok(Told::Challenged(challenge.clone()));
                }
            }
            sleep(LOOK_INTERVAL).await;
        }
    }

    /// Something happened at the gateway. Whoever drives the purchase may have looked just before: that it
    /// happened is kept first, and recovery looks once more.
    pub(super) async fn look_again(&self, order: OrderId) -> anyhow::Result<()> {
        if hear(&self.parts.sql, order).await? {
            self.take_up_waiting(order).await?;
        }
        Ok(())
    }

    async fn take_up_waiting(&self, order: OrderId) -> anyhow::Result<Told> {
        let Some(driving) = self.claim(order).await? else { return Ok(Told::Later) };
        let purchase = purchase_of(&self.parts.sql, order).await.context("a saga is gone")?;
        self.drive_on(purchase, driving).await
    }

    /// Where the shopper of an order has to confirm its payment, as long as that is open.
    pub(super) async fn challenge_of(&self, order: OrderId) -> anyhow::Result<Option<ChallengeUrl>> {
        let saga = Saga::replay(&read(&self.parts.sql, order).await?);
        Ok(saga.challenge().map(|challenge| challenge.url.clone()))
    }
}
