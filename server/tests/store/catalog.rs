//! Product pages and the front page.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH};

use crate::support::{Shop, feed};

const COLUMNS: &str = "id | title | description | price | brand | product_type | availability";
const LAMP: &str = "LAMP | Walnut desk lamp | Warm light for reading. | 24.50 GBP | Orla | Home > Lighting | in_stock";
const STOOL: &str = "STOOL | Oak stool | Three legs, one seat. | 61.00 GBP | Orla | Home > Seating | out_of_stock";

async fn shop() -> Shop {
    Shop::with_feed(&feed(COLUMNS, &[LAMP, STOOL])).await
}

#[tokio::test]
async fn a_product_page_says_what_it_is_and_what_it_costs() {
    let shop = shop().await;
    let page = shop.browser().open("/products/walnut-desk-lamp").await;
    page.is(200).says(&[
        "Walnut desk lamp",
        "£24.50",
        "In stock",
        "Warm light for reading.",
        "Orla",
        "Home",
        "Lighting",
    ]);
    assert_eq!(page.heading(), "Walnut desk lamp");
    assert_eq!(page.count_of("h1"), 1);
    assert!(page.title().starts_with("Walnut desk lamp"), "{}", page.title());
    assert_eq!(page.meta("description").as_deref(), Some("Warm light for reading."));
    assert_eq!(page.meta("og:title").as_deref(), Some("Walnut desk lamp"));
    let address = format!("{}/products/walnut-desk-lamp", shop.url());
    assert_eq!(page.canonical(), Some(address.clone()));

    let product = page.thing("Product");
    assert_eq!(product["name"], "Walnut desk lamp");
    assert_eq!(product["sku"], "LAMP");
    assert_eq!(product["url"], address);
    let offer = &product["offers"];
    assert_eq!((&offer["price"], &offer["priceCurrency"]), (&"24.50".into(), &"GBP".into()));
    assert_eq!(offer["availability"], "https://schema.org/InStock");
    let steps = page.thing("BreadcrumbList")["itemListElement"].as_array().map(Vec::len);
    assert!(steps >= Some(3), "home, both categories: {steps:?}");
}

#[tokio::test]
async fn a_product_page_says_who_sells_it() {
    let rows = ["L1 | Walnut lamp | 24.50 GBP | Fell & Co | Home", "L2 | Brass lamp | 89.00 GBP | | Home"];
    let shop = Shop::with_feed(&feed("id | title | price | external_seller_id | product_type", &rows)).await;
    let mut browser = shop.browser();
    for (path, name, list) in [
        ("/products/walnut-lamp", "Fell & Co", "/c/home?seller=Fell%20%26%20Co"),
        ("/products/brass-lamp", "Cartograph", "/c/home?seller=store"),
    ] {
        let page = browser.open(path).await;
        page.is(200).says(&[&format!("Sold by {name}")]);
        assert_eq!(page.thing("Product")["offers"]["seller"]["name"], name);
        assert!(page.links("/c/home?").contains(&list.to_owned()), "{list} is a link");
        assert_eq!(browser.open(list).await.is(200).cards(), [path]);
    }
}

#[tokio::test]
async fn what_is_sold_out_says_so_everywhere() {
    let shop = shop().await;
    let page = shop.browser().open("/products/oak-stool").await;
    page.is(200).says(&["£61.00", "Sold out"]);
    // What is alike and can be bought stands below it.
    assert!(!page.text().replace("Add to cart: Walnut desk lamp", "").contains("Add to cart"), "{}", page.text());
    assert_eq!(page.thing("Product")["offers"]["availability"], "https://schema.org/OutOfStock");
}

