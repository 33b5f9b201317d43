//! Imports: what a shopkeeper brings in, what is refused, and that it can be done again.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::feed::{gzipped, xz_packed};
use crate::support::purchase::ADD;
use crate::support::{Ran, Shop, feed, until};

pub(super) const ROWS_REJECTED: i32 = 3;
pub(super) const DEADLINE: Duration = Duration::from_mins(1);
pub(super) const COLUMNS: &str = "id | title | price | product_type";
pub(super) const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP | Home";
const MUG_COLUMNS: &str = "id | item_group_id | title | price | color | product_type | quantity";
const MOSS: &str = "MUG-M | MUG | Enamel mug | 9.00 GBP | Moss | Kitchen | 9";
const CLAY: &str = "MUG-C | MUG | Enamel mug | 9.00 GBP | Clay | Kitchen | 9";

pub(super) async fn import_file(shop: &Shop, what: &str, file: &Path) -> Ran {
    shop.run_on_data(&["import".as_ref(), what.as_ref(), file.as_os_str()]).await
}

/// The rejected rows that a report lists, as they stand in it.
pub(super) fn rejected(shop: &Shop, file: &str) -> Vec<String> {
    let report = fs::read_to_string(shop.folder().join(format!("import-report-{file}.csv"))).unwrap();
    let mut lines = report.lines().map(str::to_owned);
    assert_eq!(lines.next().as_deref(), Some("line,field,value,reason"));
    lines.collect()
}

