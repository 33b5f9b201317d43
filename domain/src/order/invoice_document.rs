//! The invoice of an order as a document: which rows it has, in the words of the order's page. It is called by
//! its whole name, for an invoice alone is a way to pay. The server draws it.

use super::{Order, OrderState};
use crate::checkout::{AmountRow, taken_off};
use crate::inventory::day_in_year;
use crate::payment::INVOICE_DAYS;
use crate::pricing::promotion::Discount;
use crate::pricing::{Money, MoneyError};
use crate::shipment::store_day;

/// Why an order has no invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceDocumentError {
    #[error("an order that is {state:?} has no invoice")]
    NotConfirmed { state: OrderState },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// A line as it was sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    pub sku: String,
    pub title: String,
    pub choices: String,
    pub units: u32,
    pub unit_price: Money,
    /// What all units cost before any discount.
    pub amount: Money,
    pub discounts: Vec<Discount>,
}

/// Who pays which part of the total, or what was taken off it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    pub label: String,
    pub note: Option<String>,
    /// Below zero where it is taken off.
    pub amount: Money,
}

/// The rows of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    pub lines: Vec<InvoiceLine>,
    pub amounts: Vec<AmountRow>,
    /// How the total is paid.
    pub payments: Vec<PaymentRow>,
    /// What was given back, or let go of by a cancellation.
    pub credits: Vec<PaymentRow>,
    /// The total after the credits.
    pub remaining: Money,
}

impl OrderState {
    /// Whether an order that stands so has an invoice: it was confirmed, whatever became of it since.
    pub const fn has_invoice(self) -> bool {
        !matches!(self, Self::Pending | Self::Declined)
    }
}

impl InvoiceDocument {
    /// # Errors
    /// [`InvoiceDocumentError::NotConfirmed`] before there is a purchase, or [`InvoiceDocumentError::Money`] where a
    /// line leaves the range of money, which no order of this store does.
    pub fn of(order: &Order) -> Result<Self, InvoiceDocumentError> {
        if !order.state.has_invoice() {
            return Err(InvoiceDocumentError::NotConfirmed { state: order.state });
        }
        let credits = credits(order);
        let total = order.totals.total();
        let remaining = credits.iter().try_fold(total, |left, credit| left.plus(credit.amount))?;
        Ok(Self { lines: lines(order)?, amounts: order.amounts(), payments: payments(order), credits, remaining })
    }
}

fn lines(order: &Order) -> Result<Vec<InvoiceLine>, MoneyError> {
    let line = |line: &super::OrderLine| {
        let (units, unit_price) = (line.quantity.get(), line.unit_price.money());
        Ok(InvoiceLine {
            sku: line.sku.to_string(),
            title: line.title.to_string(),
            choices: line.choices.clone(),
            units,
            unit_price,
            amount: unit_price.times(units)?,
            discounts: line.discounts.clone(),
        })
    };
    order.lines.iter().map(line).collect()
}

/// Gift cards, and the rest otherwise, where there is any.
fn payments(order: &Order) -> Vec<PaymentRow> {
    let rest = order.gift_cards.rest_of(order.totals.total());
    let card = |part: &crate::payment::gift_card::GiftCardPart| PaymentRow {
        label: part.tail.in_words(),
        note: None,
        amount: part.amount,
    };
    let mut rows: Vec<PaymentRow> = order.gift_cards.iter().map(card).collect();
    if rows.is_empty() || rest.minor_units() > 0 {
        rows.push(PaymentRow { label: order.paid_with.to_string(), note: due(order), amount: rest });
    }
    rows
}

/// Until when what is billed is to be paid; nothing of an order that is paid at once or brings no goods.
fn due(order: &Order) -> Option<String> {
    if !order.paid_with.is_invoice() || !order.state.brings_goods() {
        return None;
    }
    let within = || format!("Due {INVOICE_DAYS} days after the parcel has left");
    let sent = order.reached_at(OrderState::Shipped).map(store_day);
    let due = sent.map(|day| day.saturating_add(jiff::Span::new().days(i64::from(INVOICE_DAYS))));
    Some(due.map_or_else(within, |day| format!("Due on {}", day_in_year(day))))
}

fn credits(order: &Order) -> Vec<PaymentRow> {
    let row = |label: &str, amount| PaymentRow { label: label.to_owned(), note: None, amount: taken_off(amount) };
    match order.state {
        // Nothing was charged, so nothing of the total is left.
        OrderState::Cancelled => vec![row("Cancelled", order.totals.total())],
        _ if order.refunded_minor_units > 0 => vec![row("Refunded", order.refunded())],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
