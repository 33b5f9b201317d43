//! Policies whose last day has passed: lists hear of it, for nothing else turns then.

use std::time::Duration;

use anyhow::Context;
use domain::catalog::Sku;
use domain::inventory::{SaleTerms, StockPolicy};
use domain::shipment::store_day;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;

use super::SqlInventory;
use super::policy::{TERMS, terms_of, write_terms};
use crate::event::{Fact, publish};
use crate::sql::{locking, rows};

const PAUSE: Duration = Duration::from_mins(5);
/// Policies that are ended in one look.
const BATCH: i64 = 500;

impl SqlInventory {
    /// Ends policies every few minutes, until the task is dropped.
    pub(crate) async fn end_policies(self) {
        loop {
            tokio::time::sleep(PAUSE).await;
            self.end_passed_policies().await;
        }
    }

    /// Ends the policies whose day has passed. What fails is told of, and tried again with the next look.
    pub(crate) async fn end_passed_policies(&self) {
        if let Err(fault) = self.end_those_before(store_day(Timestamp::now())).await {
            tracing::error!("ending policies of stock: {fault:#}");
        }
    }

    /// Ends the policies whose last day was before another one.
    async fn end_those_before(&self, today: Date) -> anyhow::Result<()> {
        // Days of this form stand in the order of their texts.
        let found = sqlx::query("SELECT sku FROM stock WHERE policy_day < $1 ORDER BY sku LIMIT $2")
            .bind(today.to_string())
            .bind(BATCH)
            .fetch_all(self.sql.readers())
            .await
            .context("looking for policies whose day has passed")?;
        for row in found {
            let sku: Sku = row.try_get::<String, _>("sku")?.parse()?;
            if let Err(fault) = self.end_one(&sku, today).await {
                tracing::error!("ending the policy of {sku}: {fault:#}");
            }
        }
        Ok(())
    }

    async fn end_one(&self, sku: &Sku, today: Date) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        let (statement, after) = (format!("SELECT {TERMS} FROM stock WHERE sku IN"), locking(&transaction));
        let found = rows::with_keys(&mut transaction, &statement, &[sku.to_string()], after).await?;
        let Some(terms) = found.first().map(terms_of).transpose()? else { return Ok(()) };
        // Somebody may have set another day meanwhile.
        if terms.policy.on(today) == terms.policy {
            return Ok(());
        }
        write_terms(&mut transaction, sku, SaleTerms { policy: StockPolicy::StopAtZero, ..terms }).await?;
        publish(&mut transaction, &[Fact::StockTurned { sku: sku.clone() }]).await?;
        transaction.commit().await.context("committing the end of a policy")
    }
}
