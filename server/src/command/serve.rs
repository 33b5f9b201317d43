use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use app::payment::SANDBOX_PATH;
use axum::serve::ListenerExt;
use axum_extra::extract::cookie::Key;
use clap::Args;
use domain::catalog::listing::ListRequest;
use domain::catalog::ports::Catalog;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::demo::{DEFAULT_PRODUCTS, DEFAULT_SEED, fill};
use crate::catalog::GraphCatalog;
use crate::config::{
    DataSettings, HttpSettings, PaymentSettings, StoreSettings, check_length, signing_secret, sql_url,
};
use crate::context::{Context, Databases};
use crate::http::session::Sessions;
use crate::http::{read_assets, router};
use crate::inventory::live::LiveStock;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    #[command(flatten)]
    http: HttpSettings,
    #[command(flatten)]
    store: StoreSettings,
    #[command(flatten)]
    payment: PaymentSettings,
    /// Fill an empty store with the demo catalog first
    #[arg(long)]
    demo_if_empty: bool,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { data, http, store, payment, demo_if_empty } = arguments;
    http.secret.as_ref().map(check_length).transpose()?;
    data.sql_url.as_ref().map(sql_url).transpose()?;
    let assets = read_assets(&http.site)?;
    let databases = Databases::open(&data).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    if demo_if_empty {
        fill_if_empty(&databases, &catalog, &data.data).await?;
    }
    let listener = TcpListener::bind(http.listen).await.with_context(|| format!("listening on {}", http.listen))?;
    let address = listener.local_addr()?;
    let base_url = http.base_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let (gateway_url, card_form_action) = match payment.gateway_url {
        Some(url) => (url.clone(), format!("{url}/payment_methods")),
        None => (format!("http://{}{SANDBOX_PATH}", reachable(address)), format!("{SANDBOX_PATH}/payment_methods")),
    };
    let facts = app::store::Store {
        name: store.name.into(),
        base_url: base_url.as_str().into(),
        assets: assets.into(),
        card_form_action: card_form_action.into(),
        currency: store.currency,
    };
    let secret = signing_secret(http.secret.as_ref(), &data.data)?;
    let (context, workers) = Context::new(&databases, catalog, facts, &secret, gateway_url)?;
    let sessions =
        Sessions { key: Key::from(&secret), carts: context.carts.clone(), secure: base_url.starts_with("https://") };
    let routes = router(&context, sessions, &http.site);
    let leases = workers.leases;
    leases.open().await?;
    let living = tokio::spawn(leases.clone().run());
    let recovery = tokio::spawn(workers.checkout.recover());
    let relay = tokio::spawn(workers.relay.run());
    let terminated = signal(SignalKind::terminate())?;
    let looking = tokio::spawn(context.live_stock.clone().run());
    let warming = tokio::spawn(warm_up(context.catalog.clone()));
    println!("Cartograph is open at {base_url}");
    serve(listener, routes, terminated, context.live_stock.clone()).await?;
    recovery.abort();
    looking.abort();
    relay.abort();
    warming.abort();
    living.abort();
    leases.close().await?;
    databases.sql.close().await;
    Ok(())
}

/// Fills an empty store, or one whose filling was interrupted.
async fn fill_if_empty(databases: &Databases, catalog: &GraphCatalog, folder: &Path) -> anyhow::Result<()> {
    let unfinished = folder.join("demo-unfinished");
    if unfinished.exists() || catalog.count().await? == 0 {
        std::fs::write(&unfinished, "").context("writing to the data folder")?;
        fill(databases, catalog, DEFAULT_PRODUCTS, DEFAULT_SEED).await?;
        std::fs::remove_file(&unfinished).context("writing to the data folder")?;
    }
    Ok(())
}

/// Reads the shelves that every visitor sees, so that the first one does not wait for them.
async fn warm_up(catalog: Arc<dyn Catalog>) {
    let Ok(tree) = catalog.categories().await else { return };
    for category in tree.top() {
        if catalog.list(&category.id, &ListRequest::default()).await.is_err() {
            return;
        }
    }
}

/// An address that this machine reaches itself by.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address }
}

async fn serve(
    listener: TcpListener,
    routes: axum::Router,
    mut terminated: Signal,
    live_stock: LiveStock,
) -> anyhow::Result<()> {
    let listener = listener.tap_io(|connection| {
        // Without it the last part of an answer waits for the delayed acknowledgement of the first.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!("TCP_NODELAY was refused: {error}");
        }
    });
    axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            // Open pages would keep their connections for ever.
            live_stock.close();
        })
        .await
        .context("serving the store")
}
