use anyhow::Context;
use domain::catalog::Sku;
use domain::inventory::Movement;
use domain::order::OrderId;
use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

/// Writes a movement down, in the transaction that changes the stock.
pub(super) async fn write(
    connection: &mut AnyConnection,
    sku: &Sku,
    order: Option<OrderId>,
    movement: Movement,
) -> anyhow::Result<()> {
    let change = movement.change();
    sqlx::query(
        "INSERT INTO stock_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(sku.as_str())
    .bind(movement.reason().parameter())
    .bind(order.map(|order| order.to_string()))
    .bind(change.on_hand)
    .bind(change.reserved)
    .bind(change.allocated)
    .bind(Timestamp::now().to_string())
    .execute(connection)
    .await
    .with_context(|| format!("writing a movement of {sku} down"))?;
    Ok(())
}
