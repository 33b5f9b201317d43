use domain::order::OrderId;
use domain::payment::MovementId;
use domain::payment::ledger::Posting;
use jiff::Timestamp;
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::sql::{Cell, rows};

/// A posting of an order, and the movement of money that it records; none for a hold and its end.
#[derive(Debug, Clone)]
pub(crate) struct Booking {
    pub(crate) order: OrderId,
    pub(crate) movement: Option<MovementId>,
    pub(crate) posting: Posting,
}

/// Adds postings of orders, in the transaction of the changes that they record.
///
/// # Errors
/// Also when an order has a posting of its kind and movement: the caller rolls back.
pub(crate) async fn post(connection: &mut AnyConnection, postings: &[Booking]) -> anyhow::Result<()> {
    let posted_at = Timestamp::now().to_string();
    let (mut posted, mut entries) = (Vec::with_capacity(postings.len()), Vec::with_capacity(2 * postings.len()));
    for Booking { order, movement, posting } in postings {
        let id = Uuid::now_v7().to_string();
        for (position, entry) in (0_i64..).zip(posting.entries()) {
            entries.push([
                Cell::from(id.as_str()),
                position.into(),
                entry.account.parameter().into(),
                entry.layer.parameter().into(),
                entry.amount.currency().code().into(),
                entry.amount.minor_units().into(),
            ]);
        }
        let kind = posting.kind().parameter();
        let movement = movement.map(|movement| movement.to_string()).unwrap_or_default();
        posted.push([
            Cell::from(id),
            order.to_string().into(),
            kind.into(),
            movement.into(),
            posted_at.as_str().into(),
        ]);
    }
    let into = "INSERT INTO ledger_postings (id, order_id, kind, movement_id, posted_at) VALUES";
    rows::write(connection, into, posted, "").await?;
    let into = "INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units) VALUES";
    rows::write(connection, into, entries, "").await.map(drop)
}
