use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::payment::gift_card::{GiftCard, GiftCardAmount, GiftCardCode, MAX_ISSUED_AT_ONCE};
use domain::pricing::Money;

use crate::config::DataSettings;
use crate::context::open_sql;
use crate::payment::gift_card::{GiftCardMovement, block, find, issue, read_movements};
use crate::sql::Sql;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes gift cards and prints their codes, each on a line: nobody can read them again
    Issue(IssueArguments),
    /// Says what is left on a gift card, and what became of the rest
    Show(CardArguments),
    /// Blocks a gift card: it pays nothing more
    Block(CardArguments),
}

#[derive(Debug, Args)]
struct IssueArguments {
    /// How much is on each, such as 50.00
    #[arg(long)]
    amount: String,
    /// The currency that it pays in, such as EUR
    #[arg(long)]
    currency: String,
    /// How many
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_ISSUED_AT_ONCE)))]
    count: u32,
    #[command(flatten)]
    data: DataSettings,
}

#[derive(Debug, Args)]
struct CardArguments {
    /// The code of the gift card
    code: GiftCardCode,
    #[command(flatten)]
    data: DataSettings,
}

/// The store may be open meanwhile.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let data = match &arguments.what {
        What::Issue(IssueArguments { data, .. })
        | What::Show(CardArguments { data, .. })
        | What::Block(CardArguments { data, .. }) => data,
    };
    let sql = open_sql(data).await?;
    let done = act(&sql, &arguments.what).await;
    sql.close().await;
    done
}

async fn act(sql: &Sql, what: &What) -> anyhow::Result<()> {
    match what {
        What::Issue(IssueArguments { amount, currency, count, .. }) => {
            let amount: Money = format!("{amount} {currency}").parse()?;
            for code in issue(sql, GiftCardAmount::try_from(amount)?, *count).await? {
                println!("{code}");
            }
            eprintln!("Keep the codes: the store can't show them again.");
        }
        What::Show(CardArguments { code, .. }) => show(sql, &find_card(sql, code).await?).await?,
        What::Block(CardArguments { code, .. }) => {
            let card = find_card(sql, code).await?;
            block(sql, card.id).await?;
            println!("The gift card ending in {} is blocked, with {} on it.", card.tail, card.balance);
        }
    }
    Ok(())
}

async fn find_card(sql: &Sql, code: &GiftCardCode) -> anyhow::Result<GiftCard> {
    find(sql, code).await?.with_context(|| format!("there is no gift card with that code, ending in {}", code.tail()))
}

async fn show(sql: &Sql, card: &GiftCard) -> anyhow::Result<()> {
    let blocked = if card.is_blocked { ", and it is blocked" } else { "" };
    println!("The gift card ending in {} has {} of {} left{blocked}.", card.tail, card.balance, card.issued);
    for GiftCardMovement { moved_at, kind, order, minor_units } in read_movements(sql, card.id).await? {
        let order = order.map(|order| format!(" {order}")).unwrap_or_default();
        println!("{moved_at:.0} {kind}{order} {}", Money::new(minor_units, card.issued.currency()));
    }
    Ok(())
}
