//! Paying on invoice, behind the same port as a gateway: an order is held for by a promise, a capture
//! bills a part of it, and a refund credits a part of what was billed. What was transferred for it, and back,
//! somebody notes who sees the store's bank account.

use anyhow::Context as _;
use async_trait::async_trait;
use domain::account::AccountId;
use domain::order::OrderId;
use domain::payment::aftermath::Aftermath;
use domain::payment::ledger::{LedgerError, Posting};
use domain::payment::ports::{Authorization, Gateway, GatewayUnanswered, Moved};
use domain::payment::{
    AuthorizationId, DeclineReason, MAX_INVOICE_MINOR_UNITS, Movement, MovementId, MovementKind, PaymentMethodToken,
    PaymentPage, Tally, TransferKind, fits_open_invoices, transferred,
};
use domain::pricing::{Currency, Money};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use uuid::Uuid;

use super::ledger::{Booking, post};
use crate::fault::at_boundary;
use crate::sql::{Sql, locking};
use crate::{account, order};

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
        let mut transaction = self.sql.begin().await?;
        let authorization = open(&mut transaction, order, amount).await?;
        transaction.commit().await.context("committing an invoice")?;
        Ok(authorization)
    }

    async fn read(&self, order: OrderId) -> anyhow::Result<Option<Authorization>> {
        let mut reader = self.sql.readers().acquire().await.context("looking for an invoice")?;
        find(&mut reader, order).await
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
            // What is not billed is open only as long as the order says so.
            MovementKind::Release => {
                "UPDATE invoices SET amount_minor_units = amount_minor_units
                 WHERE id = $2 AND voided = 0 AND captured_minor_units + $1 <= amount_minor_units"
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

/// Opens the invoice of an order, unless it has one, its customer is not known, or it is more than may be open.
async fn open(connection: &mut AnyConnection, order: OrderId, amount: Money) -> anyhow::Result<Authorization> {
    let customer = order::owner_of(connection, order).await?;
    // Of several orders at once each sees what the one before has opened.
    let is_known = match customer {
        Some(customer) => account::lock(connection, customer).await?,
        None => false,
    };
    if let Some(held) = find(connection, order).await? {
        return Ok(held);
    }
    let is_small = amount.minor_units() <= MAX_INVOICE_MINOR_UNITS;
    let Some(customer) = customer.filter(|_| is_known && is_small) else {
        return Ok(Authorization::Declined { reason: DeclineReason::Declined });
    };
    if !fits_open_invoices(open_minor_units(connection, customer, amount.currency()).await?, amount) {
        return Ok(Authorization::Declined { reason: DeclineReason::OpenInvoices });
    }
    let id = format!("{PREFIX}{}", Uuid::now_v7().simple());
    sqlx::query("INSERT INTO invoices (id, order_id, amount_minor_units, currency) VALUES ($1, $2, $3, $4)")
        .bind(id.clone())
        .bind(order.to_string())
        .bind(amount.minor_units())
        .bind(amount.currency().code())
        .execute(connection)
        .await
        .context("opening an invoice")?;
    Ok(Authorization::Held { id: id.parse()? })
}

async fn find(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Option<Authorization>> {
    let found = sqlx::query("SELECT id FROM invoices WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_optional(connection)
        .await
        .context("looking for an invoice")?;
    found.map(|row| Ok(Authorization::Held { id: row.try_get::<String, _>("id")?.parse()? })).transpose()
}

/// What an account owes on its invoices, or will owe when all of their goods are sent.
async fn open_minor_units(
    connection: &mut AnyConnection,
    account: AccountId,
    currency: Currency,
) -> anyhow::Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(owed), 0) AS BIGINT) AS owed FROM (
             SELECT CASE WHEN orders.settled = 1 THEN invoices.captured_minor_units
                    ELSE invoices.amount_minor_units END
                 - invoices.refunded_minor_units - invoices.paid_minor_units + invoices.repaid_minor_units AS owed
             FROM invoices JOIN orders ON orders.id = invoices.order_id
             WHERE orders.account_id = $1 AND invoices.currency = $2 AND invoices.voided = 0
         ) AS open_invoices WHERE owed > 0",
    )
    .bind(account.to_string())
    .bind(currency.code())
    .fetch_one(connection)
    .await
    .context("summing up open invoices")?;
    Ok(row.try_get("owed")?)
}

