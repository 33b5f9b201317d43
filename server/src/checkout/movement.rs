//! Captures and refunds of orders that stand: an operator asks, the saga does it.

use std::time::Duration;

use anyhow::Context as _;
use domain::checkout::saga::{Command, Event, Purchase, Saga};
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::order::OrderId;
use domain::payment::ports::Moved;
use domain::payment::{
    AuthorizationId, Movement, MovementError, MovementId, MovementKind, MovementRequest, Progress, Tally,
};
use tokio::time::{Instant, sleep, timeout_at};

use super::SqlCheckout;
use super::log::Log;
use super::run::{Asked, PATIENCE};
use super::saga_log::{Overtaken, purchase_of, read, store_request};
use crate::fault::at_boundary;
use crate::operator::NewDeed;
use crate::order::find_id;
use crate::payment::aftermath::disputes_of;
use crate::sql::Sql;

/// How often it is looked what became of a movement that another task drives.
const LOOK_INTERVAL: Duration = Duration::from_millis(200);

/// A movement that is stored: from then on it is done, whatever else fails.
#[derive(Debug, Clone)]
pub(crate) struct Requested {
    pub(crate) order: OrderId,
    pub(crate) movement: Movement,
    pub(crate) asked: Asked,
}

/// Who asks for a movement, and where.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asking<'a> {
    /// The server that drives it on; else the first one that sees it.
    pub(crate) server: Option<&'a str>,
    /// The operator whose deed it is; nobody's on the command line.
    pub(crate) by: Option<&'a Reference>,
}

impl SqlCheckout {
    /// Moves money for an operator, who waits for it.
    pub(crate) async fn move_money(
        &self,
        request: &MovementRequest,
        by: &Reference,
    ) -> Result<Progress, MovementError> {
        let sql = &self.parts.sql;
        let asking = Asking { server: Some(self.parts.leases.server()), by: Some(by) };
        let requested = ask_to_move(sql, asking, request).await?;
        let purchase = at_boundary(purchase_of(sql, requested.order).await, MovementError::Unavailable)?;
        let deadline = Instant::now() + PATIENCE;
        if let Ok(Err(fault)) = timeout_at(deadline, self.go_on(purchase, requested.asked)).await {
            // It is done by recovery.
            tracing::error!(order = %requested.order, "a movement of money is held up: {fault:#}");
        }
        // A twin of this request may drive it.
        match at_boundary(wait_for(sql, &requested, deadline).await, MovementError::Unavailable)? {
            Some(true) => Ok(Progress::Done),
            Some(false) => Err(MovementError::Refused),
            None => Ok(Progress::Later),
        }
    }
}

