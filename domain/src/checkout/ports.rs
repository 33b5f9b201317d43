//! What the server does for a checkout.

use async_trait::async_trait;

use super::{CancelError, CheckoutView, ContactForm, Draft, IdempotencyKey, PlaceError, Placed, Reviewed};
use crate::cart::CartId;
use crate::order::{OrderAccess, OrderNumber, OrderState};
use crate::payment::PaymentMethod;
use crate::pricing::Money;
use crate::shipment::DeliveryOption;

/// The checkout can't be reached now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the checkout does not answer at the moment")]
pub struct CheckoutUnavailable;

#[async_trait]
pub trait Checkout: Send + Sync {
    async fn view(&self, cart: CartId) -> Result<CheckoutView, CheckoutUnavailable>;

    /// Keeps what was typed, right or wrong.
    async fn keep_contact(&self, cart: CartId, form: ContactForm) -> Result<Draft, CheckoutUnavailable>;

    async fn keep_delivery(&self, cart: CartId, option: DeliveryOption) -> Result<Draft, CheckoutUnavailable>;

    async fn keep_payment(&self, cart: CartId, method: PaymentMethod) -> Result<Draft, CheckoutUnavailable>;

    /// Places the order of a cart: once per key, for the total and the answers that the shopper saw.
    async fn place(
        &self,
        cart: CartId,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError>;

    /// Cancels a confirmed order for somebody who bears its access, and answers how it stands then:
    /// `Cancelling` as long as the gateway has not answered. Asking again answers the same.
    async fn cancel(&self, number: OrderNumber, access: &OrderAccess) -> Result<OrderState, CancelError>;
}
