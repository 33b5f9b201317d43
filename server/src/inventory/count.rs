use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::{
    BadRow, Comparison, CountError, CountId, CountRow, CountState, Difference, LocationId, Movement, Reference,
    SaleTerms, Stock, StockAt, StockChange, StockCount, Supply, UnitsOnHand,
};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::location::{open_among, read_locations};
use super::movement::{Noted, note};
use super::place::Shelves;
use super::policy::{terms_of, write_terms};
use super::room::read_stock;
use crate::event::{Fact, publish};
use crate::import::{CountSink, Sheet};
use crate::sql::Sql;

/// SKUs of a file that are counted in one transaction: checkouts wait meanwhile.
const SKUS_PER_TRANSACTION: usize = 500;

/// The stock of a SKU that nobody else changes until the transaction ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Locked {
    pub(super) stock: Stock,
    terms: SaleTerms,
    /// Units at other locations than the first.
    elsewhere: i64,
    /// The most units of it that one bundle takes; none where it is no part of any.
    pub(super) bundled: i64,
}

/// Takes in what a feed says of a SKU: how many there are at all locations together.
pub(super) async fn supply(connection: &mut AnyConnection, sku: &Sku, said: Supply) -> anyhow::Result<()> {
    let first = Stock::default().supply(said);
    let added = sqlx::query("INSERT INTO stock (sku, on_hand) VALUES ($1, $2) ON CONFLICT (sku) DO NOTHING")
        .bind(sku.as_str())
        .bind(first.map_or(0, |movement| movement.change().on_hand))
        .execute(&mut *connection)
        .await?;
    if added.rows_affected() == 1 {
        if let Some(movement) = first {
            note_count(connection, sku, LocationId::FIRST, movement, movement.change(), None).await?;
        }
        return follow_policy(connection, sku, SaleTerms::default(), said).await;
    }
    let locked = lock_one(connection, sku).await?.context("stock is gone")?;
    // What is there of a bundle, and when, its parts say.
    if locked.stock.is_bundle() {
        return Ok(());
    }
    if let Some(movement) = locked.stock.supply(said) {
        move_total(connection, sku, locked, movement, None).await?;
    }
    follow_policy(connection, sku, locked.terms, said).await
}

/// Sells a SKU for later where a feed says so, or no more.
async fn follow_policy(
    connection: &mut AnyConnection,
    sku: &Sku,
    terms: SaleTerms,
    said: Supply,
) -> anyhow::Result<()> {
    let policy = said.policy(terms.policy);
    if policy == terms.policy { Ok(()) } else { write_terms(connection, sku, SaleTerms { policy, ..terms }).await }
}

/// Takes in how many units of a SKU somebody found at a location.
pub(super) async fn recount(
    connection: &mut AnyConnection,
    sku: &Sku,
    at: LocationId,
    units: UnitsOnHand,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    let locked = lock_one(connection, sku).await?.ok_or(CountError::NoSuchSku)?;
    ensure!(at.is_first() || is_open(connection, at).await?, CountError::NoSuchLocation);
    match stock_at(connection, sku, locked, at).await?.recount(units)? {
        Some(movement) => write_recount(connection, sku, at, locked, movement, by).await,
        None => Ok(()),
    }
}

async fn is_open(connection: &mut AnyConnection, location: LocationId) -> anyhow::Result<bool> {
    Ok(!open_among(connection, &BTreeSet::from([location])).await?.is_empty())
}

/// Applies a difference. Answers `false`, with nothing changed, where it does not hold any more.
async fn apply_one(
    connection: &mut AnyConnection,
    difference: &Difference,
    by: Option<&Reference>,
) -> anyhow::Result<bool> {
    let (sku, at) = (&difference.sku, difference.location());
    let Some(locked) = lock_one(connection, sku).await? else { return Ok(false) };
    if !at.is_first() && !is_open(connection, at).await? {
        return Ok(false);
    }
    let here = stock_at(connection, sku, locked, at).await?;
    let Some(movement) = difference.movement(here) else { return Ok(false) };
    write_recount(connection, sku, at, locked, movement, by).await?;
    Ok(true)
}

/// What lies of a SKU at a location, while it is locked.
async fn stock_at(
    connection: &mut AnyConnection,
    sku: &Sku,
    locked: Locked,
    at: LocationId,
) -> anyhow::Result<StockAt> {
    if at.is_first() && locked.elsewhere == 0 {
        return Ok(locked.stock.into());
    }
    Shelves::read(connection, &BTreeSet::from([sku.clone()])).await?.at(sku, locked.stock, at)
}

