//! What the store refuses before it looks any closer, and what it says then.

use std::fmt::Write as _;

use reqwest::Method;
use reqwest::header::ORIGIN;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::purchase::{ADD, CONTACT, DELIVERY, PLACE};
use crate::support::{Shop, feed};

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

/// How many failures the store has told of: nobody's mistake is one, and each is told once.
fn failures(shop: &Shop) -> usize {
    shop.log().matches("ERROR").count()
}

#[tokio::test]
async fn a_form_on_another_website_changes_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let line = [("sku", "LAMP"), ("quantity", "1")];
    let same = shop.url().to_owned();
    let elsewhere = [
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("origin", same.as_str()), ("sec-fetch-site", "cross-site")],
        vec![("origin", same.as_str()), ("sec-fetch-site", "same-site")],
    ];
    for headers in &elsewhere {
        for path in [ADD, CONTACT, DELIVERY, PLACE, "/sandbox/payment_methods"] {
            let request = browser.request(Method::POST, path).form(&line);
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            let refused = browser.send(request).await;
            refused.is(403);
            assert!(refused.html.contains("another website"), "{headers:?}: {}", refused.html);
        }
    }
    assert_eq!(browser.cookie("cart"), None);
    let request = browser.request(Method::POST, ADD).form(&line).header(ORIGIN, &same);
    let request = request.header("sec-fetch-site", "same-origin");
    assert_eq!(browser.send(request).await.is(302).location(), "/cart?added=LAMP&quantity=1");
    assert_eq!(failures(&shop), 0);
}

#[tokio::test]
async fn who_posts_without_end_is_slowed_down_alone() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let line = [("sku", "LAMP"), ("quantity", "1")];
    let mut post = async |client: &str| {
        let request = browser.request(Method::POST, ADD).form(&line).header("x-forwarded-for", client);
        browser.send(request).await
    };
    for _ in 0..100 {
        post("203.0.113.7").await.is(302);
    }
    // The allowance grows while the posts are counted, so the limit is met a little later.
    let mut refused = post("203.0.113.7").await;
    for _ in 0..1000 {
        if refused.status == 429 {
            break;
        }
        refused = post("203.0.113.7").await;
    }
    refused.is(429).says(&["That was very fast", "Nothing is lost"]);
    post("198.51.100.1").await.is(302);
}

#[tokio::test]
async fn a_script_hears_whose_mistake_it_was() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for (fields, status, words) in [
        (vec![("sku", "LAMP"), ("quantity", "many")], 400, "NotAQuantity"),
        (vec![("sku", "LAMP")], 400, "Form"),
        (vec![("sku", "NO-SUCH-LAMP"), ("quantity", "1")], 404, "NotSold"),
        (vec![("sku", "LAMP"), ("quantity", "999999")], 422, "TooManyUnits"),
        (vec![("sku", "LAMP"), ("quantity", "1")], 200, "LAMP"),
    ] {
        let request = reqwest::Client::new().post(format!("{}{ADD}", shop.url())).form(&fields);
        let answer = browser.send(request.header("accept", "application/json")).await;
        answer.is(status);
        assert!(answer.html.contains(words), "{fields:?}: {}", answer.html);
    }
    assert_eq!(failures(&shop), 0);
}

#[tokio::test]
async fn reading_never_changes_a_cart() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let answer = browser.get(&format!("{ADD}?sku=LAMP&quantity=5")).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    browser.open("/cart").await.says(&["Items (1)"]);
}

#[tokio::test]
async fn an_address_that_is_no_text_is_a_bad_request_with_a_way_on() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in [
        "/products/%FF%FE",
        "/c/%C3%28",
        "/search/%FF",
        "/c/home?brand=%E2%82",
        "/nowhere/%80",
        "/orders/%FF?access=%FF",
        "/pictures/%FF.svg",
        "/sitemaps/%FF",
        "/api/cart/%FF",
    ] {
        let page = browser.open(path).await;
        page.is(400).says(&["We can't read that address", "Go to the front page"]);
        assert!(!page.forms("/search").is_empty(), "{path} offers a search");
    }
    browser.open("/").await.is(200);
    assert_eq!(failures(&shop), 0);
}

#[tokio::test]
async fn a_form_that_is_too_big_is_refused_and_nothing_is_lost() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let huge = "x".repeat(80 * 1024);
    for path in [CONTACT, ADD, "/sandbox/payment_methods", "/nowhere"] {
        let page = browser.post(path, &[("name", &huge)]).await;
        page.is(413).says(&["That was too much at once", "nothing is lost"]);
    }
    browser.open("/cart").await.says(&["Walnut desk lamp"]);
    assert_eq!(failures(&shop), 0);
}

