use domain::cart::CartId;
use domain::checkout::ports::Checkout;
use domain::checkout::{CheckoutStep, CheckoutView, PlaceError};

use crate::account::buyer;
use crate::answer::{never_cache, send_to, with_error};
use crate::error::WireError;
use crate::port::port;
use crate::visitor::Visitor;

/// The checkout of a cart that can be bought as it is. `None` when there is no such cart: the
/// answer then leads to the cart page.
pub(super) async fn open() -> Result<Option<CheckoutView>, WireError> {
    never_cache();
    let Some(cart) = Visitor::current()?.cart else {
        send_to("/cart");
        return Ok(None);
    };
    let view = view(cart).await?;
    if view.cart.is_ready() {
        return Ok(Some(view));
    }
    if view.cart.lines.is_empty() {
        send_to("/cart");
    } else {
        send_to(&with_error("/cart", PlaceError::CartChanged.into()));
    }
    Ok(None)
}

/// The checkout at a step. `None` when a step before it is not done: the answer then leads there.
pub(super) async fn open_at(step: CheckoutStep) -> Result<Option<CheckoutView>, WireError> {
    let Some(view) = open().await? else { return Ok(None) };
    let next = view.next_step();
    if next < step {
        send_to(next.path());
        return Ok(None);
    }
    Ok(Some(view))
}

async fn view(cart: CartId) -> Result<CheckoutView, WireError> {
    Ok(port::<dyn Checkout>()?.view(cart, buyer()).await?)
}
