//! What becomes of payments after they were captured, without anybody here asking for it: the gateway tells that
//! something happened, is asked how the payment stands, and the books follow. What is not known here may be something
//! that a saga is about to hear of: then it is looked at again.

use anyhow::Context as _;
use domain::checkout::saga::{Command, Event, Purchase, Saga};
use domain::inventory::Reference;
use domain::operator::{DeedKind, DeskError};
use domain::order::{OrderId, OrderNumber};
use domain::payment::aftermath::{LateRefundState, RefundId, RefundVerdict, ToldRefund};
use domain::payment::ports::Moved;
use domain::payment::{AuthorizationId, Movement, MovementId, MovementKind, Progress, Tally};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::SqlCheckout;
use super::saga_log::{Entry, Overtaken, authorization_of, find_purchase, hold, insert_events, read, settle_elsewhere};
use super::walk::{next_after, walk};
use crate::fault::refused_or_told;
use crate::operator::{NewDeed, write_deed};
use crate::payment::aftermath::{
    Heard, Known, find_refund, has_fees, insert_refund, movement_of, note_dispute, note_fees, note_heard,
    note_looked_at, note_repeated, note_settled, post_failure, read_heard, read_known, set_state,
};

/// Payments that are looked at in one go.
const BATCH: i64 = 50;
/// Why money goes back that somebody gave back without the store, as the books say it.
const ELSEWHERE: &str = "Refunded in the gateway's own pages";
/// Why money goes back once more.
const ONCE_MORE: &str = "A refund before this one failed";

impl SqlCheckout {
    /// Notes that something happened to a payment after it was captured.
    pub(super) async fn note_aftermath(&self, payment: &AuthorizationId) -> anyhow::Result<()> {
        note_heard(&self.parts.sql, payment).await
    }

    /// Looks after payments to which something happened, as long as the store is open.
    pub(crate) async fn follow_payments(self) {
        walk("following payments", |after| self.follow_next(after)).await;
    }

    async fn follow_next(&self, after: String) -> anyhow::Result<String> {
        let sql = &self.parts.sql;
        let found = read_heard(sql, &after, BATCH).await?;
        let next = next_after(&found, BATCH, |heard: &Heard| heard.payment.to_string())?;
        for heard in found {
            let is_done = self.follow(&heard.payment).await.unwrap_or_else(|fault| {
                tracing::error!(payment = %heard.payment, "a payment can't be followed: {fault:#}");
                false
            });
            note_looked_at(sql, &heard, is_done).await?;
        }
        Ok(next)
    }

    /// Lets the books follow a payment; `false` where it is to be looked at again.
    async fn follow(&self, payment: &AuthorizationId) -> anyhow::Result<bool> {
        // Why it did not answer is told already.
        let Ok(told) = self.parts.gateway.aftermath(payment).await else { return Ok(false) };
        let Some(order) = told.order else { return Ok(true) };
        // Another store may have its payments at the same gateway.
        let Some(purchase) = find_purchase(&self.parts.sql, order).await? else { return Ok(true) };
        for dispute in &told.disputes {
            let mut transaction = self.parts.sql.begin().await?;
            hold(&mut transaction, order).await?;
            note_dispute(&mut transaction, order, dispute).await?;
            transaction.commit().await.context("committing a dispute")?;
        }
        if !told.fees.is_empty() {
            let mut transaction = self.parts.sql.begin().await?;
            hold(&mut transaction, order).await?;
            note_fees(&mut transaction, order, &told.fees).await?;
            transaction.commit().await.context("committing what the gateway kept")?;
        }
        let mut is_done = told.knows_fees || !has_fees(&self.parts.sql, order).await?;
        for refund in &told.refunds {
            is_done &= self.follow_refund(&purchase, refund).await?;
        }
        self.parts.published.notify_one();
        Ok(is_done)
    }

