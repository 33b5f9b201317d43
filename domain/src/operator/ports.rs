//! What the server does for those who run the store.

use async_trait::async_trait;

use super::{AccountSheet, Deed, DeedReason, DeskError, EventId, Findings, OrderSheet, OrdersQuery, Trouble};
use crate::account::{AccountError, AccountId, Client, Password};
use crate::checkout::Email;
use crate::inventory::Reference;
use crate::order::{Order, OrderNumber, OrderPage, OrderState};
use crate::payment::aftermath::RefundId;
use crate::payment::book::{Balance, BookPage, BookQuery, OwedToSeller};
use crate::payment::gift_card::{GiftCardId, GiftCardPage};
use crate::payment::{MovementError, MovementRequest, Progress, TransferError, TransferKind};
use crate::pricing::Money;

#[async_trait]
pub trait Desk: Send + Sync {
    /// All that waits for an operator.
    async fn trouble(&self) -> Result<Trouble, DeskError>;

    /// Lets the store go on with a purchase that was set aside.
    async fn resume(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError>;

    /// Gives a purchase up that was set aside and is not paid.
    async fn undo(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError>;

    /// Ends a purchase that was set aside without asking the gateway any more: the operator has seen to it
    /// that it holds no money.
    async fn settle_by_hand(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError>;

    /// Lets an event that failed too often be delivered again, as if it had never failed.
    async fn revive(&self, event: &EventId, by: &Reference) -> Result<(), DeskError>;

    /// Gives an event up that failed too often: nobody hears of it.
    async fn drop_event(&self, event: &EventId, by: &Reference) -> Result<(), DeskError>;

    /// Has a refund that failed made once more, and answers how far it is. Asking again refunds nothing more.
    async fn repeat_refund(&self, refund: &RefundId, by: &Reference) -> Result<Progress, DeskError>;

    /// Notes that what a failed refund owes was paid to the shopper in another way.
    async fn settle_refund(&self, refund: &RefundId, by: &Reference) -> Result<(), DeskError>;

    /// What operators did lately, the newest first.
    async fn deeds(&self) -> Result<Vec<Deed>, DeskError>;

    /// What each account of the ledger holds.
    async fn balances(&self) -> Result<Vec<Balance>, DeskError>;

    /// What is owed to sellers: to those first who are owed most, and to at most
    /// [`crate::payment::book::SELLERS_SHOWN`] of them.
    async fn owed_to_sellers(&self) -> Result<Vec<OwedToSeller>, DeskError>;

    /// A page of the ledger's postings: the newest, or those before one of them.
    async fn postings(&self, query: &BookQuery) -> Result<BookPage, DeskError>;

    /// A page of the gift cards that were made: the newest, or those before one of them.
    async fn gift_cards(&self, before: Option<GiftCardId>) -> Result<GiftCardPage, DeskError>;

    /// Proves that stock, orders, payments and the ledger agree, or says what does not.
    async fn audit(&self) -> Result<Findings, DeskError>;
}

#[async_trait]
pub trait OrderDesk: Send + Sync {
    /// A page of all orders, the newest first.
    async fn list(&self, query: &OrdersQuery) -> Result<OrderPage, DeskError>;

    /// How many orders were placed on the day that it is in the store.
    async fn count_today(&self) -> Result<u32, DeskError>;

    /// An order alone, with the moments of its steps.
    async fn order(&self, number: OrderNumber) -> Result<Option<Order>, DeskError>;

    /// An order with all that happened to it.
    async fn find(&self, number: OrderNumber) -> Result<Option<OrderSheet>, DeskError>;

    /// Captures or refunds, and answers how far it is: from then on it is done, whatever else fails. Asking
    /// again under one id moves nothing more and answers the same.
    async fn move_money(&self, request: &MovementRequest, by: &Reference) -> Result<Progress, MovementError>;

    /// Notes that an amount was transferred for the invoice of an order, as it was typed: it is all that is owed, or
    /// nothing is noted. Answers how much.
    async fn note_transfer(
        &self,
        number: OrderNumber,
        kind: TransferKind,
        typed: &str,
        by: &Reference,
    ) -> Result<Money, TransferError>;

    /// Marks an order as sent, and answers how far it is: what is still held for it is captured, then its units
    /// leave the stock. From then on it is done, whatever else fails, unless the gateway refuses the capture.
    /// Asking again answers the same.
    async fn send(&self, number: OrderNumber, by: &Reference) -> Result<Progress, DeskError>;

    /// Marks an order that was sent as delivered. Asking again answers the same.
    async fn deliver(&self, number: OrderNumber, by: &Reference) -> Result<(), DeskError>;

    /// Cancels an order as its shopper would, and answers how it stands then. Asking again answers the same.
    async fn cancel(&self, number: OrderNumber, by: &Reference) -> Result<OrderState, DeskError>;
}

#[async_trait]
pub trait AccountDesk: Send + Sync {
    /// The account with an e-mail address. Those who run the store learn whether there is one.
    async fn look_up(&self, email: &Email) -> Result<Option<AccountId>, AccountError>;

    async fn find(&self, account: AccountId) -> Result<Option<AccountSheet>, AccountError>;

    /// Asks a customer's account for no codes any more, for an operator who confirms it with their own password and
    /// says why. Every session of the account ends, and its owner is told by a letter.
    async fn turn_codes_off(
        &self,
        account: AccountId,
        reason: &DeedReason,
        by: AccountId,
        password: &Password,
        client: &Client,
    ) -> Result<(), AccountError>;
}
