use anyhow::Context as _;
use domain::order::OrderId;
use domain::payment::{EndingHold, HOLDS_SHOWN};
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::Row as _;

use crate::sql::Sql;

/// What banks hold by card for orders that were not sent, and will not hold for long: the oldest first. What gift cards
/// pay ends never, and moves last.
pub(crate) async fn list_ending_holds(sql: &Sql, now: Timestamp) -> anyhow::Result<Vec<EndingHold>> {
    let rows = sqlx::query(
        "SELECT number, currency, held, reached_at FROM (
             SELECT orders.id, number, currency, order_steps.reached_at, total_minor_units - captured_minor_units
                 - (SELECT CAST(COALESCE(-SUM(minor_units), 0) AS BIGINT) FROM gift_card_movements
                     WHERE gift_card_movements.order_id = orders.id AND kind = 'hold') AS held
             FROM orders JOIN order_steps ON order_steps.order_id = orders.id AND order_steps.state = 'confirmed'
             WHERE orders.state = 'confirmed' AND settled = 0 AND orders.id < $1
                 AND NOT EXISTS (SELECT 1 FROM invoices WHERE invoices.order_id = orders.id)
         ) AS held_orders WHERE held > 0 ORDER BY id LIMIT $2",
    )
    .bind(OrderId::before_all_since(EndingHold::none_since(now)).to_string())
    .bind(i64::from(HOLDS_SHOWN))
    .fetch_all(sql.readers())
    .await
    .context("looking for holds that end")?;
    let mut ending = Vec::with_capacity(rows.len());
    for row in rows {
        let amount = Money::new(row.try_get("held")?, row.try_get::<String, _>("currency")?.parse()?);
        let held_since = row.try_get::<String, _>("reached_at")?.parse()?;
        ending.extend(EndingHold::of(row.try_get::<String, _>("number")?.parse()?, amount, held_since, now));
    }
    Ok(ending)
}
