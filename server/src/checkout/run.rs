use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::cart::{CartChange, CartLine};
use domain::checkout::HeldUp;
use domain::checkout::saga::{Command, Event, Outcome, Purchase, Saga};
use domain::order::{OrderId, OrderLine};
use domain::payment::ports::Authorization;
use tokio::sync::oneshot;
use tracing::Instrument as _;

use super::SqlCheckout;
use super::saga_log::{Overtaken, append, cancel, confirm, end, read, release};
use super::waiting::{hold_up, set_aside};
use crate::fault::is_told;

/// A shopper waits this long for the bank; then the rest is done behind the page.
pub(super) const PATIENCE: Duration = Duration::from_secs(6);
/// Waits before a step that failed within the store is tried again.
const FAULT_PAUSE: Duration = Duration::from_secs(1);
/// How often in a row such a step is tried by one task; recovery takes it up again later.
const MAX_FAULTS: u32 = 5;
/// Why an operator has to look at a saga that sets itself aside.
const NEVER_ANSWERED: &str = "the payment gateway never answered";
/// Stands for the authorization of an order that promotions made free.
const NOTHING_TO_PAY: &str = "nothing-to-pay";

impl SqlCheckout {
    /// Drives a purchase to its end in a task of its own. Answers its outcome, or `None` as soon as
    /// the gateway keeps the shopper waiting.
    pub(super) async fn drive(&self, purchase: Purchase, log: Vec<Event>) -> Option<Outcome> {
        let driving = self.take(purchase.order)?;
        self.run_behind(purchase, log, driving).await
    }

    /// Takes up a purchase unless somebody drives it, and answers as [`Self::drive`] does. The log is
    /// read after the purchase was taken, so that it is whole.
    pub(super) async fn take_up(&self, purchase: Purchase) -> anyhow::Result<Option<Outcome>> {
        let Some(driving) = self.take(purchase.order) else { return Ok(None) };
        let log = read(&self.parts.sql, purchase.order).await?;
        Ok(self.run_behind(purchase, log, driving).await)
    }

