//! What changes a cart. Each function sends who asks for a page on to the cart page, and answers
//! everybody else with the whole cart, looked up again.

use domain::cart::ports::Carts;
use domain::cart::{Cart, CartChange, CartError, CartVersion, MAX_CHANGE_ATTEMPTS, PricedCart};
use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::inventory::ports::Inventory;
use domain::inventory::{Quantity, QuantityError};
use domain::pricing::promotion::{CouponCode, CouponRefusal};
use domain::text::encoded;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::view::{Promise, look_up};
use crate::account::signed_in;
use crate::answer::{is_plain_form, with_error};
use crate::error::WireError;
use crate::port::port;
use crate::visitor::Visitor;

/// The number of a quantity field; `None` for zero, which takes the line away.
///
/// # Errors
/// [`CartError::TooManyUnits`], or [`CartError::NotAQuantity`] for what is no number.
pub fn parse_quantity(raw: &str) -> Result<Option<Quantity>, WireError> {
    match raw.parse() {
        Ok(quantity) => Ok(Some(quantity)),
        Err(QuantityError::Zero) => Ok(None),
        Err(QuantityError::TooMany) => Err(CartError::TooManyUnits.into()),
        Err(QuantityError::NotANumber) => Err(CartError::NotAQuantity.into()),
    }
}

/// The cart as it is now.
#[server(prefix = "/api", endpoint = "cart", input = GetUrl)]
pub async fn read_cart() -> Result<PricedCart, WireError> {
    crate::answer::never_cache();
    look_up(&read().await?, &Promise::current().await?).await
}

/// Adds units of a SKU that is sold, as many as there are; at its former `place` where a line is
/// brought back. Without a SKU the shopper has not chosen what fits: the page of
/// `look`, a SKU of the same look, asks for it.
#[server(prefix = "/api", endpoint = "cart/lines")]
pub async fn add_line(
    #[server(default)] sku: Option<Sku>,
    #[server(default)] look: Option<Sku>,
    quantity: String,
    #[server(default)] place: Option<u32>,
) -> Result<PricedCart, WireError> {
    let Some(sku) = sku else { return ask_for_choice(look, &quantity).await };
    let name = encoded(sku.as_str());
    match add(sku, &quantity, place).await {
        Ok(Added { cart, quantity, is_all }) => {
            let all = if is_all { "&all=yes" } else { "" };
            finish(Ok(cart), &format!("/cart?added={name}&quantity={quantity}{all}")).await
        }
        Err(error) => finish(Err(error), "/cart").await,
    }
}

/// Nothing is added; a form leads back to where the choice is made, with what was typed.
async fn ask_for_choice(look: Option<Sku>, quantity: &str) -> Result<PricedCart, WireError> {
    let error = WireError::from(CartError::NotChosen);
    let Some(look) = look else { return finish(Err(WireError::Form), "/cart").await };
    if !is_plain_form() {
        return Err(error);
    }
    let products = port::<dyn Catalog>()?.products_of(std::slice::from_ref(&look)).await?;
    let Some(product) = products.get(&look) else { return finish(Err(error), "/cart").await };
    let (look, quantity) = (encoded(look.as_str()), encoded(quantity));
    let page = format!("/products/{}?look={look}&quantity={quantity}", product.slug);
    leptos_axum::redirect(&with_error(&page, error.clone()));
    Err(error)
}

/// Sets the quantity of a line, or takes it away where `quantity` and `step` come to zero.
/// `step` is what the buttons beside the field add to it: one unit more or fewer.
#[server(prefix = "/api", endpoint = "cart/lines/quantity")]
pub async fn set_quantity(
    sku: Sku,
    quantity: String,
    #[server(default)] step: i32,
    #[server(default)] seen: Option<CartVersion>,
) -> Result<PricedCart, WireError> {
    match stepped(&quantity, step) {
        Ok(Some(quantity)) => finish(change(seen, &CartChange::SetQuantity { sku, quantity }).await, "/cart").await,
        Ok(None) => take_away(sku).await,
        Err(error) => finish(Err(error), "/cart").await,
    }
}

#[server(prefix = "/api", endpoint = "cart/lines/removals")]
pub async fn remove_line(sku: Sku) -> Result<PricedCart, WireError> {
    take_away(sku).await
}

#[server(prefix = "/api", endpoint = "cart/saved")]
pub async fn save_for_later(sku: Sku) -> Result<PricedCart, WireError> {
    let to = format!("/cart?saved={}", encoded(sku.as_str()));
    finish(change(None, &CartChange::SaveForLater { sku }).await, &to).await
}

#[server(prefix = "/api", endpoint = "cart/saved/moves")]
pub async fn move_to_cart(sku: Sku) -> Result<PricedCart, WireError> {
    finish(change(None, &CartChange::MoveToCart { sku }).await, "/cart").await
}

#[server(prefix = "/api", endpoint = "cart/saved/removals")]
pub async fn remove_saved(sku: Sku) -> Result<PricedCart, WireError> {
    finish(change(None, &CartChange::RemoveSaved { sku }).await, "/cart#saved").await
}

