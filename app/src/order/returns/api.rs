//! How a shopper asks to return something, and keeps it after all.

use domain::cart::MAX_CART_LINES;
use domain::order::ports::Orders;
use domain::order::returns::ports::Returns;
use domain::order::returns::{ReturnError, ReturnForm, ReturnRequest};
use domain::order::{OrderAccess, OrderNumber};
use leptos::prelude::*;

use super::return_path;
use crate::answer::with_error;
use crate::error::WireError;
use crate::order::api::{PATH, asked};
use crate::order::order_path;
use crate::port::port;
use crate::typed::{self, FORM};

/// Asks to return something of an order, for somebody who bears its access. The form's key makes it one return,
/// however often it is posted. Leads to the order, or back to the form as it was typed.
#[server(prefix = "/api", endpoint = "orders/returns")]
pub async fn ask_return(
    number: String,
    #[server(default)] access: String,
    #[server(default)] key: String,
    #[server(flatten)] form: ReturnForm,
) -> Result<(), WireError> {
    let to = match asked(&number, &access) {
        Ok((number, access)) => {
            let done = ask(number, &access, &key, &form).await;
            if done.is_ok() {
                typed::forget(PATH);
            } else {
                keep(number, &form).await;
            }
            after_asking(number, &access, done)
        }
        Err(elsewhere) => elsewhere,
    };
    leptos_axum::redirect(&to);
    Ok(())
}

async fn ask(number: OrderNumber, access: &OrderAccess, key: &str, form: &ReturnForm) -> Result<(), WireError> {
    let order = port::<dyn Orders>()?.read(number, access).await?.ok_or(ReturnError::NoSuchOrder)?;
    let id = key.parse().map_err(|_| WireError::Form)?;
    let request = ReturnRequest::parse(id, form, &order.lines)?;
    Ok(port::<dyn Returns>()?.ask(number, access, &request).await?)
}

/// Keeps what was typed for the form; what can't be kept has to be typed again.
async fn keep(number: OrderNumber, form: &ReturnForm) {
    let name = number.to_string();
    let mut fields = vec![(FORM, name.as_str()), ("reason", form.reason.as_str()), ("note", form.note.as_str())];
    // Of each line how many, and what for it.
    fields.extend(form.units.iter().take(2 * MAX_CART_LINES).map(|(field, units)| (field.as_str(), units.as_str())));
    let _ = typed::keep_long(PATH, &fields).await;
}

/// Where a shopper goes on: to the order, when it is asked for or can't be, or back to the form.
fn after_asking(number: OrderNumber, access: &OrderAccess, done: Result<(), WireError>) -> String {
    let order = order_path(number, access);
    match done {
        Ok(()) => format!("{order}&return=asked"),
        Err(WireError::Return(ReturnError::NoSuchOrder)) => order,
        Err(
            error @ WireError::Return(
                ReturnError::NotSent { .. }
                | ReturnError::TooLate { .. }
                | ReturnError::NothingLeft
                | ReturnError::TooManyReturns,
            ),
        ) => with_error(&order, error),
        Err(error) => with_error(&return_path(number, access), error),
    }
}

/// The shopper keeps what they asked to return.
#[server(prefix = "/api", endpoint = "orders/returns/withdrawals")]
pub async fn withdraw_return(
    number: String,
    #[server(default)] access: String,
    #[server(default)] id: String,
) -> Result<(), WireError> {
    let to = match asked(&number, &access) {
        Ok((number, access)) => match withdraw(number, &access, &id).await {
            Ok(()) | Err(WireError::Return(ReturnError::NoSuchOrder)) => order_path(number, &access),
            Err(error) => with_error(&order_path(number, &access), error),
        },
        Err(elsewhere) => elsewhere,
    };
    leptos_axum::redirect(&to);
    Ok(())
}

async fn withdraw(number: OrderNumber, access: &OrderAccess, id: &str) -> Result<(), WireError> {
    let id = id.parse().map_err(|_| ReturnError::NoSuchReturn)?;
    Ok(port::<dyn Returns>()?.withdraw(number, access, id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_is_led_to_where_something_can_be_done() {
        let (number, access) = ("CG-7K4M2-P9QX1".parse().unwrap(), "proof".parse().unwrap());
        let after = |done: Result<(), ReturnError>| after_asking(number, &access, done.map_err(WireError::from));
        let (order, form) = ("/orders/CG-7K4M2-P9QX1?access=proof", "/orders/CG-7K4M2-P9QX1/return?access=proof");
        assert_eq!(after(Ok(())), format!("{order}&return=asked"));
        assert_eq!(after(Err(ReturnError::NoSuchOrder)), order);
        let late = after(Err(ReturnError::TooLate { until: "2026-12-15".parse().unwrap() }));
        assert!(late.starts_with(&format!("{order}&")) && late.contains("__err="), "{late}");
        let none = after(Err(ReturnError::NothingChosen));
        assert!(none.starts_with(&format!("{form}&")) && none.contains("__err="), "{none}");
    }
}
