use anyhow::Context;
use domain::payment::gift_card::{GIFT_CARDS_PER_PAGE, GiftCardId, GiftCardPage, IssuedGiftCard};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::gift_card_of;
use crate::sql::Sql;

/// A page of all gift cards: the newest, or those before one of them. Their ids grow with time.
pub(crate) async fn read_page(sql: &Sql, before: Option<GiftCardId>) -> anyhow::Result<GiftCardPage> {
    let found = sqlx::query(
        "SELECT id, tail, currency, issued_minor_units, balance_minor_units, blocked, issued_at FROM gift_cards
         WHERE id < $1 AND account_id IS NULL ORDER BY id DESC LIMIT $2",
    )
    // Ids are hexadecimal digits: every one of them is less than this.
    .bind(before.map_or_else(|| "g".to_owned(), |id| id.to_string()))
    .bind(i64::try_from(GIFT_CARDS_PER_PAGE + 1)?)
    .fetch_all(sql.readers())
    .await
    .context("listing gift cards")?;
    let issued = |row: &AnyRow| {
        let issued_at = row.try_get::<String, _>("issued_at")?.parse().context("reading when a gift card was made")?;
        anyhow::Ok(IssuedGiftCard { card: gift_card_of(row)?, issued_at })
    };
    let mut cards = found.iter().map(issued).collect::<anyhow::Result<Vec<_>>>()?;
    let has_more = cards.len() > GIFT_CARDS_PER_PAGE;
    cards.truncate(GIFT_CARDS_PER_PAGE);
    let next = cards.last().map(|last| last.card.id).filter(|_| has_more);
    Ok(GiftCardPage { cards, next })
}
