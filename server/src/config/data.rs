// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::path::PathBuf;

use anyhow::{bail, ensure};
use clap::Args;

use super::Secret;

/// Where the store keeps what it knows.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct DataSettings {
    /// Folder of the embedded databases
    #[arg(long, env = "CARTOGRAPH_DATA", value_name = "FOLDER", default_value = "data")]
    pub(crate) data: PathBuf,
    /// Graph database: rocksdb://FOLDER, ws://HOST, wss://HOST (default: embedded in the data folder)
    #[arg(long, env = "CARTOGRAPH_GRAPH_URL", value_name = "URL", hide_env_values = true, hide_default_value = true)]
    graph_url: Option<Secret>,
    /// User of a graph database server
    #[arg(long, env = "CARTOGRAPH_GRAPH_USER", value_name = "NAME")]
    graph_user: Option<String>,
    /// Password of a graph database server
    #[arg(
        long,
        env = "CARTOGRAPH_GRAPH_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true,
        hide_default_value = true
    )]
    graph_password: Option<Secret>,
    /// SQL database: sqlite://FILE or postgres://USER@HOST/NAME (default: SQLite in the data folder)
    #[arg(long, env = "CARTOGRAPH_SQL_URL", value_name = "URL", hide_env_values = true, hide_default_value = true)]
    sql_url: Option<Secret>,
}

/// A name and a password for a graph database server.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: Secret,
}

const SQL_SCHEMES: &[&str] = &["sqlite:", "postgres://", "postgresql://"];
const GRAPH_SCHEMES: &[&str] = if cfg!(feature = "tikv") {
    &["rocksdb://", "ws://", "wss://", "tikv://"]
} else {
    &["rocksdb://", "ws://", "wss://"]
};

impl DataSettings {
    /// Checks everything that can be told before a database is opened.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        self.graph_url()?;
        self.credentials()?;
        self.sql_url().map(drop)
    }

    /// The address of the graph database, where it is not the embedded one.
    pub(crate) fn graph_url(&self) -> anyhow::Result<Option<&str>> {
        let right = format!("begin with one of {}, like ws://127.0.0.1:8000", GRAPH_SCHEMES.join(", "));
        self.graph_url.as_ref().map(|url| address("--graph-url", url, GRAPH_SCHEMES, &right)).transpose()
    }

    /// The address of the SQL database, where it is not the embedded one.
    pub(crate) fn sql_url(&self) -> anyhow::Result<Option<&str>> {
        let right = "be like sqlite://data/store.sqlite or postgres://cartograph@127.0.0.1/store";
        self.sql_url.as_ref().map(|url| address("--sql-url", url, SQL_SCHEMES, right)).transpose()
    }

    /// Who the store is to the graph database.
    pub(crate) fn credentials(&self) -> anyhow::Result<Option<Credentials>> {
        match (&self.graph_user, &self.graph_password) {
            (Some(user), Some(password)) => Ok(Some(Credentials { user: user.clone(), password: password.clone() })),
            (None, None) => Ok(None),
            (Some(_), None) => bail!("--graph-user needs --graph-password, the password of that user"),
            (None, Some(_)) => bail!("--graph-password needs --graph-user, whose password it is"),
        }
    }
}

/// Checks the address of a database. It is repeated only where it holds no password.
fn address<'a>(flag: &str, setting: &'a Secret, schemes: &[&str], right: &str) -> anyhow::Result<&'a str> {
    let url = setting.reveal();
    let shown = if url.contains(['@', '?']) { "…" } else { url };
    let is_known = schemes.iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len());
    ensure!(is_known, "invalid value {shown} for {flag}: it must {right}");
    Ok(url)
}
