//! What stands on the lists of a customer, as edges `customer->saved->product` beside the lists: they are written in
//! the same transaction, and anew from the lists where that is asked for. An edge's id is made of its list's and of
//! the SKU, so that writing it twice leaves it there once.

use std::collections::HashSet;

use anyhow::bail;
use domain::account::AccountId;
use domain::browsing::Viewer;
use domain::catalog::Sku;
use domain::wish_list::{Wish, WishList, WishListId};
use surrealdb::types::{SurrealValue, Value};

use super::{GraphWishLists, MAX_ATTEMPTS};
use crate::graph::{Walk, object, record};

/// Lists that are read at once.
const PAGE_LISTS: usize = 200;

/// Edges that go, and what comes, of which what was never in the catalog leads nowhere.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) gone: Vec<Value>,
    pub(super) wishes: Vec<Value>,
}

impl Turn {
    /// From a list to the next one.
    pub(super) fn between(from: &WishList, list: &WishList) -> Self {
        let (known, wanted) = (skus_of(from), skus_of(list));
        let gone = known.difference(&wanted).map(|sku| record("saved", edge_id(list.id(), sku))).collect();
        let new = list.wishes().iter().filter(|wish| !known.contains(&wish.sku));
        Self { gone, wishes: new.map(|wish| row(list, wish)).collect() }
    }
}

/// The customer of the graph who has an account.
pub(super) fn customer_of(owner: AccountId) -> String {
    Viewer::Account(owner).to_string()
}

fn skus_of(list: &WishList) -> HashSet<&Sku> {
    list.wishes().iter().map(|wish| &wish.sku).collect()
}

fn edge_id(list: WishListId, sku: &Sku) -> String {
    format!("{list}/{sku}")
}

fn row(list: &WishList, wish: &Wish) -> Value {
    object([
        ("key", edge_id(list.id(), &wish.sku).into_value()),
        ("customer", record("customer", customer_of(list.owner()))),
        ("variant", record("variant", &wish.sku)),
        ("list", record("wish_list", list.id())),
        ("at_ms", wish.added_at.as_millisecond().into_value()),
    ])
}

impl GraphWishLists {
    /// Writes the edges of all lists anew, and takes off those of lists that are no more.
    pub(crate) async fn write_saved_anew(&self) -> anyhow::Result<()> {
        self.graph.query("DELETE saved WHERE list.owner = NONE", &[]).await?;
        let mut walk = Walk::through(&self.graph, "wish_list");
        loop {
            let ids = walk.next(PAGE_LISTS).await?;
            if ids.is_empty() {
                return Ok(());
            }
            let records: Vec<Value> = ids.iter().map(|id| record("wish_list", id)).collect();
            for list in self.find("$lists", &[("lists", records.into_value())]).await? {
                self.write_anew(list).await?;
            }
        }
    }

    /// Where the list is changed meanwhile, its edges are written from what it is then.
    async fn write_anew(&self, mut list: WishList) -> anyhow::Result<()> {
        let statements = "LET $gone = (SELECT VALUE id FROM $customer->saved WHERE list = $list); DELETE $gone;";
        let variables =
            [("customer", record("customer", customer_of(list.owner()))), ("list", record("wish_list", list.id()))];
        for _ in 0..MAX_ATTEMPTS {
            self.graph.query(statements, &variables).await?;
            let wishes = list.wishes().iter().map(|wish| row(&list, wish)).collect();
            if self.keep(&list, &list, Turn { gone: Vec::new(), wishes }).await? {
                return Ok(());
            }
            let Some(changed) = self.load(list.owner(), list.id()).await? else { return Ok(()) };
            list = changed;
        }
        bail!("a list was changed again and again")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;
    use domain::wish_list::WishChange;
    use domain::wish_list::ports::WishLists;
    use jiff::Timestamp;
    use uuid::Uuid;

    fn add(sku: &str) -> WishChange {
        let (sku, price) = (sku.parse().unwrap(), "24.50 GBP".parse().unwrap());
        let added_at = Timestamp::from_second(1_790_000_000).unwrap();
        WishChange::Add { wish: Wish { sku, is_chosen: true, price, added_at, note: None } }
    }

    async fn dump(graph: &Graph) -> String {
        let mut answer = graph.query("SELECT * FROM saved ORDER BY id", &[]).await.unwrap();
        format!("{:#?}", answer.rows::<Value>(0).unwrap())
    }

    async fn saved(graph: &Graph) -> Vec<String> {
        let statement = "SELECT VALUE record::id(out) FROM saved";
        let mut saved: Vec<String> = graph.query(statement, &[]).await.unwrap().rows(0).unwrap();
        saved.sort();
        saved
    }

    #[tokio::test]
    async fn the_edges_are_what_stands_on_the_lists_and_are_the_same_when_they_are_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().display()), None).await.unwrap();
        let variants =
            "CREATE variant:LAMP SET product = product:lamp; CREATE variant:STOOL SET product = product:stool;";
        graph.query(variants, &[]).await.unwrap();
        let lists = GraphWishLists::new(graph.clone());
        let [ada, bob] = [1, 2].map(|number| AccountId::new(Uuid::from_u128(number)));
        let first = lists.first(ada, "My list".parse().unwrap()).await.unwrap();
        let other = lists.open(bob, "Home".parse().unwrap()).await.unwrap();
        for (owner, list, sku) in
            [(ada, &first, "LAMP"), (ada, &first, "STOOL"), (ada, &first, "NEVER"), (bob, &other, "LAMP")]
        {
            lists.change(owner, list.id(), &add(sku)).await.unwrap();
        }
        assert_eq!(saved(&graph).await, ["lamp", "lamp", "stool"]);
        lists.change(ada, first.id(), &WishChange::Remove { sku: "STOOL".parse().unwrap() }).await.unwrap();
        assert_eq!(saved(&graph).await, ["lamp", "lamp"]);

        let before = dump(&graph).await;
        lists.write_saved_anew().await.unwrap();
        assert_eq!(dump(&graph).await, before, "what was right stays as it was");
        let vandalize = format!(
            "DELETE saved WHERE in = customer:`{}`;
             INSERT RELATION INTO saved [
                 {{ id: 'odd', in: customer:`{}`, out: product:stool, list: wish_list:`{}` }},
                 {{ id: 'gone', in: customer:nobody, out: product:stool, list: wish_list:gone }}];",
            customer_of(ada),
            customer_of(bob),
            other.id(),
        );
        graph.query(&vandalize, &[]).await.unwrap();
        assert_eq!(saved(&graph).await, ["lamp", "stool", "stool"]);
        lists.write_saved_anew().await.unwrap();
        assert_eq!(dump(&graph).await, before);

        lists.remove(bob, first.id()).await.unwrap();
        assert_eq!(dump(&graph).await, before, "a list is its owner's");
        lists.remove(ada, first.id()).await.unwrap();
        lists.forget(bob).await.unwrap();
        assert_eq!(saved(&graph).await, <[&str; 0]>::default());
        graph.close().await;
    }
}
