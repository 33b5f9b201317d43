use std::collections::HashMap;

use anyhow::Context;
use domain::order::OrderId;
use domain::payment::MovementId;
use domain::payment::book::{
    Balance, BookPage, BookQuery, OwedToSeller, POSTINGS_PER_PAGE, Posted, PostingId, SELLERS_SHOWN,
};
use domain::payment::ledger::{Account, Entry, Layer, PostingKind};
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::sql::{Sql, rows};

/// What each account holds.
pub(crate) async fn read_balances(sql: &Sql) -> anyhow::Result<Vec<Balance>> {
    let found = sqlx::query(
        "SELECT account, layer, currency, CAST(SUM(minor_units) AS BIGINT) AS minor_units
         FROM ledger_sums GROUP BY account, layer, currency ORDER BY currency, layer, account",
    )
    .fetch_all(sql.readers())
    .await
    .context("reading the balances of the ledger")?;
    let balance = |row: &AnyRow| {
        let (account, layer) = (account_of(row)?, layer_of(row)?);
        Ok(Balance { account, layer, amount: amount_of(row)? })
    };
    found.iter().map(balance).collect()
}

/// The sellers who are owed most, or who owe most back where nobody is owed more.
pub(crate) async fn read_owed_to_sellers(sql: &Sql) -> anyhow::Result<Vec<OwedToSeller>> {
    let found = sqlx::query(
        "SELECT seller, currency, CAST(-SUM(minor_units) AS BIGINT) AS minor_units FROM ledger_sums
         WHERE account = $1 GROUP BY seller, currency HAVING SUM(minor_units) <> 0
         ORDER BY SUM(minor_units), seller LIMIT $2",
    )
    .bind(Account::Seller.parameter())
    .bind(i64::try_from(SELLERS_SHOWN)?)
    .fetch_all(sql.readers())
    .await
    .context("reading what is owed to sellers")?;
    let owed =
        |row: &AnyRow| Ok(OwedToSeller { seller: row.try_get::<&str, _>("seller")?.parse()?, amount: amount_of(row)? });
    found.iter().map(owed).collect()
}

/// A page of postings: the newest, or those before one of them. What was held before the ledger was kept
/// has no moment and stands in the balances alone.
pub(crate) async fn read_postings(sql: &Sql, query: &BookQuery) -> anyhow::Result<BookPage> {
    let mut reader = sql.readers().acquire().await.context("reading the ledger")?;
    let of_one = "AND ledger_postings.order_id = (SELECT id FROM orders WHERE number = $3)";
    let statement = format!(
        "SELECT ledger_postings.id, number, kind, posted_at
         FROM ledger_postings LEFT JOIN orders ON orders.id = ledger_postings.order_id
         WHERE ledger_postings.id < $1 {} ORDER BY ledger_postings.id DESC LIMIT $2",
        if query.order.is_some() { of_one } else { "" }
    );
    let mut reading = sqlx::query(AssertSqlSafe(statement))
        // Ids are hexadecimal digits: every one of them is less than this.
        .bind(query.before.as_ref().map_or("g", PostingId::as_str))
        .bind(i64::try_from(POSTINGS_PER_PAGE + 1)?);
    if let Some(order) = query.order {
        reading = reading.bind(order.to_string());
    }
    let found = reading.fetch_all(&mut *reader).await.context("reading the ledger")?;
    let has_more = found.len() > POSTINGS_PER_PAGE;
    let found = &found[..found.len().min(POSTINGS_PER_PAGE)];
    let mut entries = entries_of(&mut reader, found).await?;
    let posted = |row: &AnyRow| {
        let (id, kind): (String, String) = (row.try_get("id")?, row.try_get("kind")?);
        let order: Option<String> = row.try_get("number")?;
        anyhow::Ok(Posted {
            entries: entries.remove(&id).unwrap_or_default(),
            id: id.parse()?,
            order: order.map(|order| order.parse()).transpose()?,
            kind: PostingKind::from_parameter(&kind).with_context(|| format!("a posting of kind {kind}"))?,
            posted_at: row.try_get::<String, _>("posted_at")?.parse()?,
        })
    };
    let postings = found.iter().map(posted).collect::<anyhow::Result<Vec<_>>>()?;
    let next = postings.last().filter(|_| has_more).map(|last| last.id.clone());
    Ok(BookPage { postings, next })
}

/// When each movement of an order's money was posted.
pub(crate) async fn read_moments(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<(MovementId, Timestamp)>> {
    let found =
        sqlx::query("SELECT movement_id, posted_at FROM ledger_postings WHERE order_id = $1 AND movement_id <> ''")
            .bind(order.to_string())
            .fetch_all(sql.readers())
            .await
            .context("reading when money moved")?;
    let moment = |row: &AnyRow| {
        let (movement, posted_at): (&str, &str) = (row.try_get("movement_id")?, row.try_get("posted_at")?);
        anyhow::Ok((movement.parse::<MovementId>()?, posted_at.parse::<Timestamp>()?))
    };
    found.iter().map(moment).collect()
}

async fn entries_of(
    connection: &mut AnyConnection,
    postings: &[AnyRow],
) -> anyhow::Result<HashMap<String, Vec<Entry>>> {
    let ids = postings.iter().map(|row| row.try_get("id")).collect::<Result<Vec<String>, _>>()?;
    let statement =
        "SELECT posting_id, account, seller, layer, currency, minor_units FROM ledger_entries WHERE posting_id IN";
    let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
    for row in rows::with_keys(connection, statement, &ids, "ORDER BY posting_id, position").await? {
        entries.entry(row.try_get("posting_id")?).or_default().push(entry_of(&row)?);
    }
    Ok(entries)
}

fn entry_of(row: &AnyRow) -> anyhow::Result<Entry> {
    let seller: Option<String> = row.try_get("seller")?;
    let seller = seller.map(|seller| seller.parse()).transpose()?;
    Ok(Entry { account: account_of(row)?, seller, layer: layer_of(row)?, amount: amount_of(row)? })
}

fn account_of(row: &AnyRow) -> anyhow::Result<Account> {
    let account: &str = row.try_get("account")?;
    Account::from_parameter(account).with_context(|| format!("an account {account}"))
}

fn layer_of(row: &AnyRow) -> anyhow::Result<Layer> {
    let layer: &str = row.try_get("layer")?;
    Layer::from_parameter(layer).with_context(|| format!("a layer {layer}"))
}

fn amount_of(row: &AnyRow) -> anyhow::Result<Money> {
    Ok(Money::new(row.try_get("minor_units")?, row.try_get::<&str, _>("currency")?.parse()?))
}
