use async_trait::async_trait;
use domain::fault::Fault;
use domain::mail::ports::{Mail, MailUnavailable, NotSent};
use domain::mail::{Letter, LetterKey};
use domain::order::OrderId;
use domain::payment::aftermath::Aftermath;
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered, Moved};
use domain::payment::{AuthorizationId, DeclineReason, Movement, PaymentMethodToken, PaymentPage, Tally};
use domain::pricing::Money;
use domain::search::ports::{Search, SearchUnavailable};
use domain::search::{Results, SearchRequest, SearchText, Suggestions};

use super::{Faults, at_boundary};

/// A port that fails while one of its faults is on.
#[derive(Debug, Clone)]
pub(crate) struct Faulty<P> {
    port: P,
    faults: Faults,
}

impl<P> Faulty<P> {
    pub(crate) const fn new(port: P, faults: Faults) -> Self {
        Self { port, faults }
    }
}

impl<G: Gateway> Faulty<G> {
    /// What stands between the store and its gateway.
    async fn reach(&self) -> Result<(), GatewayUnanswered> {
        self.faults.hold_up(Fault::PaymentsSlow).await;
        at_boundary(self.faults.check(Fault::PaymentsDown), GatewayUnanswered)
    }

    /// What the gateway did is done, also where its answer is lost.
    fn hear<T>(&self, answer: Result<T, GatewayUnanswered>) -> Result<T, GatewayUnanswered> {
        at_boundary(self.faults.check(Fault::PaymentsTimeout), GatewayUnanswered)?;
        answer
    }
}

#[async_trait]
impl<G: Gateway> Gateway for Faulty<G> {
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered> {
        self.reach().await?;
        if self.faults.strikes(Fault::PaymentsDecline) {
            return Ok(Authorization::Declined { reason: DeclineReason::Declined });
        }
        let answer = self.port.authorize(order, amount, method).await;
        self.hear(answer)
    }

    async fn find(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.find(order).await;
        self.hear(answer)
    }

    async fn look_up(&self, authorization: &AuthorizationId) -> Result<Authorization, GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.look_up(authorization).await;
        self.hear(answer)
    }

    async fn void(&self, authorization: &AuthorizationId) -> Result<(), GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.void(authorization).await;
        self.hear(answer)
    }

    async fn move_money(
        &self,
        authorization: &AuthorizationId,
        movement: &Movement,
        resumes: Option<&Tally>,
    ) -> Result<Moved, GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.move_money(authorization, movement, resumes).await;
        self.hear(answer)
    }

    async fn aftermath(&self, authorization: &AuthorizationId) -> Result<Aftermath, GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.aftermath(authorization).await;
        self.hear(answer)
    }

    async fn payments(&self, before: Option<&AuthorizationId>) -> Result<PaymentPage, GatewayUnanswered> {
        self.reach().await?;
        let answer = self.port.payments(before).await;
        self.hear(answer)
    }
}

impl<S: Search> Faulty<S> {
    async fn reach_index(&self) -> Result<(), SearchUnavailable> {
        self.faults.hold_up(Fault::SearchSlow).await;
        at_boundary(self.faults.check(Fault::SearchDown), SearchUnavailable::Failing)
    }
}

#[async_trait]
impl<S: Search> Search for Faulty<S> {
    async fn search(&self, request: &SearchRequest) -> Result<Results, SearchUnavailable> {
        self.reach_index().await?;
        self.port.search(request).await
    }

    async fn suggest(&self, typed: &SearchText) -> Result<Suggestions, SearchUnavailable> {
        self.reach_index().await?;
        self.port.suggest(typed).await
    }
}

#[async_trait]
impl<M: Mail> Mail for Faulty<M> {
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable> {
        at_boundary(self.faults.check(Fault::MailDown), MailUnavailable)?;
        self.port.send(letter).await
    }

    async fn send_all(&self, letters: &[(LetterKey, Letter)]) -> Vec<Result<(), NotSent>> {
        match at_boundary(self.faults.check(Fault::MailDown), NotSent::Unavailable) {
            Ok(()) => self.port.send_all(letters).await,
            failed => vec![failed; letters.len()],
        }
    }

    fn most_together(&self) -> u16 {
        self.port.most_together()
    }
}
