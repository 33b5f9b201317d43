//! What is sent for returns instead of their money. Its units are reserved in the transaction that stores the return,
//! allocated in the one that receives it, and given back in the one that refuses or withdraws it, or when their time
//! is over; then the return brings its money like any other. An operator says when they are sent.

use anyhow::{Context as _, ensure};
use domain::catalog::Sku;
use domain::catalog::ports::Catalog as _;
use domain::checkout::saga::Saga;
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::order::exchange::{Exchange, ExchangeState, ExchangeStep, exchange_is_over};
use domain::order::returns::{ReturnError, ReturnId, ReturnRequest};
use domain::order::{Order, OrderId, OrderLine, OrderNumber};
use jiff::Timestamp;

use super::SqlCheckout;
use super::saga_log::{hold, publish_turns, read};
use super::walk::{next_after, walk};
use crate::event::{Fact, publish};
use crate::inventory::{self, Keeping};
use crate::operator::{NewDeed, write_deed};
use crate::order;

/// Returns whose exchanges are ended in one look.
const BATCH: i64 = 100;

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

fn line_of<'a>(order: &'a Order, sku: &Sku) -> Option<&'a OrderLine> {
    order.lines.iter().find(|line| line.sku == *sku)
}
