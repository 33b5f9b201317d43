use domain::checkout::Email;
use domain::checkout::ports::Checkout;
use domain::order::ports::Orders;
use domain::order::{Order, OrderAccess, OrderNumber, OrderState};
use domain::shipment::{spoken_day, store_day};
use jiff::Timestamp;
use leptos::prelude::*;

use super::address::address_change_path;
use super::cancellation::Cancellation;
use super::claim::{Claim, can_claim};
use super::invoice_document::{InvoiceLink, invoice_of};
use super::order_path;
use super::parts::OrderParts;
use super::print::PrintButton;
use super::returns;
use super::timeline::Timeline;
use crate::account::signed_in;
use crate::answer::{look_again, never_cache};
use crate::email::EmailAddress;
use crate::error::{NotFoundPage, WireError};
use crate::form::{DoneNotice, PostedError};
use crate::icon::{Glyph, Icon};
use crate::page::{page, path_parameter, query};
use crate::port::port;
use crate::seo::PageHead;
use crate::store::Store;
use crate::trail::{Crumb, Trail};

/// `/orders/{number}?access=…`: how an order stands; with `placed=yes` its confirmation. The account that
/// it belongs to needs no access in the address.
#[component]
pub fn OrderPage() -> impl IntoView {
    let number = path_parameter("number").parse().ok();
    let query = query();
    let access = query.get_str("access").and_then(|raw| raw.parse().ok());
    let was_just_placed = query.get_str("placed") == Some("yes");
    let goes_elsewhere = query.get_str("address") == Some("changed");
    let is_return_asked = query.get_str("return") == Some("asked");
    page(async move {
        never_cache();
        let Some((order, access)) = read(number, access).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        if order.state == OrderState::Pending {
            port::<dyn Checkout>()?.wait_on(order.id).await;
            look_again();
        }
        let can_claim = can_claim(order.number, &access).await?;
        // An order that ended without goods is no reason for thanks, whoever kept the address.
        Ok(if was_just_placed && order.state.brings_goods() {
            view! { <Confirmation order access can_claim /> }.into_any()
        } else {
            let returns = returns::section::shown(&order, &access).await?;
            view! { <Status order access can_claim goes_elsewhere is_return_asked returns /> }.into_any()
        })
    })
}

/// The order, for who bears its access and for the account that it belongs to; `None` alike for an
/// unknown number and for a wrong access.
pub(super) async fn read(
    number: Option<OrderNumber>,
    access: Option<OrderAccess>,
) -> Result<Option<(Order, OrderAccess)>, WireError> {
    let Some(number) = number else { return Ok(None) };
    let owner = signed_in().map(|signed_in| signed_in.account.id);
    Ok(port::<dyn Orders>()?.read_for(number, access, owner).await?)
}

/// `Friday 27 November 2026`
fn spoken_date(moment: Timestamp) -> String {
    let day = store_day(moment);
    format!("{} {}", spoken_day(day), day.year())
}

/// Since when the parcel is on its way, or there.
fn sent_or_delivered(order: &Order) -> Option<String> {
    let words = match order.state {
        OrderState::Shipped => "Sent",
        OrderState::Delivered => "Delivered",
        _ => return None,
    };
    order.reached_at(order.state).map(|at| format!("{words} on {}.", spoken_date(at)))
}

#[component]
fn Confirmation(order: Order, access: OrderAccess, can_claim: bool) -> impl IntoView {
    let name = order.contact.name.to_string();
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    let number = order.number.to_string();
    let follow = order_path(order.number, &access);
    let invoice = invoice_of(&order, &access);
    let claim = can_claim.then(|| view! { <Claim number=order.number access /> });
    let is_pending = order.state == OrderState::Pending;
    let arrives = spoken_day(order.arrives_on);
    view! {
        <PageHead title=format!("Order {number}") />
        <div class="page">
            <Letterhead />
            <div class="order-head contours">
                <h1>"Thank you, " {first_name} ". Your order is placed."</h1>
                <p>
                    "Order " <span class="order-number">{number}</span> " of " {spoken_date(order.placed_at)}
                    ". It arrives on " <b>{arrives}</b> "."
                </p>
                {is_pending.then(|| view! { <BankIsSilent /> })}
                <FindAgain email=order.contact.email.clone() />
                <div class="row no-print">
                    <a class="button" href=follow>
                        "Follow this order"
                    </a>
                    <InvoiceLink path=invoice />
                    <PrintButton />
                </div>
            </div>
            {claim}
            <OrderParts order />
        </div>
    }
    .into_any()
}

