use super::*;
use crate::payment::gift_card::{GiftCard, GiftCardId, GiftCardParts};
use proptest::prelude::*;

fn entry(account: Account, layer: Layer, minor_units: i64, currency: Currency) -> Entry {
    Entry { account, seller: None, layer, amount: Money::new(minor_units, currency) }
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
        Posting::capture(Tender::Gateway, pounds(30), pounds(5)),
        Posting::capture(Tender::Gateway, pounds(50), pounds(0)),
        Posting::release(Account::Gateway, pounds(20)),
        Posting::refund(Tender::Gateway, pounds(10), pounds(2)),
    ];
    let books = books.map(Result::unwrap);
    for account in [Account::Gateway, Account::Customer] {
        assert_eq!(sum(&books, account, Layer::Pending), 0, "{account:?}");
    }
    let accounts = [Account::Gateway, Account::Revenue, Account::Refunds, Account::Tax];
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [70, -75, 8, -3]);
    assert_eq!(Posting::release(Account::Receivable, pounds(0)), Err(LedgerError::NotPositive));
    for posting in [Posting::capture, Posting::refund] {
        let invoice = Tender::Invoice { balance: pounds(0) };
        assert_eq!(posting(invoice, pounds(0), pounds(0)), Err(LedgerError::NotPositive));
        assert_eq!(posting(invoice, pounds(5), pounds(6)), Err(LedgerError::DuesTooLarge));
        assert_eq!(posting(invoice, pounds(5), pounds(-1)), Err(LedgerError::DuesTooLarge));
    }
}

#[test]
fn what_was_sold_for_others_is_owed_to_each_of_them_until_it_goes_back() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let [fell, ling]: [Seller; 2] = ["Fell & Co", "Ling"].map(|seller| seller.parse().unwrap());
    let dues = |tax, of_sellers: [i64; 2]| {
        let mut proceeds = Proceeds::default();
        proceeds.add(&fell, of_sellers[0]);
        proceeds.add(&ling, of_sellers[1]);
        Dues { tax: pounds(tax), proceeds }
    };
    let books = [
        Posting::capture(Tender::Gateway, pounds(120), dues(20, [30, 50])).unwrap(),
        Posting::refund(Tender::Gateway, pounds(36), dues(6, [30, 0])).unwrap(),
    ];
    let accounts = [Account::Gateway, Account::Revenue, Account::Refunds, Account::Seller, Account::Tax];
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [84, -20, 0, -50, -14]);
    let entries: Vec<&Entry> = books.iter().flat_map(Posting::entries).collect();
    let owed = |seller: &Seller| {
        let own = entries.iter().filter(|entry| entry.seller.as_ref() == Some(seller));
        own.map(|entry| entry.amount.minor_units()).sum::<i64>()
    };
    assert_eq!([owed(&fell), owed(&ling)], [0, -50]);
    assert!(entries.iter().all(|entry| entry.seller.is_some() == (entry.account == Account::Seller)));
    let too_much = Posting::capture(Tender::Gateway, pounds(120), dues(20, [30, 71]));
    assert_eq!(too_much, Err(LedgerError::DuesTooLarge));
}

#[test]
fn gift_cards_pay_what_is_not_charged() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let card = GiftCard {
        id: GiftCardId::new(uuid::Uuid::nil()),
        tail: "7K4M".parse().unwrap(),
        issued: pounds(20),
        balance: pounds(20),
        is_blocked: false,
    };
    let (total, parts) = (pounds(100), GiftCardParts::of(pounds(100), &[card]));
    let shares = |before, amount| parts.shares(total, pounds(before), pounds(amount)).unwrap();
    let accounts = [Account::Gateway, Account::GiftCard, Account::Customer];
    let mut books =
        vec![Posting::redemption(pounds(20)).unwrap(), Posting::authorization(Account::Gateway, pounds(80)).unwrap()];
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Pending)), [80, 20, -100]);
    books.push(Posting::capture(Tender::Gateway, shares(0, 90), pounds(15)).unwrap());
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Pending)), [0, 10, -10]);
    books.push(Posting::release(Account::Gateway, shares(90, 10)).unwrap());
    books.push(Posting::refund(Tender::Gateway, shares(0, 85), pounds(14)).unwrap());
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Pending)), [0; 3]);
    let accounts = [Account::Gateway, Account::GiftCard, Account::Revenue, Account::Refunds, Account::Tax];
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [0, 5, -75, 71, -1]);
    let undone = [Posting::redemption(pounds(20)).unwrap(), Posting::redemption_end(pounds(20)).unwrap()];
    assert_eq!(sum(&undone, Account::GiftCard, Layer::Pending), 0);
    assert_eq!(Posting::redemption(pounds(0)), Err(LedgerError::NotPositive));
}

#[test]
fn a_gift_card_that_is_made_is_owed_until_it_is_spent() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let mut books = vec![Posting::issue(pounds(50)).unwrap()];
    let sums =
        |books: &[Posting]| [Account::Issued, Account::GiftCard].map(|account| sum(books, account, Layer::Posted));
    assert_eq!(sums(&books), [50, -50]);
    let card = GiftCard {
        id: GiftCardId::new(uuid::Uuid::nil()),
        tail: "7K4M".parse().unwrap(),
        issued: pounds(50),
        balance: pounds(50),
        is_blocked: false,
    };
    let shares = GiftCardParts::of(pounds(20), &[card]).shares(pounds(20), pounds(0), pounds(20)).unwrap();
    books.push(Posting::redemption(pounds(20)).unwrap());
    books.push(Posting::capture(Tender::Gateway, shares, pounds(0)).unwrap());
    assert_eq!(sums(&books), [50, -30]);
    for minor_units in [0, -1, i64::MIN] {
        assert_eq!(Posting::issue(pounds(minor_units)), Err(LedgerError::NotPositive), "{minor_units}");
    }
}

