use anyhow::{Context as _, bail, ensure};
use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Builder;
use axum::http::{Method, StatusCode};
use domain::order::{OrderId, OrderNumber};
use domain::payment::aftermath::Aftermath;
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered, Moved};
use domain::payment::{
    AuthorizationId, CHALLENGE_RETURN_PATH, DeclineReason, Movement, MovementKind, PaymentMethodToken, PaymentPage,
    Tally,
};
use domain::pricing::Money;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use url::form_urlencoded::Serializer;

use super::aftermath::wire::{Listed, WireDispute, WireRefund, WireTransaction};
use super::amount::{Inexpressible, WireAmount};
use super::line::Line;
use super::listed::WirePayment;
use super::wire::{FORM, Failed, Found, IDEMPOTENCY_ERROR, IDEMPOTENCY_KEY, Intent, IntentStatus, Refunds, refunded};
use crate::config::Secret;
use crate::fault::at_boundary;

const INTENTS: &str = "/v1/payment_intents";
const REFUNDS: &str = "/v1/refunds";
const DISPUTES: &str = "/v1/disputes";
/// What is told of a payment in a list of them beside itself: what was refunded, and what its capture moved.
const TOLD_WITH: [&str; 2] = ["data.latest_charge.refunds", "data.latest_charge.balance_transaction"];
const BALANCE_TRANSACTIONS: &str = "/v1/balance_transactions";
/// What names the payment that something belongs to.
const PAYMENT: &str = "payment_intent";
/// Refunds, disputes or fees that are read at once: more than an order has movements, and the most that there are on a
/// page.
const PER_PAGE: u32 = 100;

/// A gateway that speaks Stripe's API: Stripe itself, or the sandbox.
#[derive(Debug, Clone)]
pub(crate) struct HttpGateway {
    line: Line,
    key: Secret,
    /// What stands before the path that a challenge leads back to.
    return_to: String,
}

impl HttpGateway {
    /// A gateway at an address, which can lead a browser back to whole addresses only.
    pub(crate) fn at(base_url: String, key: Secret, return_to: &str) -> anyhow::Result<Self> {
        Ok(Self { line: Line::to(base_url)?, key, return_to: return_to.to_owned() })
    }

    /// A gateway in this process, within the store's own address.
    pub(crate) const fn embedded(gateway: Router, key: Secret) -> Self {
        Self { line: Line::Embedded(gateway), key, return_to: String::new() }
    }

