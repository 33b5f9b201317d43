//! The search.

use crate::support::{Shop, feed};

async fn shop() -> Shop {
    let rows = [
        "ZX-8841 | Walnut desk lamp | 24.50 GBP | Orla | Home > Lighting | in_stock",
        "QK-1207 | Brass floor lamp | 89.00 GBP | Tarn | Home > Lighting | in_stock",
        "PV-5530 | Oak stool | 61.00 GBP | Orla | Home > Seating | in_stock",
        "TT-9001 | Crème brûlée dish | 8.00 GBP | Tarn | Kitchen | in_stock",
    ];
    Shop::with_feed(&feed("id | title | price | brand | product_type | availability", &rows)).await
}

#[tokio::test]
async fn a_product_is_found_by_its_words_its_brand_its_shelf_and_its_sku() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let (desk, floor, stool) = ("/products/walnut-desk-lamp", "/products/brass-floor-lamp", "/products/oak-stool");
    for (words, mut expected) in [
        ("lamp", vec![floor, desk]),
        ("LAMPS", vec![floor, desk]),
        ("lamp walnut", vec![desk]),
        ("orla", vec![stool, desk]),
        ("seating", vec![stool]),
        ("PV-5530", vec![stool]),
        ("pv-5530", vec![stool]),
        ("creme brulee", vec!["/products/creme-brulee-dish"]),
    ] {
        let page = browser.open(&format!("/search?q={}", words.replace(' ', "%20"))).await;
        let mut cards = page.is(200).cards();
        cards.sort();
        expected.sort_unstable();
        assert_eq!(cards, expected, "{words}");
        page.says(&[&format!("Results for “{words}”")]);
        assert_eq!(page.meta("robots").as_deref(), Some("noindex"));
    }
}

#[tokio::test]
async fn the_search_box_of_every_page_leads_to_the_results() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let forms = browser.open("/cart").await.forms("/search");
    assert_eq!(forms[0].field("q"), Some(""), "{forms:?}");
    // A browser writes a space in a form as a plus sign.
    let page = browser.open("/search?q=desk+lamp").await;
    assert_eq!((page.path.as_str(), page.cards().len()), ("/search?q=desk%20lamp", 1));
}

#[tokio::test]
async fn results_are_narrowed_and_sorted_like_a_category() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let dear_first = browser.open("/search?q=lamp&sort=price-down").await.cards();
    assert_eq!(dear_first, ["/products/brass-floor-lamp", "/products/walnut-desk-lamp"]);
    let cheap = browser.open("/search?q=lamp&price-to=30").await;
    assert_eq!(cheap.cards(), ["/products/walnut-desk-lamp"]);
    browser.open("/search?q=lamp&page=2").await.is(404);
}

#[tokio::test]
async fn a_search_without_an_answer_shows_a_way_on() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let none = browser.open("/search?q=zeppelin").await;
    none.is(200).says(&["Nothing found for “zeppelin”", "Check the spelling."]);
    assert!(none.links("/c/").contains(&"/c/home".to_owned()));
    for path in ["/search", "/search?q=", "/search?q=%20%20"] {
        browser.open(path).await.is(200).says(&["What are you looking for?"]);
    }
}

#[tokio::test]
async fn any_text_is_a_search() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let long = "lamp".repeat(1_000);
    for text in
        ["%22%27%3B--", "%3Cb%3Ebold%3C%2Fb%3E", "%00", "%24%7Bx%7D%20%40%200", "%F0%9F%92%A1", "-%2B*%5C", &long]
    {
        let page = browser.open(&format!("/search?q={text}")).await;
        assert!(!page.is(200).html.contains("<b>bold"), "{text}");
    }
}