/// Writes what somebody found of a SKU whose stock is locked.
async fn write_recount(
    connection: &mut AnyConnection,
    sku: &Sku,
    at: LocationId,
    Locked { stock, bundled, .. }: Locked,
    movement: Movement,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    let after = stock.after(movement)?;
    set_on_hand(connection, sku, after).await?;
    if !at.is_first() {
        let mut shelves = Shelves::default();
        shelves.change(sku, at, movement.change());
        shelves.write(connection).await?;
    }
    note_count(connection, sku, at, movement, movement.change(), by).await?;
    // Of what is sold for later it may have turned, and so may bundles that it is a part of.
    let may_turn = (stock.available().0 == 0) != (after.available().0 == 0) || stock.beyond() > 0;
    if may_turn || bundled > 0 {
        publish(connection, &[Fact::StockTurned { sku: sku.clone() }]).await?;
    }
    Ok(())
}

/// A SKU's stock, and how it is sold. Written to be locked: nobody reserves between reading and counting.
pub(super) async fn lock_one(connection: &mut AnyConnection, sku: &Sku) -> anyhow::Result<Option<Locked>> {
    let row = sqlx::query(
        "UPDATE stock SET on_hand = on_hand WHERE sku = $1
         RETURNING on_hand, reserved, allocated, beyond, elsewhere, is_bundle, policy, policy_day, policy_units,
             limit_units, limit_period, low_units, bundled_units",
    )
    .bind(sku.as_str())
    .fetch_optional(connection)
    .await
    .context("locking stock")?;
    let locked = |row: AnyRow| {
        let (elsewhere, bundled) = (row.try_get("elsewhere")?, row.try_get("bundled_units")?);
        Ok(Locked { stock: stock_of(&row)?, terms: terms_of(&row)?, elsewhere, bundled })
    };
    row.map(locked).transpose()
}

/// The stock in a row that has its parts.
pub(super) fn stock_of(row: &AnyRow) -> anyhow::Result<Stock> {
    let part = |name: &str| anyhow::Ok(u32::try_from(row.try_get::<i64, _>(name)?)?);
    let stock = Stock::with_beyond(part("on_hand")?, part("reserved")?, part("allocated")?, part("beyond")?)?;
    Ok(stock.bundled(part("is_bundle")? == 1))
}

/// Changes what is on hand of a SKU whose stock is locked, as one who doesn't know where anything lies: the first
/// location has more or fewer, and where fewer are left than lie elsewhere, they are missing there.
pub(super) async fn move_total(
    connection: &mut AnyConnection,
    sku: &Sku,
    locked: Locked,
    movement: Movement,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    let after = locked.stock.after(movement)?;
    set_on_hand(connection, sku, after).await?;
    let missing = locked.elsewhere - i64::from(after.on_hand());
    let mut at_first = movement.change();
    if missing > 0 {
        let mut shelves = Shelves::read(connection, &BTreeSet::from([sku.clone()])).await?;
        for (location, change) in shelves.take_free(sku, missing) {
            at_first = at_first.minus(change);
            note_count(connection, sku, location, movement, change, by).await?;
        }
        shelves.write(connection).await?;
    }
    if at_first == StockChange::default() {
        return Ok(());
    }
    note_count(connection, sku, LocationId::FIRST, movement, at_first, by).await
}

async fn set_on_hand(connection: &mut AnyConnection, sku: &Sku, stock: Stock) -> anyhow::Result<()> {
    sqlx::query("UPDATE stock SET on_hand = $1 WHERE sku = $2")
        .bind(i64::from(stock.on_hand()))
        .bind(sku.as_str())
        .execute(connection)
        .await
        .context("counting stock")?;
    Ok(())
}

async fn note_count(
    connection: &mut AnyConnection,
    sku: &Sku,
    at: LocationId,
    movement: Movement,
    change: StockChange,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    note(connection, Noted { sku, at, reason: movement.reason(), change, by }).await
}

/// Lays a count beside the stock.
pub(super) async fn compare(sql: &Sql, rows: &[(u64, CountRow)], bad_rows: Vec<BadRow>) -> anyhow::Result<Comparison> {
    let skus: BTreeSet<Sku> = rows.iter().map(|(_, row)| row.sku.clone()).collect();
    let keys: Vec<String> = skus.iter().map(Sku::to_string).collect();
    let mut reader = sql.readers().acquire().await.context("reading stock to compare a count with")?;
    let locations = read_locations(&mut reader).await?;
    let totals: HashMap<Sku, Stock> = read_stock(&mut reader, &keys).await?;
    let shelves = if locations.len() > 1 { Shelves::read(&mut reader, &skus).await? } else { Shelves::default() };
    let mut stock = HashMap::with_capacity(totals.len());
    for (sku, total) in totals {
        for (location, _) in shelves.places(&sku) {
            stock.insert((sku.clone(), location), shelves.at(&sku, total, location)?);
        }
        stock.insert((sku.clone(), LocationId::FIRST), shelves.at(&sku, total, LocationId::FIRST)?);
    }
    Ok(Comparison::new(rows, &stock, &locations, bad_rows))
}

