//! What the owner of orders does with them.

use domain::order::ports::Orders;
use domain::order::{OrderAccess, OrderNumber};
use leptos::prelude::*;

use super::super::current::current;
use super::lead;
use crate::cart::api::add;
use crate::error::WireError;
use crate::order::order_path;
use crate::port::port;

/// Makes an order, which was placed with the account's e-mail address before the sign-in, the account's
/// own, and others like it with it.
#[server(prefix = "/api", endpoint = "orders/claims")]
pub async fn claim_orders(
    #[server(default)] number: String,
    #[server(default)] access: String,
) -> Result<(), WireError> {
    let claimed = async {
        let account = current()?.account;
        let (number, access) = parse(&number, &access)?;
        let orders = port::<dyn Orders>()?;
        // Others that were placed with the address are the account's as well, whoever bears this access.
        if orders.can_claim(&account.email, number, &access).await? {
            orders.claim(account.id, &account.email).await?;
        }
        Ok(order_path(number, &access))
    };
    lead(claimed.await, "/account/orders", &[]);
    Ok(())
}

fn parse(number: &str, access: &str) -> Result<(OrderNumber, OrderAccess), WireError> {
    let number = number.parse().map_err(|_| WireError::NoSuchOrder)?;
    Ok((number, access.parse().map_err(|_| WireError::NoSuchOrder)?))
}

/// Puts what an order of the account holds into its cart, as far as it can be bought.
#[server(prefix = "/api", endpoint = "orders/repurchases")]
pub async fn buy_again(#[server(default)] number: String) -> Result<(), WireError> {
    let bought = async {
        let owner = current()?.account.id;
        let number: OrderNumber = number.parse().map_err(|_| WireError::NoSuchOrder)?;
        let orders = port::<dyn Orders>()?;
        let access = orders.find_own(owner, number).await?.ok_or(WireError::NoSuchOrder)?;
        let order = orders.read(number, &access).await?.ok_or(WireError::NoSuchOrder)?;
        let (mut added, of) = (0, order.lines.len());
        for line in order.lines {
            match add(line.sku, &line.quantity.to_string(), None).await {
                Ok(_) => added += 1,
                // One thing that is gone keeps nobody from the others.
                Err(WireError::Cart(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(format!("/account/orders?added={added}&of={of}"))
    };
    lead(bought.await, "/account/orders", &[]);
    Ok(())
}