    /// Lets the books follow a refund; `false` where it is to be looked at again.
    async fn follow_refund(&self, purchase: &Purchase, refund: &ToldRefund) -> anyhow::Result<bool> {
        let (sql, order) = (&self.parts.sql, purchase.order);
        let known = read_known(sql, order).await?;
        if let Some(own) = known.iter().find(|one| one.id == refund.id) {
            if refund.is_failed && own.state == LateRefundState::Elsewhere {
                let mut transaction = sql.begin().await?;
                hold(&mut transaction, order).await?;
                let (from, to) = (LateRefundState::Elsewhere, LateRefundState::Failed);
                if set_state(&mut transaction, &own.id, from, to, None).await? {
                    post_failure(&mut transaction, order, &own.id, own.amount).await?;
                }
                transaction.commit().await.context("committing a refund that failed")?;
            }
            return Ok(true);
        }
        if let Some(repeated) = known.iter().find(|one| one.repeated_by.is_some() && one.repeated_by == refund.movement)
        {
            self.follow_repeat(order, repeated, refund).await?;
            return Ok(true);
        }
        let log = read(sql, order).await?;
        match refund.verdict(&log) {
            RefundVerdict::Wait => Ok(false),
            RefundVerdict::Known => Ok(true),
            RefundVerdict::Failed => self.note_failure(order, refund).await.map(|()| true),
            RefundVerdict::Elsewhere => {
                let owed = |one: &&Known| one.state == LateRefundState::Failed && one.amount == refund.amount;
                match known.iter().find(owed) {
                    Some(owed) => self.note_repeated_elsewhere(order, owed, refund).await.map(|()| true),
                    None => self.note_elsewhere(purchase, &log, refund).await,
                }
            }
        }
    }

    /// A refund that was made once more was done, or failed as well.
    async fn follow_repeat(&self, order: OrderId, repeated: &Known, refund: &ToldRefund) -> anyhow::Result<()> {
        let mut transaction = self.parts.sql.begin().await?;
        hold(&mut transaction, order).await?;
        match (repeated.state, refund.is_failed) {
            (LateRefundState::Asked, true) => {
                let (from, to) = (LateRefundState::Asked, LateRefundState::Failed);
                set_state(&mut transaction, &repeated.id, from, to, None).await?;
            }
            (LateRefundState::Asked, false) => note_repeated(&mut transaction, order, repeated).await?,
            (LateRefundState::Repeated, true) => insert_failure(&mut transaction, order, refund).await?,
            _ => {}
        }
        transaction.commit().await.context("committing a refund that was made once more")
    }

    async fn note_failure(&self, order: OrderId, refund: &ToldRefund) -> anyhow::Result<()> {
        let mut transaction = self.parts.sql.begin().await?;
        hold(&mut transaction, order).await?;
        insert_failure(&mut transaction, order, refund).await?;
        transaction.commit().await.context("committing a refund that failed")
    }

    /// Somebody made a failed refund once more in the gateway's own pages.
    async fn note_repeated_elsewhere(&self, order: OrderId, owed: &Known, refund: &ToldRefund) -> anyhow::Result<()> {
        let mut transaction = self.parts.sql.begin().await?;
        hold(&mut transaction, order).await?;
        if insert_refund(&mut transaction, order, refund, LateRefundState::Elsewhere).await? {
            note_repeated(&mut transaction, order, owed).await?;
        }
        transaction.commit().await.context("committing a refund that was made once more elsewhere")
    }

    /// Somebody gave something back in the gateway's own pages: the order, its saga and the ledger know of it; `false`
    /// while something else is done with the order.
    async fn note_elsewhere(&self, purchase: &Purchase, log: &[Event], refund: &ToldRefund) -> anyhow::Result<bool> {
        let (sql, order, mut saga) = (&self.parts.sql, purchase.order, Saga::replay(log));
        let kind = MovementKind::refund(ELSEWHERE.parse()?);
        let movement = Movement { id: movement_of(refund.id.as_str()), kind, amount: refund.amount };
        // What is being done with the order may be what there is to be given back: a capture that is not noted yet.
        if saga.outcome().is_none() {
            return Ok(false);
        }
        let mut transaction = sql.begin().await?;
        let fits = saga.tally().is_some_and(|tally| tally.has_to_refund(refund.amount));
        if !fits {
            tracing::error!(%order, refund = %refund.id, "more was refunded than the books have");
            hold(&mut transaction, order).await?;
            insert_refund(&mut transaction, order, refund, LateRefundState::Unmatched).await?;
            transaction.commit().await.context("committing a refund that does not fit")?;
            return Ok(true);
        }
        let event = Event::RefundedElsewhere { movement: movement.clone() };
        let closes = saga.on(&event) == [Command::GiveBack];
        let tally = *saga.tally().context("money moved of an order that does not stand")?;
        let entry = Entry { order, position: log.len(), events: std::slice::from_ref(&event) };
        match insert_events(&mut transaction, &[entry]).await {
            // Whoever was faster may have changed what there is to be given back.
            Err(fault) if fault.is::<Overtaken>() => return Ok(false),
            inserted => inserted?,
        }
        settle_elsewhere(&mut transaction, purchase, &movement, &tally, closes).await?;
        insert_refund(&mut transaction, order, refund, LateRefundState::Elsewhere).await?;
        transaction.commit().await.context("committing a refund that was made elsewhere")?;
        Ok(true)
    }

