//! What becomes of the part that a gift card paid of an order when that is sent, returned or let go of.

use super::dispatch::{CAPTURE, SEND};
use super::gift_card::{come_to_review, has_left, issue, shop, shown};
use super::release::RELEASE;
use super::returns::{RECEIVE, ask};
use crate::support::purchase::{PAYS, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop};

/// An open store that sold a lamp for £28.45, of which a gift card pays £20.00.
struct Sold {
    shop: Shop,
    code: String,
    olga: Browser,
    ada: Browser,
    /// The order as its shopper sees it, and where its operator does.
    order: Page,
    sheet: String,
}

async fn sold() -> Sold {
    let shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let (olga, mut ada) = (shop.operator(OLGA).await, shop.browser());
    let review = come_to_review(&mut ada, &code, PAYS).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    Sold { shop, code, olga, ada, order, sheet }
}

async fn nothing_is_held(shop: &Shop) {
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_a_gift_card_paid_is_spent_when_it_is_sent_and_on_it_again_when_it_is_returned() {
    let Sold { shop, code, mut olga, mut ada, order, sheet } = sold().await;
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent", "Captured £28.45"]);
    has_left(&shown(&shop, &code).await, "£0.00 of £20.00");
    assert_eq!(shop.moved_at_gateway().await, (845, 0));
    nothing_is_held(&shop).await;

    // The bank's money goes back first, and what is beyond it to the gift card.
    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "Walnut desk lamp").await.says(&["you get back £28.45"]);
    let page = olga.open(&sheet).await;
    let received = olga.submit(&page.form(RECEIVE).with("shelf", "yes")).await;
    received.is(200).says(&["The return is received", "Refunded £28.45 £0.00 more can be"]);
    has_left(&shown(&shop, &code).await, "£20.00 of £20.00");
    assert_eq!(shop.moved_at_gateway().await, (845, 845));
    let seen = ada.open(&order.path).await;
    seen.says(&["£28.45 charged, £28.45 refunded", "the rest is on your gift card again at once"]);
    nothing_is_held(&shop).await;
}

#[tokio::test]
async fn what_a_gift_card_holds_of_the_rest_is_on_it_again_when_the_rest_is_let_go_of() {
    let Sold { shop, code, mut olga, sheet, .. } = sold().await;
    let page = olga.open(&sheet).await;
    let page = olga.submit(&page.form(CAPTURE).with("capture", "10").with("rest", "keep")).await;
    page.is(200).says(&["Captured £10.00"]);
    has_left(&shown(&shop, &code).await, "£0.00 of £20.00");
    assert_eq!(shop.moved_at_gateway().await, (845, 0));
    let page = olga.submit(&page.form(RELEASE)).await;
    page.is(200).says(&["What was still held for the order is let go of."]);
    // £1.55 of the ten were the gift card's.
    has_left(&shown(&shop, &code).await, "£18.45 of £20.00");
    assert_eq!(shop.holds().await, 0);
    nothing_is_held(&shop).await;
    olga.submit(&page.form(SEND)).await.is(200).says(&["Stands Sent", "Captured £10.00 £0.00 more can be"]);
    assert_eq!(shop.moved_at_gateway().await, (845, 0));
    has_left(&shown(&shop, &code).await, "£18.45 of £20.00");
    nothing_is_held(&shop).await;
}
