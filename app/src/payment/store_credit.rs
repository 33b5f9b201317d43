//! Store credit as its owner sees it: in the payment step, where one button lets it pay, and in the account with all
//! that changed it.

use domain::account::AccountId;
use domain::checkout::CheckoutView;
use domain::payment::gift_card::{CreditMovement, CreditMovementKind, GiftCard, StoreCredit};
use domain::payment::ports::StoreCredits;
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::account::frame::AccountPage;
use crate::account::require;
use crate::checkout::api::ApplyStoreCredit;
use crate::error::WireError;
use crate::page::page;
use crate::port::port;

/// What a buyer has that could pay for their cart and was not applied yet.
///
/// # Errors
/// Where store credit can't be reached.
pub async fn offered(view: &CheckoutView, buyer: Option<AccountId>) -> Result<Option<GiftCard>, WireError> {
    let (Some(buyer), Some(charged)) = (buyer, view.charged()) else { return Ok(None) };
    if charged.minor_units() == 0 {
        return Ok(None);
    }
    let credits = port::<dyn StoreCredits>()?.of(buyer).await?.credits.into_iter().map(|found| found.credit);
    let is_applied = |credit: &GiftCard| view.gift_cards.iter().any(|card| card.id == credit.id);
    Ok(credits.filter(|credit| !is_applied(credit)).find(|credit| credit.usable(charged.currency()).is_ok()))
}

/// Lets the store credit of who is signed in pay.
#[component]
pub fn OfferedCredit(credit: GiftCard) -> impl IntoView {
    view! {
        <form class="gift-cards__credit" method="post" action=ApplyStoreCredit::url()>
            <p>{format!("You have {} of store credit.", credit.balance)}</p>
            <button class="button" type="submit">
                "Use store credit"
            </button>
        </form>
    }
    .into_any()
}

/// `/account/credit`: what is left in each currency, and what changed it.
#[component]
pub fn StoreCreditPage() -> impl IntoView {
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let credits = port::<dyn StoreCredits>()?.of(signed_in.account.id).await?.credits;
        let lead = if credits.is_empty() {
            "You have none. What the store gives you in credit stands here."
        } else {
            "It pays for your orders in the payment step of the checkout."
        };
        let credits = credits.into_iter().map(|found| view! { <Credit found /> }).collect_view();
        Ok(Some(view! {
            <AccountPage title="Store credit" lead=lead.to_owned() signed_in>
                {credits}
            </AccountPage>
        }))
    })
}

#[component]
fn Credit(found: StoreCredit) -> impl IntoView {
    let StoreCredit { credit, movements } = found;
    let currency = credit.balance.currency().code();
    let row = |movement: CreditMovement| {
        let day = store_day(movement.moved_at);
        view! {
            <tr>
                <td>{format!("{} {}", spoken_day(day), day.year())}</td>
                <td>{in_words(&movement)}</td>
                <td class="credit__amount">{movement.amount.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="section credit" aria-labelledby=format!("credit-{currency}")>
            <h2 id=format!("credit-{currency}")>{format!("{} left", credit.balance)}</h2>
            <table class="credit__movements">
                <caption class="visually-hidden">{format!("What changed it, in {currency}")}</caption>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">"When"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Amount"</th>
                    </tr>
                </thead>
                <tbody>{movements.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What changed a credit, with the order or the reason.
fn in_words(movement: &CreditMovement) -> String {
    let what = match movement.kind {
        CreditMovementKind::Given => "Given by the store",
        CreditMovementKind::Paid => "Pays for your order",
        CreditMovementKind::Released => "Not needed for your order",
        CreditMovementKind::Refunded => "Given back of your order",
    };
    let order = movement.order.map(|number| format!(" {number}")).unwrap_or_default();
    let reason = movement.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{what}{order}{reason}")
}
