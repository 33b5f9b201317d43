//! A disk that is full in the middle of a rush: everybody is told in words, nothing is written by halves, and the store
//! goes on when there is room again.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;

use futures::future::join_all;

use crate::support::books::Stock;
use crate::support::disk::SmallDisk;
use crate::support::purchase::{PAYS, number_on};
use crate::support::rush::{Ready, shoppers};
use crate::support::{Page, Shop, feed, until};

const DISK_MEBIBYTES: u32 = 96;
/// Too little for what the graph would take beforehand, and enough for all that happens before the disk is full.
const LEFT_MEBIBYTES: u64 = 4;
const SHOPPERS: usize = 12;
const SETTLED_WITHIN: Duration = Duration::from_mins(1);

/// The order that somebody was led to; whoever has none is told why, and where to go on.
#[track_caller]
fn order_on(page: &Page) -> Option<String> {
    if page.path.starts_with("/orders/CG-") {
        return Some(number_on(page));
    }
    assert!(matches!(page.status.as_u16(), 200 | 503), "{}: {}", page.path, page.status);
    assert!(!page.heading().is_empty() && page.count_of("a") > 0, "{} leads nowhere: {}", page.path, page.html);
    page.does_not_say("Thank you");
    None
}

/// Opens the store where it is found again after it has started anew.
async fn open(shop: &mut Shop) {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (data, site) = (shop.data(), shop.folder().join("site"));
    let arguments = ["serve".as_ref(), "--listen".as_ref(), free.as_ref(), "--data".as_ref(), data.as_os_str()];
    let arguments: Vec<_> = arguments.into_iter().chain(["--site".as_ref(), site.as_os_str()]).collect();
    shop.open_with(&arguments, &[]).await;
}

#[tokio::test]
async fn a_full_disk_is_told_in_words_and_the_store_goes_on_when_there_is_room() {
    let mut shop = Shop::new();
    let Some(disk) = SmallDisk::at(&shop.data(), DISK_MEBIBYTES) else { return };
    let row = "LAMP | Walnut desk lamp | 24.50 GBP | 100";
    shop.import(&feed("id | title | price | quantity", &[row])).await.went_well();
    disk.fill_up_to(LEFT_MEBIBYTES);
    open(&mut shop).await;
    let mut placed = BTreeSet::from([number_on(&shop.browser().buy("walnut-desk-lamp", "1").await)]);
    let mut ready = shoppers(&shop, SHOPPERS, PAYS).await;
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;

    disk.fill_up_to(0);
    let pages = join_all(ready.iter_mut().map(Ready::press_and_read)).await;
    placed.extend(pages.iter().filter_map(order_on));
    assert!(placed.len() <= SHOPPERS, "the disk was not full");
    for page in pages.iter().filter(|page| !page.path.starts_with("/orders/")) {
        page.says(&["does not answer at the moment", "you never pay twice"]);
    }
    let mut visitor = shop.browser();
    for path in ["/", "/products/walnut-desk-lamp", "/cart", "/search?q=lamp", "/checkout/review", "/orders"] {
        assert_eq!(order_on(&visitor.open(path).await), None);
    }
    until("the graph has no room either", SETTLED_WITHIN, async || {
        let page = visitor.put_into_cart("walnut-desk-lamp", "1").await;
        assert_eq!(order_on(&page), None);
        page.text().contains("nothing in it is lost, please try again").then_some(())
    })
    .await;

    disk.make_room();
    // Whoever was refused presses the same button again, and nobody has two orders. Its graph makes the store start
    // anew meanwhile.
    for shopper in &ready {
        placed.insert(until("the order is placed", SETTLED_WITHIN, async || shopper.press().await).await);
    }
    until("the store has started anew", SETTLED_WITHIN, async || {
        (shop.log().matches("are in memory").count() == 2).then_some(())
    })
    .await;
    until("all is settled", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.order_states().await, ["confirmed"; SHOPPERS + 1]);
    let numbers: BTreeSet<String> = shop.orders().await.into_iter().map(|order| order.number).collect();
    assert_eq!(placed, numbers, "an order was lost, or placed twice");
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 13 });
    assert_eq!(shop.holds().await, 13, "each is paid once, and nothing else");
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    visitor.buy("walnut-desk-lamp", "1").await.is(200).says(&["Thank you, Ada."]);
    shop.check_ledger().await.went_well();

    // Nothing was written by halves: it opens again as it was.
    shop.kill().await;
    shop.open().await;
    for shopper in &mut ready {
        shopper.browser.follow(&shop);
        shopper.browser.open("/cart").await.says(&["Your cart is empty"]);
    }
    shop.browser().buy("walnut-desk-lamp", "1").await.is(200).says(&["Thank you, Ada."]);
    shop.check_ledger().await.went_well();
}
