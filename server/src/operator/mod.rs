//! Operator: what those who run the store look after, gathered from those who keep it. Only this module
//! writes the table `operator_deeds`, in the transaction of what was done; those of the checkout and
//! of accounts call it.

mod deed;
mod faults;
mod orders;

use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use domain::inventory::Reference;
use domain::operator::ports::Desk;
use domain::operator::{DeadEvent, Deed, DeedKind, DeskError, EventId, Findings, Trouble};
use domain::order::OrderNumber;
use domain::payment::Progress;
use domain::payment::aftermath::RefundId;
use domain::payment::book::{Balance, BookPage, BookQuery, OwedToSeller};
use domain::payment::gift_card::{GiftCardId, GiftCardPage};
use jiff::Timestamp;
use sqlx::AnyConnection;
use tokio::sync::Notify;

use crate::audit::audit_books;
use crate::checkout::{SqlCheckout, count_set_aside, list_set_aside, resume, settle_by_hand, undo};
use crate::event::{count_dead, count_on_their_way, drop_dead, list_dead, revive};
use crate::fault::refused_or_told;
use crate::payment::aftermath::{list_disputes, list_refunds};
use crate::payment::{gift_card, list_ending_holds, read_balances, read_owed_to_sellers, read_postings};
use crate::sql::Sql;
pub(crate) use deed::{NewDeed, read_of as read_deeds_of, write_answered_for, write_deed};
pub(crate) use faults::NotedSwitch;
pub(crate) use orders::SqlOrderDesk;

#[derive(Clone)]
pub(crate) struct SqlDesk {
    sql: Sql,
    checkout: SqlCheckout,
    /// Whether the gateway's books are at hand.
    gateway_is_sandbox: bool,
    /// Wakes the relay.
    published: Arc<Notify>,
}

impl SqlDesk {
    pub(crate) const fn new(sql: Sql, checkout: SqlCheckout, gateway_is_sandbox: bool, published: Arc<Notify>) -> Self {
        Self { sql, checkout, gateway_is_sandbox, published }
    }

    async fn read_trouble(&self) -> anyhow::Result<Trouble> {
        Ok(Trouble {
            purchases: list_set_aside(&self.sql).await?,
            purchases_in_all: count_set_aside(&self.sql).await?,
            events: list_dead(&self.sql, DeadEvent::MAX_SHOWN).await?,
            events_in_all: count_dead(&self.sql).await?,
            on_their_way: count_on_their_way(&self.sql).await?,
            refunds: list_refunds(&self.sql).await?,
            disputes: list_disputes(&self.sql).await?,
            holds: list_ending_holds(&self.sql, Timestamp::now()).await?,
        })
    }

    async fn do_and_note(
        &self,
        doing: impl AsyncFnOnce(&mut AnyConnection) -> anyhow::Result<()>,
        by: &Reference,
        kind: DeedKind,
        subject: &str,
    ) -> Result<(), DeskError> {
        let done = async {
            let mut transaction = self.sql.begin().await?;
            doing(&mut transaction).await?;
            write_deed(&mut transaction, NewDeed { by, kind, subject, movement: None }).await?;
            transaction.commit().await.context("committing what an operator did")
        };
        told(done.await)
    }
}

fn told<T>(done: anyhow::Result<T>) -> Result<T, DeskError> {
    refused_or_told(done, DeskError::Unavailable)
}

#[async_trait]
impl Desk for SqlDesk {
    async fn trouble(&self) -> Result<Trouble, DeskError> {
        told(self.read_trouble().await)
    }

    async fn resume(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError> {
        let resuming = async |connection: &mut AnyConnection| resume(connection, &self.sql, number).await;
        self.do_and_note(resuming, by, DeedKind::Resumed, &number.to_string()).await
    }

    async fn undo(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError> {
        let undoing = async |connection: &mut AnyConnection| undo(connection, &self.sql, number).await;
        let undone = self.do_and_note(undoing, by, DeedKind::Undone, &number.to_string()).await;
        self.published.notify_one();
        undone
    }

    async fn settle_by_hand(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError> {
        let settling = async |connection: &mut AnyConnection| settle_by_hand(connection, &self.sql, number).await;
        self.do_and_note(settling, by, DeedKind::Settled, &number.to_string()).await
    }

    async fn revive(&self, event: &EventId, by: &Reference) -> Result<(), DeskError> {
        let reviving = async |connection: &mut AnyConnection| found(revive(connection, event).await?);
        let revived = self.do_and_note(reviving, by, DeedKind::Revived, event.as_str()).await;
        self.published.notify_one();
        revived
    }

    async fn drop_event(&self, event: &EventId, by: &Reference) -> Result<(), DeskError> {
        let dropping = async |connection: &mut AnyConnection| found(drop_dead(connection, event).await?);
        self.do_and_note(dropping, by, DeedKind::Dropped, event.as_str()).await
    }

    async fn repeat_refund(&self, refund: &RefundId, by: &Reference) -> Result<Progress, DeskError> {
        self.checkout.repeat_refund(refund, by).await
    }

    async fn settle_refund(&self, refund: &RefundId, by: &Reference) -> Result<(), DeskError> {
        self.checkout.settle_refund(refund, by).await
    }

    async fn deeds(&self) -> Result<Vec<Deed>, DeskError> {
        told(deed::read_latest(&self.sql).await)
    }

    async fn balances(&self) -> Result<Vec<Balance>, DeskError> {
        told(read_balances(&self.sql).await)
    }

    async fn owed_to_sellers(&self) -> Result<Vec<OwedToSeller>, DeskError> {
        told(read_owed_to_sellers(&self.sql).await)
    }

    async fn postings(&self, query: &BookQuery) -> Result<BookPage, DeskError> {
        told(read_postings(&self.sql, query).await)
    }

    async fn gift_cards(&self, before: Option<GiftCardId>) -> Result<GiftCardPage, DeskError> {
        told(gift_card::read_page(&self.sql, before).await)
    }

    async fn audit(&self) -> Result<Findings, DeskError> {
        // A gateway elsewhere may have more payments than a page can wait for.
        told(audit_books(&self.sql, self.gateway_is_sandbox).await)
    }
}

fn found(is_there: bool) -> anyhow::Result<()> {
    if is_there { Ok(()) } else { Err(DeskError::NoSuchEvent.into()) }
}
