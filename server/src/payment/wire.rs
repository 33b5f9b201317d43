//! What the store and the gateway say to each other.

use domain::payment::{AuthorizationId, DeclineReason, PaymentMethodToken};
use domain::pricing::Money;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AuthorizationRequest {
    pub(super) amount: Money,
    pub(super) payment_method: PaymentMethodToken,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(super) enum AuthorizationAnswer {
    Held { id: AuthorizationId },
    Declined { reason: DeclineReason },
}

pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";
