//! What the store keeps: the adapters of every port, the web server, the event relay and the
//! command line. The only room that starts tasks, reads the environment or opens a socket.

mod cart;
mod catalog;
mod checkout;
mod command;
mod config;
mod context;
mod demo;
mod event;
mod fault;
mod graph;
mod http;
mod import;
mod inventory;
mod order;
mod payment;
mod picture;
mod search;
mod sql;

pub use catalog::GraphCatalog;
pub use command::{demo_catalog, run};
