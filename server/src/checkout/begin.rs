//! How purchases begin, many in one transaction.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::checkout::IdempotencyKey;
use domain::checkout::saga::{Event, Purchase, Shortage};
use domain::order::OrderState;
use sqlx::{AnyConnection, Row};

use super::saga_log::{Entry, insert_events, parse_purchase, publish_turns};
use crate::inventory::{self, Refused, StockTurn};
use crate::order;
use crate::payment;
use crate::payment::gift_card::{self, Redemption};
use crate::pricing::{self, Holding};
use crate::sql::{Cell, Sql, Write, locking, rows};

/// What became of the first transaction.
pub(super) enum Beginning {
    /// With the first events of its log.
    Begun,
    Short {
        shortages: Vec<Shortage>,
    },
    /// A promotion was used up meanwhile.
    UsedUp,
    /// A bundle is made of something else than its shopper saw.
    BundleChanged,
    /// Less is left on a gift card than it was to pay.
    GiftCardsShort,
    /// The key bought something already.
    Known {
        purchase: Box<Purchase>,
    },
}

impl From<Refused> for Beginning {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Short(shortages) => Self::Short { shortages },
            Refused::BundleChanged => Self::BundleChanged,
        }
    }
}

/// The events that a purchase begins with.
pub(super) const FIRST_EVENTS: [Event; 2] = [Event::Begun, Event::Reserved];

const PURCHASES: &str = "SELECT purchase FROM idempotency_keys JOIN sagas ON sagas.order_id = idempotency_keys.order_id
                         WHERE key IN";

/// What a key bought, if anything.
pub(super) async fn find_purchase(sql: &Sql, key: IdempotencyKey) -> anyhow::Result<Option<Purchase>> {
    let mut reader = sql.readers().acquire().await.context("looking a key up")?;
    Ok(find_purchases(&mut reader, &[key.to_string()]).await?.pop())
}

/// What the keys of some purchases bought before.
async fn find_known(
    connection: &mut AnyConnection,
    purchases: &[Purchase],
) -> anyhow::Result<HashMap<IdempotencyKey, Purchase>> {
    let keys: Vec<String> = purchases.iter().map(|purchase| purchase.key.to_string()).collect();
    let known = find_purchases(connection, &keys).await?;
    Ok(known.into_iter().map(|purchase| (purchase.key, purchase)).collect())
}

async fn find_purchases(connection: &mut AnyConnection, keys: &[String]) -> anyhow::Result<Vec<Purchase>> {
    let found = rows::with_keys(connection, PURCHASES, keys, "").await?;
    found.iter().map(|row| parse_purchase(row.try_get("purchase")?)).collect()
}

/// One transaction: orders as `pending`, for each all of its reservations, uses of promotions and parts of gift cards
/// or none, its key, its log, the ledger, the outbox. The server that begins a saga drives it.
pub(super) struct Begin {
    pub(super) server: Arc<str>,
}

#[async_trait]
impl Write for Begin {
    type Job = Purchase;
    type Outcome = Beginning;

    async fn write(&self, connection: &mut AnyConnection, jobs: &[Purchase]) -> anyhow::Result<Vec<Beginning>> {
        let mut sorted = sort_out(connection, jobs).await?;
        let (begun, turns) = (std::mem::take(&mut sorted.begun), std::mem::take(&mut sorted.turns));
        if !begun.is_empty() {
            insert_orders(connection, &begun.iter().copied().filter(|one| !is_reduced(one)).collect::<Vec<_>>())
                .await?;
            insert_keys(connection, &begun).await?;
            inventory::reserve(connection, &begun).await?;
            self.insert_sagas(connection, &begun).await?;
            post_redemptions(connection, &begun).await?;
            publish_turns(connection, turns).await?;
        }
        Ok(sorted.beginnings)
    }
}

impl Begin {
    async fn insert_sagas(&self, connection: &mut AnyConnection, begun: &[&Purchase]) -> anyhow::Result<()> {
        let row = |purchase: &&Purchase| -> anyhow::Result<[Cell; 3]> {
            Ok([
                purchase.order.to_string().into(),
                serde_json::to_string(purchase)?.into(),
                self.server.as_ref().into(),
            ])
        };
        let sagas = begun.iter().map(row).collect::<Result<_, _>>()?;
        rows::write(connection, "INSERT INTO sagas (order_id, purchase, taken_by) VALUES", sagas, "").await?;
        let entry = |purchase: &&Purchase| Entry { order: purchase.order, position: 0, events: &FIRST_EVENTS };
        insert_events(connection, &begun.iter().map(entry).collect::<Vec<_>>()).await
    }
}

