use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::cart::CartId;
use crate::checkout::{Contact, IdempotencyKey, Totals};
use crate::order::{Order, OrderLine, OrderNumber, OrderState};
use crate::payment::gift_card::GiftCardParts;
use crate::payment::{PaymentMethod, Proceeds};
use crate::pricing::promotion::{CouponCode, Discount, PromotionId};
use crate::pricing::{Money, MoneyError};
use crate::shipment::DeliveryOption;

/// Everything a purchase needs to run to its end, whatever else fails meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub order: crate::order::OrderId,
    pub cart: CartId,
    /// Whose order it becomes; a guest's is nobody's until it is claimed.
    #[serde(default)]
    pub account: Option<AccountId>,
    pub key: IdempotencyKey,
    pub contact: Contact,
    pub lines: Vec<OrderLine>,
    pub totals: Totals,
    /// What the shopper typed to pay less.
    #[serde(default)]
    pub coupon: Option<CouponCode>,
    pub delivery: DeliveryOption,
    #[serde(default)]
    pub delivery_discount: Option<Discount>,
    pub arrives_on: jiff::civil::Date,
    pub payment: PaymentMethod,
    /// What gift cards pay of the total; the way to pay is for the rest.
    #[serde(default, skip_serializing_if = "GiftCardParts::is_empty")]
    pub gift_cards: GiftCardParts,
    pub placed_at: jiff::Timestamp,
}

impl Purchase {
    /// The order that the shopper sees, in a given state.
    pub fn order(&self, state: OrderState) -> Order {
        Order {
            id: self.order,
            number: OrderNumber::from(self.order),
            state,
            contact: self.contact.clone(),
            lines: self.lines.clone(),
            totals: self.totals,
            delivery: self.delivery,
            delivery_discount: self.delivery_discount.clone(),
            arrives_on: self.arrives_on,
            paid_with: self.payment.label.clone(),
            gift_cards: self.gift_cards.clone(),
            placed_at: self.placed_at,
            readdressed_at: Vec::new(),
            reached: Vec::new(),
            captured_minor_units: 0,
            refunded_minor_units: 0,
            unreached_minor_units: 0,
        }
    }

    /// What the gateway holds, or the invoice is over: what gift cards don't pay.
    pub fn charged(&self) -> Money {
        self.gift_cards.rest_of(self.totals.total())
    }

    /// What of its total is each seller's, without tax.
    pub fn proceeds(&self) -> Proceeds {
        self.order(OrderState::Pending).proceeds()
    }

    /// Whether promotions took off everything or gift cards pay it, so that no gateway has anything to hold.
    pub fn is_free(&self) -> bool {
        self.charged().minor_units() == 0
    }

    /// What a promotion takes off lines and delivery together.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn discount_by(&self, promotion: &PromotionId) -> Result<Money, MoneyError> {
        let discounts = self.lines.iter().flat_map(|line| &line.discounts).chain(&self.delivery_discount);
        let mut own = discounts.filter(|discount| discount.promotion == *promotion).map(|discount| discount.amount);
        own.try_fold(Money::zero(self.totals.total().currency()), Money::plus)
    }

    /// The promotions that it uses, each once.
    pub fn promotions(&self) -> BTreeSet<&PromotionId> {
        let discounts = self.lines.iter().flat_map(|line| &line.discounts).chain(&self.delivery_discount);
        discounts.map(|discount| &discount.promotion).collect()
    }
}
