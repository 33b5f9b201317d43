//! What the cart costs, delivery included, and the way to the checkout.

use domain::cart::PricedCart;
use domain::checkout::Totals;
use domain::pricing::Money;
use domain::pricing::promotion::Discount;
use domain::pricing::tax::{TaxShare, Taxes, Treatment};
use domain::shipment::customs_note;
use leptos::prelude::*;

use super::amounts::{charge, items, missing_to_free_delivery};
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
    let saving = |discount: Discount| {
        view! {
            <div class="totals__discount">
                <dt>{discount.name.to_string()}</dt>
                <dd>{discount.taken_off()}</dd>
            </div>
        }
    };
    let taxes = totals.taxes();
    let tax_note = taxes.map_or(tax_note, Taxes::note);
    let is_included = taxes.is_some_and(|taxes| taxes.treatment() == Treatment::Included);
    let shares = taxes.into_iter().flat_map(|taxes| taxes.shares().map(move |share| (taxes.treatment(), share)));
    let row = |(treatment, share): (Treatment, TaxShare)| view! { <TaxRow treatment share /> }.into_any();
    let mut tax_rows: Vec<AnyView> = shares.map(row).collect();
    // What is contained in the total stands below it, and what makes it stands above.
    let mut contained = if is_included { std::mem::take(&mut tax_rows) } else { Vec::new() };
    let folded = taxes
        .filter(|_| contained.len() > 1)
        .map(|taxes| view! { <FoldedTaxes sum=taxes.owed() rows=std::mem::take(&mut contained) /> });
    view! {
        <dl class="totals">
            <div>
                <dt>"Items (" {units} ")"</dt>
                <dd>{totals.items().to_string()}</dd>
            </div>
            {savings.into_iter().map(saving).collect_view()}
            <div>
                <dt>
                    "Delivery"
                    {delivery_discount
                        .map(|discount| view! { <small class="totals__discount">{discount.to_string()}</small> })}
                </dt>
                <dd>{charge(totals.delivery())}</dd>
            </div>
            {tax_rows}
            <div class="totals__sum">
                <dt>"Total " <small>{tax_note}</small></dt>
                <dd>{totals.total().to_string()}</dd>
            </div>
            {contained}
        </dl>
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

/// The tax at one rate, and what it is counted of.
#[component]
fn TaxRow(treatment: Treatment, share: TaxShare) -> impl IntoView {
    let tax = match treatment {
        Treatment::Included | Treatment::Added => share.tax.to_string(),
        Treatment::ReverseCharged => format!("−{}", share.tax),
    };
    view! {
        <div class="totals__tax">
            <dt>{share.label(treatment)} <small>{format!("on {}", share.net)}</small></dt>
            <dd>{tax}</dd>
        </div>
    }
}
