//! Reviews on the pages of products: written, marked, narrowed, voted on, counted everywhere.

use std::ffi::OsStr;
use std::time::Duration;

use crate::support::account::{DELETE, PASSWORD, SIGN_IN};
use crate::support::purchase::{CANCEL, number_on};
use crate::support::review::{ANSWER, ASK, REMOVE_POST, REVIEW, VOTE, titles};
use crate::support::{Browser, Page, Shop, feed, until};

const LAMP: &str = "/products/walnut-desk-lamp";
const DEADLINE: Duration = Duration::from_secs(30);

async fn shop() -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | Home > Lamps", "STOOL | Oak stool | 61.00 GBP | Home > Stools"];
    Shop::with_feed(&feed("id | title | price | product_type", &rows)).await
}

fn rating(page: &Page) -> serde_json::Value {
    page.thing("Product")["aggregateRating"].clone()
}

async fn until_everybody_has_heard(shop: &Shop) {
    until("everybody has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
}

/// How often somebody is marked as a buyer on a page, when everybody has heard of everything.
async fn marks(shop: &Shop, path: &str) -> usize {
    until_everybody_has_heard(shop).await;
    shop.browser().open(path).await.is(200).text().matches("Verified purchase ").count()
}

#[tokio::test]
async fn a_customer_reviews_a_product_once_and_is_marked_as_a_buyer() {
    let shop = shop().await;
    let mut guest = shop.browser();
    let asked = guest.get(&format!("{LAMP}/review")).await;
    assert_eq!(asked.is(302).location(), "/account/sign-in?next=%2Fproducts%2Fwalnut-desk-lamp%2Freview");
    guest.open(LAMP).await.is(200).says(&["No ratings yet", "Nobody has reviewed it here yet"]);

    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.buy("walnut-desk-lamp", "1").await;
    let page = ada.review("walnut-desk-lamp", "4", "Warm light", "Reads well.\nStands firm.").await;
    page.is(200).says(&["Your review is shown below", "Warm light", "Ada L.", "Verified purchase", "Stands firm."]);
    page.does_not_say("Lovelace");
    page.says(&["From 1 review in this store.", "You wrote this"]);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let page = eve.review("walnut-desk-lamp", "1", "Never had one", "I only looked at it.").await;
    assert_eq!(page.text().matches("Verified purchase ").count(), 1, "only who bought it is marked");
    assert_eq!((rating(&page)["ratingValue"].clone(), rating(&page)["ratingCount"].clone()), ("2.5".into(), 2.into()));

    // The second one takes the place of the first.
    let form = ada.open(&format!("{LAMP}/review")).await.form(REVIEW);
    assert_eq!((form.field("stars"), form.field("title")), (Some("4"), Some("Warm light")));
    let page = ada.review("walnut-desk-lamp", "5", "Warmer still", "Even better.").await;
    page.says(&["Warmer still", "changed since", "From 2 reviews in this store."]);
    page.does_not_say("Warm light");
    let reviews = page.thing("Product")["review"].clone();
    let mut names: Vec<&str> = reviews.as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Never had one", "Warmer still"]);

    let mut browser = shop.browser();
    browser.open("/c/home/lamps").await.is(200).says(&["2 ratings"]);
    let found = until("the search knows", DEADLINE, async || {
        let page = shop.browser().open("/search?q=lamp").await;
        page.text().contains("2 ratings").then_some(page)
    });
    found.await.is(200);
    let page = ada.open(LAMP).await;
    let removed = ada.submit(&page.form(REMOVE_POST)).await;
    removed.is(200).says(&["It is removed", "From 1 review in this store."]);
    assert_eq!(rating(&removed)["ratingValue"], "1.0");
}

#[tokio::test]
async fn who_cancels_is_marked_as_a_buyer_no_more() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let orders = [ada.buy("walnut-desk-lamp", "1").await, ada.buy("walnut-desk-lamp", "1").await];
    ada.review("walnut-desk-lamp", "4", "Warm light", "Reads well.").await.says(&["Verified purchase"]);
    ada.ask("walnut-desk-lamp", "How long is the cable?").await.is(200);
    // Another one is left.
    for (order, left) in orders.iter().zip([2, 0]) {
        assert_eq!(marks(&shop, LAMP).await, 2);
        let form = ada.follow_order(order).await.form(CANCEL);
        assert_eq!(ada.submit(&form).await.heading(), "Cancelled");
        assert_eq!(marks(&shop, LAMP).await, left);
    }
    shop.browser().open(LAMP).await.says(&["Warm light", "Ada L.", "From 1 review in this store."]);
    ada.review("walnut-desk-lamp", "5", "Warmer still", "Even better.").await.does_not_say("Verified purchase");
}

