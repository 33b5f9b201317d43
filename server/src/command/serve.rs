use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use app::payment::SANDBOX_PATH;
use axum::serve::ListenerExt;
use axum_extra::extract::cookie::Key;
use clap::Args;
use domain::catalog::listing::ListRequest;
use domain::catalog::ports::Catalog;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use super::demo::{DEFAULT_PRODUCTS, DEFAULT_SEED, fill};
use crate::catalog::GraphCatalog;
use crate::config::{DataSettings, HttpSettings, PaymentSettings, StoreSettings, check_length, signing_secret};
use crate::context::{Context, Databases};
use crate::http::session::Sessions;
use crate::http::{Site, router};
use crate::inventory::live::LiveStock;
use crate::search::bring_up_to_date;

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
    data.check()?;
    let elsewhere = payment.elsewhere()?;
    let site = Site::find(&http.site)?;
    let databases = Databases::open(&data).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    if demo_if_empty {
        fill_if_empty(&databases, &catalog, &data.data).await?;
    }
    let listener = TcpListener::bind(http.listen).await.with_context(|| format!("listening on {}", http.listen))?;
    let address = listener.local_addr()?;
    let base_url = http.base_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let card_form_host = elsewhere.as_ref().map_or(SANDBOX_PATH, |(url, _)| url.as_str());
    let card_form_action = format!("{card_form_host}/payment_methods");
    let facts = app::store::Store {
        name: store.name.into(),
        base_url: base_url.as_str().into(),
        assets: site.assets.as_str().into(),
        card_form_action: card_form_action.into(),
        currency: store.currency,
        contact_email: store.contact_email,
    };
    let secret = signing_secret(http.secret.as_ref(), &data.data)?;
    let (context, workers) = Context::new(&databases, catalog.clone(), facts, &secret, &payment, &data.data)?;
    if catalog.count().await? == 0 {
        // The index of an empty store is made in no time, and nobody is asked to wait for it.
        workers.follower.begin().await?;
    }
    let sessions = Sessions {
        key: Key::from(&secret),
        carts: context.carts.clone(),
        accounts: context.accounts.clone(),
        secure: base_url.starts_with("https://"),
    };
    let routes = router(&context, sessions, &site);
    let leases = workers.leases;
    leases.open().await?;
    let mut beside = JoinSet::new();
    beside.spawn(leases.clone().run());
    beside.spawn(workers.commits.run());
    beside.spawn(workers.checkout.clone().recover());
    beside.spawn(workers.checkout.clone().forget_left());
    beside.spawn(workers.checkout.end_reservations());
    beside.spawn(workers.relay.run());
    beside.spawn(workers.learner.run());
    beside.spawn(workers.visit_learner.run());
    beside.spawn(workers.browsing.run());
    beside.spawn(workers.follower.run());
    beside.spawn(workers.accounts.tidy());
    beside.spawn(context.counts.clone().run());
    beside.spawn(workers.notices);
    let terminated = signal(SignalKind::terminate())?;
    beside.spawn(context.live_stock.clone().run());
    beside.spawn(warm_up(catalog));
    println!("Cartograph is open at {base_url}");
    serve(listener, routes, terminated, context.live_stock.clone()).await?;
    beside.shutdown().await;
    // A count that is lost is no reason to close otherwise than well.
    if let Err(fault) = context.counts.write_down().await {
        tracing::warn!("writing down the last searches: {fault:#}");
    }
    leases.close().await?;
    databases.close().await;
    Ok(())
}

/// Fills an empty store, or one whose filling was interrupted.
async fn fill_if_empty(databases: &Databases, catalog: &GraphCatalog, folder: &Path) -> anyhow::Result<()> {
    let unfinished = folder.join("demo-unfinished");
    if unfinished.exists() || catalog.count().await? == 0 {
        std::fs::write(&unfinished, "").context("writing to the data folder")?;
        fill(databases, catalog, DEFAULT_PRODUCTS, DEFAULT_SEED).await?;
        bring_up_to_date(catalog, folder).await?;
        std::fs::remove_file(&unfinished).context("writing to the data folder")?;
    }
    Ok(())
}

/// Reads the shelves that every visitor sees, and what carts need, so that nobody waits for it.
async fn warm_up(catalog: GraphCatalog) {
    let Ok(tree) = catalog.categories().await else { return };
    for category in tree.top() {
        if catalog.list(&category.id, &ListRequest::default()).await.is_err() {
            return;
        }
    }
    match catalog.learn_lines().await {
        Ok(()) => tracing::info!("shelves and lines are in memory"),
        Err(fault) => tracing::warn!("reading what carts need: {fault:#}"),
    }
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
