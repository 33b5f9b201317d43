//! How a guest finds an order, and cancels it.

use domain::checkout::{CancelError, Email, ports::Checkout};
use domain::order::{OrderAccess, OrderNumber, OrderState, ports::Orders};
use leptos::prelude::*;

use super::order_path;
use crate::answer::with_error;
use crate::error::WireError;
use crate::port::port;
use crate::typed;

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
            typed::keep("/orders", &[("email", &email)]);
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
    let to = match (number.parse::<OrderNumber>(), access.parse::<OrderAccess>()) {
        (Ok(number), Ok(access)) => way_on(number, &access, cancel(number, &access).await),
        // The page of an order says to nobody without its access whether there is one.
        (Ok(number), Err(_)) => format!("/orders/{number}"),
        (Err(_), _) => with_error("/orders", WireError::NoSuchOrder),
    };
    leptos_axum::redirect(&to);
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
