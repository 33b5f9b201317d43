//! How SKUs are sold: beyond what is on hand, and how many of them to one customer.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, ensure};
use domain::account::AccountId;
use domain::catalog::Sku;
use domain::checkout::saga::{Purchase, Shortage};
use domain::inventory::{
    AvailableUnits, Later, LimitPeriod, OnSale, PurchaseLimit, Quantity, SaleTerms, StockPolicy, TermsError,
};
use domain::order::{OrderId, OrderLine};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::event::{Fact, publish};
use crate::sql::{Cell, Sql, rows};

/// The columns that [`terms_of`] reads.
pub(super) const TERMS: &str = "policy, policy_day, policy_units, limit_units, limit_period, low_units";

/// How a SKU is sold, in a row that has [`TERMS`].
pub(super) fn terms_of(row: &AnyRow) -> anyhow::Result<SaleTerms> {
    let units = |name: &str| anyhow::Ok(u32::try_from(row.try_get::<i64, _>(name)?)?);
    let later = match row.try_get::<Option<String>, _>("policy_day")? {
        Some(day) => Some(Later { day: day.parse()?, units: units("policy_units")?.try_into()? }),
        None => None,
    };
    let name: String = row.try_get("policy")?;
    let policy = StockPolicy::named(&name, later).with_context(|| format!("a policy of stock can't be {name}"))?;
    let limit = match units("limit_units")? {
        0 => None,
        units => {
            let name: String = row.try_get("limit_period")?;
            let period = LimitPeriod::from_parameter(&name).with_context(|| format!("a period can't be {name}"))?;
            Some(PurchaseLimit::try_from((Quantity::try_from(units)?, period))?)
        }
    };
    let low = row.try_get::<Option<i64>, _>("low_units")?.map(u32::try_from).transpose()?;
    Ok(SaleTerms { policy, limit, low: low.map(TryInto::try_into).transpose()? })
}

/// What can be bought of a SKU on a day, in a row that has [`TERMS`], what is `free` and `is_bundle`. Of a bundle its
/// parts say it.
pub(super) fn on_sale_of(row: &AnyRow, today: Date) -> anyhow::Result<OnSale> {
    let is_bundle = row.try_get::<i64, _>("is_bundle")? == 1;
    Ok(OnSale { is_bundle, ..OnSale::new(row.try_get("free")?, terms_of(row)?, today) })
}

/// How a SKU is sold; nothing for one that was never stocked.
pub(super) async fn read_terms(sql: &Sql, sku: &Sku) -> anyhow::Result<Option<SaleTerms>> {
    let row = sqlx::query(
        "SELECT policy, policy_day, policy_units, limit_units, limit_period, low_units FROM stock WHERE sku = $1",
    )
    .bind(sku.as_str())
    .fetch_optional(sql.readers())
    .await
    .context("reading how something is sold")?;
    row.as_ref().map(terms_of).transpose()
}

/// Sets how a SKU is sold. Orders that wait for units which an earlier policy let be promised go on waiting.
pub(super) async fn write_terms(connection: &mut AnyConnection, sku: &Sku, terms: SaleTerms) -> anyhow::Result<()> {
    let later = terms.policy.later();
    let (units, period) = terms.limit.map_or((0, LimitPeriod::Ever), |limit| (limit.units().get(), limit.period()));
    let set = sqlx::query(
        "UPDATE stock SET policy = $1, policy_day = $2, policy_units = $3, limit_units = $4, limit_period = $5, low_units = $7,
             beyond = CASE WHEN reserved + allocated - on_hand > $3 THEN reserved + allocated - on_hand ELSE $3 END
         WHERE sku = $6",
    )
    .bind(terms.policy.parameter())
    .bind(later.map(|later| later.day.to_string()))
    .bind(i64::from(terms.policy.beyond()))
    .bind(i64::from(units))
    .bind(period.parameter())
    .bind(sku.as_str())
    .bind(terms.low.map(|low| i64::from(low.units())))
    .execute(&mut *connection)
    .await
    .context("setting how something is sold")?;
    ensure!(set.rows_affected() == 1, TermsError::NoSuchSku);
    Ok(())
}

/// Sets how a SKU is sold, for somebody who runs the store.
pub(super) async fn set_terms(sql: &Sql, sku: &Sku, terms: SaleTerms) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    write_terms(&mut transaction, sku, terms).await?;
    publish(&mut transaction, &[Fact::StockTurned { sku: sku.clone() }]).await?;
    transaction.commit().await.context("committing how something is sold")
}

/// Whether an order waits for units that are not on hand. What is there is for whoever ordered first, and the ids
/// of orders grow with time; what is kept for exchanges is on hand in any case.
pub(crate) async fn waits(sql: &Sql, order: OrderId) -> anyhow::Result<bool> {
    let waiting: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM reservations AS own JOIN stock ON stock.sku = own.sku
         WHERE own.order_id = $1 AND own.state IN ('reserved', 'allocated')
             AND stock.reserved + stock.allocated > stock.on_hand
             AND stock.on_hand - COALESCE((
                 SELECT SUM(quantity) FROM order_exchanges AS kept
                 WHERE kept.sku = own.sku AND kept.state IN ('reserved', 'allocated')), 0) < (
                 SELECT SUM(quantity) FROM reservations AS held
                 WHERE held.sku = own.sku AND held.state IN ('reserved', 'allocated') AND held.order_id <= own.order_id)",
    )
    .bind(order.to_string())
    .fetch_one(sql.readers())
    .await
    .context("looking whether an order waits for stock")?;
    Ok(waiting > 0)
}

