//! What the sandbox tells a store by itself: webhooks, signed as Stripe signs them.

use std::time::Duration;

use anyhow::ensure;
use axum::Router;
use axum::body::Bytes;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use super::fresh_id;
use crate::config::Secret;
use crate::payment::line::Line;
use crate::payment::signature::{SIGNATURE_HEADER, sign};
use crate::payment::wire::IntentStatus;

/// Notices that may wait to be sent; what comes when there are more is lost, as in a network.
const MAX_WAITING: usize = 1_000;
/// How often a store that does not answer is told, and the pause after the first time.
const MAX_ATTEMPTS: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// A browser is not kept waiting for longer by a store that does not answer.
const BROWSER_PATIENCE: Duration = Duration::from_secs(5);
/// How much later than the browser a late notice comes, and a refund fails after it was answered.
pub(super) const LATENESS: Duration = Duration::from_secs(2);

/// When a store is told, as seen from the browser that goes back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// At the same time, whoever is faster.
    Usual,
    BeforeBrowser,
    AfterBrowser,
    Twice,
}

struct Notice {
    body: Bytes,
    delivered: oneshot::Sender<()>,
}

/// Where notices are given away.
#[derive(Clone)]
pub(super) struct Outgoing(mpsc::Sender<Notice>);

/// Notices on their way.
pub(crate) struct Notices(mpsc::Receiver<Notice>);

pub(super) fn channel() -> (Outgoing, Notices) {
    let (sender, receiver) = mpsc::channel(MAX_WAITING);
    (Outgoing(sender), Notices(receiver))
}

/// The name of what happened to an intent.
pub(super) const fn event_of(status: IntentStatus, is_declined: bool) -> Option<&'static str> {
    match status {
        IntentStatus::RequiresCapture => Some("payment_intent.amount_capturable_updated"),
        IntentStatus::RequiresAction => Some("payment_intent.requires_action"),
        IntentStatus::Succeeded => Some("payment_intent.succeeded"),
        IntentStatus::Canceled => Some("payment_intent.canceled"),
        IntentStatus::RequiresPaymentMethod if is_declined => Some("payment_intent.payment_failed"),
        IntentStatus::RequiresPaymentMethod | IntentStatus::RequiresConfirmation | IntentStatus::Processing => None,
    }
}

impl Outgoing {
    /// Gives a notice away; waits for it to arrive where the browser has to come second.
    pub(super) async fn tell(&self, kind: &str, object: Value, timing: Timing) {
        let event = json!({
            "id": fresh_id("evt"), "object": "event", "type": kind, "created": Timestamp::now().as_second(),
            "livemode": false, "pending_webhooks": 1, "data": { "object": object },
        });
        let body = Bytes::from(event.to_string());
        let send = |body| {
            let (delivered, arrival) = oneshot::channel();
            // Where nobody is told, or too much waits, it is lost.
            let _ = self.0.try_send(Notice { body, delivered });
            arrival
        };
        match timing {
            Timing::Usual => drop(send(body)),
            Timing::BeforeBrowser => {
                let _ = tokio::time::timeout(BROWSER_PATIENCE, send(body)).await;
            }
            Timing::AfterBrowser => {
                let outgoing = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(LATENESS).await;
                    let (delivered, _) = oneshot::channel();
                    let _ = outgoing.0.try_send(Notice { body, delivered });
                });
            }
            Timing::Twice => {
                drop(send(body.clone()));
                drop(send(body));
            }
        }
    }
}

impl Notices {
    /// Tells a store in this process.
    pub(crate) async fn tell_within(self, store: Router, path: &'static str, secret: Secret) {
        self.run(Line::Embedded(store), path, secret).await;
    }

    /// Tells a store at an address.
    pub(crate) fn tell_at(
        self,
        url: String,
        secret: Secret,
    ) -> anyhow::Result<impl Future<Output = ()> + Send + use<>> {
        Ok(self.run(Line::to(url)?, "", secret))
    }

    async fn run(mut self, line: Line, path: &'static str, secret: Secret) {
        while let Some(Notice { body, delivered }) = self.0.recv().await {
            let (line, secret) = (line.clone(), secret.clone());
            tokio::spawn(async move {
                deliver(&line, path, &secret, &body).await;
                // Whoever has stopped waiting is not told.
                let _ = delivered.send(());
            });
        }
    }
}

async fn deliver(line: &Line, path: &str, secret: &Secret, body: &Bytes) {
    let mut pause = FIRST_PAUSE;
    for _ in 0..MAX_ATTEMPTS {
        match try_deliver(line, path, secret, body).await {
            Ok(()) => return,
            Err(fault) => tracing::warn!("the sandbox's notice did not arrive: {fault:#}"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
}

async fn try_deliver(line: &Line, path: &str, secret: &Secret, body: &Bytes) -> anyhow::Result<()> {
    let signature = sign(secret, Timestamp::now(), body)?;
    let request = line.request(Method::POST, path).header(CONTENT_TYPE, "application/json; charset=utf-8");
    let (status, _) = line.send(request.header(SIGNATURE_HEADER, signature).body(body.clone())?).await?;
    ensure!(status.is_success(), "the store answered {status}");
    Ok(())
}