/// Keeps a coupon with the cart, unless it can't save anything whatever is in the cart and whoever buys it.
#[server(prefix = "/api", endpoint = "cart/coupon")]
pub async fn apply_coupon(code: String) -> Result<PricedCart, WireError> {
    let kept = apply(&code).await;
    match &kept {
        // What was typed comes back beside its error.
        Err(error) if is_plain_form() => {
            let to = format!("{}&coupon={}#coupon", with_error("/cart", error.clone()), encoded(&code));
            leptos_axum::redirect(&to);
            kept.map(|_| PricedCart::default())
        }
        _ => finish(kept, "/cart?applied=coupon").await,
    }
}

#[server(prefix = "/api", endpoint = "cart/coupon/removals")]
pub async fn remove_coupon() -> Result<PricedCart, WireError> {
    finish(change(None, &CartChange::RemoveCoupon).await, "/cart#coupon").await
}

async fn apply(typed: &str) -> Result<Cart, WireError> {
    let refused = |refusal| WireError::from(CartError::Coupon { refusal });
    let code: CouponCode = typed.parse().map_err(|_| refused(CouponRefusal::Unknown))?;
    let coupon = CartChange::ApplyCoupon { code };
    let tried = look_up(&read().await?.apply(&coupon)?, &Promise::current().await?).await?;
    match tried.coupon.and_then(|coupon| coupon.refusal).filter(|refusal| !refusal.may_pass()) {
        Some(refusal) => Err(refused(refusal)),
        None => change(None, &coupon).await,
    }
}

pub(super) async fn read() -> Result<Cart, WireError> {
    let carts = port::<dyn Carts>()?;
    match Visitor::current()?.cart {
        Some(id) => Ok(carts.read(id).await?),
        None => Ok(Cart::default()),
    }
}

async fn change(seen: Option<CartVersion>, change: &CartChange) -> Result<Cart, WireError> {
    let id = Visitor::current()?.cart_to_change()?;
    let owner = signed_in().map(|signed_in| signed_in.account.id);
    Ok(port::<dyn Carts>()?.change(id, owner, seen, change).await?)
}

/// A cart that something was added to.
pub(crate) struct Added {
    cart: Cart,
    quantity: Quantity,
    /// Fewer than asked for: there are no more.
    is_all: bool,
}

pub(crate) async fn add(sku: Sku, quantity: &str, place: Option<u32>) -> Result<Added, WireError> {
    // Nobody adds nothing: zero is as wrong as a word.
    let wanted = parse_quantity(quantity)?.ok_or(CartError::NotAQuantity)?;
    let sold = port::<dyn Catalog>()?.products_of(std::slice::from_ref(&sku)).await?;
    if !sold.contains_key(&sku) {
        return Err(CartError::NotSold.into());
    }
    let on_sale = port::<dyn Inventory>()?.on_sale(std::slice::from_ref(&sku)).await?;
    let available = on_sale.get(&sku).copied().unwrap_or_default().available;
    // What fits depends on what the cart holds: it is added to the cart that was looked at, or the
    // next one is looked at.
    for _ in 0..MAX_CHANGE_ATTEMPTS {
        let cart = read().await?;
        let quantity = cart.room_for(&sku, wanted, available)?;
        let added = match place {
            Some(place) => CartChange::PutBack { sku: sku.clone(), quantity, place },
            None => CartChange::Add { sku: sku.clone(), quantity },
        };
        match change(Some(cart.version()), &added).await {
            Ok(cart) => return Ok(Added { cart, quantity, is_all: quantity < wanted }),
            Err(WireError::Cart(CartError::Changed)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(CartError::Changed.into())
}

async fn take_away(sku: Sku) -> Result<PricedCart, WireError> {
    let cart = read().await.unwrap_or_default();
    let to = match cart.lines().iter().enumerate().find(|(_, line)| line.sku == sku) {
        Some((place, line)) => {
            format!("/cart?removed={}&quantity={}&place={place}", encoded(sku.as_str()), line.quantity)
        }
        None => "/cart".to_owned(),
    };
    finish(change(None, &CartChange::Remove { sku }).await, &to).await
}

/// Sends a form on, to `to` or to the cart page with the error; answers a script.
async fn finish(outcome: Result<Cart, WireError>, to: &str) -> Result<PricedCart, WireError> {
    if is_plain_form() {
        match &outcome {
            Ok(_) => leptos_axum::redirect(to),
            Err(error) => leptos_axum::redirect(&with_error("/cart", error.clone())),
        }
        return outcome.map(|_| PricedCart::default());
    }
    look_up(&outcome?, &Promise::current().await?).await
}

/// The quantity of a field after one of the buttons beside it.
fn stepped(quantity: &str, step: i32) -> Result<Option<Quantity>, WireError> {
    let typed = parse_quantity(quantity)?.map_or(0, Quantity::get);
    parse_quantity(&typed.saturating_add_signed(step).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_field_says_what_it_means() {
        let units = |raw: &str, step| stepped(raw, step).map(|quantity| quantity.map(Quantity::get));
        assert_eq!(units("2", 1), Ok(Some(3)));
        assert_eq!(units("1", -1), Ok(None));
        assert_eq!((units("0", 0), units("0", 1)), (Ok(None), Ok(Some(1))));
        assert_eq!(units("two", 0), Err(CartError::NotAQuantity.into()));
        assert_eq!(units("99999999999", 0), Err(CartError::TooManyUnits.into()));
    }
}
