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

use super::waiting::{Failure, Share, Told, WaitingRow, pause_ms};
use crate::alert::{self, DueAlerts};
use crate::order::{Letters, insert_letters};
use crate::sql::{GroupCommit, Leases, Queue, Sql, Write, rows};

/// Who has it writes letters; everybody else waits.
const POSTING: &str = "mail";
/// How often a row is tried before it is dead: a mail server may be away for two hours and a half.
const MAX_ATTEMPTS: i64 = 40;
const LONGEST_PAUSE_MS: i64 = 300_000;
/// A letter waits for no other.
const SHARE: Share = Share { condition: "consumer = 'mail'", when: "1 = 1", longest_pause_ms: LONGEST_PAUSE_MS };
/// Whoever is woken waits for those that come right after.
const GATHERING_PAUSE: Duration = Duration::from_millis(50);
/// Where letters pile up, each leaves this long to purchases: five hundred go in a second.
const PAUSE_PER_LETTER: Duration = Duration::from_millis(2);
/// How long the post sleeps when nobody wakes it: other servers publish as well, and so do commands beside an open
/// store. Each look asks the outbox twice, by an index, and the outbox is empty then.
const IDLE_PAUSE: Duration = Duration::from_millis(500);
/// How long it sleeps while rows wait for another attempt, and whatever comes while nothing can be sent.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Writes the letters about orders, and those that somebody waited for, behind everything else: it takes what is told
/// of them, as many at a time as are best sent together. Nothing waits for it, and what it can't send waits with it
/// alone.
pub(crate) struct Post {
    sql: Sql,
    leases: Leases,
    letters: Letters,
    alerts: DueAlerts,
    mail: Arc<dyn Mail>,
    noting: Arc<Queue<Note>>,
    wake: Arc<Notify>,
}

/// Whether letters can be sent at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sending {
    Possible,
    /// All that were tried are to be tried again.
    Unavailable,
}

/// Why the post rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// Everything is sent.
    Done,
    /// Rows wait for another attempt.
    Waiting,
    /// Nothing can be sent.
    Away,
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

    /// Whoever knows of something for it wakes it with this.
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
            let pause = match self.post_due().await? {
                Rest::Away => {
                    // Each letter more would be one more conversation that fails.
                    tokio::time::sleep(RETRY_PAUSE).await;
                    continue;
                }
                Rest::Waiting => RETRY_PAUSE,
                Rest::Done => IDLE_PAUSE,
            };
            tokio::select! {
                () = self.wake.notified() => tokio::time::sleep(GATHERING_PAUSE).await,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Posts what is due. While nothing can be sent at all the rest is not tried.
    async fn post_due(&self) -> anyhow::Result<Rest> {
        let limit = self.mail.most_together();
        loop {
            let rows = SHARE.due(&self.sql, i64::from(limit)).await?;
            if !rows.is_empty() && self.post_all(&rows).await? == Sending::Unavailable {
                return Ok(Rest::Away);
            }
            if rows.len() < usize::from(limit) {
                return Ok(if SHARE.waits(&self.sql, 0).await? { Rest::Waiting } else { Rest::Done });
            }
            tokio::time::sleep(PAUSE_PER_LETTER * u32::from(limit)).await;
        }
    }

    /// Posts what rows say, one by one where they can't be read together.
    async fn post_all(&self, rows: &[WaitingRow]) -> anyhow::Result<Sending> {
        let fault = match self.post(rows).await {
            Ok(sending) => return Ok(sending),
            Err(fault) => fault,
        };
        tracing::warn!("letters are posted one by one: {fault:#}");
        for row in rows {
            match self.post(std::slice::from_ref(row)).await {
                Ok(Sending::Possible) => {}
                Ok(Sending::Unavailable) => return Ok(Sending::Unavailable),
                Err(fault) => self.note_failures(vec![(row, fault)]).await?,
            }
        }
        Ok(Sending::Possible)
    }

    async fn post(&self, rows: &[WaitingRow]) -> anyhow::Result<Sending> {
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
        let is_away = posted.letters.is_empty()
            && posted.alerts.is_empty()
            && failed.values().any(|why| *why == NotSent::Unavailable);
        let mut failures = Vec::new();
        for row in rows {
            match failed.get(&row.told()?) {
                Some(why) => failures.push((row, (*why).into())),
                None => posted.done.push(row.id.clone()),
            }
        }
        if !(posted.done.is_empty() && posted.letters.is_empty() && posted.alerts.is_empty()) {
            self.noting.write(posted).await?;
        }
        self.note_failures(failures).await?;
        Ok(if is_away { Sending::Unavailable } else { Sending::Possible })
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
            // Who is refused once is always refused: nobody is to believe that they wait still.
            if is_refused && let Told::Alert(alert) = row.told()? {
                alert::end(&mut transaction, &[alert]).await?;
            }
        }
        transaction.commit().await.context("noting letters that were not sent")
    }
}
