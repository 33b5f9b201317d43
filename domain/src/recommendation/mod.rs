//! Recommendation: what goes with what, learnt from the baskets that shoppers bought. Guards three
//! rules: taking an order in is bounded work, older orders fade, and a reason never tells what
//! fewer than [`MIN_CUSTOMERS_TOLD`] customers did. The server learns with it from the orders of the
//! graph and keeps the [`Link`]s that it finds there as edges; pages read them through the port. What is
//! looked at in one visit is learnt in the same way as what is bought in one order. [`Sequels`] counts what
//! customers bought later than something else.
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
mod likeness;
mod link;
#[cfg(feature = "ports")]
pub mod ports;
mod pull;
mod reason;
mod ridge;
mod sequel;
mod shelf;
mod shoppers;
mod trend;
mod walk;

pub use basket::{Basket, BasketError, Faded, ItemNumber, MAX_BASKET_ITEMS};
pub use counts::{CoBuying, Neighbour};
pub use habit::Habit;
pub use likeness::{likeness, shared_facts};
pub use link::{Link, MAX_ASKED_PRODUCTS, MIN_CUSTOMERS_TOLD};
pub use pull::{Pull, PullTable};
pub use reason::Reason;
pub use sequel::{CustomerNumber, Sequels};
pub use shelf::ShelfKind;
pub use shoppers::Shoppers;
pub use trend::{Trend, Trending};
pub use walk::{Interest, MAX_MIDDLES, Seed, Step, Steps, Way, middles, walk};
