use domain::order::ports::Orders;
use domain::order::{Order, OrderAccess, OrderNumber, OrderState};
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;

use super::cancellation::Cancellation;
use super::order_path;
use super::parts::OrderParts;
use super::timeline::Timeline;
use crate::answer::never_cache;
use crate::error::{NotFoundPage, WireError};
use crate::form::PostedError;
use crate::icon::{Glyph, Icon};
use crate::page::{page, path_parameter, query};
use crate::port::port;
use crate::seo::PageHead;
use crate::trail::{Crumb, Trail};

/// `/orders/{number}?access=…`: how an order stands; with `placed=yes` its confirmation.
#[component]
pub fn OrderPage() -> impl IntoView {
    let number = path_parameter("number").parse().ok();
    let query = query();
    let access = query.get_str("access").and_then(|raw| raw.parse().ok());
    let was_just_placed = query.get_str("placed") == Some("yes");
    page(async move {
        never_cache();
        let Some((order, access)) = read(number, access).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        // An order that ended without goods is no reason for thanks, whoever kept the address.
        Ok(if was_just_placed && order.state.brings_goods() {
            view! { <Confirmation order access /> }.into_any()
        } else {
            view! { <Status order access /> }.into_any()
        })
    })
}

/// The order; `None` alike for an unknown number and for a wrong access.
async fn read(
    number: Option<OrderNumber>,
    access: Option<OrderAccess>,
) -> Result<Option<(Order, OrderAccess)>, WireError> {
    let (Some(number), Some(access)) = (number, access) else { return Ok(None) };
    let order = port::<dyn Orders>()?.read(number, &access).await?;
    Ok(order.map(|order| (order, access)))
}

/// `Friday 27 November 2026`
fn placed_on(order: &Order) -> String {
    let day = store_day(order.placed_at);
    format!("{} {}", spoken_day(day), day.year())
}

#[component]
fn Confirmation(order: Order, access: OrderAccess) -> impl IntoView {
    let name = order.contact.name.to_string();
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    let number = order.number.to_string();
    let follow = order_path(order.number, &access);
    let is_pending = order.state == OrderState::Pending;
    let arrives = spoken_day(order.arrives_on);
    view! {
        <PageHead title=format!("Order {number}") />
        <div class="page">
            <div class="order-head contours">
                <h1>"Thank you, " {first_name} ". Your order is placed."</h1>
                <p>
                    "Order " <span class="order-number">{number}</span> " of " {placed_on(&order)}
                    ". It arrives on " <b>{arrives}</b> "."
                </p>
                {is_pending.then(|| view! { <BankIsSilent /> })}
                <p>
                    "Print this page, or keep the number: with it and your e-mail address, "
                    <b>{order.contact.email.to_string()}</b> ", you can "
                    <a href="/orders">"find the order again"</a> "."
                </p>
                <p class="no-print">
                    <a class="button" href=follow>
                        "Follow this order"
                    </a>
                </p>
            </div>
            <OrderParts order />
        </div>
    }
    .into_any()
}

#[component]
fn Status(order: Order, access: OrderAccess) -> impl IntoView {
    let number = order.number.to_string();
    let arrives = spoken_day(order.arrives_on);
    let heading = match order.state {
        OrderState::Pending => "Waiting for your bank".to_owned(),
        OrderState::Confirmed | OrderState::Shipped => format!("Arrives {arrives}"),
        OrderState::Delivered => "Delivered".to_owned(),
        OrderState::Declined => "The payment was declined".to_owned(),
        OrderState::Cancelling => "We are cancelling your order".to_owned(),
        OrderState::Cancelled => "Cancelled".to_owned(),
    };
    let can_cancel = order.state == OrderState::Confirmed;
    let cancellation = can_cancel.then(|| view! { <Cancellation number=order.number access /> });
    let here = format!("Order {number}");
    view! {
        <PageHead title=here.clone() />
        <div class="page">
            <Trail steps=vec![Crumb::new("Find my order", "/orders")] here />
            <div class="page-head">
                <h1>{heading}</h1>
                <p>"Order " <span class="order-number">{number}</span> ", placed on " {placed_on(&order)}</p>
            </div>
            <PostedError />
            <OrderParts order=order.clone()>
                <section aria-labelledby="progress-title">
                    <h2 class="visually-hidden" id="progress-title">
                        "Progress"
                    </h2>
                    <Timeline state=order.state />
                </section>
                {cancellation}
            </OrderParts>
        </div>
    }
    .into_any()
}

/// The truth about an order whose payment is not settled yet.
#[component]
fn BankIsSilent() -> impl IntoView {
    view! {
        <div class="notice notice--warn">
            <Icon glyph=Glyph::Info />
            <p>"Your bank has not answered yet; we finish the order when it does and nothing is charged twice."</p>
        </div>
    }
    .into_any()
}
