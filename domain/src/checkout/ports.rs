//! What the server does for a checkout.

use async_trait::async_trait;

use super::{
    AddressChange, AddressChangeError, CancelError, CheckoutView, ContactForm, Country, Draft, IdempotencyKey,
    PlaceError, Placed, Reviewed,
};
use crate::account::{AccountId, Client};
use crate::cart::CartId;
use crate::order::{OrderAccess, OrderId, OrderNumber, OrderState};
use crate::payment::gift_card::{GiftCardCode, GiftCardError, GiftCardId};
use crate::payment::{AuthorizationId, PaymentMethod};
use crate::pricing::Money;
use crate::shipment::DeliveryOption;

/// The checkout can't be reached now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the checkout does not answer at the moment")]
pub struct CheckoutUnavailable;

#[async_trait]
pub trait Checkout: Send + Sync {
    /// The checkout of a cart, for a buyer who is signed in or for a guest.
    async fn view(&self, cart: CartId, buyer: Option<AccountId>) -> Result<CheckoutView, CheckoutUnavailable>;

    /// Where the things of a cart go, as far as the shopper has said it.
    async fn destination(&self, cart: CartId) -> Result<Option<Country>, CheckoutUnavailable>;

    /// Keeps what was typed, right or wrong.
    async fn keep_contact(&self, cart: CartId, form: ContactForm) -> Result<Draft, CheckoutUnavailable>;

    async fn keep_delivery(&self, cart: CartId, option: DeliveryOption) -> Result<Draft, CheckoutUnavailable>;

    async fn keep_payment(&self, cart: CartId, method: PaymentMethod) -> Result<Draft, CheckoutUnavailable>;

    /// Lets a gift card pay for what is in a cart. Each code counts for the client that tries it, before it is looked
    /// up.
    async fn apply_gift_card(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        code: &GiftCardCode,
        client: &Client,
    ) -> Result<(), GiftCardError>;

    /// Lets what a buyer has of store credit, in the currency of the cart, pay for what is in it.
    async fn apply_store_credit(&self, cart: CartId, buyer: AccountId) -> Result<(), GiftCardError>;

    /// Keeps a gift card for another time. One that is not applied changes nothing.
    async fn remove_gift_card(&self, cart: CartId, gift_card: GiftCardId) -> Result<(), CheckoutUnavailable>;

    /// Places the order of a cart: once per key, for the total and the answers that the shopper saw. It
    /// becomes the account's of a buyer who is signed in.
    async fn place(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError>;

    /// The shopper of a cart comes back from a challenge of their bank: answers as [`Self::place`] does.
    /// Nobody else learns anything of an order.
    async fn after_challenge(&self, cart: CartId, number: OrderNumber) -> Result<Placed, PlaceError>;

    /// The shopper of an order looks whether it is paid: while they do, its units stay reserved for them, up to
    /// [`crate::inventory::MAX_RESERVATION_MS`]. An order that is settled stays as it is, and so
    /// does one that can't be written at the moment.
    async fn wait_on(&self, order: OrderId);

    /// Something happened at the gateway to the payment of an order: looks what, if the order waits for
    /// it; where somebody is looking already, it is looked at once more afterwards. Hearing of it again, or of
    /// an order that there is not, does nothing.
    async fn hear_of_payment(&self, order: OrderId) -> Result<(), CheckoutUnavailable>;

    /// Something happened at the gateway to a payment after it was captured: notes it, and the books follow what the
    /// gateway says of it within seconds.
    async fn hear_of_aftermath(&self, payment: &AuthorizationId) -> Result<(), CheckoutUnavailable>;

    /// Cancels a confirmed order for somebody who bears its access, and answers how it stands then:
    /// `Cancelling` as long as the gateway has not answered. Asking again answers the same.
    async fn cancel(&self, number: OrderNumber, access: &OrderAccess) -> Result<OrderState, CancelError>;

    /// Has an order that waits to be sent go elsewhere, for somebody who bears its access. Asking again for
    /// what is so already changes nothing.
    async fn change_address(
        &self,
        number: OrderNumber,
        access: &OrderAccess,
        change: &AddressChange,
    ) -> Result<(), AddressChangeError>;

    /// Forgets what was typed for a cart: it holds an address.
    async fn forget(&self, cart: CartId) -> Result<(), CheckoutUnavailable>;

    /// Takes the contact that was typed for one cart over to another one that has none yet.
    async fn carry_over(&self, from: CartId, to: CartId) -> Result<(), CheckoutUnavailable>;
}
