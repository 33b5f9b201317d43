//! What the server keeps of orders.

use async_trait::async_trait;

use super::letter::{LetterId, LetterPage, LetterQuery, WrittenLetter};
use super::{Order, OrderAccess, OrderNumber, OrderPage, OrderQuery};
use crate::account::AccountId;
use crate::checkout::Email;
use crate::mail::Letter;

/// Orders can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("orders can't be read at the moment")]
pub struct OrdersUnavailable;

#[async_trait]
pub trait Orders: Send + Sync {
    /// The order, for somebody who bears its access; `None` for everybody else.
    async fn read(&self, number: OrderNumber, access: &OrderAccess) -> Result<Option<Order>, OrdersUnavailable>;

    /// The order with its access, for who bears that and for the account that it belongs to; `None` alike for an
    /// unknown number and for a wrong access.
    async fn read_for(
        &self,
        number: OrderNumber,
        access: Option<OrderAccess>,
        owner: Option<AccountId>,
    ) -> Result<Option<(Order, OrderAccess)>, OrdersUnavailable> {
        let access = match (access, owner) {
            (Some(access), _) => Some(access),
            (None, Some(owner)) => self.find_own(owner, number).await?,
            (None, None) => None,
        };
        let Some(access) = access else { return Ok(None) };
        Ok(self.read(number, &access).await?.map(|order| (order, access)))
    }

    /// The access to an order, for somebody who knows its number and the e-mail it was placed
    /// with; `None` alike for a wrong number and a wrong e-mail.
    async fn find(&self, number: OrderNumber, email: &Email) -> Result<Option<OrderAccess>, OrdersUnavailable>;

    /// One page of an account's orders.
    async fn list(&self, owner: AccountId, query: &OrderQuery) -> Result<OrderPage, OrdersUnavailable>;

    /// The access to an order, for the account that it belongs to; `None` for everybody else.
    async fn find_own(&self, owner: AccountId, number: OrderNumber) -> Result<Option<OrderAccess>, OrdersUnavailable>;

    /// Whether an order that somebody bears the access to could become an account's: nobody's yet, and
    /// placed with the account's e-mail address.
    async fn can_claim(
        &self,
        email: &Email,
        number: OrderNumber,
        access: &OrderAccess,
    ) -> Result<bool, OrdersUnavailable>;

    /// Makes every order that is nobody's yet and was placed with a proved e-mail address the account's
    /// that it was proved for.
    async fn claim(&self, owner: AccountId, email: &Email) -> Result<(), OrdersUnavailable>;
}

/// The letters about orders, for those who run the store.
#[async_trait]
pub trait OrderLetters: Send + Sync {
    /// A page of the letters that were handed over.
    async fn list(&self, query: &LetterQuery) -> Result<LetterPage, OrdersUnavailable>;

    /// A letter that was handed over, as it reads for its order now.
    async fn read(&self, id: LetterId) -> Result<Option<(WrittenLetter, Letter)>, OrdersUnavailable>;
}
