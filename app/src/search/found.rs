use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use domain::catalog::Slug;
use domain::checkout::Placed;
use domain::order::ports::Orders;
use domain::search::insight::Findings;
use domain::search::ports::Insight;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::FOUND_COOKIE;
use crate::port::port;

/// Counts an order for the searches that its products were found by, and lets the browser forget what
/// it found. An order that can't be counted is as good as any.
pub async fn bought(placed: &Placed) {
    let Some(findings) = use_context::<Findings>().filter(|findings| !findings.is_empty()) else { return };
    let (Ok(orders), Ok(insight)) = (port::<dyn Orders>(), port::<dyn Insight>()) else { return };
    let Ok(Some(order)) = orders.read(placed.number, &placed.access).await else { return };
    let products: Vec<Slug> = order.lines.into_iter().map(|line| line.slug).collect();
    insight.bought(&findings, &products);
    let gone = format!("{FOUND_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    if let (Some(response), Ok(gone)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&gone)) {
        response.append_header(SET_COOKIE, gone);
    }
}
