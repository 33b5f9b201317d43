use std::net::SocketAddr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use app::payment::SANDBOX_PATH;
use app::store::CardElement;
use axum::serve::ListenerExt;
use axum_extra::extract::cookie::Key;
use clap::Args;
use domain::catalog::listing::ListRequest;
use domain::catalog::ports::Catalog;
use domain::pricing::tax::TaxTable;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinSet};

use super::demo::{DEFAULT_PRODUCTS, DEFAULT_SEED, fill};
use crate::catalog::GraphCatalog;
use crate::config::{
    DataSettings, FaultSettings, HttpSettings, MailSettings, PaymentSettings, StoreSettings, check_length,
    signing_secret,
};
use crate::context::{Context, Databases, Ways, Workers};
use crate::fault::Faults;
use crate::http::session::Sessions;
use crate::http::{Site, router};
use crate::import::tax_rates;
use crate::inventory::live::LiveStock;
use crate::mail::MailServer;
use crate::search::bring_up_to_date;
use crate::search::insight::SqlInterest;

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
    #[command(flatten)]
    mail: MailSettings,
    #[command(flatten)]
    faults: FaultSettings,
    /// Fill an empty store with the demo catalog first
    #[arg(long)]
    demo_if_empty: bool,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    arguments.http.secret.as_ref().map(check_length).transpose()?;
    arguments.data.check()?;
    let elsewhere = arguments.payment.elsewhere()?;
    let gateway = elsewhere.as_ref().map(|(url, _)| url.as_str());
    let card_element = arguments.payment.card_element()?;
    arguments.mail.smtp.as_ref().map(MailServer::parse).transpose()?;
    let taxes = arguments.store.tax_rates.as_deref().map(tax_rates).transpose()?.unwrap_or_default();
    let site = Site::find(&arguments.http.site)?;
    let faults = Faults::default();
    let databases = Databases::open(&arguments.data).await?.failing_by(&faults);
    let cards = Cards { form_action: format!("{}/payment_methods", gateway.unwrap_or(SANDBOX_PATH)), card_element };
    let served = open(&databases, &faults, arguments, taxes, &site, cards).await;
    if let Err(fault) = &served
        && fault.is::<OpensAnew>()
    {
        tracing::warn!("{fault}");
        // The graph has nothing more to write, and would be waited for.
        databases.sql.close().await;
        tracing::error!("starting anew: {}", start_again());
    }
    databases.close().await;
    served
}

/// Why a store closes that starts again at once.
#[derive(Debug, thiserror::Error)]
#[error("the disk was full and has room again: the store starts anew, for its graph writes nothing more until then")]
struct OpensAnew;

/// Puts the program into the place of itself, with all that it was started with. Answers why it can't; then
/// whoever started the store starts it again.
fn start_again() -> std::io::Error {
    match std::env::current_exe() {
        Ok(program) => Command::new(program).args(std::env::args_os().skip(1)).exec(),
        Err(error) => error,
    }
}

/// How the payment page takes a card.
struct Cards {
    form_action: String,
    card_element: Option<CardElement>,
}

