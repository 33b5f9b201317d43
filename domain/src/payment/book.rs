//! The ledger as a person reads it.

use jiff::Timestamp;

use super::ledger::{Account, Entry, Layer, PostingKind};
use crate::bounded_text;
use crate::catalog::Seller;
use crate::order::OrderNumber;
use crate::pricing::Money;

/// Postings on one page.
pub const POSTINGS_PER_PAGE: usize = 25;
/// Sellers whose accounts the ledger lists at once.
pub const SELLERS_SHOWN: usize = 50;

bounded_text!(
    /// The key of a posting; keys grow with time.
    PostingId, 80
);

/// Which postings somebody wants to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookQuery {
    /// Those of one order; `None` is of all.
    pub order: Option<OrderNumber>,
    /// Where the page before ended.
    pub before: Option<PostingId>,
}

/// What an account holds in one currency: a debit is positive, a credit negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    pub account: Account,
    pub layer: Layer,
    pub amount: Money,
}

/// What the store owes to a seller in one currency; below zero is what they owe back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedToSeller {
    pub seller: Seller,
    pub amount: Money,
}

/// A posting as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub id: PostingId,
    /// None where gift cards were made.
    pub order: Option<OrderNumber>,
    pub kind: PostingKind,
    pub posted_at: Timestamp,
    pub entries: Vec<Entry>,
}

/// A page of the book, the newest posting first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookPage {
    pub postings: Vec<Posted>,
    /// Where the next page begins: older than this; `None` on the last.
    pub next: Option<PostingId>,
}
