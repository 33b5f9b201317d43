//! Letters that go to a mail server.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::mailbox::{Mailbox, ShutMailbox, Taken};
use crate::support::purchase::{ADA, CONTACT, PAYS, number_on};
use crate::support::{Page, Shop, feed, until};

const DEADLINE: Duration = Duration::from_mins(1);

/// A store whose letters go to a mailbox, where it signs in.
async fn shop(mailbox: &Mailbox) -> Shop {
    shop_that_writes_to(&format!("smtp://shop:p%40ss-hunter2@127.0.0.1:{}", mailbox.port())).await
}

async fn shop_that_writes_to(url: &str) -> Shop {
    let mut shop = Shop::new()
        .with([("CARTOGRAPH_MAIL_SMTP", url.to_owned()), ("CARTOGRAPH_LOG", "info,server=trace".to_owned())]);
    shop.import(&feed("id | title | price", &["LAMP | Café lamp | 24.50 GBP"])).await.went_well();
    shop.open().await;
    shop
}

async fn buy(shop: &Shop) -> Page {
    let mut browser = shop.browser();
    let review = browser.come_to_review("cafe-lamp", "1", PAYS).await;
    browser.place(&review).await
}

async fn taken(mailbox: &Mailbox, count: usize) -> Vec<Taken> {
    until("the letters arrive", DEADLINE, async || {
        let taken = mailbox.taken();
        (taken.len() == count).then_some(taken)
    })
    .await
}

#[tokio::test]
async fn letters_arrive_at_a_mail_server() {
    let mailbox = Mailbox::open(&["8BITMIME", "AUTH PLAIN LOGIN"]);
    let shop = shop(&mailbox).await;
    let number = number_on(&buy(&shop).await);
    let letters = taken(&mailbox, 1).await;
    let Taken { login, from, to, message } = &letters[0];
    assert_eq!(STANDARD.decode(login).unwrap(), b"\0shop\0p@ss-hunter2");
    assert_eq!((from.as_str(), to.as_str()), ("<no-reply@localhost> BODY=8BITMIME", "<ada@example.com>"));
    let (head, text) = message.split_once("\r\n\r\n").unwrap();
    for header in [
        "From: Cartograph <no-reply@localhost>",
        "To: ada@example.com",
        &format!("Subject: Order {number} at Cartograph is confirmed"),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(head.lines().any(|line| line == header), "no {header:?} in {head}");
    }
    assert!(head.contains("-confirmed@localhost>"), "a letter that comes twice is known: {head}");
    assert!(text.contains("1 × Café lamp: £24.50"), "{text}");
    assert!(!shop.data().join("mail").exists(), "no file is written");

    // Accounts write by the same way.
    let mut browser = shop.browser();
    browser.ask_for_link("/account/register", "ada@example.com").await.says(&["Look into your mailbox"]);
    assert!(taken(&mailbox, 2).await[1].message.contains("/account/link?token="));
    let log = shop.log();
    assert!(!log.contains("hunter2") && !log.contains(login.as_str()), "no secret is logged");
}

#[tokio::test]
async fn a_server_that_takes_seven_bits_gets_seven_bits() {
    let mailbox = Mailbox::open(&["AUTH PLAIN"]);
    let shop = shop(&mailbox).await;
    buy(&shop).await.is(200);
    let letters = taken(&mailbox, 1).await;
    assert_eq!(letters[0].from, "<no-reply@localhost>");
    assert!(letters[0].message.is_ascii(), "{}", letters[0].message);
    let (_, body) = letters[0].message.split_once("\r\n\r\n").unwrap();
    let text = String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap();
    assert!(text.contains("1 × Café lamp: £24.50"), "{text}");
}

#[tokio::test]
async fn a_letter_that_is_refused_waits_for_an_operator_and_holds_up_no_other() {
    let mailbox = Mailbox::open(&["8BITMIME", "AUTH PLAIN"]);
    let shop = shop(&mailbox).await;
    let mut nobody = shop.browser();
    nobody.put_into_cart("cafe-lamp", "1").await;
    let form = nobody.open("/checkout/address").await.forms(CONTACT).pop().unwrap();
    let form = ADA.iter().fold(form, |form, (name, value)| form.with(name, value));
    let delivery = nobody.submit(&form.with("email", "nobody@example.com")).await;
    let payment = nobody.take_delivery(&delivery).await;
    let review = nobody.give_card(&payment, PAYS).await;
    nobody.place(&review).await.is(200).says(&["Thank you, Ada."]);
    let listed = until("it is left to an operator", DEADLINE, async || {
        let listed = shop.run_on_data(&["sagas".as_ref()]).await.went_well().stdout;
        listed.contains("mail did not hear of").then_some(listed)
    })
    .await;
    assert!(listed.contains("the mail server refuses this letter for good"), "{listed}");
    buy(&shop).await.is(200);
    assert_eq!(taken(&mailbox, 1).await[0].to, "<ada@example.com>");
}

/// Waits until the store has tried to send a letter, and has not sent it.
async fn is_tried(shop: &Shop) {
    until("the letter waits", DEADLINE, async || (shop.letters_tried().await > 0).then_some(())).await;
}

#[tokio::test]
async fn a_mail_server_that_is_away_keeps_nobody_from_buying_and_gets_the_letter_once_it_is_back() {
    let away = ShutMailbox::at("127.0.0.1");
    let shop = shop_that_writes_to(&format!("smtp://127.0.0.1:{}", away.port())).await;
    let confirmed = buy(&shop).await;
    confirmed.is(200).says(&["Thank you, Ada."]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    is_tried(&shop).await;
    let mailbox = away.open(&["8BITMIME"]);
    let letters = taken(&mailbox, 1).await;
    assert!(letters[0].message.contains(&number_on(&confirmed)), "{}", letters[0].message);
}

#[tokio::test]
async fn a_server_that_can_t_be_spoken_with_in_secret_gets_no_letter() {
    // An address of this machine that the store does not take for one, so that the test needs no other.
    let mailbox = ShutMailbox::at("127.0.0.2").open(&["8BITMIME", "AUTH PLAIN"]);
    let url = format!("shop:p%40ss-hunter2@127.0.0.2:{}", mailbox.port());
    for (scheme, heard) in [("smtp", vec!["EHLO"]), ("smtps", Vec::new())] {
        let shop = shop_that_writes_to(&format!("{scheme}://{url}")).await;
        let before = mailbox.said().len();
        buy(&shop).await.is(200).says(&["Thank you, Ada."]);
        is_tried(&shop).await;
        let said = mailbox.said().split_off(before);
        assert!(said.chunks(heard.len().max(1)).all(|said| said == heard), "{scheme}: {said:?}");
        assert!(mailbox.taken().is_empty(), "{scheme}");
    }
}

#[tokio::test]
async fn a_wrong_address_of_a_mail_server_is_refused_and_not_printed() {
    let shop = Shop::new();
    for wrong in ["mail.example", "https://shop:hunter2@mail.example", "smtps://shop:hunter2@mail.example/inbox"] {
        let by_flag = shop.run(&["serve".as_ref(), "--mail-smtp".as_ref(), wrong.as_ref()], &[]).await;
        let by_variable = shop.run(&["serve".as_ref()], &[("CARTOGRAPH_MAIL_SMTP", wrong)]).await;
        for refused in [by_flag, by_variable] {
            refused.refused_with(&["--mail-smtp", "smtps://user:password@"]);
            assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
        }
    }
}