#[test]
fn what_is_paid_of_an_invoice_is_owed_no_more() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let books =
        [Posting::capture(Tender::Invoice { balance: pounds(0) }, pounds(30), pounds(5)), Posting::payment(pounds(30))];
    let books = books.map(Result::unwrap);
    let accounts = [Account::Receivable, Account::Bank, Account::Revenue, Account::Tax];
    assert_eq!(accounts.map(|account| sum(&books, account, Layer::Posted)), [0, 30, -25, -5]);
    for minor_units in [0, -1, i64::MIN] {
        assert_eq!(Posting::payment(pounds(minor_units)), Err(LedgerError::NotPositive), "{minor_units}");
    }
}

#[test]
fn what_is_refunded_of_a_paid_invoice_is_owed_back_until_it_is_paid_out() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let accounts = [Account::Receivable, Account::Payable, Account::Bank, Account::Refunds, Account::Tax];
    let sums = |books: &[Posting]| accounts.map(|account| sum(books, account, Layer::Posted));
    let invoice = |balance| Tender::Invoice { balance: pounds(balance) };
    let mut books = vec![
        Posting::capture(invoice(0), pounds(30), pounds(5)).unwrap(),
        Posting::payment(pounds(30)).unwrap(),
        Posting::capture(invoice(0), pounds(4), pounds(0)).unwrap(),
        // What is open is credited first.
        Posting::refund(invoice(4), pounds(10), pounds(2)).unwrap(),
    ];
    assert_eq!(sums(&books), [0, -6, 30, 8, -3]);
    // What is billed then is paid by what is owed back.
    books.push(Posting::capture(invoice(-6), pounds(1), pounds(0)).unwrap());
    assert_eq!(sums(&books), [0, -5, 30, 8, -3]);
    books.push(Posting::repayment(pounds(-5)).unwrap());
    assert_eq!(sums(&books), [0, 0, 25, 8, -3]);
    for minor_units in [0, 1, i64::MAX] {
        assert_eq!(Posting::repayment(pounds(minor_units)), Err(LedgerError::NotPositive), "{minor_units}");
    }
}

#[test]
fn what_the_gateway_keeps_is_the_stores_no_more() {
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let mut books = vec![
        Posting::capture(Tender::Gateway, pounds(28_45), pounds(4_74)).unwrap(),
        Posting::fee(pounds(68)).unwrap(),
        Posting::fee(pounds(20_00)).unwrap(),
    ];
    let accounts = [Account::Gateway, Account::Fees, Account::Revenue, Account::Tax];
    let sums = |books: &[Posting]| accounts.map(|account| sum(books, account, Layer::Posted));
    assert_eq!(sums(&books), [7_77, 20_68, -23_71, -4_74]);
    // What a dispute cost comes back where the gateway gives it back.
    books.push(Posting::fee(pounds(-20_00)).unwrap());
    assert_eq!(sums(&books), [27_77, 68, -23_71, -4_74]);
    assert_eq!(Posting::fee(pounds(0)), Err(LedgerError::NotPositive));
    assert_eq!(Posting::fee(pounds(i64::MIN)), Err(LedgerError::TooLarge));
}

#[test]
fn every_name_reads_back() {
    assert_eq!(Account::ALL.map(|one| Account::from_parameter(one.parameter())), Account::ALL.map(Some));
    assert_eq!(Layer::ALL.map(|one| Layer::from_parameter(one.parameter())), Layer::ALL.map(Some));
    assert_eq!(PostingKind::ALL.map(|one| PostingKind::from_parameter(one.parameter())), PostingKind::ALL.map(Some));
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
    fn a_customer_owes_or_is_owed_and_never_both(moves in prop::collection::vec((0_u8..4, 1_i64..100), 0..30)) {
        let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
        let (mut books, mut balance) = (Vec::new(), 0);
        for (which, amount) in moves {
            let invoice = Tender::Invoice { balance: pounds(balance) };
            let (posting, change) = match which {
                0 => (Posting::capture(invoice, pounds(amount), pounds(0)), amount),
                1 => (Posting::refund(invoice, pounds(amount), pounds(0)), -amount),
                2 => (Posting::payment(pounds(balance)), -balance),
                _ => (Posting::repayment(pounds(balance)), -balance),
            };
            if let Ok(posting) = posting {
                books.push(posting);
                balance += change;
            }
            let accounts = [Account::Receivable, Account::Payable];
            let sums = accounts.map(|account| sum(&books, account, Layer::Posted));
            prop_assert_eq!(sums, [balance.max(0), balance.min(0)]);
        }
    }

    #[test]
    fn whatever_is_kept_the_books_sum_to_zero(kept in prop::collection::vec(-1_000_000_i64..1_000_000, 0..20)) {
        let fees = kept.iter().filter_map(|kept| Posting::fee(Money::new(*kept, Currency::GBP)).ok());
        let books: Vec<Posting> = fees.collect();
        prop_assert_eq!(books.len(), kept.iter().filter(|kept| **kept != 0).count());
        let sums = [Account::Fees, Account::Gateway].map(|account| sum(&books, account, Layer::Posted));
        prop_assert_eq!(sums, [kept.iter().sum::<i64>(), -kept.iter().sum::<i64>()]);
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
