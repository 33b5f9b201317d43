use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use super::Browser;

const CARTOGRAPH: &str = env!("CARGO_BIN_EXE_cartograph");
const SQL_URL: &str = "CARTOGRAPH_SQL_URL";
const OPEN_LINE: &str = "Cartograph is open at ";
const OPEN_TIMEOUT: Duration = Duration::from_mins(1);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(30);
const COMMAND_TIMEOUT: Duration = Duration::from_mins(10);

/// What a command that ran to its end said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Asserts that it did all of what it was asked.
    #[track_caller]
    pub(crate) fn went_well(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// Asserts that it refused, and named each of `words` to the person who asked.
    #[track_caller]
    pub(crate) fn refused_with(&self, words: &[&str]) {
        assert!(self.code != 0, "it should have refused: {self:?}");
        for word in words {
            assert!(self.stderr.contains(word), "nothing about {word:?} in {:?}", self.stderr);
        }
    }
}

/// A store of one test: its own folder, its own databases, its own port.
#[derive(Debug)]
pub(crate) struct Shop {
    // Dropped in this order: the process ends before its folder goes.
    running: Option<Running>,
    folder: TempDir,
    /// What all its commands find in their environment.
    settings: Vec<(&'static str, String)>,
}

#[derive(Debug)]
struct Running {
    process: Child,
    url: String,
    // A store whose output nobody takes can't say anything any more.
    _stdout: Lines<BufReader<ChildStdout>>,
}

impl Shop {
    /// An empty store that is not open yet.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scripts = folder.path().join("site/pkg");
        fs::create_dir_all(scripts).unwrap();
        fs::write(folder.path().join("site/assets.txt"), "cartograph.test").unwrap();
        Self { running: None, folder, settings: Vec::new() }
    }

    /// An empty store that keeps its books in another database than its own file.
    pub(crate) fn on(sql_url: String) -> Self {
        Self::new().with([(SQL_URL, sql_url)])
    }

    /// The same store with more settings; of two that have one name the later counts.
    #[must_use]
    pub(crate) fn with(mut self, settings: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.settings.extend(settings);
        self
    }

