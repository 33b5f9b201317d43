//! The letters about orders: which ones are still to be written, and which ones were. Only this module writes the
//! table `order_letters`.

use std::collections::HashSet;

use anyhow::Context;
use async_trait::async_trait;
use domain::mail::Letter;
use domain::order::letter::{
    LETTERS_PER_PAGE, LetterId, LetterPage, LetterQuery, Letterhead, WrittenLetter, due, due_of_refunds, due_of_returns,
};
use domain::order::ports::{OrderLetters, OrdersUnavailable};
use domain::order::returns::Return;
use domain::order::{Order, OrderId, OrderState};
use domain::payment::aftermath::FailedRefund;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::exchange::exchanged_among;
use super::{AccessKey, SqlOrders, read_returns};
use crate::fault::at_boundary;
use crate::payment::aftermath::failed_refunds_of;
use crate::sql::{Cell, Sql, rows};

#[derive(Debug, Clone)]
pub(crate) struct Letters {
    sql: Sql,
    orders: SqlOrders,
    key: AccessKey,
    letterhead: Letterhead,
}

impl Letters {
    pub(crate) const fn new(sql: Sql, orders: SqlOrders, key: AccessKey, letterhead: Letterhead) -> Self {
        Self { sql, orders, key, letterhead }
    }

    /// The letters that orders give reason for as they are now, and that nobody has handed over.
    pub(crate) async fn due(&self, orders: &[OrderId]) -> anyhow::Result<Vec<(LetterId, Letter)>> {
        let written = self.written(orders).await?;
        let exchanged = exchanged_among(&self.sql, orders).await?;
        let mut letters = Vec::with_capacity(orders.len());
        for order in self.orders.load_all(orders).await? {
            let order = self.with_steps(order).await?;
            // Few orders have something exchanged.
            let is_exchanged = exchanged.contains(&order.id);
            let returns = if is_exchanged { read_returns(&self.sql, order.id).await? } else { Vec::new() };
            let refunds = self.failed_refunds(&order).await?;
            let of_order = due(&order).into_iter().chain(due_of_refunds(&refunds));
            for kind in of_order.chain(due_of_returns(&returns)) {
                let id = LetterId { order: order.id, kind };
                if !written.contains(&id) {
                    letters.push((id, self.write(&order, &returns, &refunds, id)?));
                }
            }
        }
        Ok(letters)
    }

    /// The order with the moments of its steps where a letter may hang on them, which is rarely.
    async fn with_steps(&self, order: Order) -> anyhow::Result<Order> {
        match order.state {
            OrderState::Declined => Ok(self.orders.load_with_steps(order.number).await?.unwrap_or(order)),
            _ => Ok(order),
        }
    }

    /// Where nothing went back, nothing of that can have failed.
    async fn failed_refunds(&self, order: &Order) -> anyhow::Result<Vec<FailedRefund>> {
        match order.refunded_minor_units {
            0 => Ok(Vec::new()),
            _ => failed_refunds_of(&self.sql, order.id).await,
        }
    }

    fn write(
        &self,
        order: &Order,
        returns: &[Return],
        refunds: &[FailedRefund],
        id: LetterId,
    ) -> anyhow::Result<Letter> {
        let access = self.key.access(order.number)?;
        self.letterhead.write(order, returns, refunds, id.kind, &access).context("writing a letter about an order")
    }

    async fn written(&self, orders: &[OrderId]) -> anyhow::Result<HashSet<LetterId>> {
        let orders: Vec<String> = orders.iter().map(OrderId::to_string).collect();
        let mut reader = self.sql.readers().acquire().await.context("looking which letters were written")?;
        let statement = "SELECT order_id, kind FROM order_letters WHERE order_id IN";
        rows::with_keys(&mut reader, statement, &orders, "").await?.iter().map(id_of).collect()
    }

