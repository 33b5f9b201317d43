//! What a shopper looks at is remembered for them alone, as long as they want, and leads to more of it.

use std::collections::BTreeSet;

use crate::support::account::{DELETE, PASSWORD};
use crate::support::{Browser, Page, Shop, feed};

const CHOICE: &str = "/api/browsing/choices";
const REMOVAL: &str = "/api/browsing/removals";
const CLEARING: &str = "/api/browsing/clearings";
const DISMISSAL: &str = "/api/recommendations/dismissals";
const RETURN: &str = "/api/recommendations/returns";
const KEEP_LOOKING: &str = "Keep looking";

async fn shop() -> Shop {
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 9 | Home > Lamps",
        "SHADE | Linen shade | 12.00 GBP | 3 | Home > Lamps",
        "BULB | Warm bulb | 4.00 GBP | 9 | Home > Bulbs",
        "SOLD | Sold lantern | 9.00 GBP | 0 | Home > Lamps",
    ];
    Shop::with_feed(&feed("id | title | price | quantity | product_type", &rows)).await
}

impl Browser {
    async fn look_at(&mut self, slug: &str) -> Page {
        let page = self.open(&format!("/products/{slug}")).await;
        page.is(200);
        page
    }

    /// Presses the button of one product on a page.
    async fn press(&mut self, page: &Page, action: &str, product: &str) -> Page {
        let of_product = page.forms(action).into_iter().find(|form| form.field("product") == Some(product));
        let form = of_product.unwrap_or_else(|| panic!("{} has no form to {action} for {product}", page.path));
        self.submit(&form).await
    }

    /// Lets the store remember what is looked at, as a guest on a product's page.
    async fn agree(&mut self, slug: &str) {
        let form = self.look_at(slug).await.form(CHOICE);
        self.submit(&form.with("kept", "yes")).await.is(200).says(&["Your browsing history"]);
    }

    /// The products of the history, in its order.
    async fn history(&mut self) -> Vec<String> {
        looked_at(&self.open("/history").await)
    }
}

fn looked_at(page: &Page) -> Vec<String> {
    under(page, "aria-label=\"What you looked at\"")
}

/// The products that a page shows from some words to the end of their section.
fn under(page: &Page, words: &str) -> Vec<String> {
    let Some((_, rest)) = page.html.split_once(words) else { return Vec::new() };
    let row = rest.split("</section>").next().unwrap_or_default();
    let links = row.split("href=\"/products/").skip(1).filter_map(|link| link.split('"').next());
    links.map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn a_guest_is_remembered_once_they_agree_and_forgotten_when_they_say_so() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.look_at("linen-shade").await.says(&["Remember what you look at?", "No, thanks"]);
    assert!(browser.history().await.is_empty(), "nobody agreed");
    browser.agree("walnut-desk-lamp").await;
    browser.look_at("warm-bulb").await;
    assert_eq!(browser.history().await, ["warm-bulb", "walnut-desk-lamp"]);
    assert_eq!(under(&browser.open("/").await, KEEP_LOOKING), ["warm-bulb", "walnut-desk-lamp"]);
    // Somebody else sees nothing of it.
    assert!(shop.browser().history().await.is_empty());

    let page = browser.open("/history").await;
    browser.press(&page, REMOVAL, "BULB").await.is(200);
    assert_eq!(browser.history().await, ["walnut-desk-lamp"]);
    browser.look_at("linen-shade").await;
    let form = browser.open("/history").await.form(CLEARING);
    assert!(looked_at(&browser.submit(&form).await).is_empty());
    browser.look_at("linen-shade").await;
    let form = browser.open("/history").await.form(CHOICE);
    browser.submit(&form.with("kept", "no")).await.is(200).says(&["is not remembered"]);
    browser.look_at("warm-bulb").await;
    assert!(browser.history().await.is_empty());
    let form = browser.open("/history").await.form(CHOICE);
    browser.submit(&form.with("kept", "yes")).await.is(200);
    assert!(browser.history().await.is_empty(), "switching off forgot what there was");
}

#[tokio::test]
async fn who_says_no_is_not_asked_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let form = browser.look_at("walnut-desk-lamp").await.form(CHOICE);
    let page = browser.submit(&form.with("kept", "no")).await;
    assert!(page.path.starts_with("/products/walnut-desk-lamp"), "{}", page.path);
    assert!(!page.text().contains("Remember what you look at?"));
    assert!(browser.history().await.is_empty());
}

#[tokio::test]
async fn what_a_guest_looked_at_is_theirs_after_the_sign_in() {
    let shop = shop().await;
    let mut member = shop.member("olga@example.com", "Olga").await;
    member.look_at("linen-shade").await;
    assert_eq!(member.history().await, ["linen-shade"], "an account's history is kept until it is switched off");
    let mut browser = shop.browser();
    browser.agree("walnut-desk-lamp").await;
    browser.look_at("linen-shade").await;
    browser.sign_in("olga@example.com", PASSWORD).await.is(200);
    assert_eq!(browser.history().await, ["linen-shade", "walnut-desk-lamp"]);
    assert_eq!(member.history().await, ["linen-shade", "walnut-desk-lamp"]);
    browser.sign_out().await;
    assert!(browser.history().await.is_empty(), "it came along");
}

