//! What comes back of orders: a shopper asks, an operator receives or refuses. What is received is refunded as an
//! operator refunds: one transaction stores both, and the saga moves the money, whatever else fails.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use async_trait::async_trait;
use domain::checkout::saga::{Event, Purchase, Saga};
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::order::exchange::{EndNote, ExchangeState, ExchangeStep};
use domain::order::ports::Orders;
use domain::order::returns::ports::{OrderReturns, Receiving, Returns};
use domain::order::returns::{RefusalNote, Return, ReturnError, ReturnId, ReturnRequest, ReturnState, ReturnStep};
use domain::order::{Order, OrderAccess, OrderId, OrderNumber};
use domain::payment::{Movement, MovementId, MovementKind, Progress};
use domain::pricing::Money;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::SqlCheckout;
use super::movement::{Requested, asked_before, wait_for};
use super::run::{Asked, PATIENCE};
use super::saga_log::{Overtaken, go_on, insert_event, publish_turns, purchase_of, read};
use crate::event::{Fact, publish};
use crate::fault::{at_boundary, refused_or_told};
use crate::operator::{NewDeed, write_deed};
use crate::{inventory, order};

/// How often it is decided again what is given back because something else happened to the order first.
pub(super) const MAX_RECEIVE_ATTEMPTS: u32 = 3;

/// A return that is there.
struct Receipt<'a> {
    found: &'a Return,
    /// What gives its refund back; nothing where nothing is left to be given back.
    movement: Option<Movement>,
    to_shelf: bool,
    /// What becomes of what is kept for it.
    exchanges: ExchangeStep,
}

impl SqlCheckout {
    async fn shoppers_order(&self, number: OrderNumber, access: &OrderAccess) -> Result<Order, ReturnError> {
        let found = self.parts.orders.read(number, access).await.map_err(|_| ReturnError::Unavailable)?;
        found.ok_or(ReturnError::NoSuchOrder)
    }

    pub(super) async fn operators_order(&self, number: OrderNumber) -> anyhow::Result<Order> {
        Ok(self.parts.orders.load_by_number(number).await?.ok_or(ReturnError::NoSuchOrder)?)
    }

    pub(super) async fn receive_return(
        &self,
        number: OrderNumber,
        id: ReturnId,
        how: Receiving,
        by: &Reference,
    ) -> anyhow::Result<Progress> {
        let sql = &self.parts.sql;
        let order = self.operators_order(number).await?.id;
        let purchase = purchase_of(sql, order).await?;
        let requested = self.ask_to_receive(order, id, how, by).await?;
        self.see_refunded(purchase, requested).await
    }

    /// Drives the refund of a return, and waits for it for a while; there may be none.
    pub(super) async fn see_refunded(
        &self,
        purchase: Purchase,
        requested: Option<Requested>,
    ) -> anyhow::Result<Progress> {
        self.parts.published.notify_one();
        let Some(requested) = requested else { return Ok(Progress::Done) };
        let deadline = Instant::now() + PATIENCE;
        if let Ok(Err(fault)) = timeout_at(deadline, self.go_on(purchase, requested.asked)).await {
            // It is done by recovery.
            tracing::error!(order = %requested.order, "the refund of a return is held up: {fault:#}");
        }
        // A twin of this request may drive it.
        match wait_for(&self.parts.sql, &requested, deadline).await? {
            Some(true) => Ok(Progress::Done),
            Some(false) => Err(ReturnError::NotRefunded.into()),
            None => Ok(Progress::Later),
        }
    }