#[tokio::test]
async fn who_was_given_everything_back_is_marked_as_a_buyer_no_more() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&ada.buy("oak-stool", "1").await);
    ada.review("oak-stool", "2", "Wobbles", "On three legs.").await.is(200);
    for (arguments, left) in [
        (&["capture", &number][..], 1),
        (&["refund", &number, "60.99", "--reason", "It wobbles"][..], 1),
        (&["refund", &number, "0.01", "--reason", "It wobbles"][..], 0),
    ] {
        let all: Vec<&OsStr> = ["orders"].iter().chain(arguments).map(OsStr::new).collect();
        shop.run_on_data(&all).await.went_well();
        assert_eq!(marks(&shop, "/products/oak-stool").await, left, "{arguments:?}");
    }
}

#[tokio::test]
async fn who_cancels_what_is_no_longer_sold_is_marked_as_a_buyer_no_more() {
    let sold_until = |day: &str| {
        feed("id | title | price | expiration_date", &[&format!("LAMP | Walnut desk lamp | 24.50 GBP | {day}")])
    };
    let mut shop = Shop::with_feed(&sold_until("")).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let order = ada.buy("walnut-desk-lamp", "1").await;
    ada.review("walnut-desk-lamp", "4", "Warm light", "Reads well.").await.is(200);
    assert_eq!(marks(&shop, LAMP).await, 1);
    shop.close().await;
    shop.import(&sold_until("2020-12-31")).await.went_well();
    shop.open().await;
    ada.follow(&shop);
    ada.open(LAMP).await.is(410);
    let form = ada.follow_order(&order).await.form(CANCEL);
    assert_eq!(ada.submit(&form).await.heading(), "Cancelled");
    until_everybody_has_heard(&shop).await;
    shop.close().await;
    shop.import(&sold_until("")).await.went_well();
    shop.open().await;
    assert_eq!(marks(&shop, LAMP).await, 0);
    shop.browser().open(LAMP).await.says(&["Warm light", "Ada L."]);
}

#[tokio::test]
async fn a_new_feed_keeps_what_customers_gave() {
    let mut shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.review("walnut-desk-lamp", "4", "Warm light", "Reads well.").await.is(200);
    shop.close().await;
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 19.00 GBP"])).await.went_well();
    shop.open().await;
    let page = shop.browser().open(LAMP).await;
    page.says(&["£19.00", "Warm light", "From 1 review in this store."]);
    assert_eq!(rating(&page)["ratingValue"], "4.0");
}

#[tokio::test]
async fn what_is_wrong_comes_back_as_it_was_typed() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let long = format!("s{}", "lamp".repeat(1_250));
    let page = ada.review("walnut-desk-lamp", "", "Warm light", &long).await;
    page.is(200).says(&["2 fields need your attention", "Choose how many stars", "at most 5000 characters"]);
    assert_eq!(page.form(REVIEW).field("title"), Some("Warm light"));
    assert_eq!(page.raw_of("textarea").trim(), long);
    ada.open(LAMP).await.says(&["No ratings yet"]);
    // The longest word that fits is shown.
    let page = ada.review("walnut-desk-lamp", "5", "Warm light", &long[1..]).await;
    page.is(200).says(&[&long[1..]]);
    let form = ada.open(&format!("{LAMP}/review")).await;
    form.does_not_say("need your attention");
}

