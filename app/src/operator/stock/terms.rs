//! How a SKU is sold: whether beyond what is on hand, and how many of it to one customer.

use domain::catalog::Sku;
use domain::inventory::{LOW_STOCK_UNITS, LimitPeriod, LowMark, PurchaseLimit, Quantity, SaleTerms, StockPolicy};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::stock::SetTerms;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, FieldFrame};
use crate::typed::Typed;

/// The name of the form among those whose words are kept.
pub(in crate::operator) const TERMS: &str = "terms";

const POLICIES: [(&str, &str); 3] = [
    ("stop", "It is sold out"),
    ("backorder", "It can be ordered until it is back"),
    ("preorder", "It can be ordered before its release"),
];

/// What stands in the fields, in the order of [`SaleTerms::FIELDS`].
type Fields = [String; 6];

/// What stands in the fields: what was typed and refused, or else the terms as they are.
pub(super) fn fields(terms: SaleTerms, typed: Typed) -> Fields {
    if let Some(mut typed) = typed.of(TERMS) {
        return SaleTerms::FIELDS.map(|name| typed.take(name));
    }
    let later = terms.policy.later();
    let limit = terms.limit;
    [
        terms.policy.parameter().to_owned(),
        later.map(|later| later.day.to_string()).unwrap_or_default(),
        later.map(|later| later.units.to_string()).unwrap_or_default(),
        limit.map(|limit| limit.units().to_string()).unwrap_or_default(),
        limit.map_or(LimitPeriod::Ever, PurchaseLimit::period).parameter().to_owned(),
        terms.low.map(|low| low.to_string()).unwrap_or_default(),
    ]
}

#[component]
pub fn TermsForm(
    sku: Sku,
    fields: Fields,
    /// It is sold when its parts are.
    is_bundle: bool,
    error: Option<WireError>,
) -> impl IntoView {
    let [policy, day, units, limit, period, low] = fields;
    let policy = if policy.is_empty() { StockPolicy::StopAtZero.parameter().to_owned() } else { policy };
    let of_policy = if is_bundle {
        view! { <input type="hidden" name="policy" value=StockPolicy::StopAtZero.parameter() /> }.into_any()
    } else {
        view! { <PolicyFields policy day units /> }.into_any()
    };
    let periods = LimitPeriod::ALL.map(|known| {
        let words = format!("for each customer{}", known.in_words());
        choice(known.parameter(), words, period == known.parameter())
    });
    view! {
        <form class="panel operator__count" id="terms" method="post" action=SetTerms::url()>
            <h2>"How it is sold"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="sku" value=sku.to_string() />
            {of_policy}
            <Field
                id="limit_units"
                label="Most units"
                value=limit
                hint="Leave it empty for no limit.".to_owned()
                inputmode="numeric"
                optional=true
                autocomplete="off"
                max_chars=MAX_UNITS_CHARS
                class="field field--short"
            />
            <FieldFrame id="limit_period" label="Counted">
                <select class="field__input" id="limit_period" name="limit_period" autocomplete="off">
                    {periods.into_iter().collect_view()}
                </select>
            </FieldFrame>
            <Field
                id="low_units"
                label="Low at"
                value=low
                hint=format!("At so many units or fewer, shoppers read how many are left. Empty is {LOW_STOCK_UNITS}.")
                inputmode="numeric"
                optional=true
                autocomplete="off"
                max_chars=MAX_LOW_CHARS
                class="field field--short"
            />
            <button class="button button--ink" type="submit">
                "Sell it like this"
            </button>
        </form>
    }
    .into_any()
}

/// Whether it is sold beyond what is on hand, until when, and how many.
#[component]
fn PolicyFields(policy: String, day: String, units: String) -> impl IntoView {
    let policies = POLICIES.map(|(value, words)| choice(value, words.to_owned(), policy == value));
    view! {
        <FieldFrame id="policy" label="When nothing is left">
            <select class="field__input" id="policy" name="policy" autocomplete="off">
                {policies.into_iter().collect_view()}
            </select>
        </FieldFrame>
        <Field
            id="policy_day"
            label="Expected on"
            value=day
            kind="date"
            hint="Orders are taken until that day, and shoppers are told it.".to_owned()
            optional=true
            autocomplete="off"
            max_chars=10
            class="field field--short"
        />
        <Field
            id="policy_units"
            label="Units to be sold beyond those on hand"
            value=units
            inputmode="numeric"
            optional=true
            autocomplete="off"
            max_chars=MAX_UNITS_CHARS
            class="field field--short"
        />
    }
    .into_any()
}

/// As many characters as [`Quantity::MAX`] has.
pub(super) const MAX_UNITS_CHARS: u32 = Quantity::MAX.ilog10() + 1;

/// As many characters as [`LowMark::MAX_UNITS`] has.
const MAX_LOW_CHARS: u32 = LowMark::MAX_UNITS.ilog10() + 1;

fn choice(value: &'static str, words: String, is_chosen: bool) -> impl IntoView {
    view! {
        <option value=value selected=is_chosen>
            {words}
        </option>
    }
}