    /// Notes that a return is there and is to be refunded: from then on it is, unless the gateway refuses. Answers
    /// with what money; nothing where none is to move any more. What goes on already is not asked for again.
    async fn ask_to_receive(
        &self,
        order: OrderId,
        id: ReturnId,
        how: Receiving,
        by: &Reference,
    ) -> anyhow::Result<Option<Requested>> {
        let sql = &self.parts.sql;
        for _ in 0..MAX_RECEIVE_ATTEMPTS {
            let log = read(sql, order).await?;
            // Read after the log: what is given back meanwhile adds to the log, and this is overtaken.
            let read_order = self.parts.orders.load(order).await?.context("an order is gone")?;
            let returns = order::read_returns(sql, order).await?;
            let found = returns.iter().find(|found| found.id == id).ok_or(ReturnError::NoSuchReturn)?;
            let saga = Saga::replay(&log);
            match found.state {
                ReturnState::Refunded => return Ok(None),
                ReturnState::Refused | ReturnState::Withdrawn => return Err(ReturnError::Decided.into()),
                ReturnState::Received if !saga.is_at_rest() => {
                    let movement = found.movement.and_then(|movement| asked_before(&log, movement));
                    let movement = movement.ok_or(ReturnError::NotNow)?;
                    return Ok(Some(Requested { order, movement, asked: Asked::Before }));
                }
                // A refund that was not made is asked for again, under another key.
                ReturnState::Received | ReturnState::Requested => {}
            }
            let is_new = found.state == ReturnState::Requested;
            let for_money = (is_new && how.for_money).then(|| found.for_money());
            let movement = refund_of(&read_order, &returns, for_money.as_ref().unwrap_or(found), &saga)?;
            let exchanges = if how.for_money { ExchangeStep::Lapse } else { ExchangeStep::Allocate };
            let receipt = Receipt { found, movement, to_shelf: is_new && how.to_shelf, exchanges };
            match self.store_receipt(&read_order, log.len(), &receipt, by).await {
                Err(fault) if fault.is::<Overtaken>() => {}
                stored => {
                    let asked = |movement| Requested { order, movement, asked: Asked::Now };
                    return stored.map(|()| receipt.movement.map(asked));
                }
            }
        }
        Err(ReturnError::NotNow.into())
    }

    /// One transaction: the log and the return's movement, its units on the shelf, those of its exchanges to be sent,
    /// who received it, the outbox.
    ///
    /// # Errors
    /// [`Overtaken`] when something else happened to the order or to the return at the same time.
    async fn store_receipt(
        &self,
        order: &Order,
        position: usize,
        receipt: &Receipt<'_>,
        by: &Reference,
    ) -> anyhow::Result<()> {
        let Receipt { found, movement, to_shelf, exchanges } = receipt;
        let (id, subject) = (order.id, order.number.to_string());
        let mut transaction = self.parts.sql.begin().await?;
        if let Some(movement) = movement {
            let event = Event::MovementRequested { movement: movement.clone() };
            insert_event(&mut transaction, id, position, &event).await?;
            go_on(&mut transaction, id, Some(self.parts.leases.server())).await?;
        }
        if !order::note_receipt(&mut transaction, id, found, movement.as_ref()).await? {
            return Err(Overtaken.into());
        }
        let movement = movement.as_ref().map(|movement| movement.id);
        let deed = NewDeed { by, kind: DeedKind::ReturnReceived, subject: &subject, movement };
        write_deed(&mut transaction, deed).await?;
        let kept = order::settle_exchanges(&mut transaction, found.id, *exchanges).await?;
        // Its time may have been over at the same moment: then it brings more money.
        if kept.len() != found.exchanges_in(ExchangeState::Reserved).count() {
            return Err(Overtaken.into());
        }
        let back = if *to_shelf { found.lines.as_slice() } else { &[] };
        let turns = inventory::take_back(&mut transaction, id, back, &kept, *exchanges).await?;
        publish_turns(&mut transaction, turns).await?;
        publish(&mut transaction, &[Fact::OrderChanged { order: id }]).await?;
        transaction.commit().await.context("committing a return that is there")
    }

    /// Decides a return that was asked for, with the deed of an operator who does; again it answers the same.
    async fn decide_return(
        &self,
        order: &Order,
        id: ReturnId,
        step: ReturnStep,
        refused: Option<(&RefusalNote, &Reference)>,
    ) -> anyhow::Result<()> {
        let mut transaction = self.parts.sql.begin().await?;
        let why = refused.map(|(why, _)| why);
        if !order::decide_return(&mut transaction, order.id, id, step, why).await? {
            drop(transaction);
            let returns = order::read_returns(&self.parts.sql, order.id).await?;
            let found = returns.iter().find(|found| found.id == id).ok_or(ReturnError::NoSuchReturn)?;
            let is_so = ReturnState::Requested.after(step) == Ok(found.state);
            return if is_so { Ok(()) } else { Err(ReturnError::Decided.into()) };
        }
        let kept = order::settle_exchanges(&mut transaction, id, ExchangeStep::Release).await?;
        let turns = inventory::move_kept(&mut transaction, order.id, &kept, ExchangeStep::Release).await?;
        publish_turns(&mut transaction, turns).await?;
        if let Some((_, by)) = refused {
            let subject = order.number.to_string();
            let deed = NewDeed { by, kind: DeedKind::ReturnRefused, subject: &subject, movement: None };
            write_deed(&mut transaction, deed).await?;
        }
        transaction.commit().await.context("committing what is decided of a return")?;
        self.parts.published.notify_one();
        Ok(())
    }
}

