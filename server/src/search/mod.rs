//! Search: finds products by words through the graph's full-text index, and answers with the
//! same pages as a category. Only reads.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::listing::{ListPage, ListRequest, ProductCard, answer};
use domain::search::SearchText;
use domain::search::ports::{MAX_MATCHES, Search, SearchUnavailable};
use surrealdb::types::{SurrealValue, Value};

use crate::fault::at_boundary;
use crate::graph::{Graph, from_value};

#[derive(Debug, Clone)]
pub(crate) struct GraphSearch {
    graph: Graph,
}

impl GraphSearch {
    pub(crate) const fn new(graph: Graph) -> Self {
        Self { graph }
    }

    async fn matches(&self, text: &SearchText) -> anyhow::Result<Vec<Arc<ProductCard>>> {
        let statement = "
            SELECT card, search::score(0) AS score FROM listing WHERE words @0@ $text ORDER BY score DESC LIMIT $limit
        ";
        let variables = [("text", text.to_string().into_value()), ("limit", i64::from(MAX_MATCHES).into_value())];
        #[derive(serde::Deserialize)]
        struct Match {
            card: ProductCard,
        }
        let mut found = self.graph.query(statement, &variables).await?;
        found.rows::<Value>(0)?.into_iter().map(|row| Ok(Arc::new(from_value::<Match>(row)?.card))).collect()
    }
}

#[async_trait]
impl Search for GraphSearch {
    async fn search(&self, text: &SearchText, request: &ListRequest) -> Result<ListPage, SearchUnavailable> {
        if text.is_empty() {
            return Ok(answer::<ProductCard>(&[], request));
        }
        let matches = at_boundary(self.matches(text).await, SearchUnavailable)?;
        Ok(answer(&matches, request))
    }
}
