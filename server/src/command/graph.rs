use std::collections::HashSet;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::operator::EventId;

use crate::cart::GraphCarts;
use crate::config::DataSettings;
use crate::context::{Databases, open_sql};
use crate::event::{Fact, REBUILDING, RELAYING, count_of_key, list_dead, publish};
use crate::order::{AccessKey, OrderGraph, SqlOrders, rebuild_page};
use crate::sql::{Leases, Sql};
use crate::wish_list::GraphWishLists;

/// How often an open store is asked whether it is done.
const ASKING_PAUSE: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes the graph's orders anew from the books, and what is saved from the lists; the store may be open meanwhile
    Rebuild {
        #[command(flatten)]
        data: DataSettings,
    },
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let What::Rebuild { data } = arguments.what;
    let sql = open_sql(&data).await?;
    let rebuilt = rebuild(&sql, &data).await;
    sql.close().await;
    rebuilt
}

/// An open store does it itself, for nobody else may write the orders of its graph.
async fn rebuild(sql: &Sql, data: &DataSettings) -> anyhow::Result<()> {
    if !Leases::is_anybody_there(sql).await? {
        return rebuild_here(data).await;
    }
    let earlier: HashSet<EventId> = list_dead(sql, u32::MAX).await?.into_iter().map(|event| event.id).collect();
    let mut transaction = sql.begin().await?;
    publish(&mut transaction, &[Fact::GraphRebuilt { after: None }]).await?;
    transaction.commit().await.context("asking the open store to write its graph anew")?;
    while count_of_key(sql, REBUILDING).await? > 0 {
        if !Leases::is_anybody_there(sql).await? {
            anyhow::bail!("the store closed meanwhile; it goes on when it opens again, or run this again");
        }
        tokio::time::sleep(ASKING_PAUSE).await;
    }
    if let Some(dead) = list_dead(sql, u32::MAX)
        .await?
        .into_iter()
        .find(|event| &*event.key == REBUILDING && !earlier.contains(&event.id))
    {
        let why = dead.why.map(|why| why.to_string()).unwrap_or_default();
        anyhow::bail!("the store tried too often: {why}; mend it and run `cartograph sagas --revive-events`");
    }
    println!("The open store has written the orders of its graph anew.");
    Ok(())
}

async fn rebuild_here(data: &DataSettings) -> anyhow::Result<()> {
    let databases = Databases::open(data).await?;
    let rebuilt = rebuild_all(&databases).await;
    databases.close().await;
    let (written, removed) = rebuilt?;
    println!("{written} orders of the graph were written anew, {removed} that never were are removed.");
    Ok(())
}

/// Answers how many orders were written and removed.
async fn rebuild_all(Databases { graph, sql }: &Databases) -> anyhow::Result<(u64, u64)> {
    let leases = Leases::new(sql.clone());
    // No key opens anything here: orders are read by their ids.
    let orders = SqlOrders::new(sql.clone(), AccessKey::derive(&[]));
    let order_graph = OrderGraph::new(graph.clone());
    let (mut after, mut written, mut removed) = (None, 0, 0);
    loop {
        // A store that opens meanwhile waits with its own events.
        leases.take(RELAYING).await?.context("a store opened meanwhile; run this again, and it does it itself")?;
        let rebuilt = rebuild_page(&orders, &order_graph, after).await?;
        (written, removed) = (written + rebuilt.orders, removed + rebuilt.removed);
        after = rebuilt.last;
        if after.is_none() {
            break;
        }
    }
    GraphWishLists::new(graph.clone()).write_saved_anew().await?;
    GraphCarts::new(graph.clone()).write_saved_anew().await?;
    leases.give_back(RELAYING).await?;
    Ok((written, removed))
}
