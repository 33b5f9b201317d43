use std::time::Duration;

use super::SqlCheckout;
use super::saga_log::unfinished;

const LOOK_INTERVAL: Duration = Duration::from_secs(15);

impl SqlCheckout {
    /// Takes up every purchase that nobody drives, at start and ever after.
    pub(crate) async fn recover(self) {
        loop {
            match unfinished(&self.parts.sql).await {
                Ok(purchases) => {
                    for purchase in purchases {
                        let checkout = self.clone();
                        // Its outcome is in the order; nobody waits for it here.
                        tokio::spawn(async move {
                            let order = purchase.order;
                            if let Err(fault) = checkout.take_up(purchase).await {
                                tracing::error!(%order, "a purchase can't be taken up: {fault:#}");
                            }
                        });
                    }
                }
                Err(fault) => tracing::error!("looking for unfinished purchases: {fault:#}"),
            }
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
    }
}
