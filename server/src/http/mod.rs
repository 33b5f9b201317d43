//! Web: the routes, and what every request passes on its way to them. The limits of a request
//! are here; what it means is decided behind.

mod entity_tag;
mod error_page;
mod guard;
mod pictures;
mod rate;
pub(crate) mod session;
mod sitemap;
mod wire_status;

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use app::payment::SANDBOX_PATH;
use app::{Routes, document};
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::CompressionLevel;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::context::Context;
use crate::inventory::live;
use crate::payment::{return_from_gateway, sandbox};
use session::Sessions;

/// A request that takes longer is answered as unavailable.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// All routes of the store.
pub(crate) fn router(context: &Context, sessions: Sessions, site: &Path) -> Router {
    let store = context.store.clone();
    let options = LeptosOptions::builder().output_name(store.assets.clone()).site_root(site.to_string_lossy()).build();
    let pages = pages(context, &options);
    let hashed = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip();
    let immutable = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    // Nobody else holds money in a store that has a real gateway.
    let gateway = if store.uses_sandbox() {
        Router::new().nest(SANDBOX_PATH, sandbox::router(context.sql.clone()))
    } else {
        Router::new()
    };
    let dynamic = Router::new()
        .merge(pages)
        .route("/checkout/payment/return", get(return_from_gateway::handle).with_state(context.checkout.clone()))
        .merge(gateway)
        .layer(from_fn(wire_status::tell))
        .layer(from_fn(guard::carry_out))
        .layer(from_fn_with_state(sessions, session::attach))
        .layer(from_fn_with_state(store.clone(), guard::same_origin))
        .layer(from_fn_with_state(rate::limiter(), rate::limit));
    Router::new()
        .merge(dynamic)
        .merge(sitemap::router(context.catalog.clone(), store.clone()))
        .route("/pictures/{name}", get(pictures::serve))
        .route("/live/stock", get(live::handle).with_state(context.live_stock.clone()))
        .route("/health", get(|| async { "ok" }))
        .nest_service("/pkg", ServiceBuilder::new().layer(immutable).service(hashed))
        .nest_service("/static", ServeDir::new(site.join("static")))
        .route_service("/favicon.svg", tower_http::services::ServeFile::new(site.join("favicon.svg")))
        .layer(from_fn(entity_tag::tag))
        .layer(from_fn(guard::readable_address))
        .layer(RequestBodyLimitLayer::new(guard::MAX_BODY_BYTES))
        .layer(from_fn(guard::not_too_big))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(from_fn_with_state(store.clone(), error_page::dress))
        .layer(CatchPanicLayer::custom(error_page::PanicPage(store)))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(guard::security_headers))
        .layer(TraceLayer::new_for_http())
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
        move |request: axum::extract::Request| {
            let provide = provide.clone();
            async move { leptos_axum::handle_server_fns_with_context(provide, request).await }
        }
    };
    let not_found = leptos_axum::render_app_async_with_context(provide.clone(), shell.clone());
    Router::new()
        .route("/api/{*name}", get(server_functions.clone()).post(server_functions))
        .leptos_routes_with_context(options, routes, provide, shell)
        .fallback(not_found)
        .with_state(options.clone())
}

/// The name of the built script and style files, without their endings, with their content's hash.
/// Under `cargo leptos watch` it is the name that cargo-leptos gave them.
///
/// # Errors
/// When the site was not built.
pub(crate) fn read_assets(site: &Path) -> anyhow::Result<String> {
    if let Ok(name) = std::env::var("LEPTOS_OUTPUT_NAME") {
        return Ok(name);
    }
    let path = site.join("assets.txt");
    let name = std::fs::read_to_string(&path).with_context(|| {
        format!("reading {}; `make run` builds the site, and --site says where it is", path.display())
    })?;
    Ok(name.trim().to_owned())
}