#[tokio::test]
async fn machines_read_whether_something_is_new() {
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | new",
        "STOOL | Oak stool | 61.00 GBP | used",
        "RADIO | Kitchen radio | 40.00 GBP | refurbished",
        "CHAIR | Ash chair | 50.00 GBP | slightly worn",
    ];
    let shop = Shop::with_feed(&feed("id | title | price | condition", &rows)).await;
    let mut browser = shop.browser();
    for (path, condition) in [
        ("walnut-desk-lamp", Some("https://schema.org/NewCondition")),
        ("oak-stool", Some("https://schema.org/UsedCondition")),
        ("kitchen-radio", Some("https://schema.org/RefurbishedCondition")),
        ("ash-chair", None),
    ] {
        let page = browser.open(&format!("/products/{path}")).await;
        assert_eq!(page.is(200).thing("Product")["offers"]["itemCondition"].as_str(), condition, "{path}");
    }
}

#[tokio::test]
async fn a_page_that_did_not_change_is_not_sent_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let first = browser.get("/products/walnut-desk-lamp").await;
    let tag = first.header("etag").expect("a page has an entity tag").to_owned();
    let again = |tag: &str| browser.request(Method::GET, "/products/walnut-desk-lamp").header(IF_NONE_MATCH, tag);
    let (same, other) = (again(&tag), again("W/\"another\""));
    let same = browser.send(same).await;
    assert_eq!((same.is(304).html.as_str(), same.header("etag")), ("", Some(tag.as_str())));
    assert_eq!(browser.send(other).await.is(200).html, first.html);
}

#[tokio::test]
async fn what_was_never_sold_is_not_found_and_shows_a_way_on() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in ["/products/walnut-desk-lam", "/products/Not%20a%20Slug", "/products/", "/nowhere", "/help/nonsense"] {
        let page = browser.open(path).await;
        page.is(404).says(&["There is nothing at this address"]);
        assert!(!page.forms("/search").is_empty(), "{path} offers a search");
        assert!(page.links("/c/").contains(&"/c/home".to_owned()), "{path} offers the categories");
        assert_eq!((page.canonical(), page.meta("robots").as_deref()), (None, Some("noindex")), "{path}");
    }
}

