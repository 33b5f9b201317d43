//! Order: keeps orders and what comes back of them in SQL, and their reading side in the graph. Only this module
//! writes the tables `orders`, `order_returns`, `order_return_lines` and `order_exchanges`; the checkout's transactions call its statements. The graph's tables `customer`,
//! `order` and their edges are written by the relay and by the import of a history; recommendations
//! learn from them and histories are read from them. `rebuild` writes them anew from SQL.

mod access;
mod audit;
mod desk;
mod exchange;
mod forgetting;
mod graph;
mod history;
pub(crate) mod invoice_document;
mod learning;
mod letter;
mod owner;
mod rebuild;
mod returns;
mod shelf;
mod store;

pub(crate) use access::AccessKey;
pub(crate) use audit::RULES;
pub(crate) use desk::{count_after, list_all};
pub(crate) use exchange::{kept_long, lock_asked, settle_exchanges, to_replace_among};
pub(crate) use forgetting::{Whose, forget_contacts};
pub(crate) use graph::{OrderGraph, customer_key};
pub(crate) use history::HistorySink;
pub(crate) use learning::Bought;
pub(crate) use letter::{Letters, insert_letters};
pub(crate) use owner::{claim_all, disown, owner_of};
pub(crate) use rebuild::rebuild_page;
pub(crate) use returns::{
    ask as ask_to_return, asked_among, decide as decide_return, note_exchange_end, note_receipt, note_return_refunded,
    owe, read_returns,
};
pub(crate) use store::{SqlOrders, destinations, find_id, insert, set_amounts, set_contact, set_states};
