use std::collections::BTreeMap;

use anyhow::Context;
use domain::order::OrderId;
use domain::payment::ledger::{Account, Entry, Layer, Posting, PostingKind};
use domain::payment::{MovementId, Proceeds};
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::sql::{Cell, rows};

/// Parts of a sum: as many as make it unlikely that two of those who post at the same time meet in one.
const PARTS: u8 = 64;

/// A posting of an order, and the movement of money that it records; none for a hold and its end.
#[derive(Debug, Clone)]
pub(crate) struct Booking {
    pub(crate) order: OrderId,
    pub(crate) movement: Option<MovementId>,
    pub(crate) posting: Posting,
}

/// Adds postings of orders, in the transaction of the changes that they record. Those who post at the same
/// time may meet in a row of the sums: nothing that somebody else may have locked is locked after it.
///
/// # Errors
/// Also when an order has a posting of its kind and movement: the caller rolls back.
pub(crate) async fn post(connection: &mut AnyConnection, postings: &[Booking]) -> anyhow::Result<()> {
    let of_orders: Vec<_> =
        postings.iter().map(|booking| (Some(booking.order), booking.movement, &booking.posting)).collect();
    write(connection, &of_orders).await
}

/// As [`post`] does, of what belongs to no order.
pub(crate) async fn post_apart(connection: &mut AnyConnection, posting: &Posting) -> anyhow::Result<()> {
    write(connection, &[(None, None, posting)]).await
}

async fn write(
    connection: &mut AnyConnection,
    postings: &[(Option<OrderId>, Option<MovementId>, &Posting)],
) -> anyhow::Result<()> {
    let posted_at = Timestamp::now().to_string();
    let (mut posted, mut entries) = (Vec::with_capacity(postings.len()), Vec::with_capacity(2 * postings.len()));
    for (order, movement, posting) in postings {
        let id = Uuid::now_v7().to_string();
        for (position, entry) in (0_i64..).zip(posting.entries()) {
            entries.push([
                Cell::from(id.as_str()),
                position.into(),
                entry.account.parameter().into(),
                entry.seller.as_ref().map(|seller| seller.as_str().to_owned()).into(),
                entry.layer.parameter().into(),
                entry.amount.currency().code().into(),
                entry.amount.minor_units().into(),
            ]);
        }
        let kind = posting.kind().parameter();
        let movement = movement.map(|movement| movement.to_string()).unwrap_or_default();
        posted.push([
            Cell::from(id),
            order.map(|order| order.to_string()).into(),
            kind.into(),
            movement.into(),
            posted_at.as_str().into(),
        ]);
    }
    let into = "INSERT INTO ledger_postings (id, order_id, kind, movement_id, posted_at) VALUES";
    rows::write(connection, into, posted, "").await?;
    let into =
        "INSERT INTO ledger_entries (posting_id, position, account, seller, layer, currency, minor_units) VALUES";
    rows::write(connection, into, entries, "").await?;
    add_up(connection, postings.iter().flat_map(|(_, _, posting)| posting.entries())).await
}

/// The tax of an order that is owed to the state: of what was captured of it and not given back, in minor units of its
/// currency.
pub(crate) async fn tax_owed(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<i64> {
    let statement = "SELECT CAST(COALESCE(-SUM(minor_units), 0) AS BIGINT) AS owed
                     FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                     WHERE order_id = $1 AND account = $2 AND layer = $3";
    let row = sqlx::query(statement)
        .bind(order.to_string())
        .bind(Account::Tax.parameter())
        .bind(Layer::Posted.parameter())
        .fetch_one(connection)
        .await
        .context("looking what tax of an order is owed")?;
    Ok(row.try_get("owed")?)
}

/// What was captured of an order for its sellers, and what of that was given back.
#[derive(Debug, Default)]
pub(crate) struct SellersPart {
    pub(crate) captured: Proceeds,
    pub(crate) refunded: Proceeds,
}

pub(crate) async fn sellers_part(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<SellersPart> {
    let statement = "SELECT kind, seller, CAST(ABS(SUM(minor_units)) AS BIGINT) AS minor_units
                     FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                     WHERE order_id = $1 AND seller IS NOT NULL GROUP BY kind, seller";
    let found = sqlx::query(statement).bind(order.to_string()).fetch_all(connection).await;
    let mut part = SellersPart::default();
    for row in found.context("looking what was sold of an order for others")? {
        let (kind, seller): (&str, &str) = (row.try_get("kind")?, row.try_get("seller")?);
        let kind = PostingKind::from_parameter(kind).with_context(|| format!("a posting of kind {kind}"))?;
        let moved = if kind == PostingKind::Capture { &mut part.captured } else { &mut part.refunded };
        moved.add(&seller.parse()?, row.try_get("minor_units")?);
    }
    Ok(part)
}

/// Adds what is posted to the sums of the accounts, to one part of each.
async fn add_up(connection: &mut AnyConnection, entries: impl Iterator<Item = &Entry>) -> anyhow::Result<()> {
    // In one order, so that two who meet in a part do not wait for each other.
    let mut sums: BTreeMap<[&str; 4], i64> = BTreeMap::new();
    for entry in entries {
        let seller = entry.seller.as_ref().map_or("", |seller| seller.as_str());
        let account = [entry.account.parameter(), seller, entry.layer.parameter(), entry.amount.currency().code()];
        let sum = sums.entry(account).or_default();
        *sum = sum.checked_add(entry.amount.minor_units()).context("the postings are too large to be summed")?;
    }
    let part = i64::from(Uuid::new_v4().as_bytes()[0] % PARTS);
    let row = |([account, seller, layer, currency], sum): ([&str; 4], i64)| -> [Cell; 6] {
        [account.into(), seller.into(), layer.into(), currency.into(), part.into(), sum.into()]
    };
    let into = "INSERT INTO ledger_sums (account, seller, layer, currency, part, minor_units) VALUES";
    let add = "ON CONFLICT (account, seller, layer, currency, part)
               DO UPDATE SET minor_units = ledger_sums.minor_units + excluded.minor_units";
    rows::write(connection, into, sums.into_iter().map(row).collect(), add).await.map(drop)
}
