use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use domain::cart::Cart;
use domain::checkout::HeldUp;
use domain::checkout::saga::{Command, Event, Outcome, Purchase, Saga};
use domain::order::OrderId;
use domain::payment::ports::Authorization;
use domain::payment::{CHALLENGE_LIFETIME, Challenge, MovementKind};
use jiff::Timestamp;
use tokio::sync::oneshot;
use tracing::Instrument as _;

use super::SqlCheckout;
use super::confirm::{Authorized, ClearedUp};
use super::log::Log;
use super::saga_log::{
    Entry, Overtaken, append, authorization_of, cancel, close_refunded, dispatch, read, release, settle,
};
use super::sign_of_life::reserved_until;
use super::waiting::{claim, hold_up, let_wait, set_aside};
use crate::fault::is_told;

/// A shopper waits this long for the bank; then the rest is done behind the page.
pub(super) const PATIENCE: Duration = Duration::from_secs(6);
/// Waits before a step that failed within the store is tried again.
const FAULT_PAUSE: Duration = Duration::from_secs(1);
/// How often in a row such a step is tried by one task; recovery takes it up again later.
const MAX_FAULTS: u32 = 5;
/// Why an operator has to look at a saga that sets itself aside.
const NEVER_ANSWERED: &str = "the payment gateway never answered";
/// Stands for the authorization of an order that promotions made free, or that gift cards pay for.
const NOTHING_TO_PAY: &str = "nothing-to-pay";

impl SqlCheckout {
    /// Drives a purchase that has begun to its end in a task of its own. The cart is what it was made
    /// from. Answers as soon as the shopper is to be told something.
    pub(super) async fn drive(&self, purchase: Purchase, cart: Cart) -> Told {
        let Some(driving) = self.take(purchase.order) else { return Told::Later };
        self.run_behind(purchase, Log::begun(), Some(cart), driving).await
    }

    /// Goes on with what is asked of an order that stands, unless somebody else does, and answers as [`Self::drive`]
    /// does.
    pub(super) async fn go_on(&self, purchase: Purchase, asked: Asked) -> anyhow::Result<Told> {
        let driving = match asked {
            Asked::Now => self.take(purchase.order),
            Asked::Before => self.claim(purchase.order).await?,
        };
        let Some(driving) = driving else { return Ok(Told::Later) };
        let log = read(&self.parts.sql, purchase.order).await?;
        let log = match asked {
            Asked::Now => Log::asked(log),
            Asked::Before => Log::taken_up(log),
        };
        Ok(self.run_behind(purchase, log, None, driving).await)
    }

    /// Takes a purchase that waits; `None` when somebody drives it, here or on another server that lives, or
    /// when it has ended.
    pub(super) async fn claim(&self, order: OrderId) -> anyhow::Result<Option<Driving>> {
        let Some(driving) = self.take(order) else { return Ok(None) };
        let is_claimed = claim(&self.parts.sql, self.parts.leases.server(), order).await?;
        Ok(is_claimed.then_some(driving))
    }

    /// Drives a purchase on that was taken, and answers as [`Self::drive`] does. The log is read after the
    /// purchase was taken, so that it is whole.
    pub(super) async fn drive_on(&self, purchase: Purchase, driving: Driving) -> anyhow::Result<Told> {
        let log = read(&self.parts.sql, purchase.order).await?;
        Ok(self.run_behind(purchase, Log::taken_up(log), None, driving).await)
    }

    async fn run_behind(&self, purchase: Purchase, log: Log, cart: Option<Cart>, driving: Driving) -> Told {
        let (answer, answered) = oneshot::channel();
        let checkout = self.clone();
        // Whatever is logged on the way says of which order it is.
        let span = tracing::error_span!("purchase", order = %purchase.order);
        let running = async move {
            checkout.run(&purchase, log, cart, answer).await;
            drop(driving);
        };
        tokio::spawn(running.instrument(span));
        answered.await.unwrap_or(Told::Later)
    }

    /// Marks a purchase as driven here until the mark is dropped; `None` when it is already.
    fn take(&self, order: OrderId) -> Option<Driving> {
        let is_new = self.driven.lock().is_ok_and(|mut driven| driven.insert(order));
        is_new.then(|| Driving { driven: self.driven.clone(), order })
    }

    /// Whether a task of this process drives a purchase.
    pub(super) fn drives(&self, order: OrderId) -> bool {
        self.driven.lock().is_ok_and(|driven| driven.contains(&order))
    }

