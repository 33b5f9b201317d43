//! Orders of an account: bought, claimed, searched, bought again.

use std::time::Duration;

use super::faults::{END, SWITCH};
use crate::support::account::{BUY_AGAIN, CLAIM, PASSWORD};
use crate::support::purchase::{ADD, CANCEL, PAYS, number_on};
use crate::support::{Page, Shop, feed, until};

const ADA: &str = "ada@example.com";

async fn shop() -> Shop {
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 500",
        "STOOL | Oak stool, 100% oak | 61.00 GBP | 500",
        "RUG | Woollen rug | 80.00 GBP | 2",
    ];
    Shop::with_feed(&feed("id | title | price | quantity", &rows)).await
}

/// The numbers of the orders that a page shows, from the top.
fn shown(page: &Page) -> Vec<String> {
    let links = page.links("/orders/CG-");
    let numbers = links.iter().filter_map(|link| link.strip_prefix("/orders/"));
    numbers.filter(|number| !number.contains('/')).map(str::to_owned).collect()
}

#[tokio::test]
async fn an_order_of_an_account_needs_no_look_up() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ada.open("/account/orders").await.is(200).says(&["No orders yet"]);
    let order = ada.buy("walnut-desk-lamp", "2").await;
    order.does_not_say("Add it to your account");
    let number = number_on(&order);
    ada.open("/account").await.says(&["Your last order", &number]);
    ada.open("/account/orders").await.says(&[&number, "Walnut desk lamp", "2 items", "Arrives"]);
    let mut laptop = shop.browser();
    laptop.get(&format!("/orders/{number}")).await.is(404);
    laptop.sign_in(ADA, PASSWORD).await;
    laptop.open(&format!("/orders/{number}")).await.is(200).says(&["Payment authorised", "Cancel this order"]);
}

#[tokio::test]
async fn a_guest_claims_orders_with_the_address_they_were_placed_with() {
    let shop = shop().await;
    let mut guest = shop.browser();
    let before = guest.buy("walnut-desk-lamp", "1").await;
    // When the address is proved, and again with each sign-in.
    let mut ada = shop.member("ADA@example.com", "Ada Lovelace").await;
    ada.open("/account/orders").await.says(&[&number_on(&before)]);
    let meanwhile = guest.buy("oak-stool-100-oak", "1").await;
    ada.open("/account/orders").await.does_not_say(&number_on(&meanwhile));

    // With the button on the order's own page.
    guest.open(&meanwhile.path).await.does_not_say("Add it to your account");
    let page = ada.open(&meanwhile.path).await;
    page.says(&["Add it to your account"]);
    let claimed = ada.submit(&page.form(CLAIM)).await;
    claimed.is(200).does_not_say("Add it to your account");
    ada.open("/account/orders").await.says(&[&number_on(&meanwhile), &number_on(&before)]);
    let last = guest.buy("walnut-desk-lamp", "1").await;
    ada.sign_out().await;
    ada.sign_in(ADA, PASSWORD).await;
    ada.open("/account/orders").await.says(&[&number_on(&last)]);

    // Who has another address claims nothing, also with the order's address in hand.
    let another = guest.buy("walnut-desk-lamp", "1").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let page = eve.open(&another.path).await;
    page.does_not_say("Add it to your account");
    let access = another.path.split("access=").nth(1).unwrap().split('&').next().unwrap();
    let number = number_on(&another);
    eve.post(CLAIM, &[("number", number.as_str()), ("access", access)]).await.is(302);
    eve.open("/account/orders").await.says(&["No orders yet"]);
    // And who has the right address but not the order's access claims nothing by its number either.
    ada.post(CLAIM, &[("number", number.as_str()), ("access", "guess")]).await.is(302);
    ada.open("/account/orders").await.does_not_say(&number);
}

