//! What waits to be read: held back by the rules, or reported by readers; questions and answers.

use domain::review::{MAX_POSTS_PER_HOUR, REPORTERS_OF_APPROVED, REPORTS_PER_ACCOUNT, VOTES_PER_ACCOUNT};
use futures::future::join_all;

use crate::support::review::{ANSWER, ASK, JUDGE, REMOVE_POST, REPORT, REVIEW, VOTE};
use crate::support::{Browser, Page, Shop, feed};

const LAMP: &str = "/products/walnut-desk-lamp";
const QUEUE: &str = "/operator/reviews";

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

/// Decides about the only post that waits.
async fn judge(operator: &mut Browser, why: Option<&str>) -> Page {
    let forms = operator.open(QUEUE).await.forms(JUDGE);
    assert_eq!(forms.len(), 2, "one post waits");
    let form = match why {
        None => forms[0].clone(),
        Some(why) => forms[1].clone().with("why", why),
    };
    operator.submit(&form).await
}

#[tokio::test]
async fn what_looks_like_spam_is_read_first() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    olga.open(QUEUE).await.is(200).says(&["Nothing waits"]);
    olga.open("/operator").await.says(&["Reviews and questions 0 wait to be read"]);
    let page = ada.review("walnut-desk-lamp", "5", "Cheaper elsewhere", "See https://lamps.example for more.").await;
    page.is(200).says(&["We read it first", "Others see it when we have read it"]);
    let mut guest = shop.browser();
    guest.open(LAMP).await.says(&["No ratings yet"]);
    guest.open(LAMP).await.does_not_say("Cheaper elsewhere");
    olga.open("/operator").await.says(&["Reviews and questions 1 wait to be read"]);
    olga.open(QUEUE).await.says(&["Cheaper elsewhere", "Held back: a link", "Walnut desk lamp", "Ada L."]);
    judge(&mut olga, Some("advertising")).await.says(&["It is not shown", "Nothing waits"]);
    ada.open(LAMP).await.says(&["We don’t show it. It advertises something"]);

    // Written anew it waits again, whatever it says.
    ada.review("walnut-desk-lamp", "4", "Warm light", "Reads well.").await.says(&["We read it first"]);
    olga.open(QUEUE).await.says(&["Warm light", "rejected before it was rewritten"]);
    judge(&mut olga, None).await.says(&["It is shown", "Nothing waits"]);
    guest.open(LAMP).await.says(&["Warm light", "From 1 review in this store."]);
}

#[tokio::test]
async fn nobody_approves_words_that_they_did_not_read() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    ada.review("walnut-desk-lamp", "5", "A harmless link", "See https://lamps.example for more.").await;
    let read = olga.open(QUEUE).await.forms(JUDGE)[0].clone();
    ada.review("walnut-desk-lamp", "5", "Something else", "See https://scams.example at once.").await;
    olga.submit(&read).await.says(&["Its author has written it anew meanwhile", "Something else"]);
    shop.browser().open(LAMP).await.does_not_say("Something else");
}

#[tokio::test]
async fn what_readers_report_is_shown_until_it_is_decided() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let mut olga = shop.operator("olga@example.com").await;
    ada.review("walnut-desk-lamp", "1", "Rubbish", "Whoever made it is a fool.").await.is(200);
    let mut guest = shop.browser();
    let form = guest.open(LAMP).await.form(REPORT);
    assert!(guest.post(REPORT, &form.fields).await.is(302).location().starts_with("/account/sign-in?next="));
    olga.open(QUEUE).await.says(&["Nothing waits"]);
    for _ in 0..2 {
        let form = eve.open(LAMP).await.form(REPORT).with("why", "offensive");
        eve.submit(&form).await.says(&["We will look at it"]);
    }
    guest.open(LAMP).await.says(&["Rubbish"]);
    olga.open(QUEUE).await.says(&["Rubbish", "Reported: It insults or threatens (1)"]);
    let form = eve.open(LAMP).await.form(REPORT).with("why", "nonsense");
    eve.submit(&form).await.says(&["Choose what is wrong with it"]);
    judge(&mut olga, Some("offensive")).await.is(200);
    guest.open(LAMP).await.does_not_say("Rubbish");
    guest.open(LAMP).await.says(&["No ratings yet"]);
}

