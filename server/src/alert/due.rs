//! What has come of what is waited for, and the letters that say so.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::alert::letter::{Sold, news};
use domain::alert::{Alert, AlertError, AlertId, Offered};
use domain::catalog::{Product, Sku, Variant};
use domain::checkout::Email;
use domain::mail::Letter;
use domain::order::letter::Letterhead;

use super::key::{AlertKey, Owner};
use super::store;
use crate::account;
use crate::catalog::GraphCatalog;
use crate::event::{Fact, publish};
use crate::inventory::SqlInventory;
use crate::sql::Sql;

/// Looks what alerts have come true. The relay asks it about SKUs whose stock or price may have changed; the post
/// asks it for the letters of those that are due.
#[derive(Debug, Clone)]
pub(crate) struct DueAlerts {
    sql: Sql,
    catalog: GraphCatalog,
    inventory: SqlInventory,
    key: AlertKey,
    pub(super) head: Letterhead,
}

/// A variant as it is sold now.
#[derive(Debug, Clone)]
pub(super) struct SoldNow {
    product: Product,
    variant: Variant,
    pub(super) now: Offered,
}

impl SoldNow {
    pub(super) const fn as_told(&self) -> Sold<'_> {
        Sold { product: &self.product, variant: &self.variant, now: self.now }
    }
}

impl DueAlerts {
    pub(crate) const fn new(
        sql: Sql,
        catalog: GraphCatalog,
        inventory: SqlInventory,
        key: AlertKey,
        head: Letterhead,
    ) -> Self {
        Self { sql, catalog, inventory, key, head }
    }

    pub(super) const fn key(&self) -> &AlertKey {
        &self.key
    }

    /// How a SKU is sold, as it is stored: what is in memory may be older than the event that tells of it.
    ///
    /// # Errors
    /// [`AlertError::NotSold`].
    pub(super) async fn sold(&self, sku: &Sku) -> anyhow::Result<SoldNow> {
        let owner = self.catalog.owners(std::iter::once(sku)).await?.remove(sku).ok_or(AlertError::NotSold)?;
        let found = self.catalog.searched(&[owner]).await?.pop().map(|found| found.product);
        let product = found.filter(|product| !product.withdrawn).ok_or(AlertError::NotSold)?;
        let variant = product.variant(sku).cloned().ok_or(AlertError::NotSold)?;
        let on_sale = self.inventory.read_on_sale(std::slice::from_ref(sku)).await?;
        let availability = on_sale.get(sku).copied().unwrap_or_default().availability();
        let now = Offered { price: variant.price, availability };
        Ok(SoldNow { product, variant, now })
    }

    /// As [`DueAlerts::sold`]; nothing for what is not sold.
    async fn if_sold(&self, sku: &Sku) -> anyhow::Result<Option<SoldNow>> {
        match self.sold(sku).await {
            Err(fault) if fault.downcast_ref::<AlertError>() == Some(&AlertError::NotSold) => Ok(None),
            sold => sold.map(Some),
        }
    }

    /// Looks who of those that wait for a SKU has waited long enough, and hands their alerts on to the post. Answers
    /// whether there are any. What is now is asked, so that late and repeated events do no harm, and an alert is
    /// handed on once.
    pub(crate) async fn look(&self, sku: &Sku) -> anyhow::Result<bool> {
        let mut waiting = store::waiting_for(&self.sql, sku, None).await?;
        if waiting.is_empty() {
            return Ok(false);
        }
        let Some(sold) = self.if_sold(sku).await? else { return Ok(false) };
        let mut any_due = false;
        while let Some(last) = waiting.last().map(|alert| alert.id) {
            let due = waiting.iter().filter(|alert| alert.awaited.has_come(sold.now)).map(|alert| alert.id);
            any_due |= self.hand_on(&due.collect::<Vec<_>>()).await?;
            waiting = store::waiting_for(&self.sql, sku, Some(last)).await?;
        }
        Ok(any_due)
    }

    async fn hand_on(&self, due: &[AlertId]) -> anyhow::Result<bool> {
        if due.is_empty() {
            return Ok(false);
        }
        let mut transaction = self.sql.begin().await?;
        let claimed = store::claim(&mut transaction, due).await?;
        let facts: Vec<Fact> = claimed.into_iter().map(|alert| Fact::AlertDue { alert }).collect();
        publish(&mut transaction, &facts).await?;
        transaction.commit().await.context("handing alerts on")?;
        Ok(!facts.is_empty())
    }

    /// The letters of alerts that are due. What is over again by now waits on, and what was removed meanwhile has
    /// no letter.
    pub(crate) async fn letters(&self, ids: &[AlertId]) -> anyhow::Result<Vec<(AlertId, Letter)>> {
        let (mut letters, mut known) = (Vec::with_capacity(ids.len()), HashMap::<Sku, Option<SoldNow>>::new());
        let mut waiting_on = Vec::new();
        for kept in store::due(&self.sql, ids).await? {
            let sku = &kept.alert.sku;
            if let Entry::Vacant(place) = known.entry(sku.clone()) {
                place.insert(self.if_sold(sku).await?);
            }
            let sold = known.get(sku).and_then(Option::as_ref);
            let Some(sold) = sold.filter(|sold| kept.alert.awaited.has_come(sold.now)) else {
                waiting_on.push(kept.alert);
                continue;
            };
            // An account takes its alerts along when it ends.
            let Some(to) = self.address_of(&kept.owner).await? else { continue };
            let stop = self.key.stop(kept.owner.hash());
            let letter = news(&self.head, &to, sold.as_told(), kept.alert.awaited, &stop);
            letters.push((kept.alert.id, letter.context("writing the letter of an alert")?));
        }
        self.wait_again(waiting_on).await?;
        Ok(letters)
    }

    /// Lets alerts wait again, and looks once more at each SKU: what they wait for may have come before they waited.
    async fn wait_again(&self, alerts: Vec<Alert>) -> anyhow::Result<()> {
        if alerts.is_empty() {
            return Ok(());
        }
        let ids: Vec<AlertId> = alerts.iter().map(|alert| alert.id).collect();
        let skus: BTreeSet<Sku> = alerts.into_iter().map(|alert| alert.sku).collect();
        let mut transaction = self.sql.begin().await?;
        store::wait_again(&mut transaction, &ids).await?;
        let facts: Vec<Fact> = skus.into_iter().map(|sku| Fact::OfferChanged { sku }).collect();
        publish(&mut transaction, &facts).await?;
        transaction.commit().await.context("letting alerts wait again")
    }

    async fn address_of(&self, owner: &Owner) -> anyhow::Result<Option<Email>> {
        match owner {
            Owner::Account(account) => account::email_of(&self.sql, *account).await,
            Owner::Email(email) => Ok(Some(email.clone())),
        }
    }
}

/// Says of SKUs that were written that they may be sold otherwise now, where anybody waits for that.
pub(crate) async fn announce(sql: &Sql, skus: &[Sku]) -> anyhow::Result<()> {
    let awaited = store::awaited_of(sql, skus).await?;
    if awaited.is_empty() {
        return Ok(());
    }
    let mut transaction = sql.begin().await?;
    let facts: Vec<Fact> = awaited.into_iter().map(|sku| Fact::OfferChanged { sku }).collect();
    publish(&mut transaction, &facts).await?;
    transaction.commit().await.context("saying that something is sold otherwise")
}