/// Where the order is found later: in the account of who is signed in, else by its number.
#[component]
fn FindAgain(email: Email) -> impl IntoView {
    if signed_in().is_some() {
        return view! {
            <p>
                "A letter about it goes to " <b>{email.to_string()}</b> ". You find the order among "
                <a href="/account/orders">"your orders"</a> "."
            </p>
        }
        .into_any();
    }
    view! {
        <p>
            "A letter about it goes to " <b><EmailAddress email /></b>
            ". Print this page, or keep the number: with it and this address you can "
            <a href="/orders">"find the order again"</a> "."
        </p>
    }
    .into_any()
}

#[component]
fn Status(
    order: Order,
    access: OrderAccess,
    can_claim: bool,
    goes_elsewhere: bool,
    is_return_asked: bool,
    returns: AnyView,
) -> impl IntoView {
    let number = order.number.to_string();
    let arrives = spoken_day(order.arrives_on);
    let heading = match order.state {
        OrderState::Pending => "Waiting for your bank".to_owned(),
        OrderState::Confirmed | OrderState::Shipped => format!("Arrives {arrives}"),
        OrderState::Delivered => "Delivered".to_owned(),
        OrderState::Declined => "The payment was declined".to_owned(),
        OrderState::Cancelling => "We are cancelling your order".to_owned(),
        OrderState::Cancelled => "Cancelled".to_owned(),
        OrderState::Refunded => "Refunded".to_owned(),
    };
    let claim = can_claim.then(|| view! { <Claim number=order.number access=access.clone() /> });
    let invoice = invoice_of(&order, &access);
    let waits = order.waits_to_be_sent();
    let readdress = waits.then(|| address_change_path(order.number, &access));
    let cancellation = waits.then(|| view! { <Cancellation number=order.number access /> });
    let here = format!("Order {number}");
    let steps = steps_to_order();
    let done = (goes_elsewhere && waits).then(|| view! { <DoneNotice words="The order goes to the address below." /> });
    let asked = is_return_asked.then(|| view! { <DoneNotice words="It is noted. What to do next is said below." /> });
    view! {
        <PageHead title=here.clone() />
        <div class="page">
            <Letterhead />
            <Trail steps here />
            <div class="page-head">
                <h1>{heading}</h1>
                <p>"Order " <span class="order-number">{number}</span> ", placed on " {spoken_date(order.placed_at)}</p>
                {sent_or_delivered(&order).map(|words| view! { <p>{words}</p> })}
                <div class="row no-print">
                    <InvoiceLink path=invoice />
                    <PrintButton />
                </div>
            </div>
            <PostedError />
            {done}
            {asked}
            {claim}
            <OrderParts order=order.clone() readdress>
                <section aria-labelledby="progress-title">
                    <h2 class="visually-hidden" id="progress-title">
                        "Progress"
                    </h2>
                    <Timeline order />
                </section>
                {cancellation}
                {returns}
            </OrderParts>
        </div>
    }
    .into_any()
}

/// The pages above an order.
pub(super) fn steps_to_order() -> Vec<Crumb> {
    if signed_in().is_some() {
        vec![Crumb::new("Your account", "/account"), Crumb::new("Orders", "/account/orders")]
    } else {
        vec![Crumb::new("Find my order", "/orders")]
    }
}

/// Whose order it is, on paper, where the header of the page is missing.
#[component]
fn Letterhead() -> impl IntoView {
    let store = Store::current();
    view! {
        <p class="print-only">
            <b>{store.name.to_string()}</b>
            " "
            {store.base_url.to_string()}
        </p>
    }
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
