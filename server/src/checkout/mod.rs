//! Checkout: drafts in the graph, the saga of a purchase and its cancellation in SQL. Only this
//! module writes the tables `draft`, `sagas`, `saga_events` and `idempotency_keys`, and it alone
//! calls the gateway. A saga runs in a task of its own, so that a browser that goes away interrupts
//! nothing. One server drives a saga, as long as it lives; what a dead one left unfinished is taken
//! up by whoever sees it first.

mod audit;
mod cancel;
mod draft;
mod place;
mod recovery;
mod run;
mod saga_log;
mod waiting;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::cart::ports::Carts;
use domain::cart::{Cart, CartId, LineFacts, PricedCart, price};
use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::checkout::ports::{Checkout, CheckoutUnavailable};
use domain::checkout::{CancelError, CheckoutView, ContactForm, Draft, IdempotencyKey, PlaceError, Placed, Reviewed};
use domain::inventory::ports::Inventory;
use domain::order::{OrderAccess, OrderId, OrderNumber, OrderState};
use domain::payment::PaymentMethod;
use domain::payment::ports::Gateway;
use domain::pricing::Money;
use domain::pricing::ports::Promotions;
use domain::pricing::promotion::Terms;
use domain::shipment::DeliveryOption;
use tokio::sync::Notify;

use crate::fault::at_boundary;
use crate::order::{AccessKey, SqlOrders};
use crate::sql::{Leases, Sql};

pub(crate) use audit::{RULES, SET_ASIDE};
pub(crate) use draft::Drafts;
pub(crate) use waiting::{SetAside, list_set_aside, resume};

/// What the checkout works with.
pub(crate) struct Parts {
    pub(crate) sql: Sql,
    pub(crate) drafts: Drafts,
    pub(crate) catalog: Arc<dyn Catalog>,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) inventory: Arc<dyn Inventory>,
    pub(crate) promotions: Arc<dyn Promotions>,
    pub(crate) gateway: Arc<dyn Gateway>,
    pub(crate) orders: SqlOrders,
    pub(crate) access: AccessKey,
    pub(crate) leases: Leases,
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

    async fn facts(&self, cart: &Cart) -> anyhow::Result<HashMap<Sku, LineFacts>> {
        let skus = cart.skus();
        let products = self.parts.catalog.products_of(&skus).await?;
        let available = self.parts.inventory.available(&skus).await?;
        Ok(LineFacts::of_all(cart, &products, &available))
    }

    /// What promotions there are for the cart; limits for each shopper count once an address is known.
    async fn terms(&self, cart: &Cart, draft: &Draft) -> anyhow::Result<Terms> {
        let email = draft.contact.email.parse().ok();
        Ok(self.parts.promotions.terms(cart.coupon(), email.as_ref()).await?)
    }

    async fn look(&self, id: CartId) -> anyhow::Result<CheckoutView> {
        let draft = self.parts.drafts.read(id).await?;
        let cart = self.parts.carts.read(id).await?;
        let (facts, terms) = (self.facts(&cart).await?, self.terms(&cart, &draft).await?);
        let chosen = draft.delivery.unwrap_or_default();
        let (mut with_chosen, mut charges) = (PricedCart::default(), Vec::new());
        for option in DeliveryOption::ALL {
            let priced = price(&cart, &facts, &terms, option)?;
            charges.extend(priced.totals.map(|totals| (option, totals.delivery())));
            if option == chosen {
                with_chosen = priced;
            }
        }
        Ok(CheckoutView { draft, cart: with_chosen, charges })
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