/// Signs in on the page that somebody was led to.
async fn sign_in(browser: &mut Browser, page: &Page, email: &str) -> Page {
    let form = page.form(SIGN_IN).with("email", email).with("password", PASSWORD);
    browser.submit(&form).await
}

#[tokio::test]
async fn what_somebody_wrote_before_the_sign_in_is_there_after_it() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    shop.member("eve@example.com", "Eve").await;
    ada.ask("walnut-desk-lamp", "How long is the cable?").await.is(200);
    let mut eve = shop.browser();
    // As long as an answer may be, in letters that take several bytes each.
    let words = format!("Two metres.\n</textarea>{}", "zwölf Füße ".repeat(150));
    let form = eve.open(LAMP).await.form(ANSWER).with("answer", &words);
    let door = eve.submit(&form).await;
    assert_eq!(door.path, "/account/sign-in?next=%2Fproducts%2Fwalnut-desk-lamp");
    // Nobody else reads it, whoever looks first.
    let typed = eve.open(LAMP).await;
    assert_eq!(typed.header("cache-control"), Some("no-store"));
    let strangers = shop.browser().open(LAMP).await;
    assert!(typed.html.contains("Two metres.") && !strangers.html.contains("Two metres."));
    let page = sign_in(&mut eve, &door, "eve@example.com").await;
    assert_eq!(page.is(200).path, LAMP);
    let escaped = words.replace("</textarea>", "&lt;/textarea&gt;");
    assert_eq!(page.raw_of("textarea").trim(), escaped.trim());
    let posted = eve.submit(&page.form(ANSWER).with("answer", "Two metres.")).await;
    posted.is(200).says(&["Your answer is shown below", "Two metres."]);
    assert_eq!(posted.raw_of("textarea").trim(), "", "what was taken is not offered again");

    // A question and a review as well.
    let mut guest = shop.browser();
    let form = guest.open(LAMP).await.form(ASK).with("question", "How warm is it?");
    let door = guest.submit(&form).await;
    let page = sign_in(&mut guest, &door, "eve@example.com").await;
    assert_eq!(page.form(ASK).field("question"), Some("How warm is it?"));
    let mut guest = shop.browser();
    let fields = [("product", "walnut-desk-lamp"), ("stars", "4"), ("title", "Warm light"), ("text", "Reads well.")];
    let refused = guest.post(REVIEW, &fields).await;
    let door = guest.go_on(refused).await;
    let page = sign_in(&mut guest, &door, "eve@example.com").await;
    assert_eq!(page.path, format!("{LAMP}/review"));
    assert_eq!((page.form(REVIEW).field("stars"), page.form(REVIEW).field("title")), (Some("4"), Some("Warm light")));
    assert_eq!(page.raw_of("textarea").trim(), "Reads well.");
    shop.change_books("UPDATE typed_forms SET until_ms = 1").await;
    let page = guest.open(&format!("{LAMP}/review")).await;
    assert_eq!(page.is(200).raw_of("textarea").trim(), "", "it is kept for its time only");
}

#[tokio::test]
async fn an_answer_on_a_later_page_of_questions_comes_back_there() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    for number in 1..=6 {
        ada.ask("walnut-desk-lamp", &format!("What of number {number}?")).await.is(200);
    }
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let later = format!("{LAMP}?questions-page=2");
    let form = eve.open(&later).await.form(ANSWER).with("answer", &"x".repeat(2_001));
    let page = eve.submit(&form).await;
    assert!(page.is(200).path.starts_with(&format!("{later}&")), "{}", page.path);
    page.says(&["Answer in at most 2000 characters", "What of number 1?"]);
    assert_eq!(page.raw_of("textarea").trim(), "x".repeat(2_001));
}

