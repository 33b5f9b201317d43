use std::process::Stdio;
use std::time::Duration;

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
    _process: Child,
    _folder: TempDir,
}

impl Sandbox {
    /// Opens one on a free port, with more arguments.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(CARTOGRAPH);
        command
            .args(["sandbox", "--sandbox-listen", "127.0.0.1:0", "--sandbox-data"])
            .arg(folder.path())
            .args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut process = command.current_dir(folder.path()).spawn().unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = timeout(OPEN_TIMEOUT, stdout.next_line()).await.expect("it opens in time").unwrap();
        let line = line.expect("it says where it is open");
        let url = line.strip_prefix(OPEN_LINE).unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { url, _process: process, _folder: folder }
    }
}
