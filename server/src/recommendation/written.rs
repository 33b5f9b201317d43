//! Which edges of one kind lead to items, as the learner knows who writes them: they are read once, and what they say
//! is known from then on, for whoever writes them holds the lease. Whoever takes it over begins with nothing known.
//! And of which items they are to be written anew, some at a time.

use std::collections::{BTreeSet, HashMap};

use domain::recommendation::{ItemNumber, Link};

use super::counts::Names;
use super::edges::{Change, Edges, Relation, Turn};

/// Items whose edges are solved and written at once.
const BATCH_ITEMS: usize = 100;
/// Items whose edges are kept in memory, 24 of 16 bytes at most for each; with more items they are read again.
const MAX_KNOWN_ITEMS: usize = 100_000;

pub(super) struct Written {
    relation: Relation,
    /// The edges that lead to an item.
    known: HashMap<ItemNumber, Box<[Link]>>,
    /// Items whose edges may have changed since they were written.
    touched: BTreeSet<ItemNumber>,
}

impl Written {
    pub(super) fn new(relation: Relation) -> Self {
        Self { relation, known: HashMap::new(), touched: BTreeSet::new() }
    }

    /// Has the edges that lead to some items written anew.
    pub(super) fn touch(&mut self, items: impl IntoIterator<Item = ItemNumber>) {
        self.touched.extend(items);
    }

    pub(super) fn is_up_to_date(&self) -> bool {
        self.touched.is_empty()
    }

    /// Some of the items that were touched: [`Written::replace`] is to be told what leads to them.
    pub(super) fn some_touched(&self) -> Vec<ItemNumber> {
        self.touched.iter().take(BATCH_ITEMS).copied().collect()
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
        for (into, _) in &standing {
            self.touched.remove(into);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Databases;
    use domain::catalog::ProductId;

    #[tokio::test]
    async fn edges_are_added_updated_and_taken_away_whoever_knows_them() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql: _sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let edges = Edges::new(graph);
        let mut names = Names::default();
        let [lamp, shade, bulb] = ["lamp", "shade", "bulb"].map(|name| names.number(&name.parse().unwrap()));
        let link = |from, orders: u16| Link { from, strength: f32::from(orders), orders: orders.into(), lift: 2.0 };
        let steps: [&[Link]; 5] = [
            &[link(shade, 5), link(bulb, 6)],
            &[link(shade, 5), link(bulb, 7)],
            &[link(bulb, 7)],
            &[],
            &[link(shade, 9)],
        ];
        // One who knows what it wrote, and one who takes over before each step.
        for takes_over in [false, true] {
            let mut written = Written::new(Relation::BoughtWith);
            for links in steps {
                if takes_over {
                    written = Written::new(Relation::BoughtWith);
                }
                written.replace(&edges, &mut names, vec![(lamp, links.to_vec())]).await.unwrap();
                let product: ProductId = "lamp".parse().unwrap();
                let stored = edges.leading_to(Relation::BoughtWith, [&product].into_iter()).await.unwrap();
                let mut told: Vec<_> = stored.iter().map(|edge| (edge.from.as_str(), edge.orders)).collect();
                let mut meant: Vec<_> =
                    links.iter().map(|link| (names.product(link.from).as_str(), link.orders)).collect();
                told.sort_unstable();
                meant.sort_unstable();
                assert_eq!(told, meant);
            }
        }
        edges.graph().close().await;
    }
}
