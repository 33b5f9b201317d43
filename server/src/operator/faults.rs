use anyhow::Context;
use async_trait::async_trait;
use domain::fault::ports::FaultSwitch;
use domain::fault::{Fault, FaultPlan, Injection};
use domain::inventory::Reference;
use domain::operator::{DeedKind, DeskError};

use super::{NewDeed, told, write_deed};
use crate::fault::Faults;
use crate::sql::Sql;

/// The faults of this process, switched by operators.
#[derive(Debug, Clone)]
pub(crate) struct NotedSwitch {
    sql: Sql,
    faults: Faults,
}

impl NotedSwitch {
    pub(crate) const fn new(sql: Sql, faults: Faults) -> Self {
        Self { sql, faults }
    }

    async fn note(&self, by: &Reference, kind: DeedKind, subject: &str) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        write_deed(&mut transaction, NewDeed { by, kind, subject, movement: None }).await?;
        transaction.commit().await.context("committing which fault was switched")
    }
}

#[async_trait]
impl FaultSwitch for NotedSwitch {
    fn plan(&self) -> FaultPlan {
        self.faults.plan()
    }

    async fn switch_on(&self, injection: Injection, by: &Reference) -> Result<(), DeskError> {
        if injection.is_off() {
            return self.switch_off(injection.fault(), by).await;
        }
        told(self.note(by, DeedKind::FaultBegun, &injection.to_string()).await)?;
        self.faults.change(|plan| plan.put(injection));
        tracing::warn!(%injection, "the store fails on purpose");
        Ok(())
    }

    async fn switch_off(&self, fault: Fault, by: &Reference) -> Result<(), DeskError> {
        told(self.note(by, DeedKind::FaultEnded, fault.name()).await)?;
        self.faults.change(|plan| plan.remove(fault));
        tracing::info!(%fault, "the store does not fail on purpose any more");
        Ok(())
    }
}
