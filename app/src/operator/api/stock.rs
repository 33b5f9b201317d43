use domain::inventory::ports::StockRoom;
use domain::inventory::{CountError, LocationId, SaleTerms, TermsError};
use leptos::prelude::*;

use super::super::stock::terms::TERMS;
use super::super::stock::{COUNTS, SHEET, STOCK, count_path, sku_path};
use super::operator;
use crate::account::{lead, lead_keeping};
use crate::error::WireError;
use crate::port::port;
use crate::typed::FORM;
use crate::visitor::Visitor;

/// Takes in how many units of a SKU somebody found at a location; at the first one unless another is named.
#[server(prefix = "/api", endpoint = "operator/stock/counts")]
pub async fn count_one(
    #[server(default)] sku: String,
    #[server(default)] location: String,
    #[server(default)] on_hand: String,
) -> Result<(), WireError> {
    let mut back = STOCK.to_owned();
    let counted = async {
        let by = operator()?;
        let sku = sku.parse().map_err(|_| CountError::NoSuchSku)?;
        back = sku_path(&sku);
        let at = match location.as_str() {
            "" => LocationId::FIRST,
            named => named.parse().map_err(|_| CountError::NoSuchLocation)?,
        };
        let units = on_hand.parse().map_err(CountError::Units)?;
        port::<dyn StockRoom>()?.count(&sku, at, units, &by).await?;
        Ok(format!("{back}?counted=yes"))
    };
    let counted = counted.await;
    // A SKU that is not there has no page to go back to.
    let is_unknown = counted == Err(WireError::Count(CountError::NoSuchSku));
    lead(counted, if is_unknown { STOCK } else { &back });
    Ok(())
}

/// Sets how a SKU is sold.
#[server(prefix = "/api", endpoint = "operator/stock/terms")]
pub async fn set_terms(
    #[server(default)] sku: String,
    #[server(default)] policy: String,
    #[server(default)] policy_day: String,
    #[server(default)] policy_units: String,
    #[server(default)] limit_units: String,
    #[server(default)] limit_period: String,
    #[server(default)] low_units: String,
) -> Result<(), WireError> {
    let typed: [&str; 6] = [&policy, &policy_day, &policy_units, &limit_units, &limit_period, &low_units];
    let mut back = STOCK.to_owned();
    let set = async {
        let by = operator()?;
        let sku = sku.parse().map_err(|_| TermsError::NoSuchSku)?;
        back = sku_path(&sku);
        let terms = SaleTerms::from_fields(typed, Visitor::current()?.today)?;
        port::<dyn StockRoom>()?.set_terms(&sku, terms, &by).await?;
        Ok(format!("{back}?terms=set"))
    };
    let set = set.await;
    // A SKU that is not there has no page to go back to.
    if set == Err(WireError::Terms(TermsError::NoSuchSku)) {
        STOCK.clone_into(&mut back);
    }
    let mut fields = vec![(FORM, TERMS)];
    fields.extend(SaleTerms::FIELDS.into_iter().zip(typed));
    lead_keeping(set, &back, &back, &fields).await;
    Ok(())
}

/// Takes in a count of many SKUs, to be looked at before it is applied.
#[server(prefix = "/api", endpoint = "operator/stock/sheets")]
pub async fn open_count(#[server(default)] sheet: String) -> Result<(), WireError> {
    let opened = async {
        let by = operator()?;
        Ok(count_path(port::<dyn StockRoom>()?.open_count(&sheet, &by).await?))
    };
    lead_keeping(opened.await, COUNTS, COUNTS, &[(FORM, SHEET), (SHEET, &sheet)]).await;
    Ok(())
}

/// Applies a count that was looked at.
#[server(prefix = "/api", endpoint = "operator/stock/sheets/applications")]
pub async fn apply_count(#[server(default)] count: String) -> Result<(), WireError> {
    let mut back = COUNTS.to_owned();
    let applied = async {
        let by = operator()?;
        let id = count.parse().map_err(|_| CountError::NotOpen)?;
        back = count_path(id);
        port::<dyn StockRoom>()?.apply_count(id, &by).await?;
        Ok(back.clone())
    };
    let applied = applied.await;
    lead(applied, &back);
    Ok(())
}

/// Gives a count up that was looked at.
#[server(prefix = "/api", endpoint = "operator/stock/sheets/removals")]
pub async fn drop_count(#[server(default)] count: String) -> Result<(), WireError> {
    let dropped = async {
        operator()?;
        let id = count.parse().map_err(|_| CountError::NotOpen)?;
        port::<dyn StockRoom>()?.drop_count(id).await?;
        Ok(count_path(id))
    };
    lead(dropped.await, COUNTS);
    Ok(())
}
