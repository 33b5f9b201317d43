//! The invoice of an order as a PDF document: what it says, who gets it, and how it goes over pages.

use reqwest::Method;
use reqwest::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};

use crate::support::pdf::Pdf;
use crate::support::purchase::{ADD, CANCEL, PAYS, number_on};
use crate::support::{Browser, Page, Shop, feed};

const ADA: &str = "ada@example.com";

async fn shop() -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 500", "POT | Tea pot 茶 Чайник | 30.00 GBP | 500"];
    Shop::with_feed(&feed("id | title | price | quantity", &rows)).await
}

/// Downloads an invoice as a browser does.
async fn invoice(browser: &mut Browser, path: &str) -> Pdf {
    let answer = browser.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    let header = |name: HeaderName| answer.headers()[&name].to_str().unwrap().to_owned();
    assert_eq!(header(CONTENT_TYPE), "application/pdf");
    assert_eq!(header(CACHE_CONTROL), "no-store");
    let number = path.split('/').find(|part| part.starts_with("CG-")).unwrap();
    assert_eq!(header(CONTENT_DISPOSITION), format!("inline; filename=\"invoice-{number}.pdf\""));
    Pdf::read(answer.bytes().await.unwrap().to_vec())
}

/// The way from the page of an order to its invoice.
fn ways(order: &Page) -> Vec<String> {
    let links = order.links("/orders/");
    links.into_iter().filter(|link| link.contains("/invoice.pdf")).collect()
}

#[tokio::test]
async fn an_invoice_says_what_the_page_of_its_order_says() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "2").await;
    let confirmation = browser.buy("tea-pot", "1").await;
    let number = number_on(&confirmation);
    let order = browser.follow_order(&confirmation).await;
    assert_eq!(ways(&confirmation), ways(&order), "the confirmation leads there as well");
    let document = invoice(&mut browser, &ways(&order)[0]).await;
    let title = format!("Invoice {number}");
    document.says(&[
        "Invoice",
        &format!("Invoice number {number}"),
        "Cartograph",
        "Ada Lovelace",
        "12 St James's Square",
        "SW1Y 4JH",
        "United Kingdom",
        ADA,
        "Walnut desk lamp",
        "SKU LAMP",
        "£24.50",
        "£49.00",
        "SKU POT",
        "Items (3)",
        "Delivery",
        "Total",
        "Includes VAT at 20%",
        "Card ending in 4242",
        "Page 1 of 1",
    ]);
    // What the font lacks is replaced, and nothing else.
    document.says(&["Tea pot ? Чайник"]);
    let text = order.text();
    for amount in text.split(' ').filter(|word| word.starts_with('£')) {
        document.says(&[amount.trim_end_matches(['.', ','])]);
    }
    assert!(document.holds(&title) && document.holds("(en-GB)"), "it says what it is");
    assert_eq!(document.pages(), 1);
    let again = invoice(&mut browser, &ways(&order)[0]).await;
    assert_eq!(again.texts(), document.texts());
}

#[tokio::test]
async fn an_invoice_is_shown_to_whom_its_order_is_shown() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let number = number_on(&ada.buy("walnut-desk-lamp", "1").await);
    let mine = shop.browser().buy("walnut-desk-lamp", "1").await;
    let theirs = shop.browser().buy("walnut-desk-lamp", "1").await;
    let access = |page: &Page| page.path.split("access=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let guests = number_on(&mine);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let mut stranger = shop.browser();
    let wrong = [
        format!("/orders/{number}/invoice.pdf"),
        format!("/orders/{guests}/invoice.pdf"),
        format!("/orders/{guests}/invoice.pdf?access="),
        format!("/orders/{guests}/invoice.pdf?access=nonsense"),
        format!("/orders/{guests}/invoice.pdf?access={}", access(&theirs)),
        format!("/orders/{number}/invoice.pdf?access={}", access(&mine)),
        format!("/orders/CG-00000-00000/invoice.pdf?access={}", access(&mine)),
        "/orders/nonsense/invoice.pdf".to_owned(),
        format!("/operator/orders/{number}/invoice.pdf"),
        "/operator/orders/nonsense/invoice.pdf".to_owned(),
    ];
    for path in wrong {
        for browser in [&mut stranger, &mut eve] {
            let page = browser.open(&path).await;
            page.is(404).does_not_say("Ada");
            assert_eq!(page.heading(), "We have no such document");
        }
    }
    invoice(&mut ada, &format!("/orders/{number}/invoice.pdf")).await.says(&[&number]);
    invoice(&mut stranger, &format!("/orders/{guests}/invoice.pdf?access={}", access(&mine))).await.says(&[&guests]);
    let mut olga = shop.operator("olga@example.com").await;
    let sheet = olga.open(&format!("/operator/orders/{guests}")).await;
    let way = sheet.links(&format!("/operator/orders/{guests}/invoice.pdf")).remove(0);
    invoice(&mut olga, &way).await.says(&[&guests, "Walnut desk lamp"]);
}

#[tokio::test]
async fn many_lines_go_over_pages() {
    const LINES: usize = 45;
    let rows: Vec<String> =
        (0..LINES).map(|line| format!("SKU-{line:02} | Spoon number {line:02} | 5.00 GBP")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price", &rows)).await;
    let mut browser = shop.browser();
    for line in 0..LINES {
        let sku = format!("SKU-{line:02}");
        browser.post(ADD, &[("sku", sku.as_str()), ("quantity", "1")]).await.is(302);
    }
    let review = browser.check_out(PAYS).await;
    let confirmation = browser.place(&review).await;
    let document = invoice(&mut browser, &ways(&confirmation)[0]).await;
    let (pages, texts) = (document.pages(), document.texts());
    assert!((2..=5).contains(&pages), "{pages}");
    for page in 1..=pages {
        document.says(&[&format!("Page {page} of {pages}")]);
    }
    let count = |words: &str| texts.iter().filter(|text| *text == words).count();
    for line in 0..LINES {
        assert_eq!(count(&format!("SKU SKU-{line:02}")), 1, "line {line}");
    }
    assert!((2..=pages).contains(&count("Unit price")), "each page of lines names its columns");
    document.says(&["Items (45)", "£225.00"]);
}

#[tokio::test]
async fn what_was_cancelled_is_a_credit() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let way = ways(&order).remove(0);
    invoice(&mut browser, &way).await.does_not_say("Credit");
    browser.submit(&order.form(CANCEL)).await.is(200);
    invoice(&mut browser, &way).await.says(&[
        "Credit",
        "Cancelled",
        "−£28.45",
        "Remaining",
        "£0.00 charged, £28.45 released",
    ]);
}

#[tokio::test]
async fn what_is_not_confirmed_has_no_invoice() {
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop.open_in(&[("CARTOGRAPH_FAULT", "payments.down")]).await;
    let mut browser = shop.browser();
    let confirmation = browser.buy("walnut-desk-lamp", "1").await;
    assert_eq!(shop.order_states().await, ["pending"]);
    assert!(ways(&confirmation).is_empty());
    let (path, query) = confirmation.path.split_once('?').unwrap();
    browser.open(&format!("{path}/invoice.pdf?{query}")).await.is(404);
}
