//! Group commit: what many wait for at once is written in one transaction, so that all of them wait for
//! the disk once. Each kind of write has a queue; a writer takes what waits in it and writes it with
//! statements that name many rows. An outcome is told once it is on the disk. When a transaction
//! fails, what was in it is written again in smaller ones, down to one for each: nobody fails for
//! what their neighbour asked.
//!
//! SQLite has one writer, which takes what waits in all queues. With PostgreSQL each queue has a writer of
//! its own: the statements of one kind lock rows in one order, those of two kinds don't.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use futures::future::{BoxFuture, FutureExt, join_all};
use sqlx::AnyConnection;
use tokio::sync::{Notify, Semaphore, oneshot};

use super::Sql;

/// Writes of one kind that may wait or be under way; more wait for their turn to wait.
const MAX_WAITING: usize = 2_000;
/// Writes of one kind in one transaction: larger ones save little and keep the first ones waiting.
const MAX_TOGETHER: usize = 256;

/// A kind of write.
#[async_trait]
pub(crate) trait Write: Send + Sync + 'static {
    type Job: Send + Sync + 'static;
    type Outcome: Send + 'static;

    /// Writes all in the transaction at hand, and answers an outcome for each, in their order.
    ///
    /// # Errors
    /// Nothing of it is kept then, and each is written again, at the end alone.
    async fn write(&self, connection: &mut AnyConnection, jobs: &[Self::Job]) -> anyhow::Result<Vec<Self::Outcome>>;
}

/// Where writes of one kind wait.
pub(crate) struct Queue<W: Write> {
    kind: W,
    waiting: Mutex<VecDeque<Waiting<W>>>,
    room: Semaphore,
    wake: Arc<Notify>,
}

struct Waiting<W: Write> {
    job: W::Job,
    answer: oneshot::Sender<anyhow::Result<W::Outcome>>,
}

impl<W: Write> fmt::Debug for Queue<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("waiting", &self.waiting().len()).finish_non_exhaustive()
    }
}

