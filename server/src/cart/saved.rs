//! What the owners of carts have saved for later leads on as what stands on their lists does, as edges
//! `customer->saved->product`: they are written with the cart, and anew from the carts where that is asked for.

use anyhow::bail;
use domain::account::AccountId;
use domain::cart::{CART_DAYS, Cart, CartId, MAX_CHANGE_ATTEMPTS};
use domain::catalog::Sku;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCarts;
use crate::graph::{from_value, today};
use crate::sql::now_ms;
use crate::wish_list::{Holder, Turn};

/// A cart and the account that it belongs to.
#[derive(serde::Deserialize)]
struct Owned {
    cart: CartId,
    owner: AccountId,
}

/// From a cart to the next one.
pub(super) fn turn(holder: &Holder, from: &Cart, cart: &Cart) -> Turn {
    let now = now_ms();
    Turn::between(holder, skus_of(from), skus_of(cart).map(|sku| (sku, now)))
}

fn skus_of(cart: &Cart) -> impl Iterator<Item = &Sku> {
    cart.saved().iter().map(|line| &line.sku)
}

impl GraphCarts {
    async fn owned(&self, also: &str, variables: &[(&str, Value)]) -> anyhow::Result<Vec<Owned>> {
        let statement =
            format!("SELECT VALUE {{ cart: record::id(id), owner: owner }} FROM cart WHERE owner != NONE {also}");
        let rows = self.graph.query(&statement, variables).await?.rows::<Value>(0)?;
        rows.into_iter().map(from_value).collect()
    }

    /// Takes off the edges of carts that are forgotten, because nobody changed them for long.
    pub(super) async fn clear_left(&self) -> anyhow::Result<()> {
        let oldest = [("oldest", (today() - CART_DAYS).into_value())];
        for Owned { cart, owner } in self.owned("AND written_day > 0 AND written_day < $oldest", &oldest).await? {
            Holder::cart(cart, owner).clear(&self.graph, std::iter::empty()).await?;
        }
        Ok(())
    }

    /// Writes the edges of all carts that have an owner anew; those that are right stay as they are.
    pub(crate) async fn write_saved_anew(&self) -> anyhow::Result<()> {
        for owned in self.owned("", &[]).await? {
            self.write_anew(owned).await?;
        }
        Ok(())
    }

    /// Where the cart is changed meanwhile, its edges are written from what it is then.
    async fn write_anew(&self, Owned { cart: id, owner }: Owned) -> anyhow::Result<()> {
        let holder = Holder::cart(id, owner);
        for _ in 0..MAX_CHANGE_ATTEMPTS {
            let cart = self.load(id).await?;
            holder.clear(&self.graph, skus_of(&cart)).await?;
            let turn = turn(&holder, &Cart::default(), &cart);
            if turn.is_nothing() || self.keep_owned((id, owner), cart.version(), &cart, turn).await? {
                return Ok(());
            }
        }
        bail!("a cart was changed again and again")
    }
}

#[cfg(test)]
mod tests {
    use domain::cart::CartChange;
    use domain::cart::ports::Carts;
    use uuid::Uuid;

    use super::*;
    use crate::graph::Graph;

    fn sku(name: &str) -> Sku {
        name.parse().unwrap()
    }

    async fn saved(graph: &Graph) -> Vec<String> {
        let statement = "SELECT VALUE record::id(out) FROM saved";
        let mut saved: Vec<String> = graph.query(statement, &[]).await.unwrap().rows(0).unwrap();
        saved.sort();
        saved
    }

    async fn dump(graph: &Graph) -> String {
        let mut answer = graph.query("SELECT * FROM saved ORDER BY id", &[]).await.unwrap();
        format!("{:#?}", answer.rows::<Value>(0).unwrap())
    }

    #[tokio::test]
    async fn the_edges_are_what_owners_saved_for_later_and_go_with_their_carts() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().display()), None).await.unwrap();
        let variants =
            "CREATE variant:LAMP SET product = product:lamp; CREATE variant:STOOL SET product = product:stool;";
        graph.query(variants, &[]).await.unwrap();
        let carts = GraphCarts::new(graph.clone());
        let [mine, guest] = [1, 2].map(|number| CartId::new(Uuid::from_u128(number)));
        let ada = AccountId::new(Uuid::from_u128(3));
        let put_aside = async |cart: CartId, owner: Option<AccountId>, name: &str| {
            for change in [
                CartChange::Add { sku: sku(name), quantity: "1".parse().unwrap() },
                CartChange::SaveForLater { sku: sku(name) },
            ] {
                carts.change(cart, owner, None, &change).await.unwrap();
            }
        };
        put_aside(guest, None, "STOOL").await;
        assert_eq!(saved(&graph).await, <[&str; 0]>::default(), "nobody knows whose it is");
        put_aside(mine, Some(ada), "LAMP").await;
        put_aside(mine, Some(ada), "NEVER").await;
        assert_eq!(saved(&graph).await, ["lamp"]);
        carts.join(guest, mine, ada).await.unwrap();
        carts.join(guest, mine, ada).await.unwrap();
        assert_eq!(saved(&graph).await, ["lamp", "stool"]);

        let before = dump(&graph).await;
        carts.write_saved_anew().await.unwrap();
        assert_eq!(dump(&graph).await, before, "what was right stays as it was");
        let lost = "LET $gone = (SELECT VALUE id FROM saved WHERE out = product:lamp); DELETE $gone;";
        graph.query(lost, &[]).await.unwrap();
        carts.write_saved_anew().await.unwrap();
        assert_eq!(saved(&graph).await, ["lamp", "stool"]);

        carts.change(mine, Some(ada), None, &CartChange::MoveToCart { sku: sku("LAMP") }).await.unwrap();
        assert_eq!(saved(&graph).await, ["stool"]);
        carts.change(mine, Some(ada), None, &CartChange::RemoveSaved { sku: sku("STOOL") }).await.unwrap();
        assert_eq!(saved(&graph).await, <[&str; 0]>::default());

        put_aside(mine, Some(ada), "STOOL").await;
        carts.forget_left().await.unwrap();
        assert_eq!(saved(&graph).await, ["stool"]);
        graph.query(&format!("UPDATE cart SET written_day -= {}", CART_DAYS + 1), &[]).await.unwrap();
        carts.forget_left().await.unwrap();
        assert_eq!(saved(&graph).await, <[&str; 0]>::default());
        graph.close().await;
    }
}
