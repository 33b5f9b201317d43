use domain::order::{OrderAccess, OrderNumber};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::CancelOrder;

/// How an order is cancelled: closed at first, so that a slip of a finger cancels nothing.
#[component]
pub fn Cancellation(number: OrderNumber, access: OrderAccess) -> impl IntoView {
    view! {
        <details class="cancellation no-print">
            <summary>"Cancel this order"</summary>
            <form class="stack" method="post" action=CancelOrder::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="access" value=access.to_string() />
                <p>
                    "Nothing has been charged. What a bank holds for it is released; it may take some days to show it."
                </p>
                <p>
                    <button class="button" type="submit">
                        "Cancel order "
                        {number.to_string()}
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
