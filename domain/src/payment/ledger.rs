//! The double-entry ledger: every change of what is owed or held is a posting whose entries sum
//! to zero. Postings and entries are only ever added; what was wrong is answered by another one.
//!
//! Money that a bank holds for the store is *pending*. It becomes *posted* when it is captured, or
//! is voided by a posting that takes the pending one back (two-phase transfers, as other ledgers have them).

use serde::{Deserialize, Serialize};

use crate::pricing::{Currency, Money};

/// More entries than any change of an order needs.
pub const MAX_POSTING_ENTRIES: usize = 64;

/// Whose side of the books an entry is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// What customers owe for their orders.
    Customer,
    /// What the payment gateway holds for the store.
    Gateway,
    /// What is owed for orders that are paid on invoice.
    Receivable,
    /// What was transferred to the store for its invoices.
    Bank,
    /// What the store has sold, without tax.
    Revenue,
    /// What the store has given back, without tax.
    Refunds,
    /// What is owed to the state of what was sold and not given back.
    Tax,
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
}

/// One line of a posting: a debit is positive, a credit negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub account: Account,
    pub layer: Layer,
    pub amount: Money,
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
    #[error("a tax is at most what it is part of, in its currency, and not negative")]
    TaxTooLarge,
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

    /// An amount of what is held becomes the store's: it is pending no more, and posted. Its tax is owed
    /// to the state.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`], or [`LedgerError::TaxTooLarge`].
    pub fn capture(by: Account, amount: Money, tax: Money) -> Result<Self, LedgerError> {
        let mut posting = Self::held(PostingKind::Capture, by, amount, negated(amount)?)?;
        posting.entries.extend(posted_with_tax(by, Account::Revenue, amount, tax)?);
        Self::new(PostingKind::Capture, posting.entries)
    }

    /// The rest of a hold is given up after the last capture.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn release(by: Account, rest: Money) -> Result<Self, LedgerError> {
        Self::held(PostingKind::Release, by, rest, negated(rest)?)
    }

    /// An amount goes back to the shopper. Its tax is owed no more.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`], or [`LedgerError::TaxTooLarge`].
    pub fn refund(by: Account, amount: Money, tax: Money) -> Result<Self, LedgerError> {
        if amount.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        let mut entries = posted_with_tax(by, Account::Refunds, amount, tax)?;
        for entry in &mut entries {
            entry.amount = negated(entry.amount)?;
        }
        Self::new(PostingKind::Refund, entries)
    }

    /// A customer has transferred what was billed on invoice.
    ///
    /// # Errors
    /// [`LedgerError::NotPositive`].
    pub fn payment(amount: Money) -> Result<Self, LedgerError> {
        if amount.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        let entry = |account, amount| Entry { account, layer: Layer::Posted, amount };
        let entries = vec![entry(Account::Bank, amount), entry(Account::Receivable, negated(amount)?)];
        Self::new(PostingKind::Payment, entries)
    }

    fn held(kind: PostingKind, by: Account, total: Money, held: Money) -> Result<Self, LedgerError> {
        if total.minor_units() <= 0 {
            return Err(LedgerError::NotPositive);
        }
        let entry = |account, amount| Entry { account, layer: Layer::Pending, amount };
        Self::new(kind, vec![entry(by, held), entry(Account::Customer, negated(held)?)])
    }

    pub const fn kind(&self) -> PostingKind {
        self.kind
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// An amount to one account, of which another has what is not tax.
fn posted_with_tax(to: Account, from: Account, amount: Money, tax: Money) -> Result<Vec<Entry>, LedgerError> {
    let net = amount.minus(tax).map_err(|_| LedgerError::TaxTooLarge)?;
    if net.is_negative() || tax.is_negative() {
        return Err(LedgerError::TaxTooLarge);
    }
    let entry = |account, amount| Entry { account, layer: Layer::Posted, amount };
    let mut entries = vec![entry(to, amount), entry(from, negated(net)?)];
    if tax.minor_units() > 0 {
        entries.push(entry(Account::Tax, negated(tax)?));
    }
    Ok(entries)
}

fn negated(amount: Money) -> Result<Money, LedgerError> {
    Money::zero(amount.currency()).minus(amount).map_err(|_| LedgerError::TooLarge)
}

impl Account {
    const ALL: [Self; 7] =
        [Self::Customer, Self::Gateway, Self::Receivable, Self::Bank, Self::Revenue, Self::Refunds, Self::Tax];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Gateway => "gateway",
            Self::Receivable => "receivable",
            Self::Bank => "bank",
            Self::Revenue => "revenue",
            Self::Refunds => "refunds",
            Self::Tax => "tax",
        }
    }
}

impl Layer {
    const ALL: [Self; 2] = [Self::Pending, Self::Posted];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Posted => "posted",
        }
    }
}

impl PostingKind {
    const ALL: [Self; 6] = [Self::Authorization, Self::Void, Self::Capture, Self::Release, Self::Refund, Self::Payment];

    /// What a name in the database stands for.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::Void => "void",
            Self::Capture => "capture",
            Self::Release => "release",
            Self::Refund => "refund",
            Self::Payment => "payment",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(account: Account, layer: Layer, minor_units: i64, currency: Currency) -> Entry {
        Entry { account, layer, amount: Money::new(minor_units, currency) }
    }

