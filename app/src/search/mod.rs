//! Search: the results for what a shopper typed, and help where there are none.

pub mod page;
