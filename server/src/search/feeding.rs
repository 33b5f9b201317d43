//! Puts products into an index.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Context;
use domain::catalog::CategoryTree;

use super::apart;
use super::engine::{Document, Engine, Writer};
use crate::catalog::{Demand, SearchedProduct};

/// How far an index has followed the catalog: everything that was written before this moment, in
/// milliseconds since 1970, is in it. Each commit carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position(pub(super) i64);

impl FromStr for Position {
    type Err = ParseIntError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The one who writes to an index. What was put is found after the next [`Feeder::commit`].
#[derive(Debug)]
pub(super) struct Feeder {
    writer: Writer,
    position: Position,
    /// Whether nothing was in the index before.
    is_new: bool,
}

impl Feeder {
    /// What it may hold before it writes, where a few products change at a time.
    const MEMORY_BYTES: usize = 16 * 1024 * 1024;
    /// The same while a whole catalog is written.
    const BUILD_MEMORY_BYTES: usize = 256 * 1024 * 1024;

    /// Goes on with an index.
    pub(super) fn of(engine: &Arc<Engine>) -> anyhow::Result<Self> {
        let position = engine.mark()?.parse().context("reading how far the search index has come")?;
        Ok(Self { writer: engine.writer(Self::MEMORY_BYTES)?, position, is_new: false })
    }

    /// Begins with an empty index, which follows the catalog from a moment on.
    pub(super) fn of_new(engine: &Arc<Engine>, position: Position) -> anyhow::Result<Self> {
        Ok(Self { writer: engine.builder(Self::BUILD_MEMORY_BYTES)?, position, is_new: true })
    }

    pub(super) const fn position(&self) -> Position {
        self.position
    }

    /// Puts products in as they are now; those that were withdrawn are taken out.
    pub(super) async fn put(mut self, products: Vec<SearchedProduct>, tree: Arc<CategoryTree>) -> anyhow::Result<Self> {
        apart(move || {
            for searched in products {
                if searched.product.withdrawn {
                    self.writer.remove(&searched.product.id);
                } else if self.is_new {
                    self.writer.add(&document(searched, &tree))?;
                } else {
                    self.writer.put(&document(searched, &tree))?;
                }
            }
            Ok(self)
        })
        .await
    }

    /// Makes what was put be found, and lasting.
    pub(super) async fn commit(mut self, position: Position) -> anyhow::Result<Self> {
        apart(move || {
            self.writer.commit(&position.to_string())?;
            Ok(Self { position, ..self })
        })
        .await
    }

    /// Commits a new index for the last time, and puts it into its best shape.
    pub(super) async fn finish(self) -> anyhow::Result<()> {
        let Self { writer, position, .. } = self;
        apart(move || Ok(writer.finish(&position.to_string())?)).await
    }
}

fn document(searched: SearchedProduct, tree: &CategoryTree) -> Document {
    let SearchedProduct { product, card, demand: Demand { sold_units, interest } } = searched;
    let path = tree.trail(&product.category);
    Document { interest, ..Document::new(&product, path, card.in_stock, sold_units) }
}
