//! The locations of the store, and the form of one of them.

use domain::checkout::{Address, ContactField, ContactForm, FieldErrors};
use domain::inventory::ports::Locations;
use domain::inventory::{Location, LocationDetails, LocationId, LocationName};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::locations::{CloseLocation, KeepLocation, OpenLocation};
use super::super::frame::OperatorPage;
use super::super::operators_page;
use super::super::sheet::Column::Words;
use super::super::sheet::Sheet;
use super::{LOCATIONS, NEW_LOCATION, STOCK, location_path};
use crate::checkout::fields::{FieldErrorSummary, PlaceFields};
use crate::error::NotFoundPage;
use crate::form::{DoneNotice, Field, PostedError};
use crate::page::{path_parameter, query};
use crate::port::port;
use crate::typed;

/// `/operator/stock/locations`: where stock lies. `done` says what was just done.
#[component]
pub fn LocationsPage() -> impl IntoView {
    let (query, posted) = (query(), view! { <PostedError /> });
    operators_page(async move {
        let locations = port::<dyn Locations>()?.list().await?;
        let done = match query.get_str("done") {
            Some("kept") => Some("The location is kept."),
            Some("closed") => Some("The location is closed. Nothing is sent from there any more."),
            Some("opened") => Some("The location is open again."),
            _ => None,
        };
        Ok(view! {
            <OperatorPage title="Locations" lead="Warehouses and shops: where stock lies, and where orders are sent from.".to_owned()>
                {posted} {done.map(|words| view! { <DoneNotice words /> })}
                <Sheet label="Locations" columns=&[Words("Location"), Words("Address")]>
                    <tbody>{locations.into_iter().map(row).collect_view()}</tbody>
                </Sheet>
                <div class="row operator__pages">
                    <a class="button button--ink" href=location_path(None)>
                        "Add a location"
                    </a>
                    <a href=STOCK>"All of the stock"</a>
                </div>
                <p class="small soft operator__hint">
                    "An order goes out in as few parcels as may be: from one location that has all of it, or else from as few as have it between them; of those that do equally well, from the nearest one by country and postcode. What no other location holds lies at the first one."
                </p>
            </OperatorPage>
        })
    })
}

fn row(Location { id, name, address, is_closed }: Location) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                <a href=location_path(Some(id))>{name.to_string()}</a>
                {is_closed.then(|| view! { <span class="mark">"Closed"</span> })}
            </th>
            <td class="sheet__cause">{address.map_or_else(|| "None yet".to_owned(), |address| in_one_line(&address))}</td>
        </tr>
    }
    .into_any()
}

fn in_one_line(Address { line1, line2, city, postcode, country, .. }: &Address) -> String {
    let line2 = line2.as_ref().map(|line2| format!("{line2}, ")).unwrap_or_default();
    format!("{line1}, {line2}{city} {postcode}, {}", country.name())
}

/// `/operator/stock/locations/{id}`, or `/operator/stock/locations/new`.
#[component]
pub fn LocationPage() -> impl IntoView {
    let (asked, posted) = (path_parameter("id"), view! { <PostedError /> });
    operators_page(async move {
        let id = asked.parse::<LocationId>().ok();
        if id.is_none() && asked != NEW_LOCATION {
            return Ok(view! { <NotFoundPage /> }.into_any());
        }
        let known = port::<dyn Locations>()?.list().await?.into_iter().find(|location| Some(location.id) == id);
        if id.is_some() && known.is_none() {
            return Ok(view! { <NotFoundPage /> }.into_any());
        }
        let typed = typed::take_address(typed::kept(), &id.map_or(asked, |id| id.to_string()));
        let errors = typed.as_ref().and_then(|form| LocationDetails::parse(form).err()).unwrap_or_default();
        let contact = typed.or_else(|| known.as_ref().map(Location::form)).unwrap_or_default();
        let title = known.as_ref().map_or_else(|| "Add a location".to_owned(), |known| known.name.to_string());
        Ok(view! {
            <OperatorPage title>
                {posted} <LocationForm id contact errors />
                {known.filter(|known| !known.id.is_first()).map(|known| view! { <Closing location=known /> })}
            </OperatorPage>
        }
        .into_any())
    })
}

#[component]
fn LocationForm(id: Option<LocationId>, contact: ContactForm, errors: FieldErrors) -> impl IntoView {
    let of_name = errors.iter().find(|(field, _)| *field == ContactField::Name).map(|(_, words)| words.clone());
    let autofocus = errors.first().is_some_and(|(field, _)| *field == ContactField::Name);
    let name = contact.name.clone();
    view! {
        <form class="form" method="post" action=KeepLocation::url() novalidate>
            <FieldErrorSummary errors=errors.clone() />
            {id.map(|id| view! { <input type="hidden" name="id" value=id.to_string() /> })}
            <Field
                id="name"
                label="Name"
                value=name
                hint="What it is called here, and in files with counts.".to_owned()
                error=of_name
                autocomplete="off"
                max_chars=LocationName::MAX_CHARS
                autofocus
            />
            <PlaceFields contact errors within=None />
            <div class="form__actions">
                <button class="button button--ink" type="submit">
                    "Keep the location"
                </button>
                <a href=LOCATIONS>"All locations"</a>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Closing(location: Location) -> impl IntoView {
    let (action, words, button) = if location.is_closed {
        (OpenLocation::url(), "Nothing lies here, and nothing comes here.", "Open it again")
    } else {
        (CloseLocation::url(), "A location can be closed when nothing lies there any more.", "Close the location")
    };
    view! {
        <form class="stack" method="post" action=action>
            <input type="hidden" name="id" value=location.id.to_string() />
            <p class="small soft">{words}</p>
            <p>
                <button class="button" type="submit">
                    {button}
                </button>
            </p>
        </form>
    }
    .into_any()
}
