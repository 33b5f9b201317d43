//! What a batch of products is in the graph.

use domain::catalog::{Product, ProductId, Slug};
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::Loser;
use crate::catalog::card::{Stocked, card_of};
use crate::catalog::read::{rank, top_of};
use crate::graph::{object, record, to_value};
use crate::sql::now_ms;

pub(super) const PUT_PRODUCTS: &str = "
    INSERT INTO product $products
        ON DUPLICATE KEY UPDATE document = $input.document, in_stock = $input.in_stock,
            waits_until = $input.waits_until, changed_ms = $input.changed_ms RETURN NONE;
    INSERT INTO variant $variants
        ON DUPLICATE KEY UPDATE product = $input.product, label = $input.label, sold = $input.sold RETURN NONE;
    UPDATE $unsold SET sold = false RETURN NONE;
    INSERT INTO listing $listings ON DUPLICATE KEY UPDATE
        changed_at = IF card = $input.card { changed_at } ELSE { $input.changed_at },
        top = $input.top, rank = $input.rank, card = $input.card RETURN NONE;
    DELETE $unlisted;
    INSERT INTO address $addresses ON DUPLICATE KEY UPDATE product = $input.product, owner = $input.owner RETURN NONE;
    DELETE $replaced;
    INSERT RELATION INTO contains $edges RETURN NONE;
";

/// The records of a batch of products, by table.
#[derive(Default)]
pub(super) struct Rows {
    products: Vec<Value>,
    variants: Vec<Value>,
    listings: Vec<Value>,
    addresses: Vec<Value>,
    edges: Vec<Value>,
    replaced: Vec<Value>,
    pub(super) unsold: Vec<Value>,
    unlisted: Vec<Value>,
}

impl Rows {
    /// A product with everything around it.
    pub(super) fn push(&mut self, product: &Product, stocked: Stocked) -> anyhow::Result<()> {
        self.push_record(product, stocked)?;
        for variant in &product.variants {
            self.variants.push(object([
                ("id", variant.sku.to_string().into_value()),
                ("product", record("product", &product.id)),
                ("label", variant.label().into_value()),
                ("sold", (!product.withdrawn).into_value()),
            ]));
        }
        self.push_address(&product.slug, &product.id, &product.id);
        if !product.withdrawn {
            self.replaced.push(record("contains", &product.id));
            self.edges.push(object([
                ("id", product.id.to_string().into_value()),
                ("in", record("category", &product.category)),
                ("out", record("product", &product.id)),
            ]));
        }
        Ok(())
    }

    /// What is left of a product. Where nothing is, its address leads to its heir.
    pub(super) fn push_loser(&mut self, loser: &Loser) -> anyhow::Result<()> {
        if let Some(rest) = &loser.rest {
            return self.push_record(rest, loser.stocked);
        }
        self.push_address(&loser.product.slug, &loser.product.id, &loser.heir);
        self.push_record(&loser.product.clone().off_sale(), false.into())
    }

    /// The product itself, and what lists show of it: nothing when it is withdrawn, and it leaves its category.
    fn push_record(&mut self, product: &Product, stocked: Stocked) -> anyhow::Result<()> {
        let id = || product.id.to_string().into_value();
        self.products.push(object([
            ("id", id()),
            ("document", to_value(product)?),
            ("in_stock", stocked.in_stock.into_value()),
            ("waits_until", to_value(&stocked.waits_until)?),
            ("changed_ms", now_ms().into_value()),
        ]));
        if product.withdrawn {
            self.unlisted.extend([record("listing", &product.id), record("contains", &product.id)]);
            return Ok(());
        }
        let card = card_of(product, stocked);
        self.listings.push(object([
            ("id", id()),
            ("top", top_of(&product.category).to_string().into_value()),
            ("rank", rank(&card).into_value()),
            ("card", to_value(&card)?),
            ("changed_at", Timestamp::now().to_string().into_value()),
        ]));
        Ok(())
    }

    fn push_address(&mut self, slug: &Slug, owner: &ProductId, leads_to: &ProductId) {
        self.addresses.push(object([
            ("id", slug.to_string().into_value()),
            ("slug", slug.to_string().into_value()),
            ("owner", owner.to_string().into_value()),
            ("product", record("product", leads_to)),
        ]));
    }

    pub(super) fn variables(self) -> [(&'static str, Value); 8] {
        [
            ("products", self.products.into_value()),
            ("variants", self.variants.into_value()),
            ("listings", self.listings.into_value()),
            ("addresses", self.addresses.into_value()),
            ("edges", self.edges.into_value()),
            ("replaced", self.replaced.into_value()),
            ("unsold", self.unsold.into_value()),
            ("unlisted", self.unlisted.into_value()),
        ]
    }
}
