use domain::order::returns::ports::{Receiving, Returns};
use domain::order::returns::{ReturnError, ReturnId};
use domain::payment::Progress;
use leptos::prelude::*;

use super::super::orders::OrderForm;
use super::operator;
use super::orders::{lead_on, number_of};
use crate::error::WireError;
use crate::port::port;

/// What comes back is there: it is refunded, and its units are on the shelf again with `shelf=yes`. What is kept for it
/// waits to be sent, or is not sent with `money=yes`. However often it is posted, it is refunded once.
#[server(prefix = "/api", endpoint = "operator/orders/returns/receipts")]
pub async fn receive_return(
    #[server(default)] number: String,
    #[server(default)] id: String,
    #[server(default)] shelf: String,
    #[server(default)] money: String,
) -> Result<(), WireError> {
    let received = async {
        let (by, number, id) = (operator()?, number_of(&number)?, id_of(&id)?);
        let how = Receiving { to_shelf: shelf == "yes", for_money: money == "yes" };
        Ok(match port::<dyn Returns>()?.receive(number, id, how, &by).await? {
            Progress::Done => "returned",
            Progress::Later => "asked",
        })
    };
    lead_on(received.await, &number, OrderForm::Return, &[]);
    Ok(())
}

/// What comes back is not taken back, and why; its shopper reads it.
#[server(prefix = "/api", endpoint = "operator/orders/returns/refusals")]
pub async fn refuse_return(
    #[server(default)] number: String,
    #[server(default)] id: String,
    #[server(default)] refusal: String,
) -> Result<(), WireError> {
    let refused = async {
        let (by, number, id) = (operator()?, number_of(&number)?, id_of(&id)?);
        let why = refusal.parse().map_err(|_| ReturnError::Refusal)?;
        port::<dyn Returns>()?.refuse(number, id, &why, &by).await?;
        Ok("return-refused")
    };
    lead_on(refused.await, &number, OrderForm::Return, &[]);
    Ok(())
}

/// What is sent instead of what came back has left. However often it is posted, it leaves once.
#[server(prefix = "/api", endpoint = "operator/orders/exchanges/dispatches")]
pub async fn send_exchange(#[server(default)] number: String, #[server(default)] id: String) -> Result<(), WireError> {
    let sent = async {
        let (by, number, id) = (operator()?, number_of(&number)?, id_of(&id)?);
        port::<dyn Returns>()?.send_exchange(number, id, &by).await?;
        Ok("exchange-sent")
    };
    lead_on(sent.await, &number, OrderForm::Return, &[]);
    Ok(())
}

/// What is kept for a return can't be sent: it is sold again, and what is there is refunded. However often it is
/// posted, it is refunded once.
#[server(prefix = "/api", endpoint = "operator/orders/exchanges/ends")]
pub async fn end_exchange(
    #[server(default)] number: String,
    #[server(default)] id: String,
    #[server(default)] why: String,
) -> Result<(), WireError> {
    let ended = async {
        let (by, number, id) = (operator()?, number_of(&number)?, id_of(&id)?);
        let why = why.parse().map_err(|_| ReturnError::EndNote)?;
        Ok(match port::<dyn Returns>()?.end_exchange(number, id, &why, &by).await? {
            Progress::Done => "exchange-ended",
            Progress::Later => "asked",
        })
    };
    lead_on(ended.await, &number, OrderForm::Return, &[]);
    Ok(())
}

fn id_of(raw: &str) -> Result<ReturnId, ReturnError> {
    raw.parse().map_err(|_| ReturnError::NoSuchReturn)
}
