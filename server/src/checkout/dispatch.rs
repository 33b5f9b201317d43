//! Orders that leave and arrive: an operator says so. What is still held for an order is captured before its units
//! leave the shelf; the saga does both, so that neither stays undone whatever else fails.

use anyhow::{Context as _, ensure};
use domain::checkout::saga::{Event, Purchase, Saga};
use domain::inventory::Reference;
use domain::operator::{DeedKind, DeskError};
use domain::order::{Order, OrderNumber, OrderState, OrderStep};
use domain::payment::{MovementId, Progress};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::SqlCheckout;
use super::movement::look_until;
use super::run::{Asked, PATIENCE};
use super::saga_log::{Overtaken, purchase_of, read, store_request};
use crate::event::{Fact, publish};
use crate::fault::refused_or_told;
use crate::inventory;
use crate::operator::{NewDeed, write_deed};
use crate::order::{self, find_id};
use crate::sql::Sql;

/// How often it is decided again whether an order is sent because something else happened to it first.
const MAX_SEND_ATTEMPTS: u32 = 3;

impl SqlCheckout {
    /// Marks an order as sent for an operator, who waits for it.
    pub(crate) async fn send_for(&self, number: OrderNumber, by: &Reference) -> Result<Progress, DeskError> {
        refused_or_told(self.send(number, by).await, DeskError::Unavailable)
    }

    /// Marks an order that was sent as delivered, for an operator.
    pub(crate) async fn deliver_for(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError> {
        refused_or_told(self.deliver(number, by).await, DeskError::Unavailable)
    }

    async fn send(&self, number: OrderNumber, by: &Reference) -> anyhow::Result<Progress> {
        let sql = &self.parts.sql;
        let order = find_id(sql, number).await?.ok_or(DeskError::NoSuchOrder)?;
        let purchase = purchase_of(sql, order).await?;
        ensure!(!inventory::waits(sql, order).await?, DeskError::WaitsForStock);
        let (asked_at, asked) = self.ask_to_send(&purchase, by).await?;
        let deadline = Instant::now() + PATIENCE;
        if let Ok(Err(fault)) = timeout_at(deadline, self.go_on(purchase, asked)).await {
            // It is done by recovery.
            tracing::error!(%order, "an order that is to be sent is held up: {fault:#}");
        }
        // A twin of this request may drive it.
        match look_until(sql, order, deadline, |log: &[Event]| became_of(log, asked_at)).await? {
            Some(true) => Ok(Progress::Done),
            Some(false) => Err(DeskError::NotCaptured.into()),
            None => Ok(Progress::Later),
        }
    }

    /// Notes that an order is to be sent: from then on it is, unless the gateway refuses the capture. Answers where
    /// its log says so, and since when. What was asked for before, and not refused, is not asked for again.
    async fn ask_to_send(&self, purchase: &Purchase, by: &Reference) -> anyhow::Result<(usize, Asked)> {
        let (sql, order) = (&self.parts.sql, purchase.order);
        let subject = OrderNumber::from(order).to_string();
        for _ in 0..MAX_SEND_ATTEMPTS {
            let log = read(sql, order).await?;
            let asked_at = log.iter().rposition(|event| matches!(event, Event::DispatchRequested { .. }));
            if let Some(asked_at) = asked_at.filter(|asked_at| became_of(&log, *asked_at) != Some(false)) {
                return Ok((asked_at, Asked::Before));
            }
            let saga = Saga::replay(&log);
            let tally = saga.tally().filter(|_| saga.is_at_rest()).ok_or(DeskError::CantSend)?;
            let capture = tally.capture_of_rest(MovementId::new(Uuid::now_v7()), purchase.totals.total());
            let movement = capture.as_ref().map(|capture| capture.id);
            let deed = NewDeed { by, kind: DeedKind::Sent, subject: &subject, movement };
            let (server, event) = (self.parts.leases.server(), Event::DispatchRequested { capture });
            match store_request(sql, Some(server), order, log.len(), &event, Some(deed)).await {
                // A twin of this request, or a shopper who cancelled, may have been faster.
                Err(fault) if fault.is::<Overtaken>() => {}
                stored => return stored.map(|()| (log.len(), Asked::Now)),
            }
        }
        Err(DeskError::CantSend.into())
    }

    async fn deliver(&self, number: OrderNumber, by: &Reference) -> anyhow::Result<()> {
        let order = self.parts.orders.load_by_number(number).await?.ok_or(DeskError::NoSuchOrder)?;
        if order.state == OrderState::Delivered {
            return Ok(());
        }
        order.state.after(OrderStep::Deliver).map_err(|_| DeskError::CantDeliver)?;
        let noted = note_delivery(&self.parts.sql, &order, by).await;
        // A twin of this request may have been faster.
        if noted.is_err() && self.state_of(&order).await? == OrderState::Delivered {
            return Ok(());
        }
        self.parts.published.notify_one();
        noted
    }
}

/// Whether an order was sent as a place of its log asks for, or was not after all; nothing yet.
fn became_of(log: &[Event], asked_at: usize) -> Option<bool> {
    log.iter().skip(asked_at).find_map(|event| match event {
        Event::Dispatched => Some(true),
        Event::MovementRefused { .. } | Event::SettledByHand => Some(false),
        _ => None,
    })
}

/// One transaction: the order `delivered`, the deed of who said so, the outbox.
async fn note_delivery(sql: &Sql, order: &Order, by: &Reference) -> anyhow::Result<()> {
    let subject = order.number.to_string();
    let mut transaction = sql.begin().await?;
    order::set_states(&mut transaction, &[order.id], OrderStep::Deliver).await?;
    let deed = NewDeed { by, kind: DeedKind::Delivered, subject: &subject, movement: None };
    write_deed(&mut transaction, deed).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order: order.id }]).await?;
    transaction.commit().await.context("committing an order that is delivered")
}
