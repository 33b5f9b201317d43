//! What confirmation and status have in common.

use domain::inventory::day_in_year;
use domain::order::words::{BACK_ON_GIFT_CARDS, GOES_BACK, ON_GIFT_CARDS_AGAIN, charged, unreached};
use domain::order::{Order, OrderLine, OrderState};
use domain::shipment::{Zone, customs_note, spoken_day};
use leptos::prelude::*;

use super::address_lines;
use crate::cart::compact::CompactLine;
use crate::cart::summary::TotalsList;
use crate::email::EmailAddress;
use crate::help::contact::WriteToUs;
use crate::payment::gift_card::{TenderLines, tenders_of};

/// Address, delivery and payment, the items, and every amount. `children` come first.
#[component]
pub fn OrderParts(
    order: Order,
    /// Where the address can be changed, as long as it can.
    #[prop(optional_no_strip)]
    readdress: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let units = order.lines.iter().map(|line| line.quantity.get()).sum::<u32>();
    let address = address_lines(&order.contact).into_iter().map(|line| view! { {line} <br /> }).collect_view();
    let totals = order.totals;
    // An order without taxes is from before they were counted, or they are asked for where it arrives.
    let tax_note = Zone::of(order.contact.address.country).tax_note();
    // A business that pays the tax itself is asked for it there.
    let holds_tax = totals.tax_owed().minor_units() > 0;
    let (charged, is_refunded) = (charged(&order), order.refunded_minor_units > 0);
    let unreached = unreached(&order);
    let customs = customs_note(order.contact.address.country, holds_tax).filter(|_| order.state.brings_goods());
    let vat_number = order.contact.vat_number.as_ref().map(|number| view! { <br /> {format!("VAT number {number}")} });
    let subject = format!("Order {}", order.number);
    let arrives = order.state.brings_goods().then(|| spoken_day(order.arrives_on));
    let tenders = tenders_of(&order).into_iter().map(|(label, amount)| {
        view! { <p>{label} <br /> {amount.to_string()}</p> }
    });
    let (tenders, gift_cards) = (tenders.collect_view(), order.gift_cards.clone());
    let is_back = is_refunded && !gift_cards.is_empty();
    let is_on_cards_again = order.state == OrderState::Cancelled && !gift_cards.is_empty();
    let waits = matches!(order.state, OrderState::Pending | OrderState::Confirmed);
    let (savings, delivery_discount) = (order.savings(), order.delivery_discount);
    view! {
        <div class="beside">
            <div>
                {children.map(|children| children())}
                <section class="order-parts" aria-label="Order details">
                    <div>
                        <h2>"Deliver to"</h2>
                        <address>{address}</address>
                        {readdress
                            .map(|path| {
                                view! {
                                    <a class="no-print" href=path>
                                        "Change the address"
                                    </a>
                                }
                            })}
                    </div>
                    <div>
                        <h2>"Delivery"</h2>
                        <p>{order.delivery.label()} <br /> {arrives}</p>
                    </div>
                    <div>
                        <h2>"Payment"</h2>
                        {tenders}
                    </div>
                    <div>
                        <h2>"Contact"</h2>
                        <p>
                            <EmailAddress email=order.contact.email />
                            {vat_number}
                        </p>
                    </div>
                </section>
                <section class="section" aria-labelledby="items-title">
                    <h2 id="items-title">"Items"</h2>
                    <ul class="lines">{order.lines.into_iter().map(|line| bought(line, waits)).collect_view()}</ul>
                </section>
            </div>
            <aside class="panel" aria-labelledby="total-title">
                <h2 id="total-title">"Amounts"</h2>
                <TotalsList totals units tax_note savings delivery_discount />
                <TenderLines gift_cards total=totals.total() rest="Paid otherwise" is_paid=true />
                {charged.map(|words| view! { <Charged words is_refunded=is_refunded && unreached.is_none() /> })}
                {unreached.map(|words| view! { <p>{words}</p> })}
                {is_back.then(|| view! { <BackOnGiftCards /> })}
                {is_on_cards_again.then(|| view! { <p class="small soft">{ON_GIFT_CARDS_AGAIN}</p> })}
                {customs.map(|customs| view! { <p class="small soft">{customs}</p> })}
                <WriteToUs subject />
            </aside>
        </div>
    }
    .into_any()
}

/// What was charged so far and what was given back of that, or that it was let go of.
#[component]
fn Charged(words: String, is_refunded: bool) -> impl IntoView {
    let back = is_refunded.then_some(GOES_BACK);
    view! {
        <p>
            <b>{words}</b>
        </p>
        {back.map(|back| view! { <p class="small soft">{back}</p> })}
    }
}

/// Where a refund goes of an order that gift cards paid a part of.
#[component]
fn BackOnGiftCards() -> impl IntoView {
    view! {
        <p class="small soft">{BACK_ON_GIFT_CARDS}</p>
    }
}

/// A line of an order that `waits` to be sent, or does not.
fn bought(line: OrderLine, waits: bool) -> impl IntoView + use<> {
    let total = line.unit_price.money().times(line.quantity.get()).ok();
    let expected = line.expected_on.filter(|_| waits).map(|day| format!("Expected in stock on {}", day_in_year(day)));
    view! {
        <CompactLine
            picture=line.picture
            title=line.title
            seller=line.seller
            choices=line.choices
            quantity=line.quantity
            total
            discounts=line.discounts
            parts=line.parts
            expected
        />
    }
}
