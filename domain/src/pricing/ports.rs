//! What the server keeps of promotions.

use async_trait::async_trait;

use super::promotion::{CouponCode, Shopper, Terms};

/// The promotions can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("promotions can't be read at the moment")]
pub struct PromotionsUnavailable;

#[async_trait]
pub trait Promotions: Send + Sync {
    /// What a cart with this code is priced under now, for this shopper.
    async fn terms(&self, coupon: Option<&CouponCode>, shopper: &Shopper) -> Result<Terms, PromotionsUnavailable>;
}
