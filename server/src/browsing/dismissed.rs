//! What somebody does not want to see recommended.

use std::collections::HashSet;

use domain::browsing::{MAX_DISMISSED_PRODUCTS, Viewer};
use domain::catalog::ProductId;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::{GraphBrowsing, edge, edge_id};
use crate::graph::{object, record};

fn dismissed(viewer: &str, product: &ProductId) -> Value {
    record("dismissed", edge_id(viewer, product))
}

impl GraphBrowsing {
    pub(super) async fn put_away(&self, viewer: Viewer, product: &ProductId, now: Timestamp) -> anyhow::Result<()> {
        let viewer = viewer.to_string();
        self.write_dismissed(
            &viewer,
            &[edge(&viewer, product, now.as_millisecond())],
            vec![dismissed(&viewer, product)],
        )
        .await?;
        self.take_back_surplus(&viewer).await
    }

    async fn take_back_surplus(&self, viewer: &str) -> anyhow::Result<()> {
        let dismissals = self.dismissals(viewer).await?.into_iter();
        let surplus: Vec<Value> =
            dismissals.skip(MAX_DISMISSED_PRODUCTS).map(|(product, _)| dismissed(viewer, &product)).collect();
        if surplus.is_empty() {
            return Ok(());
        }
        self.graph.query("DELETE $surplus", &[("surplus", surplus.into_value())]).await.map(drop)
    }

    async fn write_dismissed(&self, viewer: &str, written: &[Value], replaced: Vec<Value>) -> anyhow::Result<()> {
        let statements = "BEGIN; INSERT IGNORE INTO customer $customer RETURN NONE; DELETE $replaced;
                          INSERT RELATION INTO dismissed $written RETURN NONE; COMMIT;";
        let variables = [
            ("customer", object([("id", viewer.to_owned().into_value())])),
            ("replaced", replaced.into_value()),
            ("written", written.to_vec().into_value()),
        ];
        self.graph.query(statements, &variables).await.map(drop)
    }

    pub(super) async fn take_back(&self, viewer: Viewer, product: &ProductId) -> anyhow::Result<()> {
        let edge = dismissed(&viewer.to_string(), product);
        self.graph.query("DELETE $edge", &[("edge", edge)]).await.map(drop)
    }

    pub(super) async fn read_dismissed(&self, viewer: &str) -> anyhow::Result<HashSet<ProductId>> {
        Ok(self.dismissals(viewer).await?.into_iter().map(|(product, _)| product).collect())
    }

    /// What was dismissed, the last first.
    async fn dismissals(&self, viewer: &str) -> anyhow::Result<Vec<(ProductId, Timestamp)>> {
        let statement = "SELECT VALUE { product: record::id(out), at_ms: at_ms } FROM $viewer->dismissed";
        let mut all: Vec<_> =
            self.read_edges(statement, viewer).await?.into_iter().map(|view| (view.product, view.at)).collect();
        all.sort_by(|(_, one), (_, other)| other.cmp(one));
        Ok(all)
    }

    /// Makes a guest's dismissals an account's.
    pub(super) async fn move_dismissed(&self, guest: Viewer, account: Viewer) -> anyhow::Result<()> {
        let (guest, account) = (guest.to_string(), account.to_string());
        let theirs = self.dismissals(&guest).await?;
        if theirs.is_empty() {
            return Ok(());
        }
        let (written, replaced): (Vec<Value>, Vec<Value>) = theirs
            .iter()
            .map(|(product, at)| (edge(&account, product, at.as_millisecond()), dismissed(&account, product)))
            .unzip();
        let gone = theirs.iter().map(|(product, _)| dismissed(&guest, product));
        self.write_dismissed(&account, &written, replaced.into_iter().chain(gone).collect()).await?;
        self.take_back_surplus(&account).await
    }
}

#[cfg(test)]
mod tests {
    use domain::account::AccountId;
    use domain::browsing::MAX_VIEWED_DAYS;
    use domain::browsing::ports::Browsing;
    use domain::cart::CartId;
    use jiff::ToSpan;
    use uuid::Uuid;

    use super::*;
    use crate::context::Databases;

    #[tokio::test]
    async fn somebody_dismisses_a_bounded_number_of_products_and_the_oldest_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql: _sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let browsing = GraphBrowsing::new(graph);
        let (account, guest) =
            (Viewer::Account(AccountId::new(Uuid::from_u128(1))), Viewer::Guest(CartId::new(Uuid::from_u128(2))));
        let begin: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let product = |number: usize| format!("product-{number}").parse::<ProductId>().unwrap();
        let dismiss = async |viewer: Viewer, number: usize| {
            let later = i64::try_from(number).unwrap().minutes();
            browsing.put_away(viewer, &product(number), begin + later).await.unwrap();
        };
        let dismissed = async |viewer: Viewer| browsing.read_dismissed(&viewer.to_string()).await.unwrap();

        for number in 0..MAX_DISMISSED_PRODUCTS {
            dismiss(account, number).await;
        }
        let all = dismissed(account).await;
        assert!(all.len() == MAX_DISMISSED_PRODUCTS && all.contains(&product(0)));
        dismiss(account, MAX_DISMISSED_PRODUCTS).await;
        let newest = dismissed(account).await;
        assert!(newest.len() == MAX_DISMISSED_PRODUCTS && !newest.contains(&product(0)));

        // So it is with what a guest brings along.
        dismiss(guest, MAX_DISMISSED_PRODUCTS + 1).await;
        browsing.move_dismissed(guest, account).await.unwrap();
        let joined = dismissed(account).await;
        assert!(joined.len() == MAX_DISMISSED_PRODUCTS && joined.contains(&product(MAX_DISMISSED_PRODUCTS + 1)));
        assert!(!joined.contains(&product(1)) && dismissed(guest).await.is_empty());
        browsing.graph.close().await;
    }

    #[tokio::test]
    async fn nothing_is_left_of_a_guest_who_stays_away() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql: _sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let browsing = GraphBrowsing::new(graph);
        let guest = |number| Viewer::Guest(CartId::new(Uuid::from_u128(number)));
        let (stays_away, comes_back) = (guest(1), guest(2));
        let account = Viewer::Account(AccountId::new(Uuid::from_u128(3)));
        let begin: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let [lamp, shade] = ["lamp", "shade"].map(|name| name.parse::<ProductId>().unwrap());
        for viewer in [stays_away, comes_back, account] {
            browsing.put_away(viewer, &lamp, begin).await.unwrap();
            browsing.note(viewer, &shade, begin);
            assert_eq!(browsing.load(viewer, begin).await.unwrap().views().len(), 1);
        }
        let later = begin + (24 * (MAX_VIEWED_DAYS + 1)).hours();
        browsing.note(comes_back, &shade, later);
        assert_eq!(browsing.load(comes_back, later).await.unwrap().views().len(), 1);
        browsing.forget_old(later).await.unwrap();
        let ends = "SELECT VALUE record::id(id) FROM customer; SELECT VALUE record::id(in) FROM viewed;
                    SELECT VALUE record::id(in) FROM dismissed;";
        let mut left = browsing.graph.query(ends, &[]).await.unwrap();
        let mut left = [0, 1, 2].map(|statement| left.rows::<String>(statement).unwrap());
        left[0].sort();
        let mut who = [comes_back.to_string(), account.to_string()];
        who.sort();
        assert_eq!(left[0], who);
        assert_eq!(left[1], [comes_back.to_string()]);
        assert_eq!(left[2], [account.to_string()], "what an account does not want to see is not forgotten");
        browsing.graph.close().await;
    }
}
