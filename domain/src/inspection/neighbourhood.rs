use std::fmt;

use jiff::Timestamp;

use crate::bounded_text;
use crate::inventory::Quantity;

/// Edges of one relation and direction that are shown, the heaviest or the newest.
pub const MAX_EDGES_OF_KIND: u32 = 12;

bounded_text!(
    /// The key of a record in the graph.
    NodeKey, 120
);

bounded_text!(
    /// How a person recognises what a record is about.
    NodeLabel, 160
);

/// What a record of the graph is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    Product,
    Customer,
    Order,
}

impl NodeKind {
    pub const ALL: [Self; 3] = [Self::Product, Self::Customer, Self::Order];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Customer => "customer",
            Self::Order => "order",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.parameter() == raw)
    }
}

/// A record of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub kind: NodeKind,
    pub key: NodeKey,
    pub label: NodeLabel,
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    BoughtWith,
    ViewedWith,
    /// Bought in a later order of the same customer.
    ThenBought,
    /// Like it by what is told of both; found when it is asked for.
    SimilarTo,
    Placed,
    /// From an order to a variant of a product.
    Contains,
    Viewed,
    /// On a wish list.
    Saved,
    Dismissed,
}

impl Relation {
    /// Its name in the graph.
    pub const fn table(self) -> &'static str {
        match self {
            Self::BoughtWith => "bought_with",
            Self::ViewedWith => "viewed_with",
            Self::ThenBought => "then_bought",
            Self::SimilarTo => "similar_to",
            Self::Placed => "placed",
            Self::Contains => "contains",
            Self::Viewed => "viewed",
            Self::Saved => "saved",
            Self::Dismissed => "dismissed",
        }
    }
}

/// What an edge weighs.
#[derive(Debug, Clone, PartialEq)]
pub enum Weight {
    /// The pull between two products; the orders or visits with both, or the customers; and how many times as often
    /// as chance that is, where it is known.
    Pull {
        strength: f32,
        times: u32,
        lift: Option<f32>,
    },
    /// How much two products are alike, 0 to 1.
    Likeness(f32),
    /// Units of a line.
    Units(Quantity),
    /// When it came about.
    At(Timestamp),
    Nothing,
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pull { strength, times, lift } => {
                write!(f, "{strength:.3}, {times} times")?;
                lift.map_or(Ok(()), |lift| write!(f, ", {lift:.1} × as often as by chance"))
            }
            Self::Likeness(share) => write!(f, "{:.0} % alike", 100.0 * share),
            Self::Units(units) => write!(f, "{units} ×"),
            Self::At(at) => write!(f, "{}", at.strftime("%-d %b %Y, %H:%M UTC")),
            Self::Nothing => f.write_str("–"),
        }
    }
}

/// An edge between the record in the middle and another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    pub relation: Relation,
    /// Whether it leaves the middle.
    pub leaves: bool,
    pub other: Node,
    pub weight: Weight,
}

/// A record with its edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    pub middle: Node,
    pub edges: Vec<Edge>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_told_in_words() {
        let pull = |lift| Weight::Pull { strength: 0.4121, times: 7, lift }.to_string();
        assert_eq!(pull(Some(3.21)), "0.412, 7 times, 3.2 × as often as by chance");
        assert_eq!(pull(None), "0.412, 7 times");
        assert_eq!(Weight::Likeness(0.92).to_string(), "92 % alike");
    }
}
