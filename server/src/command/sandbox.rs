// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use axum::Router;
use axum::routing::get;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;

use crate::config::Secret;
use crate::http::guard;
use crate::payment::sandbox::{Opened, Setup, open};
use crate::sql::{GroupCommit, Sql};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long = "sandbox-listen",
        env = "CARTOGRAPH_SANDBOX_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:4010"
    )]
    listen: SocketAddr,
    /// Folder of its books
    #[arg(
        long = "sandbox-data",
        env = "CARTOGRAPH_SANDBOX_DATA",
        value_name = "FOLDER",
        default_value = "sandbox-data"
    )]
    data: PathBuf,
    /// Its public address, which challenges lead to (default: the listening address)
    #[arg(long = "sandbox-base-url", env = "CARTOGRAPH_SANDBOX_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
    /// The only key that it serves (default: any that begins with sk_test_)
    #[arg(
        long = "sandbox-key",
        env = "CARTOGRAPH_SANDBOX_KEY",
        value_name = "KEY",
        hide_env_values = true,
        hide_default_value = true
    )]
    key: Option<Secret>,
    /// Where it tells of whatever happens, such as https://shop.example/payment/webhooks
    #[arg(
        long = "sandbox-webhook-url",
        env = "CARTOGRAPH_SANDBOX_WEBHOOK_URL",
        value_name = "URL",
        requires = "webhook_secret"
    )]
    webhook_url: Option<String>,
    /// What it signs that with
    #[arg(
        long = "sandbox-webhook-secret",
        env = "CARTOGRAPH_SANDBOX_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        hide_default_value = true
    )]
    webhook_secret: Option<Secret>,
}

/// Serves the sandbox gateway alone, until it is asked to close.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { listen, data, base_url, key, webhook_url, webhook_secret } = arguments;
    std::fs::create_dir_all(&data).with_context(|| format!("making the data folder {}", data.display()))?;
    let file = std::path::absolute(&data)?.join("sandbox.sqlite");
    let sql = Sql::open(&format!("sqlite://{}", file.display())).await?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
    let origin = base_url.unwrap_or(format!("http://{}", listener.local_addr()?));
    let mut commits = GroupCommit::new(sql.clone());
    let setup = Setup { key, origin: origin.trim_end_matches('/').to_owned(), tells_all: true };
    let Opened { pages, api, element, notices } = open(sql.clone(), &mut commits, setup);
    let mut beside = JoinSet::new();
    beside.spawn(commits.run());
    if let Some((url, secret)) = webhook_url.zip(webhook_secret) {
        let telling = notices.tell_at(url, secret)?;
        beside.spawn(telling);
    }
    let routes = Router::new()
        .route("/health", get(|| async { "ok" }))
        .merge(pages)
        .merge(element)
        .merge(api)
        .layer(tower_http::limit::RequestBodyLimitLayer::new(guard::MAX_BODY_BYTES));
    let mut terminated = signal(SignalKind::terminate())?;
    println!("The sandbox is open at {origin}");
    let closing = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
    };
    axum::serve(listener, routes).with_graceful_shutdown(closing).await.context("serving the sandbox")?;
    beside.abort_all();
    sql.close().await;
    Ok(())
}
