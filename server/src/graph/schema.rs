//! The graph's schema, as steps that run at start, in order, each of which can be run again.

use surrealdb::types::SurrealValue;

use super::{Graph, today};

/// Tables are schemaless where the domain's own door checks every record that is read.
const STEPS: [&str; 13] = [
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
    // What guests dismissed is forgotten after a while.
    "
    DEFINE INDEX IF NOT EXISTS dismissed_at ON dismissed FIELDS at_ms;
    ",
    // When a cart or a draft was written last. Those from before that was noted are as good as new.
    "
    DEFINE INDEX IF NOT EXISTS cart_written ON cart FIELDS written_day;
    DEFINE INDEX IF NOT EXISTS draft_written ON draft FIELDS written_day;
    UPDATE cart SET written_day = $today WHERE written_day = NONE RETURN NONE;
    UPDATE draft SET written_day = $today WHERE written_day = NONE RETURN NONE;
    ",
    // What is no longer sold is in no category. What was withdrawn before that was so leaves it, once: to look for it
    // is to read every product.
    "
    DEFINE TABLE IF NOT EXISTS mended SCHEMALESS;
    IF (SELECT VALUE id FROM mended:withdrawn) = [] {
        LET $left = array::flatten((SELECT VALUE <-contains FROM product WHERE document.withdrawn = true));
        DELETE $left;
        UPSERT mended:withdrawn RETURN NONE;
    };
    ",
    // Pictures that customers add to their reviews.
    "
    DEFINE TABLE IF NOT EXISTS post_picture SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS post_picture_post ON post_picture FIELDS post;
    ",
    // Whoever took away what a person was to look at, or had rejected.
    "
    DEFINE TABLE IF NOT EXISTS post_removed SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS post_removed_author ON post_removed FIELDS author;
    ",
    // What is bought after what, and what customers have on their lists.
    "
    DEFINE TABLE IF NOT EXISTS then_bought TYPE RELATION IN product OUT product SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS saved TYPE RELATION IN customer OUT product SCHEMALESS;
    ",
    // What is sold of products stood in their own records before.
    "
    DEFINE TABLE IF NOT EXISTS demand SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS demand_changed ON demand FIELDS changed_ms;
    IF (SELECT VALUE id FROM mended:demand) = [] {
        INSERT IGNORE INTO demand (
            SELECT record::id(id) AS id, sold_units, interest, changed_ms FROM product
            WHERE sold_units > 0 OR interest > 0
        ) RETURN NONE;
        UPSERT mended:demand RETURN NONE;
    };
    ",
];

pub(super) async fn migrate(graph: &Graph) -> anyhow::Result<()> {
    for step in STEPS {
        graph.query(step, &[("today", today().into_value())]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A graph as an older store left it; it lasts as long as its folder.
    async fn left(statements: &str) -> (TempDir, Graph) {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().display()), None).await.unwrap();
        graph.query("DELETE mended", &[]).await.unwrap();
        graph.query(statements, &[]).await.unwrap();
        (folder, graph)
    }

    /// Where the edges of categories and orders lead to.
    async fn contained(graph: &Graph) -> Vec<String> {
        let statement = "SELECT VALUE record::id(in) + ' -> ' + record::id(out) FROM contains";
        graph.query(statement, &[]).await.unwrap().rows(0).unwrap()
    }

    #[tokio::test]
    async fn what_was_withdrawn_and_stayed_in_its_category_leaves_it() {
        let statements = "
            INSERT INTO product [{ id: 'LAMP', document: { withdrawn: true } },
                                 { id: 'STOOL', document: { withdrawn: false } }];
            INSERT RELATION INTO contains [
                { id: 'LAMP', in: category:home, out: product:LAMP },
                { id: 'STOOL', in: category:home, out: product:STOOL },
                { id: 'order/LAMP', in: `order`:first, out: variant:LAMP }];";
        let (_folder, graph) = left(statements).await;
        assert_eq!(contained(&graph).await.len(), 3);
        for _ in 0..2 {
            migrate(&graph).await.unwrap();
            let mut contained = contained(&graph).await;
            contained.sort();
            assert_eq!(contained, ["first -> LAMP", "home -> STOOL"]);
        }
        graph.close().await;
    }

    #[tokio::test]
    async fn what_products_said_of_demand_is_kept_beside_them_once() {
        let statements = "
            INSERT INTO product [{ id: 'LAMP', sold_units: 3, changed_ms: 7 }, { id: 'BENCH', interest: 2 },
                                 { id: 'STOOL', sold_units: 0 }];";
        let (_folder, graph) = left(statements).await;
        for units in [3, 5] {
            migrate(&graph).await.unwrap();
            let told = "SELECT VALUE record::id(id) + ' ' + <string>(sold_units ?? 0) + ' ' + <string>(interest ?? 0)
                        FROM demand";
            let mut told: Vec<String> = graph.query(told, &[]).await.unwrap().rows(0).unwrap();
            told.sort();
            assert_eq!(told, ["BENCH 0 2".to_owned(), format!("LAMP {units} 0")]);
            graph.query("UPDATE demand:LAMP SET sold_units = 5", &[]).await.unwrap();
        }
        graph.close().await;
    }
}
