//! Alert: keeps who waits for what in SQL, beside the stock that most wait for. Only this module writes the table
//! `alerts`.
//!
//! What may have come true is told by events: the stock of a SKU turned, its product was written, somebody began to
//! wait for it. Each time what is now is asked, the alerts that have come true are taken out of those that wait, and
//! in the same transaction one row of the outbox for each goes to the post, which writes its letter and deletes
//! the alert with the row. So two events give one letter; a crash between the mail server's yes and the deletion
//! gives the same one again, under the same message id. A letter that is refused, or that an operator gives up, ends its
//! alert as well: who asks again is not to be told that they wait already.

mod due;
mod key;
mod store;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::account::{AccountId, Client, Token};
use domain::alert::letter::confirmation;
use domain::alert::ports::Alerts;
use domain::alert::{Alert, AlertError, AlertId, AlertKind, Awaited, StopKey};
use domain::catalog::Sku;
use domain::checkout::Email;
use domain::mail::ports::Mail;
use jiff::Timestamp;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::account::{self, new_token, token_hash};
use crate::event::{Fact, publish};
use crate::fault::refused_or_told;
use crate::sql::Sql;
use key::Owner;
use store::Kept;

pub(crate) use due::{DueAlerts, announce};
pub(crate) use key::AlertKey;
pub(crate) use store::{end, forget};

/// How often what is over is cleared away.
const PAUSE: Duration = Duration::from_hours(1);

#[derive(Clone)]
pub(crate) struct SqlAlerts {
    sql: Sql,
    due: DueAlerts,
    mail: Arc<dyn Mail>,
    /// Wakes the relay.
    published: Arc<Notify>,
}

impl SqlAlerts {
    pub(crate) const fn new(sql: Sql, due: DueAlerts, mail: Arc<dyn Mail>, published: Arc<Notify>) -> Self {
        Self { sql, due, mail, published }
    }

    /// Clears away what is over, until the task is dropped.
    pub(crate) async fn tidy(self) {
        loop {
            if let Err(fault) = store::clear_away(&self.sql).await {
                tracing::error!("clearing alerts away: {fault:#}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn keep(&self, account: AccountId, sku: &Sku, kind: AlertKind) -> anyhow::Result<()> {
        let awaited = Awaited::of(kind, self.due.sold(sku).await?.now)?;
        let kept = Kept { alert: asked_now(sku, awaited), owner: Owner::Account(account) };
        let mut transaction = self.sql.begin().await?;
        ensure!(account::lock(&mut transaction, account).await?, "the account of an alert is gone");
        store::keep(&mut transaction, &kept).await?;
        // What is waited for may have come between the look and the wait.
        publish(&mut transaction, &[Fact::OfferChanged { sku: sku.clone() }]).await?;
        transaction.commit().await.context("committing an alert")?;
        self.published.notify_one();
        Ok(())
    }

    async fn write_to(&self, email: &Email, sku: &Sku, kind: AlertKind, client: &Client) -> anyhow::Result<()> {
        let sold = self.due.sold(sku).await?;
        let awaited = Awaited::of(kind, sold.now)?;
        if let Some(wait_mins) = account::count_mail(&self.sql, email, client).await? {
            return Err(AlertError::TooManyLetters { wait_mins }.into());
        }
        let (token, kept) = (new_token(), Kept { alert: asked_now(sku, awaited), owner: Owner::Email(email.clone()) });
        let mut transaction = self.sql.begin().await?;
        store::keep_asked(&mut transaction, &kept, token_hash(&token)).await?;
        transaction.commit().await.context("committing an alert that is to be confirmed")?;
        let letter = confirmation(&self.due.head, email, sold.as_told(), awaited, &token)?;
        self.mail.send(&letter).await?;
        Ok(())
    }

    async fn take(&self, token: &Token) -> anyhow::Result<Alert> {
        let mut transaction = self.sql.begin().await?;
        let taken = store::take_asked(&mut transaction, token_hash(token)).await?.ok_or(AlertError::LinkSpent)?;
        // It waits from now on, for what it was asked for.
        let alert = Alert { asked_at: Timestamp::now(), ..taken.alert };
        let kept = Kept { alert, owner: taken.owner };
        store::keep(&mut transaction, &kept).await?;
        publish(&mut transaction, &[Fact::OfferChanged { sku: kept.alert.sku.clone() }]).await?;
        transaction.commit().await.context("committing an alert that was confirmed")?;
        self.published.notify_one();
        Ok(kept.alert)
    }

    async fn count(&self, key: &StopKey) -> anyhow::Result<Option<u32>> {
        if !self.due.key().admits(key) {
            return Ok(None);
        }
        let mut reader = self.sql.readers().acquire().await.context("counting alerts")?;
        Ok(Some(u32::try_from(store::count_of(&mut reader, &key.owner).await?)?))
    }

    async fn stop(&self, key: &StopKey) -> anyhow::Result<()> {
        if self.due.key().admits(key) { store::remove_all(&self.sql, &key.owner).await } else { Ok(()) }
    }
}

/// An alert that somebody asks for. Its key grows with time.
fn asked_now(sku: &Sku, awaited: Awaited) -> Alert {
    Alert { id: AlertId::new(Uuid::now_v7()), sku: sku.clone(), awaited, asked_at: Timestamp::now() }
}

fn reached<T>(done: anyhow::Result<T>) -> Result<T, AlertError> {
    refused_or_told(done, AlertError::Unavailable)
}

#[async_trait]
impl Alerts for SqlAlerts {
    async fn ask(&self, account: AccountId, sku: &Sku, kind: AlertKind) -> Result<(), AlertError> {
        reached(self.keep(account, sku, kind).await)
    }

    async fn ask_by_letter(
        &self,
        email: &Email,
        sku: &Sku,
        kind: AlertKind,
        client: &Client,
    ) -> Result<(), AlertError> {
        reached(self.write_to(email, sku, kind, client).await)
    }

    async fn look_at_link(&self, token: &Token) -> Result<Option<Alert>, AlertError> {
        reached(store::look_at_asked(&self.sql, token_hash(token)).await)
    }

    async fn confirm(&self, token: &Token) -> Result<Alert, AlertError> {
        reached(self.take(token).await)
    }

    async fn all_of(&self, account: AccountId) -> Result<Vec<Alert>, AlertError> {
        reached(store::list(&self.sql, account).await)
    }

    async fn remove(&self, account: AccountId, id: AlertId) -> Result<(), AlertError> {
        reached(store::remove(&self.sql, account, id).await)
    }

    async fn count_behind(&self, key: &StopKey) -> Result<Option<u32>, AlertError> {
        reached(self.count(key).await)
    }

    async fn stop_all(&self, key: &StopKey) -> Result<(), AlertError> {
        reached(self.stop(key).await)
    }
}