    async fn run_behind(&self, purchase: Purchase, log: Vec<Event>, driving: Driving) -> Option<Outcome> {
        let (answer, answered) = oneshot::channel();
        let checkout = self.clone();
        // Whatever is logged on the way says of which order it is.
        let span = tracing::error_span!("purchase", order = %purchase.order);
        let running = async move {
            checkout.run(&purchase, log, answer).await;
            drop(driving);
        };
        tokio::spawn(running.instrument(span));
        answered.await.ok().flatten()
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

    async fn run(&self, purchase: &Purchase, mut log: Vec<Event>, answer: oneshot::Sender<Option<Outcome>>) {
        let mut answer = Some(answer);
        while let Some(saga) = self.run_to_end(purchase, &mut log, &mut answer).await {
            let is_over = self.clear_up(purchase, saga.outcome(), log.len()).await;
            if let Some(answer) = answer.take() {
                let _ = answer.send(saga.outcome().cloned());
            }
            if is_over {
                return;
            }
            match read(&self.parts.sql, purchase.order).await {
                Ok(longer) => log = longer,
                Err(fault) => {
                    self.hold_up(purchase.order, &fault).await;
                    return;
                }
            }
        }
    }

    /// Runs commands until there is none left; `None` when the saga is left as it is before that.
    async fn run_to_end(
        &self,
        purchase: &Purchase,
        log: &mut Vec<Event>,
        answer: &mut Option<oneshot::Sender<Option<Outcome>>>,
    ) -> Option<Saga> {
        let mut saga = Saga::replay(log.iter());
        let mut faults = 0;
        while let Some(command) = saga.pending().into_iter().next() {
            match self.execute(purchase, &command, log.len()).await {
                Ok(Some(event)) => {
                    faults = 0;
                    saga.on(&event);
                    log.push(event);
                }
                Ok(None) => {
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
                let _ = answer.send(None);
            }
        }
        Some(saga)
    }

    /// Leaves a purchase to recovery, or to an operator.
    async fn hold_up(&self, order: OrderId, fault: &anyhow::Error) {
        if !is_told(fault) {
            tracing::error!("a purchase is held up: {fault:#}");
        }
        match hold_up(&self.parts.sql, order, fault).await {
            Ok(HeldUp::TakeUpAgain { .. }) => {}
            Ok(HeldUp::SetAside) => tracing::error!("a purchase is set aside; an operator has to look at it"),
            Err(fault) => tracing::error!("noting what holds a purchase up: {fault:#}"),
        }
    }

    /// Runs a command and stores the event that it leads to; `None` for a saga that is set aside.
    async fn execute(&self, purchase: &Purchase, command: &Command, position: usize) -> anyhow::Result<Option<Event>> {
        let parts = &self.parts;
        let order = purchase.order;
        let event = match command {
            // The beginning reserved already: it is one transaction with the log's first events.
            Command::Reserve => Event::Reserved,
            Command::Authorize if purchase.is_free() => Event::Authorized { authorization: NOTHING_TO_PAY.parse()? },
            Command::Void { .. } if purchase.is_free() => Event::Voided,
            Command::Authorize => {
                let answer = parts.gateway.authorize(order, purchase.totals.total(), &purchase.payment.token).await;
                answer.map_or(Event::Unanswered, settled)
            }
            Command::AskGateway { pause_ms } => {
                tokio::time::sleep(Duration::from_millis(*pause_ms)).await;
                match parts.gateway.look_up(order).await {
                    Ok(Some(authorization)) => settled(authorization),
                    Ok(None) => Event::NeverHeard,
                    Err(_) => Event::Unanswered,
                }
            }
            Command::Confirm { .. } => {
                confirm(&parts.sql, purchase, position).await?;
                parts.published.notify_one();
                return Ok(Some(Event::Confirmed));
            }
            Command::Release => {
                release(&parts.sql, order, position).await?;
                parts.published.notify_one();
                return Ok(Some(Event::Released));
            }
            Command::Void { pause_ms } => {
                tokio::time::sleep(Duration::from_millis(*pause_ms)).await;
                parts.gateway.void(order).await.map_or(Event::Unanswered, |()| Event::Voided)
            }
            Command::Cancel => {
                cancel(&parts.sql, purchase, position).await?;
                parts.published.notify_one();
                return Ok(Some(Event::Cancelled));
            }
            Command::SetAside => return Ok(None),
        };
        append(&parts.sql, order, position, &event).await?;
        Ok(Some(event))
    }

    /// Clears up after an order that was bought, also if it was cancelled before that was done, and
    /// ends its saga after so many events. `false` when the saga goes on.
    async fn clear_up(&self, purchase: &Purchase, outcome: Option<&Outcome>, events: usize) -> bool {
        if !matches!(outcome, Some(Outcome::Confirmed | Outcome::Cancelled)) {
            return true;
        }
        let ended = async {
            self.empty_cart(purchase).await?;
            end(&self.parts.sql, purchase.order, events).await
        };
        match ended.await {
            Ok(is_over) => is_over,
            Err(fault) => {
                // The order stands; recovery clears up later.
                self.hold_up(purchase.order, &fault).await;
                true
            }
        }
    }

    /// Takes what was bought out of the cart, and renews the draft. A draft that has another key was
    /// renewed before, and its cart is a new one; a cart that was emptied before remembers it.
    async fn empty_cart(&self, purchase: &Purchase) -> anyhow::Result<()> {
        let parts = &self.parts;
        if parts.drafts.read(purchase.cart).await?.key == purchase.key {
            let line = |line: &OrderLine| CartLine { sku: line.sku.clone(), quantity: line.quantity };
            let (lines, coupon) = (purchase.lines.iter().map(line).collect(), purchase.coupon.clone());
            let bought = CartChange::Bought { key: purchase.key, lines, coupon };
            parts.carts.change(purchase.cart, None, &bought).await?;
            parts.drafts.start_over(purchase.cart, purchase.key).await?;
        }
        Ok(())
    }
}

/// A purchase that a task of this process drives; over as soon as it is dropped, also by a panic.
struct Driving {
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

fn settled(authorization: Authorization) -> Event {
    match authorization {
        Authorization::Held { id } => Event::Authorized { authorization: id },
        Authorization::Declined { reason } => Event::Declined { reason },
    }
}
