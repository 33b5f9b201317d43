use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use domain::alert::AlertId;
use domain::mail::ports::{Mail, NotSent};
use domain::mail::{Letter, LetterKey};
use domain::order::OrderId;
use domain::order::letter::LetterId;
use sqlx::AnyConnection;
use tokio::sync::Notify;

use super::waiting::{Failure, Told, WaitingRow, pause_ms};
use crate::alert::{self, DueAlerts};
use crate::order::{Letters, insert_letters};
use crate::sql::{GroupCommit, Leases, MAX_CLOCK_SKEW_MS, Queue, Sql, Write, now_ms, rows};

/// Who has it writes letters; everybody else waits.
const POSTING: &str = "mail";
/// How often a row is tried before it is dead: a mail server may be away for two hours and a half.
const MAX_ATTEMPTS: i64 = 40;
const LONGEST_PAUSE_MS: i64 = 300_000;
/// Whoever is woken waits for those that come right after.
const GATHERING_PAUSE: Duration = Duration::from_millis(50);
/// Where letters pile up, each leaves this long to purchases: five hundred go in a second.
const PAUSE_PER_LETTER: Duration = Duration::from_millis(2);
/// How long the post sleeps when nobody wakes it, for other servers hand events on as well.
const IDLE_PAUSE: Duration = Duration::from_secs(5);
/// How long it sleeps while rows wait for another attempt.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Writes the letters about orders, and those that somebody waited for, behind everything else: it takes what the relay hands on to it, as many at a time
/// as are best sent together. Nothing waits for it, and what it can't send waits with it alone.
pub(crate) struct Post {
    sql: Sql,
    leases: Leases,
    letters: Letters,
    alerts: DueAlerts,
    mail: Arc<dyn Mail>,
    noting: Arc<Queue<Note>>,
    wake: Arc<Notify>,
}

/// What became of some rows.
#[derive(Default)]
struct Posted {
    letters: Vec<LetterId>,
    /// Alerts whose letters were handed over: they end.
    alerts: Vec<AlertId>,
    /// The ids of rows that are done with.
    done: Vec<String>,
}

/// Notes which letters were handed over, and takes their rows off the outbox.
struct Note;

#[async_trait]
impl Write for Note {
    type Job = Posted;
    type Outcome = ();

    async fn write(&self, connection: &mut AnyConnection, jobs: &[Posted]) -> anyhow::Result<Vec<()>> {
        let letters: Vec<LetterId> = jobs.iter().flat_map(|job| job.letters.iter().copied()).collect();
        insert_letters(connection, &letters).await?;
        let alerts: Vec<AlertId> = jobs.iter().flat_map(|job| job.alerts.iter().copied()).collect();
        alert::end(connection, &alerts).await?;
        let done: Vec<String> = jobs.iter().flat_map(|job| job.done.iter().cloned()).collect();
        rows::with_keys(connection, "DELETE FROM outbox WHERE id IN", &done, "").await?;
        Ok(vec![(); jobs.len()])
    }
}

impl Post {
    pub(crate) fn new(
        sql: Sql,
        leases: Leases,
        letters: Letters,
        alerts: DueAlerts,
        mail: Arc<dyn Mail>,
        commits: &mut GroupCommit,
    ) -> Self {
        Self { sql, leases, letters, alerts, mail, noting: commits.queue(Note), wake: Arc::default() }
    }

    /// Whoever hands something on to it wakes it with this.
    pub(crate) fn wake(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        self.leases.work(POSTING, || self.post_on()).await;
    }

