//! What the server keeps of wish lists.

use async_trait::async_trait;

use super::{ShareKey, WishChange, WishList, WishListError, WishListId, WishListName};
use crate::account::AccountId;
use crate::review::PublicName;

#[async_trait]
pub trait WishLists: Send + Sync {
    /// The lists of a customer, the one that was opened first at the top.
    async fn all_of(&self, owner: AccountId) -> Result<Vec<WishList>, WishListError>;

    /// The list at the top. Where there is none it is opened, once, however many ask for it at the same moment.
    async fn first(&self, owner: AccountId, name: WishListName) -> Result<WishList, WishListError>;

    /// A list of the customer; another one's is not found.
    async fn read(&self, owner: AccountId, id: WishListId) -> Result<Option<WishList>, WishListError>;

    /// The list that is shared with a key.
    async fn shared(&self, key: ShareKey) -> Result<Option<WishList>, WishListError>;

    /// Opens a list.
    async fn open(&self, owner: AccountId, name: WishListName) -> Result<WishList, WishListError>;

    /// Applies a change to a list of the customer, to whatever it is by then.
    async fn change(&self, owner: AccountId, id: WishListId, change: &WishChange) -> Result<WishList, WishListError>;

    /// Shares a list of the customer by a key that nobody can guess; others read whose it is.
    async fn share(&self, owner: AccountId, id: WishListId, by: PublicName) -> Result<WishList, WishListError>;

    /// Removes a list of the customer; another one's stays.
    async fn remove(&self, owner: AccountId, id: WishListId) -> Result<(), WishListError>;
}
