//! Typed: keeps what was typed into forms that were refused, in SQL, also while the graph can't be reached.
//! Only this module writes the table `typed_forms`. Nothing in it says who typed, and all of it goes with
//! its time.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use domain::typed::ports::{TypedForms, TypedUnavailable};
use domain::typed::{KEPT_S, Typed, TypedId};
use sqlx::Row;
use uuid::Uuid;

use crate::fault::at_boundary;
use crate::sql::{Sql, now_ms};

/// How often what is over is cleared away.
const PAUSE: Duration = Duration::from_mins(10);

#[derive(Debug, Clone)]
pub(crate) struct SqlTypedForms {
    sql: Sql,
}

impl SqlTypedForms {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    /// Clears away what is over, until the task is dropped.
    pub(crate) async fn tidy(self) {
        loop {
            if let Err(fault) = self.clear_away().await {
                tracing::error!("clearing away what was typed: {fault:#}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn clear_away(&self) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM typed_forms WHERE until_ms <= $1")
            .bind(now_ms())
            .execute(&mut *transaction)
            .await
            .context("clearing away what was typed")?;
        transaction.commit().await.context("clearing away what was typed")
    }

    async fn write(&self, typed: &Typed) -> anyhow::Result<TypedId> {
        let id = TypedId::new(Uuid::new_v4());
        let mut transaction = self.sql.begin().await?;
        sqlx::query("INSERT INTO typed_forms (id, fields, until_ms) VALUES ($1, $2, $3)")
            .bind(id.to_string())
            .bind(serde_json::to_string(typed)?)
            .bind(now_ms() + KEPT_S * 1_000)
            .execute(&mut *transaction)
            .await
            .context("keeping what was typed")?;
        transaction.commit().await.context("keeping what was typed")?;
        Ok(id)
    }

    async fn find(&self, id: TypedId) -> anyhow::Result<Typed> {
        let row = sqlx::query("SELECT fields FROM typed_forms WHERE id = $1 AND until_ms > $2")
            .bind(id.to_string())
            .bind(now_ms())
            .fetch_optional(self.sql.readers())
            .await
            .context("reading what was typed")?;
        let Some(row) = row else { return Ok(Typed::default()) };
        serde_json::from_str(row.try_get("fields")?).context("reading what was typed")
    }
}

#[async_trait]
impl TypedForms for SqlTypedForms {
    async fn keep(&self, typed: &Typed) -> Result<TypedId, TypedUnavailable> {
        at_boundary(self.write(typed).await, TypedUnavailable)
    }

    async fn read(&self, id: TypedId) -> Result<Typed, TypedUnavailable> {
        at_boundary(self.find(id).await, TypedUnavailable)
    }
}
