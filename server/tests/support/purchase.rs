//! A purchase, step by step, as a shopper without JavaScript makes it.

use std::time::Duration;

use super::{Browser, Page, Shop, feed, until};

pub(crate) const ADD: &str = "/api/cart/lines";
pub(crate) const SET_QUANTITY: &str = "/api/cart/lines/quantity";
pub(crate) const APPLY_COUPON: &str = "/api/cart/coupon";
pub(crate) const REMOVE_COUPON: &str = "/api/cart/coupon/removals";
pub(crate) const CONTACT: &str = "/api/checkout/contact";
pub(crate) const DELIVERY: &str = "/api/checkout/delivery";
pub(crate) const CARD: &str = "/sandbox/payment_methods";
pub(crate) const INVOICE: &str = "/api/checkout/invoices";
pub(crate) const PLACE: &str = "/api/checkout/orders";
pub(crate) const LOOK_UP: &str = "/api/orders/look-ups";
pub(crate) const CHANGE_ADDRESS: &str = "/api/orders/addresses";
pub(crate) const CANCEL: &str = "/api/orders/cancellations";

/// Test cards, by what becomes of them.
pub(crate) const PAYS: &str = "4242 4242 4242 4242";
pub(crate) const DECLINED: &str = "4000 0000 0000 0002";
pub(crate) const LATE: &str = "4000 0000 0000 0341";

pub(crate) const ADA: [(&str, &str); 6] = [
    ("email", "ada@example.com"),
    ("name", "Ada Lovelace"),
    ("line1", "12 St James's Square"),
    ("city", "London"),
    ("postcode", "SW1Y 4JH"),
    ("country", "GB"),
];

impl Browser {
    /// Presses "Add to cart" on a product's page.
    pub(crate) async fn put_into_cart(&mut self, slug: &str, quantity: &str) -> Page {
        let page = self.open(&format!("/products/{slug}")).await;
        // The product's own form stands before those of its neighbours.
        let form = page.is(200).forms(ADD).into_iter().next().expect("a product page has a form to buy it");
        self.submit(&form.with("quantity", quantity)).await
    }

    /// Types a coupon code on the cart page.
    pub(crate) async fn apply_coupon(&mut self, code: &str) -> Page {
        let form = self.open("/cart").await.form(APPLY_COUPON);
        self.submit(&form.with("code", code)).await
    }

    /// Fills in the address and opens the choice of delivery.
    pub(crate) async fn give_address(&mut self) -> Page {
        let page = self.open("/checkout/address").await;
        // Saved addresses stand before the form, each with one of its own.
        let form = page.forms(CONTACT).pop().expect("a form for the address");
        let form = ADA.iter().fold(form, |form, (name, value)| form.with(name, value));
        self.submit(&form).await
    }

    /// Takes the delivery that is offered and opens the card form.
    pub(crate) async fn take_delivery(&mut self, page: &Page) -> Page {
        self.submit(&page.form(DELIVERY)).await
    }

    /// Fills in a card; a good one leads to the review.
    pub(crate) async fn give_card(&mut self, page: &Page, number: &str) -> Page {
        let form = page.form(CARD).with("number", number).with("name", "A Lovelace");
        self.submit(&form.with("expiry", "12/39").with("cvc", "123")).await
    }

    /// Everything up to the review of a cart that holds some units of one product.
    pub(crate) async fn come_to_review(&mut self, slug: &str, quantity: &str, card: &str) -> Page {
        self.put_into_cart(slug, quantity).await;
        self.check_out(card).await
    }

    /// Everything from the cart as it is up to the review.
    pub(crate) async fn check_out(&mut self, card: &str) -> Page {
        let delivery = self.give_address().await;
        let payment = self.take_delivery(&delivery).await;
        let review = self.give_card(&payment, card).await;
        assert_eq!(review.path, "/checkout/review", "{}", review.text());
        review
    }

    /// Presses "Place order".
    pub(crate) async fn place(&mut self, review: &Page) -> Page {
        self.submit(&review.form(PLACE)).await
    }

    /// Buys some units of a product by card, up to the confirmation.
    pub(crate) async fn buy(&mut self, slug: &str, quantity: &str) -> Page {
        let review = self.come_to_review(slug, quantity, PAYS).await;
        self.place(&review).await
    }

    /// Buys some units of a product by card and opens the page of the order.
    pub(crate) async fn buy_and_follow(&mut self, slug: &str, quantity: &str) -> Page {
        let confirmation = self.buy(slug, quantity).await;
        self.follow_order(&confirmation).await
    }

    /// Opens the page of the order that a confirmation is of, where it can be cancelled.
    pub(crate) async fn follow_order(&mut self, confirmation: &Page) -> Page {
        let links = confirmation.links("/orders/");
        let follow = links.iter().find(|link| link.contains("access=")).expect("a way to follow the order");
        self.open(follow).await
    }

    /// Looks for an order as a guest.
    pub(crate) async fn look_up(&mut self, number: &str, email: &str) -> Page {
        let form = self.open("/orders").await.form(LOOK_UP);
        self.submit(&form.with("number", number).with("email", email)).await
    }
}

/// The number of the order that a page shows.
#[track_caller]
pub(crate) fn number_on(page: &Page) -> String {
    let path =
        page.path.strip_prefix("/orders/").unwrap_or_else(|| panic!("{} is no order: {}", page.path, page.text()));
    path.split('?').next().unwrap_or_default().to_owned()
}

/// Five orders on invoice, all of one customer, who may have two of them open, are decided at the same moment by a
/// store that is empty before and not open.
pub(crate) async fn decide_five_invoices_at_once(mut shop: Shop) {
    const SETTLED_WITHIN: Duration = Duration::from_mins(1);
    shop.import(&feed("id | title | price", &["DESK | Oak desk | 500.00 GBP"])).await.went_well();
    shop.open_in(&[("CARTOGRAPH_FAULT", "payments.down")]).await;
    for number in 0..5 {
        let mut member = shop.member(&format!("m{number}@example.com"), "Ada Lovelace").await;
        member.put_into_cart("oak-desk", "1").await;
        let delivery = member.give_address().await;
        let payment = member.take_delivery(&delivery).await;
        let review = member.submit(&payment.form(INVOICE)).await;
        member.place(&review).await.is(200);
    }
    assert_eq!(shop.order_states().await, ["pending"; 5]);
    shop.close().await;
    shop.change_books("UPDATE orders SET account_id = (SELECT MIN(account_id) FROM orders)").await;
    shop.open().await;
    until("all is settled", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    let mut states = shop.order_states().await;
    states.sort();
    assert_eq!(states, ["confirmed", "confirmed", "declined", "declined", "declined"]);
    shop.check_ledger().await.went_well();
}
