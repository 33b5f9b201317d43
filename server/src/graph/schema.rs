//! The graph's schema, as steps that run at start, in order, each of which can be run again.

use surrealdb::types::SurrealValue;

use super::{Graph, today};

/// Tables are schemaless where the domain's own door checks every record that is read.
const STEPS: [&str; 7] = [
    "
    DEFINE TABLE IF NOT EXISTS category SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS variant SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS address SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS child_of TYPE RELATION IN category OUT category SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS contains TYPE RELATION SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS listing SCHEMALESS;
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
    // What goes with what, learnt from the orders.
    "
    DEFINE TABLE IF NOT EXISTS bought_with TYPE RELATION IN product OUT product SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS order_learning ON `order` FIELDS learning;
    ",
    // The search index follows the products that were written last; it has words of its own.
    "
    REMOVE INDEX IF EXISTS listing_words ON listing;
    REMOVE ANALYZER IF EXISTS shopping;
    DEFINE INDEX IF NOT EXISTS product_changed ON product FIELDS changed_ms;
    ",
    // What customers write about products, and what they wish for.
    "
    DEFINE TABLE IF NOT EXISTS post SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS post_vote SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS post_report SCHEMALESS;
    REMOVE TABLE IF EXISTS post_typed;
    DEFINE INDEX IF NOT EXISTS post_shown ON post FIELDS product, kind, state;
    DEFINE INDEX IF NOT EXISTS post_author ON post FIELDS author;
    DEFINE INDEX IF NOT EXISTS post_waiting ON post FIELDS waiting;
    DEFINE INDEX IF NOT EXISTS post_vote_post ON post_vote FIELDS post;
    DEFINE INDEX IF NOT EXISTS post_vote_voter ON post_vote FIELDS voter;
    DEFINE INDEX IF NOT EXISTS post_report_post ON post_report FIELDS post;
    DEFINE INDEX IF NOT EXISTS post_report_reporter ON post_report FIELDS reporter;
    DEFINE TABLE IF NOT EXISTS wish_list SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS wish_list_owner ON wish_list FIELDS owner;
    DEFINE INDEX IF NOT EXISTS wish_list_share ON wish_list FIELDS share;
    ",
    // What shoppers looked at, what they don't want to see, and what is learnt from both.
    "
    DEFINE TABLE IF NOT EXISTS viewed TYPE RELATION IN customer OUT product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS dismissed TYPE RELATION IN customer OUT product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS viewed_with TYPE RELATION IN product OUT product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS trending SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS viewed_learning ON viewed FIELDS learning, at_ms;
    DEFINE INDEX IF NOT EXISTS viewed_at ON viewed FIELDS at_ms;
    ",
    // When a cart or a draft was written last. Those from before that was noted are as good as new.
    "
    DEFINE INDEX IF NOT EXISTS cart_written ON cart FIELDS written_day;
    DEFINE INDEX IF NOT EXISTS draft_written ON draft FIELDS written_day;
    UPDATE cart SET written_day = $today WHERE written_day = NONE RETURN NONE;
    UPDATE draft SET written_day = $today WHERE written_day = NONE RETURN NONE;
    ",
];

pub(super) async fn migrate(graph: &Graph) -> anyhow::Result<()> {
    for step in STEPS {
        graph.query(step, &[("today", today().into_value())]).await?;
    }
    Ok(())
}
