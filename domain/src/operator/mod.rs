//! Operator: what those who run the store look after. Guards the rule that nothing waits unseen: a purchase
//! that the store can't finish by itself, an event that nobody could deliver and a book that does not add
//! up are shown, each with why and with the way on, and what an operator does about it, with an order
//! or with an account, is written down. Only the pages of operators ask its ports; the command line shows and does the same.

mod accounts;
mod deed;
mod findings;
mod happening;
mod orders;
#[cfg(feature = "ports")]
pub mod ports;
mod trouble;

pub use accounts::AccountSheet;
pub use deed::{Deed, DeedKind, DeedReason, Subject};
pub use findings::{Broken, Findings};
pub use happening::{Happened, Happening, happenings};
pub use orders::{AwaitedReturn, ORDERS_PER_SHEET, OrderSheet, OrdersQuery};
pub use trouble::{DeadEvent, DeskError, EventId, SetAside, Trouble, Why};
