//! What orders have of gift cards, as statements inside the checkout's transactions.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use domain::checkout::saga::Purchase;
use domain::order::OrderId;
use domain::payment::gift_card::{GiftCardId, GiftCardPart};
use domain::payment::ledger::{LedgerError, Posting};
use domain::payment::{Movement, MovementId, MovementKind};
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::super::ledger::Booking;
use crate::sql::{Cell, bytewise, locking, rows};

/// What came of holding a part of gift cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Redemption {
    Held,
    /// Less is left on a card than the shopper saw, or it was blocked meanwhile.
    Short,
}

/// Locks the gift cards that pay for some purchases, in the order of their ids, so that two checkouts never wait for
/// each other.
pub(crate) async fn lock(connection: &mut AnyConnection, purchases: &[Purchase]) -> anyhow::Result<()> {
    let after = locking(connection);
    if !after.is_empty() {
        let paying: BTreeSet<GiftCardId> =
            purchases.iter().flat_map(|purchase| &purchase.gift_cards).map(|part| part.id).collect();
        let paying: Vec<String> = paying.into_iter().map(|id| id.to_string()).collect();
        let after = format!("ORDER BY id {} {after}", bytewise(connection));
        rows::with_keys(connection, "SELECT id FROM gift_cards WHERE id IN", &paying, &after).await?;
    }
    Ok(())
}

/// Takes what a purchase pays with gift cards off them, or answers that one has too little; the caller then rolls
/// back.
pub(crate) async fn hold(connection: &mut AnyConnection, purchase: &Purchase) -> anyhow::Result<Redemption> {
    for GiftCardPart { id, amount, .. } in &purchase.gift_cards {
        let held = sqlx::query(
            "UPDATE gift_cards SET balance_minor_units = balance_minor_units - $1
             WHERE id = $2 AND currency = $3 AND blocked = 0 AND balance_minor_units >= $4
                 AND (account_id IS NULL OR account_id = $5)",
        )
        .bind(amount.minor_units())
        .bind(id.to_string())
        .bind(amount.currency().code())
        .bind(amount.minor_units())
        .bind(purchase.account.map(|account| account.to_string()))
        .execute(&mut *connection)
        .await
        .context("holding a part of a gift card")?;
        if held.rows_affected() == 0 {
            return Ok(Redemption::Short);
        }
    }
    let parts: Vec<(GiftCardId, i64)> =
        purchase.gift_cards.iter().map(|part| (part.id, -part.amount.minor_units())).collect();
    note(connection, purchase.order, "hold", None, &parts).await?;
    Ok(Redemption::Held)
}

/// What the ledger notes of a purchase that gift cards hold a part of.
pub(crate) fn redemption_of(purchase: &Purchase) -> Result<Option<Booking>, LedgerError> {
    booking(purchase, Posting::redemption)
}

/// Gives the gift cards of a purchase that was declined or cancelled all back that they hold for it. Answers what the
/// ledger has to note of it.
pub(crate) async fn end_redemption(
    connection: &mut AnyConnection,
    purchase: &Purchase,
) -> anyhow::Result<Option<Booking>> {
    let parts: Vec<GiftCardPart> = purchase.gift_cards.iter().cloned().collect();
    add(connection, purchase.order, "release", None, parts).await?;
    Ok(booking(purchase, Posting::redemption_end)?)
}

/// Gives gift cards back what they pay of an amount that comes after another part of the total: what is refunded, or
/// not captured with the last capture. The ledger notes it with the movement.
pub(crate) async fn give_back(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    movement: &Movement,
    before: Money,
    amount: Money,
) -> anyhow::Result<()> {
    let kind = match movement.kind {
        MovementKind::Capture { .. } | MovementKind::Release => "release",
        MovementKind::Refund { .. } => "refund",
    };
    let parts = purchase.gift_cards.moved(purchase.totals.total(), before, amount)?;
    add(connection, purchase.order, kind, Some(movement.id), parts).await
}

fn booking(
    purchase: &Purchase,
    posting: fn(Money) -> Result<Posting, LedgerError>,
) -> Result<Option<Booking>, LedgerError> {
    let total = purchase.totals.total();
    let part = total.minus(purchase.charged()).map_err(|_| LedgerError::TooLarge)?;
    if part.minor_units() == 0 {
        return Ok(None);
    }
    Ok(Some(Booking { order: purchase.order, movement: None, posting: posting(part)? }))
}

/// Adds amounts to what is left on cards.
async fn add(
    connection: &mut AnyConnection,
    order: OrderId,
    kind: &'static str,
    movement: Option<MovementId>,
    mut parts: Vec<GiftCardPart>,
) -> anyhow::Result<()> {
    // As everybody locks them.
    parts.sort_by_key(|part| part.id);
    for GiftCardPart { id, amount, .. } in &parts {
        let added = sqlx::query("UPDATE gift_cards SET balance_minor_units = balance_minor_units + $1 WHERE id = $2")
            .bind(amount.minor_units())
            .bind(id.to_string())
            .execute(&mut *connection)
            .await
            .context("giving a gift card back what it paid")?;
        ensure!(added.rows_affected() == 1, "a gift card is gone");
    }
    let parts: Vec<(GiftCardId, i64)> = parts.iter().map(|part| (part.id, part.amount.minor_units())).collect();
    note(connection, order, kind, movement, &parts).await
}

/// Writes movements of cards.
async fn note(
    connection: &mut AnyConnection,
    order: OrderId,
    kind: &'static str,
    movement: Option<MovementId>,
    parts: &[(GiftCardId, i64)],
) -> anyhow::Result<()> {
    let (movement, moved_at) = (movement.map(|movement| movement.to_string()).unwrap_or_default(), Timestamp::now());
    let row = |(id, minor_units): &(GiftCardId, i64)| -> [Cell; 7] {
        [
            Uuid::now_v7().to_string().into(),
            id.to_string().into(),
            order.to_string().into(),
            kind.into(),
            movement.as_str().into(),
            (*minor_units).into(),
            moved_at.to_string().into(),
        ]
    };
    let into = "INSERT INTO gift_card_movements (id, gift_card_id, order_id, kind, movement_id, minor_units, moved_at)
                VALUES";
    rows::write(connection, into, parts.iter().map(row).collect(), "").await.map(drop)
}
