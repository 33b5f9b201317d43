//! What confirmation and status have in common.

use domain::order::{Order, OrderLine};
use domain::shipment::spoken_day;
use leptos::prelude::*;

use super::address_lines;
use crate::cart::compact::CompactLine;
use crate::cart::summary::TotalsList;

/// Address, delivery and payment, the items, and every amount. `children` come first.
#[component]
pub fn OrderParts(order: Order, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let units = order.lines.iter().map(|line| line.quantity.get()).sum::<u32>();
    let address = address_lines(&order.contact).into_iter().map(|line| view! { {line} <br /> }).collect_view();
    let totals = order.totals;
    let arrives = order.state.brings_goods().then(|| spoken_day(order.arrives_on));
    let (savings, delivery_discount) = (order.savings(), order.delivery_discount);
    view! {
        <div class="beside">
            <div>
                {children.map(|children| children())}
                <section class="order-parts" aria-label="Order details">
                    <div>
                        <h2>"Deliver to"</h2>
                        <address>{address}</address>
                    </div>
                    <div>
                        <h2>"Delivery"</h2>
                        <p>{order.delivery.label()} <br /> {arrives}</p>
                    </div>
                    <div>
                        <h2>"Payment"</h2>
                        <p>{order.paid_with.to_string()} <br /> {totals.total().to_string()}</p>
                    </div>
                    <div>
                        <h2>"Contact"</h2>
                        <p>{order.contact.email.to_string()}</p>
                    </div>
                </section>
                <section class="section" aria-labelledby="items-title">
                    <h2 id="items-title">"Items"</h2>
                    <ul class="lines">{order.lines.into_iter().map(bought).collect_view()}</ul>
                </section>
            </div>
            <aside class="panel" aria-labelledby="total-title">
                <h2 id="total-title">"Amounts"</h2>
                <TotalsList totals units savings delivery_discount />
            </aside>
        </div>
    }
    .into_any()
}

fn bought(line: OrderLine) -> impl IntoView {
    let total = line.unit_price.money().times(line.quantity.get()).ok();
    view! {
        <CompactLine
            picture=line.picture
            title=line.title
            choices=line.choices
            quantity=line.quantity
            total
            discounts=line.discounts
        />
    }
}
