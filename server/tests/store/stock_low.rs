//! SKUs that count as low at a mark of their own.

use super::policy::TERMS;
use crate::support::stock::{LAMP, OLGA};
use crate::support::{Shop, feed};

const PRODUCT: &str = "/products/walnut-desk-lamp";
const LOW: &str = "/operator/stock?only=low";

/// An open store with so many lamps and three stools.
async fn shop(lamps: u32) -> Shop {
    let rows =
        [format!("LAMP | Walnut desk lamp | 24.50 GBP | {lamps}"), "STOOL | Oak stool | 61.00 GBP | 3".to_owned()];
    Shop::with_feed(&feed("id | title | price | quantity", &rows.each_ref().map(String::as_str))).await
}

#[tokio::test]
async fn a_sku_is_low_at_its_own_mark_for_shoppers_and_in_the_list() {
    let shop = shop(12).await;
    let mut olga = shop.operator(OLGA).await;
    olga.open(LOW).await.does_not_say("Walnut desk lamp");
    shop.browser().open(PRODUCT).await.does_not_say("left in stock");
    let set = async |olga: &mut crate::support::Browser, mark: &str| {
        let form = olga.open(LAMP).await.form(TERMS).with("low_units", mark);
        olga.submit(&form).await
    };
    for wrong in ["1001", "some", "-1"] {
        let page = set(&mut olga, wrong).await;
        page.says(&["Low stock must be a number of units, at most 1000"]);
        assert_eq!(page.form(TERMS).field("low_units"), Some(wrong));
    }
    set(&mut olga, "12").await.is(200).says(&["It is sold like this from now on."]);
    assert_eq!(olga.open(LAMP).await.form(TERMS).field("low_units"), Some("12"));
    shop.browser().open(PRODUCT).await.says(&["Only 12 left in stock"]);
    olga.open(LOW).await.says(&["Walnut desk lamp", "Oak stool", "Low or sold out 2"]);
    // One unit below is the other side of the mark.
    set(&mut olga, "11").await.is(200);
    shop.browser().open(PRODUCT).await.does_not_say("left in stock");
    olga.open(LOW).await.says(&["Oak stool", "Low or sold out 1"]);
    // A feed and a count leave the mark as it is.
    set(&mut olga, "0").await.is(200);
    let count = olga.open(LAMP).await.form(crate::support::stock::COUNT).with("on_hand", "2");
    olga.submit(&count).await.is(200);
    shop.browser().open(PRODUCT).await.does_not_say("left in stock");
    set(&mut olga, "").await.is(200);
    shop.browser().open(PRODUCT).await.says(&["Only 2 left in stock"]);
}