/// Serves until the process is told to end.
async fn open(
    databases: &Databases,
    faults: &Faults,
    arguments: Arguments,
    taxes: TaxTable,
    site: &Site,
    cards: Cards,
) -> anyhow::Result<()> {
    let Arguments { data, http, store, payment, mail, faults: FaultSettings { plan }, demo_if_empty } = arguments;
    let catalog = GraphCatalog::new(databases.graph.clone());
    if demo_if_empty {
        fill_if_empty(databases, &catalog, &data.data).await?;
    }
    let listener = TcpListener::bind(http.listen).await.with_context(|| format!("listening on {}", http.listen))?;
    let address = listener.local_addr()?;
    let base_url = http.base_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let facts = app::store::Store {
        name: store.name.into(),
        base_url: base_url.as_str().into(),
        assets: site.assets.as_str().into(),
        card_form_action: cards.form_action.into(),
        card_element: cards.card_element,
        currency: store.currency,
        contact_email: store.contact_email,
        taxes: taxes.into(),
    };
    let secret = signing_secret(http.secret.as_ref(), &data.data)?;
    let ways = Ways { payment: &payment, mail: &mail, data: &data.data };
    let (context, workers) = Context::new(databases, catalog.clone(), facts, &secret, ways, faults)?;
    if catalog.count().await? == 0 {
        // The index of an empty store is made in no time, and nobody is asked to wait for it.
        workers.follower.begin().await?;
    }
    let sessions = Sessions {
        key: Key::from(&secret),
        carts: context.carts.clone(),
        checkout: context.checkout.clone(),
        accounts: context.accounts.clone(),
        secure: base_url.starts_with("https://"),
    };
    let routes = router(&context, sessions, site);
    let leases = workers.leases.clone();
    leases.open().await?;
    let interest = SqlInterest::new(context.counts.clone(), catalog.clone());
    let mut beside = start_beside(workers, &context, &interest);
    let terminated = signal(SignalKind::terminate())?;
    let inventory = context.live_stock.inventory();
    inventory.end_passed_policies().await;
    beside.spawn(inventory.end_policies());
    beside.spawn(warm_up(catalog));
    if let Some(plan) = plan.filter(|plan| !plan.is_empty()) {
        tracing::warn!(%plan, "the store fails on purpose");
        // Not before: a store that opens needs its graph.
        faults.change(|on| *on = plan);
    }
    println!("Cartograph is open at {base_url}");
    let stop = Arc::new(Notify::new());
    let served = {
        let serving = serve(listener, routes, terminated, context.live_stock.clone(), stop.clone());
        tokio::pin!(serving);
        tokio::select! {
            served = &mut serving => served,
            panicked = first_panic(&mut beside) => {
                // What is under way is answered, and whoever started the store starts it again: nothing waits
                // for a task that is gone.
                stop.notify_one();
                serving.await.and(Err(anyhow!("a task beside the pages broke: {panicked}")))
            }
            () = databases.graph.has_to_be_opened_anew() => {
                stop.notify_one();
                serving.await.and(Err(OpensAnew.into()))
            }
        }
    };
    beside.shutdown().await;
    // A count that is lost is no reason to close otherwise than well.
    if let Err(fault) = context.counts.write_down().await {
        tracing::warn!("writing down the last searches: {fault:#}");
    }
    if let Err(fault) = interest.write_down().await {
        tracing::warn!("writing down what was found last: {fault:#}");
    }
    let left = leases.close().await;
    served.and(left)
}

/// Starts what runs beside the requests.
fn start_beside(workers: Workers, context: &Context, interest: &SqlInterest) -> JoinSet<()> {
    let mut beside = JoinSet::new();
    beside.spawn(workers.leases.run());
    beside.spawn(workers.commits.run());
    beside.spawn(workers.checkout.clone().recover());
    beside.spawn(workers.checkout.clone().forget_left());
    beside.spawn(workers.checkout.clone().end_exchanges());
    beside.spawn(workers.checkout.clone().follow_payments());
    beside.spawn(workers.checkout.end_reservations());
    beside.spawn(workers.relay.run());
    beside.spawn(workers.post.run());
    beside.spawn(workers.learner.run());
    beside.spawn(workers.visit_learner.run());
    beside.spawn(workers.browsing.run());
    beside.spawn(workers.follower.run());
    beside.spawn(interest.clone().run());
    beside.spawn(workers.accounts.tidy());
    beside.spawn(context.typed_forms.clone().tidy());
    beside.spawn(context.alerts.clone().tidy());
    beside.spawn(context.counts.clone().run());
    beside.spawn(workers.notices);
    beside.spawn(context.live_stock.clone().run());
    beside
}

/// The first of the tasks that panics; those that come to their end are let go.
async fn first_panic(tasks: &mut JoinSet<()>) -> JoinError {
    loop {
        match tasks.join_next().await {
            Some(Err(ended)) if ended.is_panic() => return ended,
            Some(_) => {}
            None => std::future::pending().await,
        }
    }
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
    stop: Arc<Notify>,
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
                () = stop.notified() => {}
            }
            // Open pages would keep their connections for ever.
            live_stock.close();
        })
        .await
        .context("serving the store")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_breaks_is_noticed_and_one_that_ends_is_not() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async {});
        tasks.spawn(std::future::pending());
        tasks.spawn(async {
            tokio::task::yield_now().await;
            panic!("as it had to come");
        });
        assert!(first_panic(&mut tasks).await.is_panic());
    }
}
