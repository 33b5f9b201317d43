//! A rush: many shoppers who stand before their review and press the button at the same moment. What is asserted is
//! the same whatever database a store keeps its books in.

use std::time::Duration;

use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use reqwest::Method;
use reqwest::header::LOCATION;

use super::books::Stock;
use super::html::Form;
use super::purchase::{PAYS, PLACE};
use super::{Browser, Page, Shop, feed, until};

/// Shoppers who are on their way to the review at once.
const AT_ONCE: usize = 16;
const SETTLED_WITHIN: Duration = Duration::from_secs(40);
/// More shoppers come by hand.
const SHOPPERS: (&str, usize) = ("CARTOGRAPH_RUSH_SHOPPERS", 500);

/// A shopper who stands before the review, with the form of its button.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub(crate) browser: Browser,
    pub(crate) form: Form,
}

impl Ready {
    pub(crate) fn at(browser: Browser, review: &Page) -> Self {
        Self { browser, form: review.form(PLACE) }
    }

    /// Presses the button and answers the number of the order that the shopper saw, if any: the store may be gone.
    pub(crate) async fn press(&self) -> Option<String> {
        let answer = self.browser.request(Method::POST, PLACE).form(&self.form.fields).send().await.ok()?;
        let location = answer.headers().get(LOCATION)?.to_str().ok()?;
        let number = location.strip_prefix("/orders/")?.split('?').next()?;
        number.starts_with("CG-").then(|| number.to_owned())
    }

    /// Presses the button and goes on to the page that it leads to.
    pub(crate) async fn press_and_read(&mut self) -> Page {
        self.browser.submit(&self.form).await
    }
}

/// How much is done of something: what is enough each time, or what somebody who has time wants by a variable.
pub(crate) fn often((variable, enough): (&str, usize)) -> usize {
    let Ok(wanted) = std::env::var(variable) else { return enough };
    wanted.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {wanted:?}"))
}

/// Opens a store that is empty before, with this many lamps.
pub(crate) async fn open_with_lamps(shop: &mut Shop, units: usize) {
    let row = format!("LAMP | Walnut desk lamp | 24.50 GBP | {units}");
    shop.import(&feed("id | title | price | quantity", &[&row])).await.went_well();
    shop.open().await;
}

/// This many shoppers before the review of a lamp.
pub(crate) async fn shoppers(shop: &Shop, count: usize, card: &str) -> Vec<Ready> {
    let arrivals = (0..count).map(|_| async {
        let mut browser = shop.browser();
        let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
        Ready::at(browser, &review)
    });
    stream::iter(arrivals).buffer_unordered(AT_ONCE).collect().await
}

/// Five hundred shoppers press at once for the last twenty lamps of a store that is empty before and not open.
pub(crate) async fn sell_the_last_twenty(mut shop: Shop) {
    const UNITS: usize = 20;
    let count = often(SHOPPERS);
    open_with_lamps(&mut shop, UNITS).await;
    let ready = shoppers(&shop, count, PAYS).await;
    let presses = ready.into_iter().map(|mut shopper| async move {
        let page = shopper.press_and_read().await;
        (page.status.as_u16(), page.path.clone(), page.text())
    });
    let answers = join_all(presses).await;
    assert!(answers.iter().all(|(status, ..)| *status == 200), "{answers:?}");
    let (served, late): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, path, _)| path.starts_with("/orders/CG-"));
    assert_eq!((served.len(), late.len()), (UNITS, count - UNITS), "{answers:?}");
    for (_, path, text) in late {
        assert!(path.starts_with("/cart"), "{path}");
        let is_told = text.contains("Somebody was faster") || text.contains("can't be bought as it is");
        assert!(is_told && text.contains("Walnut desk lamp"), "told why, and the cart is kept: {text}");
    }
    until("all is settled", SETTLED_WITHIN, async || {
        (shop.order_states().await == vec!["confirmed"; UNITS]).then_some(())
    })
    .await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 20, reserved: 0, allocated: 20 });
    assert_eq!(shop.payments().await, 20, "nobody paid for nothing");
    shop.browser().open("/products/walnut-desk-lamp").await.says(&["Sold out"]);
    shop.check_ledger().await.went_well();
}

/// One button is pressed fifty times at once in a store that is empty before and not open.
pub(crate) async fn press_one_button_fifty_times(mut shop: Shop) {
    const PRESSES: usize = 50;
    open_with_lamps(&mut shop, 100).await;
    let Ready { browser, form } = shoppers(&shop, 1, PAYS).await.remove(0);
    let presses = (0..PRESSES).map(|_| {
        let (mut window, form) = (browser.clone(), form.clone());
        async move {
            let answer = window.post(&form.action, &form.fields).await;
            (answer.status.as_u16(), answer.location().to_owned(), answer.html)
        }
    });
    let answers = join_all(presses).await;
    assert!(answers[0].1.starts_with("/orders/CG-"), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    until("the order is confirmed", SETTLED_WITHIN, async || {
        (shop.order_states().await == ["confirmed"]).then_some(())
    })
    .await;
    assert_eq!((shop.payments().await, shop.holds().await), (1, 1));
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 1 });
    shop.check_ledger().await.went_well();
}
