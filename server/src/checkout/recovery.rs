use domain::order::OrderId;
use tracing::Instrument as _;

use super::SqlCheckout;
use super::saga_log::parse_purchase;
use super::waiting::{RECOVERY_BATCH, set_aside, unfinished};
use super::walk::{next_after, walk};

impl SqlCheckout {
    /// Takes up every purchase that nobody drives, at start and ever after.
    pub(crate) async fn recover(self) {
        walk("looking for unfinished purchases", |after| self.look_on(after)).await;
    }

    /// Takes up the next purchases after an order, and answers after which one to go on.
    async fn look_on(&self, after: String) -> anyhow::Result<String> {
        let sql = &self.parts.sql;
        let found = unfinished(sql, self.parts.leases.server(), &after).await?;
        let next = next_after(&found, RECOVERY_BATCH, |(order, _)| order.to_string())?;
        for (order, purchase) in found {
            if self.drives(order) {
                continue;
            }
            let checkout = self.clone();
            // Its outcome is in the order; nobody waits for it here.
            tokio::spawn(async move {
                if let Err(fault) = checkout.recover_one(order, &purchase).await {
                    tracing::error!(%order, "a purchase can't be taken up: {fault:#}");
                }
            });
        }
        Ok(next)
    }

    async fn recover_one(&self, order: OrderId, purchase: &str) -> anyhow::Result<()> {
        let sql = &self.parts.sql;
        match parse_purchase(purchase) {
            Ok(purchase) => {
                // One whose log can't be read waits for an operator in the end, and not unseen.
                if let Some(driving) = self.claim(order).await?
                    && let Err(fault) = self.drive_on(purchase, driving).await
                {
                    self.hold_up(order, &fault).instrument(tracing::error_span!("purchase", %order)).await;
                }
            }
            Err(fault) => {
                tracing::error!(%order, "a purchase is set aside: {fault:#}");
                set_aside(sql, order, &format!("{fault:#}")).await?;
            }
        }
        Ok(())
    }
}
