//! Which edges of one kind lead to items, as the learner knows who writes them: they are read once, and what they say
//! is known from then on, for nobody else writes them while it learns.

use std::collections::HashMap;

use domain::recommendation::{ItemNumber, Link};

use super::counts::Names;
use super::edges::{Change, Edges, Relation, Turn};

/// Items whose edges are kept in memory, 16 bytes each; with more than that they are read again.
const MAX_KNOWN_ITEMS: usize = 200_000;

pub(super) struct Written {
    relation: Relation,
    /// The edges that lead to an item.
    known: HashMap<ItemNumber, Box<[Link]>>,
}

impl Written {
    pub(super) fn new(relation: Relation) -> Self {
        Self { relation, known: HashMap::new() }
    }

    /// Replaces the edges that lead to each of some items. Those that say nearly what they are to say stay as they are:
    /// one more order changes little about most.
    pub(super) async fn replace(
        &mut self,
        edges: &Edges,
        names: &mut Names,
        solved: Vec<(ItemNumber, Vec<Link>)>,
    ) -> anyhow::Result<()> {
        self.read(edges, names, solved.iter().map(|(into, _)| *into)).await?;
        let (mut turns, mut standing) = (Vec::new(), Vec::with_capacity(solved.len()));
        for (into, links) in solved {
            // Until they are written for certain nobody knows what the edges say.
            let known = self.known.remove(&into).unwrap_or_default();
            let mut known: HashMap<ItemNumber, Link> = known.into_iter().map(|link| (link.from, link)).collect();
            let stands = links.into_iter().map(|link| {
                let turn = match known.remove(&link.from) {
                    Some(known) if link.is_nearly(known.strength, known.orders, known.lift) => return known,
                    Some(_) => Turn::Updated(link),
                    None => Turn::Added(link),
                };
                turns.push((into, link.from, turn));
                link
            });
            standing.push((into, stands.collect()));
            turns.extend(known.into_keys().map(|from| (into, from, Turn::Removed)));
        }
        let change = |(into, from, turn)| Change { into: names.product(into), from: names.product(from), turn };
        edges.write(self.relation, turns.into_iter().map(change).collect()).await?;
        if self.known.len() + standing.len() > MAX_KNOWN_ITEMS {
            self.known.clear();
        }
        self.known.extend(standing);
        Ok(())
    }

    /// Reads the edges that lead to those of some items of which they are not known.
    async fn read(
        &mut self,
        edges: &Edges,
        names: &mut Names,
        items: impl Iterator<Item = ItemNumber>,
    ) -> anyhow::Result<()> {
        let unknown: Vec<ItemNumber> = items.filter(|item| !self.known.contains_key(item)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let stored = edges.leading_to(self.relation, unknown.iter().map(|item| names.product(*item))).await?;
        let mut found: HashMap<ItemNumber, Vec<Link>> = unknown.into_iter().map(|item| (item, Vec::new())).collect();
        for edge in stored {
            let (into, from) = (names.number(&edge.into), names.number(&edge.from));
            let link = Link { from, strength: edge.strength, orders: edge.orders, lift: edge.lift };
            found.entry(into).or_default().push(link);
        }
        self.known.extend(found.into_iter().map(|(item, links)| (item, links.into())));
        Ok(())
    }
}