    /// Has a failed refund made once more, for an operator who waits for it.
    pub(crate) async fn repeat_refund(&self, refund: &RefundId, by: &Reference) -> Result<Progress, DeskError> {
        refused_or_told(self.try_repeat(refund, by).await, DeskError::Unavailable)
    }

    async fn try_repeat(&self, refund: &RefundId, by: &Reference) -> anyhow::Result<Progress> {
        let sql = &self.parts.sql;
        let (order, known) = find_refund(sql, refund).await?.ok_or(DeskError::NoSuchRefund)?;
        if !known.state.is_owed() {
            return Err(DeskError::NoSuchRefund.into());
        }
        let id = known.repeated_by.unwrap_or_else(|| MovementId::new(Uuid::now_v7()));
        let asked = Known { state: LateRefundState::Asked, repeated_by: Some(id), ..known.clone() };
        if known.state == LateRefundState::Failed {
            let mut transaction = sql.begin().await?;
            hold(&mut transaction, order).await?;
            if !set_state(&mut transaction, refund, known.state, asked.state, asked.repeated_by).await? {
                return Err(DeskError::NoSuchRefund.into());
            }
            let number = OrderNumber::from(order).to_string();
            let deed = NewDeed { by, kind: DeedKind::RefundRepeated, subject: &number, movement: Some(id) };
            write_deed(&mut transaction, deed).await?;
            transaction.commit().await.context("committing that a refund is made once more")?;
        }
        let log = read(sql, order).await?;
        let authorization = authorization_of(&log).context("a refund failed of an order that was never paid")?;
        let kind = MovementKind::refund(ONCE_MORE.parse()?);
        let movement = Movement { id, kind, amount: known.amount };
        // It may have been asked for before: it is looked first what came of that.
        match self.parts.gateway.move_money(authorization, &movement, Some(&Tally::default())).await {
            Ok(Moved::Done) => {
                let mut transaction = sql.begin().await?;
                hold(&mut transaction, order).await?;
                note_repeated(&mut transaction, order, &asked).await?;
                transaction.commit().await.context("committing a refund that was made once more")?;
                Ok(Progress::Done)
            }
            Ok(Moved::Refused) => {
                let mut transaction = sql.begin().await?;
                let (from, to) = (LateRefundState::Asked, LateRefundState::Failed);
                set_state(&mut transaction, refund, from, to, None).await?;
                transaction.commit().await.context("committing that a refund is refused")?;
                Err(DeskError::RefundRefused.into())
            }
            // Whether it was made is found out when the gateway answers again.
            Err(_) => {
                note_heard(sql, authorization).await?;
                Ok(Progress::Later)
            }
        }
    }

    /// Notes that what a failed refund owes was paid in another way.
    pub(crate) async fn settle_refund(&self, refund: &RefundId, by: &Reference) -> Result<(), DeskError> {
        refused_or_told(self.try_settle(refund, by).await, DeskError::Unavailable)
    }

    async fn try_settle(&self, refund: &RefundId, by: &Reference) -> anyhow::Result<()> {
        let sql = &self.parts.sql;
        let (order, known) = find_refund(sql, refund).await?.ok_or(DeskError::NoSuchRefund)?;
        let mut transaction = sql.begin().await?;
        hold(&mut transaction, order).await?;
        if !note_settled(&mut transaction, order, &known).await? {
            return Err(DeskError::NoSuchRefund.into());
        }
        let number = OrderNumber::from(order).to_string();
        let deed = NewDeed { by, kind: DeedKind::RefundSettled, subject: &number, movement: None };
        write_deed(&mut transaction, deed).await?;
        transaction.commit().await.context("committing that a refund was paid in another way")
    }
}

/// Keeps that a refund failed, and what is owed again with it.
async fn insert_failure(connection: &mut AnyConnection, order: OrderId, refund: &ToldRefund) -> anyhow::Result<()> {
    if insert_refund(connection, order, refund, LateRefundState::Failed).await? {
        post_failure(connection, order, &refund.id, refund.amount).await?;
    }
    Ok(())
}
