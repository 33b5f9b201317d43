//! Locations: what lies where, and where orders are sent from.

use domain::shipment::store_day;
use jiff::{Span, Timestamp};
use std::ffi::OsStr;

use super::dispatch::{SEND, SETTLED_WITHIN, is_settled, sheet_of};
use super::policy::{TERMS, press_at_once, served};
use super::returns::{ASK, RECEIVE};
use crate::support::books::{Place, Stock};
use crate::support::purchase::{CANCEL, number_on};
use crate::support::stock::{APPLY_SHEET, COUNT, LAMP, OLGA, OPEN_SHEET};
use crate::support::{Browser, Page, Shop, feed, postgres, until};

const KEEP: &str = "/api/operator/stock/locations";
const CLOSE: &str = "/api/operator/stock/locations/closures";
const OPEN: &str = "/api/operator/stock/locations/openings";
pub(super) const TRANSFER: &str = "/api/operator/stock/transfers";
const LOCATIONS: &str = "/operator/stock/locations";
/// The location that is always there.
pub(super) const FIRST: &str = "00000000000000000000000000000000";
const SLUG: &str = "walnut-desk-lamp";

/// An open store with so many lamps, all at the first location.
async fn with_lamps(mut shop: Shop, units: u32) -> (Shop, Browser) {
    let row = format!("LAMP | Walnut desk lamp | 24.50 GBP | {units}");
    shop.import(&feed("id | title | price | quantity", &[&row, "MUG | Blue mug | 9.00 GBP | 12"])).await.went_well();
    shop.open().await;
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}

/// The keys of all locations.
async fn keys(olga: &mut Browser) -> Vec<String> {
    let links = olga.open(LOCATIONS).await.links(&format!("{LOCATIONS}/"));
    let keys = links.into_iter().filter_map(|link| Some(link.strip_prefix(LOCATIONS)?[1..].to_owned()));
    keys.filter(|key| key != "new").collect()
}

/// Opens a location, and answers its key.
pub(super) async fn add(olga: &mut Browser, name: &str, postcode: &str) -> String {
    let before = keys(olga).await;
    let form = olga.open(&format!("{LOCATIONS}/new")).await.form(KEEP).with("name", name);
    let form = form.with("line1", "1 High Street").with("city", "Town").with("postcode", postcode);
    olga.submit(&form).await.is(200).says(&["The location is kept.", name, postcode]);
    keys(olga).await.into_iter().find(|key| !before.contains(key)).expect("a new location")
}

/// Moves lamps from the first location to another one.
async fn bring(olga: &mut Browser, to: &str, units: &str) -> Page {
    let form = olga.open(LAMP).await.form(TRANSFER).with("from", FIRST).with("to", to).with("units", units);
    olga.submit(&form).await
}

const fn place(on_hand: i64, allocated: i64) -> Place {
    Place { on_hand, allocated }
}

#[tokio::test]
async fn units_move_between_locations_and_are_counted_where_they_are() {
    moved_and_counted(Shop::new()).await;
}

#[tokio::test]
async fn so_they_do_on_postgresql() {
    moved_and_counted(Shop::on(postgres::database().await)).await;
}

