use std::fmt;

use serde::{Deserialize, Serialize};

use super::trend::Trend;
use super::walk::Interest;
use crate::catalog::{AttributeText, CategoryName, Title};
use crate::shipment::spoken_day;
use jiff::civil::Date;

/// Why something is recommended: a path in the graph, told to the shopper under "Why this?". What it tells
/// of others is told of [`super::MIN_CUSTOMERS_TOLD`] customers at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Other customers bought both.
    BoughtTogether { with: Title, orders: u32 },
    /// Other customers looked at both in one visit.
    ViewedTogether { with: Title, visits: u32 },
    /// It goes with what the shopper looked at, directly or by way of something else.
    GoesWithViewed { from: Title, via: Option<Title>, orders: u32 },
    /// It goes with what the shopper bought, directly or by way of something else.
    GoesWithBought { from: Title, via: Option<Title>, orders: u32 },
    /// Others bought it later than what the shopper bought.
    BoughtAfter { from: Title, customers: u32 },
    /// It goes with what the shopper put on a list, directly or by way of something else.
    GoesWithSaved { from: Title, via: Option<Title>, orders: u32 },
    /// The shopper looked at it.
    Viewed { on: Date },
    /// The shopper bought it.
    Bought { orders: u32, on: Date },
    /// It is like another one.
    Alike { to: Title, shared: Vec<AttributeText> },
    /// Many buy it now.
    Trending { orders: u32 },
    /// It is new on a shelf that the shopper looks at.
    NewOn { shelf: CategoryName },
}

impl Reason {
    /// That a way leads here from what the shopper looked at, bought or put on a list.
    pub const fn way(interest: Interest, from: Title, via: Option<Title>, orders: u32) -> Self {
        match interest {
            Interest::Viewed => Self::GoesWithViewed { from, via, orders },
            Interest::Bought => Self::GoesWithBought { from, via, orders },
            Interest::Saved => Self::GoesWithSaved { from, via, orders },
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BoughtTogether { with, orders } => write!(f, "Bought together with {with} in {orders} orders."),
            Self::ViewedTogether { with, visits } => {
                write!(f, "Others looked at it and at {with} in one visit, in {visits} visits.")
            }
            Self::GoesWithViewed { from, via, orders } => write_way(f, "looked at", from, via.as_ref(), *orders),
            Self::GoesWithBought { from, via, orders } => write_way(f, "bought", from, via.as_ref(), *orders),
            Self::BoughtAfter { from, customers } => write!(f, "Often bought after {from}, by {customers} customers."),
            Self::GoesWithSaved { from, via, orders } => write_way(f, "saved", from, via.as_ref(), *orders),
            Self::Viewed { on } => write!(f, "You looked at it on {}.", spoken_day(*on)),
            Self::Bought { orders: 1, on } => write!(f, "You bought it on {}.", spoken_day(*on)),
            Self::Bought { orders, on } => {
                write!(f, "You bought it in {orders} orders, the last time on {}.", spoken_day(*on))
            }
            Self::Alike { to, shared } => {
                write!(f, "From the same shelf as {to}")?;
                for (place, fact) in shared.iter().enumerate() {
                    write!(f, "{}{fact}", if place == 0 { "; both are: " } else { ", " })?;
                }
                f.write_str(".")
            }
            Self::Trending { orders } => write!(f, "In {orders} orders of the last {} days.", 2 * Trend::PERIOD_DAYS),
            Self::NewOn { shelf } => write!(f, "New in {shelf}, where you looked around."),
        }
    }
}

fn write_way(f: &mut fmt::Formatter<'_>, did: &str, from: &Title, via: Option<&Title>, orders: u32) -> fmt::Result {
    match via {
        None => write!(f, "You {did} {from}, which was bought together with this in {orders} orders."),
        Some(via) => {
            write!(f, "You {did} {from}, which goes with {via}, bought together with this in {orders} orders.")
        }
    }
}
