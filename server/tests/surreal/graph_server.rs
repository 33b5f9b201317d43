//! A SurrealDB server of a test's own. There is no package with one, and its crate would have the
//! database compiled once more with other features. So the socket is made here, and what is behind it
//! is SurrealDB's own: the protocol that its servers speak, over a database of the same version.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use futures::future::{FutureExt as _, ready};
use futures::stream::StreamExt as _;
use surrealdb::types::{HashMap, Object, SurrealValue as _, Value, decode, encode};
use surrealdb_cnf::ConfigMap;
use surrealdb_core::dbs::Session;
use surrealdb_core::env::VERSION;
use surrealdb_core::kvs::Datastore;
use surrealdb_core::rpc::RpcProtocol;
use surrealdb_rpc::{DbResponse, DbResult, Request};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{RwLock, oneshot};
use uuid::Uuid;

const USER: &str = "atlas";
const PASSWORD: &str = "what only the store knows";
/// What its clients speak; see [`encode`].
const FORMAT: &str = "flatbuffers";
const REQUESTS_AT_ONCE: usize = 32;

/// A server with an empty database, open until it is dropped.
pub(crate) struct GraphServer {
    url: String,
    /// The server closes when this goes.
    open: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl GraphServer {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = format!("rocksdb://{}", folder.path().join("graph").display());
        let ((open, closed), (tell, told)) = (oneshot::channel(), oneshot::channel());
        // The database waits for the disk on the thread that asks, and a test has but one.
        let thread = thread::spawn(move || Runtime::new().unwrap().block_on(serve(&path, tell, closed)));
        let address = told.await.expect("the server of the graph starts");
        Self { url: format!("ws://{address}"), open: Some(open), thread: Some(thread), _folder: folder }
    }

    /// The settings of a store that keeps its graph here.
    pub(crate) fn settings(&self) -> [(&'static str, String); 3] {
        [
            ("CARTOGRAPH_GRAPH_URL", self.url.clone()),
            ("CARTOGRAPH_GRAPH_USER", USER.to_owned()),
            ("CARTOGRAPH_GRAPH_PASSWORD", PASSWORD.to_owned()),
        ]
    }
}

impl Drop for GraphServer {
    fn drop(&mut self) {
        drop(self.open.take());
        let ended = self.thread.take().map_or(Ok(()), JoinHandle::join);
        assert!(ended.is_ok() || thread::panicking(), "the server of the graph broke");
    }
}

/// Serves an empty folder until it is closed, and tells where.
async fn serve(path: &str, tell: oneshot::Sender<SocketAddr>, closed: oneshot::Receiver<()>) {
    let graph = open(path).await;
    let served = graph.clone();
    let accept = move |upgrade: WebSocketUpgrade| {
        ready(upgrade.protocols([FORMAT]).on_upgrade(move |socket| talk(socket, served)))
    };
    let routes = Router::new().route("/rpc", get(accept));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    tell.send(listener.local_addr().unwrap()).unwrap();
    tokio::select! {
        ended = axum::serve(listener, routes).into_future() => ended.unwrap(),
        _ = closed => {}
    }
    graph.shutdown().await.unwrap();
}

async fn open(path: &str) -> Arc<Datastore> {
    // Left alone it takes as much memory as a machine has that does nothing else.
    let limits = ConfigMap::empty()
        .with_key_value("rocksdb_block_cache_size", "16777216")
        .with_key_value("rocksdb_write_buffer_size", "8388608")
        .with_key_value("rocksdb_max_write_buffer_number", "2");
    let graph = Datastore::builder().with_config(limits).with_auth(true).build_with_path(path).await.unwrap();
    graph.check_version().await.unwrap();
    graph.bootstrap().await.unwrap();
    graph.initialise_credentials(USER, PASSWORD).await.unwrap();
    graph
}

/// Answers each request as soon as it can be, whichever came first.
async fn talk(socket: WebSocket, graph: Arc<Datastore>) {
    let client = Arc::new(Client { graph, sessions: HashMap::new() });
    let (answers, messages) = socket.split();
    let requests = messages.filter_map(|message| {
        ready(match message {
            Ok(Message::Binary(request)) => Some(request),
            _ => None,
        })
    });
    let answered = requests.map(move |request| {
        let client = client.clone();
        async move { client.answer(&request).await }
    });
    // Who has gone needs no answer any more.
    answered.buffer_unordered(REQUESTS_AT_ONCE).map(Ok).forward(answers).await.ok();
}

/// One connection.
struct Client {
    graph: Arc<Datastore>,
    sessions: HashMap<Uuid, Arc<RwLock<Session>>>,
}

impl Client {
    async fn answer(&self, request: &[u8]) -> Message {
        let request = Request::from_object(decode::<Object>(request).unwrap()).unwrap();
        let (transaction, session) = (request.txn.map(Uuid::from), request.session_id.map(Uuid::from));
        let executed = self.execute(transaction, session.unwrap_or_default(), session, request.method, request.params);
        let response = DbResponse::new(request.id, session, executed.boxed().await);
        Message::binary(encode(&response.into_value()).unwrap())
    }
}

impl RpcProtocol for Client {
    fn kvs(&self) -> &Datastore {
        &self.graph
    }

    fn kvs_arc(&self) -> Arc<Datastore> {
        self.graph.clone()
    }

    fn version_data(&self) -> DbResult {
        DbResult::Other(Value::String(format!("surrealdb-{VERSION}")))
    }

    fn session_map(&self) -> &HashMap<Uuid, Arc<RwLock<Session>>> {
        &self.sessions
    }

    // Nobody asks to be told of changes.
    async fn cleanup_lqs(&self, _session: &Uuid) {}

    async fn cleanup_all_lqs(&self) {}
}