    /// An open store with the products of a feed.
    pub(crate) async fn with_feed(feed: &str) -> Self {
        let mut shop = Self::new();
        shop.import(feed).await.went_well();
        shop.open().await;
        shop
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// The address of the database that the store keeps its books in.
    pub(crate) fn sql_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data().join("store.sqlite").display());
        let elsewhere = self.settings.iter().rfind(|(name, _)| *name == SQL_URL);
        elsewhere.map_or_else(embedded, |(_, url)| url.clone())
    }

    /// Writes a file into the store's folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Imports a product feed into the store, which must not be open.
    pub(crate) async fn import(&self, feed: &str) -> Ran {
        let file = self.file("feed.tsv", feed);
        self.run_on_data(&["import".as_ref(), "products".as_ref(), file.as_os_str()]).await
    }

    /// Imports rows of promotions, written with ` | ` between their cells, of as many columns as the first has; the store
    /// may be open.
    pub(crate) async fn import_promotions(&self, rows: &[&str]) -> Ran {
        const COLUMNS: &str = "id | name | code | effect | value | scope | from | until | uses | uses_per_customer | \
                               stacking | budget | customers";
        let columns = rows.first().map_or(usize::MAX, |row| row.split('|').count());
        let line = |row: &&str| row.split('|').take(columns).map(str::trim).collect::<Vec<_>>().join("\t") + "\n";
        let table: String = [COLUMNS].iter().chain(rows).map(line).collect();
        let file = self.file("promotions.tsv", table);
        self.run_on_data(&["import".as_ref(), "promotions".as_ref(), file.as_os_str()]).await
    }

    /// Imports bundles, a row for each part as `TEA,MUG,2`; the store may be open.
    pub(crate) async fn import_bundles(&self, rows: &[&str]) -> Ran {
        let file = self.file("bundles.csv", format!("bundle_sku,part_sku,quantity\n{}\n", rows.join("\n")));
        self.run_on_data(&["import".as_ref(), "bundles".as_ref(), file.as_os_str()]).await
    }

    pub(crate) async fn demo(&self, products: u32, seed: u32) -> Ran {
        let (products, seed) = (products.to_string(), seed.to_string());
        self.run_on_data(&["demo", "--products", &products, "--seed", &seed].map(OsStr::new)).await
    }

    /// Runs `cartograph orders` on the store's data to its end.
    pub(crate) async fn run_orders(&self, arguments: &[&str]) -> Ran {
        let all: Vec<&OsStr> = ["orders"].iter().chain(arguments).map(OsStr::new).collect();
        self.run_on_data(&all).await
    }

    /// Runs a command on the store's data to its end.
    pub(crate) async fn run_on_data(&self, arguments: &[&OsStr]) -> Ran {
        let data = self.data();
        let all: Vec<&OsStr> = arguments.iter().copied().chain(["--data".as_ref(), data.as_os_str()]).collect();
        self.run(&all, &[]).await
    }

    /// Runs a command in the store's folder to its end, with more variables in its environment.
    pub(crate) async fn run(&self, arguments: &[&OsStr], environment: &[(&str, &str)]) -> Ran {
        let mut command = self.command(arguments);
        command.envs(environment.iter().copied());
        let output = timeout(COMMAND_TIMEOUT, command.output()).await.expect("the command ends").unwrap();
        Ran {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a command on the store's data, to be waited for or killed by the caller.
    pub(crate) fn start_on_data(&self, arguments: &[&OsStr]) -> Child {
        let mut command = self.command(arguments);
        command.arg("--data").arg(self.data()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    fn command(&self, arguments: &[&OsStr]) -> Command {
        let mut command = Command::new(CARTOGRAPH);
        let is_setting = |name: &str| name.starts_with("CARTOGRAPH_") || name.starts_with("LEPTOS_");
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_setting(&name.to_string_lossy())) {
            command.env_remove(name);
        }
        command.envs(self.settings.iter().cloned());
        command.args(arguments).current_dir(self.folder()).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Opens the store on a free port and waits until it says so.
    pub(crate) async fn open(&mut self) {
        self.open_in(&[]).await;
    }

    /// Opens the store on a free port, with more variables in its environment.
    pub(crate) async fn open_in(&mut self, environment: &[(&str, &str)]) {
        let (data, site) = (self.data(), self.folder().join("site"));
        let arguments =
            ["serve".as_ref(), "--listen".as_ref(), "127.0.0.1:0".as_ref(), "--data".as_ref(), data.as_os_str()];
        let arguments: Vec<&OsStr> = arguments.into_iter().chain(["--site".as_ref(), site.as_os_str()]).collect();
        self.open_with(&arguments, environment).await;
    }

    /// Opens the store with these arguments.
    pub(crate) async fn open_with(&mut self, arguments: &[&OsStr], environment: &[(&str, &str)]) {
        assert!(self.running.is_none(), "the store is open already");
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log_file()).unwrap();
        let mut command = self.command(arguments);
        let mut process = command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap()).lines();
        let opening = async {
            while let Some(line) = stdout.next_line().await.unwrap() {
                if let Some(url) = line.strip_prefix(OPEN_LINE) {
                    return url.to_owned();
                }
            }
            panic!("the store did not open:\n{}", self.log());
        };
        let url = timeout(OPEN_TIMEOUT, opening).await.expect("the store opens in time");
        self.running = Some(Running { process, url, _stdout: stdout });
    }

    /// Asks the store to close, as a service manager does, and waits until it has.
    pub(crate) async fn close(&mut self) {
        let mut running = self.running.take().expect("the store is open");
        let pid = running.process.id().expect("the store runs").to_string();
        // The standard library can't send this signal.
        let asked = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &pid]).status().await.unwrap();
        assert!(asked.success());
        let ended = timeout(CLOSE_TIMEOUT, running.process.wait()).await.expect("the store closes in time").unwrap();
        assert!(ended.success(), "the store closed with {ended}:\n{}", self.log());
    }

    /// Ends the store at once, as a power cut does.
    pub(crate) async fn kill(&mut self) {
        self.running.take().expect("the store is open").process.kill().await.unwrap();
    }

    /// The store's address, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.running.as_ref().expect("the store is open").url
    }

    /// A browser that was never here before.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.url())
    }

    fn log_file(&self) -> PathBuf {
        self.folder().join("log.txt")
    }

    /// Everything that the store logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let log = self.log();
        if std::thread::panicking() {
            eprintln!("the store's log:\n{log}");
        } else {
            assert!(!log.contains("panicked"), "the store must not panic:\n{log}");
        }
    }
}
