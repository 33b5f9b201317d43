use domain::inventory::ports::StockRoom;
use domain::inventory::{Bundle, BundleError};
use leptos::prelude::*;

use super::super::stock::bundle::PARTS;
use super::super::stock::{STOCK, sku_path};
use super::operator;
use crate::account::lead_keeping;
use crate::error::WireError;
use crate::port::port;
use crate::typed::FORM;

/// Makes a SKU a bundle of the parts that somebody typed, or none.
#[server(prefix = "/api", endpoint = "operator/stock/bundles")]
pub async fn set_bundle(#[server(default)] sku: String, #[server(default)] parts: String) -> Result<(), WireError> {
    let mut back = STOCK.to_owned();
    let set = async {
        let by = operator()?;
        let sku = sku.parse().map_err(|_| BundleError::NoSuchSku)?;
        back = sku_path(&sku);
        let bundle = Bundle::parse(&sku, &parts)?;
        port::<dyn StockRoom>()?.set_bundle(&sku, bundle.as_ref(), &by).await?;
        Ok(format!("{back}?bundle=set"))
    };
    let set = set.await;
    // A SKU that is not there has no page to go back to.
    if set == Err(WireError::Bundle(BundleError::NoSuchSku)) {
        STOCK.clone_into(&mut back);
    }
    lead_keeping(set, &back, &back, &[(FORM, PARTS), (PARTS, &parts)]).await;
    Ok(())
}
