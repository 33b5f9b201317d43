//! Gift cards in SQL: the tables `gift_cards` and `gift_card_movements`, which only this module writes. A code is
//! kept nowhere: a hash of it finds its card, so that nobody spends anything who reads the database. What is left on
//! a card changes in the checkout's transactions, together with the order and the ledger, and never below zero; each
//! change is a movement, and movements are only ever added.

mod audit;
mod issue;
mod list;
mod redemption;
mod store_credit;

use std::collections::HashMap;

use anyhow::Context;
use domain::account::AccountId;
use domain::payment::gift_card::{GiftCard, GiftCardCode, GiftCardId};
use domain::pricing::{Currency, Money};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{Sql, rows};

pub(crate) use audit::GIFT_CARD_RULES;
pub(crate) use issue::{GiftCardMovement, block, issue, read_movements};
pub(crate) use list::read_page;
pub(crate) use redemption::{Redemption, end_redemption, give_back, hold, lock, redemption_of};
pub(crate) use store_credit::{SqlStoreCredits, disown, load_of};

/// What is kept of a code. It is random itself, so that a fast hash is enough.
fn code_hash(code: &GiftCardCode) -> String {
    blake3::Hash::from(blake3::derive_key("cartograph 2026 gift card code", code.bytes())).to_hex().to_string()
}

fn gift_card_of(row: &AnyRow) -> anyhow::Result<GiftCard> {
    let currency: Currency = row.try_get::<String, _>("currency")?.parse()?;
    Ok(GiftCard {
        id: row.try_get::<String, _>("id")?.parse()?,
        tail: row.try_get::<String, _>("tail")?.parse()?,
        issued: Money::new(row.try_get("issued_minor_units")?, currency),
        balance: Money::new(row.try_get("balance_minor_units")?, currency),
        is_blocked: row.try_get::<i64, _>("blocked")? == 1,
    })
}

/// The gift card of a code.
pub(crate) async fn find(sql: &Sql, code: &GiftCardCode) -> anyhow::Result<Option<GiftCard>> {
    let statement = "SELECT id, tail, currency, issued_minor_units, balance_minor_units, blocked FROM gift_cards
                     WHERE code_hash = $1";
    let found = sqlx::query(statement).bind(code_hash(code)).fetch_optional(sql.readers()).await;
    found.context("looking for a gift card")?.map(|row| gift_card_of(&row)).transpose()
}

/// The gift cards of some ids as they are now, in the same order. Store credit is left out that is not the buyer's.
pub(crate) async fn load(sql: &Sql, ids: &[GiftCardId], buyer: Option<AccountId>) -> anyhow::Result<Vec<GiftCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = sql.readers().acquire().await.context("reading gift cards")?;
    let keys: Vec<String> = ids.iter().map(GiftCardId::to_string).collect();
    let statement = "SELECT id, tail, currency, issued_minor_units, balance_minor_units, blocked, account_id
                     FROM gift_cards WHERE id IN";
    let buyer = buyer.map(|buyer| buyer.to_string());
    let mut cards = HashMap::with_capacity(keys.len());
    for row in rows::with_keys(&mut reader, statement, &keys, "").await? {
        let owner: Option<String> = row.try_get("account_id")?;
        if owner.is_some() && owner != buyer {
            continue;
        }
        let card = gift_card_of(&row)?;
        cards.insert(card.id, card);
    }
    Ok(ids.iter().filter_map(|id| cards.remove(id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kept_as_something_else() {
        let (one, other) = (GiftCardCode::new(1), GiftCardCode::new(2));
        assert_ne!(code_hash(&one), code_hash(&other));
        assert_eq!(code_hash(&one), code_hash(&one.to_string().parse().unwrap()));
        assert!(!code_hash(&one).to_uppercase().contains(&one.to_string().replace('-', "")));
    }
}