    async fn run(&self, purchase: &Purchase, mut log: Log, mut cart: Option<Cart>, answer: oneshot::Sender<Told>) {
        let mut answer = Some(answer);
        while let Some(saga) = self.run_to_end(purchase, &mut log, &mut answer).await {
            let cleared_up = self.clear_up(purchase, cart.take(), saga.outcome()).await;
            if let Some(answer) = answer.take() {
                let _ = answer.send(saga.outcome().cloned().map_or(Told::Later, Told::Ended));
            }
            let ended = match cleared_up {
                Ok(true) => self.end.write(ClearedUp { order: purchase.order, events: log.position() }).await,
                Ok(false) => return,
                Err(fault) => Err(fault),
            };
            let longer = match ended {
                Ok(true) => return,
                Ok(false) => self.claim_longer(purchase.order).await,
                Err(fault) => Err(fault),
            };
            match longer {
                Ok(Some(longer)) => log = Log::taken_up(longer),
                Ok(None) => return,
                // An order that was confirmed stands; recovery clears up later.
                Err(fault) => {
                    self.hold_up(purchase.order, &fault).await;
                    return;
                }
            }
        }
    }

    /// The log of a purchase that became longer while it was cleared up; `None` where another server that lives was
    /// asked for more, and drives it. It is read after it was claimed, so that it is whole.
    async fn claim_longer(&self, order: OrderId) -> anyhow::Result<Option<Vec<Event>>> {
        let (sql, server) = (&self.parts.sql, self.parts.leases.server());
        if claim(sql, server, order).await? { read(sql, order).await.map(Some) } else { Ok(None) }
    }

    /// Runs commands until there is none left; `None` when the saga is left as it is before that.
    async fn run_to_end(
        &self,
        purchase: &Purchase,
        log: &mut Log,
        answer: &mut Option<oneshot::Sender<Told>>,
    ) -> Option<Saga> {
        let mut saga = log.saga();
        let mut faults = 0;
        while let Some(command) = saga.pending().into_iter().next() {
            match self.execute(purchase, &command, log).await {
                Ok(Done::Noted(event)) => {
                    faults = 0;
                    saga.on(&event);
                }
                Ok(Done::Waits(challenge)) => {
                    if let Some(answer) = answer.take() {
                        let _ = answer.send(Told::Challenged(challenge));
                    }
                    return None;
                }
                Ok(Done::SetAside) => {
                    tracing::error!("a purchase is set aside; an operator has to look at it");
                    if let Err(fault) = set_aside(&self.parts.sql, purchase.order, NEVER_ANSWERED).await {
                        tracing::error!("noting what is set aside: {fault:#}");
                    }
                    return None;
                }
                // The purchase goes on elsewhere.
                Err(fault) if fault.is::<Overtaken>() => return None,
                Err(fault) => {
                    faults += 1;
                    if faults == MAX_FAULTS {
                        self.hold_up(purchase.order, &fault).await;
                        return None;
                    }
                    tracing::warn!(faults, "a step of a purchase is tried again: {fault:#}");
                    tokio::time::sleep(FAULT_PAUSE).await;
                }
            }
            if saga.waits_for_gateway()
                && let Some(answer) = answer.take()
            {
                // Nobody listens any more when the shopper's patience is over.
                let _ = answer.send(Told::Later);
            }
        }
        Some(saga)
    }

    /// Leaves a purchase to recovery, or to an operator.
    pub(super) async fn hold_up(&self, order: OrderId, fault: &anyhow::Error) {
        if !is_told(fault) {
            tracing::error!("a purchase is held up: {fault:#}");
        }
        match hold_up(&self.parts.sql, order, fault).await {
            Ok(HeldUp::TakeUpAgain { .. }) => {}
            Ok(HeldUp::SetAside) => tracing::error!("a purchase is set aside; an operator has to look at it"),
            Err(fault) => tracing::error!("noting what holds a purchase up: {fault:#}"),
        }
    }

