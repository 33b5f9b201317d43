//! The search.

use crate::support::{Page, Shop, feed};

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
async fn a_product_is_found_by_each_number_of_each_variant() {
    let columns = "id | item_group_id | title | price | color | gtin | mpn | product_type";
    let rows = [
        "ZX-8841 | MUG | Enamel mug | 9.00 GBP | Moss | 4006381333931 | ENM350M | Kitchen",
        "ZX-8842 | MUG | Enamel mug | 11.00 GBP | Clay | 5901234123457 | ENM350C | Kitchen",
        "QK-1207 | | Tin kettle | 30.00 GBP | | 036000291452 | TK900 | Kitchen",
    ];
    let shop = Shop::with_feed(&feed(columns, &rows)).await;
    let mut browser = shop.browser();
    for number in
        ["ZX-8841", "4006381333931", "ENM350M", "ZX-8842", "zx8842", "5901234123457", "ENM350C", "enm%20350%20c"]
    {
        let page = browser.open(&format!("/search?q={number}")).await;
        assert_eq!(page.is(200).cards(), ["/products/enamel-mug"], "{number}");
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
    // A search is read on from a result and has no numbered pages.
    assert_eq!(browser.open("/search?q=lamp&page=2").await.is(200).path, "/search?q=lamp");
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

/// The link of a filter, by what stands behind the words that it is searched by.
fn filter(page: &Page, ending: &str) -> String {
    let links = page.links("/search?q=");
    links.iter().find(|link| link.ends_with(ending)).unwrap_or_else(|| panic!("no {ending} in {links:?}")).clone()
}

#[tokio::test]
async fn what_results_can_be_narrowed_to_is_a_link_with_its_count() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let all = browser.open("/search?q=lamp").await;
    all.is(200).says(&["2 items", "Category Home, 2 items", "Brand", "Orla, 1 items", "Tarn, 1 items"]);
    for (ending, expected) in [
        ("&brand=Orla", vec!["/products/walnut-desk-lamp"]),
        ("&in-stock=yes", vec!["/products/brass-floor-lamp", "/products/walnut-desk-lamp"]),
        ("&in=home", vec!["/products/brass-floor-lamp", "/products/walnut-desk-lamp"]),
    ] {
        let page = browser.open(&filter(&all, ending)).await;
        let mut cards = page.is(200).cards();
        cards.sort();
        assert_eq!(cards, expected, "{ending}");
        assert!(page.links("/search").contains(&"/search?q=lamp".to_owned()), "{ending} can be taken away");
    }
    // A second brand can be added to the first.
    let orla = browser.open("/search?q=lamp&brand=Orla").await;
    orla.says(&["1 item", "Tarn, 1 items"]);
    assert_eq!(browser.open(&filter(&orla, "&brand=Orla&brand=Tarn")).await.cards().len(), 2);
    // A shelf leads to the one below it and back up.
    let home = browser.open("/search?q=lamp&in=home").await;
    home.says(&["All categories", "Lighting, 2 items"]);
    assert_eq!(browser.open(&filter(&home, "&in=home%2Flighting")).await.cards().len(), 2);
    // What fits nothing says so and leads back.
    browser.open("/search?q=lamp&price-from=500").await.is(200).says(&["0 items", "Clear all filters"]);
}

#[tokio::test]
async fn lists_are_narrowed_by_who_sells_and_by_free_delivery() {
    let rows = [
        "L1 | Walnut desk lamp | 24.50 GBP | Fell & Co | Home",
        "L2 | Brass floor lamp | 89.00 GBP | | Home",
        "L3 | Paper lamp | 40.00 GBP | Fell & Co | Home",
        "L4 | Clay lamp | 39.99 GBP | Vale | Home",
    ];
    let shop = Shop::with_feed(&feed("id | title | price | external_seller_id | product_type", &rows)).await;
    let mut browser = shop.browser();
    let lamp = |name: &str| format!("/products/{name}-lamp");
    let sorted = |page: &Page| {
        let mut cards = page.cards();
        cards.sort();
        cards
    };
    for (list, and) in [("/search?q=lamp", '&'), ("/c/home", '?')] {
        let all = browser.open(list).await;
        all.is(200).says(&["Delivery", "Free delivery, 2 items", "Sold by", "Fell & Co, 2 items"]);
        all.says(&["Cartograph, 1 items", "Vale, 1 items"]);
        for (query, expected, chip) in [
            ("seller=Fell%20%26%20Co", vec!["paper", "walnut-desk"], "Sold by Fell & Co"),
            ("seller=store", vec!["brass-floor"], "Sold by Cartograph"),
            ("delivery=free", vec!["brass-floor", "paper"], "Free delivery"),
        ] {
            let narrowed = format!("{list}{and}{query}");
            assert!(all.links(list).contains(&narrowed), "{narrowed} is a link");
            let page = browser.open(&narrowed).await;
            page.is(200).says(&[&format!("{chip}, remove")]);
            assert_eq!(sorted(&page), expected.into_iter().map(lamp).collect::<Vec<_>>(), "{narrowed}");
            assert!(page.links(list).contains(&list.to_owned()), "{narrowed} can be taken away");
        }
        // A second seller can be added to the first; other facets count within both.
        let one = browser.open(&format!("{list}{and}seller=Vale")).await;
        one.says(&["1 item", "Cartograph, 1 items", "Fell & Co, 2 items"]);
        let both = browser.open(&format!("{list}{and}seller=store&seller=Vale&delivery=fast")).await;
        assert_eq!(both.path, format!("{list}{and}seller=Vale&seller=store"));
        both.says(&["2 items", "Free delivery, 1 items"]);
        let free = browser.open(&format!("{list}{and}seller=Vale&seller=store&delivery=free")).await;
        assert_eq!(free.cards(), [lamp("brass-floor")]);
        let order =
            free.forms(list.split('?').next().unwrap_or(list)).into_iter().find(|form| form.field("sort").is_some());
        let order = order.expect("lists can be sorted");
        assert_eq!(
            (order.field("seller"), order.field("delivery")),
            (Some("Vale"), Some("free")),
            "sorting keeps them"
        );
    }
}

#[tokio::test]
async fn results_are_read_on_from_where_a_page_ended() {
    let lamps: Vec<String> = (1..=30).map(|n| format!("L{n:02} | Lamp {n:02} | {n}.00 GBP | Home")).collect();
    let rows: Vec<&str> = lamps.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price | product_type", &rows)).await;
    let mut browser = shop.browser();
    for order in ["", "&sort=price-up", "&sort=price-down", "&sort=newest", "&sort=rating", "&sort=best-selling"] {
        let first = browser.open(&format!("/search?q=lamp{order}")).await;
        first.is(200).says(&["30 items", "1 to 24 of 30", "Next 6"]);
        let next = first.links("/search?q=lamp").into_iter().find(|link| link.contains("&after=24.")).unwrap();
        let second = browser.open(&next).await;
        second.is(200).says(&["25 to 30 of 30", "First results"]);
        assert_eq!(second.path, next, "a page has one address");
        assert!(
            !second.links("/search").iter().any(|link| link.contains("&after=30")),
            "nothing comes behind the last"
        );
        let mut cards: Vec<String> = first.cards().into_iter().chain(second.cards()).collect();
        cards.sort();
        cards.dedup();
        assert_eq!(cards.len(), 30, "{order}: everything stands on one page");
    }
    // What is no place is the beginning.
    for nonsense in ["0.1", "24", "24.%20", "x"] {
        let page = browser.open(&format!("/search?q=lamp&after={nonsense}")).await;
        assert_eq!((page.is(200).path.as_str(), page.cards().len()), ("/search?q=lamp", 24), "{nonsense}");
    }
}

#[tokio::test]
async fn an_order_by_relevance_ends_after_a_thousand_and_says_how_to_see_the_others() {
    let lamps: Vec<String> = (1..=1_001).map(|n| format!("L{n:04} | Lamp {n:04} | {n}.00 GBP | Home")).collect();
    let rows: Vec<&str> = lamps.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price | product_type", &rows)).await;
    let mut browser = shop.browser();
    let mut page = browser.open("/search?q=lamp").await;
    page.does_not_say("These are the first");
    while let Some(next) = page.links("/search?q=lamp&after=").pop() {
        page = browser.open(&next).await;
    }
    page.is(200).says(&["985 to 1,000 of 1,001", "These are the first 1,000. Narrow or sort the results"]);
}

#[tokio::test]
async fn a_search_says_how_it_was_understood() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for (words, expected, said) in [
        ("lamp under 30", "/products/walnut-desk-lamp", "Up to £30.00"),
        ("lamp -walnut", "/products/brass-floor-lamp", "Without walnut"),
        ("\"floor lamp\"", "/products/brass-floor-lamp", "“floor lamp”"),
        ("lamp brand:tarn", "/products/brass-floor-lamp", "Brand tarn"),
    ] {
        let page = browser.open(&format!("/search?q={}", words.replace(' ', "%20").replace('"', "%22"))).await;
        page.is(200).says(&["Understood as", said, "leave out"]);
        assert_eq!(page.cards(), [expected], "{words}");
    }
    let under = browser.open("/search?q=lamp%20under%2030").await;
    assert_eq!(browser.open(&filter(&under, "?q=lamp")).await.cards().len(), 2, "a part can be left out");
}

