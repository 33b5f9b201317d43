//! What those who run the store do with its locations.

use domain::checkout::ContactForm;
use domain::inventory::ports::Locations;
use domain::inventory::{LocationDetails, LocationError, LocationId, Transfer};
use leptos::prelude::*;

use super::super::stock::{LOCATIONS, NEW_LOCATION, STOCK, TRANSFER, location_path, sku_path};
use super::operator;
use crate::account::{lead, lead_keeping};
use crate::error::WireError;
use crate::port::port;
use crate::typed::{self, FORM};

/// The pages that what was typed of a location is kept for.
const PATH: &str = LOCATIONS;

/// Adds a location, or changes the one with an `id`. A wrong one is not kept: its form comes back as it was typed,
/// and says what is wrong.
#[server(prefix = "/api", endpoint = "operator/stock/locations")]
pub async fn keep_location(
    #[server(default)] id: String,
    #[server(flatten)] form: ContactForm,
) -> Result<(), WireError> {
    let form = form.bounded();
    let asked = id.parse::<LocationId>().ok();
    let back = location_path(asked);
    let kept = async {
        let by = operator()?;
        let Ok(details) = LocationDetails::parse(&form) else { return Err(WireError::Form) };
        let locations = port::<dyn Locations>()?;
        match asked {
            Some(id) => locations.change(id, &details, &by).await?,
            None if id.is_empty() => {
                locations.add(&details, &by).await?;
            }
            None => return Err(LocationError::NoSuchLocation.into()),
        }
        Ok(format!("{LOCATIONS}?done=kept"))
    };
    let kept = kept.await;
    match &kept {
        Ok(_) => typed::forget(PATH),
        Err(WireError::Location(LocationError::NoSuchLocation)) => {
            lead(kept, LOCATIONS);
            return Ok(());
        }
        Err(_) => {
            let name = asked.map_or_else(|| NEW_LOCATION.to_owned(), |id| id.to_string());
            typed::keep(PATH, &typed::address_fields(&name, &form));
        }
    }
    match kept {
        // The page finds out by itself which fields are wrong, and says so beside each.
        Err(WireError::Form) => leptos_axum::redirect(&back),
        done => lead(done, &back),
    }
    Ok(())
}

/// Closes a location where nothing lies.
#[server(prefix = "/api", endpoint = "operator/stock/locations/closures")]
pub async fn close_location(#[server(default)] id: String) -> Result<(), WireError> {
    set_closed(&id, true).await;
    Ok(())
}

/// Opens a location again that was closed.
#[server(prefix = "/api", endpoint = "operator/stock/locations/openings")]
pub async fn open_location(#[server(default)] id: String) -> Result<(), WireError> {
    set_closed(&id, false).await;
    Ok(())
}

async fn set_closed(id: &str, is_closed: bool) {
    let mut back = LOCATIONS.to_owned();
    let set = async {
        let by = operator()?;
        let id = id.parse().map_err(|_| LocationError::NoSuchLocation)?;
        back = location_path(Some(id));
        port::<dyn Locations>()?.set_closed(id, is_closed, &by).await?;
        Ok(format!("{LOCATIONS}?done={}", if is_closed { "closed" } else { "opened" }))
    };
    let set = set.await;
    let is_unknown = set == Err(WireError::Location(LocationError::NoSuchLocation));
    lead(set, if is_unknown { LOCATIONS } else { &back });
}

/// Moves units of a SKU from one location to another.
#[server(prefix = "/api", endpoint = "operator/stock/transfers")]
pub async fn move_units(
    #[server(default)] transfer: String,
    #[server(default)] sku: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] units: String,
) -> Result<(), WireError> {
    let mut back = STOCK.to_owned();
    let moved = async {
        let by = operator()?;
        let sku = sku.parse().map_err(|_| LocationError::NoSuchSku)?;
        back = sku_path(&sku);
        let location = |raw: &str| raw.parse::<LocationId>().map_err(|_| LocationError::NoSuchLocation);
        let transfer = Transfer {
            id: transfer.parse().map_err(|_| WireError::Form)?,
            sku,
            from: location(&from)?,
            to: location(&to)?,
            units: units.parse().map_err(LocationError::Units)?,
        };
        port::<dyn Locations>()?.transfer(&transfer, &by).await?;
        Ok(format!("{back}?moved=yes"))
    };
    let moved = moved.await;
    // A SKU that is not there has no page to go back to.
    if moved == Err(WireError::Location(LocationError::NoSuchSku)) {
        STOCK.clone_into(&mut back);
    }
    let fields: [(&str, &str); 4] = [(FORM, TRANSFER), ("from", &from), ("to", &to), ("units", &units)];
    lead_keeping(moved, &back, &back, &fields).await;
    Ok(())
}