impl<W: Write> Queue<W> {
    /// Waits until it is written for good.
    pub(crate) async fn write(&self, job: W::Job) -> anyhow::Result<W::Outcome> {
        let _room = self.room.acquire().await.context("the store closes")?;
        let (answer, answered) = oneshot::channel();
        self.waiting().push_back(Waiting { job, answer });
        self.wake.notify_one();
        answered.await.context("the store closes")?
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Waiting<W>>> {
        // A queue is whole between any two of its methods.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A queue of any kind.
trait Source: Send + Sync {
    /// What waits, as far as it goes into one transaction.
    fn take(self: Arc<Self>) -> Option<Box<dyn Batch>>;
}

impl<W: Write> Source for Queue<W> {
    fn take(self: Arc<Self>) -> Option<Box<dyn Batch>> {
        let taken: Vec<Waiting<W>> = {
            let mut waiting = self.waiting();
            let count = waiting.len().min(MAX_TOGETHER);
            waiting.drain(..count).collect()
        };
        if taken.is_empty() {
            return None;
        }
        let (jobs, answers) = taken.into_iter().map(|Waiting { job, answer }| (job, answer)).unzip();
        Some(Box::new(Taken { queue: self, jobs, answers, outcomes: Vec::new() }))
    }
}

/// Writes of one kind that go into one transaction.
#[async_trait]
trait Batch: Send {
    async fn write(&mut self, connection: &mut AnyConnection) -> anyhow::Result<()>;

    /// Tells the outcomes.
    fn answer(self: Box<Self>);

    /// Its two halves, or the error told where there is one write only.
    fn halve(self: Box<Self>, fault: anyhow::Error) -> Vec<Box<dyn Batch>>;
}

struct Taken<W: Write> {
    queue: Arc<Queue<W>>,
    jobs: Vec<W::Job>,
    answers: Vec<oneshot::Sender<anyhow::Result<W::Outcome>>>,
    outcomes: Vec<W::Outcome>,
}

#[async_trait]
impl<W: Write> Batch for Taken<W> {
    async fn write(&mut self, connection: &mut AnyConnection) -> anyhow::Result<()> {
        self.outcomes = self.queue.kind.write(connection, &self.jobs).await?;
        ensure!(self.outcomes.len() == self.jobs.len(), "a write has no outcome");
        Ok(())
    }

    fn answer(self: Box<Self>) {
        for (answer, outcome) in self.answers.into_iter().zip(self.outcomes) {
            // Whoever has gone is not told.
            let _ = answer.send(Ok(outcome));
        }
    }

    fn halve(mut self: Box<Self>, fault: anyhow::Error) -> Vec<Box<dyn Batch>> {
        let half = self.jobs.len() / 2;
        if half == 0 {
            if let Some(answer) = self.answers.pop() {
                let _ = answer.send(Err(fault));
            }
            return Vec::new();
        }
        tracing::debug!(writes = self.jobs.len(), "writing in smaller groups: {fault:#}");
        let (jobs, answers) = (self.jobs.split_off(half), self.answers.split_off(half));
        let second = Self { queue: self.queue.clone(), jobs, answers, outcomes: Vec::new() };
        self.outcomes.clear();
        vec![self, Box::new(second)]
    }
}

/// The queues of a store, and what writes them.
pub(crate) struct GroupCommit {
    sql: Sql,
    sources: Vec<(Arc<dyn Source>, Arc<Notify>)>,
}

impl GroupCommit {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql, sources: Vec::new() }
    }

    /// A queue for one more kind.
    pub(crate) fn queue<W: Write>(&mut self, kind: W) -> Arc<Queue<W>> {
        let shared = self.sources.first().filter(|_| self.sql.has_one_writer()).map(|(_, wake)| wake.clone());
        let wake = shared.unwrap_or_default();
        let (waiting, room) = (Mutex::default(), Semaphore::new(MAX_WAITING));
        let queue = Arc::new(Queue { kind, waiting, room, wake: wake.clone() });
        self.sources.push((queue.clone(), wake));
        queue
    }

    /// Writes until the task is dropped.
    pub(crate) async fn run(self) {
        let sql = &self.sql;
        if sql.has_one_writer() {
            let wake = self.sources.first().map(|(_, wake)| wake.clone()).unwrap_or_default();
            let sources: Vec<_> = self.sources.into_iter().map(|(source, _)| source).collect();
            write_all(sql, &sources, &wake).await;
        } else {
            join_all(self.sources.into_iter().map(|(source, wake)| async move {
                write_all(sql, &[source], &wake).await;
            }))
            .await;
        }
    }
}

async fn write_all(sql: &Sql, sources: &[Arc<dyn Source>], wake: &Notify) {
    loop {
        wake.notified().await;
        loop {
            let batches: Vec<_> = sources.iter().filter_map(|source| source.clone().take()).collect();
            if batches.is_empty() {
                break;
            }
            commit(sql, batches).await;
        }
    }
}

/// Commits some batches together, or else in parts.
fn commit(sql: &Sql, mut batches: Vec<Box<dyn Batch>>) -> BoxFuture<'_, ()> {
    async move {
        match try_commit(sql, &mut batches).await {
            Ok(()) => batches.into_iter().for_each(Batch::answer),
            Err(fault) => {
                let parts = match batches.pop() {
                    Some(last) if batches.is_empty() => last.halve(fault),
                    Some(last) => batches.into_iter().chain([last]).collect(),
                    None => Vec::new(),
                };
                for part in parts {
                    commit(sql, vec![part]).await;
                }
            }
        }
    }
    .boxed()
}

async fn try_commit(sql: &Sql, batches: &mut [Box<dyn Batch>]) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    for batch in batches {
        batch.write(&mut transaction).await?;
    }
    transaction.commit().await.context("committing what many wrote")
}
