//! A customer who has one of everything that a store keeps for somebody, and the ids of it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Cursor;

use image::{ImageFormat, RgbImage};

use super::account::{ADDRESS, END_SESSION, REMOVE_ADDRESS, REMOVE_PASSKEY};
use super::purchase::{ADA, CANCEL, CARD, CONTACT, DELIVERY, PAYS, PLACE, number_on};
use super::review::REMOVE_POST;
use super::wish_list::{ADD_WISH, SHARE_LIST};
use super::{Browser, Page, Shop, feed};

const ASK_ALERT: &str = "/api/alerts";
const REMOVE_ALERT: &str = "/api/alerts/removals";
const SEND: &str = "/api/operator/orders/dispatches";
const ASK_RETURN: &str = "/api/orders/returns";
const WITHDRAW: &str = "/api/orders/returns/withdrawals";
const APPLY_GIFT_CARD: &str = "/api/checkout/gift-cards";
const REMOVE_GIFT_CARD: &str = "/api/checkout/gift-cards/removals";
const PICTURES: &str = "/reviews/pictures/";

/// Ids by what they are of.
pub(crate) type Ids = BTreeMap<&'static str, String>;

/// Who somebody is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) email: &'static str,
    pub(crate) name: &'static str,
    pub(crate) street: &'static str,
}

#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) person: Person,
    pub(crate) browser: Browser,
    pub(crate) ids: Ids,
}

impl Shop {
    /// An open store with lamps and mugs, and a promotion.
    pub(crate) async fn for_customers() -> Self {
        let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 99", "MUG | Blue mug | 9.00 GBP | 99"];
        let shop = Self::with_feed(&feed("id | title | price | quantity", &rows)).await;
        shop.import_promotions(&["tenth | A tenth off | TENTH | percent | 10 | | | | | | combinable"])
            .await
            .went_well();
        shop
    }

    /// A customer with an account who has everything.
    pub(crate) async fn customer(&self, operator: &mut Browser, person: Person) -> Customer {
        let browser = self.member(person.email, person.name).await;
        let mut customer = Customer { person, browser, ids: Ids::new() };
        customer.fill_account(self).await;
        customer.return_something(operator).await;
        customer.wait_for_something().await;
        customer.cancel_something().await;
        customer.write().await;
        customer.begin_to_pay(self).await;
        customer
    }
}

impl Customer {
    fn keep(&mut self, name: &'static str, id: &str) {
        assert!(!id.is_empty(), "{name} has an id");
        self.ids.insert(name, id.to_owned());
    }

    /// Everything that the store keeps for them.
    pub(crate) async fn export(&mut self) -> serde_json::Value {
        let export = self.browser.get("/account/export").await;
        serde_json::from_str(&export.is(200).html).unwrap()
    }

    async fn fill_account(&mut self, shop: &Shop) {
        let Person { email, name, street } = self.person;
        let form = self.browser.open("/account/addresses/new").await.form(ADDRESS);
        let form = ADA[1..].iter().fold(form, |form, (field, value)| form.with(field, value));
        let form = form.with("name", name).with("line1", street).with("phone", "+44 20 7946 0321");
        let page = self.browser.submit(&form).await;
        self.keep("address", page.form(REMOVE_ADDRESS).field("id").unwrap());
        let page = self.browser.open("/account/sessions").await;
        self.keep("session", page.form(END_SESSION).field("session").unwrap());
        // Nobody signs in with it.
        let passkey = "INSERT INTO account_passkeys (id, account_id, credential_id, name, document, added_ms)
            SELECT id, id, id, 'My phone', '{}', 1790000000000 FROM accounts WHERE email_key = $1";
        shop.change_books_with(passkey, email).await;
        let page = self.browser.open("/account/security").await;
        self.keep("passkey", page.form(REMOVE_PASSKEY).field("passkey").unwrap());
        let form = self.browser.open("/alerts/new?sku=LAMP&about=price").await.form(ASK_ALERT);
        let page = self.browser.submit(&form).await;
        self.keep("alert", page.form(REMOVE_ALERT).field("id").unwrap());
        let form = self.browser.open("/products/walnut-desk-lamp").await.form(ADD_WISH);
        let page = self.browser.submit(&form).await;
        self.keep("list", page.form(SHARE_LIST).field("list").unwrap());
    }

