//! What the checkout's forms post to. Each keeps what was given and sends the browser on.

use domain::checkout::{
    CheckoutStep, ContactForm, Draft, IdempotencyKey, PlaceError, Placed, Reviewed, ports::Checkout,
};
use domain::payment::PaymentMethod;
use domain::payment::gift_card::{GiftCardCode, GiftCardError, GiftCardId};
use domain::pricing::Money;
use domain::shipment::DeliveryOption;
use leptos::prelude::*;

use crate::account::{buyer, client, signed_in};
use crate::answer::with_error;
use crate::error::WireError;
use crate::order::order_path;
use crate::port::port;
use crate::search::found::bought;
use crate::typed;
use crate::visitor::Visitor;

/// The form of a gift card's code, among those whose words are kept.
pub(super) const GIFT_CARD_FORM: &str = "gift-card";

/// Keeps contact and address, right or wrong.
#[server(prefix = "/api", endpoint = "checkout/contact")]
pub async fn keep_contact(#[server(flatten)] form: ContactForm) -> Result<(), WireError> {
    let kept = async {
        let cart = Visitor::current()?.cart_to_change()?;
        Ok(port::<dyn Checkout>()?.keep_contact(cart, form.bounded()).await?)
    };
    go_on(CheckoutStep::Address, kept.await);
    Ok(())
}

/// Keeps how it should be delivered, by the option's name.
#[server(prefix = "/api", endpoint = "checkout/delivery")]
pub async fn keep_delivery(#[server(default)] delivery: String) -> Result<(), WireError> {
    let kept = async {
        let cart = Visitor::current()?.cart_to_change()?;
        let option = DeliveryOption::from_parameter(&delivery).ok_or(WireError::Form)?;
        Ok(port::<dyn Checkout>()?.keep_delivery(cart, option).await?)
    };
    go_on(CheckoutStep::Delivery, kept.await);
    Ok(())
}

/// Keeps that the order is paid on invoice, for who is signed in.
#[server(prefix = "/api", endpoint = "checkout/invoices")]
pub async fn keep_invoice() -> Result<(), WireError> {
    let kept = async {
        let cart = Visitor::current()?.cart_to_change()?;
        signed_in().ok_or(WireError::Form)?;
        let method = PaymentMethod::on_invoice().map_err(|_| WireError::Unavailable)?;
        Ok(port::<dyn Checkout>()?.keep_payment(cart, method).await?)
    };
    go_on(CheckoutStep::Payment, kept.await);
    Ok(())
}

/// Lets the gift card of a code pay.
#[server(prefix = "/api", endpoint = "checkout/gift-cards")]
pub async fn apply_gift_card(#[server(default)] gift_card: String) -> Result<(), WireError> {
    let applied = async {
        let cart = Visitor::current()?.cart_to_change()?;
        let code: GiftCardCode = gift_card.parse().map_err(|_| GiftCardError::Mistyped)?;
        Ok(port::<dyn Checkout>()?.apply_gift_card(cart, buyer(), &code, &client()?).await?)
    };
    let applied = applied.await;
    match &applied {
        Err(WireError::GiftCard(refused)) if refused.leaves_code_in_field() => keep_typed(&gift_card),
        _ => typed::forget(CheckoutStep::Payment.path()),
    }
    to_gift_cards(applied);
    Ok(())
}

/// Lets the store credit of who is signed in pay.
#[server(prefix = "/api", endpoint = "checkout/store-credit")]
pub async fn apply_store_credit() -> Result<(), WireError> {
    let applied = async {
        let cart = Visitor::current()?.cart_to_change()?;
        let buyer = buyer().ok_or(WireError::Form)?;
        Ok(port::<dyn Checkout>()?.apply_store_credit(cart, buyer).await?)
    };
    to_gift_cards(applied.await);
    Ok(())
}

/// Keeps a gift card that was applied for another time.
#[server(prefix = "/api", endpoint = "checkout/gift-cards/removals")]
pub async fn remove_gift_card(#[server(default)] gift_card: String) -> Result<(), WireError> {
    let removed = async {
        let cart = Visitor::current()?.cart_to_change()?;
        let gift_card: GiftCardId = gift_card.parse().map_err(|_| WireError::Form)?;
        Ok(port::<dyn Checkout>()?.remove_gift_card(cart, gift_card).await?)
    };
    to_gift_cards(removed.await);
    Ok(())
}

