use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku};
use domain::inventory::ports::{Inventory, Locations, StockRoom};
use domain::inventory::{MovementId, Placed, Stock};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::stock::CountOne;
use super::super::frame::OperatorPage;
use super::super::operators_page;
use super::bundle::{BundleFigure, BundleForm, typed_parts};
use super::movements::Movements;
use super::places::{Places, TransferForm, choices, typed_transfer};
use super::terms::{TermsForm, fields};
use super::{STOCK, mark_of, name_of};
use crate::catalog::rating::grouped;
use crate::error::{NotFoundPage, WireError};
use crate::form::{DoneNotice, ErrorNotice, Field, FieldFrame, posted_error, sentence};
use crate::page::{path_parameter, query};
use crate::port::port;
use crate::typed;

/// `/operator/stock/skus/{sku}`: what there is of a SKU, where it lies, how it came about, a count of it, how it is sold
/// and what it is made of. `older` is where the page of movements before ended, `at` the location that is counted,
/// `counted=yes` follows a count, `terms=set` new terms, `bundle=set` new parts, `moved=yes` a transfer.
#[component]
pub fn SkuPage() -> impl IntoView {
    let (sku, query, posted) = (path_parameter("sku").parse::<Sku>(), query(), posted_error());
    operators_page(async move {
        let Ok(sku) = sku else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let room = port::<dyn StockRoom>()?;
        let Some(stock) = room.find(&sku).await? else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let older = query.get_str("older").and_then(|raw| raw.parse::<MovementId>().ok());
        let movements = room.movements(&sku, older.as_ref()).await?;
        let product = port::<dyn Catalog>()?.products_of(std::slice::from_ref(&sku)).await?.remove(&sku);
        let title = product.as_deref().map_or_else(|| sku.to_string(), |product| name_of(product, &sku));
        let is_counted = query.get_str("counted") == Some("yes");
        let is_set = query.get_str("terms") == Some("set");
        let is_made = query.get_str("bundle") == Some("set");
        let is_moved = query.get_str("moved") == Some("yes");
        let at = query.get_str("at").unwrap_or_default().to_owned();
        let locations = port::<dyn Locations>()?;
        let (places, transfer) = (locations.places(&sku).await?, locations.next_transfer());
        let (bundling, typed) = (room.bundling(&sku).await?, typed::kept_long().await);
        let parts = typed_parts(&bundling, typed.clone());
        let terms = room.terms(&sku).await?;
        let (moving, fields) = (typed_transfer(typed.clone()), fields(terms, typed));
        let figures = if stock.is_bundle() {
            let on_sale = port::<dyn Inventory>()?.on_sale(std::slice::from_ref(&sku)).await?.remove(&sku);
            view! { <BundleFigure on_sale=on_sale.unwrap_or_default() /> }.into_any()
        } else {
            view! {
                <Parts stock there=on_shelves(&places) low_units=terms.low_units() />
                <Places sku=sku.clone() places=places.clone() reserved=stock.reserved() />
            }
            .into_any()
        };
        // What is wrong with one of the forms is told in it.
        let (of_terms, of_bundle, of_transfer, of_count) = match posted {
            Some(error @ WireError::Terms(_)) => (Some(error), None, None, None),
            Some(error @ WireError::Bundle(_)) => (None, Some(error), None, None),
            Some(error @ WireError::Location(_)) => (None, None, Some(error), None),
            other => (None, None, None, other),
        };
        let movements =
            view! { <Movements sku=sku.clone() page=movements is_first=older.is_none() places=places.clone() /> };
        // A bundle has nothing to be counted or moved; what was tried is answered all the same.
        let count = if stock.is_bundle() {
            view! { {of_transfer.or(of_count).map(|error| view! { <ErrorNotice error /> })} }.into_any()
        } else {
            view! {
                <CountForm sku=sku.clone() stock places=places.clone() at error=of_count />
                <TransferForm sku=sku.clone() places id=transfer fields=moving error=of_transfer />
            }
            .into_any()
        };
        Ok(view! {
            <OperatorPage title lead=format!("SKU {sku}")>
                {is_counted.then(|| view! { <Counted /> })}
                {is_set.then(|| view! { <DoneNotice words="It is sold like this from now on." /> })}
                {is_made.then(|| view! { <DoneNotice words="It is sold with these parts from now on." /> })}
                {is_moved.then(|| view! { <DoneNotice words="The units are moved." /> })} {figures}
                <div class="operator__forms">
                    {count}
                    <TermsForm sku=sku.clone() fields is_bundle=stock.is_bundle() error=of_terms />
                    <BundleForm sku=sku.clone() parts bundling error=of_bundle />
                    {product.as_deref().map(links)}
                </div>
                {movements}
            </OperatorPage>
        }
        .into_any())
    })
}

