//! The search engine: a Tantivy index of the store's products, in one folder, in process.
//!
//! Guards three rules. What matches every word stands above what does not, and a misspelt word
//! never brings anything above what is spelt right. Every count is the number of products that
//! choosing it would show. Any query is answered in bounded time: what is too long was cut by the
//! query's own grammar ([`domain::search::query`]), what matches too much is ranked by its cheap part
//! first, and what a query would read beside counting has one budget, however often it is asked (`budget`): for
//! phrases, for the nearest, and for other spellings.
//!
//! The engine knows no database and starts no task: who feeds it ([`Writer`]) and who asks it
//! ([`Engine::search`], [`Engine::suggest`]) are the search port's adapter and the commands
//! `reindex`, `evaluate` and `tune`. All calls block for a short time: milliseconds for questions,
//! a disk write for [`Writer::commit`].

// Scores are approximate by nature, and what they are made of is far below 2^23.
#![allow(clippy::cast_precision_loss)]

mod alike;
mod answer;
mod asked;
mod best;
mod budget;
mod columns;
mod document;
mod find;
mod flag;
mod head;
mod ids;
mod letters;
mod lexicon;
mod likeness;
mod meant;
mod model;
mod narrow;
mod nearest;
mod pass;
mod plan;
mod plurals;
mod rank;
mod register;
mod request;
mod retrieve;
mod schema;
mod seen;
mod spelling;
mod spellings;
mod statistics;
mod store;
mod suggest;
mod synonyms;
mod tally;
mod top;
mod weights;
mod words;
mod writer;
mod written;

use std::path::PathBuf;

pub(crate) use answer::{Answer, CategoryCount, Facets, Histogram, Hit, Part, Suggestions, ValueCount};
pub(crate) use document::Document;
pub(crate) use request::{Cursor, Filters, Order, Request};

/// Why a folder is not an index that this program can read. Building the index again mends it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("there is no search index in {}", .folder.display())]
    Missing { folder: PathBuf },
    #[error("the search index was written by another version of the store")]
    Old,
    #[error("the search index is damaged")]
    Damaged {
        #[source]
        fault: tantivy::TantivyError,
    },
}

/// The index could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the search index failed while {doing}")]
pub(crate) struct EngineError {
    doing: &'static str,
    #[source]
    fault: tantivy::TantivyError,
}

pub(crate) use store::Engine;
pub(crate) use weights::Weights;
pub(crate) use writer::Writer;

/// Whether two texts are the same words, whatever their case, accents and apostrophes.
pub(crate) fn are_same_words(one: &str, other: &str) -> bool {
    letters::folded(one) == letters::folded(other)
}

impl EngineError {
    fn while_doing(doing: &'static str) -> impl FnOnce(tantivy::TantivyError) -> Self {
        move |fault| Self { doing, fault }
    }
}

#[cfg(test)]
mod tests;