    /// Everything from the cart up to the payment.
    pub(crate) async fn come_to_payment(&mut self) -> Page {
        let Person { email, name, street } = self.person;
        let form = self.browser.open("/checkout/address").await.forms(CONTACT).pop().expect("a form for the address");
        let form = ADA.iter().fold(form, |form, (field, value)| form.with(field, value));
        let form = form.with("email", email).with("name", name).with("line1", street);
        let next = self.browser.submit(&form.with("phone", "+44 20 7946 0321")).await;
        // Who has chosen a delivery before is asked for the payment at once.
        if next.forms(DELIVERY).is_empty() { next } else { self.browser.take_delivery(&next).await }
    }

    /// Buys a lamp; answers the page of the order, and the key that it was placed under.
    async fn buy(&mut self) -> (Page, String) {
        self.browser.put_into_cart("walnut-desk-lamp", "1").await;
        let payment = self.come_to_payment().await;
        let review = self.browser.give_card(&payment, PAYS).await;
        let form = review.form(PLACE);
        let confirmation = self.browser.submit(&form).await;
        let order = self.browser.follow_order(&confirmation).await;
        (order, form.field("key").unwrap().to_owned())
    }

    async fn return_something(&mut self, operator: &mut Browser) {
        self.browser.put_into_cart("walnut-desk-lamp", "1").await;
        self.browser.apply_coupon("TENTH").await.is(200);
        let (order, _) = self.buy().await;
        let number = number_on(&order);
        let form = operator.open(&format!("/operator/orders/{number}")).await.form(SEND);
        operator.submit(&form).await.is(200).says(&["The order is sent"]);
        let order = self.browser.open(&order.path).await;
        let way = order.links(&format!("/orders/{number}/return")).remove(0);
        let mut form = self.browser.open(&way).await.form(ASK_RETURN);
        for (field, units) in &mut form.fields {
            if field.starts_with("units-") {
                "1".clone_into(units);
            }
        }
        let asked = self.browser.submit(&form.with("note", "It hums.")).await;
        asked.is(200).says(&["It is noted."]);
        self.keep("return", asked.form(WITHDRAW).field("id").unwrap());
        self.keep("sent", &number);
    }

    async fn wait_for_something(&mut self) {
        let (order, key) = self.buy().await;
        self.keep("number", &number_on(&order));
        self.keep("placed", &key);
        // As a form has it: an address has its signs encoded.
        self.keep("access", order.form(CANCEL).field("access").unwrap());
        let orders = self.export().await["orders"].clone();
        let waiting = orders.as_array().unwrap().iter().find(|order| order["order"]["number"] == self.ids["number"]);
        let id = waiting.unwrap()["order"]["id"].as_str().unwrap().to_owned();
        self.keep("order", &id);
    }

    async fn cancel_something(&mut self) {
        let (order, _) = self.buy().await;
        self.browser.submit(&order.form(CANCEL)).await.is(200).says(&["Cancelled"]);
    }

    /// Writes a review with a picture, which waits to be looked at.
    async fn write(&mut self) {
        let mut picture = Cursor::new(Vec::new());
        RgbImage::from_pixel(40, 30, image::Rgb([180, 120, 40])).write_to(&mut picture, ImageFormat::Png).unwrap();
        let words = [
            ("product", "walnut-desk-lamp"),
            ("stars", "4"),
            ("title", "Warm light"),
            ("text", "It reads well enough."),
        ];
        let page = self.browser.review_with_files(&words, &[("picture-1", picture.get_ref().as_slice())]).await;
        page.is(200).says(&["We read it first"]);
        self.keep("review", page.form(REMOVE_POST).field("id").unwrap());
        let posts = self.export().await["posts"].clone();
        let picture = posts[0]["written"]["pictures"][0]["id"].as_str().unwrap_or_default().to_owned();
        assert!(!picture.is_empty(), "a review has its picture: {posts}");
        self.keep("picture", &picture);
        assert!(self.browser.get(&format!("{PICTURES}{picture}")).await.status.is_success(), "its author sees it");
    }

    /// Puts something into the cart that a gift card is to pay a part of.
    async fn begin_to_pay(&mut self, shop: &Shop) {
        self.browser.put_into_cart("blue-mug", "1").await;
        let payment = self.come_to_payment().await;
        let issue = ["gift-cards", "issue", "--amount", "5.00", "--currency", "GBP"].map(OsStr::new);
        let code = shop.run_on_data(&issue).await.went_well().stdout.trim().to_owned();
        let payment = self.browser.submit(&payment.form(APPLY_GIFT_CARD).with("gift_card", &code)).await;
        self.keep("gift_card", payment.form(REMOVE_GIFT_CARD).field("gift_card").unwrap());
        let back = payment.form(CARD).field("return_url").unwrap().to_owned();
        self.keep("checkout", back.split("checkout=").nth(1).unwrap());
    }
}