#[tokio::test]
async fn an_account_that_switched_off_takes_nothing_in_and_a_deleted_one_leaves_nothing() {
    let shop = shop().await;
    let mut member = shop.member("olga@example.com", "Olga").await;
    member.look_at("linen-shade").await;
    let form = member.open("/history").await.form(CHOICE);
    member.submit(&form.with("kept", "no")).await.is(200);
    member.look_at("warm-bulb").await;
    assert!(member.history().await.is_empty());
    let mut browser = shop.browser();
    browser.agree("walnut-desk-lamp").await;
    browser.sign_in("olga@example.com", PASSWORD).await.is(200);
    assert!(browser.history().await.is_empty());
    browser.sign_out().await;
    assert_eq!(browser.history().await, ["walnut-desk-lamp"], "it is still the guest's");

    let form = member.open("/history").await.form(CHOICE);
    member.submit(&form.with("kept", "yes")).await.is(200);
    member.look_at("warm-bulb").await;
    let export = member.open("/account/export").await;
    assert!(export.html.contains("\"looked_at\":[{\"at\":") && export.html.contains("BULB"), "{}", export.html);
    let form = member.open("/account/settings?form=deletion").await.form(DELETE);
    member.submit(&form.with("deletion_password", PASSWORD)).await.is(200);
    assert!(member.history().await.is_empty());
}

#[tokio::test]
async fn what_somebody_is_not_interested_in_goes_at_once_and_can_come_back() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.agree("walnut-desk-lamp").await;
    browser.look_at("warm-bulb").await;
    let home = browser.open("/").await;
    home.says(&["Welcome back", "You looked at it on"]);
    let home = browser.press(&home, DISMISSAL, "BULB").await;
    home.is(200).says(&["Warm bulb will not be recommended to you any more."]);
    assert_eq!(under(&home, KEEP_LOOKING), ["walnut-desk-lamp"]);
    assert_eq!(browser.history().await, ["warm-bulb", "walnut-desk-lamp"], "the history is another thing");
    browser.submit(&home.form(RETURN)).await.is(200);
    assert_eq!(under(&browser.open("/").await, KEEP_LOOKING), ["warm-bulb", "walnut-desk-lamp"]);
    // It comes along to the account as well.
    let home = browser.open("/").await;
    browser.press(&home, DISMISSAL, "BULB").await.is(200);
    browser.register(&shop, "olga@example.com", "Olga").await.is(200);
    assert_eq!(under(&browser.open("/").await, KEEP_LOOKING), ["walnut-desk-lamp"]);
    let similar = |page: &Page| under(page, "Similar things");
    let mut stranger = shop.browser();
    assert_eq!(similar(&stranger.look_at("linen-shade").await), ["walnut-desk-lamp", "warm-bulb"]);
    assert_eq!(similar(&browser.look_at("linen-shade").await), ["walnut-desk-lamp"]);
}

#[tokio::test]
async fn no_shelf_shows_what_is_in_the_cart_or_sold_out() {
    const SIMILAR: &str = "Similar things";
    const NEW: &str = "New in what you like";
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.agree("sold-lantern").await;
    browser.look_at("walnut-desk-lamp").await;
    browser.look_at("warm-bulb").await;
    let home = browser.open("/").await;
    assert_eq!(under(&home, KEEP_LOOKING), ["warm-bulb", "walnut-desk-lamp"]);
    assert_eq!(under(&home, NEW), ["linen-shade"]);
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.put_into_cart("linen-shade", "1").await;
    let home = browser.open("/").await;
    assert_eq!(under(&home, KEEP_LOOKING), ["warm-bulb"]);
    assert!(under(&home, NEW).is_empty());

    let mut stranger = shop.browser();
    let shade = stranger.look_at("linen-shade").await;
    assert_eq!(under(&shade, SIMILAR), ["walnut-desk-lamp", "warm-bulb"]);
    stranger.put_into_cart("walnut-desk-lamp", "1").await;
    assert_eq!(under(&stranger.look_at("linen-shade").await, SIMILAR), ["warm-bulb"]);

    // The front page shows it to nobody either.
    let sold_on = |home: &Page| {
        let main = home.html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
        let links = main.split("href=\"/products/").skip(1).filter_map(|link| link.split('"').next());
        links.map(ToOwned::to_owned).collect::<BTreeSet<String>>()
    };
    let home = shop.browser().open("/").await;
    assert_eq!(
        sold_on(&home),
        ["linen-shade", "warm-bulb"].map(ToOwned::to_owned).into(),
        "a third stands for its aisle"
    );
    let mut another = shop.browser();
    another.put_into_cart("warm-bulb", "1").await;
    assert!(!sold_on(&another.open("/").await).contains("warm-bulb"));
    let home = browser.open("/").await;
    let home = browser.press(&home, DISMISSAL, "BULB").await;
    assert_eq!(sold_on(&home), BTreeSet::new(), "two are in the cart, one was put away, and one is sold out");
}

#[tokio::test]
async fn a_history_of_another_is_out_of_reach_and_odd_forms_do_no_harm() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.agree("walnut-desk-lamp").await;
    let mut stranger = shop.browser();
    stranger.set_cookie("browsing", "kept");
    for (path, product) in [(REMOVAL, "LAMP"), (CLEARING, ""), (DISMISSAL, "LAMP"), (RETURN, "no such"), (REMOVAL, "")]
    {
        let page = stranger.post(path, &[("product", product), ("place", "//evil.example")]).await;
        assert!(page.status.as_u16() < 500, "{path} {product}: {}", page.status);
    }
    assert!(stranger.history().await.is_empty());
    assert_eq!(browser.history().await, ["walnut-desk-lamp"]);
    browser.open("/?dismissed=%3Cb%3E").await.is(200);
    browser.open("/?dismissed=LAMP").await.is(200).says(&["Walnut desk lamp will not be recommended"]);
}
