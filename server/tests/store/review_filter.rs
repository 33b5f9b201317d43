//! Reviews and questions, narrowed and ordered by their addresses.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use crate::support::review::{ANSWER, JUDGE, titles};
use crate::support::{Browser, Shop, feed};

const SLUG: &str = "walnut-desk-lamp";
const LAMP: &str = "/products/walnut-desk-lamp";
const QUEUE: &str = "/operator/reviews";

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

fn picture() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 30, image::Rgb([180, 120, 40])));
    image.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

async fn approve(operator: &mut Browser) {
    let form = operator.open(QUEUE).await.forms(JUDGE)[0].clone();
    operator.submit(&form).await.is(200).says(&["It is shown"]);
}

/// Four reviews: a buyer's, a buyer's with a picture, and two of people who bought nothing.
async fn reviewed(shop: &Shop) {
    let mut olga = shop.operator("olga@example.com").await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.buy(SLUG, "1").await;
    ada.review(SLUG, "5", "Ada likes it", "The SHADE is warm & steady.").await.is(200);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    eve.buy(SLUG, "1").await;
    let fields = [("product", SLUG), ("stars", "2"), ("title", "Eve does not"), ("text", "The shade is crooked.")];
    eve.review_with_files(&fields, &[("picture-1", &picture())]).await.is(200);
    approve(&mut olga).await;
    let mut bob = shop.member("bob@example.com", "Bob").await;
    bob.review(SLUG, "5", "Bob saw one", "It stands firm on its foot.").await.is(200);
    let mut cy = shop.member("cy@example.com", "Cy").await;
    cy.review(SLUG, "3", "Cy is unsure", "So steady that it is heavy.").await.is(200);
}

#[tokio::test]
async fn reviews_are_narrowed_by_several_things_at_once_each_with_its_count() {
    let shop = shop().await;
    reviewed(&shop).await;
    let mut guest = shop.browser();
    let page = guest.open(LAMP).await;
    page.says(&[
        "Verified purchases only 2",
        "With pictures 1",
        "Pictures from customers",
        "Read the review with pictures",
    ]);
    let verified = page.links(&format!("{LAMP}?verified=yes#reviews")).remove(0);
    let page = guest.open(&verified).await;
    page.says(&["2 of 4 reviews", "Verified purchases: remove", "With pictures 1"]);
    assert_eq!(titles(&page), ["Eve does not", "Ada likes it"]);
    assert_eq!(page.canonical(), Some(format!("{}{LAMP}", shop.url())));
    page.does_not_say("Pictures from customers");

    // A star of the histogram is one more, and each chip takes one away.
    let five = page.links(&format!("{LAMP}?stars=5&verified=yes#reviews")).remove(0);
    let page = guest.open(&five).await;
    page.says(&["1 of 4 reviews", "5 stars: remove", "Show all reviews"]);
    page.does_not_say("With pictures");
    assert_eq!(titles(&page), ["Ada likes it"]);
    assert_eq!(page.links(&format!("{LAMP}?stars=5#reviews")).len(), 1);
    let pictured = guest.open(&format!("{LAMP}?verified=yes&pictures=yes")).await;
    assert_eq!(titles(&pictured), ["Eve does not"]);
    let none = guest.open(&format!("{LAMP}?stars=3&verified=yes")).await;
    none.says(&["0 of 4 reviews", "No review is like that."]);
    assert_eq!(titles(&none), [""; 0]);
    none.does_not_say("Nobody has reviewed it here yet");
}

#[tokio::test]
async fn reviews_are_found_by_their_words_and_ordered_by_their_stars() {
    let shop = shop().await;
    reviewed(&shop).await;
    let mut guest = shop.browser();
    for (words, found) in [
        ("shade", &["Eve does not", "Ada likes it"][..]),
        ("steady%20SHADE", &["Ada likes it"][..]),
        ("saw", &["Bob saw one"][..]),
        ("warm%20%26", &["Ada likes it"][..]),
        ("%25%27%20OR%201%3D1", &[][..]),
        ("%22%5D%7D", &[][..]),
    ] {
        let page = guest.open(&format!("{LAMP}?review-words={words}")).await;
        page.is(200).says(&[&format!("{} of 4 reviews", found.len())]);
        assert_eq!(titles(&page), found, "{words}");
    }
    let page = guest.open(&format!("{LAMP}?review-words=shade&reviews=lowest")).await;
    page.says(&["“shade”: remove", "Verified purchases only 2"]);
    assert_eq!(page.links(&format!("{LAMP}?verified=yes&review-words=shade&reviews=lowest#reviews")).len(), 1);
    let ordered = async |order: &str| titles(&shop.browser().open(&format!("{LAMP}?reviews={order}")).await);
    assert_eq!(ordered("lowest").await, ["Eve does not", "Cy is unsure", "Bob saw one", "Ada likes it"]);
    assert_eq!(ordered("highest").await, ["Bob saw one", "Ada likes it", "Cy is unsure", "Eve does not"]);
    assert_eq!(ordered("newest").await, ["Cy is unsure", "Bob saw one", "Eve does not", "Ada likes it"]);
}

#[tokio::test]
async fn questions_are_found_by_their_words_and_those_of_their_answers() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    eve.open(LAMP).await.does_not_say("Search in questions and answers");
    ada.ask(SLUG, "How long is the cable?").await.is(200);
    let form = eve.open(LAMP).await.form(ANSWER).with("answer", "Two metres, of black rubber.");
    eve.submit(&form).await.is(200);
    ada.ask(SLUG, "Which bulb does it take?").await.is(200);
    let mut guest = shop.browser();
    for (words, cable, bulb) in [("CABLE", true, false), ("rubber", true, false), ("bulb", false, true)] {
        let page = guest.open(&format!("{LAMP}?question-words={words}")).await;
        let text = page.is(200).text();
        assert_eq!((text.contains("How long is"), text.contains("Which bulb")), (cable, bulb), "{words}");
    }
    guest.open(&format!("{LAMP}?question-words=plug")).await.says(&["No question or answer has these words."]);
}
