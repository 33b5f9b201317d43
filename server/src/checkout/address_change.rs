//! Orders that are to go elsewhere before they are sent.

use anyhow::Context as _;
use domain::checkout::saga::Saga;
use domain::checkout::{AddressChange, AddressChangeError};
use domain::order::ports::Orders;
use domain::order::{OrderAccess, OrderId, OrderNumber};
use jiff::Timestamp;

use super::SqlCheckout;
use super::saga_log::{Overtaken, change_address, read};
use crate::fault::at_boundary;

/// How often a change is decided again because something else happened to the order first.
const MAX_CHANGE_ATTEMPTS: u32 = 3;

impl SqlCheckout {
    pub(super) async fn send_elsewhere(
        &self,
        number: OrderNumber,
        access: &OrderAccess,
        change: &AddressChange,
    ) -> Result<(), AddressChangeError> {
        let found = self.parts.orders.read(number, access).await.map_err(|_| AddressChangeError::Unavailable)?;
        let order = found.ok_or(AddressChangeError::NoSuchOrder)?.id;
        for _ in 0..MAX_CHANGE_ATTEMPTS {
            match self.try_to_send_elsewhere(order, change).await {
                // A twin of this request may have done what it asks for.
                Err(fault) if fault.is::<Overtaken>() => {}
                decided => return at_boundary(decided, AddressChangeError::Unavailable)?,
            }
        }
        Err(AddressChangeError::NotNow)
    }

    /// Decides by the order as it stands and stores what follows.
    async fn try_to_send_elsewhere(
        &self,
        id: OrderId,
        change: &AddressChange,
    ) -> anyhow::Result<Result<(), AddressChangeError>> {
        let log = read(&self.parts.sql, id).await?;
        // Read after the log: who changes the order after that adds to the log, and this change is overtaken.
        let order = self.parts.orders.load(id).await?.context("an order is gone")?;
        let sent = match order.sent_to(change, Timestamp::now()) {
            Ok(Some(sent)) => sent,
            Ok(None) => return Ok(Ok(())),
            Err(refused) => return Ok(Err(refused)),
        };
        let saga = Saga::replay(&log);
        if !saga.waits_to_be_sent() {
            return Ok(Err(AddressChangeError::NotNow));
        }
        if saga.address_version() != order.address_version() {
            // It was changed between the two readings.
            return Err(Overtaken.into());
        }
        change_address(&self.parts.sql, &sent, log.len()).await?;
        self.parts.published.notify_one();
        Ok(Ok(()))
    }
}
