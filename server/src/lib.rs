//! What the store keeps: the adapters of every port, the web server, the event relay and the
//! command line. The only room that starts tasks, reads the environment or opens a socket.

// Pedantic where it helps. These do not: neighbours are meant to sound alike (`product`,
// `products`), a row's type stands where it is read, and a reading of the graph is one large future.
#![allow(clippy::similar_names, clippy::items_after_statements, clippy::large_futures)]

mod account;
mod alert;
mod audit;
mod browsing;
mod cart;
mod catalog;
mod checkout;
mod command;
mod config;
mod context;
mod demo;
mod event;
mod fault;
mod gathered;
mod graph;
mod http;
mod import;
mod inspection;
mod inventory;
mod mail;
mod operator;
mod order;
mod payment;
mod picture;
mod pricing;
mod reading;
mod recommendation;
mod review;
mod search;
mod sql;
mod typed;
mod wish_list;

pub use catalog::GraphCatalog;
pub use command::{demo_catalog, run};
pub use search::DemoSearch;
