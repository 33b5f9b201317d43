//! What is sent for returns instead of their money. Its units are reserved in the transaction that stores the return,
//! allocated in the one that receives it, and given back in the one that refuses or withdraws it, or when their time
//! is over; then the return brings its money like any other. An operator says when they are sent, or ends what can't
//! be sent: then what is there is refunded as a return is, by the saga, whatever else fails.

use anyhow::{Context as _, ensure};
use domain::catalog::Sku;
use domain::catalog::ports::Catalog as _;
use domain::checkout::saga::{Event, Saga};
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::order::exchange::{EndNote, Exchange, ExchangeState, ExchangeStep, exchange_is_over};
use domain::order::returns::ports::Receiving;
use domain::order::returns::{Return, ReturnError, ReturnId, ReturnRequest, ReturnState};
use domain::order::{Order, OrderId, OrderLine, OrderNumber};
use domain::payment::{Movement, MovementId, MovementKind, Progress};
use domain::pricing::Money;
use jiff::Timestamp;
use uuid::Uuid;

use super::SqlCheckout;
use super::movement::Requested;
use super::returns::MAX_RECEIVE_ATTEMPTS;
use super::run::Asked;
use super::saga_log::{Overtaken, go_on, hold, insert_event, publish_turns, purchase_of, read};
use super::walk::{next_after, walk};
use crate::event::{Fact, publish};
use crate::inventory::{self, Keeping};
use crate::operator::{NewDeed, write_deed};
use crate::order;

/// Returns whose exchanges are ended in one look.
const BATCH: i64 = 100;

/// How a refund is called that is made because nothing is sent in exchange.
const END_REASON: &str = "Exchange not sent";

/// The end of what is kept for a return.
struct End<'a> {
    found: &'a Return,
    step: ExchangeStep,
    /// What gives its money back; nothing where it is not there yet, or nothing is left to be given back.
    movement: Option<Movement>,
    why: &'a EndNote,
}

/// Since when an exchange is ended.
enum Ended {
    /// With what money goes back, if any does.
    Now(Option<Requested>),
    /// Another request ended it; so its return stands.
    Before(ReturnState),
}

impl SqlCheckout {
    /// One transaction: the return, and the units that are kept for its exchanges, all of them or nothing at all.
    pub(super) async fn ask_to_return(&self, order: &Order, request: &ReturnRequest) -> anyhow::Result<()> {
        let exchanges = self.wanted_exchanges(order, request).await?;
        let units: Vec<_> = exchanges.iter().map(|exchange| (exchange.sku.clone(), exchange.quantity)).collect();
        let lines: Vec<Sku> = exchanges.iter().map(|exchange| exchange.line.clone()).collect();
        let mut transaction = self.parts.sql.begin().await?;
        if !order::ask_to_return(&mut transaction, order, request, exchanges, Timestamp::now()).await? {
            return Ok(());
        }
        match inventory::reserve_kept(&mut transaction, order.id, &units).await? {
            Keeping::Kept(turns) => publish_turns(&mut transaction, turns).await?,
            Keeping::Short(short) => {
                let place = units.iter().position(|(sku, _)| *sku == short);
                let line = place.and_then(|place| line_of(order, lines.get(place)?));
                let line = line.context("an exchange for no line")?;
                return Err(ReturnError::ReplacementGone { title: line.title.clone() }.into());
            }
        }
        transaction.commit().await.context("committing a return")?;
        self.parts.published.notify_one();
        Ok(())
    }

    /// What its shopper wants for some lines, as the catalog has it now.
    async fn wanted_exchanges(&self, order: &Order, request: &ReturnRequest) -> anyhow::Result<Vec<Exchange>> {
        if request.wanted().is_empty() {
            return Ok(Vec::new());
        }
        let lines: Vec<Sku> = request.wanted().keys().cloned().collect();
        let products = self.parts.catalog.products_of(&lines).await?;
        let mut exchanges = Vec::with_capacity(lines.len());
        for back in request.lines() {
            let Some(wanted) = request.wanted_for(&back.sku) else { continue };
            let line = line_of(order, &back.sku).ok_or(ReturnError::Units)?;
            let product = products.get(&back.sku);
            let product = product.ok_or_else(|| ReturnError::NotExchangeable { title: line.title.clone() })?;
            exchanges.push(Exchange::ask(line, back.quantity, wanted, product)?);
        }
        Ok(exchanges)
    }