/// Keeps that gift cards pay for everything; where they don't, the payment is asked for again.
#[server(prefix = "/api", endpoint = "checkout/gift-cards/payments")]
pub async fn keep_gift_cards() -> Result<(), WireError> {
    let kept = async {
        let cart = Visitor::current()?.cart_to_change()?;
        let method = PaymentMethod::on_gift_cards().map_err(|_| WireError::Unavailable)?;
        Ok(port::<dyn Checkout>()?.keep_payment(cart, method).await?)
    };
    go_on(CheckoutStep::Payment, kept.await);
    Ok(())
}

/// Keeps a code that was refused for its field.
fn keep_typed(gift_card: &str) {
    typed::keep(CheckoutStep::Payment.path(), &[(typed::FORM, GIFT_CARD_FORM), ("gift_card", gift_card)]);
}

/// Leads to the gift cards of the payment step, with what went wrong.
fn to_gift_cards(done: Result<(), WireError>) {
    let payment = CheckoutStep::Payment.path();
    match done {
        Ok(()) => leptos_axum::redirect(&format!("{payment}#gift-cards")),
        Err(error) => leptos_axum::redirect(&format!("{}#gift-cards", with_error(payment, error))),
    }
}

/// Places the order: once per `key`, for the total that was `seen` (`43.20 GBP`) and what was
/// `reviewed` (`12.5`).
#[server(prefix = "/api", endpoint = "checkout/orders")]
pub async fn place_order(key: String, seen: String, reviewed: String) -> Result<(), WireError> {
    let placed = place(&key, &seen, &reviewed).await;
    count(&placed).await;
    leptos_axum::redirect(&after_placing(placed));
    Ok(())
}

/// Counts an order for the searches that led to it, once it needs nothing more of the shopper.
pub(super) async fn count(placed: &Result<Placed, WireError>) {
    if let Ok(placed) = placed
        && placed.challenge.is_none()
    {
        bought(placed).await;
    }
}

/// Where a shopper goes on: to their bank, to the order, or to what they can do about it.
pub(super) fn after_placing(placed: Result<Placed, WireError>) -> String {
    match placed {
        Ok(Placed { challenge: Some(url), .. }) => url.to_string(),
        Ok(placed) => format!("{}&placed=yes", order_path(placed.number, &placed.access)),
        Err(error) => with_error(way_on(&error), in_short(error)),
    }
}

async fn place(key: &str, seen: &str, reviewed: &str) -> Result<Placed, WireError> {
    let key: IdempotencyKey = key.parse().map_err(|_| WireError::Form)?;
    let seen: Money = seen.parse().map_err(|_| WireError::Form)?;
    let reviewed: Reviewed = reviewed.parse().map_err(|_| WireError::Form)?;
    let cart = Visitor::current()?.cart_to_change()?;
    Ok(port::<dyn Checkout>()?.place(cart, buyer(), key, seen, reviewed).await?)
}

/// The page where a shopper can do something about an order that was not placed.
fn way_on(error: &WireError) -> &'static str {
    match error {
        WireError::Place(
            PlaceError::EmptyCart | PlaceError::CartChanged | PlaceError::Short { .. } | PlaceError::OverLimit,
        ) => "/cart",
        WireError::Place(PlaceError::Incomplete { step }) => step.path(),
        WireError::Place(PlaceError::Declined { .. }) => CheckoutStep::Payment.path(),
        _ => CheckoutStep::Review.path(),
    }
}

/// The error without its lists, which the cart page finds out by itself and an address has no
/// room for.
fn in_short(error: WireError) -> WireError {
    match error {
        WireError::Place(PlaceError::Short { .. }) => PlaceError::Short { shortages: Vec::new() }.into(),
        other => other,
    }
}

/// Leads to the first step that is not done, or back to the step with what went wrong.
fn go_on(step: CheckoutStep, kept: Result<Draft, WireError>) {
    match kept {
        Ok(draft) => leptos_axum::redirect(draft.next_step().path()),
        Err(error) => leptos_axum::redirect(&with_error(step.path(), error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::DeclineReason;

    #[test]
    fn a_refused_order_leads_to_where_it_can_be_mended() {
        let page = |error: PlaceError| way_on(&error.into());
        assert_eq!(page(PlaceError::Short { shortages: Vec::new() }), "/cart");
        assert_eq!(page(PlaceError::Declined { reason: DeclineReason::Expired }), "/checkout/payment");
        assert_eq!(page(PlaceError::Incomplete { step: CheckoutStep::Delivery }), "/checkout/delivery");
        assert_eq!(page(PlaceError::Unavailable), "/checkout/review");
    }
}
