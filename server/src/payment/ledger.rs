use anyhow::Context;
use domain::order::OrderId;
use domain::payment::ledger::Posting;
use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

/// Adds a posting of an order, in the transaction of the change that it records.
///
/// # Errors
/// Also when the order has a posting of this kind: the caller rolls back.
pub(crate) async fn post(connection: &mut AnyConnection, order: OrderId, posting: &Posting) -> anyhow::Result<()> {
    let id = Uuid::now_v7().to_string();
    sqlx::query("INSERT INTO ledger_postings (id, order_id, kind, posted_at) VALUES ($1, $2, $3, $4)")
        .bind(&id)
        .bind(order.to_string())
        .bind(posting.kind().parameter())
        .bind(Timestamp::now().to_string())
        .execute(&mut *connection)
        .await
        .context("adding a posting to the ledger")?;
    for (position, entry) in (0_i64..).zip(posting.entries()) {
        sqlx::query(
            "INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&id)
        .bind(position)
        .bind(entry.account.parameter())
        .bind(entry.layer.parameter())
        .bind(entry.amount.currency().code())
        .bind(entry.amount.minor_units())
        .execute(&mut *connection)
        .await
        .context("adding an entry to the ledger")?;
    }
    Ok(())
}
