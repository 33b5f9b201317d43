//! An open page hears of its stock.

use std::time::Duration;

use reqwest::Response;
use tokio::time::timeout;

use crate::support::purchase::PAYS;
use crate::support::{Shop, feed, until};

/// A change is told within a second; a busy machine gets more.
const TOLD_WITHIN: Duration = Duration::from_secs(20);

async fn shop() -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 7", "STOOL | Oak stool | 61.00 GBP | 80"];
    Shop::with_feed(&feed("id | title | price | quantity", &rows)).await
}

pub(crate) async fn listen(shop: &Shop, query: &str) -> Response {
    reqwest::get(format!("{}/live/stock?{query}", shop.url())).await.unwrap()
}

/// The data of the next event.
pub(crate) async fn next(listening: &mut Response) -> String {
    let told = async {
        let mut heard = String::new();
        loop {
            if let Some((event, _)) = heard.split_once("\n\n") {
                if let Some(data) = event.strip_prefix("data: ") {
                    return data.to_owned();
                }
                heard.clear();
            }
            let chunk = listening.chunk().await.unwrap().expect("the store keeps talking");
            heard.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    };
    timeout(TOLD_WITHIN, told).await.expect("a change is told in time")
}

#[tokio::test]
async fn a_page_hears_of_what_it_shows_and_of_nothing_else() {
    let shop = shop().await;
    let mut listening = listen(&shop, "watch=5:LAMP&watch=5:STOOL&watch=5:NOTHING").await;
    assert_eq!(listening.headers()["content-type"], "text/event-stream");
    assert_eq!(next(&mut listening).await, "6,6,0");
    // 79 stools are as good as 80: the next event is the one of the lamp.
    for (slug, quantity) in [("oak-stool", "1"), ("walnut-desk-lamp", "3")] {
        let mut browser = shop.browser();
        let review = browser.come_to_review(slug, quantity, PAYS).await;
        browser.place(&review).await.says(&["Thank you, Ada."]);
    }
    assert_eq!(next(&mut listening).await, "4,6,0");
}

#[tokio::test]
async fn who_asks_for_nothing_or_for_too_much_is_told_how_to_ask() {
    let shop = shop().await;
    let too_many = vec!["watch=5:LAMP"; 201].join("&");
    let just_enough = vec!["watch=5:LAMP"; 200].join("&");
    for query in ["", "watch=", "watch=LAMP", "watch=-1:LAMP", "watch=5:LAMP&watch=x", too_many.as_str()] {
        let refused = listen(&shop, query).await;
        assert_eq!(refused.status(), 400, "{query}");
        assert!(refused.text().await.unwrap().contains("watch=5:LAMP"));
    }
    assert_eq!(listen(&shop, &just_enough).await.status(), 200);
}

#[tokio::test]
async fn one_network_does_not_take_it_all() {
    let shop = shop().await;
    let from = async |client: &str| {
        let query = vec!["watch=5:LAMP"; 200].join("&");
        let asked = reqwest::Client::new().get(format!("{}/live/stock?{query}", shop.url()));
        asked.header("x-forwarded-for", client).send().await.unwrap()
    };
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(from("203.0.113.7").await);
    }
    assert!(open.iter().all(|page| page.status() == 200));
    assert_eq!(from("203.0.113.7").await.status(), 503);
    assert_eq!(from("203.0.113.8").await.status(), 200);
    // A page that is closed makes room for another.
    open.clear();
    until("there is room again", TOLD_WITHIN, async || (from("203.0.113.7").await.status() == 200).then_some(())).await;
}

#[tokio::test]
async fn an_open_page_does_not_keep_the_store_from_closing() {
    let mut shop = shop().await;
    let mut listening = listen(&shop, "watch=5:LAMP").await;
    assert_eq!(next(&mut listening).await, "6");
    shop.close().await;
    assert!(listening.chunk().await.unwrap_or_default().is_none(), "the store said goodbye");
}
