//! What operators count: a store with a little stock, and what their forms post to.

use super::{Browser, Shop, feed};

pub(crate) const COUNT: &str = "/api/operator/stock/counts";
pub(crate) const OPEN_SHEET: &str = "/api/operator/stock/sheets";
pub(crate) const APPLY_SHEET: &str = "/api/operator/stock/sheets/applications";
pub(crate) const DROP_SHEET: &str = "/api/operator/stock/sheets/removals";
pub(crate) const OLGA: &str = "olga@example.com";
pub(crate) const LAMP: &str = "/operator/stock/skus/LAMP";

pub(crate) fn rows() -> String {
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 80",
        "STOOL | Oak stool | 61.00 GBP | 5",
        "RUG | Woollen rug | 80.00 GBP | 0",
        "MUG_50% | Blue mug | 9.00 GBP | 12",
    ];
    feed("id | title | price | quantity", &rows)
}

pub(crate) async fn shop() -> (Shop, Browser) {
    let shop = Shop::with_feed(&rows()).await;
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}
