//! Checkout: drafts in the graph, the saga of a purchase and its cancellation in SQL. Only this
//! module writes the tables `draft`, `sagas`, `saga_events` and `idempotency_keys`, and it alone
//! calls the gateway. A saga runs in a task of its own, so that a browser that goes away interrupts
//! nothing; what a crash left unfinished is taken up at start and looked for ever after.

mod audit;
mod cancel;
mod draft;
mod place;
mod recovery;
mod run;
mod saga_log;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::cart::ports::Carts;
use domain::cart::{CartId, LineFacts, PricedCart, price};
use domain::catalog::ports::Catalog;
use domain::checkout::ports::{Checkout, CheckoutUnavailable};
use domain::checkout::{
    CancelError, CheckoutView, ContactForm, Draft, IdempotencyKey, PlaceError, Placed, Reviewed, Totals,
};
use domain::inventory::ports::Inventory;
use domain::order::{OrderAccess, OrderId, OrderNumber, OrderState};
use domain::payment::PaymentMethod;
use domain::payment::ports::Gateway;
use domain::pricing::Money;
use domain::shipment::DeliveryOption;
use tokio::sync::Notify;

use crate::fault::at_boundary;
use crate::order::{AccessKey, SqlOrders};
use crate::sql::Sql;

pub(crate) use audit::{RULES, SET_ASIDE};
pub(crate) use draft::Drafts;

/// What the checkout works with.
pub(crate) struct Parts {
    pub(crate) sql: Sql,
    pub(crate) drafts: Drafts,
    pub(crate) catalog: Arc<dyn Catalog>,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) inventory: Arc<dyn Inventory>,
    pub(crate) gateway: Arc<dyn Gateway>,
    pub(crate) orders: SqlOrders,
    pub(crate) access: AccessKey,
    /// Wakes the relay when something was published.
    pub(crate) published: Arc<Notify>,
}

#[derive(Clone)]
pub(crate) struct SqlCheckout {
    parts: Arc<Parts>,
    /// The sagas that a task of this process drives.
    driven: Arc<Mutex<HashSet<OrderId>>>,
}

impl SqlCheckout {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), driven: Arc::default() }
    }

    async fn priced_cart(&self, cart: CartId) -> anyhow::Result<PricedCart> {
        let cart = self.parts.carts.read(cart).await?;
        let skus = cart.skus();
        let products = self.parts.catalog.products_of(&skus).await?;
        let available = self.parts.inventory.available(&skus).await?;
        let facts: HashMap<_, _> = skus
            .into_iter()
            .filter_map(|sku| {
                let units = available.get(&sku).copied().unwrap_or_default();
                let facts = LineFacts::of(products.get(&sku)?, &sku, units)?;
                Some((sku, facts))
            })
            .collect();
        Ok(price(&cart, &facts)?)
    }

    async fn look(&self, id: CartId) -> anyhow::Result<CheckoutView> {
        let draft = self.parts.drafts.read(id).await?;
        let cart = self.priced_cart(id).await?;
        let option = draft.delivery.unwrap_or_default();
        let totals = cart.subtotal.map(|subtotal| Totals::new(subtotal, option)).transpose()?;
        Ok(CheckoutView { draft, cart, totals })
    }
}

#[async_trait]
impl Checkout for SqlCheckout {
    async fn view(&self, cart: CartId) -> Result<CheckoutView, CheckoutUnavailable> {
        at_boundary(self.look(cart).await, CheckoutUnavailable)
    }

    async fn keep_contact(&self, cart: CartId, form: ContactForm) -> Result<Draft, CheckoutUnavailable> {
        at_boundary(self.parts.drafts.keep_contact(cart, &form.bounded()).await, CheckoutUnavailable)
    }

    async fn keep_delivery(&self, cart: CartId, option: DeliveryOption) -> Result<Draft, CheckoutUnavailable> {
        at_boundary(self.parts.drafts.keep_delivery(cart, option).await, CheckoutUnavailable)
    }

    async fn keep_payment(&self, cart: CartId, method: PaymentMethod) -> Result<Draft, CheckoutUnavailable> {
        at_boundary(self.parts.drafts.keep_payment(cart, &method).await, CheckoutUnavailable)
    }

    async fn place(
        &self,
        cart: CartId,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError> {
        self.place_order(cart, key, seen, reviewed).await
    }

    async fn cancel(&self, number: OrderNumber, access: &OrderAccess) -> Result<OrderState, CancelError> {
        self.cancel_order(number, access).await
    }
}
