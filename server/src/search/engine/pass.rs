//! The way over everything that matches all words: filters, counts and the order.

use tantivy::DocAddress;
use tantivy::columnar::ColumnValues;
use tantivy::fastfield::AliveBitSet;

use super::Order;
use super::columns::{Columns, Row};
use super::find::Question;
use super::narrow::Narrowing;
use super::nearest::MAX_NEAREST;
use super::register::Register;
use super::tally::Tally;
use super::top::Top;

/// Documents that are counted together.
const BLOCK: usize = 64;

/// One way over everything that matches all words.
pub(super) struct Pass<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) narrowing: &'a Narrowing,
    /// Whether all is counted as it comes: nothing narrows it, and words decide the order.
    pub(super) is_plain: bool,
    pub(super) register: &'a Register,
    pub(super) tally: Option<Tally<'a>>,
    /// Where words do not decide the order; the best by words are found without visiting all.
    pub(super) top: Option<Top>,
    /// The first products before the filters, at most [`MAX_NEAREST`].
    pub(super) matching: Vec<DocAddress>,
    /// All products behind the filters.
    pub(super) total: u32,
}

impl Pass<'_> {
    /// Filters, counts and offers documents of a segment. The rows of a block are begun to be read
    /// before the first one is counted, so that the memory brings all of them at the same time.
    pub(super) fn count(&mut self, segment: u32, docs: &[u32], alive: Option<&AliveBitSet>) {
        let columns = self.question.columns(DocAddress::new(segment, 0));
        let living: Vec<u32>;
        let docs = match alive {
            None => docs,
            Some(alive) => {
                living = docs.iter().copied().filter(|doc| alive.is_alive(*doc)).collect();
                &living
            }
        };
        let mut rows = [Row::default(); BLOCK];
        for docs in docs.chunks(BLOCK) {
            for (row, doc) in rows.iter_mut().zip(docs) {
                *row = columns.rows.of(*doc);
            }
            let rows = &rows[..docs.len()];
            match &mut self.tally {
                Some(tally) if self.is_plain => {
                    rows.iter().zip(docs).for_each(|(row, doc)| tally.add(columns, *doc, *row));
                    self.total += u32::try_from(docs.len()).unwrap_or(u32::MAX);
                    let first = docs.iter().take(MAX_NEAREST - self.matching.len());
                    self.matching.extend(first.map(|doc| DocAddress::new(segment, *doc)));
                }
                _ => {
                    for (row, doc) in rows.iter().zip(docs) {
                        self.count_one(columns, DocAddress::new(segment, *doc), *row);
                    }
                }
            }
        }
    }

    fn count_one(&mut self, columns: &Columns, address: DocAddress, row: Row) {
        let (question, doc) = (self.question, address.doc_id);
        if question.plan.price.is_some_and(|bounds| !is_priced(bounds, columns.price.get_val(doc))) {
            return;
        }
        if self.matching.len() < MAX_NEAREST {
            self.matching.push(address);
        }
        let failed = self.narrowing.failed(columns, doc, row);
        match &mut self.tally {
            Some(tally) if failed == 0 => tally.add(columns, doc, row),
            Some(tally) => tally.add_failed(columns, doc, row, failed, self.register),
            None => {}
        }
        if failed > 0 {
            return;
        }
        self.total += 1;
        if let Some(top) = &mut self.top {
            let value = match question.request.order {
                Order::Relevance => ordered(columns.standing.of(doc).into()),
                order => listed(order, columns, doc),
            };
            top.offer(value, address, || columns.ids.key(doc));
        }
    }
}

/// Whether a price, which is 0 where there is none, lies within bounds.
pub(super) fn is_priced((from, to): (u64, u64), price: u64) -> bool {
    price > 0 && (from..=to).contains(&price)
}

/// What an order other than relevance compares; greater stands before.
pub(super) fn listed(order: Order, columns: &Columns, doc: u32) -> u64 {
    match order {
        Order::Relevance => 0,
        // What has no price stands last.
        Order::PriceAscending => match columns.price.get_val(doc) {
            0 => 0,
            price => u64::MAX - price,
        },
        Order::PriceDescending => columns.price.get_val(doc),
        Order::Rating => columns.trusted.get_val(doc),
        Order::Newest => columns.added.get_val(doc),
        Order::BestSelling => columns.popularity.get_val(doc),
    }
}

/// A score as a number that compares in the same way; scores are never below zero.
pub(super) fn ordered(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

pub(super) fn unordered(value: u64) -> f32 {
    f32::from_bits(u32::try_from(value).unwrap_or_default())
}
