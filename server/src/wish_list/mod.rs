//! Wish list: keeps lists in the graph, one record under the list's own id. Only this module writes the
//! table `wish_list` and words the edges `customer->saved->product`, where recommendations begin, also for what is
//! saved for later in carts. Every reading and writing of a list names its owner, or the key that it is shared with;
//! a change is written only over the version that it was applied to.

mod saved;

use anyhow::Context;
use async_trait::async_trait;
use domain::account::AccountId;
use domain::review::PublicName;
use domain::wish_list::ports::WishLists;
use domain::wish_list::{MAX_LISTS, Share, ShareKey, WishChange, WishList, WishListError, WishListId, WishListName};
use surrealdb::types::{SurrealValue, Value};
use uuid::Uuid;

use crate::fault::at_boundary;
use crate::graph::{Graph, from_value, object, record, to_value};
use crate::sql::now_ms;
use saved::customer_of;
pub(crate) use saved::{Holder, Turn, WRITE_SAVED};

/// How often a change is applied again because somebody else was faster.
const MAX_ATTEMPTS: u32 = 16;

#[derive(Debug, Clone)]
pub(crate) struct GraphWishLists {
    graph: Graph,
}

impl GraphWishLists {
    pub(crate) const fn new(graph: Graph) -> Self {
        Self { graph }
    }

    async fn find(&self, condition: &str, variables: &[(&str, Value)]) -> anyhow::Result<Vec<WishList>> {
        let statement = format!(
            "SELECT VALUE {{ document: document, opened_ms: opened_ms, id: id }} FROM {condition} ORDER BY opened_ms, id"
        );
        #[derive(serde::Deserialize)]
        struct Row {
            document: WishList,
        }
        let mut answer = self.graph.query(&statement, variables).await?;
        let rows = answer.rows::<Value>(0)?.into_iter().map(from_value::<Row>);
        rows.map(|row| row.map(|row| row.document)).collect()
    }

    async fn lists_of(&self, owner: AccountId) -> anyhow::Result<Vec<WishList>> {
        self.find("wish_list WHERE owner = $owner", &[("owner", owner.to_string().into_value())]).await
    }

    async fn load(&self, owner: AccountId, id: WishListId) -> anyhow::Result<Option<WishList>> {
        let variables = [("list", record("wish_list", id)), ("owner", owner.to_string().into_value())];
        Ok(self.find("$list WHERE owner = $owner", &variables).await?.pop())
    }

    async fn insert(&self, list: &WishList) -> anyhow::Result<()> {
        let row = object([
            ("id", list.id().to_string().into_value()),
            ("owner", list.owner().to_string().into_value()),
            ("opened_ms", now_ms().into_value()),
            ("document", to_value(list)?),
        ]);
        self.graph.query("INSERT IGNORE INTO wish_list $row RETURN NONE", &[("row", row)]).await.map(drop)
    }

