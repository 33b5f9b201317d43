//! How a guest finds an order.

use domain::checkout::Email;
use domain::order::{OrderNumber, ports::Orders};
use leptos::prelude::*;

use crate::error::WireError;

/// Characters of a typed number that are shown again beside the error.
const MAX_TYPED_CHARS: usize = 30;

/// Leads to the order of somebody who knows its number and e-mail address, or back to the form.
/// Only the number is part of the address then; an e-mail address stays out of logs.
#[server(prefix = "/api", endpoint = "orders/look-ups")]
pub async fn look_up_order(number: String, email: String) -> Result<(), WireError> {
    use crate::answer::with_error;
    use leptos_router::location::Url;

    let to = match find(&number, &email).await {
        Ok(path) => path,
        Err(error) => {
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
    let found = crate::port::port::<dyn Orders>()?.find(number, &email).await?;
    let access = found.ok_or(WireError::NoSuchOrder)?;
    Ok(format!("/orders/{number}?access={}", leptos_router::location::Url::escape(access.as_str())))
}
