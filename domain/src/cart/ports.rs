//! What the server keeps of carts.

use async_trait::async_trait;

use super::{Cart, CartChange, CartError, CartId, CartVersion};
use crate::account::AccountId;

#[async_trait]
pub trait Carts: Send + Sync {
    /// The cart under an id; an unknown id is an empty cart.
    async fn read(&self, id: CartId) -> Result<Cart, CartError>;

    /// Applies a change to the cart and keeps it. With `seen`, only if the cart still has that
    /// version, else [`CartError::Changed`]; without, to whatever the cart is by then. What the `owner` of
    /// the cart, who is signed in, has saved for later is known to be theirs from then on.
    async fn change(
        &self,
        id: CartId,
        owner: Option<AccountId>,
        seen: Option<CartVersion>,
        change: &CartChange,
    ) -> Result<Cart, CartError>;

    /// Moves what a guest's cart holds into that of an account, its `owner`, once, whoever else changes either or
    /// asks for the same at the same time. Answers the account's cart.
    async fn join(&self, guest: CartId, account: CartId, owner: AccountId) -> Result<Cart, CartError>;
}
