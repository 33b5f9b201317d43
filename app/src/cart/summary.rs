//! What the cart costs, delivery included, and the way to the checkout.

use domain::cart::PricedCart;
use domain::checkout::{AmountKind, AmountRow, Amounts, Totals};
use domain::pricing::Money;
use domain::pricing::promotion::Discount;
use domain::shipment::customs_note;
use leptos::prelude::*;

use super::amounts::{items, missing_to_free_delivery};
use super::coupon::{CouponForm, Typed, said};
use super::view::Promise;
use crate::icon::{Glyph, Icon};
use crate::store::Store;

/// What the cart costs; `typed` is a code that was refused.
#[component]
pub fn CartSummary(cart: PricedCart, typed: Typed, promise: Promise) -> impl IntoView {
    let (totals, delivery, units) = (cart.totals, promise.delivery(), cart.counted_units());
    let missing = totals.filter(|totals| totals.delivery().minor_units() > 0);
    let missing = missing.and_then(|totals| missing_to_free_delivery(totals.items(), delivery));
    let is_free = missing.is_none();
    let of_coupon = said(cart.coupon.as_ref(), &typed).map(|said| format!("{said} ")).unwrap_or_default();
    let said = totals.map(|totals| format!("{of_coupon}{}, total {}", items(units), totals.total()));
    let (savings, delivery_discount) = (cart.savings(), cart.delivery_discount.clone());
    let tax_note = Store::current().taxes.collection(promise.country()).note();
    let arrives = promise.arrival_of_all(&cart);
    let way_on = if cart.is_ready() {
        view! {
            <a class="button button--signal button--large button--wide" href="/checkout">
                "Go to checkout"
            </a>
        }
        .into_any()
    } else {
        view! {
            <button class="button button--large button--wide" type="button" disabled aria-describedby="not-ready">
                "Go to checkout"
            </button>
            <p class="small" id="not-ready">
                "Something in your cart can't be bought as it is. Please look at the marked items first."
            </p>
        }
        .into_any()
    };
    view! {
        <aside class="panel" aria-labelledby="summary-title" data-said=said>
            <h2 id="summary-title">"Summary"</h2>
            {totals.map(|totals| view! { <TotalsList totals units tax_note savings delivery_discount /> })}
            <p class="small soft" id="missing" hidden=is_free>
                {missing}
            </p>
            <CouponForm coupon=cart.coupon typed />
            {way_on}
            <ul class="assurances">
                <li>
                    <Icon glyph=Glyph::Truck />
                    <Arrival promise arrives />
                </li>
                <li>
                    <Icon glyph=Glyph::Lock />
                    <span>"Card details never reach our servers"</span>
                </li>
            </ul>
        </aside>
    }
    .into_any()
}

/// The day and the place that are promised.
#[component]
fn Arrival(promise: Promise, arrives: String) -> impl IntoView {
    let country = promise.country();
    let is_taxed = Store::current().taxes.collection(country).is_by_store();
    let note = match customs_note(country, is_taxed) {
        Some(customs) => Some(customs),
        None if promise.is_to_an_address() => None,
        None => Some("Going elsewhere? Date and price follow your address, before you pay.".to_owned()),
    };
    view! {
        <span>
            "Arrives in "
            {country.in_words()}
            " "
            <b>{arrives}</b>
            {note.map(|note| view! { <small>{note}</small> })}
        </span>
    }
}

/// Items, what promotions take off, delivery, taxes and total. What `units` are counted in: units in all
/// lines together.
#[component]
pub fn TotalsList(
    totals: Totals,
    units: u32,
    /// What is said of tax where none was counted.
    tax_note: &'static str,
    /// What each promotion takes off the items.
    savings: Vec<Discount>,
    delivery_discount: Option<Discount>,
) -> impl IntoView {
    let delivery_discount = delivery_discount.as_ref();
    let rows = Amounts { totals, units, savings: &savings, delivery_discount, tax_note }.rows();
    // What is contained in the total stands below it.
    let (contained, rows): (Vec<AmountRow>, Vec<AmountRow>) =
        rows.into_iter().partition(|row| row.kind == AmountKind::Contained);
    let drawn = |rows: Vec<AmountRow>| rows.into_iter().map(|row| view! { <TotalsRow row /> }.into_any()).collect();
    let mut contained: Vec<AnyView> = drawn(contained);
    let folded = totals
        .taxes()
        .filter(|_| contained.len() > 1)
        .map(|taxes| view! { <FoldedTaxes sum=taxes.owed() rows=std::mem::take(&mut contained) /> });
    let rows: Vec<AnyView> = drawn(rows);
    view! {
        <dl class="totals">{rows} {contained}</dl>
        {folded}
    }
}

/// Several taxes that the total contains: their sum, which opens what it is made of.
#[component]
fn FoldedTaxes(sum: Money, rows: Vec<AnyView>) -> impl IntoView {
    view! {
        <details class="taxes">
            <summary>
                <span>
                    "VAT in this total "
                    <Icon glyph=Glyph::ChevronDown class="icon icon--small" />
                </span>
                <span>{sum.to_string()}</span>
            </summary>
            <dl class="totals">{rows}</dl>
        </details>
    }
    .into_any()
}

#[component]
fn TotalsRow(row: AmountRow) -> impl IntoView {
    let words = row.words();
    let (class, note_class) = match row.kind {
        AmountKind::Items => (None, None),
        AmountKind::Saving => (Some("totals__discount"), None),
        AmountKind::Delivery => (None, Some("totals__discount")),
        AmountKind::Tax | AmountKind::Contained => (Some("totals__tax"), None),
        AmountKind::Total => (Some("totals__sum"), None),
    };
    let note = row.note.map(|note| view! { <small class=note_class>{note}</small> });
    view! {
        <div class=class>
            <dt>{row.label} " " {note}</dt>
            <dd>{words}</dd>
        </div>
    }
}
