use super::{LOW_STOCK_UNITS, Stock};
use crate::catalog::Sku;
use crate::search::SearchText;

/// SKUs on one page of the stock.
pub const STOCK_PER_PAGE: usize = 50;

/// Which SKUs somebody wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StockFilter {
    #[default]
    All,
    /// At most as many are available as the SKU's mark says, or [`LOW_STOCK_UNITS`].
    Low,
    /// None is available.
    Out,
}

impl StockFilter {
    pub const ALL: [Self; 3] = [Self::All, Self::Low, Self::Out];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Low => "low",
            Self::Out => "out",
        }
    }

    /// What an address asks for; anything else asks for everything.
    pub fn from_parameter(raw: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.parameter() == raw).unwrap_or_default()
    }

    /// The most units of a SKU that can be available, where it has no mark of its own; `None` is without a limit.
    pub const fn most_units(self) -> Option<u32> {
        match self {
            Self::All => None,
            Self::Low => Some(LOW_STOCK_UNITS),
            Self::Out => Some(0),
        }
    }
}

/// What somebody looks for in the stock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockQuery {
    /// A part of a SKU; nothing is every SKU.
    pub words: SearchText,
    /// SKUs that answer the words by their titles.
    pub titled: Vec<Sku>,
    pub filter: StockFilter,
    /// Where the page before ended.
    pub after: Option<Sku>,
}

/// The stock of one SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockEntry {
    pub sku: Sku,
    pub stock: Stock,
    /// At or below how many units it is low.
    pub low_units: u32,
}

/// A page of the stock, in the order of the SKUs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockPage {
    pub entries: Vec<StockEntry>,
    /// The SKU after which the next page begins; `None` on the last.
    pub next: Option<Sku>,
}

/// How many SKUs there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockTotals {
    pub skus: u32,
    /// Those with few or none.
    pub low: u32,
    /// Those with none.
    pub out: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_filter_or_asks_for_everything() {
        for filter in StockFilter::ALL {
            assert_eq!(StockFilter::from_parameter(filter.parameter()), filter);
        }
        assert_eq!(StockFilter::from_parameter("' OR 1=1"), StockFilter::All);
    }
}