/// What gives back what a return brings, at most what is left to be given back of its order; nothing where that is
/// nothing. However often money moved before, it fits: what came back can always be refunded.
fn refund_of(order: &Order, returns: &[Return], found: &Return, saga: &Saga) -> anyhow::Result<Option<Movement>> {
    let tally = saga.tally().filter(|_| saga.is_at_rest()).ok_or(ReturnError::NotNow)?;
    let total = order.totals.total();
    let share = found.refund.unwrap_or_else(|| order.refund_for(returns, found)).minor_units();
    let open = tally.open_to_refund(total).minor_units();
    // What is sent instead is paid with what is kept: it is still there.
    let is_new = found.state == ReturnState::Requested;
    let kept = if is_new { order.kept_for_exchanges(returns, found).minor_units() } else { 0 };
    ensure!(kept <= open, ReturnError::NotPaidFor);
    let amount = share.min(open - kept);
    if amount <= 0 {
        return Ok(None);
    }
    let reason = format!("Returned: {}", found.reason.label()).parse()?;
    let (id, amount) = (MovementId::new(Uuid::now_v7()), Money::new(amount, total.currency()));
    let tax = order.tax_of_refund(returns, found, amount);
    let proceeds = order.proceeds_of_refund(returns, found, amount);
    Ok(Some(Movement { id, kind: MovementKind::Refund { reason, tax, proceeds }, amount }))
}

#[async_trait]
impl Returns for SqlCheckout {
    async fn of(&self, order: OrderId) -> Result<OrderReturns, ReturnError> {
        let returns = at_boundary(order::read_returns(&self.parts.sql, order).await, ReturnError::Unavailable)?;
        Ok(OrderReturns { returns, next: ReturnId::new(Uuid::now_v7()) })
    }

    async fn ask(&self, number: OrderNumber, access: &OrderAccess, request: &ReturnRequest) -> Result<(), ReturnError> {
        let order = self.shoppers_order(number, access).await?;
        refused_or_told(self.ask_to_return(&order, request).await, ReturnError::Unavailable)
    }

    async fn withdraw(&self, number: OrderNumber, access: &OrderAccess, id: ReturnId) -> Result<(), ReturnError> {
        let order = self.shoppers_order(number, access).await?;
        let withdrawn = self.decide_return(&order, id, ReturnStep::Withdraw, None).await;
        refused_or_told(withdrawn, ReturnError::Unavailable)
    }

    async fn receive(
        &self,
        number: OrderNumber,
        id: ReturnId,
        how: Receiving,
        by: &Reference,
    ) -> Result<Progress, ReturnError> {
        refused_or_told(self.receive_return(number, id, how, by).await, ReturnError::Unavailable)
    }

    async fn refuse(
        &self,
        number: OrderNumber,
        id: ReturnId,
        why: &RefusalNote,
        by: &Reference,
    ) -> Result<(), ReturnError> {
        let refused = async {
            let order = self.operators_order(number).await?;
            self.decide_return(&order, id, ReturnStep::Refuse, Some((why, by))).await
        };
        refused_or_told(refused.await, ReturnError::Unavailable)
    }

    async fn send_exchange(&self, number: OrderNumber, id: ReturnId, by: &Reference) -> Result<(), ReturnError> {
        refused_or_told(self.send_what_is_exchanged(number, id, by).await, ReturnError::Unavailable)
    }

    async fn end_exchange(
        &self,
        number: OrderNumber,
        id: ReturnId,
        why: &EndNote,
        by: &Reference,
    ) -> Result<Progress, ReturnError> {
        refused_or_told(self.end_what_is_exchanged(number, id, why, by).await, ReturnError::Unavailable)
    }

    async fn to_replace_among(&self, orders: &[OrderId]) -> Result<BTreeSet<OrderId>, ReturnError> {
        at_boundary(order::to_replace_among(&self.parts.sql, orders).await, ReturnError::Unavailable)
    }

    async fn asked_among(&self, orders: &[OrderId]) -> Result<BTreeSet<OrderId>, ReturnError> {
        at_boundary(order::asked_among(&self.parts.sql, orders).await, ReturnError::Unavailable)
    }
}