#[tokio::test]
async fn a_search_has_no_dead_end() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let near = browser.open("/search?q=walnut%20zeppelin").await;
    near.is(200).says(&["These come nearest"]);
    assert_eq!(near.cards().first().map(String::as_str), Some("/products/walnut-desk-lamp"));
    let misspelt = browser.open("/search?q=walnutt%20lapm").await;
    let leads_on = misspelt.is(200).links("/search?q=walnut");
    let shows = misspelt.cards().contains(&"/products/walnut-desk-lamp".to_owned());
    assert!(shows || !leads_on.is_empty(), "{}", misspelt.text());
    misspelt.says(&["Nothing is called “walnutt” or “lapm”. These are the results for “", "walnut lamp"]);
    // A price and a brand narrow no search to nothing.
    for (words, given_up, first) in [
        ("lamp%20walnut%20under%205", "Up to £5.00", "/products/walnut-desk-lamp"),
        ("lamp%20brand:orlla", "Brand orlla", "/products/walnut-desk-lamp"),
        ("floor%20lamp%20under%205%20brand:taarn", "Up to £5.00” or “Brand taarn", "/products/brass-floor-lamp"),
    ] {
        let near = browser.open(&format!("/search?q={words}")).await;
        near.is(200).says(&[&format!("No such product fits “{given_up}”. These come nearest."), "Understood as"]);
        assert_eq!(near.cards().first().map(String::as_str), Some(first), "{words}");
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
    for bytes in ["%FF%FE", "caf%E9", "%C3%28&brand=%80", "&%FF=%FF"] {
        browser.open(&format!("/search?q={bytes}")).await.is(200);
    }
    assert_eq!(browser.open("/search?q=lamp%FF").await.cards().len(), 2, "what can be read is looked for");
}

