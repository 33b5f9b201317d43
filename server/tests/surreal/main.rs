//! Stores whose graph is in a SurrealDB server. The server takes long to compile: the other tests do without it.

// Helpers outside of tests fail like the tests that they serve.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// What a server of the graph database waits for is one large and deep future.
#![allow(clippy::large_futures)]
#![recursion_limit = "256"]

mod freshness;
mod graph_server;
mod store;
#[expect(dead_code, reason = "most of it is for the tests of the other binary")]
#[path = "../support/mod.rs"]
mod support;