    /// One transaction: what was kept for a return that is there leaves the shelf, with the deed of the operator who
    /// says so. Again it answers the same.
    pub(super) async fn send_what_is_exchanged(
        &self,
        number: OrderNumber,
        id: ReturnId,
        by: &Reference,
    ) -> anyhow::Result<()> {
        let order = self.operators_order(number).await?;
        let returns = order::read_returns(&self.parts.sql, order.id).await?;
        let found = returns.iter().find(|found| found.id == id).ok_or(ReturnError::NoSuchReturn)?;
        if found.has_exchange_in(ExchangeState::Sent) {
            return Ok(());
        }
        let mut transaction = self.parts.sql.begin().await?;
        hold(&mut transaction, order.id).await?;
        let sent = order::settle_exchanges(&mut transaction, id, ExchangeStep::Send).await?;
        if sent.is_empty() {
            drop(transaction);
            // A twin of this request may have been faster.
            let returns = order::read_returns(&self.parts.sql, order.id).await?;
            let is_sent = returns.iter().any(|found| found.id == id && found.has_exchange_in(ExchangeState::Sent));
            ensure!(is_sent, ReturnError::NothingToSend);
            return Ok(());
        }
        self.ensure_paid(&order, id).await?;
        let turns = inventory::move_kept(&mut transaction, order.id, &sent, ExchangeStep::Send).await?;
        publish_turns(&mut transaction, turns).await?;
        let subject = order.number.to_string();
        let deed = NewDeed { by, kind: DeedKind::ReplacementSent, subject: &subject, movement: None };
        write_deed(&mut transaction, deed).await?;
        publish(&mut transaction, &[Fact::OrderChanged { order: order.id }]).await?;
        transaction.commit().await.context("committing that an exchange is sent")?;
        self.parts.published.notify_one();
        Ok(())
    }

    /// Ends what is kept for a return, and gives its money back where it is there. Again it answers the same.
    pub(super) async fn end_what_is_exchanged(
        &self,
        number: OrderNumber,
        id: ReturnId,
        why: &EndNote,
        by: &Reference,
    ) -> anyhow::Result<Progress> {
        let order = self.operators_order(number).await?.id;
        let purchase = purchase_of(&self.parts.sql, order).await?;
        for _ in 0..MAX_RECEIVE_ATTEMPTS {
            match self.ask_to_end(order, id, why, by).await {
                Err(fault) if fault.is::<Overtaken>() => {}
                Ok(Ended::Now(requested)) => return self.see_refunded(purchase, requested).await,
                // Its refund may go on, or be tried again.
                Ok(Ended::Before(ReturnState::Received)) => {
                    return self.receive_return(number, id, Receiving::default(), by).await;
                }
                Ok(Ended::Before(_)) => return Ok(Progress::Done),
                Err(fault) => return Err(fault),
            }
        }
        Err(ReturnError::NotNow.into())
    }

    /// Notes that what is kept for a return is not sent, and is to be refunded where the return is there: from then on
    /// it is, unless the gateway refuses.
    ///
    /// # Errors
    /// [`Overtaken`] when something else happened to the order or to the return at the same time.
    async fn ask_to_end(&self, order: OrderId, id: ReturnId, why: &EndNote, by: &Reference) -> anyhow::Result<Ended> {
        let sql = &self.parts.sql;
        let log = read(sql, order).await?;
        // Read after the log: what is given back meanwhile adds to the log, and this is overtaken.
        let read_order = self.parts.orders.load(order).await?.context("an order is gone")?;
        let returns = order::read_returns(sql, order).await?;
        let found = returns.iter().find(|found| found.id == id).ok_or(ReturnError::NoSuchReturn)?;
        if found.exchange_end.is_some() {
            return Ok(Ended::Before(found.state));
        }
        let step = found.end_step()?;
        let movement = if step == ExchangeStep::GiveUp {
            end_refund(&read_order, &returns, found, &Saga::replay(&log))?
        } else {
            None
        };
        let end = End { found, step, movement, why };
        self.store_end(&read_order, log.len(), &end, by).await?;
        let asked = |movement| Requested { order, movement, asked: Asked::Now };
        Ok(Ended::Now(end.movement.map(asked)))
    }

