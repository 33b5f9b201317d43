//! What reviewers say of the aspects of a product.

use domain::review::MIN_ASPECT_RATINGS;

use crate::support::review::{JUDGE, REVIEW};
use crate::support::{Shop, feed};

const LAMP: &str = "/products/walnut-desk-lamp";

async fn shop() -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | Home > Lamps", "SHOE | Grey shoe | 61.00 GBP | Fashion > Shoes"];
    Shop::with_feed(&feed("id | title | price | product_type", &rows)).await
}

#[tokio::test]
async fn aspects_are_averaged_when_enough_have_rated_them() {
    let shop = shop().await;
    for number in 0..MIN_ASPECT_RATINGS {
        let before = shop.browser().open(LAMP).await;
        before.does_not_say("Rated in detail");
        assert!(before.thing("Product")["additionalProperty"].is_null());
        let mut member = shop.member(&format!("m{number}@example.com"), "Member").await;
        let form = member.open(&format!("{LAMP}/review")).await.form(REVIEW);
        let (text, quality) = (format!("Written by number {number}."), if number == 0 { "3" } else { "5" });
        let form = form.with("stars", "4").with("title", "Fine").with("text", &text);
        member.submit(&form.with("aspects[quality]", quality).with("aspects[value]", "")).await.is(200);
    }
    let page = shop.browser().open(LAMP).await;
    page.says(&["Rated in detail", "Quality 4.6 out of 5 from (5)", "Quality 3 out of 5"]);
    page.does_not_say("Value for money");
    let product = page.thing("Product");
    let aspects = product["additionalProperty"].as_array().unwrap();
    assert_eq!(aspects.len(), 1, "of value nobody said anything");
    let said = |name: &str| aspects[0][name].clone();
    assert_eq!((said("reviewAspect"), said("ratingValue")), ("Quality".into(), "4.6".into()));
    assert_eq!(said("ratingCount"), MIN_ASPECT_RATINGS);
    assert_eq!(product["aggregateRating"]["ratingValue"], "4.0", "the product has one rating of its own");
}

#[tokio::test]
async fn what_is_rated_fits_the_product_and_comes_back_to_its_author() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    let page = ada.open("/products/grey-shoe/review").await;
    page.says(&["Fit and size", "Comfort"]);
    page.does_not_say("Easy to use");
    // A form that is refused keeps what was chosen.
    let form = page.form(REVIEW).with("stars", "4").with("title", "").with("text", "See www.shoes.example today.");
    let form = form.with("aspects[fit]", "2").with("aspects[taste]", "5").with("aspects[comfort]", "11");
    let page = ada.submit(&form).await;
    page.says(&["One field needs your attention"]);
    assert_eq!(page.form(REVIEW).field("aspects[fit]"), Some("2"));
    let page =
        ada.submit(&page.form(REVIEW).with("title", "Runs small").with("text", "See www.shoes.example today.")).await;
    page.says(&["We read it first"]);
    let queue = olga.open("/operator/reviews").await;
    queue.says(&["Runs small", "Fit and size 2 out of 5"]);
    olga.submit(&queue.forms(JUDGE)[0]).await.says(&["It is shown"]);
    let page = shop.browser().open("/products/grey-shoe").await;
    page.says(&["Fit and size 2 out of 5"]);
    for words in ["Taste", "Comfort"] {
        page.does_not_say(words);
    }
    assert_eq!(ada.open("/products/grey-shoe/review").await.form(REVIEW).field("aspects[fit]"), Some("2"));
    let export = ada.open("/account/export").await.html;
    assert!(export.replace(' ', "").contains("\"aspect\":\"fit\""), "{export}");
}
