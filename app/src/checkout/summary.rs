use domain::checkout::{CheckoutStep, CheckoutView, Country};
use domain::inventory::day_in_year;
use domain::payment::minimum_charge;
use domain::pricing::Money;
use leptos::prelude::*;

use super::steps::Steps;
use crate::cart::compact::CompactLine;
use crate::cart::coupon::CouponRefused;
use crate::cart::summary::TotalsList;
use crate::payment::gift_card::TenderLines;
use crate::seo::PageHead;
use crate::store::Store;

/// A page of the checkout: the steps above, the form, and beside it what is bought.
#[component]
pub fn StepPage(
    step: CheckoutStep,
    /// The page's heading: a question that its form answers.
    heading: &'static str,
    view: CheckoutView,
    children: Children,
) -> impl IntoView {
    view! {
        <PageHead title=heading />
        <div class="page page--narrow">
            <Steps here=step next=view.next_step() />
            <div class="beside">
                <div class="checkout__form">
                    <h1>{heading}</h1>
                    {children()}
                </div>
                <Summary view />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Summary(view: CheckoutView) -> impl IntoView {
    let (units, totals) = (view.cart.counted_units(), view.cart.totals);
    let country = view.draft.destination().unwrap_or(Country::HOME);
    let tax_note = Store::current().taxes.collection(country).note();
    let (gift_cards, kept_back) = (view.parts(), view.kept_back());
    let (savings, delivery_discount) = (view.cart.savings(), view.cart.delivery_discount);
    let refused = view.cart.coupon.and_then(|coupon| coupon.refusal);
    let lines = view.cart.lines.into_iter().filter_map(|line| {
        let availability = line.availability();
        let expected = availability.waits_until().map(|day| format!("Expected in stock on {}", day_in_year(day)));
        let facts = line.facts?;
        let (title, seller, choices, picture) = (facts.title, facts.seller, facts.choices, facts.picture);
        let (total, discounts) = (line.total, line.discounts);
        let parts = facts.parts.into_iter().map(|part| part.part).collect();
        Some(view! { <CompactLine picture title seller choices quantity=line.quantity total discounts parts expected /> })
    });
    view! {
        <aside class="panel panel--flat" aria-labelledby="summary-title">
            <h2 id="summary-title">"Your order"</h2>
            <ul class="lines lines--compact">{lines.collect_view()}</ul>
            {totals.map(|totals| view! { <TotalsList totals units tax_note savings delivery_discount /> })}
            {totals.map(|totals| view! { <TenderLines gift_cards total=totals.total() rest="Left to pay" /> })}
            {kept_back.map(|kept| view! { <KeptBack kept /> })}
            {refused.map(|refusal| view! { <CouponRefused refusal /> })}
            <p class="small">
                <a href="/cart">"Change your cart"</a>
            </p>
        </aside>
    }
    .into_any()
}

/// Why a gift card pays less than it could.
#[component]
fn KeptBack(kept: Money) -> impl IntoView {
    let least = minimum_charge(kept.currency());
    view! {
        <p class="small soft">
            {format!("{kept} stay on your gift card: a card can't be charged less than {least}, so that much is left to pay.")}
        </p>
    }
    .into_any()
}
