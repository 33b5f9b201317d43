use clap::Args;
use domain::order::OrderNumber;

use crate::checkout::{SetAside, list_set_aside, resume};
use crate::config::DataSettings;
use crate::context::open_sql;
use crate::event::{DeadEvent, list_dead, revive};
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
        resume(sql, number).await?;
        println!("{number} is taken up again by the open store, or by the next one that opens.");
    }
    if arguments.revive_events {
        println!("{} events are delivered again.", revive(sql).await?);
    }
    tell(&list_set_aside(sql).await?, &list_dead(sql).await?);
    Ok(())
}

fn tell(purchases: &[SetAside], events: &[DeadEvent]) {
    for SetAside { number, state, last_error } in purchases {
        println!("{number} is {state}: {}", last_error.as_deref().unwrap_or("nobody noted why"));
    }
    for DeadEvent { consumer, key, last_error } in events {
        println!("{consumer} did not hear of {key}: {}", last_error.as_deref().unwrap_or("nobody noted why"));
    }
    println!("{} purchases are set aside, {} events were not delivered.", purchases.len(), events.len());
}
