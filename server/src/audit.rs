//! Audit: proves that the books agree, on a store that may be open. Each noun says which rules its
//! tables keep (`<noun>/audit.rs`); this module asks the database for whatever breaks one. It
//! writes nothing; `cartograph ledger check` and the ledger's page for operators call it, and the command asks a gateway
//! elsewhere as well.

use anyhow::Context;
use domain::operator::{Broken, Findings};
use domain::payment::ports::Gateway;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::sql::Sql;
use crate::{checkout, inventory, order, payment, pricing};

/// Breaches of one rule that are shown; the rest is counted.
const MAX_SHOWN: i64 = 20;

/// A rule of the books, and the query that finds what breaks it: one column, `breach`, a line for
/// a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) breaches: &'static str,
}

/// Asks whether the store's own books agree, as [`audit_books`] does, and a gateway elsewhere for its own.
pub(crate) async fn audit(sql: &Sql, elsewhere: Option<&dyn Gateway>) -> anyhow::Result<Findings> {
    let mut findings = audit_books(sql, elsewhere.is_none()).await?;
    if let Some(gateway) = elsewhere {
        match payment::audit_gateway(sql, gateway).await? {
            Some(broken) => {
                findings.rules += payment::GATEWAY_RULES;
                findings.broken.extend(broken);
            }
            None => findings.is_gateway_silent = true,
        }
    }
    Ok(findings)
}

/// Asks everything of one snapshot, so that what happens meanwhile is seen wholly or not at all. The books of the
/// sandbox are in it where that is the gateway.
pub(crate) async fn audit_books(sql: &Sql, gateway_is_sandbox: bool) -> anyhow::Result<Findings> {
    let mut snapshot = sql.snapshot().await?;
    let sandbox = if gateway_is_sandbox { &payment::SANDBOX_RULES[..] } else { &[] };
    let rules = inventory::RULES.iter().chain(&pricing::RULES).chain(&checkout::RULES).chain(&order::RULES);
    let rules = rules.chain(&payment::LEDGER_RULES).chain(&payment::gift_card::GIFT_CARD_RULES).chain(sandbox);
    let mut findings = Findings {
        orders: count(&mut snapshot, "SELECT COUNT(*) FROM orders").await?,
        set_aside: count(&mut snapshot, checkout::SET_ASIDE).await?,
        ..Findings::default()
    };
    for rule in rules {
        findings.rules += 1;
        findings.broken.extend(ask(&mut snapshot, rule).await?);
    }
    Ok(findings)
}

async fn ask(snapshot: &mut AnyConnection, Rule { name, breaches }: &Rule) -> anyhow::Result<Option<Broken>> {
    // The queries are constants; nothing that anybody typed is part of them.
    let statement = format!("SELECT CAST(breach AS TEXT) AS breach FROM ({breaches}) AS found LIMIT {MAX_SHOWN}");
    let rows = sqlx::query(AssertSqlSafe(statement)).fetch_all(&mut *snapshot).await;
    let rows = rows.with_context(|| format!("asking whether {name}"))?;
    if rows.is_empty() {
        return Ok(None);
    }
    let shown = rows.iter().map(|row| row.try_get("breach")).collect::<Result<_, _>>()?;
    let count = count(snapshot, &format!("SELECT COUNT(*) FROM ({breaches}) AS found")).await?;
    Ok(Some(Broken { rule: name, count, shown }))
}

async fn count(snapshot: &mut AnyConnection, statement: &str) -> anyhow::Result<u64> {
    let counting = sqlx::query_scalar(AssertSqlSafe(statement.to_owned())).fetch_one(snapshot);
    let count: i64 = counting.await.context("counting")?;
    Ok(u64::try_from(count)?)
}
