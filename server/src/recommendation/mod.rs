//! Recommendation: learns from the orders and the visits of the graph what goes with what, keeps it there
//! as edges `product->bought_with->product`, `product->then_bought->product` and
//! `product->viewed_with->product`, and answers pages from them. Only this module writes those edges. It
//! also asks a history how good the recommendations would have been.

mod alike;
mod candidate;
mod counts;
mod edges;
pub(crate) mod evaluate;
mod learner;
mod personal;
mod sequels;
mod shelves;
mod visit_learner;
mod written;

use domain::recommendation::{CustomerNumber, Shoppers};

pub(crate) use edges::Edges;
pub(crate) use learner::{Learner, Pace};
pub(crate) use shelves::GraphRecommendations;
pub(crate) use visit_learner::VisitLearner;

/// A customer, by their key in the graph.
fn shopper(key: &str) -> Shoppers {
    let [byte, ..] = *blake3::hash(key.as_bytes()).as_bytes();
    Shoppers::one(byte.into())
}

/// The same one, told apart from all others.
fn customer_number(key: &str) -> CustomerNumber {
    let mut bytes = [0; 8];
    blake3::Hasher::new().update(key.as_bytes()).finalize_xof().fill(&mut bytes);
    CustomerNumber(u64::from_be_bytes(bytes))
}
