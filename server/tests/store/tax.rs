//! Tax: by where a parcel goes, by what is bought and by who buys it, from a table that an operator may
//! replace, and in the books as what is owed to the state.

use std::ffi::OsStr;

use super::dispatch::{SEND, is_settled};
use super::returns::{RECEIVE, ask};
use crate::support::purchase::{ADA, CARD, CONTACT, PAYS, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed};

const COLUMNS: &str = "country,region,prices,rounding,standard,reduced,super_reduced,delivery,reverse_charge\n";
const FEED: [&str; 2] = ["LAMP | Walnut desk lamp | 24.50 GBP |", "ATLAS | Small atlas | 10.50 GBP | reduced"];
const GERMANY: [(&str, &str); 2] = [("country", "DE"), ("postcode", "10115")];
const CALIFORNIA: [(&str, &str); 2] = [("country", "US"), ("postcode", "94103")];

fn lamps() -> String {
    feed("id | title | price | tax_category", &FEED)
}

/// Everything up to the review of what is in the cart, for an address that differs from Ada's.
async fn check_out_to(browser: &mut Browser, address: &[(&str, &str)]) -> Page {
    let form = browser.open("/checkout/address").await.form(CONTACT);
    let form = ADA.iter().chain(address).fold(form, |form, (name, value)| form.with(name, value));
    let delivery = browser.submit(&form).await;
    let payment = browser.take_delivery(&delivery).await;
    assert!(!payment.forms(CARD).is_empty(), "{} {}", payment.path, payment.text());
    let review = browser.give_card(&payment, PAYS).await;
    assert_eq!(review.is(200).path, "/checkout/review", "{}", review.text());
    review
}

