//! Order: what a shopper bought, and what became of it. Guards the order's state machine and that
//! an order never changes its lines or amounts once it is placed; where it goes may change until it is sent. The checkout's saga makes
//! orders; confirmation, history and look-up read them; letters and invoices tell their shoppers; returns and exchanges
//! follow; imports bring the history of another shop. Who placed one that came to nothing is forgotten in the end.

pub mod exchange;
mod forgetting;
mod history;
mod invoice_document;
pub mod letter;
mod number;
mod paid;
#[cfg(feature = "ports")]
pub mod ports;
pub mod returns;
mod shelf;
mod state;
pub mod words;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalog::{Picture, Seller, Sku, Slug, Title};
use crate::checkout::{AddressVersion, AmountRow, Amounts, Contact, Totals};
use crate::inventory::{Quantity, SoldPart, StockLine};
use crate::payment::PaymentMethodLabel;
use crate::payment::gift_card::GiftCardParts;
use crate::pricing::promotion::{Discount, by_promotion};
use crate::pricing::{Money, Price};
use crate::shipment::{DeliveryOption, Zone};

pub use forgetting::FORGET_AFTER_DAYS;
pub use history::{HistoricLine, HistoricLineError, HistoricOrderId, HistoricOrderKind};
pub use invoice_document::{InvoiceDocument, InvoiceDocumentError, InvoiceLine, PaymentRow};
pub(crate) use number::ALPHABET;
pub use number::{OrderAccess, OrderId, OrderNumber, OrderNumberError};
pub use shelf::{
    MAX_CUSTOMERS, NEWEST_ORDERS, ORDERS_PER_PAGE, OrderPage, OrderProgress, OrderQuery, are_few_customers,
    whole_history,
};
pub use state::{OrderState, OrderStep, OrderTransitionError};

/// What was bought, as it was shown and priced at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub sku: Sku,
    /// Who sold it; the store itself in orders from before others did.
    #[serde(default, skip_serializing_if = "Seller::is_store")]
    pub seller: Seller,
    pub slug: Slug,
    pub title: Title,
    pub choices: String,
    pub picture: Option<Picture>,
    pub unit_price: Price,
    pub quantity: Quantity,
    /// What promotions took off the line; nothing in orders from before there were promotions.
    #[serde(default)]
    pub discounts: Vec<Discount>,
    /// The tax of what is paid for it, as the order's totals treat it; unknown in orders from before it was kept, and
    /// nothing where none was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// The day that its units were expected in the store, where they were sold before they were there.
    #[serde(default)]
    pub expected_on: Option<Date>,
    /// What was in it, where it was a bundle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<SoldPart>,
}

impl OrderLine {
    /// The line as the stock sees it.
    pub fn stock_line(&self) -> StockLine<'_> {
        let parts = self.parts.iter().map(|part| (&part.sku, part.quantity)).collect();
        StockLine { sku: &self.sku, quantity: self.quantity, parts }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub number: OrderNumber,
    pub state: OrderState,
    pub contact: Contact,
    pub lines: Vec<OrderLine>,
    pub totals: Totals,
    pub delivery: DeliveryOption,
    /// What a promotion took off delivery.
    #[serde(default)]
    pub delivery_discount: Option<Discount>,
    /// The day the shopper was promised.
    pub arrives_on: Date,
    pub paid_with: PaymentMethodLabel,
    /// What gift cards pay of the total; `paid_with` is how the rest is paid.
    #[serde(default, skip_serializing_if = "GiftCardParts::is_empty")]
    pub gift_cards: GiftCardParts,
    pub placed_at: Timestamp,
    /// When its shopper had it sent to another address, in order.
    #[serde(default)]
    pub readdressed_at: Vec<Timestamp>,
    /// When it came to the states after the first one, in order; kept beside the order's document, and
    /// unknown for what happened before they were kept.
    #[serde(skip)]
    pub reached: Vec<(OrderState, Timestamp)>,
    /// What was charged of the total, and what was given back of that, in minor units of its currency;
    /// kept beside the order's document.
    #[serde(skip)]
    pub captured_minor_units: i64,
    #[serde(skip)]
    pub refunded_minor_units: i64,
    /// What of that did not reach the shopper and is owed to them; known where it is read with its steps.
    #[serde(skip)]
    pub unreached_minor_units: i64,
}

impl Order {
    /// When it came to a state.
    pub fn reached_at(&self, state: OrderState) -> Option<Timestamp> {
        match state {
            OrderState::Pending => Some(self.placed_at),
            state => self.reached.iter().find(|(reached, _)| *reached == state).map(|(_, at)| *at),
        }
    }

    /// Whether it stands, and nothing of it was charged and so nothing sent: its shopper may still cancel it,
    /// or have it sent elsewhere.
    pub fn waits_to_be_sent(&self) -> bool {
        self.state == OrderState::Confirmed && self.captured_minor_units == 0
    }

    /// How often its address was changed.
    pub fn address_version(&self) -> AddressVersion {
        AddressVersion(u32::try_from(self.readdressed_at.len()).unwrap_or(u32::MAX))
    }

    /// What was charged of the total.
    pub const fn captured(&self) -> Money {
        Money::new(self.captured_minor_units, self.totals.total().currency())
    }

    /// What was given back of what was charged.
    pub const fn refunded(&self) -> Money {
        Money::new(self.refunded_minor_units, self.totals.total().currency())
    }

    /// What was given back and did not reach the shopper, who is owed it.
    pub const fn unreached(&self) -> Money {
        Money::new(self.unreached_minor_units, self.totals.total().currency())
    }

    /// What each promotion took off the lines together.
    pub fn savings(&self) -> Vec<Discount> {
        // They were summed up before, when the order was placed.
        by_promotion(self.lines.iter().flat_map(|line| &line.discounts)).unwrap_or_default()
    }

    /// The rows that say what it costs.
    pub fn amounts(&self) -> Vec<AmountRow> {
        self.amounts_with(&self.savings())
    }

    /// The same with some of the [`Self::savings`].
    fn amounts_with(&self, savings: &[Discount]) -> Vec<AmountRow> {
        let units = self.lines.iter().map(|line| line.quantity.get()).fold(0_u32, u32::saturating_add);
        // An order without taxes is from before they were counted, or they are asked for where it arrives.
        let tax_note = Zone::of(self.contact.address.country).tax_note();
        let delivery_discount = self.delivery_discount.as_ref();
        Amounts { totals: self.totals, units, savings, delivery_discount, tax_note }.rows()
    }
}