#[tokio::test]
async fn what_was_written_is_text_wherever_it_stands() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "<b>Ada</b> <i>L</i>").await;
    let attack = "</textarea><img src=x onerror=alert(1)><script>alert(2)</script>";
    let title = "</h3><script>alert(3)</script>";
    let hidden = format!("{attack} \u{202e}desrever\u{202c} zero\u{200b}width\u{feff}");
    let page = ada.review("walnut-desk-lamp", "5", title, &hidden).await;
    page.is(200).says(&[title, "<b>Ada</b> <.", "onerror=alert(1)", "desrever zerowidth"]);
    ada.ask("walnut-desk-lamp", "<script>alert(4)</script>?").await.says(&["<script>alert(4)</script>?"]);
    let refused = "\u{7}</textarea><img src=x onerror=alert(5)>";
    let form_page = ada.review("walnut-desk-lamp", "5", title, &format!("before{refused}")).await;
    form_page.is(200).says(&["needs your attention"]);
    assert!(
        form_page.raw_of("textarea").contains("&lt;/textarea&gt;&lt;img src=x"),
        "{}",
        form_page.raw_of("textarea")
    );
    for page in [ada.open(LAMP).await, form_page] {
        for written in ["<img src=x", "<script>alert", "<b>Ada", "\u{202e}", "\u{200b}"] {
            assert!(!page.html.contains(written), "{} holds {written:?}", page.path);
        }
    }
    // Within the data for machines nothing ends the script that it stands in.
    let data = ada.open(LAMP).await.thing("Product");
    assert_eq!(data["review"][0]["name"], title);
    for slug in ["no-such-lamp", "%3Cscript%3E", "../cart"] {
        let answer = ada.post(REVIEW, &[("product", slug), ("stars", "5"), ("title", "x"), ("text", "x")]).await;
        ada.go_on(answer).await.does_not_say("is shown below");
    }
}

#[tokio::test]
async fn reviews_are_narrowed_ordered_and_have_pages() {
    let shop = shop().await;
    let mut members = Vec::new();
    for number in 1..=12_u32 {
        let mut member = shop.member(&format!("m{number}@example.com"), &format!("Member {number}")).await;
        let stars = if number <= 3 { "2" } else { "5" };
        let (title, text) = (format!("Title {number:02}"), format!("Written by number {number}."));
        member.review("walnut-desk-lamp", stars, &title, &text).await.is(200);
        members.push(member);
    }
    let numbered =
        |numbers: &mut dyn Iterator<Item = u32>| numbers.map(|n| format!("Title {n:02}")).collect::<Vec<_>>();
    let mut guest = shop.browser();
    let page = guest.open(LAMP).await;
    page.says(&["75%", "25%", "From 12 reviews in this store."]);
    assert_eq!(titles(&page), numbered(&mut (3..=12).rev()), "nobody voted: the newest first");
    let next = page.links(&format!("{LAMP}?reviews-page=2")).remove(0);
    assert_eq!(titles(&guest.open(&next).await), numbered(&mut (1..=2).rev()));
    let poor = page.links(&format!("{LAMP}?stars=2")).remove(0);
    let page = guest.open(&poor).await;
    assert_eq!(titles(&page), numbered(&mut (1..=3).rev()));
    assert_eq!(page.canonical(), Some(format!("{}{LAMP}", shop.url())));
    guest.open(&format!("{LAMP}?reviews-page=99&stars=9&reviews=loudest")).await.is(200);

    // One vote for each reader; a guest is asked to sign in; nobody votes on their own.
    let first = guest.open(&poor).await.posts().pop().unwrap();
    let fields =
        |vote| vec![("product", "walnut-desk-lamp"), ("id", first.as_str()), ("vote", vote), ("at", "stars=2")];
    let answer = guest.post(VOTE, &fields("helpful")).await;
    let back = format!("%2Fproducts%2Fwalnut-desk-lamp%3Fstars%3D2%23post-{first}");
    assert_eq!(answer.is(302).location(), format!("/account/sign-in?next={back}"));
    for member in &mut members[..3] {
        member.post(VOTE, &fields("helpful")).await.is(302);
        member.post(VOTE, &fields("helpful")).await.is(302);
    }
    let answer = members[0].post(VOTE, &fields("helpful")).await;
    members[0].go_on(answer).await.says(&["Others decide whether your own words are helpful"]);
    let page = guest.open(LAMP).await;
    page.says(&["2 people found this helpful"]);
    assert_eq!(titles(&page)[0], "Title 01", "the most helpful first");
    assert_eq!(titles(&guest.open(&format!("{LAMP}?reviews=newest")).await)[0], "Title 12");
    members[1].post(VOTE, &fields("unhelpful")).await.is(302);
    guest.open(&poor).await.says(&["1 person found this helpful"]);
    assert_eq!(titles(&guest.open(LAMP).await)[0], "Title 12", "what one finds helpful and another not is even");
    members[2].post(VOTE, &fields("none")).await.is(302);
    guest.open(&poor).await.does_not_say("found this helpful");
    let answer =
        members[2].post(VOTE, &[("product", "walnut-desk-lamp"), ("id", "nonsense"), ("vote", "helpful")]).await;
    members[2].go_on(answer).await.says(&["That is no longer here"]);
}

