use domain::order::OrderQuery;
use domain::order::ports::Orders;
use leptos::prelude::*;

use super::frame::AccountPage;
use super::order_card::{OrderCard, ShownOrder};
use super::require;
use crate::form::DoneNotice;
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::port::port;

/// What an account offers: address, name, what for, drawing.
const OFFERS: [(&str, &str, &str, Glyph); 9] = [
    ("/account/orders", "Orders", "Follow, find and buy again", Glyph::Order),
    ("/account/lists", "Lists", "What you may want one day", Glyph::Lines),
    ("/account/alerts", "Alerts", "What we write to you about when it is back or costs less", Glyph::Letter),
    ("/history", "Browsing history", "What you looked at, and whether it is kept", Glyph::Clock),
    ("/account/credit", "Store credit", "What is left of it, and what changed it", Glyph::Card),
    ("/account/addresses", "Addresses", "Where your parcels go", Glyph::Pin),
    ("/account/sessions", "Where you are signed in", "Your devices; sign out of any", Glyph::Device),
    ("/account/security", "Passkeys and codes", "Sign in without a password, or with a code as well", Glyph::Lock),
    ("/account/settings", "Settings", "Name, e-mail, password, your data", Glyph::Account),
];

/// `/account`; `new=yes` after it was opened.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let is_new = query().get_str("new") == Some("yes");
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let orders = port::<dyn Orders>()?.list(signed_in.account.id, &OrderQuery::default()).await?.orders;
        let title = format!("Good day, {}", signed_in.account.first_name());
        let last = ShownOrder::all(orders.into_iter().take(1).collect()).await.into_iter().next();
        let offer = |(address, name, what, glyph): (&'static str, &'static str, &'static str, Glyph)| {
            view! {
                <li>
                    <a class="account__offer" href=address>
                        <Icon glyph />
                        <span>
                            <b>{name}</b>
                            <small>{what}</small>
                        </span>
                    </a>
                </li>
            }
        };
        Ok(Some(view! {
            <AccountPage title signed_in>
                {is_new.then(|| view! { <Welcome /> })}
                <ul class="account__offers">{OFFERS.map(offer).collect_view()}</ul>
                {last
                    .map(|shown| {
                        view! {
                            <section class="section" aria-labelledby="last-order">
                                <h2 id="last-order">"Your last order"</h2>
                                <ul class="order-cards">
                                    <OrderCard shown />
                                </ul>
                            </section>
                        }
                    })}
            </AccountPage>
        }))
    })
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <DoneNotice words="Your account is open, and you are signed in. What was in your cart came along." />
    }
}
