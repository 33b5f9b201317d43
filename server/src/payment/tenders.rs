//! The ways to pay as one port: what is paid on invoice never goes to the gateway of the cards.

use async_trait::async_trait;
use domain::order::OrderId;
use domain::payment::aftermath::Aftermath;
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered, Moved};
use domain::payment::{AuthorizationId, Movement, PaymentMethodToken, PaymentPage, Tally};
use domain::pricing::Money;

use super::HttpGateway;
use super::invoice::{Invoices, is_invoice};
use crate::sql::Sql;

#[derive(Debug, Clone)]
pub(crate) struct Tenders {
    cards: HttpGateway,
    invoices: Invoices,
}

impl Tenders {
    pub(crate) const fn new(cards: HttpGateway, sql: Sql) -> Self {
        Self { cards, invoices: Invoices::new(sql) }
    }

    fn of(&self, authorization: &AuthorizationId) -> &dyn Gateway {
        if is_invoice(authorization) { &self.invoices } else { &self.cards }
    }
}

#[async_trait]
impl Gateway for Tenders {
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered> {
        let tender: &dyn Gateway = if method.is_invoice() { &self.invoices } else { &self.cards };
        tender.authorize(order, amount, method).await
    }

    async fn find(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered> {
        match self.invoices.find(order).await? {
            None => self.cards.find(order).await,
            found => Ok(found),
        }
    }

    async fn look_up(&self, authorization: &AuthorizationId) -> Result<Authorization, GatewayUnanswered> {
        self.of(authorization).look_up(authorization).await
    }

    async fn void(&self, authorization: &AuthorizationId) -> Result<(), GatewayUnanswered> {
        self.of(authorization).void(authorization).await
    }

    async fn move_money(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> Result<Moved, GatewayUnanswered> {
        self.of(authorization).move_money(authorization, movement, resumes).await
    }

    async fn aftermath(&self, authorization: &AuthorizationId) -> Result<Aftermath, GatewayUnanswered> {
        self.of(authorization).aftermath(authorization).await
    }

    async fn payments(&self, before: Option<&AuthorizationId>) -> Result<PaymentPage, GatewayUnanswered> {
        // Invoices are the store's own.
        self.cards.payments(before).await
    }
}
