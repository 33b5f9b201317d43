use anyhow::Context;
use domain::inventory::Reference;
use domain::operator::{Deed, DeedKind, DeedReason};
use domain::payment::MovementId;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::sql::Sql;

/// Deeds that are shown.
const LATEST: i64 = 20;
/// More than anybody does with one order.
const MOST_OF_ONE: i64 = 200;

/// Something that an operator does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewDeed<'a> {
    pub(crate) by: &'a Reference,
    pub(crate) kind: DeedKind,
    pub(crate) subject: &'a str,
    pub(crate) movement: Option<MovementId>,
}

/// Writes down what an operator did, in the transaction that does it.
pub(crate) async fn write_deed(connection: &mut AnyConnection, deed: NewDeed<'_>) -> anyhow::Result<()> {
    write_answered_for(connection, deed, None).await
}

/// As [`write_deed`], with why.
pub(crate) async fn write_answered_for(
    connection: &mut AnyConnection,
    deed: NewDeed<'_>,
    reason: Option<&DeedReason>,
) -> anyhow::Result<()> {
    let NewDeed { by, kind, subject, movement } = deed;
    sqlx::query(
        "INSERT INTO operator_deeds (id, done_by, kind, subject, movement_id, done_at, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(by.as_str())
    .bind(kind.parameter())
    .bind(subject)
    .bind(movement.map(|movement| movement.to_string()))
    .bind(Timestamp::now().to_string())
    .bind(reason.map(|reason| reason.as_str().to_owned()))
    .execute(connection)
    .await
    .context("writing down what an operator did")?;
    Ok(())
}

/// The latest deeds, the newest first.
pub(super) async fn read_latest(sql: &Sql) -> anyhow::Result<Vec<Deed>> {
    let statement = "SELECT done_by, kind, subject, movement_id, done_at, reason FROM operator_deeds
                     ORDER BY id DESC LIMIT $1";
    let found = sqlx::query(statement).bind(LATEST).fetch_all(sql.readers()).await.context("reading deeds")?;
    found.iter().map(deed_of).collect()
}

/// What was done with one subject, the oldest first.
pub(crate) async fn read_of(sql: &Sql, subject: &str) -> anyhow::Result<Vec<Deed>> {
    let found = sqlx::query(
        "SELECT done_by, kind, subject, movement_id, done_at, reason FROM operator_deeds
         WHERE subject = $1 ORDER BY id LIMIT $2",
    )
    .bind(subject)
    .bind(MOST_OF_ONE)
    .fetch_all(sql.readers())
    .await
    .context("reading what was done with one subject")?;
    found.iter().map(deed_of).collect()
}

fn deed_of(row: &AnyRow) -> anyhow::Result<Deed> {
    let (kind, movement): (String, Option<String>) = (row.try_get("kind")?, row.try_get("movement_id")?);
    let reason: Option<String> = row.try_get("reason")?;
    Ok(Deed {
        done_at: row.try_get::<String, _>("done_at")?.parse()?,
        by: row.try_get::<String, _>("done_by")?.parse()?,
        kind: DeedKind::from_parameter(&kind).with_context(|| format!("a deed of kind {kind}"))?,
        subject: row.try_get::<String, _>("subject")?.parse()?,
        movement: movement.map(|movement| movement.parse()).transpose()?,
        reason: reason.map(|reason| reason.parse()).transpose()?,
    })
}
