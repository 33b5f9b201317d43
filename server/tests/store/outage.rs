//! A gateway that is dead for a while in the middle of a rush: whoever presses meanwhile is told the truth, and every
//! order is finished and paid once when it is back.

use std::time::Duration;

use futures::future::{join, join_all};
use tokio::time::{Instant, sleep, sleep_until};

use crate::support::books::Stock;
use crate::support::purchase::CARD;
use crate::support::rush::{Ready, often};
use crate::support::sandbox::Sandbox;
use crate::support::{Page, Shop, feed, postgres, until};

/// How long it is dead; a minute by hand: `CARTOGRAPH_OUTAGE_SECONDS=60 cargo test … outage`.
const OUTAGE_SECONDS: (&str, usize) = ("CARTOGRAPH_OUTAGE_SECONDS", 4);
/// Shoppers who press before it dies, as many meanwhile, and as many when it is back.
const SHOPPERS: usize = 12;
const KEY: &str = "sk_test_of_this_store";
const WEBHOOK_SECRET: &str = "whsec_of_this_store";
/// Later than the gateway's last answer to those who press before it dies.
const LATEST_MS: u64 = 100;
/// What is asked last before it is back is asked again after a pause as long as all before.
const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const SILENT: &str = "Your bank has not answered yet; we finish the order when it does and nothing is charged twice.";

#[derive(Debug, Clone, Copy)]
enum Outage {
    /// Nobody is there.
    Gone,
    /// It takes questions and answers none, until it answers all of them too late.
    Silent,
}

impl Outage {
    async fn begin(self, sandbox: &mut Sandbox) {
        match self {
            Self::Gone => sandbox.kill().await,
            Self::Silent => sandbox.hold_still(true).await,
        }
    }

    async fn end(self, sandbox: &mut Sandbox) {
        match self {
            Self::Gone => sandbox.reopen().await,
            Self::Silent => sandbox.hold_still(false).await,
        }
    }
}

/// Opens a store that is empty before at a gateway.
async fn open_at(gateway: &str, shop: Shop) -> Shop {
    let settings = [
        ("CARTOGRAPH_GATEWAY_URL", gateway),
        ("CARTOGRAPH_GATEWAY_KEY", KEY),
        ("CARTOGRAPH_GATEWAY_WEBHOOK_SECRET", WEBHOOK_SECRET),
    ];
    let mut shop = shop.with(settings.map(|(name, value)| (name, value.to_owned())));
    let row = "LAMP | Walnut desk lamp | 24.50 GBP | 1000";
    shop.import(&feed("id | title | price | quantity", &[row])).await.went_well();
    shop.open().await;
    shop
}

/// A shopper before the review, whose card the gateway knows already.
async fn shopper(shop: &Shop, sandbox: &Sandbox) -> Ready {
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    let payment = browser.take_delivery(&delivery).await;
    assert!(payment.forms(CARD).is_empty());
    let form = payment.form(&format!("{}/payment_methods", sandbox.url));
    let back =
        form.field("return_url").and_then(|url| url.strip_prefix(&browser.url())).expect("a way back").to_owned();
    let review = browser.open(&format!("{back}&payment_method=pm_card_visa&last_four=4242")).await;
    Ready::at(browser, &review)
}

/// Whether the bank was silent, of the order that somebody was led to.
#[track_caller]
fn is_told_of_silence(page: &Page) -> bool {
    assert!(page.is(200).path.starts_with("/orders/CG-"), "{}: {}", page.path, page.text());
    page.says(&["Thank you, Ada. Your order is placed."]);
    page.text().contains(SILENT)
}

async fn outlast(outage: Outage, shop: Shop) {
    let lasts = Duration::from_secs(often(OUTAGE_SECONDS).try_into().unwrap());
    let mut sandbox = Sandbox::open(&["--sandbox-key", KEY]).await;
    let shop = open_at(&sandbox.url, shop).await;
    let mut in_time = join_all((0..3 * SHOPPERS).map(|_| shopper(&shop, &sandbox))).await;
    let mut afterwards = in_time.split_off(2 * SHOPPERS);
    let mut meanwhile = in_time.split_off(SHOPPERS);

    let dead = async {
        sleep(Duration::from_millis(rand::random_range(0..LATEST_MS))).await;
        outage.begin(&mut sandbox).await;
        let begun = Instant::now();
        let between = lasts / u32::try_from(SHOPPERS).unwrap();
        let presses = meanwhile.iter_mut().zip(0..).map(|(shopper, place)| async move {
            sleep_until(begun + between * place).await;
            is_told_of_silence(&shopper.press_and_read().await)
        });
        let told = join_all(presses).await;
        sleep_until(begun + lasts).await;
        told
    };
    let pressing = join_all(in_time.iter_mut().map(Ready::press_and_read));
    let (pages, told) = join(pressing, dead).await;
    assert!(told.iter().all(|of_silence| *of_silence), "somebody was told of a payment that nobody made");
    let paid = pages.iter().filter(|page| !is_told_of_silence(page)).count();
    let states = shop.order_states().await;
    let confirmed = states.iter().filter(|state| *state == "confirmed").count();
    assert_eq!((states.len(), confirmed), (2 * SHOPPERS, paid), "{states:?}");
    let (reserved, allocated) = ((2 * SHOPPERS - paid).try_into().unwrap(), paid.try_into().unwrap());
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1000, reserved, allocated });
    shop.check_ledger().await.went_well();

    outage.end(&mut sandbox).await;
    for page in join_all(afterwards.iter_mut().map(Ready::press_and_read)).await {
        assert!(!is_told_of_silence(&page), "the gateway is back");
    }
    until("all is settled", lasts + SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.order_states().await, ["confirmed"; 3 * SHOPPERS]);
    let allocated = (3 * SHOPPERS).try_into().unwrap();
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1000, reserved: 0, allocated });
    let mut orders = shop.order_ids().await;
    orders.sort();
    let holds = sandbox.holds().await;
    assert_eq!(holds.keys().collect::<Vec<_>>(), orders.iter().collect::<Vec<_>>());
    assert!(holds.values().all(|count| *count == 1), "somebody was charged twice: {holds:?}");
    for shopper in &mut meanwhile {
        shopper.press_and_read().await.does_not_say("has not answered");
        shopper.browser.open("/cart").await.says(&["Your cart is empty"]);
    }
    assert_eq!(shop.orders().await.len(), 3 * SHOPPERS);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_gateway_that_is_gone_for_a_while_keeps_orders_waiting_and_charges_nobody_twice() {
    outlast(Outage::Gone, Shop::new()).await;
}

#[tokio::test]
async fn a_gateway_that_is_silent_for_a_while_keeps_orders_waiting_and_charges_nobody_twice() {
    outlast(Outage::Silent, Shop::new()).await;
}

#[tokio::test]
async fn a_gateway_that_is_gone_for_a_while_keeps_orders_on_postgresql_waiting_too() {
    outlast(Outage::Gone, Shop::on(postgres::database().await)).await;
}
