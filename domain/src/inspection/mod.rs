//! Inspection: what stands around a product, a customer or an order in the graph, for those who run the
//! store. Guards that a neighbourhood is bounded, so that the page of the best-sold product is drawn like
//! any other. The operators' page reads it through the port and draws it as a picture.

mod circle;
mod neighbourhood;
#[cfg(feature = "ports")]
pub mod ports;

pub use circle::{Point, places};
pub use neighbourhood::{Edge, MAX_EDGES_OF_KIND, Neighbourhood, Node, NodeKey, NodeKind, NodeLabel, Relation, Weight};
