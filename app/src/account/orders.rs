use domain::order::ports::Orders;
use domain::order::{Order, OrderLine, OrderPage, OrderQuery, OrderState};
use domain::search::SearchText;
use domain::shipment::{spoken_day, store_day};
use domain::text::encoded;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::params::ParamsMap;

use super::api::BuyAgain;
use super::frame::AccountPage;
use super::require;
use crate::cart::amounts::items;
use crate::cart::compact::{LinePicture, details};
use crate::form::{PostedError, SearchForm};
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::port::port;

/// Lines of an order that its card shows.
const SHOWN_LINES: usize = 3;

/// `/account/orders`: the orders of an account, the newest first; `q` looks for words or a number in
/// them, `older` is where the page before ended, `added={n}&of={m}` what came of buying again.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let query = query();
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let asked = OrderQuery {
            words: query.get_str("q").unwrap_or_default().into(),
            older_than: query.get_str("older").and_then(|raw| raw.parse().ok()),
        };
        let found = port::<dyn Orders>()?.list(signed_in.account.id, &asked).await?;
        let added = added(&query);
        let (is_first, words) = (asked.older_than.is_none(), asked.words);
        let has_any = !found.orders.is_empty() || !words.is_empty() || !is_first;
        Ok(Some(view! {
            <AccountPage title="Orders" signed_in>
                {posted} {added} {has_any.then(|| view! { <Looking words=words.clone() /> })}
                <Cards found words is_first />
            </AccountPage>
        }))
    })
}

#[component]
fn Looking(words: SearchText) -> impl IntoView {
    let is_searched = !words.is_empty();
    view! {
        <SearchForm
            id="order-q"
            label="Search your orders"
            address="/account/orders"
            placeholder="A thing, or an order number"
            words
        >
            {is_searched.then(|| view! { <a href="/account/orders">"All orders"</a> })}
        </SearchForm>
    }
}

#[component]
fn Cards(found: OrderPage, words: SearchText, is_first: bool) -> impl IntoView {
    let OrderPage { orders, next } = found;
    if orders.is_empty() {
        return view! { <Empty words is_first /> }.into_any();
    }
    let older = next.map(|next| format!("/account/orders?q={}&older={next}", encoded(words.as_str())));
    view! {
        <h2 class="visually-hidden">"What you ordered"</h2>
        <ul class="order-cards">
            {orders.into_iter().map(|order| view! { <OrderCard order /> }).collect_view()}
        </ul>
        <nav class="row" aria-label="More orders">
            {older
                .map(|older| {
                    view! {
                        <a class="button" href=older rel="next">
                            "Older orders"
                        </a>
                    }
                })}
            {(!is_first)
                .then(|| view! { <a href=format!("/account/orders?q={}", encoded(words.as_str()))>"Newest orders"</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Empty(words: SearchText, is_first: bool) -> impl IntoView {
    let (title, advice) = if !words.is_empty() {
        (
            format!("No order with “{words}”"),
            "Try fewer or other words, or the number of the order. Orders that you placed with another e-mail address are found with their number.",
        )
    } else if is_first {
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

/// How an order stands, in a few words.
fn state_in_words(order: &Order) -> String {
    match order.state {
        OrderState::Pending => "Waiting for your bank".to_owned(),
        OrderState::Confirmed | OrderState::Shipped => format!("Arrives {}", spoken_day(order.arrives_on)),
        OrderState::Delivered => "Delivered".to_owned(),
        OrderState::Declined => "Payment declined".to_owned(),
        OrderState::Cancelling => "Being cancelled".to_owned(),
        OrderState::Cancelled => "Cancelled".to_owned(),
        OrderState::Refunded => "Refunded".to_owned(),
    }
}

/// One order, with the way to its page and a way to buy the same again.
#[component]
pub fn OrderCard(order: Order) -> impl IntoView {
    let (number, state) = (order.number.to_string(), state_in_words(&order));
    let day = store_day(order.placed_at);
    let placed = format!("{} {}", spoken_day(day), day.year());
    let more = order.lines.len().saturating_sub(SHOWN_LINES);
    let path = format!("/orders/{number}");
    let lines = order.lines.into_iter().take(SHOWN_LINES).map(line).collect_view();
    view! {
        <li class="order-card">
            <div class="order-card__head">
                <h3>
                    <a href=path.clone()>{state}</a>
                </h3>
                <p class="soft">{placed} " · " <span class="order-number">{number.clone()}</span></p>
                <p class="order-card__total">{order.totals.total().to_string()}</p>
            </div>
            <ul class="lines lines--compact">{lines}</ul>
            {(more > 0).then(|| view! { <p class="small soft">{format!("and {more} more")}</p> })}
            <div class="row">
                <a class="button" href=path>
                    "See order"
                    <span class="visually-hidden">" " {number.clone()}</span>
                </a>
                <form method="post" action=BuyAgain::url()>
                    <input type="hidden" name="number" value=number.clone() />
                    <button class="button" type="submit">
                        "Buy again"
                        <span class="visually-hidden">": order " {number}</span>
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

fn line(line: OrderLine) -> impl IntoView {
    let address = format!("/products/{}", line.slug);
    view! {
        <li class="line line--compact">
            <LinePicture picture=line.picture />
            <div class="line__what">
                <h4>
                    <a href=address>{line.title.to_string()}</a>
                </h4>
                <p class="line__options">{details(&line.choices, &items(line.quantity.get()))}</p>
            </div>
        </li>
    }
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