#[tokio::test]
async fn a_history_has_pages_and_is_searched() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let mut numbers = Vec::new();
    for place in 0..13 {
        let slug = if place % 6 == 0 { "oak-stool-100-oak" } else { "walnut-desk-lamp" };
        numbers.push(number_on(&ada.buy(slug, "1").await));
    }
    numbers.reverse();
    let first = ada.open("/account/orders").await;
    let on_first = shown(&first);
    assert_eq!(on_first, numbers[..10], "the newest first");
    let older = first.links("/account/orders?").into_iter().find(|link| link.contains("older=")).unwrap();
    let second = ada.open(&older).await;
    let on_second = shown(&second);
    assert_eq!(on_second, numbers[10..]);
    assert!(!second.links("/account/orders?").iter().any(|link| link.contains("older=")));

    let bare = numbers[4].replace('-', "").to_lowercase();
    for (words, found) in [
        ("oak", vec![12, 6, 0]),
        ("STOOL 100%25", vec![12, 6, 0]),
        ("stool walnut", vec![]),
        ("%25_", vec![]),
        (numbers[4].as_str(), vec![4]),
        (bare.as_str(), vec![4]),
        ("rug", vec![]),
    ] {
        let page = ada.open(&format!("/account/orders?q={}", words.replace(' ', "+"))).await;
        let mut expected: Vec<String> = found.into_iter().map(|place: usize| numbers[place].clone()).collect();
        expected.sort_by_key(|number| numbers.iter().position(|known| known == number));
        let found = shown(page.is(200));
        assert_eq!(found, expected, "{words}");
    }
    for nonsense in ["?older=nonsense", "?q=%00%ff", "?older=' OR 1=1", "?progress=lost"] {
        let status = ada.open(&format!("/account/orders{nonsense}")).await.status.as_u16();
        assert!(status == 200 || status == 400, "{nonsense}: {status}");
    }
}

#[tokio::test]
async fn an_order_is_bought_again_as_far_as_it_can_be() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ada.put_into_cart("woollen-rug", "2").await;
    let order = ada.buy("walnut-desk-lamp", "3").await;
    let form = ada.open("/account/orders").await.form(BUY_AGAIN);
    let page = ada.submit(&form).await;
    page.is(200).says(&["1 of 2 things are in your cart"]);
    ada.open("/cart").await.says(&["Walnut desk lamp"]);
    // A stranger's order is nobody's to buy again.
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let number = number_on(&order);
    eve.post(BUY_AGAIN, &[("number", number.as_str())]).await.is(302);
    eve.open("/cart").await.does_not_say("Walnut desk lamp");
}

#[tokio::test]
async fn each_order_offers_what_can_be_done_with_it_and_each_line_to_be_bought_again() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ada.put_into_cart("woollen-rug", "2").await;
    let number = number_on(&ada.buy("walnut-desk-lamp", "3").await);
    let page = ada.open("/account/orders").await;
    page.says(&["Follow", "Invoice", "Buy all again", "Sold out"]);
    page.does_not_say("Return items");
    assert_eq!(page.links("/orders/CG-"), [format!("/orders/{number}"), format!("/orders/{number}/invoice.pdf")]);
    // Of the rug nothing is left; of the lamp as many as were bought.
    let form = page.form(ADD);
    assert_eq!((form.field("sku"), form.field("quantity")), (Some("LAMP"), Some("3")));
    ada.submit(&form).await.is(200).says(&["Walnut desk lamp", "£73.50"]);
    // What is narrowed down by how far orders are is so on each page.
    ada.open("/account/orders?progress=open").await.says(&[&number]);
    ada.open("/account/orders?progress=delivered").await.says(&["No such order"]);
    let order = ada.open(&format!("/orders/{number}")).await;
    ada.submit(&order.form(CANCEL)).await.is(200);
    let page = ada.open("/account/orders?progress=ended&q=lamp").await;
    page.says(&[&number, "Cancelled", "See order", "Invoice"]);
    assert_eq!(page.forms(ADD).len(), 2, "the rugs are on the shelf again");
}

#[tokio::test]
async fn a_history_is_whole_before_the_graph_knows_of_it_and_without_it() {
    let shop = shop().await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let before = number_on(&ada.buy("walnut-desk-lamp", "1").await);
    let review = ada.come_to_review("oak-stool-100-oak", "1", PAYS).await;
    olga.post(SWITCH, &[("fault", "graph.down"), ("strength", "1")]).await.is(302);
    let order = ada.place(&review).await;
    let stool = number_on(&order);
    // Without the graph the books tell it, and it is said of nothing that it is sold out.
    let page = ada.open("/account/orders").await;
    page.is(200).does_not_say("Sold out");
    assert_eq!(shown(&page), [stool.clone(), before.clone()]);
    assert_eq!(shown(&ada.open("/account/orders?q=stool").await), std::slice::from_ref(&stool));
    olga.post(END, &[("fault", "graph.down")]).await.is(302);
    // What comes to the graph late is found meanwhile and afterwards.
    let within = Duration::from_secs(30);
    until("all is told to the graph", within, async || (shop.waiting_events().await == 0).then_some(())).await;
    assert_eq!(shown(&ada.open("/account/orders").await), [stool.clone(), before.clone()]);
    assert_eq!(shown(&ada.open("/account/orders?q=lamp").await), [before]);
}
