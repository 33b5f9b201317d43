//! The double-entry ledger: every change of what is owed or held is a posting whose entries sum
//! to zero. Postings and entries are only ever added; what was wrong is answered by another one.
//!
//! Money that a bank holds for the store is *pending*. It becomes *posted* when it is captured, or
//! is voided by a posting that takes the pending one back (two-phase transfers, as other ledgers have them).

mod names;

use serde::{Deserialize, Serialize};

use super::Proceeds;
use super::aftermath::DisputeTurn;
use super::gift_card::Shares;
use crate::cart::MAX_CART_LINES;
use crate::catalog::Seller;
use crate::pricing::{Currency, Money};

/// More entries than any change of an order needs: each of its lines may be another seller's.
pub const MAX_POSTING_ENTRIES: usize = MAX_CART_LINES + 14;

/// Whose side of the books an entry is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// What customers owe for their orders.
    Customer,
    /// What the payment gateway holds for the store.
    Gateway,
    /// What customers owe for orders that are paid on invoice.
    Receivable,
    /// What is owed back to customers who paid more of an invoice than is left of it.
    Payable,
    /// What was transferred to the store for its invoices, and back.
    Bank,
    /// What the store owes to those who have the codes of gift cards, and to accounts as store credit, less what orders
    /// hold and have spent of it.
    GiftCard,
    /// What gift cards were made over, whether somebody paid for them elsewhere or they were given away.
    Issued,
    /// What the store has sold of its own, and delivery, without tax.
    Revenue,
    /// What the store has given back of its own, without tax.
    Refunds,
    /// What is owed to those who sell through the store of what was sold of theirs and not given back, without tax.
    Seller,
    /// What is owed to the state of what was sold and not given back.
    Tax,
    /// What the gateway took for disputes that are not decided yet.
    Disputed,
    /// What disputes cost that were lost.
    Chargebacks,
    /// What the gateway has kept of captures, and for disputes.
    Fees,
}

/// Whether money has moved or is only held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    Pending,
    Posted,
}

/// What a posting records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostingKind {
    /// A bank holds the money of an order.
    Authorization,
    /// The hold was given up.
    Void,
    /// Something of what is held became the store's.
    Capture,
    /// After the last capture the rest of the hold was given up.
    Release,
    /// Something went back to the shopper.
    Refund,
    /// What was billed on invoice was paid.
    Payment,
    /// What was owed back of an invoice was paid out.
    Repayment,
    /// What stood in the wrong account was put right.
    Correction,
    /// Gift cards hold a part of an order.
    Redemption,
    /// Gift cards have that part again.
    RedemptionEnd,
    /// Gift cards were made.
    Issue,
    /// A refund failed after it was posted: the gateway has its money again, which is owed to the shopper.
    RefundFailure,
    /// What a failed refund owes went back after all.
    RefundRepeat,
    /// The gateway took money for a dispute.
    Dispute,
    /// A dispute was won: the gateway has its money again.
    DisputeReturn,
    /// A dispute was lost.
    DisputeLoss,
    /// The gateway kept something, or gave something of that back.
    Fee,
}

/// On which account what moves of an order's money is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tender {
    /// The gateway has it.
    Gateway,
    /// It is owed on an invoice, so far this much: to the store where it is above zero, back to the customer where it
    /// is below.
    Invoice { balance: Money },
}

/// One line of a posting: a debit is positive, a credit negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub account: Account,
    /// Whose account it is, of [`Account::Seller`] and no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<Seller>,
    pub layer: Layer,
    pub amount: Money,
}

/// What of an amount is not the store's own, though it comes in or goes out through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dues {
    /// The state's.
    pub tax: Money,
    /// The sellers', without tax.
    pub proceeds: Proceeds,
}

/// Of what the store sells alone.
impl From<Money> for Dues {
    fn from(tax: Money) -> Self {
        Self { tax, proceeds: Proceeds::default() }
    }
}

/// Entries that sum to zero in each currency and layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    kind: PostingKind,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    #[error("the {layer:?} entries in {currency} do not sum to zero", currency = .currency.code())]
    Unbalanced { layer: Layer, currency: Currency },
    #[error("a posting has at least two entries and at most {MAX_POSTING_ENTRIES}")]
    EntryCount,
    #[error("an amount that is held must be positive")]
    NotPositive,
    #[error("the amounts are too large to be summed")]
    TooLarge,
    #[error("what is owed on of an amount is at most all of it, in its currency, and not negative")]
    DuesTooLarge,
}

impl Posting {
    /// # Errors
    /// [`LedgerError::Unbalanced`], [`LedgerError::EntryCount`] or [`LedgerError::TooLarge`].
    pub fn new(kind: PostingKind, entries: Vec<Entry>) -> Result<Self, LedgerError> {
        if !(2..=MAX_POSTING_ENTRIES).contains(&entries.len()) {
            return Err(LedgerError::EntryCount);
        }
        for Entry { layer, amount, .. } in &entries {
            let alike = entries.iter().filter(|e| e.layer == *layer && e.amount.currency() == amount.currency());
            let sum = alike.map(|entry| i128::from(entry.amount.minor_units())).sum::<i128>();
            if sum != 0 {
                return Err(LedgerError::Unbalanced { layer: *layer, currency: amount.currency() });
            }
        }
        Ok(Self { kind, entries })
    }

