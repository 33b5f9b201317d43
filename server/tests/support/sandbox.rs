use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use sqlx::{AnyConnection, Connection as _};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const CARTOGRAPH: &str = env!("CARGO_BIN_EXE_cartograph");
const OPEN_LINE: &str = "The sandbox is open at ";
const OPEN_TIMEOUT: Duration = Duration::from_mins(1);

/// A sandbox gateway in a process of its own.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) url: String,
    arguments: Vec<String>,
    process: Child,
    folder: TempDir,
}

impl Sandbox {
    /// Opens one on a free port, with more arguments.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let (process, url) = start(&folder, "127.0.0.1:0", &arguments).await;
        Self { url, arguments, process, folder }
    }

    /// Ends it at once, as a power cut does.
    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Opens it again where it was, with all that it knew.
    pub(crate) async fn reopen(&mut self) {
        let address = self.url.trim_start_matches("http://").to_owned();
        let (process, url) = start(&self.folder, &address, &self.arguments).await;
        assert_eq!(url, self.url);
        self.process = process;
    }

    /// Opens it again where it was, with more arguments.
    pub(crate) async fn reopen_with(&mut self, more: &[&str]) {
        self.arguments.extend(more.iter().map(|argument| (*argument).to_owned()));
        self.reopen().await;
    }

    /// Lets it take questions and answer none, or go on with them.
    pub(crate) async fn hold_still(&self, still: bool) {
        let pid = self.process.id().expect("it is open").to_string();
        let signal = if still { "STOP" } else { "CONT" };
        // The standard library can't send this signal.
        let asked = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", signal, &pid]).status().await.unwrap();
        assert!(asked.success());
    }

    /// How many payments it holds for each order, by the order's id.
    pub(crate) async fn holds(&self) -> BTreeMap<String, i64> {
        let statement = "SELECT order_reference, COUNT(*) FROM sandbox_intents WHERE status = 'requires_capture'
                         GROUP BY order_reference";
        let rows: Vec<(String, i64)> = sqlx::query_as(statement).fetch_all(&mut self.memory().await).await.unwrap();
        rows.into_iter().collect()
    }

    /// Lets cardholders dispute all that was captured of them, without a word to the store.
    pub(crate) async fn dispute_silently(&self) {
        let statement = "
            INSERT INTO sandbox_disputes (id, intent_id, amount_minor_units, status, reason, created_seconds)
            SELECT 'dp_silent_' || id, id, captured_minor_units, 'needs_response', 'fraudulent', created_seconds
            FROM sandbox_intents WHERE captured_minor_units > 0";
        let mut memory = self.memory().await;
        assert_ne!(sqlx::query(statement).execute(&mut memory).await.unwrap().rows_affected(), 0);
        memory.close().await.unwrap();
    }

    async fn memory(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        let file = format!("sqlite://{}", self.folder.path().join("sandbox.sqlite").display());
        AnyConnection::connect(&file).await.unwrap()
    }
}

/// Starts the process and waits until it says where it is open.
async fn start(folder: &TempDir, address: &str, arguments: &[String]) -> (Child, String) {
    let mut command = Command::new(CARTOGRAPH);
    command.args(["sandbox", "--sandbox-listen", address, "--sandbox-data"]).arg(folder.path()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut process = command.current_dir(folder.path()).spawn().unwrap();
    let mut stdout = BufReader::new(process.stdout.take().unwrap()).lines();
    let line = timeout(OPEN_TIMEOUT, stdout.next_line()).await.expect("it opens in time").unwrap();
    let line = line.expect("it says where it is open");
    let url = line.strip_prefix(OPEN_LINE).unwrap_or_else(|| panic!("{line}")).to_owned();
    (process, url)
}
