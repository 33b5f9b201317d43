//! What the store owes to accounts. A store credit is a gift card without a code: what is kept in the place of a hash
//! is none, so that no code finds it.

use anyhow::Context;
use async_trait::async_trait;
use domain::account::AccountId;
use domain::inventory::Reference;
use domain::operator::DeedKind;
use domain::payment::MovementId;
use domain::payment::gift_card::{
    CREDIT_MOVEMENTS_SHOWN, CreditBook, CreditGift, CreditMovement, CreditMovementKind, GiftCard, GiftCardId,
    GiftCardTail, StoreCredit, StoreCreditError,
};
use domain::payment::ledger::Posting;
use domain::payment::ports::StoreCredits;
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::super::post_apart;
use super::gift_card_of;
use crate::fault::refused_or_told;
use crate::operator::{NewDeed, write_answered_for};
use crate::sql::Sql;

#[derive(Debug, Clone)]
pub(crate) struct SqlStoreCredits {
    sql: Sql,
}

impl SqlStoreCredits {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    /// With so many movements of each credit, the latest ones.
    async fn read_book(&self, account: AccountId, movements: i64) -> anyhow::Result<CreditBook> {
        let mut credits = Vec::new();
        for credit in load_of(&self.sql, account).await? {
            let movements = read_latest(&self.sql, &credit, movements).await?;
            credits.push(StoreCredit { credit, movements });
        }
        Ok(CreditBook { credits, next: MovementId::new(Uuid::now_v7()) })
    }

    async fn give_and_note(&self, account: AccountId, gift: &CreditGift, by: &Reference) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        if !give(&mut transaction, account, gift).await? {
            return Ok(());
        }
        let subject = account.to_string();
        let deed = NewDeed { by, kind: DeedKind::CreditGiven, subject: &subject, movement: Some(gift.key) };
        write_answered_for(&mut transaction, deed, Some(&gift.reason)).await?;
        transaction.commit().await.context("committing store credit")
    }
}

#[async_trait]
impl StoreCredits for SqlStoreCredits {
    async fn of(&self, account: AccountId) -> Result<CreditBook, StoreCreditError> {
        refused_or_told(self.read_book(account, CREDIT_MOVEMENTS_SHOWN.into()).await, StoreCreditError::Unavailable)
    }

    async fn whole(&self, account: AccountId) -> Result<CreditBook, StoreCreditError> {
        refused_or_told(self.read_book(account, i64::MAX).await, StoreCreditError::Unavailable)
    }

    async fn give(&self, account: AccountId, gift: &CreditGift, by: &Reference) -> Result<(), StoreCreditError> {
        refused_or_told(self.give_and_note(account, gift, by).await, StoreCreditError::Unavailable)
    }
}

/// The store credits of an account, by currency.
pub(crate) async fn load_of(sql: &Sql, account: AccountId) -> anyhow::Result<Vec<GiftCard>> {
    let found = sqlx::query(
        "SELECT id, tail, currency, issued_minor_units, balance_minor_units, blocked FROM gift_cards
         WHERE account_id = $1 ORDER BY currency",
    )
    .bind(account.to_string())
    .fetch_all(sql.readers())
    .await
    .context("reading store credit")?;
    found.iter().map(gift_card_of).collect()
}

async fn read_latest(sql: &Sql, credit: &GiftCard, movements: i64) -> anyhow::Result<Vec<CreditMovement>> {
    let found = sqlx::query(
        "SELECT moved_at, kind, number, minor_units, reason
         FROM gift_card_movements LEFT JOIN orders ON orders.id = gift_card_movements.order_id
         WHERE gift_card_id = $1 ORDER BY moved_at DESC, gift_card_movements.id DESC LIMIT $2",
    )
    .bind(credit.id.to_string())
    .bind(movements)
    .fetch_all(sql.readers())
    .await
    .context("reading the movements of a store credit")?;
    let movement = |row: &AnyRow| {
        let (number, reason): (Option<String>, Option<String>) = (row.try_get("number")?, row.try_get("reason")?);
        let kind: String = row.try_get("kind")?;
        anyhow::Ok(CreditMovement {
            moved_at: row.try_get::<String, _>("moved_at")?.parse()?,
            kind: kind_of(&kind).with_context(|| format!("a movement of kind {kind}"))?,
            order: number.map(|number| number.parse()).transpose()?,
            amount: Money::new(row.try_get("minor_units")?, credit.balance.currency()),
            reason: reason.map(|reason| reason.parse()).transpose()?,
        })
    };
    found.iter().map(movement).collect()
}

fn kind_of(stored: &str) -> Option<CreditMovementKind> {
    Some(match stored {
        "issue" => CreditMovementKind::Given,
        "hold" => CreditMovementKind::Paid,
        "release" => CreditMovementKind::Released,
        "refund" => CreditMovementKind::Refunded,
        _ => return None,
    })
}

/// Adds a gift to what an account has in its currency, and the ledger's posting; `false` where it was given before: the
/// caller then rolls back.
///
/// # Errors
/// [`StoreCreditError::NoSuchAccount`].
async fn give(connection: &mut AnyConnection, account: AccountId, gift: &CreditGift) -> anyhow::Result<bool> {
    let (amount, account, now) = (gift.amount.money(), account.to_string(), Timestamp::now().to_string());
    let known =
        sqlx::query("SELECT id FROM accounts WHERE id = $1").bind(account.as_str()).fetch_optional(&mut *connection);
    known.await.context("looking for the account of a gift")?.ok_or(StoreCreditError::NoSuchAccount)?;
    let fresh = GiftCardId::new(Uuid::now_v7()).to_string();
    let row = sqlx::query(
        "INSERT INTO gift_cards
             (id, code_hash, tail, currency, issued_minor_units, balance_minor_units, issued_at, account_id)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7)
         ON CONFLICT (account_id, currency) DO UPDATE SET
             issued_minor_units = gift_cards.issued_minor_units + $5,
             balance_minor_units = gift_cards.balance_minor_units + $5
         RETURNING id",
    )
    .bind(fresh.as_str())
    .bind(format!("store-credit-{fresh}"))
    .bind(GiftCardTail::STORE_CREDIT)
    .bind(amount.currency().code())
    .bind(amount.minor_units())
    .bind(now.as_str())
    .bind(account.as_str())
    .fetch_one(&mut *connection)
    .await
    .context("adding to a store credit")?;
    let noted = sqlx::query(
        "INSERT INTO gift_card_movements (id, gift_card_id, kind, minor_units, moved_at, reason)
         VALUES ($1, $2, 'issue', $3, $4, $5) ON CONFLICT (id) DO NOTHING",
    )
    .bind(gift.key.to_string())
    .bind(row.try_get::<String, _>("id")?)
    .bind(amount.minor_units())
    .bind(now.as_str())
    .bind(gift.reason.as_str())
    .execute(&mut *connection)
    .await
    .context("noting a gift")?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    post_apart(connection, &Posting::issue(amount)?).await?;
    Ok(true)
}

/// Leaves the store credit of an account that is removed to the books alone: nobody has it any more.
pub(crate) async fn disown(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("UPDATE gift_cards SET account_id = NULL, blocked = 1 WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("leaving the store credit of an account to the books")?;
    Ok(())
}
