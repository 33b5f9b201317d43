// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use domain::pricing::Currency;

use super::Secret;

/// Where the store keeps what it knows.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct DataSettings {
    /// Folder of the embedded databases
    #[arg(long, env = "CARTOGRAPH_DATA", value_name = "FOLDER", default_value = "data")]
    pub(crate) data: PathBuf,
    /// Graph database: rocksdb://FOLDER, ws://HOST, wss://HOST (default: embedded in the data folder)
    #[arg(long, env = "CARTOGRAPH_GRAPH_URL", value_name = "URL", value_parser = graph_url)]
    pub(crate) graph_url: Option<String>,
    /// User of a graph database server
    #[arg(long, env = "CARTOGRAPH_GRAPH_USER", value_name = "NAME", requires = "graph_password")]
    pub(crate) graph_user: Option<String>,
    /// Password of a graph database server
    #[arg(
        long,
        env = "CARTOGRAPH_GRAPH_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) graph_password: Option<Secret>,
    /// SQL database: sqlite://FILE or postgres://USER@HOST/NAME (default: SQLite in the data folder)
    #[arg(long, env = "CARTOGRAPH_SQL_URL", value_name = "URL", hide_env_values = true, hide_default_value = true)]
    pub(crate) sql_url: Option<Secret>,
}

/// How the store is reached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Web")]
pub(crate) struct HttpSettings {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "CARTOGRAPH_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:3000", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// The store's public address, for links in search engines and mails (default: the listening address)
    #[arg(long, env = "CARTOGRAPH_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    /// Folder of the built scripts and styles
    #[arg(long, env = "CARTOGRAPH_SITE", value_name = "FOLDER", default_value = "target/site")]
    pub(crate) site: PathBuf,
    /// Signs cookies and order addresses; the same on every server of a cluster, at least 32 characters
    /// (default: made once and kept in the data folder)
    #[arg(long, env = "CARTOGRAPH_SECRET", value_name = "SECRET", hide_env_values = true, hide_default_value = true)]
    pub(crate) secret: Option<Secret>,
}

/// What the store is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Store")]
pub(crate) struct StoreSettings {
    /// The store's name
    #[arg(long, env = "CARTOGRAPH_NAME", value_name = "NAME", default_value = "Cartograph", value_parser = name)]
    pub(crate) name: String,
    /// The currency of order histories that name none
    #[arg(long, env = "CARTOGRAPH_CURRENCY", value_name = "CODE", default_value = "GBP", value_parser = currency)]
    pub(crate) currency: Currency,
}

/// Who holds the money.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Payment")]
pub(crate) struct PaymentSettings {
    /// Address of the payment gateway (default: the embedded sandbox, whose cards are test numbers)
    #[arg(long, env = "CARTOGRAPH_GATEWAY_URL", value_name = "URL", value_parser = gateway_url)]
    pub(crate) gateway_url: Option<String>,
}

fn address(raw: &str) -> Result<SocketAddr, String> {
    raw.parse().map_err(|_| "must be an address and a port, like 127.0.0.1:3000".to_owned())
}

fn base_url(raw: &str) -> Result<String, String> {
    web_address(raw, |url| url.path() == "/")
        .ok_or_else(|| "must be a web address without a path, like https://shop.example".to_owned())
}

fn gateway_url(raw: &str) -> Result<String, String> {
    web_address(raw, |_| true).ok_or_else(|| "must be a web address, like https://gateway.example/v1".to_owned())
}

/// The address without slashes at its end, if it is one that paths can be added to.
fn web_address(raw: &str, fits: fn(&url::Url) -> bool) -> Option<String> {
    let trimmed = raw.trim_end_matches('/');
    let url = url::Url::parse(trimmed).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
    (is_web && fits(&url)).then(|| trimmed.to_owned())
}

/// Longest name of a store.
const MAX_NAME_CHARS: usize = 60;

fn name(raw: &str) -> Result<String, String> {
    let name = raw.trim();
    let is_plain = !name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '&' | '"'));
    if is_plain && (1..=MAX_NAME_CHARS).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(format!("must be 1 to {MAX_NAME_CHARS} letters without <, >, & and quotes, like Cartograph"))
    }
}

fn graph_url(raw: &str) -> Result<String, String> {
    let schemes: &[&str] = if cfg!(feature = "tikv") {
        &["rocksdb://", "ws://", "wss://", "tikv://"]
    } else {
        &["rocksdb://", "ws://", "wss://"]
    };
    if schemes.iter().any(|scheme| raw.starts_with(scheme) && raw.len() > scheme.len()) {
        Ok(raw.to_owned())
    } else {
        Err(format!("must begin with one of {}, like ws://127.0.0.1:8000", schemes.join(", ")))
    }
}

fn currency(raw: &str) -> Result<Currency, String> {
    Currency::from_code(&raw.to_ascii_uppercase()).ok_or_else(|| "must be a code of ISO 4217, like GBP".to_owned())
}