    /// A bank holds an order's total for the store, or it is to be paid on invoice: the account says who
    /// owes it to the store.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn authorization(by: Account, total: Money) -> Result<Self, LedgerError> {
        Self::held(PostingKind::Authorization, by, total, total)
    }

    /// The hold of an order's total was given up.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn void(by: Account, total: Money) -> Result<Self, LedgerError> {
        Self::held(PostingKind::Void, by, total, negated(total)?)
    }

    /// Gift cards hold a part of an order from the moment that it is placed.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn redemption(part: Money) -> Result<Self, LedgerError> {
        Self::held(PostingKind::Redemption, Account::GiftCard, part, part)
    }

    /// Gift cards have all of that part again: the order was declined or cancelled.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn redemption_end(part: Money) -> Result<Self, LedgerError> {
        Self::held(PostingKind::RedemptionEnd, Account::GiftCard, part, negated(part)?)
    }

    /// Gift cards are made over an amount together, or store credit is given: it is owed to those who have their codes, or
    /// to the account. It belongs to no order.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn issue(amount: Money) -> Result<Self, LedgerError> {
        if amount.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        let entries = vec![posted(Account::Issued, amount), posted(Account::GiftCard, negated(amount)?)];
        Self::new(PostingKind::Issue, entries)
    }

    /// An amount of what is held becomes the store's: it is pending no more, and posted. Its tax is owed
    /// to the state, and what was sold for others to them.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`], or [`LedgerError::DuesTooLarge`].
    pub fn capture(by: Tender, amount: impl Into<Shares>, dues: impl Into<Dues>) -> Result<Self, LedgerError> {
        let shares = amount.into();
        let mut entries = let_go(by.account(), shares)?;
        entries.extend(by.shared(shares.charged(), shares.on_gift_cards())?);
        for entry in parts(Account::Revenue, total_of(shares)?, dues.into())? {
            entries.push(Entry { amount: negated(entry.amount)?, ..entry });
        }
        Self::new(PostingKind::Capture, entries)
    }

    /// The rest of a hold is given up after the last capture.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn release(by: Account, rest: impl Into<Shares>) -> Result<Self, LedgerError> {
        Self::new(PostingKind::Release, let_go(by, rest.into())?)
    }

    /// An amount goes back to the shopper, or is owed back to them. Its tax is owed no more, nor what was sold for
    /// others.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`], or [`LedgerError::DuesTooLarge`].
    pub fn refund(by: Tender, amount: impl Into<Shares>, dues: impl Into<Dues>) -> Result<Self, LedgerError> {
        let shares = amount.into();
        let amount = total_of(shares)?;
        let mut entries = by.shared(negated(shares.charged())?, negated(shares.on_gift_cards())?)?;
        entries.extend(parts(Account::Refunds, amount, dues.into())?);
        Self::new(PostingKind::Refund, entries)
    }

    /// A refund failed after it was posted: the gateway has its money again, and it is owed to the shopper until it
    /// goes back in another way.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn refund_failure(amount: Money) -> Result<Self, LedgerError> {
        Self::between(PostingKind::RefundFailure, amount, Account::Payable, Account::Gateway)
    }

    /// As much as a failed refund owes went back through the gateway.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn refund_repeat(amount: Money) -> Result<Self, LedgerError> {
        Self::between(PostingKind::RefundRepeat, amount, Account::Gateway, Account::Payable)
    }

    /// What a dispute does with an amount.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn dispute(turn: DisputeTurn, amount: Money) -> Result<Self, LedgerError> {
        let (kind, from, to) = match turn {
            DisputeTurn::Taken => (PostingKind::Dispute, Account::Gateway, Account::Disputed),
            DisputeTurn::Returned => (PostingKind::DisputeReturn, Account::Disputed, Account::Gateway),
            DisputeTurn::Lost => (PostingKind::DisputeLoss, Account::Disputed, Account::Chargebacks),
        };
        Self::between(kind, amount, from, to)
    }

    /// The gateway keeps an amount of what it has for the store; where it is below zero, it gives as much of that back.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`] where it is nothing.
    pub fn fee(amount: Money) -> Result<Self, LedgerError> {
        if amount.minor_units() == 0 {
            return Err(LedgerError::NotPositive);
        }
        Self::new(PostingKind::Fee, vec![posted(Account::Fees, amount), posted(Account::Gateway, negated(amount)?)])
    }

    fn between(kind: PostingKind, amount: Money, from: Account, to: Account) -> Result<Self, LedgerError> {
        if amount.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        Self::new(kind, vec![posted(to, amount), posted(from, negated(amount)?)])
    }

    /// A customer has transferred all that they owe on an invoice.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`] where they owe nothing.
    pub fn payment(balance: Money) -> Result<Self, LedgerError> {
        Self::transfer(PostingKind::Payment, balance, balance)
    }

    /// All that is owed back of an invoice, as a balance below zero, was transferred to its customer.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`] where nothing is.
    pub fn repayment(balance: Money) -> Result<Self, LedgerError> {
        Self::transfer(PostingKind::Repayment, negated(balance)?, balance)
    }

    fn transfer(kind: PostingKind, amount: Money, balance: Money) -> Result<Self, LedgerError> {
        if amount.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        let mut entries = vec![posted(Account::Bank, balance)];
        entries.extend(Tender::Invoice { balance }.moved(negated(balance)?)?);
        Self::new(kind, entries)
    }

    fn held(kind: PostingKind, by: Account, total: Money, held: Money) -> Result<Self, LedgerError> {
        if total.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        Self::new(kind, vec![pending(by, held), pending(Account::Customer, negated(held)?)])
    }

    pub const fn kind(&self) -> PostingKind {
        self.kind
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

impl Tender {
    /// On whose side of the books what is held stands.
    const fn account(self) -> Account {
        match self {
            Self::Gateway => Account::Gateway,
            Self::Invoice { .. } => Account::Receivable,
        }
    }

    /// What is posted where one amount comes to it and another one from gift cards, or both go where they are below
    /// zero.
    fn shared(self, charged: Money, on_gift_cards: Money) -> Result<Vec<Entry>, LedgerError> {
        let mut entries = if charged.minor_units() == 0 { Vec::new() } else { self.moved(charged)? };
        if on_gift_cards.minor_units() != 0 {
            entries.push(posted(Account::GiftCard, on_gift_cards));
        }
        Ok(entries)
    }

    /// What is posted where an amount comes to it, or goes where it is below zero. What a customer owes and what is
    /// owed to them are two accounts, each of which only ever has what is owed.
    fn moved(self, amount: Money) -> Result<Vec<Entry>, LedgerError> {
        let Self::Invoice { balance } = self else { return Ok(vec![posted(Account::Gateway, amount)]) };
        let after = balance.plus(amount).map_err(|_| LedgerError::TooLarge)?;
        let owed = |balance: Money| Money::new(balance.minor_units().max(0), balance.currency());
        let owed_back = |balance: Money| Money::new(balance.minor_units().min(0), balance.currency());
        let change = |of: fn(Money) -> Money| of(after).minus(of(balance)).map_err(|_| LedgerError::TooLarge);
        let changes = [(Account::Receivable, change(owed)?), (Account::Payable, change(owed_back)?)];
        let is_change = |(_, amount): &(Account, Money)| amount.minor_units() != 0;
        Ok(changes.into_iter().filter(is_change).map(|(account, amount)| posted(account, amount)).collect())
    }
}

const fn posted(account: Account, amount: Money) -> Entry {
    Entry { account, seller: None, layer: Layer::Posted, amount }
}

const fn pending(account: Account, amount: Money) -> Entry {
    Entry { account, seller: None, layer: Layer::Pending, amount }
}

/// What is pending no more of what an account and gift cards hold.
fn let_go(by: Account, shares: Shares) -> Result<Vec<Entry>, LedgerError> {
    let held = [(by, shares.charged()), (Account::GiftCard, shares.on_gift_cards())];
    let mut entries = Vec::with_capacity(held.len() + 1);
    for (account, share) in held.into_iter().filter(|(_, share)| share.minor_units() != 0) {
        entries.push(pending(account, negated(share)?));
    }
    entries.push(pending(Account::Customer, total_of(shares)?));
    Ok(entries)
}

fn total_of(shares: Shares) -> Result<Money, LedgerError> {
    let is_negative = shares.charged().is_negative() || shares.on_gift_cards().is_negative();
    let total = shares.total().map_err(|_| LedgerError::TooLarge)?;
    if is_negative || total.minor_units() == 0 { Err(LedgerError::NotPositive) } else { Ok(total) }
}

/// An amount apart by whose it is: what is neither tax nor a seller's is an account's.
fn parts(account: Account, amount: Money, dues: Dues) -> Result<Vec<Entry>, LedgerError> {
    let Dues { tax, proceeds } = dues;
    let of_sellers = Money::new(proceeds.total_minor_units(), amount.currency());
    let own = amount.minus(tax).and_then(|net| net.minus(of_sellers)).map_err(|_| LedgerError::DuesTooLarge)?;
    if own.is_negative() || tax.is_negative() {
        return Err(LedgerError::DuesTooLarge);
    }
    let of_seller = |(seller, minor_units): (&Seller, i64)| Entry {
        seller: Some(seller.clone()),
        ..posted(Account::Seller, Money::new(minor_units, amount.currency()))
    };
    let mut entries = vec![posted(account, own)];
    entries.extend(proceeds.iter().map(of_seller));
    entries.push(posted(Account::Tax, tax));
    entries.retain(|entry| entry.amount.minor_units() != 0);
    Ok(entries)
}

fn negated(amount: Money) -> Result<Money, LedgerError> {
    Money::zero(amount.currency()).minus(amount).map_err(|_| LedgerError::TooLarge)
}

#[cfg(test)]
mod tests;