async fn moved_and_counted(shop: Shop) {
    let (shop, mut olga) = with_lamps(shop, 80).await;
    let page = olga.open(LAMP).await;
    page.is(200).says(&["On hand 80 on the shelf"]);
    page.does_not_say("Where it lies");
    assert!(page.forms(TRANSFER).is_empty(), "there is nowhere to move it");
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    let form = olga.open(LAMP).await.form(TRANSFER).with("from", FIRST).with("to", &leeds).with("units", "30");
    for _ in 0..2 {
        // A second press moves nothing more.
        let page = olga.submit(&form).await;
        page.is(200).says(&[
            "The units are moved.",
            "Main warehouse 50 0 50",
            "Leeds 30 0 30",
            "On hand 80 at 2 locations",
        ]);
    }
    let movements = shop.movements("LAMP").await;
    let moved: Vec<i64> = movements.iter().filter(|one| one.reason == "transfer").map(|one| one.on_hand).collect();
    assert_eq!(moved, [-30, 30]);
    let references = shop.transfer_references("LAMP").await;
    assert_eq!(references.len(), 1, "{references:?}");
    assert!(references[0].ends_with(OLGA), "{references:?}");
    let page = olga.open(LAMP).await;
    let way = format!("Moved from Main warehouse to Leeds {OLGA}");
    page.says(&[&format!("{way} −30 on hand"), &format!("{way} +30 on hand"), "Counted at Main warehouse A feed"]);

    for (from, to, units, words) in [
        (&*leeds, FIRST, "31", "30 units can be moved"),
        (FIRST, FIRST, "1", "Units move from one location to another"),
        (FIRST, &*leeds, "none", "must be a whole number"),
        (FIRST, "11111111111111111111111111111111", "1", "There is no such location"),
    ] {
        let refused = form.clone().with("transfer", "22222222222222222222222222222222");
        let refused = olga.submit(&refused.with("from", from).with("to", to).with("units", units)).await;
        refused.is(200).says(&[words]);
        assert_eq!(refused.form(TRANSFER).field("units"), Some(units), "what was typed stays");
    }

    olga.open(&format!("{LAMP}?at={leeds}")).await.says(&["All units at the location."]);
    let count = olga.open(LAMP).await.form(COUNT);
    olga.submit(&count.clone().with("location", &leeds).with("on_hand", "28"))
        .await
        .says(&["Leeds 28 0 28", "On hand 78"]);
    olga.submit(&count.with("location", FIRST).with("on_hand", "51"))
        .await
        .says(&["Main warehouse 51 0 51", "On hand 79"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 79, reserved: 0, allocated: 0 });
    assert_eq!(shop.place("LAMP", &leeds).await, place(28, 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_location_is_changed_and_is_closed_when_nothing_lies_there() {
    let (shop, mut olga) = with_lamps(Shop::new(), 9).await;
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    let new = olga.open(&format!("{LOCATIONS}/new")).await.form(KEEP);
    let wrong = new.clone().with("name", "York").with("line1", "1 Shambles").with("postcode", "nonsense");
    let refused = olga.submit(&wrong).await;
    refused.is(200).says(&["Town or city is needed", "Postcode must look like SW1A 1AA"]);
    assert_eq!(refused.form(KEEP).field("name"), Some("York"), "what was typed stays");
    let taken = new.with("name", "LEEDS").with("line1", "1 Shambles").with("city", "York").with("postcode", "YO1 7LZ");
    olga.submit(&taken).await.is(200).says(&["Another location has this name already"]);

    let path = format!("{LOCATIONS}/{leeds}");
    let form = olga.open(&path).await.form(KEEP).with("name", "Leeds, the shop").with("postcode", "ls28ab");
    olga.submit(&form).await.says(&["The location is kept.", "Leeds, the shop", "Town LS2 8AB, United Kingdom"]);
    let first = olga.open(&format!("{LOCATIONS}/{FIRST}")).await;
    assert!(first.is(200).forms(CLOSE).is_empty(), "the first one is always there");
    let answer = olga.post(CLOSE, &[("id", FIRST)]).await;
    olga.go_on(answer).await.says(&["The first location stays open"]);

    bring(&mut olga, &leeds, "4").await.says(&["The units are moved."]);
    let close = olga.open(&path).await.form(CLOSE);
    olga.submit(&close).await.is(200).says(&["Units lie at this location"]);
    let back = olga.open(LAMP).await.form(TRANSFER).with("from", &leeds).with("to", FIRST).with("units", "4");
    olga.submit(&back).await.says(&["The units are moved."]);
    olga.submit(&close).await.says(&["The location is closed.", "Closed"]);
    let answer = olga.post(COUNT, &[("sku", "LAMP"), ("location", &*leeds), ("on_hand", "3")]).await;
    olga.go_on(answer).await.says(&["There is no such location, or it is closed"]);
    olga.submit(&back.with("transfer", &"3".repeat(32)).with("from", FIRST).with("to", &leeds))
        .await
        .says(&["This location is closed"]);
    let open = olga.open(&path).await.form(OPEN);
    olga.submit(&open).await.says(&["The location is open again."]);
    bring(&mut olga, &leeds, "1").await.says(&["The units are moved."]);
    assert_eq!(shop.place("LAMP", &leeds).await, place(1, 0));
    let mut stranger = shop.browser();
    let answer = stranger.post(CLOSE, &[("id", &*leeds)]).await;
    assert!(stranger.go_on(answer).await.path.starts_with("/account/sign-in"));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_order_is_sent_from_the_near_location_and_comes_back_there() {
    from_the_near_location(Shop::new()).await;
}

#[tokio::test]
async fn an_order_is_sent_from_the_near_location_on_postgresql() {
    from_the_near_location(Shop::on(postgres::database().await)).await;
}

async fn from_the_near_location(shop: Shop) {
    let (shop, mut olga) = with_lamps(shop, 80).await;
    // Ada lives in SW1Y.
    let (leeds, london) = (add(&mut olga, "Leeds", "LS1 6HD").await, add(&mut olga, "London", "SW1A 2AA").await);
    bring(&mut olga, &leeds, "20").await.is(200);
    bring(&mut olga, &london, "5").await.is(200);
    let mut ada = shop.browser();
    let order = ada.buy_and_follow(SLUG, "2").await;
    let sheet = sheet_of(&order);
    olga.open(&sheet).await.is(200).says(&["From London"]);
    assert_eq!(shop.place("LAMP", &london).await, place(5, 2));
    olga.open(LAMP).await.says(&[
        "London 5 2 3",
        "Leeds 20 0 20",
        "Main warehouse 55 0 55",
        "Order confirmed at London",
    ]);
    shop.check_ledger().await.went_well();

    // A cancellation gives the units back where they lie.
    ada.submit(&order.form(CANCEL)).await.is(200);
    is_settled(&shop).await;
    assert_eq!(shop.place("LAMP", &london).await, place(5, 0));
    olga.open(&sheet).await.does_not_say("From London");

    let order = ada.buy_and_follow(SLUG, "3").await;
    let sheet = sheet_of(&order);
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent", "From London"]);
    assert_eq!(shop.place("LAMP", &london).await, place(2, 0));
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 77, reserved: 0, allocated: 0 });
    is_settled(&shop).await;

    let page = ada.open(&order.path).await;
    let way = page.links(&format!("/orders/{}/return", number_on(&order))).remove(0);
    let form = ada.open(&way).await.form(ASK);
    let field = form.fields.iter().find(|(name, _)| name.starts_with("units-")).expect("a line").0.clone();
    ada.submit(&form.with(&field, "1")).await.says(&["We wait for your parcel"]);
    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    olga.submit(&form).await.is(200).says(&["The return is received"]);
    assert_eq!(shop.place("LAMP", &london).await, place(3, 0));
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 78, reserved: 0, allocated: 0 });
    olga.open(LAMP).await.says(&["Returned at London"]);
    is_settled(&shop).await;
}

