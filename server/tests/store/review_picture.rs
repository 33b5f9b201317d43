//! Pictures of reviews: drawn anew, seen when the review is, gone with it.

use std::io::Cursor;
use std::time::Duration;

use flate2::Crc;
use image::{DynamicImage, GenericImageView as _, ImageFormat, RgbImage};
use reqwest::{Method, Response};

use crate::support::account::{DELETE, PASSWORD};
use crate::support::review::{JUDGE, REMOVE_POST, REVIEW};
use crate::support::{Browser, Page, Shop, feed, until};

const LAMP: &str = "/products/walnut-desk-lamp";
const FORM: &str = "/products/walnut-desk-lamp/review";
const QUEUE: &str = "/operator/reviews";
const PICTURES: &str = "/reviews/pictures/";
const WORDS: [(&str, &str); 4] =
    [("product", "walnut-desk-lamp"), ("stars", "4"), ("title", "Warm light"), ("text", "It reads well enough.")];
/// What the file of a photograph tells beside the picture.
const PLACE: &[u8] = b"51.5007 N 0.1246 W";
const DEADLINE: Duration = Duration::from_secs(30);

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

fn file(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([180, 120, 40])));
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A photograph that was taken on its side, of 400 by 200 pixels, and says where.
fn photograph() -> Vec<u8> {
    let jpeg = file(ImageFormat::Jpeg, 400, 200);
    // One entry in little-endian order (Exif 2.32, section 4.6): the orientation is 6, to be turned to the right.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(PLACE);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

/// A few bytes that say that they are a picture of very many pixels.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(ImageFormat::Png, 4, 4);
    // The first part of the file: its length, its name, width, height, five bytes more, and their checksum.
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = Crc::new();
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    png
}

async fn look(browser: &Browser, path: &str) -> Response {
    browser.request(Method::GET, path).send().await.unwrap()
}

/// The large pictures that a page leads to.
fn pictures_on(page: &Page) -> Vec<String> {
    page.links(PICTURES)
}

async fn approve(operator: &mut Browser) {
    let form = operator.open(QUEUE).await.forms(JUDGE)[0].clone();
    operator.submit(&form).await.is(200).says(&["It is shown"]);
}

#[tokio::test]
async fn a_picture_is_seen_upright_and_tells_nothing_beside_itself() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    assert!(photograph().windows(PLACE.len()).any(|part| part == PLACE));
    let page = ada.open(FORM).await;
    assert!(page.html.contains("enctype=\"multipart/form-data\""));
    let fields = [&WORDS[..], &[("words-1", "By the window")]].concat();
    let (photograph, other) = (photograph(), file(ImageFormat::WebP, 60, 30));
    let files: [(&str, &[u8]); 2] = [("picture-1", &photograph), ("picture-2", &other)];
    let page = ada.review_with_files(&fields, &files).await;
    page.is(200).says(&["We read it first"]);

    // Before it is shown those who run the store see it, and its author; nobody else.
    let queue = olga.open(QUEUE).await;
    queue.says(&["Warm light", "Held back: pictures to look at"]);
    let pictures = pictures_on(&queue);
    assert_eq!(pictures.len(), 2);
    assert!(
        queue.html.contains("alt=\"By the window\"")
            && queue.html.contains("alt=\"Picture 2 of the review by Ada L.\"")
    );
    let (mut guest, eve) = (shop.browser(), shop.member("eve@example.com", "Eve").await);
    assert!(pictures_on(&guest.open(LAMP).await).is_empty());
    for path in [pictures[0].clone(), format!("{}/small", pictures[0])] {
        for stranger in [&guest, &eve] {
            assert_eq!(look(stranger, &path).await.status(), 404);
        }
        for seer in [&olga, &ada] {
            let seen = look(seer, &path).await;
            assert_eq!(seen.status(), 200);
            assert_eq!(seen.headers()["cache-control"], "private, no-store");
        }
    }

    approve(&mut olga).await;
    let page = guest.open(LAMP).await;
    page.says(&["Warm light"]);
    assert_eq!(pictures_on(&page), pictures);
    assert!(page.html.contains("width=\"120\" height=\"240\""), "its place is kept for it");
    let seen = look(&guest, &pictures[0]).await;
    assert_eq!(seen.status(), 200);
    for (header, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=604800, immutable"),
    ] {
        assert_eq!(seen.headers()[header], value);
    }
    let large = seen.bytes().await.unwrap();
    assert!(!large.windows(4).any(|part| part == b"Exif") && !large.windows(PLACE.len()).any(|part| part == PLACE));
    assert_eq!(image::load_from_memory(&large).unwrap().dimensions(), (200, 400), "it stands upright");
    let small = look(&guest, &format!("{}/small", pictures[0])).await.bytes().await.unwrap();
    assert_eq!(image::load_from_memory(&small).unwrap().dimensions(), (120, 240));
    for nonsense in ["/reviews/pictures/nonsense", "/reviews/pictures/0197b2c4d5e67f8091a2b3c4d5e6f708"] {
        assert_eq!(look(&guest, nonsense).await.status(), 404);
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_the_words_stay() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let fields = [&WORDS[..], &[("words-1", "By the window")]].concat();
    let long = "x".repeat(151);
    let too_long = [&WORDS[..], &[("words-1", long.as_str())]].concat();
    let png = file(ImageFormat::Png, 4, 4);
    let too_big = vec![0; 6 * 1024 * 1024 + 1];
    for (fields, file, words) in [
        (&fields, &bomb(60_000, 60_000)[..], "A picture has at most 25 million pixels"),
        (&fields, &bomb(9_000, 9_000)[..], "A picture has at most 25 million pixels"),
        (
            &fields,
            &b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"[..],
            "That is no picture",
        ),
        (&fields, &too_big[..], "A picture has at most 6 MB"),
        (&too_long, &png[..], "in one line of at most 150 characters"),
    ] {
        let page = ada.review_with_files(fields, &[("picture-1", file)]).await;
        page.is(200).says(&[words, "please choose them again"]);
        let form = page.form(REVIEW);
        assert_eq!((form.field("title"), form.field("words-1")), (Some("Warm light"), Some(fields[4].1)));
    }
    ada.open(LAMP).await.says(&["No ratings yet"]);
    // A field that is missing is asked for, and nothing is kept.
    let page = ada.review_with_files(&WORDS[..3], &[("picture-1", &png)]).await;
    page.says(&["Write what you think of it"]);
    assert_eq!(page.form(REVIEW).field("title"), Some("Warm light"));
    // More than all of it together may have is not read to its end.
    let all = vec![0; 7 * 1024 * 1024];
    let page = ada.review_with_files(&WORDS, &[("picture-1", &all), ("picture-2", &all), ("picture-3", &all)]).await;
    page.is(413);
    // Who has to sign in first has the words back after it.
    let mut guest = shop.browser();
    let door = guest.review_with_files(&WORDS, &[("picture-1", &png)]).await;
    assert!(door.path.starts_with("/account/sign-in?next="), "{}", door.path);
}