/// Keeps a count that waits to be confirmed.
pub(super) async fn open(sql: &Sql, sheet: Sheet, by: &Reference) -> anyhow::Result<CountId> {
    let found = compare(sql, &sheet.rows, sheet.bad_rows).await?;
    let count = StockCount { by: by.clone(), made_at: Timestamp::now(), state: CountState::Open, found };
    let id = CountId::new(Uuid::now_v7());
    let mut transaction = sql.begin().await?;
    sqlx::query("INSERT INTO stock_counts (id, state, document) VALUES ($1, 'open', $2)")
        .bind(id.to_string())
        .bind(serde_json::to_string(&count)?)
        .execute(&mut *transaction)
        .await
        .context("keeping a count")?;
    transaction.commit().await.context("keeping a count")?;
    Ok(id)
}

pub(super) async fn read(sql: &Sql, id: CountId) -> anyhow::Result<Option<StockCount>> {
    let row = sqlx::query("SELECT document FROM stock_counts WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("reading a count")?;
    row.map(|row| serde_json::from_str(row.try_get("document")?).context("reading a stored count")).transpose()
}

/// Applies an open count, wholly or not at all. Answers how many SKUs it changed.
pub(super) async fn apply(sql: &Sql, id: CountId, by: &Reference) -> anyhow::Result<u32> {
    let count = read(sql, id).await?.ok_or(CountError::NotOpen)?;
    let mut transaction = sql.begin().await?;
    close(&mut transaction, id, &count, CountState::Applied).await?;
    for difference in in_order(&count.found.differences).into_values() {
        if !apply_one(&mut transaction, difference, Some(by)).await? {
            transaction.rollback().await?;
            compare_anew(sql, id, &count).await?;
            return Err(CountError::Changed.into());
        }
    }
    transaction.commit().await.context("committing a count")?;
    Ok(u32::try_from(count.found.differences.len())?)
}

/// Gives an open count up.
pub(super) async fn drop_open(sql: &Sql, id: CountId) -> anyhow::Result<()> {
    let count = read(sql, id).await?.ok_or(CountError::NotOpen)?;
    let mut transaction = sql.begin().await?;
    close(&mut transaction, id, &count, CountState::Dropped).await?;
    transaction.commit().await.context("giving a count up")
}

/// Takes a count out of those that are open: of two that try, one does.
async fn close(
    connection: &mut AnyConnection,
    id: CountId,
    count: &StockCount,
    state: CountState,
) -> anyhow::Result<()> {
    let name = if state == CountState::Applied { "applied" } else { "dropped" };
    let document = serde_json::to_string(&StockCount { state, ..count.clone() })?;
    let closed = sqlx::query("UPDATE stock_counts SET state = $1, document = $2 WHERE id = $3 AND state = 'open'")
        .bind(name)
        .bind(document)
        .bind(id.to_string())
        .execute(connection)
        .await
        .context("closing a count")?;
    ensure!(closed.rows_affected() == 1, CountError::NotOpen);
    Ok(())
}

/// Lays what is left of an open count beside the stock as it is now.
async fn compare_anew(sql: &Sql, id: CountId, count: &StockCount) -> anyhow::Result<()> {
    let found = compare(sql, &count.found.rows(), count.found.bad_rows.clone()).await?;
    let document = serde_json::to_string(&StockCount { found, ..count.clone() })?;
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE stock_counts SET document = $1 WHERE id = $2 AND state = 'open'")
        .bind(document)
        .bind(id.to_string())
        .execute(&mut *transaction)
        .await
        .context("comparing a count anew")?;
    transaction.commit().await.context("comparing a count anew")
}

/// In the order in which checkouts lock them, so that neither waits for the other.
fn in_order(differences: &[Difference]) -> BTreeMap<(&Sku, LocationId), &Difference> {
    differences.iter().map(|difference| ((&difference.sku, difference.location()), difference)).collect()
}

/// Counts that come in a file.
pub(crate) struct CountedFile {
    pub(crate) sql: Sql,
    /// The file, if it has a name.
    pub(crate) by: Option<Reference>,
}

#[async_trait]
impl CountSink for CountedFile {
    async fn compare(&self, sheet: Sheet) -> anyhow::Result<Comparison> {
        compare(&self.sql, &sheet.rows, sheet.bad_rows).await
    }

    async fn apply(&self, differences: &[Difference]) -> anyhow::Result<Vec<Difference>> {
        let mut overtaken = Vec::new();
        for some in differences.chunks(SKUS_PER_TRANSACTION) {
            let mut transaction = self.sql.begin().await?;
            for difference in in_order(some).into_values() {
                let counting = apply_one(&mut transaction, difference, self.by.as_ref()).await;
                if !counting.with_context(|| format!("counting {}", difference.sku))? {
                    overtaken.push(difference.clone());
                }
            }
            transaction.commit().await.context("committing a count")?;
        }
        Ok(overtaken)
    }
}
