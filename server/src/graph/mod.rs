//! The graph database: the truth for what is related. An embedded SurrealDB (RocksDB) by default,
//! any SurrealDB by its address. One helper runs every query: it checks each statement's answer
//! and retries conflicts with a bound, since SurrealDB reports a conflict as an error to be
//! retried by its caller and can answer `Ok` around a statement that failed.

mod aging;
mod embedded;
mod schema;
mod value;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::fault::Fault;
use surrealdb::engine::any::{Any, connect};
use surrealdb::opt::auth::Root;
use surrealdb::types::{SurrealValue, Value};
use surrealdb::{Connection, IndexedResults, Surreal};

use crate::config::Credentials;
use crate::fault::Faults;
pub(crate) use aging::today;
use embedded::Embedded;
pub(crate) use value::{documents, from_value, object, record, records_between, to_value};
pub(crate) use walk::Walk;

const NAMESPACE: &str = "cartograph";
const DATABASE: &str = "store";
/// A folder has one program that has it open.
const NOT_OPENED: &str = "the graph database can't be opened; is another Cartograph using the same data folder?";
const MAX_CONFLICT_RETRIES: u32 = 12;
/// What SurrealDB says of the other statements of a transaction that failed.
const ECHO: &str = "not executed due to a failed transaction";
const FIRST_RETRY_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_RETRY_PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Clone)]
pub(crate) struct Graph {
    database: Database,
    faults: Faults,
}

#[derive(Debug, Clone)]
enum Database {
    Embedded(Embedded),
    /// Shared: a copy of the handle would be a session of its own.
    Remote(Arc<Surreal<Any>>),
}

impl Graph {
    /// Opens `rocksdb://data/graph`, `ws://…`, `wss://…` or, where built in, `tikv://…`, and brings
    /// the schema up to date.
    pub(crate) async fn open(url: &str, credentials: Option<&Credentials>) -> anyhow::Result<Self> {
        let database = if url.starts_with("rocksdb:") {
            Database::Embedded(embedded::open(url).await.context(NOT_OPENED)?)
        } else {
            Database::Remote(Arc::new(open_remote(url, credentials).await?))
        };
        let choosing = "choosing the store in the graph database";
        match &database {
            Database::Embedded(embedded) => {
                drop(embedded.database.use_ns(NAMESPACE).use_db(DATABASE).await.context(choosing)?);
            }
            Database::Remote(db) => drop(db.use_ns(NAMESPACE).use_db(DATABASE).await.context(choosing)?),
        }
        let graph = Self { database, faults: Faults::default() };
        schema::migrate(&graph).await?;
        Ok(graph)
    }

    /// The same database, whose queries fail or wait while a fault is on.
    #[must_use]
    pub(crate) fn failing_by(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    /// Closes an embedded database, which the program waits for before it ends; a server's stays open.
    pub(crate) async fn close(&self) {
        if let Database::Embedded(embedded) = &self.database
            && let Err(fault) = embedded.close().await
        {
            tracing::warn!("closing the graph database: {fault:#}");
        }
    }

    /// Waits until an embedded database has to be opened anew: the disk was full and has room again.
    pub(crate) async fn has_to_be_opened_anew(&self) {
        match &self.database {
            Database::Embedded(embedded) => embedded.has_room_again().await,
            Database::Remote(_) => std::future::pending().await,
        }
    }

    /// Whether other processes may write to the same database.
    pub(crate) const fn is_shared(&self) -> bool {
        matches!(self.database, Database::Remote(_))
    }

    /// Runs the statements of a query as they stand and answers each of them.
    pub(crate) async fn query(&self, statements: &str, variables: &[(&str, Value)]) -> anyhow::Result<Answer> {
        self.faults.hold_up(Fault::GraphSlow).await;
        self.faults.check(Fault::GraphDown).with_context(|| first_line(statements))?;
        let mut pause = FIRST_RETRY_PAUSE;
        for _ in 0..MAX_CONFLICT_RETRIES {
            match self.try_query(statements, variables).await {
                Err(error) if is_conflict(&error) => {
                    tokio::time::sleep(pause).await;
                    pause = pause.saturating_mul(2).min(LONGEST_RETRY_PAUSE);
                }
                answered => return answered.with_context(|| first_line(statements)),
            }
        }
        self.try_query(statements, variables).await.with_context(|| first_line(statements))
    }

    async fn try_query(&self, statements: &str, variables: &[(&str, Value)]) -> anyhow::Result<Answer> {
        match &self.database {
            Database::Embedded(embedded) => {
                let (db, statements, variables) = (embedded.database.clone(), statements.to_owned(), owned(variables));
                let answered = embedded.threads.run(async move { run(&db, statements, variables).await }).await?;
                answered.inspect_err(|error| embedded.note(error))
            }
            Database::Remote(db) => run(db, statements.to_owned(), owned(variables)).await,
        }
    }
}

type Variables = Vec<(String, Value)>;

fn owned(variables: &[(&str, Value)]) -> Variables {
    variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

async fn run<C: Connection>(db: &Surreal<C>, statements: String, variables: Variables) -> anyhow::Result<Answer> {
    let mut query = db.query(statements);
    for variable in variables {
        query = query.bind(variable);
    }
    let mut results = query.await?;
    let errors = results.take_errors();
    if errors.is_empty() { Ok(Answer(results)) } else { Err(cause(errors)) }
}

/// Why a query failed: each statement of a transaction that failed says that it did, and one at most
/// says why.
fn cause(errors: HashMap<usize, surrealdb::Error>) -> anyhow::Error {
    let is_echo = |error: &surrealdb::Error| error.to_string().contains(ECHO);
    let first = errors.into_iter().min_by_key(|(statement, error)| (is_echo(error), *statement));
    first.map_or_else(|| anyhow::anyhow!("a query failed without a reason"), |(_, error)| error.into())
}

async fn open_remote(url: &str, credentials: Option<&Credentials>) -> anyhow::Result<Surreal<Any>> {
    let db = connect(url).await.context("opening the graph database")?;
    if let Some(Credentials { user, password }) = credentials {
        let root = Root { username: user.clone(), password: password.reveal().to_owned() };
        db.signin(root).await.context("signing in to the graph database")?;
    }
    Ok(db)
}

fn first_line(statements: &str) -> String {
    format!("running `{}`", statements.trim().lines().next().unwrap_or_default())
}

fn is_conflict(error: &anyhow::Error) -> bool {
    let text = format!("{error:#}").to_lowercase();
    // A commit that failed leaves no other words behind than these.
    text.contains("conflict") || text.contains("can be retried") || text.contains(ECHO)
}

/// The answers of a query, by the number of the statement.
#[derive(Debug)]
pub(crate) struct Answer(IndexedResults);

impl Answer {
    /// The rows that a statement answered.
    pub(crate) fn rows<T: SurrealValue>(&mut self, statement: usize) -> anyhow::Result<Vec<T>> {
        Ok(self.0.take(statement)?)
    }

    /// The one value that a statement answered, if any.
    pub(crate) fn one<T: SurrealValue>(&mut self, statement: usize) -> anyhow::Result<Option<T>> {
        Ok(self.0.take(statement)?)
    }
}
