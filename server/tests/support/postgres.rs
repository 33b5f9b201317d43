use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Keeps a cluster in a folder of its own: `$1` is where PostgreSQL's programs are, `$2` the port.
/// When the tests are over, whatever ended them, nobody holds the other end of its input any more;
/// then cluster and folder go.
const KEEPER: &str = r#"
    folder=$(mktemp -d /tmp/cartograph-postgres.XXXXXX) || exit 1
    cluster="$folder/cluster"
    take_away() { "$1/pg_ctl" -D "$cluster" -m immediate stop > /dev/null 2>&1; rm -rf "$folder"; }
    trap 'take_away "$1"' EXIT
    trap 'exit 1' HUP INT TERM
    {
        "$1/initdb" -D "$cluster" -U store --auth=trust --no-sync --encoding=UTF8 --locale=C &&
        "$1/pg_ctl" -D "$cluster" -l "$folder/log" -w -o "-F -N 500 -h 127.0.0.1 -p $2 -k $folder" start
    } > "$folder/start" 2>&1 || { cat "$folder/start" "$folder/log" >&2; exit 1; }
    echo ready
    read -r _
"#;

struct Cluster {
    port: u16,
    /// Its input is open as long as this is there: to the end of the tests.
    _keeper: Child,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| start(&programs()));
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new database of a PostgreSQL that all tests share.
pub(crate) async fn database() -> String {
    let cluster = &*CLUSTER;
    let name = format!("store_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let address = |name: &str| format!("postgres://store@127.0.0.1:{}/{name}", cluster.port);
    let mut administrator = PgConnection::connect(&address("postgres")).await.unwrap();
    let statement = AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0"));
    sqlx::raw_sql(statement).execute(&mut administrator).await.unwrap();
    address(&name)
}

/// The folder of PostgreSQL's programs; the newest version, where several are installed.
fn programs() -> PathBuf {
    let is_complete =
        |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(is_complete);
    let installed = on_path.or_else(|| {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|version| version.path().join("bin"));
        let version = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
        versions.filter(is_complete).max_by_key(version)
    });
    installed.expect("PostgreSQL has to be installed, on the path or under /usr/lib/postgresql: `make test` does it")
}

fn start(programs: &Path) -> Cluster {
    // Free a moment ago: the tests' own stores take free ports as well, but never a given one.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = if fs::metadata("/proc/self").unwrap().uid() == 0 {
        // PostgreSQL refuses to run as root.
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.arg("-c").arg(KEEPER).arg("keeper").arg(programs).arg(port.to_string()).current_dir("/");
    let mut keeper = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "ready", "PostgreSQL is installed in {} and does not start", programs.display());
    Cluster { port, _keeper: keeper }
}
