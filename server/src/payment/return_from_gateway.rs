//! Where the gateway sends the browser back to, or the form around its own field posts to: keeps the token and goes
//! on with the checkout.

use std::sync::Arc;

use app::answer::with_error;
use app::error::WireError;
use axum::extract::{Query, State};
use axum::response::Redirect;
use axum::{Extension, Form};
use domain::cart::CartId;
use domain::checkout::ports::Checkout;
use domain::checkout::{CheckoutStep, IdempotencyKey};
use domain::payment::{CardFault, CardFaults, PaymentMethod, PaymentMethodToken};
use serde::Deserialize;

use crate::http::session::Session;

#[derive(Deserialize)]
pub(crate) struct FromGateway {
    checkout: Option<String>,
    payment_method: Option<String>,
    last_four: Option<String>,
    card_error: Option<String>,
}

/// Answers with the next step. The checkout's key proves that this browser asked for the card.
pub(crate) async fn led_back(
    State(checkout): State<Arc<dyn Checkout>>,
    Extension(session): Extension<Session>,
    Query(back): Query<FromGateway>,
) -> Redirect {
    go_on(checkout.as_ref(), &session, back).await
}

/// The same for a form that was posted.
pub(crate) async fn posted(
    State(checkout): State<Arc<dyn Checkout>>,
    Extension(session): Extension<Session>,
    Form(back): Form<FromGateway>,
) -> Redirect {
    go_on(checkout.as_ref(), &session, back).await
}

async fn go_on(checkout: &dyn Checkout, session: &Session, back: FromGateway) -> Redirect {
    let payment = CheckoutStep::Payment.path();
    if let Some(said) = back.card_error.as_deref() {
        let known = CardFaults::from_parameter(said);
        // Something is wrong, whatever a gateway calls it.
        let faults = if known.is_empty() { known.with(CardFault::Number) } else { known };
        return Redirect::to(&format!("{payment}?card_error={faults}"));
    }
    match keep(checkout, session, back).await {
        Ok(()) => Redirect::to(CheckoutStep::Review.path()),
        Err(error) => Redirect::to(&with_error(payment, error)),
    }
}

async fn keep(checkout: &dyn Checkout, session: &Session, back: FromGateway) -> Result<(), WireError> {
    let (cart, key, method) = read(session, back).ok_or(WireError::Form)?;
    // Whose cart it is makes no difference to the key.
    if checkout.view(cart, None).await?.draft.key != key {
        return Err(WireError::Form);
    }
    checkout.keep_payment(cart, method).await?;
    Ok(())
}

/// The card of a cart, and the key of the checkout that it is for.
fn read(session: &Session, back: FromGateway) -> Option<(CartId, IdempotencyKey, PaymentMethod)> {
    let key = back.checkout?.parse().ok()?;
    let label = format!("Card ending in {}", back.last_four?).parse().ok()?;
    let token: PaymentMethodToken = back.payment_method?.parse().ok()?;
    // That is nothing that a gateway has a name for.
    (!token.is_invoice() && !token.is_gift_cards()).then_some((session.cart?, key, PaymentMethod { token, label }))
}
