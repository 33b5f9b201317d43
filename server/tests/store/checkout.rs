//! The checkout as forms: nothing typed is lost, no step is skipped, what is seen is what is paid.

use futures::future::join;

use crate::support::html::Form;
use crate::support::purchase::{ADA, CONTACT, DELIVERY, PAYS, PLACE, number_on};
use crate::support::{Shop, feed};

const COLUMNS: &str = "id | title | price | product_type";
const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP | Home";

async fn shop() -> Shop {
    Shop::with_feed(&feed(COLUMNS, &[LAMP])).await
}

#[tokio::test]
async fn a_purchase_from_the_product_to_the_order() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "2").await;
    let address = browser.open("/checkout").await;
    assert_eq!(address.path, "/checkout/address");
    address.is(200).says(&["Where should it go?", "£49.00"]);
    assert_eq!(address.header("cache-control"), Some("no-store"));

    let delivery = browser.give_address().await;
    assert_eq!(delivery.path, "/checkout/delivery");
    delivery.says(&["Standard delivery", "Free", "Express delivery", "£7.95"]);
    let payment = browser.submit(&delivery.form(DELIVERY).with("delivery", "express")).await;
    assert_eq!(payment.path, "/checkout/payment");
    let review = browser.give_card(&payment, PAYS).await;
    assert_eq!(review.path, "/checkout/review");
    review.says(&[
        "ada@example.com",
        "12 St James's Square",
        "SW1Y 4JH",
        "express delivery",
        "ending in 4242",
        "£56.95",
    ]);
    assert!(!review.html.contains("4242 4242") && !review.html.contains("424242"), "the store never sees the card");

    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", &number_on(&order), "£56.95", "Walnut desk lamp", "2 items"]);
    assert_eq!(order.header("cache-control"), Some("no-store"));
    browser.open("/cart").await.says(&["Your cart is empty"]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    let stock = shop.stock("LAMP").await;
    assert_eq!((stock.on_hand, stock.reserved, stock.allocated), (100, 0, 2));
}

#[tokio::test]
async fn a_wrong_address_keeps_everything_that_was_typed() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let form = browser.open("/checkout").await.form(CONTACT);
    let typed = [
        ("email", "ada@"),
        ("name", "Ada <Lovelace> & \"Co\""),
        ("phone", "ring twice"),
        ("line1", "12 St James's Square"),
        ("city", "London"),
        ("postcode", ""),
        ("country", "CH"),
    ];
    let wrong = browser.submit(&typed.iter().fold(form, |form, (name, value)| form.with(name, value))).await;
    assert_eq!(wrong.is(200).path, "/checkout/address");
    wrong.says(&[
        "3 fields need your attention",
        "E-mail address must look like ada@example.com",
        "Telephone must look like +44 20 7946 0000",
        "Postcode is needed to deliver your order",
    ]);
    let shown = wrong.form(CONTACT);
    for (name, value) in typed {
        assert_eq!(shown.field(name), Some(value), "{name}");
    }
    let right = ["email", "phone", "postcode"].into_iter().zip(["ada@example.com", "", "8001"]);
    let next = browser.submit(&right.fold(shown, |form, (name, value)| form.with(name, value))).await;
    assert_eq!(next.path, "/checkout/delivery");
    let again = browser.open("/checkout/address").await;
    again.does_not_say("need your attention");
    assert_eq!(again.form(CONTACT).field("postcode"), Some("8001"));
}

#[tokio::test]
async fn no_text_is_too_strange_for_the_address_form() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let form = browser.open("/checkout").await.form(CONTACT);
    let long = "é".repeat(2_000);
    for strange in [long.as_str(), "\u{0}\u{1}\u{7f}", "💡\u{202e}abc", "</textarea><script>alert(1)</script>", "   "]
    {
        let form = ADA.iter().fold(form.clone(), |form, (name, value)| form.with(name, value)).with("city", strange);
        let page = browser.submit(&form).await;
        assert!(!page.is(200).html.contains("<script>alert"), "{strange:?}");
    }
    let form = ADA.iter().fold(form, |form, (name, value)| form.with(name, value));
    assert_eq!(browser.submit(&form).await.path, "/checkout/delivery");
}