/// What is owed on the invoice of an order by what the ledger says, which is behind the invoice while money moves:
/// to the store where it is above zero, back to its customer where it is below. It stays so until the transaction
/// ends, for everybody who changes it looks here first.
///
/// # Errors
/// Also when the order has no invoice.
pub(crate) async fn lock_balance(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Money> {
    find_balance(connection, order).await?.context("an invoice is gone")
}

async fn find_balance(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Option<Money>> {
    let locking = locking(connection);
    balance_of(connection, order, locking).await
}

async fn balance_of(
    connection: &mut AnyConnection,
    order: OrderId,
    locking: &'static str,
) -> anyhow::Result<Option<Money>> {
    let statement = format!(
        "SELECT paid_minor_units - repaid_minor_units AS paid, amount_minor_units, currency FROM invoices
         WHERE order_id = $1 {locking}"
    );
    let found = sqlx::query(AssertSqlSafe(statement))
        .bind(order.to_string())
        .fetch_optional(&mut *connection)
        .await
        .context("looking what was paid of an invoice")?;
    let Some(invoice) = found else { return Ok(None) };
    // Read when the invoice is locked: what moved before is seen.
    let moved = sqlx::query("SELECT captured_minor_units, refunded_minor_units FROM orders WHERE id = $1")
        .bind(order.to_string())
        .fetch_one(&mut *connection)
        .await
        .context("looking what an invoice bills")?;
    let (amount, paid): (i64, i64) = (invoice.try_get("amount_minor_units")?, invoice.try_get("paid")?);
    let (captured, refunded): (i64, i64) =
        (moved.try_get("captured_minor_units")?, moved.try_get("refunded_minor_units")?);
    // What gift cards pay moves after what the invoice is over, both ways.
    let billed = captured.min(amount) - refunded.min(amount);
    Ok(Some(Money::new(billed - paid, invoice.try_get::<String, _>("currency")?.parse()?)))
}

/// What is owed on the invoice of an order by what the ledger says, as [`lock_balance`] answers; `None` where it has no
/// invoice.
pub(crate) async fn read_balance(sql: &Sql, order: OrderId) -> anyhow::Result<Option<Money>> {
    let mut snapshot = sql.snapshot().await?;
    balance_of(&mut snapshot, order, "").await
}

/// Notes that a customer has transferred what an order's invoice bills by now, or was transferred what is owed back to
/// them of it. Answers how much; `None` where nothing is.
///
/// # Errors
/// Also a [`TransferError`](domain::payment::TransferError) when somebody typed another amount than that.
pub(crate) async fn note_transfer(
    connection: &mut AnyConnection,
    order: OrderId,
    kind: TransferKind,
    typed: Option<&str>,
) -> anyhow::Result<Option<Money>> {
    let Some(balance) = find_balance(connection, order).await? else { return Ok(None) };
    let (owed, statement, posting) = match kind {
        TransferKind::Payment => (
            balance,
            "UPDATE invoices SET paid_minor_units = paid_minor_units + $1 WHERE order_id = $2",
            Posting::payment as fn(Money) -> Result<Posting, LedgerError>,
        ),
        TransferKind::Repayment => (
            Money::zero(balance.currency()).minus(balance)?,
            "UPDATE invoices SET repaid_minor_units = repaid_minor_units + $1 WHERE order_id = $2",
            Posting::repayment as fn(Money) -> Result<Posting, LedgerError>,
        ),
    };
    if owed.minor_units() <= 0 {
        return Ok(None);
    }
    let amount = transferred(typed, owed)?;
    transfer(connection, order, statement, amount, posting(balance)?).await?;
    Ok(Some(amount))
}

/// Adds an amount to what an invoice says was transferred, and its posting to the ledger.
async fn transfer(
    connection: &mut AnyConnection,
    order: OrderId,
    statement: &'static str,
    amount: Money,
    posting: Posting,
) -> anyhow::Result<()> {
    sqlx::query(statement)
        .bind(amount.minor_units())
        .bind(order.to_string())
        .execute(&mut *connection)
        .await
        .context("noting what was transferred for an invoice")?;
    let movement = Some(MovementId::new(Uuid::now_v7()));
    post(connection, &[Booking { order, movement, posting }]).await
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

    async fn move_money(
        &self,
        invoice: &AuthorizationId,
        movement: &Movement,
        _resumes: Option<&Tally>,
    ) -> Result<Moved, GatewayUnanswered> {
        // What it has billed is noted for ever.
        at_boundary(self.bill(invoice, movement).await, GatewayUnanswered)
    }

    async fn aftermath(&self, _invoice: &AuthorizationId) -> Result<Aftermath, GatewayUnanswered> {
        // Nobody but the store moves anything of it.
        Ok(Aftermath::default())
    }

    async fn payments(&self, _before: Option<&AuthorizationId>) -> Result<PaymentPage, GatewayUnanswered> {
        Ok(PaymentPage::default())
    }
}
