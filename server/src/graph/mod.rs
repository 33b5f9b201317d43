//! The graph database: the truth for what is related. An embedded SurrealDB (RocksDB) by default,
//! any SurrealDB by its address. One helper runs every query: it checks each statement's answer
//! and retries conflicts with a bound, since SurrealDB reports a conflict as an error to be
//! retried by its caller and can answer `Ok` around a statement that failed.

mod embedded;
mod schema;
mod value;

use std::time::Duration;

use anyhow::Context;
use surrealdb::engine::any::{Any, connect};
use surrealdb::engine::local::Db;
use surrealdb::opt::auth::Root;
use surrealdb::types::{SurrealValue, Value};
use surrealdb::{Connection, IndexedResults, Surreal};

use embedded::Threads;
pub(crate) use value::{from_value, object, record, to_value};

const NAMESPACE: &str = "cartograph";
const DATABASE: &str = "store";
const MAX_CONFLICT_RETRIES: u32 = 12;
const FIRST_RETRY_PAUSE: Duration = Duration::from_millis(2);

/// A name and a password for a SurrealDB server.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: crate::config::Secret,
}

#[derive(Debug, Clone)]
pub(crate) struct Graph {
    database: Database,
}

#[derive(Debug, Clone)]
enum Database {
    Embedded(Surreal<Db>, Threads),
    Remote(Surreal<Any>),
}

impl Graph {
    /// Opens `rocksdb://data/graph`, `ws://…`, `wss://…` or, where built in, `tikv://…`, and brings
    /// the schema up to date.
    pub(crate) async fn open(url: &str, credentials: Option<&Credentials>) -> anyhow::Result<Self> {
        let database = if url.starts_with("rocksdb:") {
            let (db, threads) = embedded::open(url).await.context("opening the graph database")?;
            Database::Embedded(db, threads)
        } else {
            Database::Remote(open_remote(url, credentials).await?)
        };
        let choosing = "choosing the store in the graph database";
        match &database {
            Database::Embedded(db, _) => drop(db.use_ns(NAMESPACE).use_db(DATABASE).await.context(choosing)?),
            Database::Remote(db) => drop(db.use_ns(NAMESPACE).use_db(DATABASE).await.context(choosing)?),
        }
        let graph = Self { database };
        schema::migrate(&graph).await?;
        Ok(graph)
    }

    /// Whether other processes may write to the same database.
    pub(crate) const fn is_shared(&self) -> bool {
        matches!(self.database, Database::Remote(_))
    }

    /// Runs the statements of a query as they stand and answers each of them.
    pub(crate) async fn query(&self, statements: &str, variables: &[(&str, Value)]) -> anyhow::Result<Answer> {
        let mut pause = FIRST_RETRY_PAUSE;
        for _ in 0..MAX_CONFLICT_RETRIES {
            match self.try_query(statements, variables).await {
                Err(error) if is_conflict(&error) => {
                    tokio::time::sleep(pause).await;
                    pause = pause.saturating_mul(2).min(Duration::from_millis(100));
                }
                answered => return answered.with_context(|| first_line(statements)),
            }
        }
        self.try_query(statements, variables).await.with_context(|| first_line(statements))
    }

    async fn try_query(&self, statements: &str, variables: &[(&str, Value)]) -> anyhow::Result<Answer> {
        match &self.database {
            Database::Embedded(db, threads) => {
                let (db, statements, variables) = (db.clone(), statements.to_owned(), owned(variables));
                threads.run(async move { run(&db, statements, variables).await }).await?
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
    Ok(Answer(query.await?.check()?))
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
    text.contains("conflict") || text.contains("can be retried")
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
