//! What the cart costs, delivery included, and the way to the checkout.

use domain::cart::PricedCart;
use domain::checkout::Totals;
use domain::pricing::Money;
use domain::shipment::{DeliveryOption, FREE_DELIVERY_MINOR_UNITS};
use leptos::prelude::*;

use super::compact::items;
use crate::icon::{Glyph, Icon};

/// An amount that may be nothing: `£3.95`, `Free`.
pub fn charge(amount: Money) -> String {
    if amount.minor_units() == 0 { "Free".to_owned() } else { amount.to_string() }
}

/// What is missing to free standard delivery; `None` once it is free.
fn missing_to_free_delivery(items: Money) -> Option<Money> {
    let missing = FREE_DELIVERY_MINOR_UNITS.checked_sub(items.minor_units()).filter(|missing| *missing > 0)?;
    Some(Money::new(missing, items.currency()))
}

#[component]
pub fn CartSummary(priced: Memo<PricedCart>, arrives: String, was_changed: RwSignal<bool>) -> impl IntoView {
    let totals = Memo::new(move |_| {
        let subtotal = priced.with(|cart| cart.subtotal)?;
        Totals::new(subtotal, DeliveryOption::Standard).ok()
    });
    let units = Memo::new(move |_| priced.with(|cart| cart.units));
    let is_ready = Memo::new(move |_| priced.with(PricedCart::is_ready));
    let announced = move || {
        let totals = totals.get().filter(|_| was_changed.get())?;
        Some(format!("{}, total {}", items(units.get()), totals.total()))
    };
    let free_from = move || {
        let missing = missing_to_free_delivery(totals.get()?.items())?;
        Some(view! { <p class="small soft">{missing.to_string()} " more for free delivery"</p> })
    };
    view! {
        <aside class="panel" aria-labelledby="summary-title">
            <h2 id="summary-title">"Summary"</h2>
            {move || totals.get().map(|totals| view! { <TotalsList totals units=units.get() /> })}
            {free_from}
            {move || {
                if is_ready.get() {
                    view! {
                        <a class="button button--signal button--large button--wide" href="/checkout">
                            "Go to checkout"
                        </a>
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            class="button button--large button--wide"
                            type="button"
                            disabled
                            aria-describedby="not-ready"
                        >
                            "Go to checkout"
                        </button>
                        <p class="small" id="not-ready">
                            "Something in your cart can't be bought as it is. Please look at the marked items first."
                        </p>
                    }
                        .into_any()
                }
            }}
            <ul class="assurances">
                <li>
                    <Icon glyph=Glyph::Truck />
                    <span>"Arrives " <b>{arrives}</b></span>
                </li>
                <li>
                    <Icon glyph=Glyph::Lock />
                    <span>"Card details never reach our servers"</span>
                </li>
            </ul>
            <p class="visually-hidden" role="status">{announced}</p>
        </aside>
    }
    .into_any()
}

/// Items, delivery and total. What `units` are counted in: units in all lines together.
#[component]
pub fn TotalsList(totals: Totals, units: u32) -> impl IntoView {
    view! {
        <dl class="totals">
            <div>
                <dt>"Items (" {units} ")"</dt>
                <dd>{totals.items().to_string()}</dd>
            </div>
            <div>
                <dt>"Delivery"</dt>
                <dd>{charge(totals.delivery())}</dd>
            </div>
            <div class="totals__sum">
                <dt>"Total " <small>"Includes VAT"</small></dt>
                <dd>{totals.total().to_string()}</dd>
            </div>
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::pricing::Currency;

    #[test]
    fn free_delivery_is_as_far_away_as_it_says() {
        let missing = |minor| missing_to_free_delivery(Money::new(minor, Currency::GBP)).map(|money| money.to_string());
        assert_eq!(missing(FREE_DELIVERY_MINOR_UNITS - 1_50).as_deref(), Some("£1.50"));
        assert_eq!(missing(FREE_DELIVERY_MINOR_UNITS), None);
        assert_eq!(charge(Money::zero(Currency::GBP)), "Free");
        assert_eq!(charge(Money::new(3_95, Currency::GBP)), "£3.95");
    }
}
