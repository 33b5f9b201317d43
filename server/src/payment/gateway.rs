use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use domain::order::OrderId;
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered};
use domain::payment::{DeclineReason, PaymentMethodToken};
use domain::pricing::Money;
use reqwest::StatusCode;

use super::wire::{AuthorizationAnswer, AuthorizationRequest, IDEMPOTENCY_KEY};
use crate::fault::at_boundary;

/// After this long the gateway counts as silent, and is asked later what it did.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// A gateway at an address.
#[derive(Debug, Clone)]
pub(crate) struct HttpGateway {
    client: reqwest::Client,
    base_url: String,
}

impl HttpGateway {
    pub(crate) fn new(base_url: String) -> anyhow::Result<Self> {
        let client =
            reqwest::Client::builder().timeout(ANSWER_TIMEOUT).build().context("making the gateway's client")?;
        Ok(Self { client, base_url })
    }

    async fn post(&self, order: OrderId, request: &AuthorizationRequest) -> anyhow::Result<Authorization> {
        let response = self
            .client
            .post(format!("{}/v1/authorizations", self.base_url))
            .header(IDEMPOTENCY_KEY, order.to_string())
            .json(request)
            .send()
            .await?;
        if is_refusal(response.status()) {
            tracing::warn!(%order, status = %response.status(), "the gateway does not accept a way to pay");
            return Ok(Authorization::Declined { reason: DeclineReason::Declined });
        }
        let answer: AuthorizationAnswer = response.error_for_status()?.json().await?;
        Ok(answer.into())
    }

    async fn get(&self, order: OrderId) -> anyhow::Result<Option<Authorization>> {
        let response = self.client.get(format!("{}/v1/authorizations/{order}", self.base_url)).send().await?;
        if response.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let answer: AuthorizationAnswer = response.error_for_status()?.json().await?;
        Ok(Some(answer.into()))
    }

    async fn post_void(&self, order: OrderId) -> anyhow::Result<()> {
        let address = format!("{}/v1/authorizations/{order}/void", self.base_url);
        self.client.post(address).send().await?.error_for_status()?;
        Ok(())
    }
}

/// Answers that say for sure that nothing is held, whatever is asked again: a browser may bring any
/// name of a way to pay.
fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED | StatusCode::UNPROCESSABLE_ENTITY)
}

impl From<AuthorizationAnswer> for Authorization {
    fn from(answer: AuthorizationAnswer) -> Self {
        match answer {
            AuthorizationAnswer::Held { id } => Self::Held { id },
            AuthorizationAnswer::Declined { reason } => Self::Declined { reason },
        }
    }
}

#[async_trait]
impl Gateway for HttpGateway {
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered> {
        let request = AuthorizationRequest { amount, payment_method: method.clone() };
        at_boundary(self.post(order, &request).await.context("authorizing a payment"), GatewayUnanswered)
    }

    async fn look_up(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered> {
        at_boundary(self.get(order).await.context("looking an authorization up"), GatewayUnanswered)
    }

    async fn void(&self, order: OrderId) -> Result<(), GatewayUnanswered> {
        at_boundary(self.post_void(order).await.context("voiding an authorization"), GatewayUnanswered)
    }
}