#[tokio::test]
async fn a_form_that_does_not_say_how_long_it_is_may_not_be_longer() {
    let shop = shop().await;
    let form = "sku=LAMP&quantity=1";
    let answer = post_in_pieces(&shop, ADD, form).await;
    assert!(answer.starts_with("HTTP/1.1 302 ") && answer.contains("/cart?added=LAMP&quantity=1"), "{answer}");
    for path in [ADD, "/nowhere"] {
        let refused = post_in_pieces(&shop, path, &format!("{form}&name={}", "x".repeat(80 * 1024))).await;
        assert!(refused.starts_with("HTTP/1.1 413 ") && refused.contains("nothing is lost"), "{path}: {refused}");
    }
    assert_eq!(failures(&shop), 0);
}

/// The answer to a form that is sent piece by piece, without its length.
async fn post_in_pieces(shop: &Shop, path: &str, form: &str) -> String {
    const PIECE_BYTES: usize = 8 * 1024;
    let host = shop.url().strip_prefix("http://").unwrap();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for start in (0..form.len()).step_by(PIECE_BYTES) {
        let piece = &form[start..form.len().min(start + PIECE_BYTES)];
        write!(request, "{:x}\r\n{piece}\r\n", piece.len()).unwrap();
    }
    request += "0\r\n\r\n";
    let mut connection = TcpStream::connect(host).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_refusal_is_a_page_of_the_store_with_a_way_home() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let huge = "x".repeat(80 * 1024);
    let refused = [
        browser.open("/%FF").await,
        browser.post("/cart", &[("a", "b")]).await,
        browser.post(ADD, &[("a", &huge)]).await,
    ];
    for (page, status) in refused.iter().zip([400, 405, 413]) {
        page.is(status).says(&[&status.to_string()]);
        for part in ["<html lang=\"en-GB\">", "content=\"light dark\"", "<a class=\"wordmark\" href=\"/\""] {
            assert!(page.html.contains(part), "{status} lacks {part}: {}", page.html);
        }
        assert_eq!((page.count_of("h1"), page.count_of("main")), (1, 1), "{status}");
    }
    assert_eq!(failures(&shop), 0);
}

#[tokio::test]
async fn a_page_that_needs_what_does_not_answer_says_so_until_it_does() {
    let shop = shop().await;
    let mut browser = shop.browser();
    shop.change_books("ALTER TABLE stock RENAME TO lost_stock").await;
    let broken = browser.open("/products/walnut-desk-lamp").await;
    broken.is(503).says(&["Something broke on our side", "Your cart and your orders are safe", "Try again", "503"]);
    assert!(broken.header("retry-after").is_some());
    assert!(broken.html.contains("<html lang=\"en-GB\">") && broken.html.contains("class=\"wordmark\""));
    assert_eq!(failures(&shop), 1);
    assert!(shop.log().contains("no such table: stock"), "{}", shop.log());
    shop.change_books("ALTER TABLE lost_stock RENAME TO stock").await;
    browser.open("/products/walnut-desk-lamp").await.is(200).says(&["In stock"]);
}

#[tokio::test]
async fn a_post_where_nothing_is_posted_is_answered_with_a_page() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in ["/cart", "/products/walnut-desk-lamp", "/robots.txt"] {
        let page = browser.post(path, &[("a", "b")]).await;
        page.is(405).says(&["Go to the front page"]);
    }
    let answer = browser.post("/api/nothing/there", &[("a", "b")]).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.html);
}

#[tokio::test]
async fn pages_say_how_a_browser_has_to_treat_them() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in ["/", "/products/walnut-desk-lamp", "/nowhere", "/products/%FF", "/cart", "/sitemap.xml"] {
        let page = browser.get(path).await;
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(page.header("x-frame-options"), Some("DENY"), "{path}");
        if page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            let policy = page.header("content-security-policy").unwrap_or_default();
            for part in ["form-action 'self'", "frame-ancestors 'none'", "object-src 'none'"] {
                assert!(policy.contains(part), "{path} lacks {part}: {policy:?}");
            }
            let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
            assert!(!scripts.contains("'unsafe-inline'") && !scripts.contains('*'), "{path}: {scripts}");
        }
    }
}

#[tokio::test]
async fn the_store_says_that_it_lives() {
    let shop = shop().await;
    let answer = shop.browser().get("/health").await;
    assert_eq!(answer.is(200).html, "ok");
    assert_eq!(answer.header("set-cookie"), None);
}