/// Reports the only post on the page.
async fn report(reader: &mut Browser) {
    let form = reader.open(LAMP).await.form(REPORT).with("why", "offensive");
    reader.submit(&form).await.says(&["We will look at it"]);
}

#[tokio::test]
async fn what_a_person_approved_comes_back_for_several_readers_or_for_new_words() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut readers = Vec::new();
    for number in 0..REPORTERS_OF_APPROVED {
        readers.push(shop.member(&format!("r{number}@example.com"), "Reader").await);
    }
    ada.review("walnut-desk-lamp", "1", "Rubbish", "Whoever made it is a fool.").await.is(200);
    report(&mut readers[0]).await;
    judge(&mut olga, None).await.says(&["It is shown", "Nothing waits"]);
    let (last, others) = readers.split_last_mut().unwrap();
    for reader in others.iter_mut() {
        for _ in 0..2 {
            report(reader).await;
        }
    }
    olga.open(QUEUE).await.says(&["Nothing waits"]);
    report(last).await;
    let reported = format!("Reported: It insults or threatens ({REPORTERS_OF_APPROVED})");
    olga.open(QUEUE).await.says(&["Rubbish", &reported]);
    judge(&mut olga, None).await.says(&["Nothing waits"]);

    // Nobody has approved the new words: what was reported of the old ones is looked at, and one reader is enough.
    report(last).await;
    olga.open(QUEUE).await.says(&["Nothing waits"]);
    ada.review("walnut-desk-lamp", "1", "More rubbish", "Whoever made it is a fool.").await.is(200);
    olga.open(QUEUE).await.says(&["More rubbish", "Reported: It insults or threatens (1)"]);
    judge(&mut olga, None).await.says(&["Nothing waits"]);
    ada.review("walnut-desk-lamp", "1", "Still rubbish", "Whoever made it is a fool.").await.is(200);
    olga.open(QUEUE).await.says(&["Nothing waits"]);
    report(&mut others[0]).await;
    olga.open(QUEUE).await.says(&["Still rubbish"]);
}

#[tokio::test]
async fn who_votes_and_reports_without_end_is_asked_to_wait() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    ada.review("walnut-desk-lamp", "4", "Warm light", "It reads well enough.").await.is(200);
    let page = eve.open(LAMP).await;
    let id = page.posts().remove(0);
    let vote = [("product", "walnut-desk-lamp"), ("id", id.as_str()), ("vote", "helpful")];
    for _ in 1..VOTES_PER_ACCOUNT.attempts {
        eve.post(VOTE, &vote).await.is(302);
    }
    let last = eve.post(VOTE, &vote).await;
    eve.go_on(last).await.does_not_say("That is a lot of votes");
    let refused = eve.post(VOTE, &[vote[0], vote[1], ("vote", "none")]).await;
    eve.go_on(refused).await.says(&["That is a lot of votes; please wait", "1 person found this helpful"]);
    let report = page.form(REPORT).with("why", "untrue");
    for _ in 0..REPORTS_PER_ACCOUNT.attempts {
        eve.submit(&report).await.says(&["We will look at it"]);
    }
    eve.submit(&report).await.says(&["That is a lot of reports"]);
    // Others go on.
    let answer = ada.post(VOTE, &vote).await;
    ada.go_on(answer).await.says(&["Others decide whether your own words are helpful"]);
}

