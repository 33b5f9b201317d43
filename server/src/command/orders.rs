use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::order::OrderNumber;
use domain::payment::{MovementId, MovementKind, MovementRequest, RefundReason, TransferKind};
use domain::pricing::Money;
use tokio::time::Instant;
use uuid::Uuid;

use crate::checkout::{Asking, Requested, ask_to_move, wait_for};
use crate::config::DataSettings;
use crate::context::open_sql;
use crate::order::find_id;
use crate::payment::note_transfer;
use crate::sql::Sql;

/// How long the command waits for an open store to do what it asked for.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Takes money that is held for an order: all of it, or a part
    Capture(CaptureArguments),
    /// Gives back something of what was captured of an order
    Refund(RefundArguments),
    /// Lets go of all that is still held for an order of which something was captured
    Release(ReleaseArguments),
    /// Notes that a customer has transferred what was billed of an order on invoice
    Paid(TransferArguments),
    /// Notes that a customer was transferred what was owed back of a paid invoice
    Repaid(TransferArguments),
}

#[derive(Debug, Args)]
struct CaptureArguments {
    /// The order's number
    number: OrderNumber,
    /// How much, such as 12.90 in the order's currency (default: all that is still held)
    #[arg(long)]
    amount: Option<String>,
    /// Keep the rest held for another capture; without it the rest is let go of
    #[arg(long, requires = "amount")]
    keep_rest: bool,
    #[command(flatten)]
    data: DataSettings,
}

#[derive(Debug, Args)]
struct RefundArguments {
    /// The order's number
    number: OrderNumber,
    /// How much, such as 12.90 in the order's currency
    amount: String,
    /// Why, for whoever reads the books
    #[arg(long)]
    reason: RefundReason,
    /// The key that a refund was asked for with whose end was not seen: asked for again, it is not done twice
    #[arg(long, value_name = "KEY")]
    key: Option<Uuid>,
    #[command(flatten)]
    data: DataSettings,
}

#[derive(Debug, Args)]
struct ReleaseArguments {
    /// The order's number
    number: OrderNumber,
    /// How much, such as 12.90 in the order's currency: refused where another amount is held (default: whatever is)
    #[arg(long)]
    amount: Option<String>,
    #[command(flatten)]
    data: DataSettings,
}

#[derive(Debug, Args)]
struct TransferArguments {
    /// The order's number
    number: OrderNumber,
    /// How much, such as 12.90 in the order's currency: refused where another amount is owed (default: whatever is)
    #[arg(long)]
    amount: Option<String>,
    #[command(flatten)]
    data: DataSettings,
}

/// Asks for a movement of money. An open store does it within seconds, or the next one that opens.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let (request, data) = match arguments.what {
        What::Capture(CaptureArguments { number, amount, keep_rest, data }) => {
            let id = MovementId::new(Uuid::now_v7());
            let kind = MovementKind::Capture { is_last: !keep_rest };
            (MovementRequest { id, number, kind, amount }, data)
        }
        What::Refund(RefundArguments { number, amount, reason, key, data }) => {
            let key = key.unwrap_or_else(Uuid::now_v7);
            eprintln!("If the end of this is not seen, ask again with --key {key}.");
            let id = MovementId::new(key);
            let kind = MovementKind::refund(reason);
            (MovementRequest { id, number, kind, amount: Some(amount) }, data)
        }
        What::Release(ReleaseArguments { number, amount, data }) => {
            let (id, kind) = (MovementId::new(Uuid::now_v7()), MovementKind::Release);
            (MovementRequest { id, number, kind, amount }, data)
        }
        What::Paid(TransferArguments { number, amount, data }) => {
            let sql = open_sql(&data).await?;
            let noted = pay(&sql, number, amount.as_deref()).await;
            sql.close().await;
            return noted;
        }
        What::Repaid(TransferArguments { number, amount, data }) => {
            let sql = open_sql(&data).await?;
            let noted = repay(&sql, number, amount.as_deref()).await;
            sql.close().await;
            return noted;
        }
    };
    let sql = open_sql(&data).await?;
    let done = act(&sql, &request).await;
    sql.close().await;
    done
}

async fn pay(sql: &Sql, number: OrderNumber, amount: Option<&str>) -> anyhow::Result<()> {
    let paid = transfer(sql, number, TransferKind::Payment, amount).await?;
    let paid = paid.with_context(|| format!("nothing of {number} is billed on invoice and not paid yet"))?;
    println!("{paid} of {number} was paid.");
    Ok(())
}

async fn repay(sql: &Sql, number: OrderNumber, amount: Option<&str>) -> anyhow::Result<()> {
    let repaid = transfer(sql, number, TransferKind::Repayment, amount).await?;
    let repaid = repaid.with_context(|| format!("nothing of {number} is owed back on an invoice"))?;
    println!("{repaid} of {number} was paid back.");
    Ok(())
}

async fn transfer(
    sql: &Sql,
    number: OrderNumber,
    kind: TransferKind,
    amount: Option<&str>,
) -> anyhow::Result<Option<Money>> {
    let order = find_id(sql, number).await?.with_context(|| format!("there is no order {number}"))?;
    let mut transaction = sql.begin().await?;
    let noted = note_transfer(&mut transaction, order, kind, amount).await?;
    transaction.commit().await.context("committing a transfer for an invoice")?;
    Ok(noted)
}

async fn act(sql: &Sql, request: &MovementRequest) -> anyhow::Result<()> {
    let requested = ask_to_move(sql, Asking::default(), request).await?;
    let Requested { movement, .. } = &requested;
    let (amount, number) = (movement.amount, request.number);
    let (to_do, done) = match movement.kind {
        MovementKind::Capture { .. } => ("captured", "was captured"),
        MovementKind::Refund { .. } => ("refunded", "was refunded"),
        MovementKind::Release => ("let go of", "was let go of"),
    };
    match wait_for(sql, &requested, Instant::now() + PATIENCE).await? {
        Some(true) => println!("{amount} of {number} {done}."),
        Some(false) => anyhow::bail!("the gateway refuses it; the log of the store says why"),
        None => println!("{amount} of {number} is to be {to_do}: the open store does it, or the next one that opens."),
    }
    Ok(())
}
