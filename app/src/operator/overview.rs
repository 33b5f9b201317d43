use domain::inventory::ports::StockRoom;
use domain::operator::Trouble;
use domain::operator::ports::{Desk, OrderDesk};
use domain::review::ports::Reviews;
use leptos::prelude::*;

use super::frame::{OperatorPage, SECTIONS, Section};
use super::operators_page;
use crate::catalog::rating::grouped;
use crate::icon::Icon;
use crate::port::port;
use crate::store::Store;

/// `/operator`: the store at a glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    operators_page(async move {
        let store = Store::current();
        let (trouble, totals) = (port::<dyn Desk>()?.trouble().await?, port::<dyn StockRoom>()?.totals().await?);
        let orders = port::<dyn OrderDesk>()?.count_today().await?;
        // The graph may be away while the books are there: this page is read then as well.
        let posts = port::<dyn Reviews>()?.count_waiting().await.map_or_else(|_| "–".to_owned(), grouped);
        let figures = [
            ("/operator/orders", "Orders today", grouped(orders), "since midnight, universal time"),
            ("/operator/sagas", "Purchases set aside", trouble.purchases_in_all.to_string(), "wait for you"),
            ("/operator/sagas", "Events not delivered", trouble.events_in_all.to_string(), "wait for you"),
            ("/operator/sagas", "Refunds, disputes, holds", money_waiting(&trouble).to_string(), "wait for you"),
            ("/operator/reviews", "Reviews and questions", posts, "wait to be read"),
            ("/operator/stock?only=low", "Low or sold out", grouped(totals.low), "of the SKUs in stock"),
            ("/operator/stock?only=out", "Sold out", grouped(totals.out), "none is available"),
        ];
        Ok(view! {
            <OperatorPage title=format!("Running {}", store.name)>
                <ul class="figures">{figures.map(figure).collect_view()}</ul>
                <ul class="account__offers">{SECTIONS[1..].iter().map(offer).collect_view()}</ul>
                <section class="section" aria-labelledby="facts">
                    <h2 id="facts">"This store"</h2>
                    <Facts store />
                </section>
            </OperatorPage>
        })
    })
}

/// How many refunds are owed, disputes are to be looked after, and holds are about to end.
fn money_waiting(trouble: &Trouble) -> usize {
    let owed = trouble.refunds.iter().filter(|refund| refund.state.is_owed()).count();
    let disputed = trouble.disputes.iter().filter(|dispute| dispute.told.state.waits_for_store()).count();
    owed + disputed + trouble.holds.len()
}

fn figure((path, name, count, about): (&'static str, &'static str, String, &'static str)) -> impl IntoView {
    view! {
        <li>
            <a class="figure" href=path>
                <span class="figure__name">{name}</span>
                <b class="figure__count">{count}</b>
                <span class="figure__about">{about}</span>
            </a>
        </li>
    }
}

fn offer(section: &Section) -> impl IntoView + use<> {
    let Section { path, name, about, glyph } = *section;
    view! {
        <li>
            <a class="account__offer" href=path>
                <Icon glyph />
                <span>
                    <b>{name}</b>
                    <small>{about}</small>
                </span>
            </a>
        </li>
    }
}

/// What was settled when the store was opened.
#[component]
fn Facts(store: Store) -> impl IntoView {
    let payments = if store.uses_sandbox() {
        "The embedded sandbox takes test cards; no money moves."
    } else {
        "A payment gateway takes cards."
    };
    let contact = store.contact_email.map_or_else(|| "None published".to_owned(), |email| email.to_string());
    view! {
        <table class="facts">
            <tbody>
                <tr>
                    <th scope="row">"Address"</th>
                    <td>{store.base_url.to_string()}</td>
                </tr>
                <tr>
                    <th scope="row">"Currency"</th>
                    <td>{store.currency.name()}</td>
                </tr>
                <tr>
                    <th scope="row">"Payments"</th>
                    <td>{payments}</td>
                </tr>
                <tr>
                    <th scope="row">"Contact for shoppers"</th>
                    <td>{contact}</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}
