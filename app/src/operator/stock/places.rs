//! Where the units of a SKU lie, and how they are moved; nothing of it in a store that has one location.

use domain::catalog::Sku;
use domain::inventory::{Placed, TransferId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::locations::MoveUnits;
use super::super::sheet::Column::{Number, Words};
use super::super::sheet::Sheet;
use super::terms::MAX_UNITS_CHARS;
use super::{TRANSFER, location_path, sku_path};
use crate::catalog::rating::grouped;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, FieldFrame};
use crate::typed::Typed;

/// What was typed into the form of a transfer and refused: from where, to where, how many.
pub(super) type TypedTransfer = [String; 3];

pub(super) fn typed_transfer(typed: Typed) -> TypedTransfer {
    let Some(mut typed) = typed.of(TRANSFER) else { return TypedTransfer::default() };
    ["from", "to", "units"].map(|name| typed.take(name))
}

/// What lies at each location.
#[component]
pub fn Places(sku: Sku, places: Vec<Placed>, reserved: u32) -> impl IntoView {
    if places.len() < 2 {
        return ().into_any();
    }
    let row = move |Placed { location, stock }: Placed| {
        let count = format!("{}?at={}#count", sku_path(&sku), location.id);
        view! {
            <tr>
                <th scope="row">
                    <a href=location_path(Some(location.id))>{location.name.to_string()}</a>
                </th>
                <td class="sheet__number">{grouped(stock.on_hand())}</td>
                <td class="sheet__number">{grouped(stock.allocated())}</td>
                <td class="sheet__number">{grouped(stock.free())}</td>
                <td class="sheet__way">
                    <a href=count>
                        "Count" <span class="visually-hidden">{format!(" at {}", location.name)}</span>
                    </a>
                </td>
            </tr>
        }
    };
    let reserved = (reserved > 0).then(|| {
        let words = format!(
            "{} more are reserved for orders that wait for a bank. Where those are sent from is chosen when they are paid.",
            grouped(reserved)
        );
        view! { <p class="small soft operator__hint">{words}</p> }
    });
    view! {
        <section class="section">
            <h2>"Where it lies"</h2>
            <Sheet
                label="Where it lies"
                columns=&[Words("Location"), Number("On hand"), Number("Allocated"), Number("Free"), Words("Is it right?")]
            >
                <tbody>{places.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
            {reserved}
        </section>
    }
    .into_any()
}

/// The locations to choose from.
pub(super) fn choices(places: &[Placed], chosen: &str) -> impl IntoView + use<> {
    let choice = |Placed { location, .. }: &Placed| {
        let id = location.id.to_string();
        view! {
            <option value=id.clone() selected=id == chosen>
                {location.name.to_string()}
            </option>
        }
    };
    places.iter().map(choice).collect_view()
}

/// Moves units; in a store with one location there is no such form.
#[component]
pub fn TransferForm(
    sku: Sku,
    places: Vec<Placed>,
    id: TransferId,
    fields: TypedTransfer,
    error: Option<WireError>,
) -> impl IntoView {
    if places.len() < 2 {
        return error.map(|error| view! { <ErrorNotice error /> }).into_any();
    }
    let [from, to, units] = fields;
    // Nobody moves units to where they are.
    let to =
        if to.is_empty() { places.get(1).map(|place| place.location.id.to_string()).unwrap_or_default() } else { to };
    let (from, to) = (choices(&places, &from), choices(&places, &to));
    view! {
        <form class="panel operator__count" id="transfer" method="post" action=MoveUnits::url()>
            <h2>"Move it"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="transfer" value=id.to_string() />
            <input type="hidden" name="sku" value=sku.to_string() />
            <FieldFrame id="from" label="From">
                <select class="field__input" id="from" name="from" autocomplete="off">
                    {from}
                </select>
            </FieldFrame>
            <FieldFrame id="to" label="To">
                <select class="field__input" id="to" name="to" autocomplete="off">
                    {to}
                </select>
            </FieldFrame>
            <Field
                id="units"
                label="Units to move"
                value=units
                hint="What is allocated to orders stays where it is sent from.".to_owned()
                inputmode="numeric"
                autocomplete="off"
                max_chars=MAX_UNITS_CHARS
                class="field field--short"
            />
            <button class="button button--ink" type="submit">
                "Move the units"
            </button>
        </form>
    }
    .into_any()
}
