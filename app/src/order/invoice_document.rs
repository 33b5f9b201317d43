//! The ways to the invoice of an order as a document, which the server draws.

use domain::order::{Order, OrderAccess, OrderNumber};
use leptos::prelude::*;
use leptos_router::location::Url;

/// For who bears the order's access.
fn invoice_path(number: OrderNumber, access: &OrderAccess) -> String {
    format!("/orders/{number}/invoice.pdf?access={}", Url::escape(access.as_str()))
}

/// For the account that the order belongs to, which needs no access in the address.
pub fn own_invoice_path(number: OrderNumber) -> String {
    format!("/orders/{number}/invoice.pdf")
}

/// Where somebody who bears an order's access finds its invoice, once it has one.
pub(super) fn invoice_of(order: &Order, access: &OrderAccess) -> Option<String> {
    order.state.has_invoice().then(|| invoice_path(order.number, access))
}

/// The link to an invoice; nothing where there is none.
#[component]
pub fn InvoiceLink(path: Option<String>) -> impl IntoView {
    path.map(|path| {
        view! {
            <a class="button" href=path type="application/pdf">
                "Invoice (PDF)"
            </a>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_found_as_its_order_is() {
        let (number, access) = ("CG-7K4M2-P9QX1".parse().unwrap(), "k3y-_A".parse().unwrap());
        assert_eq!(invoice_path(number, &access), "/orders/CG-7K4M2-P9QX1/invoice.pdf?access=k3y%2D%5FA");
        assert_eq!(own_invoice_path(number), "/orders/CG-7K4M2-P9QX1/invoice.pdf");
    }
}