    /// Runs a command and notes the event that it leads to.
    async fn execute(&self, purchase: &Purchase, command: &Command, log: &mut Log) -> anyhow::Result<Done> {
        let (parts, order) = (&self.parts, purchase.order);
        let event = match command {
            // The beginning reserved already: it is one transaction with the log's first events.
            Command::Reserve => Event::Reserved,
            Command::Authorize if purchase.is_free() => Event::Authorized { authorization: NOTHING_TO_PAY.parse()? },
            Command::Void { .. } if purchase.is_free() => Event::Voided,
            Command::Authorize => {
                let answer = parts.gateway.authorize(order, purchase.charged(), &purchase.payment.token).await;
                answer.map_or_else(|_| Ok(Event::Unanswered), settled)?
            }
            Command::AskGateway { pause_ms } => {
                tokio::time::sleep(Duration::from_millis(*pause_ms)).await;
                match parts.gateway.find(order).await {
                    Ok(Some(authorization)) => settled(authorization)?,
                    Ok(None) => Event::NeverHeard,
                    Err(_) => Event::Unanswered,
                }
            }
            Command::AwaitShopper { challenge, until } => {
                match parts.gateway.look_up(&challenge.authorization).await? {
                    Authorization::Challenged(_) => {
                        // Whoever shows that they wait has as long as their units are reserved.
                        let until = reserved_until(&parts.sql, order).await?.max(*until);
                        if Timestamp::now() < until {
                            let_wait(&parts.sql, order, until).await?;
                            return Ok(Done::Waits(challenge.clone()));
                        }
                        Event::ChallengeExpired
                    }
                    answered => settled(answered)?,
                }
            }
            Command::Void { authorization, pause_ms } => {
                tokio::time::sleep(Duration::from_millis(*pause_ms)).await;
                parts.gateway.void(authorization).await.map_or(Event::Unanswered, |()| Event::Voided)
            }
            Command::Move { authorization, movement, resumes, pause_ms } => {
                tokio::time::sleep(Duration::from_millis(*pause_ms)).await;
                self.move_charged(purchase, log, authorization, movement, resumes.as_ref()).await?
            }
            Command::Confirm { .. } => Event::Confirmed,
            Command::Release => Event::Released,
            Command::Dispatch => Event::Dispatched,
            Command::GiveBack => Event::GivenBack,
            Command::Cancel => Event::Cancelled,
            Command::SetAside => return Ok(Done::SetAside),
        };
        self.note(purchase, event.clone(), log).await?;
        Ok(Done::Noted(event))
    }

    /// Notes an event, and stores it with all that changes by it.
    async fn note(&self, purchase: &Purchase, event: Event, log: &mut Log) -> anyhow::Result<()> {
        let (sql, order) = (&self.parts.sql, purchase.order);
        let noted = log.with(event.clone());
        let (position, events) = (noted.position(), noted.unstored());
        match event {
            // What the gateway keeps is stored with the step that it leads to: asked again after a crash, it
            // answers the same.
            Event::Authorized { .. } | Event::Declined { .. } | Event::Voided => {
                *log = noted;
                return Ok(());
            }
            Event::Confirmed => {
                let (by, total) = (purchase.payment.account(), purchase.charged());
                self.confirm.write(Authorized { order, by, total, position, events: events.to_vec() }).await?;
            }
            Event::Released => release(sql, purchase, position, events).await?,
            Event::Dispatched => dispatch(sql, order, position, events).await?,
            Event::GivenBack => close_refunded(sql, order, position, events).await?,
            Event::Cancelled => cancel(sql, purchase, position, events).await?,
            Event::Moved { movement } => {
                let saga = Saga::replay(noted.events());
                let tally = saga.tally().context("money moved of an order that does not stand")?;
                // Only a gateway keeps something of what it captures.
                let is_gateways = !purchase.is_free() && !purchase.payment.token.is_invoice();
                let is_captured = is_gateways && matches!(movement.kind, MovementKind::Capture { .. });
                let captured = authorization_of(noted.events()).filter(|_| is_captured);
                settle(sql, purchase, &movement, tally, captured, Entry { order, position, events }).await?;
            }
            _ => append(sql, order, position, events).await?,
        }
        self.parts.published.notify_one();
        *log = noted.kept();
        Ok(())
    }
}

/// When something was asked of an order that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Just now, and stored under the name of this server: no other one drives it, nor has asked the gateway.
    Now,
    /// By a twin of this request, or longer ago: whoever was asked then may be at it.
    Before,
}

/// What the shopper of a purchase is told.
#[derive(Debug)]
pub(super) enum Told {
    Ended(Outcome),
    /// They have to confirm the payment.
    Challenged(Challenge),
    /// It is finished behind the page.
    Later,
}

/// What a command led to.
enum Done {
    Noted(Event),
    /// The saga is left until the shopper comes back.
    Waits(Challenge),
    SetAside,
}

/// A purchase that a task of this process drives; over as soon as it is dropped, also by a panic.
#[derive(Debug)]
pub(super) struct Driving {
    driven: Arc<Mutex<HashSet<OrderId>>>,
    order: OrderId,
}

impl Drop for Driving {
    fn drop(&mut self) {
        if let Ok(mut driven) = self.driven.lock() {
            driven.remove(&self.order);
        }
    }
}

fn settled(authorization: Authorization) -> anyhow::Result<Event> {
    Ok(match authorization {
        Authorization::Held { id } => Event::Authorized { authorization: id },
        Authorization::Declined { reason } => Event::Declined { reason },
        Authorization::Challenged(challenge) => {
            Event::Challenged { challenge, until: Timestamp::now().checked_add(CHALLENGE_LIFETIME)? }
        }
    })
}
