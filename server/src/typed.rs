//! Typed: keeps what was typed into forms that were refused, in SQL, also while the graph can't be reached.
//! Only this module writes the table `typed_forms`. Nothing in it says who typed, and all of it goes with
//! its time.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use domain::typed::ports::{TypedForms, TypedUnavailable};
use domain::typed::{KEPT_S, MAX_KEPT_FORMS, Typed, TypedId};
use sqlx::Row;
use uuid::Uuid;

use crate::fault::at_boundary;
use crate::sql::{Sql, now_ms};

/// How often what is over is cleared away.
const PAUSE: Duration = Duration::from_mins(10);

#[derive(Debug, Clone)]
pub(crate) struct SqlTypedForms {
    sql: Sql,
    max_kept: u32,
}

impl SqlTypedForms {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql, max_kept: MAX_KEPT_FORMS }
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
        let older = "DELETE FROM typed_forms
                     WHERE until_ms < (SELECT until_ms FROM typed_forms ORDER BY until_ms DESC LIMIT 1 OFFSET $1)";
        sqlx::query(older)
            .bind(i64::from(self.max_kept.saturating_sub(1)))
            .execute(&mut *transaction)
            .await
            .context("clearing away what was typed first")?;
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

#[cfg(test)]
mod tests {
    use domain::typed::FORM;

    use super::*;

    #[tokio::test]
    async fn the_oldest_form_makes_room_for_one_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Sql::open(&format!("sqlite://{}", folder.path().join("store.sqlite").display())).await.unwrap();
        let forms = SqlTypedForms { sql, max_kept: 3 };
        let typed = |number: usize| Typed::new(&[(FORM, "answer"), ("answer", &format!("words {number}"))]);
        let mut kept = Vec::new();
        for number in 0..4 {
            kept.push(forms.keep(&typed(number)).await.unwrap());
            let began_ms = now_ms();
            while now_ms() == began_ms {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        assert_eq!(forms.read(kept[0]).await.unwrap(), Typed::default());
        for (number, id) in kept.into_iter().enumerate().skip(1) {
            assert_eq!(forms.read(id).await.unwrap(), typed(number));
        }
    }
}