/// What becomes of some purchases.
#[derive(Default)]
struct Sorted<'a> {
    beginnings: Vec<Beginning>,
    begun: Vec<&'a Purchase>,
    turns: Vec<StockTurn>,
}

/// Says what becomes of each purchase, the first one first. What has promotions or gift cards stands as an
/// order by then, for they are counted under its id; everything else is written together afterwards.
async fn sort_out<'a>(connection: &mut AnyConnection, jobs: &'a [Purchase]) -> anyhow::Result<Sorted<'a>> {
    let mut known = find_known(connection, jobs).await?;
    // Whoever bought already waits for nobody.
    let wanted: Cow<'_, [Purchase]> = if known.is_empty() {
        jobs.into()
    } else {
        jobs.iter().filter(|purchase| !known.contains_key(&purchase.key)).cloned().collect()
    };
    let mut remaining = inventory::lock(connection, &wanted).await?;
    pricing::lock(connection, &wanted).await?;
    gift_card::lock(connection, &wanted).await?;
    if !locking(connection).is_empty() {
        // A twin on another server wants the same: whoever has waited for its locks sees what it bought.
        known.extend(find_known(connection, &wanted).await?);
    }
    let mut sorted = Sorted::default();
    for purchase in jobs {
        if let Some(known) = known.get(&purchase.key) {
            sorted.beginnings.push(Beginning::Known { purchase: Box::new(known.clone()) });
            continue;
        }
        if is_reduced(purchase) {
            execute(connection, "SAVEPOINT purchase").await?;
            insert_orders(connection, &[purchase]).await?;
            if let Some(refused) = hold(connection, purchase).await? {
                execute(connection, "ROLLBACK TO SAVEPOINT purchase").await?;
                sorted.beginnings.push(refused);
                continue;
            }
        }
        match inventory::take(&mut remaining, purchase) {
            Ok(turns) => {
                if is_reduced(purchase) {
                    execute(connection, "RELEASE SAVEPOINT purchase").await?;
                }
                sorted.beginnings.push(Beginning::Begun);
                sorted.begun.push(purchase);
                sorted.turns.extend(turns);
                known.insert(purchase.key, purchase.clone());
            }
            Err(refused) => {
                if is_reduced(purchase) {
                    execute(connection, "ROLLBACK TO SAVEPOINT purchase").await?;
                }
                sorted.beginnings.push(refused.into());
            }
        }
    }
    Ok(sorted)
}

/// Whether promotions or gift cards lower what is charged, which others may use up at the same moment.
fn is_reduced(purchase: &Purchase) -> bool {
    !purchase.promotions().is_empty() || !purchase.gift_cards.is_empty()
}

/// Takes what a purchase uses of promotions and gift cards, or answers what is used up; the caller then rolls back.
async fn hold(connection: &mut AnyConnection, purchase: &Purchase) -> anyhow::Result<Option<Beginning>> {
    if pricing::hold(connection, purchase).await? == Holding::UsedUp {
        return Ok(Some(Beginning::UsedUp));
    }
    let held = gift_card::hold(connection, purchase).await?;
    Ok((held == Redemption::Short).then_some(Beginning::GiftCardsShort))
}

async fn post_redemptions(connection: &mut AnyConnection, begun: &[&Purchase]) -> anyhow::Result<()> {
    let bookings = begun.iter().filter_map(|purchase| gift_card::redemption_of(purchase).transpose());
    payment::post(connection, &bookings.collect::<Result<Vec<_>, _>>()?).await
}

async fn insert_orders(connection: &mut AnyConnection, purchases: &[&Purchase]) -> anyhow::Result<()> {
    let order = |purchase: &&Purchase| (purchase.order(OrderState::Pending), purchase.account);
    let orders: Vec<_> = purchases.iter().map(order).collect();
    order::insert(connection, &orders).await
}

async fn insert_keys(connection: &mut AnyConnection, purchases: &[&Purchase]) -> anyhow::Result<()> {
    let row = |purchase: &&Purchase| [purchase.key.to_string().into(), purchase.order.to_string().into()];
    let keys: Vec<[Cell; 2]> = purchases.iter().map(row).collect();
    let into = "INSERT INTO idempotency_keys (key, order_id) VALUES";
    let kept = rows::write(connection, into, keys, "ON CONFLICT (key) DO NOTHING").await?;
    ensure!(kept == purchases.len() as u64, "another server has taken a key at the same moment");
    Ok(())
}

async fn execute(connection: &mut AnyConnection, statement: &'static str) -> anyhow::Result<()> {
    sqlx::raw_sql(statement).execute(connection).await.context(statement)?;
    Ok(())
}