#[tokio::test]
async fn an_order_to_germany_shows_the_tax_that_its_total_contains() {
    let shop = Shop::with_feed(&lamps()).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await.says(&["Includes VAT", "£28.45"]);
    let review = check_out_to(&mut browser, &GERMANY).await;
    let taxed = "Total Includes VAT £34.45 Includes VAT at 19% on £28.95 £5.50";
    review.says(&[taxed, "Germany may ask you for duty when it arrives"]);
    review.does_not_say("import VAT");
    browser.open("/cart").await.says(&["Includes VAT", "£34.45"]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", taxed]);
    assert_eq!(shop.orders().await[0].total_minor_units, 34_45);
}

#[tokio::test]
async fn an_order_to_the_united_states_pays_the_tax_of_its_state() {
    let shop = Shop::with_feed(&lamps()).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let review = check_out_to(&mut browser, &CALIFORNIA).await;
    let taxed = "Tax at 7.25% on £24.50 £1.78 Total Includes tax £46.23";
    review.says(&["Delivery £19.95", taxed, "Place order, £46.23"]);
    browser.open("/cart").await.says(&["Taxes are calculated at checkout", "£44.45"]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", taxed]);
    assert_eq!(shop.orders().await[0].total_minor_units, 46_23);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_product_is_taxed_by_its_class() {
    let shop = Shop::with_feed(&lamps()).await;
    let mut browser = shop.browser();
    browser.put_into_cart("small-atlas", "1").await;
    let review = browser.check_out(PAYS).await;
    // Two rates stand behind their sum.
    review.says(&[
        "VAT in this total £1.16",
        "Includes VAT at 20% on £3.29 £0.66",
        "Includes VAT at 5% on £10.00 £0.50",
    ]);
    review.says(&["£14.45"]);
}

#[tokio::test]
async fn a_business_in_another_country_owes_the_tax_itself() {
    let shop = Shop::with_feed(&lamps()).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let form = browser.open("/checkout/address").await.form(CONTACT);
    let form = ADA.iter().chain(&GERMANY).fold(form, |form, (name, value)| form.with(name, value));
    for (number, words) in [
        ("FR40303265045", "VAT number must begin with DE, as those of Germany do"),
        ("DE12", "VAT number must look like DE136695976 (Germany)"),
        ("DE136695977", "VAT number has a slip in it: its check digit does not fit the others (Germany)"),
    ] {
        let refused = browser.submit(&form.clone().with("vat_number", number)).await;
        refused.says(&[words]);
        let kept = refused.form(CONTACT);
        assert_eq!(
            (kept.field("vat_number"), kept.field("city")),
            (Some(number), form.field("city")),
            "nothing is lost"
        );
    }
    let business = [GERMANY[0], GERMANY[1], ("vat_number", "de 136 695 976")];
    let review = check_out_to(&mut browser, &business).await;
    let taxed = "VAT at 19%, reverse-charged on £28.95 −£5.50 Total VAT is reverse-charged to you £28.95";
    review.says(&["VAT number DE136695976", taxed]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", "VAT number DE136695976", taxed]);
    assert_eq!(shop.orders().await[0].total_minor_units, 28_95);
}

#[tokio::test]
async fn an_operators_table_replaces_the_rates() {
    let mut shop = Shop::new();
    shop.import(&lamps()).await.went_well();
    let table = shop.file("rates.csv", format!("{COLUMNS}GB,,added,line,10,5,5,0,no\n"));
    shop.open_in(&[("CARTOGRAPH_TAX_RATES", table.to_str().unwrap())]).await;
    let mut browser = shop.browser();
    browser.open("/products/walnut-desk-lamp").await.says(&["Taxes are calculated at checkout. Delivery"]);
    browser.put_into_cart("walnut-desk-lamp", "1").await.says(&["Taxes are calculated at checkout", "£28.45"]);
    let review = browser.check_out(PAYS).await;
    let taxed = "Tax at 10% on £24.50 £2.45 Total Includes tax £30.90";
    review.says(&[taxed]);
    let number = number_on(&browser.place(&review).await);
    // What was bought stays what it was, whatever is asked for later.
    shop.close().await;
    shop.open().await;
    shop.browser().look_up(&number, "ada@example.com").await.says(&[taxed]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_table_that_can_not_be_read_is_refused_with_its_line_and_field() {
    let shop = Shop::new();
    let home = "GB,,included,order,20,5,5,20,no\n";
    for (rows, words) in [
        (
            format!("{COLUMNS}{home}DE,,included,order,120,7,7,19,yes\n"),
            &["line 3", "standard \"120\"", "like 8.875"][..],
        ),
        (format!("{COLUMNS}{home}XX,,included,order,20,7,7,19,yes\n"), &["line 3", "country \"XX\""]),
        (format!("{COLUMNS}DE,,included,order,19,7,7,19,yes\n"), &["no line for GB"]),
        (format!("country,standard\n{home}"), &["no column region"]),
    ] {
        let file = shop.file("rates.csv", rows);
        let arguments: [&OsStr; 3] = ["serve".as_ref(), "--tax-rates".as_ref(), file.as_os_str()];
        let refused = shop.run_on_data(&arguments).await;
        refused.refused_with(&["rates.csv"]);
        refused.refused_with(words);
    }
}

fn sums(sums: &[(&str, i64)]) -> Vec<(String, i64)> {
    sums.iter().map(|(account, sum)| ((*account).to_owned(), *sum)).collect()
}

#[tokio::test]
async fn what_is_owed_to_the_state_is_in_the_ledger() {
    let shop = Shop::with_feed(&lamps()).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let review = check_out_to(&mut browser, &GERMANY).await;
    let number = number_on(&browser.place(&review).await);
    let posted = async |arguments: &[&str]| {
        shop.run_orders(arguments).await.went_well();
        shop.check_ledger().await.went_well();
        shop.ledger_sums("posted").await
    };
    let part = posted(&["capture", &number, "--amount", "10.00", "--keep-rest"]).await;
    assert_eq!(part, sums(&[("gateway", 10_00), ("revenue", -8_41), ("tax", -1_59)]));
    let all = posted(&["capture", &number]).await;
    assert_eq!(all, sums(&[("gateway", 34_45), ("revenue", -28_95), ("tax", -5_50)]));
    let back = posted(&["refund", &number, "34.45", "--reason", "It never arrived"]).await;
    assert_eq!(back, sums(&[("gateway", 0), ("refunds", 28_95), ("revenue", -28_95), ("tax", 0)]));
}

/// An order of two things that was sent, as its shopper sees it, and who runs the store at its sheet.
struct Sent {
    shop: Shop,
    ada: Browser,
    order: Page,
    olga: Browser,
    sheet: String,
}

/// Sells a lamp and a book without tax to an address that differs from Ada's, and sends them.
async fn sent_to(address: &[(&str, &str)]) -> Sent {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | | 9", "BOOK | Small book | 9.00 GBP | zero | 9"];
    let shop = Shop::with_feed(&feed("id | title | price | tax_category | quantity", &rows)).await;
    let (mut olga, mut ada) = (shop.operator(OLGA).await, shop.browser());
    ada.put_into_cart("walnut-desk-lamp", "2").await;
    ada.put_into_cart("small-book", "1").await;
    let review = check_out_to(&mut ada, address).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent"]);
    let order = ada.open(&order.path).await;
    Sent { shop, ada, order, olga, sheet }
}

impl Sent {
    /// Sends one of a thing back and has it received; answers what the ledger has posted then.
    async fn return_one(&mut self, title: &str, refund: &str) -> Vec<(String, i64)> {
        ask(&mut self.ada, &self.order, title).await.is(200).says(&[&format!("you get back {refund}")]);
        let form = self.olga.open(&self.sheet).await.form(RECEIVE);
        self.olga.submit(&form).await.is(200).says(&["The return is received"]);
        is_settled(&self.shop).await;
        self.shop.ledger_sums("posted").await
    }
}

#[tokio::test]
async fn what_comes_back_from_california_brings_its_price_with_the_tax_on_top() {
    // £49.00 with £3.55 of tax, £9.00 and delivery without any.
    let mut sent = sent_to(&CALIFORNIA).await;
    sent.order.says(&["Tax at 7.25% on £49.00 £3.55", "£81.50 charged"]);
    let one = sent.return_one("Walnut desk lamp", "£26.27").await;
    assert_eq!(one, sums(&[("gateway", 55_23), ("refunds", 24_50), ("revenue", -77_95), ("tax", -1_78)]));
    let book = sent.return_one("Small book", "£9.00").await;
    assert_eq!(book, sums(&[("gateway", 46_23), ("refunds", 33_50), ("revenue", -77_95), ("tax", -1_78)]));
    let all = sent.return_one("Walnut desk lamp", "£46.23").await;
    assert_eq!(all, sums(&[("gateway", 0), ("refunds", 77_95), ("revenue", -77_95), ("tax", 0)]));
}

#[tokio::test]
async fn a_book_without_tax_gives_none_back_beside_lamps_that_bore_all_of_it() {
    let mut sent = sent_to(&[]).await;
    sent.order.says(&["Includes VAT at 20% on £40.83 £8.17", "£58.00 charged"]);
    let book = sent.return_one("Small book", "£9.00").await;
    assert_eq!(book, sums(&[("gateway", 49_00), ("refunds", 9_00), ("revenue", -49_83), ("tax", -8_17)]));
    let one = sent.return_one("Walnut desk lamp", "£24.50").await;
    assert_eq!(one, sums(&[("gateway", 24_50), ("refunds", 29_42), ("revenue", -49_83), ("tax", -4_09)]));
    let all = sent.return_one("Walnut desk lamp", "£24.50").await;
    assert_eq!(all, sums(&[("gateway", 0), ("refunds", 49_83), ("revenue", -49_83), ("tax", 0)]));
}