    async fn create(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> anyhow::Result<Authorization> {
        let amount_on_wire = match WireAmount::of(amount) {
            Ok(on_wire) => on_wire.units().to_string(),
            Err(fault) => {
                tracing::error!(%order, "the gateway can't hold the money of an order: {fault}");
                return Ok(Authorization::Declined { reason: DeclineReason::Declined });
            }
        };
        let order_id = order.to_string();
        let return_url = format!("{}{CHALLENGE_RETURN_PATH}?order={}", self.return_to, OrderNumber::from(order));
        let form = Serializer::new(String::with_capacity(512))
            .append_pair("amount", &amount_on_wire)
            .append_pair("currency", &amount.currency().code().to_ascii_lowercase())
            .append_pair("payment_method", method.as_str())
            .append_pair("payment_method_types[]", "card")
            .append_pair("capture_method", "manual")
            .append_pair("confirm", "true")
            .append_pair("return_url", &return_url)
            // A challenge leads the browser away and back again: no page of the store could draw one itself.
            .append_pair("use_stripe_sdk", "false")
            .append_pair("metadata[order]", &order_id)
            .finish();
        let request = self.line.request(Method::POST, INTENTS).header(IDEMPOTENCY_KEY, order_id);
        match self.ask(request, form).await? {
            (StatusCode::OK, answer) => intent(&answer)?.authorization(),
            (StatusCode::PAYMENT_REQUIRED, answer) => {
                Ok(Authorization::Declined { reason: failed(&answer)?.error.reason() })
            }
            // Whatever is asked again, nothing is held: a browser may bring any name of a way to pay.
            (StatusCode::BAD_REQUEST, answer) if failed(&answer)?.error.kind == "invalid_request_error" => {
                let error = failed(&answer)?.error;
                tracing::warn!(%order, code = ?error.code, param = ?error.param, "the gateway refuses a payment");
                Ok(Authorization::Declined { reason: DeclineReason::Declined })
            }
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    async fn search(&self, order: OrderId) -> anyhow::Result<Option<Authorization>> {
        let query = format!("metadata['order']:'{order}'");
        let path = format!("{INTENTS}/search?query={}", utf8_percent_encode(&query, NON_ALPHANUMERIC));
        let (status, answer) = self.ask(self.line.request(Method::GET, &path), String::new()).await?;
        if status != StatusCode::OK {
            bail!("the gateway answered {status}");
        }
        let found: Found = serde_json::from_slice(&answer).context("reading what the gateway found")?;
        match found.data.into_iter().next() {
            // What a search finds may be a minute old: how it stands is asked.
            Some(intent) => self.retrieve(&intent.id).await.map(Some),
            None => Ok(None),
        }
    }

    async fn retrieve(&self, authorization: &AuthorizationId) -> anyhow::Result<Authorization> {
        let path = path_of(authorization, "");
        match self.ask(self.line.request(Method::GET, &path), String::new()).await? {
            (StatusCode::OK, answer) => intent(&answer)?.authorization(),
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    async fn cancel(&self, authorization: &AuthorizationId) -> anyhow::Result<()> {
        let path = path_of(authorization, "/cancel");
        match self.ask(self.line.request(Method::POST, &path), String::new()).await? {
            (StatusCode::OK, _) => Ok(()),
            (StatusCode::BAD_REQUEST, answer) if is_canceled(&answer) => Ok(()),
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    async fn post_movement(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> anyhow::Result<Moved> {
        let (path, form) = match movement_form(authorization, movement) {
            Ok(asked) => asked,
            Err(fault) => {
                tracing::error!("the gateway does not move money: {fault}");
                return Ok(Moved::Refused);
            }
        };
        if let Some(before) = resumes
            && let Some(moved) = self.find_movement(authorization, movement, before).await?
        {
            return Ok(moved);
        }
        let request = self.line.request(Method::POST, &path).header(IDEMPOTENCY_KEY, movement.id.to_string());
        match self.ask(request, form).await? {
            // A refund may be taken in and fail all the same.
            (StatusCode::OK, answer) if matches!(movement.kind, MovementKind::Refund { .. }) => refunded(&answer),
            (StatusCode::OK, _) => Ok(Moved::Done),
            (StatusCode::BAD_REQUEST, answer)
                if movement.kind == MovementKind::Release && holds_nothing_more(&answer) =>
            {
                Ok(Moved::Done)
            }
            // The store asked with other words before, and does not know what came of it.
            (StatusCode::BAD_REQUEST, answer) if failed(&answer)?.error.kind == IDEMPOTENCY_ERROR => {
                bail!("the gateway knows the key of a movement from another request")
            }
            (status @ (StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED | StatusCode::NOT_FOUND), answer) => {
                let error = failed(&answer)?.error;
                tracing::error!(%status, code = ?error.code, param = ?error.param, "the gateway does not move money");
                Ok(Moved::Refused)
            }
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    /// What came of a movement that may have been asked for before, when so much had moved. The gateway forgets its
    /// key after a day, but what was moved has its id for ever: a refund its own, a payment that of its last capture,
    /// for an order's movements come one after the other.
    async fn find_movement(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        before: &Tally,
    ) -> anyhow::Result<Option<Moved>> {
        let path = match movement.kind {
            MovementKind::Capture { .. } => path_of(authorization, ""),
            MovementKind::Refund { .. } => path_to(REFUNDS, PAYMENT, authorization.as_str()),
            // What is let go of once more stays let go of.
            MovementKind::Release => return Ok(None),
        };
        match self.ask(self.line.request(Method::GET, &path), String::new()).await? {
            (StatusCode::OK, answer) => match movement.kind {
                MovementKind::Capture { .. } => {
                    Ok(intent(&answer)?.has_captured(movement, before).then_some(Moved::Done))
                }
                MovementKind::Refund { .. } => refunds(&answer)?.outcome_of(movement.id),
                MovementKind::Release => Ok(None),
            },
            // It says why when it is asked to move something.
            (StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND, _) => Ok(None),
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    async fn follow(&self, authorization: &AuthorizationId) -> anyhow::Result<Aftermath> {
        let path = path_of(authorization, "");
        let intent = match self.ask(self.line.request(Method::GET, &path), String::new()).await? {
            (StatusCode::OK, answer) => intent(&answer)?,
            (StatusCode::NOT_FOUND, _) => return Ok(Aftermath::default()),
            (status, _) => bail!("the gateway answered {status}"),
        };
        let Some(order) = intent.order() else { return Ok(Aftermath::default()) };
        let refunds: Vec<WireRefund> = self.list_of(REFUNDS, PAYMENT, authorization.as_str()).await?;
        let disputes: Vec<WireDispute> = self.list_of(DISPUTES, PAYMENT, authorization.as_str()).await?;
        // What is captured in parts moves the balance with each of them.
        let captures: Vec<WireTransaction> = match intent.captured_charge() {
            Some(charge) => self.list_of(BALANCE_TRANSACTIONS, "source", charge).await?,
            None => Vec::new(),
        };
        let disputed = disputes.iter().rev().flat_map(|dispute| &dispute.balance_transactions);
        let fees = captures.iter().rev().chain(disputed).filter_map(|moved| moved.told().transpose());
        let fees = fees.collect::<Result<_, _>>()?;
        // What is not captured of a payment is told as a refund as well when it is let go of.
        let moved = refunds.into_iter().rev().filter(|refund| intent.has_received() && !refund.is_release());
        Ok(Aftermath {
            order: Some(order),
            refunds: moved.map(WireRefund::told).collect::<Result<_, _>>()?,
            disputes: disputes.into_iter().rev().map(WireDispute::told).collect::<Result<_, _>>()?,
            fees,
            knows_fees: !captures.is_empty(),
        })
    }

    async fn list(&self, before: Option<&AuthorizationId>) -> anyhow::Result<PaymentPage> {
        let mut path = format!("{INTENTS}?limit={PER_PAGE}");
        for told in TOLD_WITH {
            path.push_str("&expand%5B%5D=");
            path.push_str(told);
        }
        if let Some(before) = before {
            path.push_str("&starting_after=");
            path.extend(utf8_percent_encode(before.as_str(), NON_ALPHANUMERIC));
        }
        let mut listed: Listed<WirePayment> =
            match self.ask(self.line.request(Method::GET, &path), String::new()).await? {
                (StatusCode::OK, answer) => {
                    serde_json::from_slice(&answer).context("reading a list of the gateway's payments")?
                }
                (status, _) => bail!("the gateway answered {status}"),
            };
        for payment in listed.data.iter_mut().filter(|payment| payment.has_more_refunds()) {
            payment.complete(self.list_of(REFUNDS, PAYMENT, payment.id.as_str()).await?);
        }
        let next = listed.data.last().filter(|_| listed.has_more).map(|last| last.id.clone());
        let held = listed.data.into_iter().filter_map(|payment| payment.held().transpose());
        Ok(PaymentPage { payments: held.collect::<Result<_, _>>()?, next })
    }

    /// All that something has of something else, the newest first.
    async fn list_of<T: DeserializeOwned>(&self, what: &str, of: &str, name: &str) -> anyhow::Result<Vec<T>> {
        let path = path_to(what, of, name);
        match self.ask(self.line.request(Method::GET, &path), String::new()).await? {
            (StatusCode::OK, answer) => {
                let listed: Listed<T> = serde_json::from_slice(&answer).context("reading a list of the gateway")?;
                ensure!(!listed.has_more, "there is more of {what} than is read at once");
                Ok(listed.data)
            }
            (status, _) => bail!("the gateway answered {status}"),
        }
    }

    async fn ask(&self, request: Builder, form: String) -> anyhow::Result<(StatusCode, Bytes)> {
        let bearer = format!("Bearer {}", self.key.reveal());
        let request = request.header(AUTHORIZATION, bearer).header(CONTENT_TYPE, FORM);
        self.line.send(request.body(Bytes::from(form))?).await
    }
}

fn path_of(authorization: &AuthorizationId, then: &str) -> String {
    format!("{INTENTS}/{}{then}", utf8_percent_encode(authorization.as_str(), NON_ALPHANUMERIC))
}

/// Where there is a list of something that belongs to something else.
fn path_to(what: &str, of: &str, name: &str) -> String {
    format!("{what}?{of}={}&limit={PER_PAGE}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

/// Where a movement is asked for, and how.
fn movement_form(authorization: &AuthorizationId, movement: &Movement) -> Result<(String, String), Inexpressible> {
    let amount = WireAmount::of(movement.amount)?.units().to_string();
    let mut form = Serializer::new(String::new());
    form.append_pair("metadata[movement]", &movement.id.to_string());
    match &movement.kind {
        MovementKind::Capture { is_last } => {
            form.append_pair("amount_to_capture", &amount);
            if !is_last {
                form.append_pair("final_capture", "false");
            }
            Ok((path_of(authorization, "/capture"), form.finish()))
        }
        MovementKind::Refund { reason, .. } => {
            form.append_pair("payment_intent", authorization.as_str()).append_pair("amount", &amount);
            form.append_pair("metadata[reason]", reason.as_str());
            Ok((REFUNDS.to_owned(), form.finish()))
        }
        // A payment that is cancelled after it was captured in part gives up what can still be captured; it has
        // room for no note of whose movement that was.
        MovementKind::Release => Ok((path_of(authorization, "/cancel"), String::new())),
    }
}

fn intent(answer: &[u8]) -> anyhow::Result<Intent> {
    serde_json::from_slice(answer).context("reading the gateway's answer")
}

fn refunds(answer: &[u8]) -> anyhow::Result<Refunds> {
    serde_json::from_slice(answer).context("reading the gateway's refunds")
}

fn failed(answer: &[u8]) -> anyhow::Result<Failed> {
    serde_json::from_slice(answer).context("reading the gateway's error")
}

/// Whether a payment could not be given up because it was given up before.
fn is_canceled(answer: &[u8]) -> bool {
    let intent = failed(answer).ok().and_then(|failed| failed.error.payment_intent);
    intent.is_some_and(|intent| intent.status == IntentStatus::Canceled)
}

/// Whether nothing could be let go of because nothing is held any more.
fn holds_nothing_more(answer: &[u8]) -> bool {
    let intent = failed(answer).ok().and_then(|failed| failed.error.payment_intent);
    intent.is_some_and(|intent| !intent.status.is_open())
}

#[async_trait]
impl Gateway for HttpGateway {
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered> {
        let created = self.create(order, amount, method).await;
        at_boundary(created.context("authorizing a payment"), GatewayUnanswered)
    }

    async fn find(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered> {
        at_boundary(self.search(order).await.context("searching for a payment"), GatewayUnanswered)
    }

    async fn look_up(&self, authorization: &AuthorizationId) -> Result<Authorization, GatewayUnanswered> {
        at_boundary(self.retrieve(authorization).await.context("looking a payment up"), GatewayUnanswered)
    }

    async fn void(&self, authorization: &AuthorizationId) -> Result<(), GatewayUnanswered> {
        at_boundary(self.cancel(authorization).await.context("giving a payment up"), GatewayUnanswered)
    }

    async fn move_money(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> Result<Moved, GatewayUnanswered> {
        let moved = self.post_movement(authorization, movement, resumes).await;
        at_boundary(moved.context("moving money"), GatewayUnanswered)
    }

    async fn aftermath(&self, authorization: &AuthorizationId) -> Result<Aftermath, GatewayUnanswered> {
        at_boundary(self.follow(authorization).await.context("following a payment"), GatewayUnanswered)
    }

    async fn payments(&self, before: Option<&AuthorizationId>) -> Result<PaymentPage, GatewayUnanswered> {
        at_boundary(self.list(before).await.context("listing payments"), GatewayUnanswered)
    }
}

#[cfg(test)]
mod tests;
