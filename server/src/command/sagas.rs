use anyhow::Context;
use clap::Args;
use domain::operator::{DeadEvent, SetAside, Trouble, Why};
use domain::order::OrderNumber;

use crate::checkout::{count_set_aside, list_set_aside, resume};
use crate::config::DataSettings;
use crate::context::open_sql;
use crate::event::{count_dead, count_letters, count_on_their_way, list_dead, revive_all};
use crate::sql::Sql;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    /// Take a purchase up again that was set aside
    #[arg(long, value_name = "ORDER")]
    resume: Option<OrderNumber>,
    /// Take all purchases up again that were set aside, such as after a gateway was away for long
    #[arg(long, conflicts_with = "resume")]
    resume_all: bool,
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
    if arguments.resume_all {
        println!(
            "{} purchases are taken up again by the open store, or by the next one that opens.",
            resume_all(sql).await?
        );
    }
    if arguments.revive_events {
        println!("{} events are delivered again.", revive_all(sql).await?);
    }
    let trouble = Trouble {
        purchases: list_set_aside(sql).await?,
        purchases_in_all: count_set_aside(sql).await?,
        events: list_dead(sql, DeadEvent::MAX_SHOWN).await?,
        events_in_all: count_dead(sql).await?,
        on_their_way: count_on_their_way(sql).await?,
        ..Trouble::default()
    };
    tell(&trouble, count_letters(sql).await?);
    Ok(())
}

/// Page by page; what a store sets aside again meanwhile is left. Answers how many.
async fn resume_all(sql: &Sql) -> anyhow::Result<u64> {
    let (waiting, mut resumed) = (count_set_aside(sql).await?, 0);
    while resumed < waiting {
        let some = list_set_aside(sql).await?;
        if some.is_empty() {
            break;
        }
        for SetAside { number, .. } in some {
            let mut transaction = sql.begin().await?;
            resume(&mut transaction, sql, number).await?;
            transaction.commit().await.context("committing what is taken up again")?;
            resumed += 1;
        }
    }
    Ok(resumed)
}

fn tell(trouble: &Trouble, letters: u64) {
    let Trouble { purchases, purchases_in_all, events, events_in_all, on_their_way, .. } = trouble;
    let reason = |why: &Option<Why>| why.as_ref().map_or("nobody noted why".to_owned(), Why::to_string);
    for SetAside { number, state, why, .. } in purchases {
        println!("{number} is {}: {}", state.parameter(), reason(why));
    }
    for DeadEvent { consumer, key, why, .. } in events {
        println!("{consumer} did not hear of {key}: {}", reason(why));
    }
    println!(
        "{purchases_in_all} purchases are set aside, {events_in_all} events were not delivered, {on_their_way} are on \
         their way, {letters} of them to the post."
    );
}
