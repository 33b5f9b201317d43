use anyhow::Context;
use clap::Args;
use domain::operator::{DeadEvent, SetAside, Why};
use domain::order::OrderNumber;

use crate::checkout::{list_set_aside, resume};
use crate::config::DataSettings;
use crate::context::open_sql;
use crate::event::{count_on_their_way, list_dead, revive_all};
use crate::sql::Sql;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    /// Take a purchase up again that was set aside
    #[arg(long, value_name = "ORDER")]
    resume: Option<OrderNumber>,
    /// Deliver the events again that failed too often
    #[arg(long)]
    revive_events: bool,
}

/// Whatever the store left to an operator; the store may be open meanwhile.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let sql = open_sql(&arguments.data).await?;
    let done = look_after(&sql, &arguments).await;
    sql.close().await;
    done
}

async fn look_after(sql: &Sql, arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(number) = arguments.resume {
        let mut transaction = sql.begin().await?;
        resume(&mut transaction, sql, number).await?;
        transaction.commit().await.context("committing what is taken up again")?;
        println!("{number} is taken up again by the open store, or by the next one that opens.");
    }
    if arguments.revive_events {
        println!("{} events are delivered again.", revive_all(sql).await?);
    }
    tell(&list_set_aside(sql).await?, &list_dead(sql).await?, count_on_their_way(sql).await?);
    Ok(())
}

fn tell(purchases: &[SetAside], events: &[DeadEvent], on_their_way: u64) {
    let reason = |why: &Option<Why>| why.as_ref().map_or("nobody noted why".to_owned(), Why::to_string);
    for SetAside { number, state, why, .. } in purchases {
        println!("{number} is {}: {}", state.parameter(), reason(why));
    }
    for DeadEvent { consumer, key, why, .. } in events {
        println!("{consumer} did not hear of {key}: {}", reason(why));
    }
    println!(
        "{} purchases are set aside, {} events were not delivered, {on_their_way} are on their way.",
        purchases.len(),
        events.len()
    );
}
