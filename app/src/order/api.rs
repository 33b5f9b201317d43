//! How a guest finds an order, has it sent elsewhere, and cancels it.

use domain::checkout::{
    AddressChange, AddressChangeError, AddressVersion, CancelError, ContactForm, Email, ports::Checkout,
};
use domain::order::{OrderAccess, OrderNumber, OrderState, ports::Orders};
use leptos::prelude::*;

use super::address::address_change_path;
use super::order_path;
use crate::answer::with_error;
use crate::error::WireError;
use crate::port::port;
use crate::typed;

/// The pages that what was typed is kept for.
pub(super) const PATH: &str = "/orders";
/// Characters of a typed number that are shown again beside the error.
const MAX_TYPED_CHARS: usize = 30;

/// Leads to the order of somebody who knows its number and e-mail address, or back to the form.
/// Only the number is part of the address then; an e-mail address stays out of logs and goes by a cookie.
#[server(prefix = "/api", endpoint = "orders/look-ups")]
pub async fn look_up_order(number: String, email: String) -> Result<(), WireError> {
    use leptos_router::location::Url;

    let to = match find(&number, &email).await {
        Ok(path) => path,
        Err(error) => {
            typed::keep(PATH, &[("email", &email)]);
            let typed: String = number.chars().take(MAX_TYPED_CHARS).collect();
            format!("{}&number={}", with_error("/orders", error), Url::escape(&typed))
        }
    };
    leptos_axum::redirect(&to);
    Ok(())
}

async fn find(number: &str, email: &str) -> Result<String, WireError> {
    let number: OrderNumber = number.parse().map_err(|_| WireError::NoSuchOrder)?;
    let email: Email = email.parse().map_err(|_| WireError::NoSuchOrder)?;
    let found = port::<dyn Orders>()?.find(number, &email).await?;
    let access = found.ok_or(WireError::NoSuchOrder)?;
    Ok(order_path(number, &access))
}

/// Cancels an order for somebody who bears its access, and leads back to its page.
#[server(prefix = "/api", endpoint = "orders/cancellations")]
pub async fn cancel_order(number: String, #[server(default)] access: String) -> Result<(), WireError> {
    let to = match asked(&number, &access) {
        Ok((number, access)) => way_on(number, &access, cancel(number, &access).await),
        Err(elsewhere) => elsewhere,
    };
    leptos_axum::redirect(&to);
    Ok(())
}

/// The order that a form is about with its access, or where its sender goes on without both.
pub(super) fn asked(number: &str, access: &str) -> Result<(OrderNumber, OrderAccess), String> {
    match (number.parse::<OrderNumber>(), access.parse()) {
        (Ok(number), Ok(access)) => Ok((number, access)),
        // The page of an order says to nobody without its access whether there is one.
        (Ok(number), Err(_)) => Err(format!("/orders/{number}")),
        (Err(_), _) => Err(with_error(PATH, WireError::NoSuchOrder)),
    }
}

async fn cancel(number: OrderNumber, access: &OrderAccess) -> Result<OrderState, WireError> {
    Ok(port::<dyn Checkout>()?.cancel(number, access).await?)
}

fn way_on(number: OrderNumber, access: &OrderAccess, cancelled: Result<OrderState, WireError>) -> String {
    match cancelled {
        Ok(_) | Err(WireError::Cancel(CancelError::NoSuchOrder)) => order_path(number, access),
        Err(error) => with_error(&order_path(number, access), error),
    }
}

/// Has an order sent elsewhere, for somebody who bears its access and saw a version of its address. Leads to
/// its page, or back to the form as it was typed.
#[server(prefix = "/api", endpoint = "orders/addresses")]
pub async fn change_address(
    number: String,
    #[server(default)] access: String,
    #[server(default)] seen: String,
    #[server(flatten)] form: ContactForm,
) -> Result<(), WireError> {
    let form = form.bounded();
    let to = match asked(&number, &access) {
        Ok((number, access)) => {
            let changed = change(number, &access, &seen, &form).await;
            match &changed {
                Ok(()) => typed::forget(PATH),
                Err(_) => typed::keep(PATH, &typed::address_fields(&number.to_string(), &form)),
            }
            after_change(number, &access, changed)
        }
        Err(elsewhere) => elsewhere,
    };
    leptos_axum::redirect(&to);
    Ok(())
}

