//! Where the gateway sends the browser back to: keeps the token and goes on with the checkout.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Redirect;
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
pub(crate) async fn handle(
    State(checkout): State<Arc<dyn Checkout>>,
    Extension(session): Extension<Session>,
    Query(back): Query<FromGateway>,
) -> Redirect {
    let payment = CheckoutStep::Payment.path();
    if let Some(said) = back.card_error.as_deref() {
        let known = CardFaults::from_parameter(said);
        // Something is wrong, whatever a gateway calls it.
        let faults = if known.is_empty() { known.with(CardFault::Number) } else { known };
        return Redirect::to(&format!("{payment}?card_error={faults}"));
    }
    match keep(checkout.as_ref(), &session, back).await {
        Some(()) => Redirect::to(CheckoutStep::Review.path()),
        None => Redirect::to(payment),
    }
}

async fn keep(checkout: &dyn Checkout, session: &Session, back: FromGateway) -> Option<()> {
    let cart = session.cart?;
    let key: IdempotencyKey = back.checkout?.parse().ok()?;
    let label = format!("Card ending in {}", back.last_four?).parse().ok()?;
    let token: PaymentMethodToken = back.payment_method?.parse().ok()?;
    // That is nothing that a gateway has a name for.
    if token.is_invoice() {
        return None;
    }
    let method = PaymentMethod { token, label };
    let view = checkout.view(cart).await.ok()?;
    if view.draft.key != key {
        return None;
    }
    checkout.keep_payment(cart, method).await.ok().map(drop)
}
