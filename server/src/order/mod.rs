//! Order: keeps orders in SQL, and their reading side in the graph. Only this module writes the
//! table `orders`; the checkout's transactions call its statements. The graph's tables `customer`,
//! `order` and their edges are written by the relay and by the import of a history.

mod access;
mod graph;
mod store;

pub(crate) use access::AccessKey;
pub(crate) use graph::{HistorySink, OrderGraph};
pub(crate) use store::{SqlOrders, insert, set_state};
