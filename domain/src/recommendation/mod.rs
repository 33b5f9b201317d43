//! Recommendation: what goes with what, learnt from the baskets that shoppers bought. Guards three
//! rules: taking an order in is bounded work, older orders fade, and a reason never tells what
//! fewer than [`MIN_CUSTOMERS_TOLD`] customers did. So far only the evaluation calls it, with an order
//! history of its own: no shelf of the store shows what it finds yet.
//!
//! How it works: [`CoBuying`] counts how often two items were bought together. From the counts
//! around one item [`CoBuying::pulls`] solves how strongly each neighbour *pulls* it into a basket
//! when all the others are known as well: of two lamps that are always bought together, the one
//! that explains the shade keeps the pull and the other loses it. A basket's score for an item is
//! the sum of the pulls of what is in it, so each part of a score is one edge between two products
//! and can be told.

mod basket;
mod counts;
mod habit;
mod pull;
mod reason;
mod ridge;

pub use basket::{Basket, BasketError, Faded, ItemNumber, MAX_BASKET_ITEMS};
pub use counts::{CoBuying, Neighbour};
pub use habit::Habit;
pub use pull::{Pull, PullTable};
pub use reason::{MIN_CUSTOMERS_TOLD, Reason};
