use std::sync::Arc;

use domain::catalog::{OwnRatings, Product, ProductId, Rating, Sku};
use jiff::civil::Date;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCatalog;
use super::card::{Stocked, card_of};
use super::read::rank;
use crate::graph::{from_value, record, to_value};
use crate::sql::now_ms;

impl GraphCatalog {
    /// Notes what the customers of this store gave a product: its page, the lists and the search follow.
    pub(crate) async fn rate(&self, id: &ProductId, own: OwnRatings) -> anyhow::Result<()> {
        #[derive(serde::Deserialize)]
        struct Row {
            document: Product,
            in_stock: bool,
            #[serde(default)]
            waits_until: Option<Date>,
        }
        let _writing = self.writing.lock().await;
        let statement = "SELECT VALUE { document: document, in_stock: in_stock, waits_until: waits_until }
                         FROM ONLY $product";
        let mut answer = self.graph.query(statement, &[("product", record("product", id))]).await?;
        let Some(row) = answer.one::<Value>(0)?.filter(|row| !row.is_nullish()) else { return Ok(()) };
        let Row { document: product, in_stock, waits_until } = from_value(row)?;
        if product.rating.map(Rating::own).unwrap_or_default() == own {
            return Ok(());
        }
        let product = product.rated(own);
        let card = card_of(&product, Stocked { in_stock, waits_until });
        let variables = [
            ("product", record("product", id)),
            ("listing", record("listing", id)),
            ("rating", to_value(&product.rating)?),
            ("rank", rank(&card).into_value()),
            ("now", now_ms().into_value()),
        ];
        // A product that is withdrawn has no listing.
        let statements = "UPDATE $product SET document.rating = $rating, changed_ms = $now RETURN NONE;
                          UPDATE $listing SET card.rating = $rating, rank = $rank RETURN NONE;";
        self.graph.query(statements, &variables).await?;
        let skus: Vec<Sku> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
        self.cache.forget_product(id, std::slice::from_ref(&product.slug), &skus, &[]).await;
        if !product.withdrawn {
            self.cache.replace_card(&Arc::new(card)).await;
        }
        self.written.notify_one();
        Ok(())
    }
}
