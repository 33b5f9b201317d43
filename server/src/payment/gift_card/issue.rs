//! Gift cards as whoever runs the store makes, looks at and blocks them.

use anyhow::{Context, ensure};
use domain::order::OrderNumber;
use domain::payment::gift_card::{GiftCardAmount, GiftCardCode, GiftCardId, MAX_ISSUED_AT_ONCE};
use domain::payment::ledger::Posting;
use jiff::Timestamp;
use rand::Rng;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::super::post_apart;
use super::code_hash;
use crate::sql::{Cell, Sql, rows};

/// A change of what is left on a card.
#[derive(Debug, Clone)]
pub(crate) struct GiftCardMovement {
    pub(crate) moved_at: Timestamp,
    pub(crate) kind: String,
    /// The order that it pays for.
    pub(crate) order: Option<OrderNumber>,
    /// Below zero where something was taken off.
    pub(crate) minor_units: i64,
}

/// Issues gift cards over an amount each and answers their codes, which nobody can read again. The ledger notes what is
/// owed from then on.
pub(crate) async fn issue(sql: &Sql, amount: GiftCardAmount, count: u32) -> anyhow::Result<Vec<GiftCardCode>> {
    ensure!(
        (1..=MAX_ISSUED_AT_ONCE).contains(&count),
        "at least 1 and at most {MAX_ISSUED_AT_ONCE} are issued at once"
    );
    let (amount, issued_at) = (amount.money(), Timestamp::now().to_string());
    let codes: Vec<GiftCardCode> = (0..count).map(|_| random_code()).collect();
    let (mut cards, mut movements) = (Vec::with_capacity(codes.len()), Vec::with_capacity(codes.len()));
    for code in &codes {
        let id = GiftCardId::new(Uuid::now_v7()).to_string();
        cards.push([
            Cell::from(id.as_str()),
            code_hash(code).into(),
            code.tail().as_str().into(),
            amount.currency().code().into(),
            amount.minor_units().into(),
            amount.minor_units().into(),
            issued_at.as_str().into(),
        ]);
        movements.push([
            Cell::from(Uuid::now_v7().to_string()),
            id.into(),
            "issue".into(),
            amount.minor_units().into(),
            issued_at.as_str().into(),
        ]);
    }
    let mut transaction = sql.begin().await?;
    let into =
        "INSERT INTO gift_cards (id, code_hash, tail, currency, issued_minor_units, balance_minor_units, issued_at)
                VALUES";
    rows::write(&mut transaction, into, cards, "").await?;
    let into = "INSERT INTO gift_card_movements (id, gift_card_id, kind, minor_units, moved_at) VALUES";
    rows::write(&mut transaction, into, movements, "").await?;
    post_apart(&mut transaction, &Posting::issue(amount.times(count)?)?).await?;
    transaction.commit().await.context("committing gift cards")?;
    Ok(codes)
}

/// From the generator that the operating system seeded.
fn random_code() -> GiftCardCode {
    let mut bytes = [0; 16];
    rand::rng().fill_bytes(&mut bytes);
    GiftCardCode::new(u128::from_be_bytes(bytes))
}

/// All movements of a card, the oldest first.
pub(crate) async fn read_movements(sql: &Sql, card: GiftCardId) -> anyhow::Result<Vec<GiftCardMovement>> {
    let found = sqlx::query(
        "SELECT moved_at, kind, number, minor_units
         FROM gift_card_movements LEFT JOIN orders ON orders.id = gift_card_movements.order_id
         WHERE gift_card_id = $1 ORDER BY gift_card_movements.id",
    )
    .bind(card.to_string())
    .fetch_all(sql.readers())
    .await
    .context("reading the movements of a gift card")?;
    let movement = |row: &AnyRow| {
        let number: Option<String> = row.try_get("number")?;
        anyhow::Ok(GiftCardMovement {
            moved_at: row.try_get::<String, _>("moved_at")?.parse()?,
            kind: row.try_get("kind")?,
            order: number.map(|number| number.parse()).transpose()?,
            minor_units: row.try_get("minor_units")?,
        })
    };
    found.iter().map(movement).collect()
}

/// Blocks a card: it pays nothing more, whoever has its code. What orders hold of it stays theirs.
pub(crate) async fn block(sql: &Sql, card: GiftCardId) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE gift_cards SET blocked = 1 WHERE id = $1")
        .bind(card.to_string())
        .execute(&mut *transaction)
        .await
        .context("blocking a gift card")?;
    transaction.commit().await.context("committing a gift card that is blocked")
}
