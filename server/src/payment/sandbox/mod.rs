//! The sandbox: a gateway that speaks Stripe's API and behaves like one, without money. Its cards are
//! test numbers; it never stores a number, only the name that it has for it. Embedded in a store it
//! is called in process and keeps its books in tables of its own beside the store's; `cartograph
//! sandbox` opens it alone.

mod aftermath;
mod asked;
mod balance;
mod card;
mod challenge;
mod change;
mod create;
mod element;
mod intent;
mod notice;
mod read;
mod refusal;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use uuid::Uuid;

use crate::config::Secret;
use crate::sql::{GroupCommit, Queue, Sql};
use create::KeepIntent;
pub(crate) use notice::Notices;
use notice::Outgoing;
use refusal::Refusal;

/// What every key for tests begins with.
const TEST_KEY_PREFIX: &str = "sk_test_";
/// What every key for tests begins with that browsers may see.
const PUBLISHABLE_PREFIX: &str = "pk_test_";
/// The one thing that a browser may do.
const METHODS: &str = "/v1/payment_methods";

/// How a sandbox is reached.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    /// Who may call the API; `None` for whoever has any key for tests.
    pub(crate) key: Option<Secret>,
    /// What stands before the path of a challenge: a path of the store, or a whole address.
    pub(crate) origin: String,
    /// Whether it sends a notice of whatever happens; else of what nobody else tells the store of: the end of a
    /// challenge, a refund that fails later, a dispute.
    pub(crate) tells_all: bool,
}

#[derive(Clone)]
pub(super) struct Sandbox {
    sql: Sql,
    setup: Arc<Setup>,
    intents: Arc<Queue<KeepIntent>>,
    outgoing: Outgoing,
}

/// A sandbox on a database, and what it wants to tell.
pub(crate) struct Opened {
    /// What a browser meets: the card form's target, and challenges.
    pub(crate) pages: Router,
    /// What a store's server calls.
    pub(crate) api: Router,
    /// The field for cards of a sandbox alone; an embedded one has the store's own form.
    pub(crate) element: Router,
    pub(crate) notices: Notices,
}

pub(crate) fn open(sql: Sql, commits: &mut GroupCommit, setup: Setup) -> Opened {
    let (outgoing, notices) = notice::channel();
    let sandbox = Sandbox { intents: commits.queue(KeepIntent), sql, setup: Arc::new(setup), outgoing };
    let api = Router::new()
        .route(METHODS, post(card::create))
        .route("/v1/payment_intents", get(read::intents).post(create::create))
        .route("/v1/payment_intents/search", get(read::search))
        .route("/v1/payment_intents/{id}", get(read::intent))
        .route("/v1/payment_intents/{id}/confirm", post(change::confirm))
        .route("/v1/payment_intents/{id}/capture", post(change::capture))
        .route("/v1/payment_intents/{id}/cancel", post(change::cancel))
        .route("/v1/refunds", get(read::refunds).post(change::refund))
        .route("/v1/refunds/{id}", get(read::refund))
        .route("/v1/balance_transactions", get(balance::list))
        .route("/v1/disputes", get(aftermath::disputes))
        .route("/v1/disputes/{id}", post(aftermath::answer))
        .route("/v1/disputes/{id}/close", post(aftermath::close))
        .fallback(|| async { Refusal::unknown_path() })
        .layer(from_fn_with_state(sandbox.clone(), authenticate))
        .layer(map_response(name_request))
        .with_state(sandbox.clone());
    let pages = Router::new()
        .route("/payment_methods", post(card::take))
        .route("/challenges.css", get(challenge::style))
        .route("/challenges/{id}", get(challenge::page).post(challenge::answer))
        .with_state(sandbox);
    Opened { pages, api, element: element::router(), notices }
}

/// A key comes as a bearer's token or, as curl sends it, as the name of a user.
async fn authenticate(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Result<Response, Refusal> {
    let given = key_of(request.headers()).ok_or_else(Refusal::without_key)?;
    let is_of_browser = given.starts_with(PUBLISHABLE_PREFIX) && request.uri().path() == METHODS;
    let is_right = is_of_browser
        || match &sandbox.setup.key {
            // Hashes say nothing by how long they take to compare.
            Some(key) => blake3::hash(key.reveal().as_bytes()) == blake3::hash(given.as_bytes()),
            None => given.starts_with(TEST_KEY_PREFIX),
        };
    if is_right { Ok(next.run(request).await) } else { Err(Refusal::without_key()) }
}

fn key_of(headers: &HeaderMap) -> Option<String> {
    let (scheme, credentials) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(credentials.to_owned());
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(credentials).ok()?).ok()?;
    decoded.split_once(':').map(|(user, _)| user.to_owned())
}

async fn name_request(mut response: Response) -> Response {
    if let Ok(name) = HeaderValue::from_str(&fresh_id("req")) {
        response.headers_mut().insert("request-id", name);
    }
    response
}

/// In the order of their making: an index of random ids is written all over.
fn fresh_id(kind: &str) -> String {
    format!("{kind}_{}", Uuid::now_v7().simple())
}
