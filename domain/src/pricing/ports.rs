//! What the server keeps of promotions.

use async_trait::async_trait;

use super::promotion::{CouponCode, Terms};
use crate::checkout::Email;

/// The promotions can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("promotions can't be read at the moment")]
pub struct PromotionsUnavailable;

#[async_trait]
pub trait Promotions: Send + Sync {
    /// What a cart with this code is priced under now: for the shopper with this e-mail address, or
    /// for somebody whom nobody knows yet.
    async fn terms(
        &self,
        coupon: Option<&CouponCode>,
        customer: Option<&Email>,
    ) -> Result<Terms, PromotionsUnavailable>;
}
