use domain::operator::DeskError;
use domain::operator::ports::OrderDesk;
use domain::order::{OrderNumber, OrderState};
use domain::payment::{MovementError, MovementId, MovementKind, MovementRequest, Progress, TransferKind};
use leptos::prelude::*;

use super::super::orders::{ORDERS, OrderForm, order_path};
use super::operator;
use crate::account::lead;
use crate::error::WireError;
use crate::port::port;
use crate::typed;

/// Captures an amount of what is held for an order; `rest=keep` leaves the rest held. The form's key makes
/// it one movement, however often it is posted.
#[server(prefix = "/api", endpoint = "operator/orders/captures")]
pub async fn capture_payment(
    #[server(default)] number: String,
    #[server(default)] key: String,
    #[server(default)] capture: String,
    #[server(default)] rest: String,
) -> Result<(), WireError> {
    let kind = MovementKind::Capture { is_last: rest != "keep" };
    let captured = moved(&number, &key, Ok(kind), &capture).await;
    let fields = [("key", key.as_str()), ("capture", capture.as_str()), ("rest", rest.as_str())];
    lead_on(captured, &number, OrderForm::Capture, &fields);
    Ok(())
}

/// Gives an amount back of what was captured of an order.
#[server(prefix = "/api", endpoint = "operator/orders/refunds")]
pub async fn refund_payment(
    #[server(default)] number: String,
    #[server(default)] key: String,
    #[server(default)] refund: String,
    #[server(default)] reason: String,
) -> Result<(), WireError> {
    let kind = reason.parse().map(MovementKind::refund).map_err(|_| MovementError::Reason);
    let refunded = moved(&number, &key, kind, &refund).await;
    let fields = [("key", key.as_str()), ("refund", refund.as_str()), ("reason", reason.as_str())];
    lead_on(refunded, &number, OrderForm::Refund, &fields);
    Ok(())
}

/// Lets go of all that is still held for an order of which something was captured. The form says how much that was
/// when it was shown: a page that shows another amount than there is now lets go of nothing.
#[server(prefix = "/api", endpoint = "operator/orders/releases")]
pub async fn release_rest(
    #[server(default)] number: String,
    #[server(default)] key: String,
    #[server(default)] release: String,
) -> Result<(), WireError> {
    let released = moved(&number, &key, Ok(MovementKind::Release), &release).await;
    lead_on(released, &number, OrderForm::Release, &[("key", key.as_str())]);
    Ok(())
}

/// Notes that the customer of an order has paid what its invoice bills.
#[server(prefix = "/api", endpoint = "operator/orders/payments")]
pub async fn note_invoice_paid(
    #[server(default)] number: String,
    #[server(default)] transferred: String,
) -> Result<(), WireError> {
    noted(TransferKind::Payment, "paid", &number, &transferred).await;
    Ok(())
}

/// Notes that the customer of an order was paid back what was owed to them of its invoice.
#[server(prefix = "/api", endpoint = "operator/orders/repayments")]
pub async fn note_invoice_repaid(
    #[server(default)] number: String,
    #[server(default)] transferred: String,
) -> Result<(), WireError> {
    noted(TransferKind::Repayment, "repaid", &number, &transferred).await;
    Ok(())
}

/// Notes a transfer for an invoice, and leads to the order's page.
async fn noted(kind: TransferKind, done: &'static str, number: &str, transferred: &str) {
    let noting = async {
        let (by, number) = (operator()?, number_of(number)?);
        port::<dyn OrderDesk>()?.note_transfer(number, kind, transferred, &by).await?;
        Ok(done)
    };
    lead_on(noting.await, number, OrderForm::of_transfer(kind), &[("transferred", transferred)]);
}

/// Cancels an order for its shopper.
#[server(prefix = "/api", endpoint = "operator/orders/cancellations")]
pub async fn cancel_for_shopper(#[server(default)] number: String) -> Result<(), WireError> {
    let cancelled = async {
        let (by, number) = (operator()?, number_of(&number)?);
        Ok(match port::<dyn OrderDesk>()?.cancel(number, &by).await? {
            OrderState::Cancelled => "cancelled",
            _ => "cancelling",
        })
    };
    lead_on(cancelled.await, &number, OrderForm::Cancellation, &[]);
    Ok(())
}

/// Marks an order as sent: what is still held for it is captured, and its units leave the stock. However often it
/// is posted, it is sent once.
#[server(prefix = "/api", endpoint = "operator/orders/dispatches")]
pub async fn mark_as_sent(#[server(default)] number: String) -> Result<(), WireError> {
    let sent = async {
        let (by, number) = (operator()?, number_of(&number)?);
        Ok(match port::<dyn OrderDesk>()?.send(number, &by).await? {
            Progress::Done => "sent",
            Progress::Later => "asked",
        })
    };
    lead_on(sent.await, &number, OrderForm::Dispatch, &[]);
    Ok(())
}

/// Marks an order that was sent as delivered.
#[server(prefix = "/api", endpoint = "operator/orders/deliveries")]
pub async fn mark_as_delivered(#[server(default)] number: String) -> Result<(), WireError> {
    let delivered = async {
        let (by, number) = (operator()?, number_of(&number)?);
        port::<dyn OrderDesk>()?.deliver(number, &by).await?;
        Ok("delivered")
    };
    lead_on(delivered.await, &number, OrderForm::Delivery, &[]);
    Ok(())
}

pub(super) fn number_of(raw: &str) -> Result<OrderNumber, DeskError> {
    raw.parse().map_err(|_| DeskError::NoSuchOrder)
}

/// Moves money, and answers what was done, as the page of the order is told it.
async fn moved(
    number: &str,
    key: &str,
    kind: Result<MovementKind, MovementError>,
    amount: &str,
) -> Result<&'static str, WireError> {
    let by = operator()?;
    let (number, id) = (number_of(number)?, key.parse::<MovementId>().map_err(|_| WireError::Form)?);
    let kind = kind?;
    let done = match kind {
        MovementKind::Capture { .. } => "captured",
        MovementKind::Refund { .. } => "refunded",
        MovementKind::Release => "released",
    };
    let request = MovementRequest { id, number, kind, amount: Some(amount.to_owned()) };
    Ok(match port::<dyn OrderDesk>()?.move_money(&request, &by).await? {
        Progress::Done => done,
        Progress::Later => "asked",
    })
}

/// Leads to the order's page, which says what was done, or back to the form with what was typed.
pub(super) fn lead_on(done: Result<&'static str, WireError>, number: &str, form: OrderForm, fields: &[(&str, &str)]) {
    let Ok(known) = number.parse::<OrderNumber>() else {
        return lead(done.map(|_| ORDERS.to_owned()), ORDERS);
    };
    let path = order_path(known);
    let is_theirs = !matches!(done, Err(WireError::Account(_)));
    match done {
        // An order that is not there has no page to go back to.
        Err(error @ WireError::Desk(DeskError::NoSuchOrder)) => lead(Err(error), ORDERS),
        Err(error) => {
            if is_theirs {
                typed::keep(ORDERS, fields);
            }
            lead(Err(error), &format!("{path}?form={}", form.parameter()));
        }
        Ok(done) => lead(Ok(format!("{path}?done={done}")), &path),
    }
}
