//! An order as a card: how it stands, what it holds, and what can be done with it today.

use std::collections::HashMap;

use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::inventory::Availability;
use domain::inventory::ports::Inventory;
use domain::order::returns::ports::Returns;
use domain::order::{Order, OrderLine, OrderState};
use domain::shipment::{spoken_day, store_day};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::BuyAgain;
use crate::cart::amounts::items;
use crate::cart::api::AddLine;
use crate::cart::compact::{LinePicture, details};
use crate::error::WireError;
use crate::order::own_invoice_path;
use crate::port::port;

/// Lines of an order that its card shows.
const SHOWN_LINES: usize = 3;

/// Whether a line can be bought again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    Buy,
    SoldOut,
    /// Nobody sells it here any more.
    Gone,
}

/// An order with what can be done with it.
#[derive(Debug, Clone)]
pub struct ShownOrder {
    order: Order,
    /// Of the lines that are shown, in their order.
    again: Vec<Again>,
    can_return: bool,
}

impl ShownOrder {
    /// Looks what can be done with some orders. What can't be looked up is offered where it answers for itself, as
    /// buying does, and else left out.
    pub async fn all(orders: Vec<Order>) -> Vec<Self> {
        let availability = availability(&orders).await.ok();
        let again = |line: &OrderLine| match availability.as_ref().map(|known| known.get(&line.sku)) {
            Some(None) => Again::Gone,
            Some(Some(Availability::SoldOut)) => Again::SoldOut,
            None | Some(Some(_)) => Again::Buy,
        };
        let mut shown = Vec::with_capacity(orders.len());
        for order in orders {
            let again = order.lines.iter().take(SHOWN_LINES).map(again).collect();
            let can_return = can_return(&order).await.unwrap_or_default();
            shown.push(Self { order, again, can_return });
        }
        shown
    }
}

/// How the lines that are shown are there today, as far as they are sold.
async fn availability(orders: &[Order]) -> Result<HashMap<Sku, Availability>, WireError> {
    let lines = orders.iter().flat_map(|order| order.lines.iter().take(SHOWN_LINES));
    let mut skus: Vec<Sku> = lines.map(|line| line.sku.clone()).collect();
    skus.sort_unstable();
    skus.dedup();
    let sold = port::<dyn Catalog>()?.products_of(&skus).await?;
    skus.retain(|sku| sold.contains_key(sku));
    let on_sale = port::<dyn Inventory>()?.on_sale(&skus).await?;
    let of = |sku: Sku| {
        let availability = on_sale.get(&sku).copied().unwrap_or_default().availability();
        (sku, availability)
    };
    Ok(skus.into_iter().map(of).collect())
}

/// Whether its shopper may ask to return something of it now. Its returns are looked up only where that depends on
/// them.
async fn can_return(order: &Order) -> Result<bool, WireError> {
    let now = Timestamp::now();
    if order.check_returnable(&[], now).is_err() {
        return Ok(false);
    }
    let returns = port::<dyn Returns>()?.of(order.id).await?.returns;
    Ok(order.check_returnable(&returns, now).is_ok())
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

/// One order, with the way to its page and to what belongs to it, and a way to buy the same again.
#[component]
pub fn OrderCard(shown: ShownOrder) -> impl IntoView {
    let ShownOrder { order, again, can_return } = shown;
    let (number, state) = (order.number.to_string(), state_in_words(&order));
    let day = store_day(order.placed_at);
    let placed = format!("{} {}", spoken_day(day), day.year());
    let count = order.lines.len();
    let more = count.saturating_sub(SHOWN_LINES);
    let path = format!("/orders/{number}");
    let follow = if order.state.is_final() { "See order" } else { "Follow" };
    let invoice = order.state.has_invoice().then(|| own_invoice_path(order.number));
    let back = can_return.then(|| format!("{path}/return"));
    let lines = order.lines.into_iter().zip(again).map(|(line, again)| line_view(line, again)).collect_view();
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
                <CardLink words=follow path number=number.clone() />
                {back.map(|path| view! { <CardLink words="Return items" path number=number.clone() /> })}
                {invoice.map(|path| view! { <CardLink words="Invoice" path number=number.clone() /> })}
                {(count > 1).then(|| view! { <BuyAllAgain number /> })}
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn CardLink(words: &'static str, path: String, number: String) -> impl IntoView {
    view! {
        <a class="button" href=path>
            {words}
            <span class="visually-hidden">": order " {number}</span>
        </a>
    }
    .into_any()
}

#[component]
fn BuyAllAgain(number: String) -> impl IntoView {
    view! {
        <form method="post" action=BuyAgain::url()>
            <input type="hidden" name="number" value=number.clone() />
            <button class="button" type="submit">
                "Buy all again"
                <span class="visually-hidden">": order " {number}</span>
            </button>
        </form>
    }
    .into_any()
}

fn line_view(line: OrderLine, again: Again) -> impl IntoView {
    let (address, name) = (format!("/products/{}", line.slug), line.title.to_string());
    view! {
        <li class="line line--compact">
            <LinePicture picture=line.picture />
            <div class="line__what">
                <h4>
                    <a href=address>{name.clone()}</a>
                </h4>
                <p class="line__options">{details(&line.choices, &items(line.quantity.get()))}</p>
            </div>
            {match again {
                Again::Buy => view! { <BuyLineAgain sku=line.sku units=line.quantity.get() name /> }.into_any(),
                Again::SoldOut => view! { <p class="availability availability--out">"Sold out"</p> }.into_any(),
                Again::Gone => view! { <p class="availability availability--out">"No longer sold"</p> }.into_any(),
            }}
        </li>
    }
}

/// Puts as many of a thing into the cart as were bought, or as many as there are.
#[component]
fn BuyLineAgain(sku: Sku, units: u32, name: String) -> impl IntoView {
    view! {
        <form method="post" action=AddLine::url()>
            <input type="hidden" name="sku" value=sku.to_string() />
            <input type="hidden" name="quantity" value=units />
            <button class="button button--small" type="submit">
                "Buy again"
                <span class="visually-hidden">": " {name}</span>
            </button>
        </form>
    }
    .into_any()
}
