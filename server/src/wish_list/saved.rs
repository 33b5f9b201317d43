//! What customers saved, as edges `customer->saved->product`: what stands on their lists, and what they put aside in
//! their carts. The edges are written in the transaction that writes their list or cart, and anew from those where that
//! is asked for. An edge's id is made of its holder's and of the SKU, so that writing it twice leaves it there once.

use std::collections::HashSet;

use anyhow::bail;
use domain::account::AccountId;
use domain::browsing::Viewer;
use domain::cart::CartId;
use domain::catalog::Sku;
use domain::wish_list::{WishList, WishListId};
use surrealdb::types::{SurrealValue, Value};

use super::{GraphWishLists, MAX_ATTEMPTS};
use crate::graph::{Graph, Walk, object, record};

/// Lists that are read at once.
const PAGE_LISTS: usize = 200;

/// Writes a [`Turn`], among the statements that keep its holder: what was never in the catalog leads nowhere.
pub(crate) const WRITE_SAVED: &str = "
    DELETE $gone RETURN NONE;
    INSERT IGNORE INTO customer $customer RETURN NONE;
    INSERT RELATION IGNORE INTO saved
        (SELECT VALUE { id: key, in: customer, out: variant.product, list: list, at_ms: at_ms }
         FROM $wishes WHERE variant.product != NONE)
        RETURN NONE;
";

/// What holds things that an account saved.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    owner: AccountId,
    table: &'static str,
    key: String,
}

impl Holder {
    pub(super) fn list(list: WishListId, owner: AccountId) -> Self {
        Self { owner, table: "wish_list", key: list.to_string() }
    }

    pub(crate) fn cart(cart: CartId, owner: AccountId) -> Self {
        Self { owner, table: "cart", key: cart.to_string() }
    }

    fn customer(&self) -> Value {
        record("customer", customer_of(self.owner))
    }

    fn record(&self) -> Value {
        record(self.table, &self.key)
    }

    fn edge_id(&self, sku: &Sku) -> String {
        format!("{}/{sku}", self.key)
    }

    fn row(&self, sku: &Sku, at_ms: i64) -> Value {
        object([
            ("key", self.edge_id(sku).into_value()),
            ("customer", self.customer()),
            ("variant", record("variant", sku)),
            ("list", self.record()),
            ("at_ms", at_ms.into_value()),
        ])
    }

    /// Takes all edges off but those of some SKUs.
    pub(crate) async fn clear<'a>(&self, graph: &Graph, but: impl Iterator<Item = &'a Sku>) -> anyhow::Result<()> {
        let statements =
            "LET $gone = (SELECT VALUE id FROM $customer->saved WHERE list = $list AND id NOTINSIDE $kept);
            DELETE $gone;";
        let kept: Vec<Value> = but.map(|sku| record("saved", self.edge_id(sku))).collect();
        let variables = [("customer", self.customer()), ("list", self.record()), ("kept", kept.into_value())];
        graph.query(statements, &variables).await.map(drop)
    }
}

/// Edges that go, and what comes.
#[derive(Debug)]
pub(crate) struct Turn {
    customer: Value,
    gone: Vec<Value>,
    wishes: Vec<Value>,
}

impl Turn {
    /// From what a holder had to what it has, each with when it came, in milliseconds.
    pub(crate) fn between<'a>(
        holder: &Holder,
        had: impl Iterator<Item = &'a Sku>,
        has: impl Iterator<Item = (&'a Sku, i64)>,
    ) -> Self {
        let (had, has): (HashSet<&Sku>, Vec<(&Sku, i64)>) = (had.collect(), has.collect());
        let kept: HashSet<&Sku> = has.iter().map(|(sku, _)| *sku).collect();
        let gone = had.difference(&kept).map(|sku| record("saved", holder.edge_id(sku))).collect();
        let new = has.iter().filter(|(sku, _)| !had.contains(sku));
        let wishes = new.map(|(sku, at_ms)| holder.row(sku, *at_ms)).collect();
        Self { customer: object([("id", customer_of(holder.owner).into_value())]), gone, wishes }
    }

    /// From a list to the next one.
    pub(super) fn of_lists(from: &WishList, list: &WishList) -> Self {
        let wishes = list.wishes().iter().map(|wish| (&wish.sku, wish.added_at.as_millisecond()));
        Self::between(&Holder::list(list.id(), list.owner()), from.wishes().iter().map(|wish| &wish.sku), wishes)
    }

    pub(crate) const fn is_nothing(&self) -> bool {
        self.gone.is_empty() && self.wishes.is_empty()
    }

    /// Of [`WRITE_SAVED`].
    pub(crate) fn variables(self) -> [(&'static str, Value); 3] {
        [("customer", self.customer), ("gone", self.gone.into_value()), ("wishes", self.wishes.into_value())]
    }
}

/// The customer of the graph who has an account.
pub(super) fn customer_of(owner: AccountId) -> String {
    Viewer::Account(owner).to_string()
}

impl GraphWishLists {
    /// Writes the edges of all lists anew, and takes off those of lists and carts that are no more.
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
        for _ in 0..MAX_ATTEMPTS {
            let holder = Holder::list(list.id(), list.owner());
            holder.clear(&self.graph, std::iter::empty()).await?;
            let wishes = list.wishes().iter().map(|wish| (&wish.sku, wish.added_at.as_millisecond()));
            let turn = Turn::between(&holder, std::iter::empty(), wishes);
            if self.keep(&list, &list, turn).await? {
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
    use domain::wish_list::ports::WishLists;
    use domain::wish_list::{Wish, WishChange};
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
