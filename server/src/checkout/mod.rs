//! Checkout: drafts in the graph, the saga of a purchase, its changes, dispatch, returns, exchanges and cancellation in
//! SQL. Only this module writes the tables `draft`, `sagas`, `saga_events` and `idempotency_keys`, and it alone
//! calls the gateway. A saga runs in a task of its own, so that a browser that goes away interrupts
//! nothing. One server drives a saga, as long as it lives; what a dead one left unfinished is taken
//! up by whoever sees it first.

mod address_change;
mod aftermath;
mod audit;
mod begin;
mod cancel;
mod challenge;
mod clear_up;
mod confirm;
mod dispatch;
mod draft;
mod exchange;
mod forget;
mod gift_card;
mod giving_up;
mod held;
mod log;
mod look;
mod movement;
mod place;
mod recovery;
mod returns;
mod run;
mod saga_log;
mod sign_of_life;
mod waiting;
mod walk;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::account::{AccountId, Client};
use domain::cart::CartId;
use domain::checkout::ports::{Checkout, CheckoutUnavailable};
use domain::checkout::{
    AddressChange, AddressChangeError, CancelError, CheckoutView, ContactForm, Country, Draft, IdempotencyKey,
    PlaceError, Placed, Reviewed,
};
use domain::order::{OrderAccess, OrderId, OrderNumber, OrderState};
use domain::payment::gift_card::{GiftCardCode, GiftCardError, GiftCardId};
use domain::payment::ports::Gateway;
use domain::payment::{AuthorizationId, PaymentMethod};
use domain::pricing::Money;
use domain::pricing::ports::Promotions;
use domain::pricing::tax::TaxTable;
use domain::shipment::DeliveryOption;
use tokio::sync::Notify;

use crate::cart::GraphCarts;
use crate::catalog::GraphCatalog;
use crate::fault::at_boundary;
use crate::inventory::SqlInventory;
use crate::order::{AccessKey, SqlOrders};
use crate::sql::{GroupCommit, Leases, Queue, Sql};
use begin::Begin;
use clear_up::{ClearUp, clear_up_together};
use confirm::{Confirm, End};
use held::Held;
use look::{Left, Papers, read_left, read_papers};
use sign_of_life::note_sign_of_life;

pub(crate) use audit::{RULES, SET_ASIDE};
pub(crate) use draft::Drafts;
pub(crate) use forget::forget_contacts_of;
pub(crate) use movement::{Asking, Requested, ask_to_move, wait_for};
pub(crate) use saga_log::read as read_log;
pub(crate) use waiting::{count_set_aside, list_set_aside, resume, settle_by_hand, undo};

/// What the checkout works with.
pub(crate) struct Parts {
    pub(crate) sql: Sql,
    pub(crate) drafts: Drafts,
    pub(crate) catalog: GraphCatalog,
    pub(crate) carts: GraphCarts,
    pub(crate) inventory: SqlInventory,
    pub(crate) promotions: Arc<dyn Promotions>,
    pub(crate) taxes: Arc<TaxTable>,
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
    begin: Arc<Queue<Begin>>,
    confirm: Arc<Queue<Confirm>>,
    end: Arc<Queue<End>>,
    clearing_up: Arc<ClearUp>,
    papers: Arc<Papers>,
    left: Arc<Left>,
    held: Held,
    /// The sagas that a task of this process drives.
    driven: Arc<Mutex<HashSet<OrderId>>>,
}

impl SqlCheckout {
    pub(crate) fn new(parts: Parts, commits: &mut GroupCommit) -> Self {
        Self {
            end: commits.queue(End),
            confirm: commits.queue(Confirm),
            begin: commits.queue(Begin { server: parts.leases.server().into() }),
            clearing_up: Arc::new(clear_up_together(parts.carts.clone(), parts.drafts.clone())),
            papers: Arc::new(read_papers(parts.carts.clone(), parts.drafts.clone())),
            left: Arc::new(read_left(parts.inventory.clone())),
            held: Held::new(),
            parts: Arc::new(parts),
            driven: Arc::default(),
        }
    }
}

#[async_trait]
impl Checkout for SqlCheckout {
    async fn view(&self, cart: CartId, buyer: Option<AccountId>) -> Result<CheckoutView, CheckoutUnavailable> {
        let (view, looked_at) = at_boundary(self.look(cart, buyer).await, CheckoutUnavailable)?;
        self.held.keep(cart, &view, looked_at).await;
        Ok(view)
    }

    async fn destination(&self, cart: CartId) -> Result<Option<Country>, CheckoutUnavailable> {
        let draft = at_boundary(self.parts.drafts.find(cart).await, CheckoutUnavailable)?;
        Ok(draft.and_then(|draft| draft.destination()))
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

    async fn apply_gift_card(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        code: &GiftCardCode,
        client: &Client,
    ) -> Result<(), GiftCardError> {
        at_boundary(self.apply_code(cart, buyer, code, client).await, GiftCardError::Unavailable).flatten()
    }

    async fn apply_store_credit(&self, cart: CartId, buyer: AccountId) -> Result<(), GiftCardError> {
        at_boundary(self.apply_credit_of(cart, buyer).await, GiftCardError::Unavailable).flatten()
    }

    async fn remove_gift_card(&self, cart: CartId, gift_card: GiftCardId) -> Result<(), CheckoutUnavailable> {
        at_boundary(self.take_gift_card_off(cart, gift_card).await, CheckoutUnavailable)
    }

    async fn place(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError> {
        self.place_order(cart, buyer, key, seen, reviewed).await
    }

    async fn after_challenge(&self, cart: CartId, number: OrderNumber) -> Result<Placed, PlaceError> {
        self.come_back(cart, number).await
    }

    async fn wait_on(&self, order: OrderId) {
        // Whoever waits is told how the order stands in any case.
        if let Err(fault) = note_sign_of_life(&self.parts.sql, order).await {
            tracing::warn!(%order, "a shopper who waits is not noted: {fault:#}");
        }
    }

    async fn hear_of_payment(&self, order: OrderId) -> Result<(), CheckoutUnavailable> {
        at_boundary(self.look_again(order).await, CheckoutUnavailable)
    }

    async fn hear_of_aftermath(&self, payment: &AuthorizationId) -> Result<(), CheckoutUnavailable> {
        at_boundary(self.note_aftermath(payment).await, CheckoutUnavailable)
    }

    async fn cancel(&self, number: OrderNumber, access: &OrderAccess) -> Result<OrderState, CancelError> {
        self.cancel_order(number, access).await
    }

    async fn change_address(
        &self,
        number: OrderNumber,
        access: &OrderAccess,
        change: &AddressChange,
    ) -> Result<(), AddressChangeError> {
        self.send_elsewhere(number, access, change).await
    }

    async fn forget(&self, cart: CartId) -> Result<(), CheckoutUnavailable> {
        at_boundary(self.parts.drafts.forget(cart).await, CheckoutUnavailable)
    }

    async fn carry_over(&self, from: CartId, to: CartId) -> Result<(), CheckoutUnavailable> {
        at_boundary(self.parts.drafts.carry_over(from, to).await, CheckoutUnavailable)
    }
}