    async fn list_page(&self, query: &LetterQuery) -> anyhow::Result<LetterPage> {
        // Ids are hexadecimal digits: every one of them is less than this.
        let after = query.after.map_or_else(|| "g".to_owned(), |id| id.order.to_string());
        let kind = query.after.map(|id| id.kind.parameter()).unwrap_or_default();
        let found = sqlx::query(
            "SELECT order_id, kind, written_at, number, email FROM order_letters JOIN orders ON orders.id = order_id
             WHERE written_at IS NOT NULL AND order_id <= $1 AND (order_id < $1 OR kind > $2)
                 AND ($3 = '' OR order_id = (SELECT id FROM orders WHERE number = $3))
             ORDER BY order_id DESC, kind LIMIT $4",
        )
        .bind(after)
        .bind(kind)
        .bind(query.order.map(|number| number.to_string()).unwrap_or_default())
        .bind(i64::try_from(LETTERS_PER_PAGE + 1)?)
        .fetch_all(self.sql.readers())
        .await
        .context("listing letters")?;
        let mut letters: Vec<WrittenLetter> = found.iter().map(written_of).collect::<Result<_, _>>()?;
        let has_more = letters.len() > LETTERS_PER_PAGE;
        letters.truncate(LETTERS_PER_PAGE);
        let next = letters.last().map(|letter| letter.id).filter(|_| has_more);
        Ok(LetterPage { letters, next })
    }

    async fn find(&self, id: LetterId) -> anyhow::Result<Option<(WrittenLetter, Letter)>> {
        let found = sqlx::query(
            "SELECT order_id, kind, written_at, number, email FROM order_letters JOIN orders ON orders.id = order_id
             WHERE written_at IS NOT NULL AND order_id = $1 AND kind = $2",
        )
        .bind(id.order.to_string())
        .bind(id.kind.parameter())
        .fetch_optional(self.sql.readers())
        .await
        .context("looking for a letter")?;
        let Some(row) = found else { return Ok(None) };
        let order = self.orders.load(id.order).await?.context("an order is gone")?;
        let returns = read_returns(&self.sql, order.id).await?;
        let refunds = self.failed_refunds(&order).await?;
        Ok(Some((written_of(&row)?, self.write(&order, &returns, &refunds, id)?)))
    }
}

fn id_of(row: &AnyRow) -> anyhow::Result<LetterId> {
    let (order, kind): (&str, &str) = (row.try_get("order_id")?, row.try_get("kind")?);
    Ok(LetterId { order: order.parse()?, kind: kind.parse()? })
}

fn written_of(row: &AnyRow) -> anyhow::Result<WrittenLetter> {
    Ok(WrittenLetter {
        id: id_of(row)?,
        number: row.try_get::<&str, _>("number")?.parse()?,
        to: row.try_get::<&str, _>("email")?.parse()?,
        written_at: row.try_get::<&str, _>("written_at")?.parse().context("reading when a letter was written")?,
    })
}

/// Notes that letters were handed over; those that were noted before stay.
pub(crate) async fn insert_letters(connection: &mut AnyConnection, letters: &[LetterId]) -> anyhow::Result<()> {
    let written_at = Timestamp::now().to_string();
    let row = |id: &LetterId| -> [Cell; 3] {
        [id.order.to_string().into(), id.kind.parameter().into(), written_at.as_str().into()]
    };
    let into = "INSERT INTO order_letters (order_id, kind, written_at) VALUES";
    let rows = letters.iter().map(row).collect();
    rows::write(connection, into, rows, "ON CONFLICT (order_id, kind) DO NOTHING").await.map(drop)
}

#[async_trait]
impl OrderLetters for Letters {
    async fn list(&self, query: &LetterQuery) -> Result<LetterPage, OrdersUnavailable> {
        at_boundary(self.list_page(query).await, OrdersUnavailable)
    }

    async fn read(&self, id: LetterId) -> Result<Option<(WrittenLetter, Letter)>, OrdersUnavailable> {
        at_boundary(self.find(id).await, OrdersUnavailable)
    }
}
