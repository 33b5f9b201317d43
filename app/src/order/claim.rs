use domain::order::ports::Orders;
use domain::order::{OrderAccess, OrderNumber};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::account::api::ClaimOrders;
use crate::account::signed_in;
use crate::error::WireError;
use crate::icon::{Glyph, Icon};
use crate::port::port;

/// Whether who is signed in could make the order their own.
pub(super) async fn can_claim(number: OrderNumber, access: &OrderAccess) -> Result<bool, WireError> {
    let Some(signed_in) = signed_in() else { return Ok(false) };
    Ok(port::<dyn Orders>()?.can_claim(&signed_in.account.email, number, access).await?)
}

/// How a guest's order becomes part of the account that has its e-mail address.
#[component]
pub fn Claim(number: OrderNumber, access: OrderAccess) -> impl IntoView {
    view! {
        <div class="notice no-print">
            <Icon glyph=Glyph::Account />
            <p>"This order was placed with your e-mail address while you were not signed in."</p>
            <form method="post" action=ClaimOrders::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="access" value=access.to_string() />
                <button class="link-button" type="submit">
                    "Add it to your account"
                </button>
            </form>
        </div>
    }
    .into_any()
}
