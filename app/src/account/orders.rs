use domain::order::ports::Orders;
use domain::order::{OrderId, OrderProgress, OrderQuery};
use domain::text::encoded;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::frame::AccountPage;
use super::order_card::{OrderCard, ShownOrder};
use super::require;
use crate::form::{PostedError, SearchForm};
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::port::port;

/// Where the orders of an account are.
const ORDERS: &str = "/account/orders";

/// `/account/orders`: the orders of an account, the newest first; `q` looks for words or a number in
/// them, `progress` how far they are, `older` is where the page before ended, `added={n}&of={m}` what came of
/// buying again.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let query = query();
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let asked = OrderQuery {
            words: query.get_str("q").unwrap_or_default().into(),
            progress: query.get_str("progress").and_then(OrderProgress::from_parameter),
            older_than: query.get_str("older").and_then(|raw| raw.parse().ok()),
        };
        let found = port::<dyn Orders>()?.list(signed_in.account.id, &asked).await?;
        let (added, next) = (added(&query), found.next);
        let orders = ShownOrder::all(found.orders).await;
        let has_any = !orders.is_empty() || asked != OrderQuery::default();
        Ok(Some(view! {
            <AccountPage title="Orders" signed_in>
                {posted} {added} {has_any.then(|| view! { <Looking asked=asked.clone() /> })}
                <Cards orders next asked />
            </AccountPage>
        }))
    })
}

/// The address of a page of the same search.
fn address(asked: &OrderQuery, older_than: Option<OrderId>) -> String {
    let pairs = [
        Some(asked.words.as_str()).filter(|words| !words.is_empty()).map(|words| format!("q={}", encoded(words))),
        asked.progress.map(|progress| format!("progress={}", progress.parameter())),
        older_than.map(|last| format!("older={last}")),
    ];
    let pairs: Vec<String> = pairs.into_iter().flatten().collect();
    if pairs.is_empty() { ORDERS.to_owned() } else { format!("{ORDERS}?{}", pairs.join("&")) }
}

#[component]
fn Looking(asked: OrderQuery) -> impl IntoView {
    let is_narrowed = !asked.words.is_empty() || asked.progress.is_some();
    let chosen = asked.progress;
    let option = move |progress: OrderProgress| {
        let is_chosen = chosen == Some(progress);
        view! {
            <option value=progress.parameter() selected=is_chosen>
                {progress.label()}
            </option>
        }
    };
    let filter = view! {
        <label class="visually-hidden" for="order-progress">
            "How far they are"
        </label>
        <select class="field__input order-search__progress" id="order-progress" name="progress">
            <option value="">"All orders"</option>
            {OrderProgress::ALL.map(option).collect_view()}
        </select>
    };
    view! {
        <SearchForm
            id="order-q"
            label="Search your orders"
            address=ORDERS
            placeholder="A thing, or an order number"
            words=asked.words
            filter=filter.into_any()
        >
            {is_narrowed
                .then(|| {
                    view! {
                        <a class="order-search__all" href=ORDERS>
                            "Clear the search"
                        </a>
                    }
                })}
        </SearchForm>
    }
}

#[component]
fn Cards(orders: Vec<ShownOrder>, next: Option<OrderId>, asked: OrderQuery) -> impl IntoView {
    if orders.is_empty() {
        return view! { <Empty asked /> }.into_any();
    }
    let (older, is_first) = (next.map(|next| address(&asked, Some(next))), asked.older_than.is_none());
    view! {
        <h2 class="visually-hidden">"What you ordered"</h2>
        <ul class="order-cards">
            {orders.into_iter().map(|shown| view! { <OrderCard shown /> }).collect_view()}
        </ul>
        <nav class="row" aria-label="More orders">
            {older
                .map(|older| {
                    view! {
                        <a class="button" href=older rel="next">
                            "Older orders"
                        </a>
                    }
                })} {(!is_first).then(|| view! { <a href=address(&asked, None)>"Newest orders"</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Empty(asked: OrderQuery) -> impl IntoView {
    let (title, advice) = if !asked.words.is_empty() {
        (
            format!("No order with “{}”", asked.words),
            "Try fewer or other words, or the number of the order. Orders that you placed with another e-mail address are found with their number.",
        )
    } else if asked.progress.is_some() {
        ("No such order".to_owned(), "None of your orders stands so. Look through all of them.")
    } else if asked.older_than.is_none() {
        (
            "No orders yet".to_owned(),
            "What you buy while you are signed in, or have bought with your e-mail address, stands here.",
        )
    } else {
        ("No older orders".to_owned(), "That was the first one.")
    };
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{advice}</p>
            <p class="row">
                <a class="button" href="/">
                    "Look around the store"
                </a>
                <a href="/orders">"Find an order by its number"</a>
            </p>
        </div>
    }
    .into_any()
}

/// What came of buying an order again. The numbers may come from anybody's address, and say nothing
/// but numbers.
fn added(query: &ParamsMap) -> Option<impl IntoView + use<>> {
    let number = |name| query.get_str(name).and_then(|raw| raw.parse::<u16>().ok());
    let (added, of) = (number("added")?, number("of")?);
    let (class, glyph, words) = if added == 0 {
        ("notice notice--warn", Glyph::Warning, "Nothing of this order can be bought at the moment.".to_owned())
    } else if added < of {
        let words = format!("{added} of {of} things are in your cart; the others are sold out or no longer sold.");
        ("notice notice--warn", Glyph::Warning, words)
    } else {
        ("notice notice--good", Glyph::CheckCircle, "Everything of this order is in your cart.".to_owned())
    };
    Some(view! {
        <div class=class role="status">
            <Icon glyph />
            <p>{words} " " <a href="/cart">"Go to the cart"</a></p>
        </div>
    })
}