async fn change(number: OrderNumber, access: &OrderAccess, seen: &str, form: &ContactForm) -> Result<(), WireError> {
    let order = port::<dyn Orders>()?.read(number, access).await?.ok_or(AddressChangeError::NoSuchOrder)?;
    let seen = seen.parse().map(AddressVersion).map_err(|_| WireError::Form)?;
    let change = AddressChange::parse(form, seen, &order.contact)?;
    Ok(port::<dyn Checkout>()?.change_address(number, access, &change).await?)
}

/// Where a shopper goes on: to the order, when it goes elsewhere now or never will, or back to the form.
fn after_change(number: OrderNumber, access: &OrderAccess, changed: Result<(), WireError>) -> String {
    let (order, form) = (order_path(number, access), address_change_path(number, access));
    match changed {
        Ok(()) => format!("{order}&address=changed"),
        Err(WireError::AddressChange(AddressChangeError::NoSuchOrder)) => order,
        Err(error @ WireError::AddressChange(AddressChangeError::TooLate { .. })) => with_error(&order, error),
        // The page finds out by itself which fields are wrong, and says so beside each.
        Err(WireError::AddressChange(AddressChangeError::Fields)) => form,
        Err(error) => with_error(&form, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::checkout::Country;

    #[test]
    fn whoever_may_not_cancel_is_led_back_with_the_reason() {
        let (number, access) = ("CG-7K4M2-P9QX1".parse().unwrap(), "proof".parse().unwrap());
        let page = "/orders/CG-7K4M2-P9QX1?access=proof";
        let way_on = |cancelled| way_on(number, &access, cancelled);
        assert_eq!(way_on(Ok(OrderState::Cancelled)), page);
        assert_eq!(way_on(Err(CancelError::NoSuchOrder.into())), page);
        let too_late = way_on(Err(CancelError::TooLate { state: OrderState::Shipped }.into()));
        assert!(too_late.starts_with(&format!("{page}&")) && too_late.contains("__err="), "{too_late}");
    }

    #[test]
    fn a_change_of_address_leads_to_where_something_can_be_done() {
        let (number, access) = ("CG-7K4M2-P9QX1".parse().unwrap(), "proof".parse().unwrap());
        let after =
            |changed: Result<(), AddressChangeError>| after_change(number, &access, changed.map_err(WireError::from));
        let (order, form) = ("/orders/CG-7K4M2-P9QX1?access=proof", "/orders/CG-7K4M2-P9QX1/address?access=proof");
        assert_eq!(after(Ok(())), format!("{order}&address=changed"));
        assert_eq!(after(Err(AddressChangeError::NoSuchOrder)), order);
        assert_eq!(after(Err(AddressChangeError::Fields)), form);
        let too_late = after(Err(AddressChangeError::TooLate { state: OrderState::Shipped }));
        assert!(too_late.starts_with(&format!("{order}&")) && too_late.contains("__err="), "{too_late}");
        let abroad = after(Err(AddressChangeError::OtherCountry { country: Country::HOME }));
        assert!(abroad.starts_with(&format!("{form}&")) && abroad.contains("__err="), "{abroad}");
    }

    #[test]
    fn who_has_no_access_is_led_to_where_nobody_learns_anything() {
        assert!(asked("cg7k4m2p9qx1", "proof").is_ok());
        assert_eq!(asked("CG-7K4M2-P9QX1", ""), Err("/orders/CG-7K4M2-P9QX1".to_owned()));
        assert!(asked("my order", "proof").unwrap_err().starts_with("/orders?"));
    }
}
