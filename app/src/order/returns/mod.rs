//! Returns: what a shopper sends back of an order, how they ask for it, and how it stands.

pub mod api;
pub mod page;
pub mod section;

use domain::order::{OrderAccess, OrderNumber};
use leptos_router::location::Url;

/// The address of the form that asks to return something of an order.
fn return_path(number: OrderNumber, access: &OrderAccess) -> String {
    format!("/orders/{number}/return?access={}", Url::escape(access.as_str()))
}
