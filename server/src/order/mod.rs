//! Order: keeps orders in SQL, and their reading side in the graph. Only this module writes the
//! table `orders`; the checkout's transactions call its statements. The graph's tables `customer`,
//! `order` and their edges are written by the relay and by the import of a history; recommendations
//! learn from them. `rebuild` writes them anew from SQL.

mod access;
mod desk;
mod graph;
mod history;
mod learning;
mod letter;
mod owner;
mod rebuild;
mod store;

pub(crate) use access::AccessKey;
pub(crate) use desk::{count_after, list_all};
pub(crate) use graph::{OrderGraph, customer_key};
pub(crate) use history::HistorySink;
pub(crate) use learning::Bought;
pub(crate) use letter::{Letters, insert_letters};
pub(crate) use owner::{claim_all, disown, owner_of};
pub(crate) use rebuild::rebuild_page;
pub(crate) use store::{SqlOrders, find_id, insert, set_amounts, set_contact, set_states};