impl SqlCheckout {
    /// Moves at the gateway what of a movement is charged there: gift cards pay the rest of it, or all.
    pub(super) async fn move_charged(
        &self,
        purchase: &Purchase,
        log: &Log,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> anyhow::Result<Event> {
        let (saga, charged, movement) = (Saga::replay(log.events()), purchase.charged(), movement.clone());
        let before = saga.tally().context("money moves of an order that does not stand")?;
        let Some(share) = movement.at_gateway(before, charged) else { return Ok(Event::Moved { movement }) };
        let resumes = resumes.map(|tally| tally.at_gateway(charged));
        Ok(match self.parts.gateway.move_money(authorization, &share, resumes.as_ref()).await {
            Ok(Moved::Done) => Event::Moved { movement },
            Ok(Moved::Refused) => {
                self.look_why_refused(authorization, &movement).await;
                Event::MovementRefused { movement }
            }
            Err(_) => Event::Unanswered,
        })
    }

    /// A refund may be refused for a dispute that the gateway has not told of yet: then it is asked.
    async fn look_why_refused(&self, authorization: &AuthorizationId, movement: &Movement) {
        if matches!(movement.kind, MovementKind::Refund { .. })
            && let Err(fault) = self.note_aftermath(authorization).await
        {
            tracing::warn!("why a refund is refused is not looked after: {fault:#}");
        }
    }
}

/// Notes that money is to be moved. Asking again under one id answers the same.
pub(crate) async fn ask_to_move(
    sql: &Sql,
    asking: Asking<'_>,
    request: &MovementRequest,
) -> Result<Requested, MovementError> {
    let order = at_boundary(find_id(sql, request.number).await, MovementError::Unavailable)?;
    let order = order.ok_or(MovementError::NoSuchOrder)?;
    let purchase = at_boundary(purchase_of(sql, order).await, MovementError::Unavailable)?;
    let log = at_boundary(read(sql, order).await, MovementError::Unavailable)?;
    let before = asked_before(&log, request.id);
    if let Some(movement) = before.clone().filter(|movement| request.asks_for(movement)) {
        return Ok(Requested { order, movement, asked: Asked::Before });
    }
    let saga = Saga::replay(&log);
    let tally = saga.tally().filter(|_| saga.is_at_rest()).ok_or(MovementError::NotNow)?;
    let movement = request.movement(tally, purchase.totals.total())?;
    if matches!(movement.kind, MovementKind::Refund { .. }) {
        let disputes = at_boundary(disputes_of(sql, order).await, MovementError::Unavailable)?;
        if disputes.iter().any(|dispute| !dispute.is_refundable) {
            return Err(MovementError::Disputed);
        }
    }
    // The forms of a page have one id: another one of them was posted before, and this one is old.
    if before.is_some() {
        return Err(MovementError::NotNow);
    }
    let subject = request.number.to_string();
    let kind = match movement.kind {
        MovementKind::Capture { .. } => DeedKind::Captured,
        MovementKind::Refund { .. } => DeedKind::Refunded,
        MovementKind::Release => DeedKind::Released,
    };
    let deed = asking.by.map(|by| NewDeed { by, kind, subject: &subject, movement: Some(movement.id) });
    let event = Event::MovementRequested { movement: movement.clone() };
    match store_request(sql, asking.server, order, log.len(), &event, deed).await {
        Err(fault) if fault.is::<Overtaken>() => {
            // A twin of this request may have been faster.
            let log = at_boundary(read(sql, order).await, MovementError::Unavailable)?;
            let movement = asked_before(&log, request.id).ok_or(MovementError::NotNow)?;
            Ok(Requested { order, movement, asked: Asked::Before })
        }
        stored => {
            let stored = at_boundary(stored, MovementError::Unavailable);
            stored.map(|()| Requested { order, movement, asked: Asked::Now })
        }
    }
}

/// Waits until something became of a movement, at most to a moment: done, refused, or nothing yet.
pub(crate) async fn wait_for(sql: &Sql, requested: &Requested, deadline: Instant) -> anyhow::Result<Option<bool>> {
    let id = requested.movement.id;
    look_until(sql, requested.order, deadline, |log: &[Event]| became_of(log, id)).await
}

fn became_of(log: &[Event], id: MovementId) -> Option<bool> {
    let moved = log.iter().find_map(|event| match event {
        Event::Moved { movement } if movement.id == id => Some(true),
        Event::MovementRefused { movement } if movement.id == id => Some(false),
        _ => None,
    });
    // What it closes is closed in the next moment.
    moved.filter(|_| Saga::replay(log).pending() != [Command::GiveBack])
}

/// Reads the log of an order's saga until it says what became of something, at most to a moment.
pub(super) async fn look_until(
    sql: &Sql,
    order: OrderId,
    deadline: Instant,
    outcome_of: impl Fn(&[Event]) -> Option<bool>,
) -> anyhow::Result<Option<bool>> {
    loop {
        let log = read(sql, order).await.context("looking for what became of what was asked for")?;
        let outcome = outcome_of(&log);
        if outcome.is_some() || Instant::now() >= deadline {
            return Ok(outcome);
        }
        sleep(LOOK_INTERVAL).await;
    }
}

pub(super) fn asked_before(log: &[Event], id: MovementId) -> Option<Movement> {
    log.iter().find_map(|event| match event {
        Event::MovementRequested { movement } if movement.id == id => Some(movement.clone()),
        _ => None,
    })
}