    /// Posts for as long as nobody else does.
    async fn post_on(&self) -> anyhow::Result<()> {
        loop {
            let pause = if self.post_due().await? { RETRY_PAUSE } else { IDLE_PAUSE };
            tokio::select! {
                () = self.wake.notified() => tokio::time::sleep(GATHERING_PAUSE).await,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Posts what is due; answers whether rows wait for another attempt. While nothing can be sent at all the rest
    /// is not tried.
    async fn post_due(&self) -> anyhow::Result<bool> {
        let limit = self.mail.most_together();
        loop {
            let rows = self.due(i64::from(limit)).await?;
            let is_last = rows.len() < usize::from(limit);
            let any_went = rows.is_empty() || self.post_all(&rows).await?;
            if is_last || !any_went {
                return Ok(self.count_waiting().await? > 0);
            }
            tokio::time::sleep(PAUSE_PER_LETTER * u32::from(limit)).await;
        }
    }

    /// Posts what rows say, one by one where they can't be read together; answers whether anything is done with.
    async fn post_all(&self, rows: &[WaitingRow]) -> anyhow::Result<bool> {
        let fault = match self.post(rows).await {
            Ok(any_went) => return Ok(any_went),
            Err(fault) => fault,
        };
        tracing::warn!("letters are posted one by one: {fault:#}");
        let mut any_went = false;
        for row in rows {
            match self.post(std::slice::from_ref(row)).await {
                Ok(went) => any_went |= went,
                Err(fault) => self.note_failures(vec![(row, fault)]).await?,
            }
        }
        Ok(any_went)
    }

    async fn post(&self, rows: &[WaitingRow]) -> anyhow::Result<bool> {
        let letters = self.letters_about(rows).await?;
        let answers = self.mail.send_all(&letters).await;
        let (mut posted, mut failed) = (Posted::default(), HashMap::<Told, NotSent>::new());
        for ((key, _), answer) in letters.iter().zip(answers) {
            match (*key, answer) {
                (LetterKey::Order(id), Ok(())) => posted.letters.push(id),
                (LetterKey::Alert(id), Ok(())) => posted.alerts.push(id),
                (key, Err(why)) => {
                    failed.insert(key.into(), why);
                }
            }
        }
        let mut failures = Vec::new();
        for row in rows {
            match failed.get(&row.told()?) {
                Some(why) => failures.push((row, (*why).into())),
                None => posted.done.push(row.id.clone()),
            }
        }
        let any_went = !posted.done.is_empty();
        if any_went || !posted.letters.is_empty() || !posted.alerts.is_empty() {
            self.noting.write(posted).await?;
        }
        self.note_failures(failures).await?;
        Ok(any_went)
    }

    /// The letters that are to be written because of some rows.
    async fn letters_about(&self, rows: &[WaitingRow]) -> anyhow::Result<Vec<(LetterKey, Letter)>> {
        let (mut orders, mut alerts) = (HashSet::<OrderId>::new(), HashSet::<AlertId>::new());
        for row in rows {
            match row.told()? {
                Told::Order(order) => orders.insert(order),
                Told::Alert(alert) => alerts.insert(alert),
            };
        }
        let about_orders = self.letters.due(&orders.into_iter().collect::<Vec<_>>()).await?;
        let awaited = self.alerts.letters(&alerts.into_iter().collect::<Vec<_>>()).await?;
        let about_orders = about_orders.into_iter().map(|(id, letter)| (LetterKey::Order(id), letter));
        Ok(about_orders.chain(awaited.into_iter().map(|(id, letter)| (LetterKey::Alert(id), letter))).collect())
    }

    async fn note_failures(&self, failures: Vec<(&WaitingRow, anyhow::Error)>) -> anyhow::Result<()> {
        if failures.is_empty() {
            return Ok(());
        }
        let mut transaction = self.sql.begin().await?;
        for (row, fault) in failures {
            let attempts = row.attempts + 1;
            let is_refused = fault.downcast_ref::<NotSent>() == Some(&NotSent::Refused);
            let failure = Failure {
                attempts,
                dead: is_refused || attempts >= MAX_ATTEMPTS,
                pause_ms: pause_ms(attempts, LONGEST_PAUSE_MS),
                why: format!("{fault:#}"),
            };
            failure.note(&mut transaction, &row.id).await?;
        }
        transaction.commit().await.context("noting letters that were not sent")
    }

    /// The oldest rows that may be tried now; none waits longer than the longest pause, whatever a clock noted that
    /// was set back since.
    async fn due(&self, limit: i64) -> anyhow::Result<Vec<WaitingRow>> {
        let now = now_ms();
        let rows = sqlx::query(
            "SELECT id, key, payload, attempts FROM outbox
             WHERE dead = 0 AND consumer = 'mail' AND (not_before_ms <= $1 OR not_before_ms > $3)
             ORDER BY id LIMIT $2",
        )
        .bind(now)
        .bind(limit)
        .bind(now + LONGEST_PAUSE_MS + MAX_CLOCK_SKEW_MS)
        .fetch_all(self.sql.readers())
        .await
        .context("looking for letters that are due")?;
        rows.iter().map(WaitingRow::read).collect()
    }

    async fn count_waiting(&self) -> anyhow::Result<i64> {
        let counting = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE dead = 0 AND consumer = 'mail'");
        counting.fetch_one(self.sql.readers()).await.context("counting letters that wait")
    }
}
