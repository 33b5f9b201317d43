//! Clears away what time has ended.

use std::time::Duration;

use anyhow::Context;
use domain::account::{Session, TOTP_SETUP_S};

use super::SqlAccounts;
use crate::sql::now_ms;

const PAUSE: Duration = Duration::from_hours(1);

impl SqlAccounts {
    /// Clears up at once and every hour, until the task is dropped.
    pub(crate) async fn tidy(self) {
        loop {
            if let Err(fault) = self.clear_away().await {
                tracing::error!("clearing up sessions and links: {fault:#}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn clear_away(&self) -> anyhow::Result<()> {
        let now = now_ms();
        let longest_ms = Session::longest_life_s() * 1000;
        let ended = [
            ("DELETE FROM account_sessions WHERE opened_ms <= $1", now - longest_ms),
            ("DELETE FROM account_links WHERE until_ms <= $1", now),
            ("DELETE FROM account_attempts WHERE until_ms <= $1", now),
            ("DELETE FROM account_ceremonies WHERE until_ms <= $1", now),
            ("DELETE FROM account_half_signed_in WHERE until_ms <= $1", now),
            ("DELETE FROM account_totp WHERE is_on = 0 AND made_ms <= $1", now - TOTP_SETUP_S * 1000),
        ];
        let mut transaction = self.sql.begin().await?;
        for (statement, before_ms) in ended {
            sqlx::query(statement).bind(before_ms).execute(&mut *transaction).await.context("clearing up")?;
        }
        transaction.commit().await.context("clearing up")
    }
}
