//! What the store decides: types and rules, pure.
//!
//! Nothing here does I/O, reads a clock, draws a random number or starts a task; time, ids and
//! chance are arguments. The browser and the server run the same code. One module per noun;
//! the traits that the server implements are each noun's `ports`, behind the feature `ports`.

pub mod account;
pub mod alert;
pub mod browsing;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod fault;
mod id;
pub mod inspection;
pub mod inventory;
pub mod mail;
pub mod operator;
pub mod order;
pub mod payment;
pub mod pricing;
pub mod recommendation;
pub mod review;
pub mod search;
pub mod shipment;
pub mod text;
pub mod typed;
pub mod wish_list;
