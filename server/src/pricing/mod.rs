//! Pricing: keeps promotions in SQL and counts their uses. Only this module writes the tables
//! `promotions` and `redemptions`; the checkout's transactions call its statements, so that a limit
//! holds for the orders that stand. Imports write promotions, cart and checkout read them.

mod audit;
mod redemption;

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::account::AccountId;
use domain::checkout::Email;
use domain::pricing::ports::{Promotions, PromotionsUnavailable};
use domain::pricing::promotion::{
    Budget, CouponCode, Customers, Offer, Promotion, PromotionId, Shopper, Standing, Terms, Trigger, UseLimit, Uses,
};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::fault::at_boundary;
use crate::import::PromotionSink;
use crate::sql::Sql;
use redemption::{has_ordered, recount, uses_of};

pub(crate) use audit::RULES;
pub(crate) use redemption::{Holding, hold, lock, redeem, release};

/// Promotions that a store keeps, with those that are over: every cart looks at those that apply by
/// themselves.
const MAX_PROMOTIONS: i64 = 1_000;

#[derive(Debug, Clone)]
pub(crate) struct SqlPromotions {
    sql: Sql,
}

impl SqlPromotions {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    async fn read_terms(&self, coupon: Option<&CouponCode>, shopper: &Shopper) -> anyhow::Result<Terms> {
        let now = Timestamp::now();
        let statement = concat!(
            "SELECT document, used, spent_minor_units, CASE WHEN customer_limit IS NULL THEN 0 ELSE (",
            uses_of!("promotions.id", "$3", "$4"),
            ") END AS used_by_customer
            FROM promotions WHERE (code IS NULL AND (until_ms IS NULL OR until_ms > $1)) OR code = $2"
        );
        let (customer, account) = keys_of(shopper.email.as_ref(), shopper.account);
        // No code is empty.
        let rows = sqlx::query(statement)
            .bind(now.as_millisecond())
            .bind(coupon.map_or("", CouponCode::as_str))
            .bind(&customer)
            .bind(&account)
            .fetch_all(self.sql.readers())
            .await
            .context("reading promotions")?;
        let offers: Vec<Offer> = rows.iter().map(offer_of).collect::<Result<_, _>>()?;
        let is_known = shopper.email.is_some() || shopper.account.is_some();
        let is_new = if is_known && offers.iter().any(|offer| offer.promotion.customers == Customers::New) {
            let mut reader = self.sql.readers().acquire().await.context("looking for an order before")?;
            Some(!has_ordered(&mut reader, &customer, &account, None).await?)
        } else {
            None
        };
        let shopper = Standing { is_signed_in: shopper.account.is_some(), is_new, kind: shopper.kind };
        Ok(Terms { now, shopper, offers })
    }

    async fn write_all(&self, batch: &[Promotion]) -> anyhow::Result<()> {
        // In the order in which checkouts lock them; of two with one id, the later one stays.
        let ordered: BTreeMap<&PromotionId, &Promotion> = batch.iter().map(|one| (&one.id, one)).collect();
        let mut transaction = self.sql.begin().await?;
        for promotion in ordered.into_values() {
            put(&mut transaction, promotion).await.with_context(|| format!("writing promotion {}", promotion.id))?;
        }
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM promotions").fetch_one(&mut *transaction).await?;
        ensure!(count <= MAX_PROMOTIONS, "a store keeps at most {MAX_PROMOTIONS} promotions");
        transaction.commit().await.context("committing promotions")
    }
}

/// What orders know a shopper by, however the address is typed: the address and the account, empty where nobody knows it.
fn keys_of(email: Option<&Email>, account: Option<AccountId>) -> (String, String) {
    (email.map(Email::key).unwrap_or_default(), account.map(|account| account.to_string()).unwrap_or_default())
}

fn offer_of(row: &AnyRow) -> anyhow::Result<Offer> {
    let uses = |column: &str| anyhow::Ok(u64::try_from(row.try_get::<i64, _>(column)?)?);
    Ok(Offer {
        promotion: serde_json::from_str(row.try_get("document")?).context("reading a stored promotion")?,
        uses: Uses {
            total: uses("used")?,
            by_customer: uses("used_by_customer")?,
            spent_minor_units: row.try_get("spent_minor_units")?,
        },
    })
}

/// Adds a promotion, or replaces it and leaves its uses.
async fn put(connection: &mut AnyConnection, promotion: &Promotion) -> anyhow::Result<()> {
    let code = match &promotion.trigger {
        Trigger::Automatic => None,
        Trigger::Coupon(code) => Some(code.to_string()),
    };
    let limit = |limit: Option<UseLimit>| limit.map(|limit| i64::from(limit.get()));
    sqlx::query(
        "INSERT INTO promotions (id, code, until_ms, use_limit, customer_limit, document, budget_minor_units,
             budget_currency, customers)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, until_ms = excluded.until_ms,
             use_limit = excluded.use_limit, customer_limit = excluded.customer_limit, document = excluded.document,
             budget_minor_units = excluded.budget_minor_units, budget_currency = excluded.budget_currency,
             customers = excluded.customers",
    )
    .bind(promotion.id.as_str())
    .bind(code)
    .bind(promotion.schedule.until().map(Timestamp::as_millisecond))
    .bind(limit(promotion.uses))
    .bind(limit(promotion.uses_per_customer))
    .bind(serde_json::to_string(promotion)?)
    .bind(promotion.budget.map(Budget::minor_units))
    .bind(promotion.budget.map(|budget| budget.currency().code()))
    .bind(promotion.customers.parameter())
    .execute(&mut *connection)
    .await?;
    recount(connection, &promotion.id).await
}

#[async_trait]
impl Promotions for SqlPromotions {
    async fn terms(&self, coupon: Option<&CouponCode>, shopper: &Shopper) -> Result<Terms, PromotionsUnavailable> {
        at_boundary(self.read_terms(coupon, shopper).await, PromotionsUnavailable)
    }
}

#[async_trait]
impl PromotionSink for SqlPromotions {
    async fn write(&self, batch: Vec<Promotion>) -> anyhow::Result<()> {
        self.write_all(&batch).await
    }
}