#[tokio::test]
async fn no_step_is_skipped() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let steps = ["/checkout", "/checkout/address", "/checkout/delivery", "/checkout/payment", "/checkout/review"];
    for step in steps {
        assert_eq!(browser.open(step).await.is(200).path, "/cart", "{step} without a cart");
    }
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    for step in steps {
        assert_eq!(browser.open(step).await.is(200).path, "/checkout/address", "{step} without an address");
    }
    let delivery = browser.give_address().await;
    for step in ["/checkout", "/checkout/payment", "/checkout/review"] {
        assert_eq!(browser.open(step).await.is(200).path, "/checkout/delivery", "{step} without a delivery");
    }
    let answer = browser.post(DELIVERY, &[("delivery", "by balloon")]).await;
    let refused = browser.go_on(answer).await;
    refused.is(200).says(&["The form was out of date"]);
    assert!(refused.path.starts_with("/checkout/delivery"), "{}", refused.path);
    let payment = browser.take_delivery(&delivery).await;
    assert_eq!(browser.open("/checkout/review").await.path, "/checkout/payment");
    browser.give_card(&payment, PAYS).await;
    for step in ["/checkout/address", "/checkout/delivery", "/checkout/payment"] {
        assert_eq!(browser.open(step).await.is(200).path, step, "{step} can be revisited");
    }
    browser.open("/checkout/payment").await.says(&["ending in 4242"]);
}

#[tokio::test]
async fn two_windows_of_one_checkout_lose_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let address =
        ADA.iter().fold(browser.open("/checkout").await.form(CONTACT), |form, (name, value)| form.with(name, value));
    let delivery = browser.submit(&address).await.form(DELIVERY);
    for round in 0..20 {
        let (city, option) = (format!("City {round}"), if round % 2 == 0 { "express" } else { "standard" });
        let (contact, choice) = (address.clone().with("city", &city), delivery.clone().with("delivery", option));
        let (mut one, mut other) = (browser.clone(), browser.clone());
        join(one.post(CONTACT, &contact.fields), other.post(DELIVERY, &choice.fields)).await;
        let kept = browser.open("/checkout/address").await.form(CONTACT);
        assert_eq!(kept.field("city"), Some(city.as_str()), "round {round}");
        let chosen = browser.open("/checkout/delivery").await.form(DELIVERY);
        assert_eq!(chosen.field("delivery"), Some(option), "round {round}");
    }
}

#[tokio::test]
async fn another_total_than_the_one_that_was_seen_is_never_charged() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    review.says(&["£28.45"]);
    shop.close().await;
    shop.import(&feed(COLUMNS, &[&LAMP.replace("24.50", "26.00")])).await.went_well();
    shop.open().await;
    browser.follow(&shop);

    let changed = browser.place(&review).await;
    changed.is(200).says(&["The total has changed", "it is now £29.95", "Nothing was ordered or charged."]);
    assert_eq!(changed.path.split('?').next(), Some("/checkout/review"));
    changed.does_not_say("£28.45");
    assert_eq!((shop.orders().await.len(), shop.payments().await), (0, 0));
    assert_eq!(shop.stock("LAMP").await.reserved, 0);

    let order = browser.place(&changed).await;
    order.is(200).says(&["Thank you, Ada.", "£29.95"]);
    assert_eq!(shop.orders().await[0].total_minor_units, 29_95);
}

#[tokio::test]
async fn a_total_from_the_browser_is_only_what_it_saw() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let form = review.form(PLACE);
    for seen in ["0.01 GBP", "28.45 USD", "-28.45 GBP"] {
        let refused = browser.submit(&form.clone().with("seen", seen)).await;
        refused.is(200).says(&["The total has changed", "it is now £28.45"]);
    }
    for (field, nonsense) in [("seen", "twenty"), ("seen", ""), ("key", "nonsense"), ("key", "")] {
        let refused = browser.submit(&form.clone().with(field, nonsense)).await;
        refused.is(200).says(&["The form was out of date"]);
    }
    let foreign = form.clone().with("key", "0123456789abcdef0123456789abcdef");
    let refused = browser.submit(&foreign).await;
    assert!(refused.is(200).path.starts_with("/checkout/review"), "{}", refused.path);
    assert!(shop.orders().await.is_empty());
    browser.place(&review).await.says(&["Thank you, Ada."]);
}