#[tokio::test]
async fn reports_stay_when_the_words_were_rewritten_before_somebody_decided() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let mut olga = shop.operator("olga@example.com").await;
    ada.review("walnut-desk-lamp", "1", "Rubbish", "Whoever made it is a fool.").await.is(200);
    let report = eve.open(LAMP).await.form(REPORT).with("why", "offensive");
    eve.submit(&report).await.says(&["We will look at it"]);
    let read = olga.open(QUEUE).await.forms(JUDGE)[0].clone();
    ada.review("walnut-desk-lamp", "1", "Still rubbish", "Whoever made it is a great fool.").await.is(200);
    let refused = olga.submit(&read).await;
    refused.says(&[
        "Its author has written it anew meanwhile",
        "Still rubbish",
        "Reported: It insults or threatens (1)",
    ]);
    judge(&mut olga, Some("offensive")).await.says(&["It is not shown", "Nothing waits"]);
    shop.browser().open(LAMP).await.does_not_say("Still rubbish");
    // A rejected post that is written anew waits again, and what was reported before is done with.
    ada.review("walnut-desk-lamp", "2", "Not for me", "It is too bright to read by.").await.is(200);
    let page = olga.open(QUEUE).await;
    page.says(&["Not for me"]);
    page.does_not_say("Reported:");
}

#[tokio::test]
async fn what_was_rejected_is_not_shown_again_by_removing_it_first() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    ada.review("walnut-desk-lamp", "5", "Warm light", "See https://lamps.example for more.").await;
    judge(&mut olga, Some("advertising")).await.is(200);
    let form = ada.open(LAMP).await.form(REMOVE_POST);
    ada.submit(&form).await.is(200);
    ada.review("walnut-desk-lamp", "5", "Warm light", "Cheap lamps, ask me.").await.says(&["We read it first"]);
    olga.open(QUEUE).await.says(&["Cheap lamps", "rejected or reported here before, and removed by its author"]);
    judge(&mut olga, None).await.is(200);
    shop.browser().open(LAMP).await.says(&["Cheap lamps"]);
    // What was approved may go and come back.
    let mut eve = shop.member("eve@example.com", "Eve").await;
    eve.review("walnut-desk-lamp", "4", "Nice", "It is nice to read by.").await.is(200);
    let form = eve.open(LAMP).await.form(REMOVE_POST);
    eve.submit(&form).await.is(200);
    eve.review("walnut-desk-lamp", "3", "Fine", "It is fine to read by.").await.is(200);
    shop.browser().open(LAMP).await.says(&["It is fine to read by."]);
}

#[tokio::test]
async fn many_posts_at_the_same_moment_wait_like_many_in_a_row() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let form = ada.open(LAMP).await.form(ASK);
    let asked = (0..MAX_POSTS_PER_HOUR + 5).map(|number| {
        let (mut ada, form) =
            (ada.clone(), form.clone().with("question", &format!("Does it come with {number} bulbs?")));
        async move {
            ada.submit(&form).await.is(200);
        }
    });
    join_all(asked).await;
    let mut olga = shop.operator("olga@example.com").await;
    let queue = olga.open(QUEUE).await;
    queue.says(&["many posts within an hour"]);
    assert!(queue.forms(JUDGE).len() >= 2 * 5, "{} forms", queue.forms(JUDGE).len());
}

#[tokio::test]
async fn only_those_who_run_the_store_decide() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    ada.review("walnut-desk-lamp", "5", "Look", "www.lamps.example").await.is(200);
    let form = olga.open(QUEUE).await.forms(JUDGE).remove(0);
    ada.post(JUDGE, &form.fields).await.is(302);
    shop.browser().post(JUDGE, &form.fields).await.is(302);
    shop.browser().open(LAMP).await.does_not_say("www.lamps.example");
    olga.open(QUEUE).await.says(&["www.lamps.example"]);
    ada.get(QUEUE).await.is(403).does_not_say("www.lamps.example");
}

#[tokio::test]
async fn a_customer_who_posts_a_great_deal_waits() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    for number in 0..10 {
        ada.ask("walnut-desk-lamp", &format!("What of number {number}?")).await.says(&["Your question is asked"]);
    }
    ada.ask("walnut-desk-lamp", "And what of this one?").await.says(&["Others see it when we have read it"]);
    shop.browser().open(LAMP).await.does_not_say("And what of this one?");
}