    fn any_entry() -> impl Strategy<Value = Entry> {
        let account = prop::sample::select(vec![Account::Customer, Account::Gateway]);
        let layer = prop::sample::select(vec![Layer::Pending, Layer::Posted]);
        let currency = prop::sample::select(vec![Currency::GBP, Currency::JPY]);
        (account, layer, any::<i64>(), currency).prop_map(|(a, l, minor_units, c)| entry(a, l, minor_units, c))
    }

    #[test]
    fn currencies_and_layers_balance_each_by_itself() {
        let of = |entries| Posting::new(PostingKind::Authorization, entries);
        let pound = |layer, minor| entry(Account::Gateway, layer, minor, Currency::GBP);
        let mixed = of(vec![pound(Layer::Pending, 5), entry(Account::Customer, Layer::Pending, -5, Currency::USD)]);
        assert_eq!(mixed, Err(LedgerError::Unbalanced { layer: Layer::Pending, currency: Currency::GBP }));
        assert!(of(vec![pound(Layer::Pending, 5), pound(Layer::Posted, -5)]).is_err());
        assert_eq!(of(vec![pound(Layer::Pending, 0)]), Err(LedgerError::EntryCount));
        assert!(of(vec![pound(Layer::Posted, 0); MAX_POSTING_ENTRIES]).is_ok());
        assert_eq!(of(vec![pound(Layer::Posted, 0); MAX_POSTING_ENTRIES + 1]), Err(LedgerError::EntryCount));
    }

    #[test]
    fn nothing_is_held_of_nothing() {
        for minor_units in [0, -1, i64::MIN] {
            let refused = Posting::authorization(Account::Gateway, Money::new(minor_units, Currency::GBP));
            assert_eq!(refused, Err(LedgerError::NotPositive), "{minor_units}");
        }
    }

    fn sum(postings: &[Posting], account: Account, layer: Layer) -> i64 {
        let entries = postings.iter().flat_map(Posting::entries);
        let alike = entries.filter(|entry| entry.account == account && entry.layer == layer);
        alike.map(|entry| entry.amount.minor_units()).sum()
    }

    #[test]
    fn what_is_held_is_captured_or_given_up_and_what_is_refunded_was_captured() {
        let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
        let books = [
            Posting::authorization(Account::Gateway, pounds(100)),
            Posting::capture(Account::Gateway, pounds(30), pounds(5)),
            Posting::capture(Account::Gateway, pounds(50), pounds(0)),
            Posting::release(Account::Gateway, pounds(20)),
            Posting::refund(Account::Gateway, pounds(10), pounds(2)),
        ];
        let books = books.map(Result::unwrap);
        for account in [Account::Gateway, Account::Customer] {
            assert_eq!(sum(&books, account, Layer::Pending), 0, "{account:?}");
        }
        let accounts = [Account::Gateway, Account::Revenue, Account::Refunds, Account::Tax];
        assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [70, -75, 8, -3]);
        assert_eq!(Posting::release(Account::Receivable, pounds(0)), Err(LedgerError::NotPositive));
        for posting in [Posting::capture, Posting::refund] {
            assert_eq!(posting(Account::Receivable, pounds(0), pounds(0)), Err(LedgerError::NotPositive));
            assert_eq!(posting(Account::Receivable, pounds(5), pounds(6)), Err(LedgerError::TaxTooLarge));
            assert_eq!(posting(Account::Receivable, pounds(5), pounds(-1)), Err(LedgerError::TaxTooLarge));
        }
    }

    #[test]
    fn what_is_paid_of_an_invoice_is_owed_no_more() {
        let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
        let books = [Posting::capture(Account::Receivable, pounds(30), pounds(5)), Posting::payment(pounds(30))];
        let books = books.map(Result::unwrap);
        let accounts = [Account::Receivable, Account::Bank, Account::Revenue, Account::Tax];
        assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [0, 30, -25, -5]);
        for minor_units in [0, -1, i64::MIN] {
            assert_eq!(Posting::payment(pounds(minor_units)), Err(LedgerError::NotPositive), "{minor_units}");
        }
    }

    #[test]
    fn every_name_reads_back() {
        assert_eq!(Account::ALL.map(|one| Account::from_parameter(one.parameter())), Account::ALL.map(Some));
        assert_eq!(Layer::ALL.map(|one| Layer::from_parameter(one.parameter())), Layer::ALL.map(Some));
        assert_eq!(
            PostingKind::ALL.map(|one| PostingKind::from_parameter(one.parameter())),
            PostingKind::ALL.map(Some)
        );
    }

    proptest! {
        #[test]
        fn what_is_accepted_sums_to_zero(entries in prop::collection::vec(any_entry(), 0..8)) {
            let sum = entries.iter().map(|e| i128::from(e.amount.minor_units())).sum::<i128>();
            if let Ok(posting) = Posting::new(PostingKind::Authorization, entries) {
                prop_assert_eq!(sum, 0);
                prop_assert!(posting.entries().len() >= 2);
            }
        }

        #[test]
        fn a_void_takes_back_what_was_held(minor_units in 1..i64::MAX) {
            let total = Money::new(minor_units, Currency::GBP);
            let (held, given_up) = (Posting::authorization(Account::Receivable, total).unwrap(), Posting::void(Account::Receivable, total).unwrap());
            for (there, back) in held.entries().iter().zip(given_up.entries()) {
                prop_assert_eq!((there.account, there.layer), (back.account, back.layer));
                prop_assert_eq!(there.amount.plus(back.amount), Ok(Money::zero(Currency::GBP)));
            }
        }
    }
}
