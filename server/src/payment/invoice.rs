//! Paying on invoice, behind the same port as a gateway: an order is held for by a promise, a capture
//! bills a part of it, and a refund credits a part of what was billed.

use anyhow::Context as _;
use async_trait::async_trait;
use domain::order::OrderId;
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered, Moved};
use domain::payment::{AuthorizationId, DeclineReason, MAX_INVOICE_MINOR_UNITS};
use domain::payment::{Movement, MovementKind, PaymentMethodToken};
use domain::pricing::Money;
use sqlx::Row as _;
use uuid::Uuid;

use crate::fault::at_boundary;
use crate::sql::Sql;

/// What the name of an invoice begins with; no gateway's does.
const PREFIX: &str = "invoice_";

pub(super) fn is_invoice(authorization: &AuthorizationId) -> bool {
    authorization.as_str().starts_with(PREFIX)
}

#[derive(Debug, Clone)]
pub(super) struct Invoices {
    sql: Sql,
}

impl Invoices {
    pub(super) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    async fn open(&self, order: OrderId, amount: Money) -> anyhow::Result<Authorization> {
        if amount.minor_units() > MAX_INVOICE_MINOR_UNITS {
            return Ok(Authorization::Declined { reason: DeclineReason::Declined });
        }
        let mut transaction = self.sql.begin().await?;
        sqlx::query(
            "INSERT INTO invoices (id, order_id, amount_minor_units, currency) VALUES ($1, $2, $3, $4)
             ON CONFLICT (order_id) DO NOTHING",
        )
        .bind(format!("{PREFIX}{}", Uuid::now_v7().simple()))
        .bind(order.to_string())
        .bind(amount.minor_units())
        .bind(amount.currency().code())
        .execute(&mut *transaction)
        .await
        .context("opening an invoice")?;
        transaction.commit().await.context("committing an invoice")?;
        self.read(order).await?.context("an invoice was opened and is gone")
    }

    async fn read(&self, order: OrderId) -> anyhow::Result<Option<Authorization>> {
        let found = sqlx::query("SELECT id FROM invoices WHERE order_id = $1")
            .bind(order.to_string())
            .fetch_optional(self.sql.readers())
            .await
            .context("looking for an invoice")?;
        found.map(|row| Ok(Authorization::Held { id: row.try_get::<String, _>("id")?.parse()? })).transpose()
    }

    async fn close(&self, invoice: &AuthorizationId) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        sqlx::query("UPDATE invoices SET voided = 1 WHERE id = $1 AND captured_minor_units = 0")
            .bind(invoice.as_str().to_owned())
            .execute(&mut *transaction)
            .await
            .context("voiding an invoice")?;
        transaction.commit().await.context("committing a voided invoice")
    }

    async fn bill(&self, invoice: &AuthorizationId, movement: &Movement) -> anyhow::Result<Moved> {
        let mut transaction = self.sql.begin().await?;
        let statement = "INSERT INTO invoice_movements (id, invoice_id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        let noted = sqlx::query(statement)
            .bind(movement.id.to_string())
            .bind(invoice.as_str().to_owned())
            .execute(&mut *transaction)
            .await
            .context("noting what an invoice bills")?;
        if noted.rows_affected() == 0 {
            return Ok(Moved::Done);
        }
        let statement = match movement.kind {
            MovementKind::Capture { .. } => {
                "UPDATE invoices SET captured_minor_units = captured_minor_units + $1
                 WHERE id = $2 AND voided = 0 AND captured_minor_units + $1 <= amount_minor_units"
            }
            MovementKind::Refund { .. } => {
                "UPDATE invoices SET refunded_minor_units = refunded_minor_units + $1
                 WHERE id = $2 AND voided = 0 AND refunded_minor_units + $1 <= captured_minor_units"
            }
        };
        let billed = sqlx::query(statement)
            .bind(movement.amount.minor_units())
            .bind(invoice.as_str().to_owned())
            .execute(&mut *transaction)
            .await
            .context("changing what an invoice bills")?;
        if billed.rows_affected() == 0 {
            return Ok(Moved::Refused);
        }
        transaction.commit().await.context("committing what an invoice bills")?;
        Ok(Moved::Done)
    }
}

#[async_trait]
impl Gateway for Invoices {
    async fn authorize(
        &self,
        order: OrderId,
        amount: Money,
        _method: &PaymentMethodToken,
    ) -> Result<Authorization, GatewayUnanswered> {
        at_boundary(self.open(order, amount).await, GatewayUnanswered)
    }

    async fn find(&self, order: OrderId) -> Result<Option<Authorization>, GatewayUnanswered> {
        at_boundary(self.read(order).await, GatewayUnanswered)
    }

    async fn look_up(&self, invoice: &AuthorizationId) -> Result<Authorization, GatewayUnanswered> {
        // An invoice asks no bank, so that it stands as soon as it has a name.
        Ok(Authorization::Held { id: invoice.clone() })
    }

    async fn void(&self, invoice: &AuthorizationId) -> Result<(), GatewayUnanswered> {
        at_boundary(self.close(invoice).await, GatewayUnanswered)
    }

    async fn move_money(&self, invoice: &AuthorizationId, movement: &Movement) -> Result<Moved, GatewayUnanswered> {
        at_boundary(self.bill(invoice, movement).await, GatewayUnanswered)
    }
}