#[tokio::test]
async fn a_renamed_product_is_found_under_its_old_address() {
    let mut shop = shop().await;
    shop.close().await;
    let renamed = LAMP.replace("Walnut desk lamp", "Reading lamp in walnut");
    shop.import(&feed(COLUMNS, &[&renamed])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    let moved = browser.get("/products/walnut-desk-lamp").await;
    assert!(moved.is(301).location().ends_with("/products/reading-lamp-in-walnut"), "{}", moved.location());
    let page = browser.go_on(moved).await;
    page.is(200).says(&["Reading lamp in walnut", "£24.50"]);
    browser.open("/c/home/lighting").await.does_not_say("Walnut desk lamp");
}

#[tokio::test]
async fn products_of_one_name_have_an_address_each() {
    let long_name = "Reading lamp with a shade of linen and a foot of walnut for people who read in bed until it is \
                     late and do not want to wake anybody else who sleeps"
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!((120..=150).contains(&long_name.len()), "{}", long_name.len());
    let row = |sku: &str, name: &str, price: &str| format!("{sku} | {name} | {price} GBP | Home");
    let rows = [
        row("L1", "Desk lamp", "11.00"),
        row("L2", "Desk lamp", "12.00"),
        row("N1", &long_name, "13.00"),
        row("N2", &long_name, "14.00"),
    ];
    let rows = rows.each_ref().map(String::as_str);
    let shop = Shop::with_feed(&feed("id | title | price | product_type", &rows)).await;
    let mut browser = shop.browser();
    let cards = browser.open("/c/home?sort=price-up").await.cards();
    let mut found = Vec::new();
    for card in &cards {
        found.push(browser.open(card).await.is(200).thing("Product")["sku"].clone());
    }
    assert_eq!(found, ["L1", "L2", "N1", "N2"], "{cards:?}");
}

#[tokio::test]
async fn a_name_that_looks_like_another_with_its_id_takes_nobodys_address() {
    const COLUMNS: &str = "id | title | price | product_type";
    let mut shop = Shop::with_feed(&feed(COLUMNS, &["1 | Lamp 2 | 11.00 GBP | Home"])).await;
    shop.close().await;
    shop.import(&feed(COLUMNS, &["7 | Lamp | 12.00 GBP | Home", "2 | Lamp | 13.00 GBP | Home"])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    let cards = browser.open("/c/home?sort=price-up").await.cards();
    let mut found = Vec::new();
    for card in &cards {
        found.push(browser.open(card).await.is(200).thing("Product")["sku"].clone());
    }
    assert_eq!(found, ["1", "7", "2"], "{cards:?}");
    assert_eq!(cards[0], "/products/lamp-2");
}

#[tokio::test]
async fn a_variant_has_its_own_price_and_its_own_place_in_the_cart() {
    let columns = "id | item_group_id | title | price | color | product_type | availability";
    let rows = [
        "MUG-M | MUG | Enamel mug | 9.00 GBP | Moss | Kitchen | in_stock",
        "MUG-C | MUG | Enamel mug | 11.00 GBP | Clay | Kitchen | in_stock",
        "MUG-S | MUG | Enamel mug | 10.00 GBP | Sea | Kitchen | out_of_stock",
    ];
    let shop = Shop::with_feed(&feed(columns, &rows)).await;
    let mut browser = shop.browser();
    let cards = browser.open("/c/kitchen").await.cards();
    let [path] = cards.as_slice() else { panic!("one product of three variants, not {cards:?}") };

    let page = browser.open(&format!("{path}?sku=MUG-C")).await;
    page.is(200).says(&["Moss", "Clay", "Sea, sold out", "£11.00"]);
    assert_eq!(page.canonical(), Some(format!("{}{path}", shop.url())));
    let offers = &page.thing("Product")["offers"];
    assert_eq!((&offers["lowPrice"], &offers["highPrice"]), (&"9.00".into(), &"11.00".into()));
    assert_eq!(offers["offerCount"], 3);

    let form = page.form_of("/api/cart/lines", "MUG-C");
    let cart = browser.submit(&form).await;
    cart.says(&["Enamel mug", "Clay", "£11.00"]);
}

#[tokio::test]
async fn a_page_shows_what_can_be_bought_where_nobody_chose() {
    let columns = "id | item_group_id | title | price | color | product_type | availability";
    let mug = |colour: &str, availability: &str| {
        format!("MUG-{colour} | MUG | Enamel mug | 9.00 GBP | {colour} | Kitchen | {availability}")
    };
    let rows = [mug("Moss", "out_of_stock"), mug("Clay", "in_stock"), mug("Sea", "in_stock")];
    let mut shop = Shop::with_feed(&feed(columns, &rows.each_ref().map(String::as_str))).await;
    let mut browser = shop.browser();
    let unasked = browser.open("/products/enamel-mug").await;
    unasked.is(200).says(&["Item number MUG-Clay", "In stock", "Moss, sold out"]);
    unasked.form_of("/api/cart/lines", "MUG-Clay");
    browser.open("/products/enamel-mug?sku=unknown").await.says(&["Item number MUG-Clay"]);
    browser.open("/products/enamel-mug?sku=MUG-Sea").await.says(&["Item number MUG-Sea", "In stock"]);
    browser.open("/products/enamel-mug?sku=MUG-Moss").await.says(&["Item number MUG-Moss", "Sold out"]);

    shop.close().await;
    let rows = ["Moss", "Clay", "Sea"].map(|colour| mug(colour, "out_of_stock"));
    shop.import(&feed(columns, &rows.each_ref().map(String::as_str))).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    browser.open("/products/enamel-mug").await.says(&["Item number MUG-Moss", "Sold out"]);
}

#[tokio::test]
async fn nobody_is_given_a_size_that_they_did_not_choose() {
    let columns = "id | item_group_id | title | price | color | size | product_type | availability";
    let rows = [
        "F-MS | F | Wool fleece | 40.00 GBP | Moss | S | Clothing | in_stock",
        "F-ML | F | Wool fleece | 44.00 GBP | Moss | L | Clothing | in_stock",
        "F-CS | F | Wool fleece | 42.00 GBP | Clay | S | Clothing | in_stock",
        "F-CL | F | Wool fleece | 42.00 GBP | Clay | L | Clothing | out_of_stock",
    ];
    let shop = Shop::with_feed(&feed(columns, &rows)).await;
    let mut browser = shop.browser();
    let page = browser.open("/products/wool-fleece").await;
    page.is(200).says(&["Colour: Moss", "Size: not chosen yet", "from £40.00", "In stock"]);
    let canonical = page.canonical();
    assert_eq!(page.links("?look=").len(), 2, "a colour leaves the size open");

    // The form is a real one, and asks.
    let forms = page.forms("/api/cart/lines");
    let form = forms.iter().find(|form| form.field("look") == Some("F-MS")).expect("a form for the look");
    assert_eq!(form.field("sku"), None);
    let asked = browser.submit(&form.clone().with("quantity", "3")).await;
    asked.is(200).says(&["Size: not chosen yet", "Choose a size"]);
    assert!(asked.path.starts_with("/products/wool-fleece?look=F-MS&"), "{}", asked.path);
    assert_eq!(asked.forms("/api/cart/lines")[0].field("quantity"), Some("3"), "what was typed stays");
    assert_eq!(asked.canonical(), canonical);
    let is_shown = |html: &str| !html.contains(r#"id="fit-error" hidden"#);
    assert!(is_shown(&asked.html) && !is_shown(&page.html));
    browser.open("/cart").await.says(&["Your cart is empty"]);
    browser.post("/api/cart/lines", &[("quantity", "1")]).await.is(302);
    browser.open("/cart").await.says(&["Your cart is empty"]);

    // Another colour is still without a size, and says in how many there is any.
    browser.open("/products/wool-fleece?look=F-CL").await.says(&["Colour: Clay", "Size: not chosen yet", "1 of 2"]);
    let chosen = browser.open("/products/wool-fleece?sku=F-ML").await;
    chosen.says(&["Colour: Moss", "Size: L", "£44.00"]);
    assert_eq!(chosen.canonical(), canonical);
    let cart = browser.submit(&chosen.form_of("/api/cart/lines", "F-ML")).await;
    cart.says(&["Wool fleece", "Moss, L", "£44.00"]);
}

#[tokio::test]
async fn a_name_can_not_bring_markup_into_a_page() {
    let names = [
        "Lamp </script><script>alert(1)</script> \"A\" & <b>B</b>",
        "Lamp </title></head><body onload=alert(1)>",
        "Lamp nonce=\"e\" of the evening",
    ];
    let rows: Vec<String> = (0..).zip(names).map(|(n, name)| format!("LAMP{n} | {name} | 5.00 GBP | Home")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price | product_type", &rows)).await;
    let mut browser = shop.browser();
    let mut headings = Vec::new();
    for path in browser.open("/c/home").await.cards() {
        headings.push(browser.open(&path).await.is(200).heading());
    }
    headings.sort();
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(headings, expected, "a name is shown as it is");
    for path in ["/c/home", "/", "/search?q=lamp", "/cart"] {
        let page = browser.open(path).await;
        assert!(!page.is(200).html.contains("<script>alert") && !page.html.contains("<body onload"), "{path}");
        page.linked_data();
    }
}

#[tokio::test]
async fn the_front_page_leads_to_every_category_and_describes_the_store() {
    let shop = shop().await;
    let page = shop.browser().open("/").await;
    page.is(200).says(&["Walnut desk lamp"]);
    assert!(page.links("/c/").contains(&"/c/home".to_owned()));
    assert_eq!(page.canonical(), Some(format!("{}/", shop.url())));
    let kinds: Vec<String> = page.linked_data().iter().map(ToString::to_string).collect();
    let kinds = kinds.join(" ");
    for kind in ["WebSite", "Organization", "SearchAction"] {
        assert!(kinds.contains(kind), "{kind} in {kinds}");
    }
}

#[tokio::test]
async fn a_category_is_shown_while_something_in_it_is_sold() {
    let columns = "id | title | price | product_type | expiration_date";
    let lamp = "LAMP | Walnut desk lamp | 24.50 GBP | Home > Lighting | ";
    let bench = |until: &str| format!("BENCH | Oak bench | 61.00 GBP | Orchard > Seating | {until}");
    let mut shop = Shop::with_feed(&feed(columns, &[lamp, &bench("")])).await;
    assert_eq!(shown_categories(&shop).await, ["home", "home/lighting", "orchard", "orchard/seating"]);
    shop.browser().open("/").await.is(200).says(&["Home", "Orchard"]);
    shop.close().await;
    shop.import(&feed(columns, &[&bench("2020-12-31")])).await.went_well();
    shop.open().await;
    assert_eq!(shown_categories(&shop).await, ["home", "home/lighting"]);
    let mut browser = shop.browser();
    let front = browser.open("/").await;
    front.is(200).says(&["Home", "Lighting"]);
    front.does_not_say("Orchard");
    browser.open("/products/oak-bench").await.is(410).says(&["We no longer sell this"]);
    for emptied in ["/c/orchard", "/c/orchard/seating"] {
        browser.open(emptied).await.is(404).says(&["There is nothing at this address", "Home"]);
    }
    shop.close().await;
    shop.import(&feed(columns, &[&bench("")])).await.went_well();
    shop.open().await;
    assert_eq!(shown_categories(&shop).await, ["home", "home/lighting", "orchard", "orchard/seating"]);
    assert_eq!(shop.browser().open("/c/orchard").await.is(200).cards(), ["/products/oak-bench"]);
}

/// The categories that crawlers are told of.
async fn shown_categories(shop: &Shop) -> Vec<String> {
    let map = shop.browser().get("/sitemaps/categories.xml").await;
    let places = map.is(200).html.split("/c/").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    places.collect()
}

#[tokio::test]
async fn pages_are_sent_compressed_to_those_who_can_read_it() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for encoding in ["br", "gzip"] {
        let request = browser.request(Method::GET, "/").header(ACCEPT_ENCODING, encoding);
        let page = browser.send(request).await;
        assert_eq!(page.is(200).header("content-encoding"), Some(encoding));
        assert!(page.header("vary").is_some_and(|vary| vary.to_lowercase().contains("accept-encoding")));
    }
    assert_eq!(browser.get("/").await.header("content-encoding"), None);
}

#[tokio::test]
async fn scripts_and_styles_are_kept_for_ever_and_sent_as_they_were_packed() {
    let shop = shop().await;
    shop.file("site/pkg/cartograph.test.css", "body { color: ink }");
    shop.file("site/pkg/cartograph.test.css.br", "packed");
    let mut browser = shop.browser();
    let style = browser.get("/pkg/cartograph.test.css").await;
    assert_eq!(style.is(200).html, "body { color: ink }");
    assert_eq!(style.header("content-type"), Some("text/css"));
    assert!(style.header("cache-control").is_some_and(|kept| kept.contains("immutable")));
    let request = browser.request(Method::GET, "/pkg/cartograph.test.css").header(ACCEPT_ENCODING, "br");
    let packed = browser.send(request).await;
    assert_eq!((packed.html.as_str(), packed.header("content-encoding")), ("packed", Some("br")));
    assert!(browser.open("/").await.html.contains("/pkg/cartograph.test.css"), "pages use the style of this build");
}

#[tokio::test]
async fn pictures_are_drawn_and_kept_for_ever() {
    let mut shop = Shop::new();
    shop.demo(20, 1).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    let page = browser.open("/").await;
    let start = page.html.find("/pictures/").expect("a demo product has a picture");
    let address: String = page.html[start..].chars().take_while(|c| !matches!(c, '"' | ' ' | '&')).collect();
    let picture = browser.get(&address).await;
    assert_eq!(picture.is(200).header("content-type"), Some("image/svg+xml"));
    assert!(picture.html.contains("<svg"));
    assert!(picture.header("cache-control").is_some_and(|kept| kept.contains("immutable")));
    browser.get("/pictures/nonsense.svg").await.is(404);
}