#[tokio::test]
async fn a_card_form_of_another_checkout_is_not_taken() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await;
    let foreign =
        "/checkout/payment/return?checkout=0123456789abcdef0123456789abcdef&payment_method=pm_card_visa&last_four=4242";
    let refused = browser.open(foreign).await;
    assert!(refused.is(200).path.starts_with("/checkout/payment"), "{}", refused.path);
    refused.says(&["The form was out of date"]);
    assert_eq!(browser.open("/checkout/review").await.path, "/checkout/payment", "no card was taken");
    for broken in ["", "?checkout=nonsense", "?card_error=%3Cscript%3E"] {
        let page = browser.open(&format!("/checkout/payment/return{broken}")).await;
        assert!(page.is(200).path.starts_with("/checkout/payment"), "{broken}: {}", page.path);
    }
}

#[tokio::test]
async fn every_page_says_where_the_cart_goes() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.open("/").await.says(&["Deliver to United Kingdom"]);
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let address = browser.open("/checkout/address").await;
    browser.submit(&address.form(CONTACT).with("country", "JP")).await;
    let home = browser.open("/").await;
    home.says(&["Deliver to Japan"]);
    home.does_not_say("Deliver to United Kingdom");
}

#[tokio::test]
async fn the_address_waits_for_the_next_order() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    assert_eq!(browser.open("/checkout").await.path, "/checkout/delivery");
    assert_eq!(browser.open("/checkout/address").await.form(CONTACT).field("line1"), Some("12 St James's Square"));
    assert_eq!(browser.open("/checkout/review").await.path, "/checkout/delivery", "the card was for that order only");
}

#[tokio::test]
async fn a_parcel_to_japan_is_promised_and_priced_as_one() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let lamp = browser.open("/products/walnut-desk-lamp").await;
    lamp.says(&["Delivered to the United Kingdom"]);
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    cart.says(&["Arrives in the United Kingdom", "Date and price follow your address", "Includes VAT", "£49.00"]);

    let in_japan =
        |form: Form| ADA.iter().fold(form, |form, (name, value)| form.with(name, value)).with("country", "JP");
    let address = browser.open("/checkout").await.form(CONTACT);
    let delivery = browser.submit(&in_japan(address).with("postcode", "100-0001")).await;
    assert_eq!(delivery.path, "/checkout/delivery");
    let customs = "Japan may ask you for import VAT and duty when it arrives";
    delivery.is(200).says(&["Standard delivery", "£19.95", customs, "Without import VAT and duty", "£68.95"]);
    delivery.does_not_say("£7.95");
    // Somebody may post what is not offered: the choice is asked for again.
    let refused = browser.submit(&delivery.form(DELIVERY).with("delivery", "express")).await;
    assert_eq!(refused.path, "/checkout/delivery");
    let payment = browser.submit(&refused.form(DELIVERY).with("delivery", "standard")).await;
    let review = browser.give_card(&payment, PAYS).await;
    review.is(200).says(&["standard delivery, £19.95", customs, "£68.95"]);
    browser.open("/cart").await.says(&["Arrives in Japan", "£68.95", customs]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", customs, "Without import VAT and duty", "£68.95"]);
}

#[tokio::test]
async fn who_moves_abroad_is_asked_about_delivery_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "2").await;
    let delivery = browser.give_address().await;
    let payment = browser.submit(&delivery.form(DELIVERY).with("delivery", "express")).await;
    let review = browser.give_card(&payment, PAYS).await;
    assert_eq!(review.is(200).path, "/checkout/review");
    let address = browser.open("/checkout/address").await.form(CONTACT);
    let moved = browser.submit(&address.with("country", "DE").with("postcode", "10115")).await;
    assert_eq!(moved.path, "/checkout/delivery");
    moved.says(&["Express delivery is for the United Kingdom only", "£9.95"]);
    // The old page promised the next day for less.
    let refused = browser.place(&review).await;
    assert_eq!(refused.path.split('?').next(), Some("/checkout/delivery"), "{}", refused.text());
    assert!(shop.order_states().await.is_empty());
}
