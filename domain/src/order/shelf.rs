use super::{Order, OrderId};
use crate::search::SearchText;

/// Orders on one page of a history.
pub const ORDERS_PER_PAGE: usize = 10;

/// What somebody wants to see of their orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// Words of titles, SKUs or a number; an order has to have all of them.
    pub words: SearchText,
    /// The last order of the page before; only older ones follow.
    pub older_than: Option<OrderId>,
}

/// One page of a history, the newest order first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderPage {
    pub orders: Vec<Order>,
    /// Where the next page begins, if there is one.
    pub next: Option<OrderId>,
}

impl Order {
    /// What the order is found by, in lower case: its number with and without hyphens, and of each line
    /// title, choices and SKU.
    pub fn words(&self) -> String {
        let number = self.number.to_string().to_lowercase();
        let mut words = format!("{number} {}", number.replace('-', ""));
        for line in &self.lines {
            for text in [line.title.as_str(), &line.choices, line.sku.as_str()] {
                words.push(' ');
                words.push_str(&text.to_lowercase());
            }
        }
        words
    }
}