#[tokio::test]
async fn what_is_one_too_many_comes_back_as_it_was_typed() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    for number in 0..20 {
        let held = ada.ask("walnut-desk-lamp", &format!("Is it the one at www.lamps.example/{number}?")).await;
        held.says(&["We read it first"]);
    }
    let page = ada.review("walnut-desk-lamp", "4", "Warm light", "Reads </textarea> well.").await;
    page.is(200).says(&["20 of your posts wait to be read"]);
    assert_eq!((page.form(REVIEW).field("stars"), page.form(REVIEW).field("title")), (Some("4"), Some("Warm light")));
    assert_eq!(page.raw_of("textarea").trim(), "Reads &lt;/textarea&gt; well.");
    // What was sent with it is not even looked at.
    let fields = [("product", "walnut-desk-lamp"), ("stars", "4"), ("title", "Warm light"), ("text", "It reads well.")];
    let page = ada.review_with_files(&fields, &[("picture-1", b"no picture")]).await;
    page.is(200).says(&["20 of your posts wait to be read"]);
    let page = ada.ask("walnut-desk-lamp", "And how tall is it?").await;
    page.says(&["20 of your posts wait to be read"]);
    assert_eq!(page.form(ASK).field("question"), Some("And how tall is it?"));
}

#[tokio::test]
async fn questions_are_asked_and_answered() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut guest = shop.browser();
    let form = guest.open(LAMP).await.form(ASK).with("question", "How long is the cable?");
    assert_eq!(guest.submit(&form).await.path, "/account/sign-in?next=%2Fproducts%2Fwalnut-desk-lamp");
    let page = ada.ask("walnut-desk-lamp", "How long is the cable?").await;
    page.says(&["Your question is asked", "How long is the cable?", "Ada L."]);
    // Whoever found a question helpful sees that they did, and can take it back.
    let id = eve.open(LAMP).await.posts().remove(0);
    let is_cast = |page: &Page| page.html.contains("aria-pressed=\"true\"");
    for (vote, cast) in [("helpful", true), ("none", false)] {
        eve.post(VOTE, &[("product", "walnut-desk-lamp"), ("id", id.as_str()), ("vote", vote)]).await.is(302);
        assert_eq!(is_cast(&eve.open(LAMP).await), cast, "{vote}");
    }
    let answer = |page: &Page, text: &str| page.form(ANSWER).with("answer", text);
    let form = answer(&eve.open(LAMP).await, "Two metres.");
    eve.submit(&form).await.says(&["Your answer is shown below", "Two metres."]);
    let form = answer(&olga.open(LAMP).await, "Exactly 1.8 metres.");
    olga.submit(&form).await.says(&["Exactly 1.8 metres.", "Cartograph The store"]);
    let form = answer(&eve.open(LAMP).await, "Nearly two metres.");
    let page = eve.submit(&form).await;
    page.says(&["Nearly two metres.", "Exactly 1.8 metres."]);
    page.does_not_say("Two metres.");
    // What can't be asked or answered says so; an answer to nothing goes nowhere.
    ada.ask("walnut-desk-lamp", &"x".repeat(301)).await.says(&["Ask in one line of at most 300 characters"]);
    ada.ask("walnut-desk-lamp", " ").await.says(&["Ask in one line"]);
    let fields = [("product", "walnut-desk-lamp"), ("question", "0197b2c4d5e67f8091a2b3c4d5e6f708"), ("answer", "x")];
    let answered = eve.post(ANSWER, &fields).await;
    eve.go_on(answered).await.says(&["That is no longer here"]);
    let form = answer(&eve.open(LAMP).await, &"x".repeat(2_001));
    eve.submit(&form).await.says(&["Answer in at most 2000 characters"]);
}
