use std::collections::VecDeque;

use surrealdb::types::SurrealValue;

use super::Graph;

/// Keys that are read at once.
const KEYS_PER_READ: usize = 5_000;

/// Walks through the records of a table in the order of their keys, a few at a time. Records that are
/// added meanwhile before the place it has come to are left out; none is met twice. Where records are
/// removed meanwhile before that place, as many of those that come next may be left out: who walks
/// through what is removed, such as histories, must be able to do without them. A range of record ids
/// with a limit would meet them all, but SurrealDB reads such a range to its end before it counts.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    graph: &'a Graph,
    table: &'static str,
    read: usize,
    last: Option<String>,
    ahead: VecDeque<String>,
}

impl<'a> Walk<'a> {
    /// Begins at the first record of a table. The keys of its records are text.
    pub(crate) const fn through(graph: &'a Graph, table: &'static str) -> Self {
        Self { graph, table, read: 0, last: None, ahead: VecDeque::new() }
    }

    /// The keys of the next records, at most `limit`; none after the last.
    pub(crate) async fn next(&mut self, limit: usize) -> anyhow::Result<Vec<String>> {
        while self.ahead.is_empty() {
            if self.read_ahead().await? == 0 {
                break;
            }
        }
        Ok(self.ahead.drain(..limit.min(self.ahead.len())).collect())
    }

    /// Answers how many records there were, those that were met before included.
    async fn read_ahead(&mut self) -> anyhow::Result<usize> {
        let statement = format!("SELECT VALUE record::id(id) FROM `{}` LIMIT $limit START $start", self.table);
        let (limit, start) = (i64::try_from(KEYS_PER_READ)?, i64::try_from(self.read)?);
        let variables = [("limit", limit.into_value()), ("start", start.into_value())];
        let keys = self.graph.query(&statement, &variables).await?.rows::<String>(0)?;
        let count = keys.len();
        self.read += count;
        self.ahead.extend(keys.into_iter().filter(|key| self.last.as_ref().is_none_or(|last| key > last)));
        self.last = self.ahead.back().cloned().or(self.last.take());
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Graph, KEYS_PER_READ, Walk};

    async fn add(graph: &Graph, keys: impl Iterator<Item = usize>) {
        let keys: Vec<String> = keys.map(|key| format!("'k{key:05}'")).collect();
        let statement =
            format!("FOR $key IN [{}] {{ CREATE type::record('category', $key) RETURN NONE }}", keys.join(", "));
        graph.query(&statement, &[]).await.unwrap();
    }

    #[tokio::test]
    async fn everything_that_was_there_is_met_once_also_while_more_is_added() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().display()), None).await.unwrap();
        let count = KEYS_PER_READ + 500;
        // Every second key.
        add(&graph, (0..count).map(|key| key * 2)).await;
        let (mut walk, mut met) = (Walk::through(&graph, "category"), Vec::new());
        loop {
            let keys = walk.next(300).await.unwrap();
            assert!(keys.len() <= 300);
            if keys.is_empty() {
                break;
            }
            if met.is_empty() {
                add(&graph, (0..20).map(|key| key * 2 + 1)).await;
            }
            met.extend(keys);
        }
        let expected: Vec<String> = (0..count).map(|key| format!("k{:05}", key * 2)).collect();
        assert_eq!(met, expected);
        graph.close().await;
    }
}