#[tokio::test]
async fn an_order_that_nobody_has_all_of_is_split() {
    let (shop, mut olga) = with_lamps(Shop::new(), 9).await;
    let (leeds, london) = (add(&mut olga, "Leeds", "LS1 6HD").await, add(&mut olga, "London", "SW1A 2AA").await);
    bring(&mut olga, &leeds, "4").await.is(200);
    bring(&mut olga, &london, "3").await.is(200);
    // One parcel from further away is better than two.
    let mut ada = shop.browser();
    let whole = ada.buy_and_follow(SLUG, "4").await;
    olga.open(&sheet_of(&whole)).await.says(&["From Leeds"]);
    ada.submit(&whole.form(CANCEL)).await.is(200);
    is_settled(&shop).await;

    ada.put_into_cart("blue-mug", "1").await;
    let split = ada.buy_and_follow(SLUG, "8").await;
    let sheet = sheet_of(&split);
    olga.open(&sheet).await.says(&["From Main warehouse"]);
    assert_eq!(shop.place("LAMP", &leeds).await.allocated + shop.place("LAMP", &london).await.allocated, 6);
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_waited_for_is_sent_from_wherever_it_comes_to() {
    let (shop, mut olga) = with_lamps(Shop::new(), 1).await;
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    let day = store_day(Timestamp::now()).checked_add(Span::new().days(40)).unwrap();
    let terms = olga.open(LAMP).await.form(TERMS).with("policy", "backorder");
    let terms = terms.with("policy_day", &day.to_string()).with("policy_units", "9");
    olga.submit(&terms).await.says(&["It is sold like this from now on."]);
    let mut ada = shop.browser();
    let first = sheet_of(&ada.buy_and_follow(SLUG, "3").await);
    // Three come to Leeds, of which two are for whoever ordered first.
    olga.post(COUNT, &[("sku", "LAMP"), ("location", &*leeds), ("on_hand", "3")]).await.is(302);
    let second = sheet_of(&ada.buy_and_follow(SLUG, "3").await);
    shop.check_ledger().await.went_well();
    let form = olga.open(&second).await.form(SEND);
    olga.submit(&form).await.says(&["waits for units that are not in stock yet"]);
    let form = olga.open(&first).await.form(SEND);
    olga.submit(&form).await.says(&["The order is sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 3 });
    is_settled(&shop).await;
    olga.post(COUNT, &[("sku", "LAMP"), ("location", FIRST), ("on_hand", "2")]).await.is(302);
    let form = olga.open(&second).await.form(SEND);
    olga.submit(&form).await.says(&["The order is sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}

/// Shoppers press the button at one moment, for twenty lamps that lie at three locations.
async fn twenty_at_three_locations(shop: Shop, shoppers: usize) {
    const UNITS: usize = 20;
    let (shop, mut olga) = with_lamps(shop, 20).await;
    let (leeds, london) = (add(&mut olga, "Leeds", "LS1 6HD").await, add(&mut olga, "London", "SW1A 2AA").await);
    bring(&mut olga, &leeds, "7").await.is(200);
    bring(&mut olga, &london, "8").await.is(200);
    let answers = press_at_once(&shop, shoppers).await;
    assert_eq!(served(&answers), UNITS, "{:?}", answers.iter().map(|page| &page.path).collect::<Vec<_>>());
    until("all is settled", SETTLED_WITHIN, async || {
        (shop.order_states().await == vec!["confirmed"; UNITS]).then_some(())
    })
    .await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 20, reserved: 0, allocated: 20 });
    assert_eq!((shop.place("LAMP", &leeds).await, shop.place("LAMP", &london).await), (place(7, 7), place(8, 8)));
    shop.check_ledger().await.went_well();
    let sheets = shop.orders().await.into_iter().map(|order| format!("/operator/orders/{}", order.number));
    for sheet in sheets.collect::<Vec<_>>() {
        let form = olga.open(&sheet).await.form(SEND);
        olga.submit(&form).await.is(200).says(&["The order is sent"]);
    }
    assert_eq!((shop.place("LAMP", &leeds).await, shop.place("LAMP", &london).await), (place(0, 0), place(0, 0)));
    is_settled(&shop).await;
}

#[tokio::test]
async fn no_location_sends_more_than_it_has() {
    twenty_at_three_locations(Shop::new(), 40).await;
}

#[tokio::test]
async fn no_location_sends_more_than_it_has_on_postgresql() {
    twenty_at_three_locations(Shop::on(postgres::database().await), 30).await;
}

#[tokio::test]
async fn a_count_in_a_file_says_where_and_a_feed_does_not() {
    let (mut shop, mut olga) = with_lamps(Shop::new(), 20).await;
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    bring(&mut olga, &leeds, "8").await.is(200);
    let rows = "sku,on_hand,location\nLAMP,13,\nLAMP,9,leeds\nMUG,2,Leeds\nMUG,1,York\n";
    let file = shop.file("shelves.csv", rows);
    let import = async |more: &[&str]| {
        let arguments = ["import".as_ref(), "stock".as_ref(), file.as_os_str()].into_iter();
        shop.run_on_data(&arguments.chain(more.iter().map(OsStr::new)).collect::<Vec<_>>()).await
    };
    let told = import(&["--preview"]).await;
    assert_eq!(told.code, 3, "{told:?}");
    for words in [
        "LAMP: 12 on hand, 13 counted (+1)",
        "LAMP at Leeds: 8 on hand, 9 counted (+1)",
        "MUG at Leeds: 0 on hand, 2 counted (+2)",
    ] {
        assert!(told.stdout.contains(words), "{}", told.stdout);
    }
    assert_eq!(shop.place("LAMP", &leeds).await, place(8, 0));
    let report = std::fs::read_to_string(shop.folder().join("import-report-shelves.csv.csv")).unwrap();
    assert!(report.contains("5,location,York,is not an open location of this store"), "{report}");
    import(&[]).await;
    assert_eq!((shop.place("LAMP", &leeds).await, shop.place("MUG", &leeds).await), (place(9, 0), place(2, 0)));
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("MUG").await.on_hand), (22, 14));
    let form = olga.open("/operator/stock/counts").await.form(OPEN_SHEET);
    let preview = olga.submit(&form.with("sheet", "sku\ton_hand\tlocation\nLAMP\t7\tLeeds\n")).await;
    preview.is(200).says(&["LAMP at Leeds 9 7 −2"]);
    olga.submit(&preview.form(APPLY_SHEET)).await.says(&["The count is on the books: 1 SKU changed"]);
    assert_eq!(shop.place("LAMP", &leeds).await, place(7, 0));
    shop.check_ledger().await.went_well();

    // A feed knows how many there are, and not where: the first location has more, or fewer, and then the others.
    for (units, at_leeds) in [(30, 7), (7, 7), (5, 5), (0, 0), (4, 0)] {
        shop.close().await;
        let row = format!("LAMP | Walnut desk lamp | 24.50 GBP | {units}");
        shop.import(&feed("id | title | price | quantity", &[&row])).await.went_well();
        assert_eq!((shop.stock("LAMP").await.on_hand, shop.place("LAMP", &leeds).await), (units, place(at_leeds, 0)));
        shop.check_ledger().await.went_well();
        shop.open().await;
    }
}

#[tokio::test]
async fn what_does_not_agree_about_locations_is_named() {
    let (shop, mut olga) = with_lamps(Shop::new(), 20).await;
    let london = add(&mut olga, "London", "SW1A 2AA").await;
    bring(&mut olga, &london, "8").await.is(200);
    shop.browser().buy_and_follow(SLUG, "2").await.is(200);
    is_settled(&shop).await;
    for (tamper, mend, words) in [
        (
            "UPDATE stock_places SET on_hand = on_hand + 1",
            "UPDATE stock_places SET on_hand = on_hand - 1",
            &["what lies at other locations is a part of the stock", "what lies at a location is the sum"][..],
        ),
        (
            "UPDATE stock_places SET allocated = allocated - 1",
            "UPDATE stock_places SET allocated = allocated + 1",
            &["what is allocated at a location is what it sends to orders", "LAMP at London"],
        ),
        (
            "UPDATE stock_allocations SET allocated = allocated + 9",
            "UPDATE stock_allocations SET allocated = allocated - 9",
            &["no more of an order is sent from locations than it holds", "CG-"],
        ),
    ] {
        shop.change_books(tamper).await;
        let checked = shop.check_ledger().await;
        assert!(checked.code != 0 && words.iter().all(|words| checked.stdout.contains(words)), "{checked:?}");
        shop.change_books(mend).await;
        shop.check_ledger().await.went_well();
    }
}
