//! The invoice of an order as a PDF document: for its shopper at `/orders/{number}/invoice.pdf` and for who runs
//! the store at `/operator/orders/{number}/invoice.pdf`. The domain decides its rows, `layout` where they stand,
//! `paper` draws them. It is made anew each time, of the order as it is then, and the same order makes the same
//! bytes.

mod layout;
mod paper;
mod typeface;

use std::sync::Arc;

use anyhow::Context;
use app::store::Store;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::{Role, SignedIn};
use domain::operator::ports::OrderDesk;
use domain::order::letter::Letterhead;
use domain::order::ports::{Orders, OrdersUnavailable};
use domain::order::{InvoiceDocument, InvoiceDocumentError, Order, OrderAccess};
use domain::shipment::store_time;

use typeface::Typeface;

/// What search engines are told that came by an order's address (Google's and Bing's own extension of HTTP).
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Where invoices are made of, and whom they are from.
#[derive(Clone)]
pub(crate) struct Invoices {
    pub(crate) orders: Arc<dyn Orders>,
    pub(crate) desk: Arc<dyn OrderDesk>,
    pub(crate) store: Store,
}

/// `GET /orders/{number}/invoice.pdf?access=…`: for who bears the order's access and for the account that it
/// belongs to. Everybody else is answered as if there were no such order.
pub(crate) async fn handle(
    State(from): State<Invoices>,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
    signed_in: Option<Extension<SignedIn>>,
) -> Response {
    let access = access_in(query.as_deref().unwrap_or_default());
    let found = match number.parse() {
        Ok(number) => {
            let owner = signed_in.map(|Extension(signed_in)| signed_in.account.id);
            from.orders.read_for(number, access, owner).await
        }
        Err(_) => Ok(None),
    };
    from.answer(found.map(|found| found.map(|(order, _)| order))).await
}

/// `GET /operator/orders/{number}/invoice.pdf`: for who runs the store.
pub(crate) async fn handle_for_operator(
    State(from): State<Invoices>,
    Path(number): Path<String>,
    signed_in: Option<Extension<SignedIn>>,
) -> Response {
    let runs_the_store = signed_in.is_some_and(|Extension(signed_in)| signed_in.account.role == Role::Operator);
    let found = match number.parse() {
        // The port that failed has logged why.
        Ok(number) if runs_the_store => from.desk.order(number).await.map_err(|_| OrdersUnavailable),
        _ => Ok(None),
    };
    from.answer(found).await
}

fn access_in(query: &str) -> Option<OrderAccess> {
    let mut fields = url::form_urlencoded::parse(query.as_bytes());
    fields.find(|(name, _)| name == "access").and_then(|(_, access)| access.parse().ok())
}

impl Invoices {
    async fn answer(&self, found: Result<Option<Order>, OrdersUnavailable>) -> Response {
        let order = match found {
            Ok(Some(order)) => order,
            Ok(None) => return StatusCode::NOT_FOUND.into_response(),
            Err(OrdersUnavailable) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        };
        let (number, from) = (order.number, self.store.letterhead());
        // To draw takes longer than a thread of requests should be held up.
        let drawn = tokio::task::spawn_blocking(move || draw(&order, &from)).await;
        match drawn.context("waiting for an invoice").and_then(std::convert::identity) {
            Ok(Some(document)) => {
                let headers = [
                    (header::CONTENT_TYPE, "application/pdf".to_owned()),
                    (header::CONTENT_DISPOSITION, format!("inline; filename=\"invoice-{number}.pdf\"")),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                    (ROBOTS, "noindex".to_owned()),
                ];
                (headers, document).into_response()
            }
            Ok(None) => StatusCode::NOT_FOUND.into_response(),
            Err(fault) => {
                tracing::error!("drawing an invoice: {fault:#}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// The document; `None` for an order that has no invoice.
fn draw(order: &Order, from: &Letterhead) -> anyhow::Result<Option<Vec<u8>>> {
    let document = match InvoiceDocument::of(order) {
        Ok(document) => document,
        Err(InvoiceDocumentError::NotConfirmed { .. }) => return Ok(None),
        Err(error @ InvoiceDocumentError::Money(_)) => return Err(error).context("counting an invoice"),
    };
    let typeface = Typeface::embedded()?;
    let sheets = layout::compose(typeface, &document, order, from);
    let about = paper::About {
        title: format!("Invoice {}", order.number),
        author: from.store_name.to_string(),
        made_at: store_time(order.placed_at),
    };
    paper::print(typeface, &sheets, about).map(Some)
}

#[cfg(test)]
mod tests;