#[tokio::test]
async fn many_votes_at_once_are_all_counted() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut voters = Vec::new();
    for number in 0..6 {
        voters.push(shop.member(&format!("v{number}@example.com"), "Voter").await);
    }
    ada.review("walnut-desk-lamp", "5", "Warm light", "Reads well.").await.is(200);
    let id = shop.browser().open(LAMP).await.posts().remove(0);
    let casting = voters.into_iter().map(|mut voter| {
        let id = id.clone();
        tokio::spawn(async move {
            let fields = [("product", "walnut-desk-lamp"), ("id", id.as_str()), ("vote", "helpful")];
            voter.post(VOTE, &fields).await.is(302);
        })
    });
    for cast in casting.collect::<Vec<_>>() {
        cast.await.unwrap();
    }
    shop.browser().open(LAMP).await.says(&["6 people found this helpful"]);
}

#[tokio::test]
async fn everything_goes_with_its_account() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    ada.review("walnut-desk-lamp", "5", "Warm light", "Reads well.").await.is(200);
    ada.ask("walnut-desk-lamp", "How long is the cable?").await.is(200);
    eve.review("walnut-desk-lamp", "2", "Cold light", "Reads badly.").await.is(200);
    let hers = eve.open(LAMP).await;
    let theirs = ada.open(LAMP).await.posts().remove(0);
    assert!(!hers.posts().contains(&theirs));
    let vote = [("product", "walnut-desk-lamp"), ("id", theirs.as_str()), ("vote", "helpful")];
    ada.post(VOTE, &vote).await.is(302);
    shop.browser().open(LAMP).await.says(&["1 person found this helpful"]);
    let export = ada.open("/account/export").await.html;
    for words in ["Warm light", "How long is the cable?"] {
        assert!(export.contains(words), "{words} is not in {export}");
    }
    assert!(!export.contains("Cold light"));
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.is(200).says(&["Your account is removed"]);
    let page = until("her words are gone", DEADLINE, async || {
        let page = shop.browser().open(LAMP).await;
        let text = page.text();
        let is_gone = !text.contains("Warm light") && !text.contains("How long");
        (is_gone && text.contains("From 1 review in this store.")).then_some(page)
    });
    let page = page.await;
    page.says(&["Cold light", "Nobody has asked anything yet"]);
    page.does_not_say("found this helpful");
}