#[tokio::test]
async fn pictures_are_changed_with_the_review_and_go_with_it() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut olga = shop.operator("olga@example.com").await;
    let [one, two] = [file(ImageFormat::Png, 40, 30), file(ImageFormat::Jpeg, 30, 40)];
    ada.review_with_files(&WORDS, &[("picture-1", &one), ("picture-2", &two)]).await.is(200);
    approve(&mut olga).await;
    let mut guest = shop.browser();
    let before = pictures_on(&guest.open(LAMP).await);
    assert_eq!(before.len(), 2);
    assert!(ada.open("/account/export").await.html.contains("\"width_pixels\":40"));

    // Other words leave them as they are, and need nobody to look.
    ada.review("walnut-desk-lamp", "5", "Warmer light", "It reads better.").await.says(&["Your review is shown below"]);
    assert_eq!(pictures_on(&guest.open(LAMP).await), before);
    // One goes, and goes for good.
    let id = before[0].strip_prefix(PICTURES).unwrap();
    let fields = [&WORDS[..], &[("drop", id)]].concat();
    ada.review_with_files(&fields, &[]).await.says(&["Your review is shown below"]);
    assert_eq!(pictures_on(&guest.open(LAMP).await), before[1..]);
    assert_eq!(look(&ada, &before[0]).await.status(), 404);
    // A review has three.
    let three = [30, 31, 32].map(|width| file(ImageFormat::Png, width, 20));
    let files: [(&str, &[u8]); 3] = [("picture-1", &three[0]), ("picture-2", &three[1]), ("picture-3", &three[2])];
    ada.review_with_files(&WORDS, &files).await.says(&["A review has at most 3 pictures"]);
    assert_eq!(pictures_on(&guest.open(LAMP).await), before[1..]);

    let form = ada.open(LAMP).await.form(REMOVE_POST);
    ada.submit(&form).await.says(&["It is removed"]);
    assert_eq!(look(&ada, &before[1]).await.status(), 404);

    // And with the account.
    ada.review_with_files(&WORDS, &[("picture-1", &one)]).await.is(200);
    let last = pictures_on(&olga.open(QUEUE).await).remove(0);
    assert_eq!(look(&olga, &last).await.status(), 200);
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.is(200);
    until("the picture is gone", DEADLINE, async || (look(&olga, &last).await.status() == 404).then_some(())).await;
}