    /// One transaction: the log and the return's movement, why its exchanges end, their units on sale again, who ended
    /// them, the outbox.
    async fn store_end(&self, order: &Order, position: usize, end: &End<'_>, by: &Reference) -> anyhow::Result<()> {
        let End { found, step, movement, why } = end;
        let (id, subject) = (order.id, order.number.to_string());
        let mut transaction = self.parts.sql.begin().await?;
        if let Some(movement) = movement {
            let event = Event::MovementRequested { movement: movement.clone() };
            insert_event(&mut transaction, id, position, &event).await?;
            go_on(&mut transaction, id, Some(self.parts.leases.server())).await?;
        } else {
            hold(&mut transaction, id).await?;
        }
        if !order::note_exchange_end(&mut transaction, id, found, why).await? {
            return Err(Overtaken.into());
        }
        if let Some(movement) = movement {
            order::owe(&mut transaction, id, found, movement).await?;
        }
        let kept = order::settle_exchanges(&mut transaction, found.id, *step).await?;
        // They may have been sent at the same moment, or their time was over.
        if kept.len() != found.exchanges_in(step.ends().0).count() {
            return Err(Overtaken.into());
        }
        let turns = inventory::move_kept(&mut transaction, id, &kept, *step).await?;
        publish_turns(&mut transaction, turns).await?;
        let movement = movement.as_ref().map(|movement| movement.id);
        let deed = NewDeed { by, kind: DeedKind::ExchangeEnded, subject: &subject, movement };
        write_deed(&mut transaction, deed).await?;
        publish(&mut transaction, &[Fact::OrderChanged { order: id }]).await?;
        transaction.commit().await.context("committing that an exchange is ended")
    }

    /// Makes sure that what pays for the exchanges of a return was not given back since it was received. The caller
    /// holds the saga.
    async fn ensure_paid(&self, order: &Order, id: ReturnId) -> anyhow::Result<()> {
        let saga = Saga::replay(&read(&self.parts.sql, order.id).await?);
        let tally = saga.tally().filter(|_| saga.is_at_rest()).ok_or(ReturnError::NotNow)?;
        let returns = order::read_returns(&self.parts.sql, order.id).await?;
        let found = returns.iter().find(|found| found.id == id).ok_or(ReturnError::NoSuchReturn)?;
        let open = tally.open_to_refund(order.totals.total());
        ensure!(order.pays_to_send(&returns, found).minor_units() <= open.minor_units(), ReturnError::NotPaidFor);
        Ok(())
    }

    /// Ends exchanges whose time is over, at start and ever after: their units are sold again, and their shoppers
    /// are told.
    pub(crate) async fn end_exchanges(self) {
        walk("looking after exchanges", |after| self.look_after_exchanges(after)).await;
    }

    /// Ends the next exchanges after a return, and answers after which one to go on.
    async fn look_after_exchanges(&self, after: String) -> anyhow::Result<String> {
        let now = Timestamp::now();
        let found = order::kept_long(&self.parts.sql, now, &after, BATCH).await?;
        let next = next_after(&found, BATCH, |(id, ..)| id.to_string())?;
        for (id, order, asked_at) in found {
            if exchange_is_over(asked_at, now)
                && let Err(fault) = self.end_exchanges_of(id, order).await
            {
                tracing::error!(%order, "an exchange can't be ended: {fault:#}");
            }
        }
        Ok(next)
    }

    /// One transaction: the exchanges of a return `lapsed`, their units sold again, the outbox.
    async fn end_exchanges_of(&self, id: ReturnId, order: OrderId) -> anyhow::Result<()> {
        let mut transaction = self.parts.sql.begin().await?;
        // Whoever decides or receives it holds it for as long as that takes.
        if !order::lock_asked(&mut transaction, id).await? {
            return Ok(());
        }
        let lapsed = order::settle_exchanges(&mut transaction, id, ExchangeStep::Lapse).await?;
        let turns = inventory::move_kept(&mut transaction, order, &lapsed, ExchangeStep::Lapse).await?;
        publish_turns(&mut transaction, turns).await?;
        publish(&mut transaction, &[Fact::OrderChanged { order }]).await?;
        transaction.commit().await.context("committing the end of an exchange")?;
        self.parts.published.notify_one();
        Ok(())
    }
}

/// What gives back what a return that is there brings when nothing is sent for it, at most what is left to be given
/// back of its order; nothing where that is nothing.
fn end_refund(order: &Order, returns: &[Return], found: &Return, saga: &Saga) -> anyhow::Result<Option<Movement>> {
    let tally = saga.tally().filter(|_| saga.is_at_rest()).ok_or(ReturnError::NotNow)?;
    let total = order.totals.total();
    let more = order.refund_for_ending(returns, found).minor_units();
    let amount = more.min(tally.open_to_refund(total).minor_units());
    if amount <= 0 {
        return Ok(None);
    }
    // What it is of is no longer what came back: it has a share of the tax that is left.
    let kind = MovementKind::refund(END_REASON.parse()?);
    let (id, amount) = (MovementId::new(Uuid::now_v7()), Money::new(amount, total.currency()));
    Ok(Some(Movement { id, kind, amount }))
}

fn line_of<'a>(order: &'a Order, sku: &Sku) -> Option<&'a OrderLine> {
    order.lines.iter().find(|line| line.sku == *sku)
}
