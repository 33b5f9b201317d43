//! Web: the routes, and what every request passes on its way to them. The limits of a request
//! are here; what it means is decided behind.

mod entity_tag;
mod error_page;
pub(crate) mod guard;
mod pictures;
mod policy;
mod rate;
pub(crate) mod session;
mod site;
mod sitemap;
mod wire_status;

use std::sync::Arc;
use std::time::Duration;

use app::payment::{RETURN_PATH, SANDBOX_PATH};
use app::{Routes, document};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tokio::time::timeout;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::ServerErrorsFailureClass;
use tower_http::compression::CompressionLayer;
use tower_http::compression::CompressionLevel;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::trace::TraceLayer;

use crate::account::export;
use crate::context::Context;
use crate::inventory::live;
use crate::order::invoice_document;
use crate::payment::return_from_gateway;
use crate::review::upload;
use crate::search::insight::found::{self, Finder};
use policy::Policy;
pub(crate) use rate::network_of;
use session::Sessions;
pub(crate) use site::Site;

/// A request that takes longer is answered as unavailable.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// The form with files may take as long as this: as many as it may have get through at 1.3 Mbit/s.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(2);

/// All routes of the store. What a request passes on its way is put together before it is laid around them, and shares
/// what it knows: every layer is copied for every request, with all that is behind it.
pub(crate) fn router(context: &Context, sessions: Sessions, site: &Site) -> Router {
    let store = Arc::new(context.store.clone());
    let folder = site.folder.to_string_lossy();
    let options = LeptosOptions::builder().output_name(store.assets.clone()).site_root(folder).build();
    let pages = pages(context, &options);
    let finder = Finder {
        store: context.store.clone(),
        key: sessions.key.clone(),
        search: context.index.clone(),
        insight: context.counts.clone(),
    };
    let gateway = match &context.sandbox {
        Some(sandbox) => Router::new().nest(SANDBOX_PATH, sandbox.clone()),
        None => Router::new(),
    };
    let dynamic = Router::new()
        .merge(pages)
        .route("/account/export", get(export::handle).with_state(context.exported()))
        .merge(invoices(context))
        .merge(returns_from_gateway(context))
        .route("/reviews/pictures/{id}", get(upload::large).with_state(context.reviews.clone()))
        .route("/reviews/pictures/{id}/small", get(upload::small).with_state(context.reviews.clone()))
        .merge(gateway)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(rate::limiter(), rate::limit))
                .layer(from_fn_with_state(store.clone(), guard::same_origin))
                .layer(from_fn_with_state(Arc::new(sessions), session::attach))
                .layer(from_fn(guard::carry_out))
                .layer(from_fn_with_state(Arc::new(finder), found::attach))
                .layer(from_fn(wire_status::tell)),
        );
    Router::new()
        .merge(dynamic)
        .merge(context.webhooks.clone().unwrap_or_default())
        .merge(site.router())
        .merge(sitemap::router(context.catalog.clone(), context.store.clone()))
        .route("/pictures/{name}", get(pictures::serve))
        .route("/live/stock", get(live::handle).with_state(context.live_stock.clone()))
        .route("/health", get(|| async { "ok" }))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(guard::readable_address))
                .layer(from_fn_with_state(Arc::new(Policy::of(&store)), entity_tag::tag)),
        )
        // That of the longest form; the guard holds each to its own.
        .layer(RequestBodyLimitLayer::new(upload::MAX_FORM_BYTES))
        .layer(
            ServiceBuilder::new()
                .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(tell_of_the_late))
                .layer(from_fn(guard::security_headers))
                .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
                .layer(CatchPanicLayer::custom(error_page::PanicPage(store.clone())))
                .layer(from_fn_with_state(store, error_page::dress))
                .layer(from_fn(in_time))
                .layer(from_fn(guard::not_too_big)),
        )
}

fn returns_from_gateway(context: &Context) -> Router {
    let from_gateway = get(return_from_gateway::led_back).post(return_from_gateway::posted);
    Router::new().route(RETURN_PATH, from_gateway).with_state(context.checkout.clone())
}

fn invoices(context: &Context) -> Router {
    Router::new()
        .route("/orders/{number}/invoice.pdf", get(invoice_document::handle))
        .route("/operator/orders/{number}/invoice.pdf", get(invoice_document::handle_for_operator))
        .with_state(context.invoices())
        .layer(from_fn_with_state(Arc::new(context.store.clone()), error_page::dress_missing))
}

/// Answers what takes too long.
async fn in_time(request: Request, next: Next) -> Response {
    let patience = patience_with(&request);
    timeout(patience, next.run(request)).await.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

fn patience_with(request: &Request) -> Duration {
    if upload::has_files(request) { UPLOAD_TIMEOUT } else { REQUEST_TIMEOUT }
}

/// What a log says of a request: not its query, which may hold the token of a link.
fn span(request: &Request) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

/// Whatever fails is logged with its cause, where that is known. What came too late has none.
#[allow(clippy::needless_pass_by_value)]
fn tell_of_the_late(failure: ServerErrorsFailureClass, latency: Duration, _: &tracing::Span) {
    if matches!(failure, ServerErrorsFailureClass::StatusCode(_)) && latency >= REQUEST_TIMEOUT {
        tracing::error!(?latency, "a request was not answered in time");
    }
}

fn pages(context: &Context, options: &LeptosOptions) -> Router {
    let routes = generate_route_list(Routes);
    let provide = context.provider();
    let shell = {
        let (options, store) = (options.clone(), context.store.clone());
        move || document(store.clone(), options.clone())
    };
    let server_functions = {
        let provide = provide.clone();
        move |request: Request| {
            let provide = provide.clone();
            async move { leptos_axum::handle_server_fns_with_context(provide, request).await }
        }
    };
    let reviews = {
        let provide = provide.clone();
        move |request: Request, next: Next| upload::take(provide.clone(), request, next)
    };
    let not_found = leptos_axum::render_app_async_with_context(provide.clone(), shell.clone());
    Router::new()
        .route("/api/{*name}", get(server_functions.clone()).post(server_functions))
        .leptos_routes_with_context(options, routes, provide, shell)
        .fallback(not_found)
        .layer(from_fn(reviews))
        // The guard holds every form to its limit.
        .layer(DefaultBodyLimit::disable())
        .with_state(options.clone())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header;

    use super::*;

    #[test]
    fn only_a_form_with_files_may_take_long() {
        let patience = |method: &str, path: &str, kind: &str| {
            let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
            patience_with(&request.body(Body::empty()).unwrap())
        };
        let (files, words) = ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded");
        assert_eq!(patience("POST", "/api/reviews", files), UPLOAD_TIMEOUT);
        assert_eq!(patience("POST", "/api/reviews", words), REQUEST_TIMEOUT);
        assert_eq!(patience("POST", "/api/cart/lines", files), REQUEST_TIMEOUT);
        assert_eq!(patience("GET", "/api/reviews", files), REQUEST_TIMEOUT);
    }
}
