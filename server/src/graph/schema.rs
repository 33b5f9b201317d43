//! The graph's schema, as steps that run at start, in order, each of which can be run again.

use super::Graph;

/// Tables are schemaless where the domain's own door checks every record that is read.
const STEPS: [&str; 2] = [
    "
    DEFINE TABLE IF NOT EXISTS category SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS variant SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS address SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS child_of TYPE RELATION IN category OUT category SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS contains TYPE RELATION SCHEMALESS;
    DEFINE ANALYZER IF NOT EXISTS shopping TOKENIZERS class, punct FILTERS lowercase, ascii, snowball(english);
    DEFINE TABLE IF NOT EXISTS listing SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS listing_words ON listing FIELDS words FULLTEXT ANALYZER shopping BM25;
    DEFINE TABLE IF NOT EXISTS cart SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS draft SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS customer SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS `order` SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS placed TYPE RELATION IN customer OUT `order` SCHEMALESS;
    ",
    // Listings from before shelves had an order get one that the next import mends.
    "
    REMOVE INDEX IF EXISTS listing_category ON listing;
    DEFINE INDEX IF NOT EXISTS listing_shelf ON listing FIELDS top, rank;
    UPDATE listing SET top = string::split(card.category, '/')[0], rank = card.slug WHERE top = NONE RETURN NONE;
    ",
];

pub(super) async fn migrate(graph: &Graph) -> anyhow::Result<()> {
    for step in STEPS {
        graph.query(step, &[]).await?;
    }
    Ok(())
}