fn links(product: &Product) -> impl IntoView + use<> {
    view! {
        <p class="row small">
            <a href=format!("/products/{}", product.slug)>"See it in the store"</a>
            <a href=STOCK>"All of the stock"</a>
        </p>
    }
}

#[component]
fn Counted() -> impl IntoView {
    view! {
        <DoneNotice words="Your count is on the books. Pages that are open show it within a second." />
    }
}

/// Where units lie that are on hand; a store with one location has no name for it.
fn on_shelves(places: &[Placed]) -> String {
    let holding = places.iter().filter(|place| place.stock.on_hand() > 0).count();
    match holding {
        _ if places.len() < 2 => "on the shelf".to_owned(),
        0 => "at no location".to_owned(),
        1 => "at one location".to_owned(),
        more => format!("at {more} locations"),
    }
}

/// The parts of a stock, as figures; `there` says where units lie that are on hand.
#[component]
fn Parts(stock: Stock, there: String, low_units: u32) -> impl IntoView {
    let part = |name: &'static str, units: u32, about: String| {
        view! {
            <div class="figure">
                <dt class="figure__name">{name}</dt>
                <dd class="figure__count">{grouped(units)}</dd>
                <dd class="figure__about">{about}</dd>
            </div>
        }
    };
    view! {
        <dl class="figures">
            {part("On hand", stock.on_hand(), there)}
            {part("Reserved", stock.reserved(), "for orders that wait for a bank".to_owned())}
            {part("Allocated", stock.allocated(), "to orders that are not sent yet".to_owned())}
            <div class="figure">
                <dt class="figure__name">"Available"</dt>
                <dd class="figure__count">{grouped(stock.available().0)} " " {mark_of(stock.available(), low_units)}</dd>
                <dd class="figure__about">"for whoever comes next"</dd>
            </div>
            {(stock.waiting() > 0).then(|| part("Waited for", stock.waiting(), "sold before they are there".to_owned()))}
        </dl>
    }
    .into_any()
}

#[component]
fn CountForm(sku: Sku, stock: Stock, places: Vec<Placed>, at: String, error: Option<WireError>) -> impl IntoView {
    let has_choice = places.len() > 1;
    let here = places.iter().find(|place| place.location.id.to_string() == at).or(places.first());
    let (promised, on_hand) =
        here.map_or((stock.covered(), stock.on_hand()), |here| (here.stock.kept(), here.stock.on_hand()));
    let there = if has_choice { "at the location" } else { "on the shelf" };
    let hint = if promised == 0 {
        format!("All units {there}.")
    } else {
        format!("All units {there}, with the {} that are promised to orders.", grouped(promised))
    };
    let location = has_choice.then(|| {
        view! {
            <FieldFrame id="location" label="Counted at">
                <select class="field__input" id="location" name="location" autocomplete="off">
                    {choices(&places, &at)}
                </select>
            </FieldFrame>
        }
    });
    view! {
        <form class="panel operator__count" id="count" method="post" action=CountOne::url()>
            <h2>"Count it"</h2>
            <input type="hidden" name="sku" value=sku.to_string() />
            {location}
            <Field
                id="on_hand"
                label="Units on hand"
                value=on_hand.to_string()
                hint
                error=error.map(|error| sentence(&error.to_string()))
                inputmode="numeric"
                autocomplete="off"
                max_chars=12
                class="field field--short"
            />
            <button class="button button--ink" type="submit">
                "Write the count down"
            </button>
        </form>
    }
    .into_any()
}
