//! Records that are forgotten when nobody wrote them for long. Each carries the day of its last write: the
//! day and not the moment, for an index over it takes work only when that changes.

use surrealdb::types::SurrealValue;

use super::Graph;
use crate::sql::now_ms;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Days since 1970, as `written_day` counts them.
pub(crate) fn today() -> i64 {
    now_ms() / DAY_MS
}

impl Graph {
    /// Removes the records of a table that nobody wrote for more than so many days.
    pub(crate) async fn forget_unwritten(&self, table: &'static str, days: i64) -> anyhow::Result<()> {
        // A record without a day is less than any number.
        let statement = format!("DELETE {table} WHERE written_day > 0 AND written_day < $oldest RETURN NONE");
        self.query(&statement, &[("oldest", (today() - days).into_value())]).await.map(drop)
    }
}