/// How much customers may still buy, while the stock of it is locked.
#[derive(Debug, Default)]
pub(super) struct Limits {
    of_skus: HashMap<Sku, PurchaseLimit>,
    /// What a customer bought before, by the order that they place now.
    before: HashMap<(OrderId, Sku), u32>,
    /// What is bought in this transaction.
    taken: Vec<Taken>,
}

#[derive(Debug)]
struct Taken {
    sku: Sku,
    customer: String,
    account: Option<AccountId>,
    units: u32,
}

impl Limits {
    /// Reads what the customers of some purchases bought of what is limited.
    pub(super) async fn read(
        connection: &mut AnyConnection,
        of_skus: HashMap<Sku, PurchaseLimit>,
        purchases: &[Purchase],
    ) -> anyhow::Result<Self> {
        let (now, mut asked, mut wanted) = (Timestamp::now(), HashSet::new(), Vec::new());
        for purchase in purchases {
            for OrderLine { sku, .. } in &purchase.lines {
                if let Some(limit) = of_skus.get(sku)
                    && asked.insert((purchase.order, sku))
                {
                    wanted.push(bought_since(purchase, sku, limit.period().since(now)));
                }
            }
        }
        let before = bought_before(connection, wanted).await?;
        Ok(Self { of_skus, before, taken: Vec::new() })
    }

    /// The lines of a purchase that are more than its customer may buy.
    pub(super) fn exceeded(
        &self,
        purchase: &Purchase,
        available: impl Fn(&OrderLine) -> AvailableUnits,
    ) -> Vec<Shortage> {
        let exceeded = purchase.lines.iter().filter_map(|line| {
            let limit = *self.of_skus.get(&line.sku)?;
            let before = self.before.get(&(purchase.order, line.sku.clone())).copied().unwrap_or_default();
            let left = limit.left_after(before.saturating_add(self.taken_by(purchase, &line.sku)));
            (left < line.quantity.get()).then(|| Shortage {
                sku: line.sku.clone(),
                available: available(line).min(AvailableUnits(left)),
                limit: Some(limit),
            })
        });
        exceeded.collect()
    }

    /// Counts a purchase.
    pub(super) fn count(&mut self, purchase: &Purchase) {
        let limited = purchase.lines.iter().filter(|line| self.of_skus.contains_key(&line.sku));
        let taken = limited.map(|line| Taken {
            sku: line.sku.clone(),
            customer: purchase.contact.email.key(),
            account: purchase.account,
            units: line.quantity.get(),
        });
        self.taken.extend(taken);
    }

    fn taken_by(&self, purchase: &Purchase, sku: &Sku) -> u32 {
        let customer = purchase.contact.email.key();
        let is_theirs = |taken: &&Taken| {
            let is_same_account = taken.account.is_some() && taken.account == purchase.account;
            taken.sku == *sku && (taken.customer == customer || is_same_account)
        };
        self.taken.iter().filter(is_theirs).map(|taken| taken.units).sum()
    }
}

/// Asks what the customer of a purchase bought of a SKU since a moment.
fn bought_since(purchase: &Purchase, sku: &Sku, since: Timestamp) -> [Cell; 5] {
    [
        purchase.order.to_string().into(),
        sku.as_str().into(),
        since.to_string().into(),
        purchase.contact.email.key().into(),
        purchase.account.map(|account| account.to_string()).into(),
    ]
}

/// What customers bought before, as accounts or under their e-mail addresses, by the orders that they place now. What
/// was given back before it was sent doesn't count.
/// A bundle is one thing that is bought: its parts are held for it, and are not bought themselves.
async fn bought_before(
    connection: &mut AnyConnection,
    wanted: Vec<[Cell; 5]>,
) -> anyhow::Result<HashMap<(OrderId, Sku), u32>> {
    let found = rows::write_returning(
        connection,
        "SELECT wanted.column1 AS order_id, wanted.column2 AS sku, CAST(SUM(
             COALESCE((
                 SELECT quantity FROM reservations AS held
                 WHERE held.order_id = orders.id AND held.sku = wanted.column2 AND held.state <> 'released'), 0)
             - COALESCE((
                 SELECT SUM(parts.bundles * parts.units_each) FROM order_bundle_parts AS parts
                     JOIN reservations AS held ON held.order_id = parts.order_id AND held.sku = parts.part_sku
                 WHERE parts.order_id = orders.id AND parts.part_sku = wanted.column2 AND held.state <> 'released'), 0)
             + COALESCE((
                 SELECT MAX(parts.bundles) FROM order_bundle_parts AS parts
                     JOIN reservations AS held ON held.order_id = parts.order_id AND held.sku = parts.part_sku
                 WHERE parts.order_id = orders.id AND parts.bundle_sku = wanted.column2 AND held.state <> 'released'), 0)
         ) AS BIGINT) AS units FROM (VALUES",
        wanted,
        ") AS wanted
             JOIN orders ON (orders.customer = wanted.column4 OR orders.account_id = wanted.column5)
                 AND orders.placed_at >= wanted.column3
         GROUP BY wanted.column1, wanted.column2",
    );
    let bought = |row: AnyRow| {
        let (order, sku): (&str, &str) = (row.try_get("order_id")?, row.try_get("sku")?);
        let bought: (OrderId, Sku) = (order.parse()?, sku.parse()?);
        anyhow::Ok((bought, u32::try_from(row.try_get::<i64, _>("units")?.max(0)).unwrap_or(u32::MAX)))
    };
    found.await.context("counting what customers bought")?.into_iter().map(bought).collect()
}