#[tokio::test]
async fn a_search_that_is_too_long_says_that_only_its_beginning_counted() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let said = "only its beginning counted";
    let walnut = "walnut%20".repeat(28);
    let longest = [format!("{walnut}lamp"), format!("walnut{}", "%20a".repeat(31))];
    let too_long = [
        format!("{walnut}lamps"),
        format!("walnut{}", "%20a".repeat(32)),
        "lamp%20".repeat(1_000),
        "zeppelin%20".repeat(1_000),
        "a%20".repeat(40),
    ];
    for words in longest {
        browser.get(&format!("/search?q={words}")).await.is(200).does_not_say(said);
    }
    for words in too_long {
        browser.open(&format!("/search?q={words}")).await.is(200).says(&[said]);
    }
}

#[tokio::test]
async fn a_search_that_asks_for_help_leads_to_the_pages_that_answer() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for (asked, links) in [
        ("return%20policy", vec![("/help/returns", "Returns and cancellation"), ("/orders", "Find my order")]),
        ("gift%20card", vec![("/help/payment", "Payment and gift cards")]),
        ("delivery%20cost", vec![("/help/delivery", "Delivery times and costs")]),
        ("track%20my%20order", vec![("/orders", "Find my order"), ("/help/orders", "How orders work")]),
        ("forgot%20password", vec![("/account/forgotten", "Forgotten password"), ("/account/sign-in", "Sign in")]),
    ] {
        let page = browser.open(&format!("/search?q={asked}")).await;
        let words: Vec<&str> = links.iter().map(|(_, words)| *words).collect();
        page.is(200).says(&[&format!("Looking for help? {}", words.join(" "))]);
        for (href, _) in links {
            assert!(page.links(href).contains(&href.to_owned()), "{asked}: {href}");
            browser.open(href).await.is(200);
        }
    }
    for goods in ["desk%20lamp", "gift%20card%20holder"] {
        let text = browser.open(&format!("/search?q={goods}")).await.is(200).text();
        assert!(!text.contains("Looking for help?"), "{goods}: {text}");
    }
}