#[tokio::test]
async fn a_bad_row_is_reported_and_does_not_stop_the_others() {
    let mut shop = Shop::new();
    let rows = [
        LAMP,
        "NEG | Negative price | -5.00 GBP | Home",
        "FREE | No price | 0 GBP | Home",
        "EUR | Unknown money | 5.00 QQQ | Home",
        "BARE | No currency | 5.00 | Home",
        "NAMELESS | | 5.00 GBP | Home",
        "TWO WORDS | Bad key | 5.00 GBP | Home",
        "| No key | 5.00 GBP | Home",
        "STOOL | Oak stool | 61.00 GBP | Home",
    ];
    let ran = shop.import(&feed(COLUMNS, &rows)).await;
    assert_eq!(ran.code, ROWS_REJECTED, "{ran:?}");
    for words in ["9 rows read", "2 products", "7 rows rejected", "import-report-feed.tsv.csv"] {
        assert!(ran.stdout.contains(words), "{words}: {ran:?}");
    }
    let mut lines = rejected(&shop, "feed.tsv");
    lines.sort();
    let expected = [
        ("3,price,-5.00 GBP,", "above zero"),
        ("4,price,0 GBP,", "above zero"),
        ("5,price,5.00 QQQ,", "QQQ is not a currency code"),
        ("6,price,5.00,", "like 12.99 GBP"),
        ("7,title,,", "must not be empty"),
        ("8,id,TWO WORDS,", "must not contain"),
        ("9,id,,", "must not be empty"),
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for (line, (start, reason)) in lines.iter().zip(expected) {
        assert!(line.starts_with(start) && line.contains(reason), "{line} should say {start}…{reason}");
    }
    shop.open().await;
    let mut browser = shop.browser();
    browser.open("/c/home").await.is(200).says(&["2 items"]);
    browser.open("/products/oak-stool").await.is(200);
    browser.open("/products/negative-price").await.is(404);
}

#[tokio::test]
async fn a_clean_import_leaves_no_report() {
    let shop = Shop::new();
    let report = shop.folder().join("import-report-feed.tsv.csv");
    let ran = shop.import(&feed(COLUMNS, &[LAMP])).await.went_well();
    assert!(ran.stdout.contains("1 rows read: 1 products with 1 variants written"), "{ran:?}");
    assert!(!report.exists());
    // Nor one of the import before.
    assert_eq!(shop.import(&feed(COLUMNS, &[LAMP, "| No key | 5.00 GBP | Home"])).await.code, ROWS_REJECTED);
    assert_eq!(rejected(&shop, "feed.tsv").len(), 1);
    shop.import(&feed(COLUMNS, &[LAMP])).await.went_well();
    assert!(!report.exists());
}

#[tokio::test]
async fn an_import_whose_report_has_no_place_is_refused_before_it_begins() {
    let shop = Shop::new();
    let file = shop.file("feed.tsv", feed(COLUMNS, &[LAMP]));
    let nowhere = file.join("report.csv");
    let arguments: [&OsStr; 5] =
        ["import".as_ref(), "products".as_ref(), file.as_os_str(), "--report".as_ref(), nowhere.as_os_str()];
    let ran = shop.run_on_data(&arguments).await;
    ran.refused_with(&["feed.tsv/report.csv can't be written", "choose a place"]);
    assert_eq!((ran.code, shop.stocked_skus().await), (1, 0));
}

#[tokio::test]
async fn a_second_import_updates_and_doubles_nothing() {
    let mut shop = Shop::new();
    let stool = "STOOL | Oak stool | 61.00 GBP | Home";
    shop.import(&feed(COLUMNS, &[LAMP, stool])).await.went_well();
    shop.import(&feed(COLUMNS, &[LAMP, stool])).await.went_well();
    let moved = LAMP.replace("24.50", "19.99").replace("Home", "Office > Lighting");
    shop.import(&feed(COLUMNS, &[&moved])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    browser.open("/products/walnut-desk-lamp").await.is(200).says(&["£19.99", "Office", "Lighting"]);
    browser.open("/c/office").await.is(200).says(&["1 item", "£19.99"]);
    assert_eq!(browser.open("/c/home").await.is(200).cards(), ["/products/oak-stool"]);
    assert_eq!(browser.open("/search?q=walnut").await.cards(), ["/products/walnut-desk-lamp"]);
    let sitemap = browser.get("/sitemaps/products-1.xml").await;
    assert_eq!(sitemap.html.matches("<loc>").count(), 2);
    assert_eq!(shop.stocked_skus().await, 2);
}

#[tokio::test]
async fn an_id_that_comes_again_in_another_product_is_refused() {
    let mut shop = Shop::new();
    let rows = [
        MOSS,
        CLAY,
        "MUG-C | CUP | Clay cup | 4.00 GBP | | Kitchen | 3",
        "CUP-S | CUP | Clay cup | 5.00 GBP | | Kitchen | 3",
    ];
    assert_eq!(shop.import(&feed(MUG_COLUMNS, &rows)).await.code, ROWS_REJECTED);
    assert_eq!(rejected(&shop, "feed.tsv"), ["4,id,MUG-C,is in line 3 already"]);
    shop.open().await;
    let mut browser = shop.browser();
    browser.open("/products/enamel-mug?sku=MUG-C").await.is(200).says(&["Moss", "Clay", "£9.00"]);
    browser.open("/products/clay-cup").await.is(200).says(&["£5.00"]);
    browser.post(ADD, &[("sku", "MUG-C"), ("quantity", "1")]).await;
    browser.open("/cart").await.says(&["Enamel mug", "Clay", "£9.00"]);
}

#[tokio::test]
async fn an_id_that_moved_to_another_product_leaves_the_one_it_was_in() {
    let mut shop = Shop::with_feed(&feed(MUG_COLUMNS, &[&MOSS.replace("Kitchen | 9", "Kitchen | 0"), CLAY])).await;
    let mut browser = shop.browser();
    browser.post(ADD, &[("sku", "MUG-C"), ("quantity", "1")]).await;
    shop.close().await;
    let cup = "MUG-C | CUP | Clay cup | 4.00 GBP | Clay | Kitchen | 9";
    shop.import(&feed(MUG_COLUMNS, &[cup])).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/cart").await.says(&["Clay cup", "£4.00"]);
    let mug = browser.open("/products/enamel-mug").await;
    mug.is(200).says(&["Enamel mug", "Sold out"]);
    mug.does_not_say("MUG-C");
    assert_eq!(mug.thing("Product")["sku"], "MUG-M");
    browser.open("/products/clay-cup").await.is(200).says(&["£4.00", "In stock"]);
    assert_eq!(browser.open("/c/kitchen?in-stock=yes").await.cards(), ["/products/clay-cup"]);

    // The next feed has the rest of the old product as well, in whatever order.
    shop.close().await;
    shop.import(&feed(MUG_COLUMNS, &[cup, MOSS])).await.went_well();
    shop.import(&feed(MUG_COLUMNS, &[MOSS, cup])).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/cart").await.says(&["Clay cup", "£4.00"]);
    browser.open("/products/enamel-mug").await.is(200).says(&["In stock"]);

    // And then it moves back.
    shop.close().await;
    shop.import(&feed(MUG_COLUMNS, &[MOSS, CLAY])).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/cart").await.says(&["Enamel mug", "Clay", "£9.00"]);
    let moved = browser.get("/products/clay-cup").await;
    assert!(moved.is(301).location().ends_with("/products/enamel-mug"), "{}", moved.location());
    assert_eq!(browser.open("/c/kitchen").await.cards(), ["/products/enamel-mug"]);
}

#[tokio::test]
async fn products_that_become_variants_of_one_leave_their_addresses_to_it() {
    let alone = |row: &str| row.replacen("| MUG |", "| |", 1);
    let mut shop = Shop::with_feed(&feed(MUG_COLUMNS, &[&alone(MOSS), &alone(CLAY)])).await;
    let addresses = shop.browser().open("/c/kitchen").await.cards();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    shop.close().await;
    shop.import(&feed(MUG_COLUMNS, &[MOSS, CLAY])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    assert_eq!(browser.open("/c/kitchen").await.cards(), ["/products/enamel-mug"], "as it was called before");
    assert_eq!(browser.open("/search?q=enamel").await.cards(), ["/products/enamel-mug"]);
    for address in &addresses {
        let page = browser.open(address).await;
        assert_eq!(page.is(200).path, "/products/enamel-mug");
    }
    assert_eq!(browser.get("/sitemaps/products-1.xml").await.html.matches("<loc>").count(), 1);
}

#[tokio::test]
async fn what_is_past_its_expiration_date_is_gone_until_it_is_imported_without() {
    let columns = "id | title | price | product_type | expiration_date";
    let (lamp, stool) = (format!("{LAMP} | "), "STOOL | Oak stool | 61.00 GBP | Home | ");
    let expired = format!("{LAMP} | 2020-12-31");
    let mut shop = Shop::with_feed(&feed(columns, &[&lamp, stool])).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    shop.close().await;
    let ran = shop.import(&feed(columns, &[&expired, stool])).await.went_well();
    assert!(ran.stdout.contains("rows past their expiration date, not sold: 1"), "{ran:?}");
    shop.open().await;
    browser.follow(&shop);
    let gone = browser.open("/products/walnut-desk-lamp").await;
    gone.is(410).says(&["We no longer sell this", "Walnut desk lamp", "Oak stool"]);
    assert_eq!((gone.canonical(), gone.meta("robots").as_deref()), (None, Some("noindex")));
    assert_eq!(browser.open("/c/home").await.is(200).cards(), ["/products/oak-stool"]);
    browser.open("/search?q=walnut").await.says(&["Nothing found for “walnut”"]);
    assert!(!browser.get("/sitemaps/products-1.xml").await.is(200).html.contains("walnut-desk-lamp"));
    browser.open("/cart").await.says(&["No longer sold: please remove it to go on."]);
    let answer = browser.post(ADD, &[("sku", "LAMP"), ("quantity", "1")]).await;
    browser.go_on(answer).await.says(&["That is no longer sold."]);

    shop.close().await;
    shop.import(&feed(columns, &[&lamp])).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/products/walnut-desk-lamp").await.is(200).says(&["£24.50", "In stock"]);
    assert_eq!(browser.open("/c/home").await.cards().len(), 2);
    assert_eq!(browser.open("/search?q=walnut").await.cards(), ["/products/walnut-desk-lamp"]);
    assert!(browser.get("/sitemaps/products-1.xml").await.html.contains("walnut-desk-lamp"));
    browser.open("/cart").await.says(&["Walnut desk lamp", "£24.50"]);
}

#[tokio::test]
async fn a_product_stays_while_one_of_its_variants_is_sold() {
    let columns = format!("{MUG_COLUMNS} | expiration_date");
    let feed = |moss: &str, clay: &str| feed(&columns, &[&format!("{MOSS} | {moss}"), &format!("{CLAY} | {clay}")]);
    let mut shop = Shop::with_feed(&feed("", "")).await;
    let mut browser = shop.browser();
    browser.post(ADD, &[("sku", "MUG-C"), ("quantity", "1")]).await;
    shop.close().await;
    shop.import(&feed("", "2020-12-31T23:59+0100")).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    let mug = browser.open("/products/enamel-mug").await;
    mug.is(200).says(&["Enamel mug", "In stock"]);
    mug.does_not_say("Clay,");
    assert_eq!(mug.thing("Product")["sku"], "MUG-M");
    browser.open("/cart").await.says(&["No longer sold: please remove it to go on."]);
    assert_eq!(browser.open("/c/kitchen").await.cards(), ["/products/enamel-mug"]);

    shop.close().await;
    shop.import(&feed("2020-12-31", "2020-12-31")).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/products/enamel-mug").await.is(410);
    assert!(browser.open("/c/kitchen").await.cards().is_empty());
}

#[tokio::test]
async fn what_is_promised_to_somebody_stays_whatever_a_feed_counts() {
    let mut shop = Shop::with_feed(&feed(COLUMNS, &[LAMP])).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "7", crate::support::purchase::PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    shop.close().await;
    shop.import(&feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 3"])).await.went_well();
    let stock = shop.stock("LAMP").await;
    assert_eq!((stock.reserved, stock.allocated), (0, 7));
    assert!(stock.on_hand >= 7, "{stock:?}");
}

#[tokio::test]
async fn a_feed_without_quantities_leaves_what_was_counted() {
    let shop = Shop::new();
    shop.import(&feed(COLUMNS, &[LAMP])).await.went_well();
    import_file(&shop, "stock", &shop.file("shelves.csv", "sku,on_hand\nLAMP,3\n")).await.went_well();
    let prices = "id | title | price | availability";
    shop.import(&feed(prices, &["LAMP | Walnut desk lamp | 21.00 GBP | in_stock"])).await.went_well();
    assert_eq!(shop.stock("LAMP").await.on_hand, 3);
}

#[tokio::test]
async fn a_feed_comes_in_every_usual_form() {
    let mut shop = Shop::new();
    let row = |name: &str| {
        let row = format!("{name} | Lamp from {name} | 5.00 GBP | Home");
        feed(COLUMNS, &[&row])
    };
    let csv = "\u{feff}price,title,availability,id,product_type\r\n\
               5.00 GBP,\"Lamp from CSV, with \"\"quotes\"\"\r\nand a line end\",in stock,CSV,Home\r\n";
    let rss = r#"<?xml version="1.0"?>
        <rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>A shop</title>
        <item><g:id>RSS</g:id><title><![CDATA[Lamp from RSS & more]]></title><g:price>5.00 GBP</g:price>
        <g:availability>in_stock</g:availability><g:product_type>Home</g:product_type></item>
        </channel></rss>"#;
    for (name, content) in [
        ("plain.tsv", row("PLAIN").into_bytes()),
        ("packed.tsv.gz", gzipped(&row("GZIP"))),
        ("packed.tsv.xz", xz_packed(&row("XZ"))),
        ("quoted.csv", csv.as_bytes().to_vec()),
        ("feed.xml", rss.as_bytes().to_vec()),
        ("feed-in-disguise.txt", gzipped(&rss.replace("RSS", "PACKED"))),
    ] {
        let file = shop.file(name, content);
        import_file(&shop, "products", &file).await.went_well();
    }
    shop.open().await;
    let page = shop.browser().open("/c/home").await;
    page.says(&[
        "6 items",
        "Lamp from PLAIN",
        "Lamp from GZIP",
        "Lamp from XZ",
        "Lamp from CSV, with \"quotes\" and a line end",
        "Lamp from RSS & more",
        "Lamp from PACKED & more",
    ]);
}

#[tokio::test]
async fn a_file_that_is_no_feed_is_refused_with_its_name_and_the_way_on() {
    let shop = Shop::new();
    let missing = import_file(&shop, "products", Path::new("nowhere.tsv")).await;
    missing.refused_with(&["nowhere.tsv", "can't be opened"]);
    assert_eq!(missing.code, 1);
    let no_price = shop.file("no-price.tsv", "id\ttitle\tavailability\nLAMP\tLamp\tin_stock\n");
    import_file(&shop, "products", &no_price).await.refused_with(&["no-price.tsv", "no column price"]);
    for (name, content) in
        [("empty.tsv", &b""[..]), ("archive.zip", b"PK\x03\x04rest"), ("list.json", b"[{\"id\": 1}]")]
    {
        let file = shop.file(name, content);
        import_file(&shop, "products", &file).await.refused_with(&[name]);
    }
    let mut cut_short = gzipped(&feed(COLUMNS, &[LAMP]));
    cut_short.truncate(cut_short.len() - 12);
    let file = shop.file("cut.tsv.gz", cut_short);
    import_file(&shop, "products", &file).await.refused_with(&["cut.tsv.gz", "cut short"]);
}

#[tokio::test]
async fn an_import_that_was_interrupted_is_run_again() {
    const PRODUCTS: i64 = 4_000;
    let mut shop = Shop::new();
    let rows: Vec<String> = (0..PRODUCTS).map(|n| format!("S{n} | Screw of kind {n} | 0.10 GBP | Screws")).collect();
    let file = shop.file("screws.tsv", feed(COLUMNS, &rows.iter().map(String::as_str).collect::<Vec<_>>()));
    let arguments: [&OsStr; 3] = ["import".as_ref(), "products".as_ref(), file.as_os_str()];
    let mut first = shop.start_on_data(&arguments);
    until("something is imported", DEADLINE, async || (shop.stocked_skus().await > 0).then_some(())).await;
    first.kill().await.unwrap();
    import_file(&shop, "products", &file).await.went_well();
    assert_eq!(shop.stocked_skus().await, PRODUCTS);
    shop.open().await;
    let mut browser = shop.browser();
    browser.open("/c/screws").await.is(200).says(&["4,000 items"]);
    let sitemap = browser.get("/sitemaps/products-1.xml").await;
    assert_eq!(sitemap.html.matches("<loc>").count(), 4_000);
    browser.open("/products/screw-of-kind-3999").await.is(200).says(&["In stock"]);
}