    /// Writes a list over the version it was made from, and its edges; `false` when that version is gone.
    async fn keep(&self, from: &WishList, list: &WishList, turn: Turn) -> anyhow::Result<bool> {
        // One statement is one transaction.
        let statement = format!(
            "RETURN IF (SELECT VALUE document.version FROM ONLY $list WHERE owner = $owner) = $from {{
                UPDATE $list SET document = $document, share = $share RETURN NONE;
                {WRITE_SAVED}
                true
            }} ELSE {{ false }};"
        );
        let [customer, gone, wishes] = turn.variables();
        let variables = [
            ("list", record("wish_list", list.id())),
            ("owner", list.owner().to_string().into_value()),
            ("share", list.share().map(|share| share.key.to_string()).into_value()),
            ("document", to_value(list)?),
            ("from", i64::from(from.version()).into_value()),
            customer,
            gone,
            wishes,
        ];
        let mut answer = self.graph.query(&statement, &variables).await?;
        answer.one(0)?.context("a list was written without an answer")
    }

    async fn delete(&self, owner: AccountId, id: WishListId) -> anyhow::Result<()> {
        let statements = "
            BEGIN;
            LET $gone = (SELECT VALUE id FROM $customer->saved WHERE list = $list);
            DELETE $gone;
            DELETE $list WHERE owner = $owner;
            COMMIT;
        ";
        let variables = [
            ("list", record("wish_list", id)),
            ("owner", owner.to_string().into_value()),
            ("customer", record("customer", customer_of(owner))),
        ];
        self.graph.query(statements, &variables).await.map(drop)
    }

    /// Removes every list of an account; can be done again.
    pub(crate) async fn forget(&self, owner: AccountId) -> anyhow::Result<()> {
        let statements = "
            BEGIN;
            LET $gone = (SELECT VALUE id FROM $customer->saved);
            DELETE $gone;
            DELETE wish_list WHERE owner = $owner;
            COMMIT;
        ";
        let variables =
            [("owner", owner.to_string().into_value()), ("customer", record("customer", customer_of(owner)))];
        self.graph.query(statements, &variables).await.map(drop)
    }
}

/// The key of the list that is opened by itself: two devices that do so at once open one.
fn first_id(owner: AccountId) -> WishListId {
    let mut bytes = [0; 16];
    blake3::Hasher::new()
        .update(b"first wish list ")
        .update(owner.to_string().as_bytes())
        .finalize_xof()
        .fill(&mut bytes);
    WishListId::new(Uuid::from_bytes(bytes))
}

fn reached<T>(done: anyhow::Result<T>) -> Result<T, WishListError> {
    at_boundary(done, WishListError::Unavailable)
}

#[async_trait]
impl WishLists for GraphWishLists {
    async fn all_of(&self, owner: AccountId) -> Result<Vec<WishList>, WishListError> {
        reached(self.lists_of(owner).await)
    }

    async fn first(&self, owner: AccountId, name: WishListName) -> Result<WishList, WishListError> {
        if let Some(first) = self.all_of(owner).await?.into_iter().next() {
            return Ok(first);
        }
        let id = first_id(owner);
        reached(self.insert(&WishList::new(id, owner, name)).await)?;
        self.read(owner, id).await?.ok_or(WishListError::NoSuchList)
    }

    async fn read(&self, owner: AccountId, id: WishListId) -> Result<Option<WishList>, WishListError> {
        reached(self.load(owner, id).await)
    }

    async fn shared(&self, key: ShareKey) -> Result<Option<WishList>, WishListError> {
        let share = [("share", key.to_string().into_value())];
        Ok(reached(self.find("wish_list WHERE share = $share", &share).await)?.pop())
    }

    async fn open(&self, owner: AccountId, name: WishListName) -> Result<WishList, WishListError> {
        if self.all_of(owner).await?.len() >= MAX_LISTS {
            return Err(WishListError::TooManyLists);
        }
        let list = WishList::new(WishListId::new(Uuid::new_v4()), owner, name);
        reached(self.insert(&list).await)?;
        Ok(list)
    }

    async fn change(&self, owner: AccountId, id: WishListId, change: &WishChange) -> Result<WishList, WishListError> {
        for _ in 0..MAX_ATTEMPTS {
            let list = self.read(owner, id).await?.ok_or(WishListError::NoSuchList)?;
            let next = list.apply(change)?;
            if reached(self.keep(&list, &next, Turn::of_lists(&list, &next)).await)? {
                return Ok(next);
            }
        }
        Err(WishListError::Changed)
    }

    async fn share(&self, owner: AccountId, id: WishListId, by: PublicName) -> Result<WishList, WishListError> {
        let share = Share { key: ShareKey::new(Uuid::new_v4()), by };
        self.change(owner, id, &WishChange::Share { share }).await
    }

    async fn remove(&self, owner: AccountId, id: WishListId) -> Result<(), WishListError> {
        reached(self.delete(owner, id).await)
    }
}
