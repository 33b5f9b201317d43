//! Counts of many SKUs, which somebody looks at before they change anything.

use std::ffi::OsStr;
use std::time::{Duration, Instant};

use crate::support::purchase::PAYS;
use crate::support::stock::{APPLY_SHEET, COUNT, DROP_SHEET, LAMP, OLGA, OPEN_SHEET, rows, shop};
use crate::support::{Browser, Page, Shop, postgres, until};

const DEADLINE: Duration = Duration::from_mins(1);
/// What is counted by a command is heard of within half a second; this many counts one after the other, on a busy
/// machine.
const COUNTS: u32 = 4;
const HEARD_WITHIN: Duration = Duration::from_secs(8);

async fn open_sheet(olga: &mut Browser, sheet: &str) -> Page {
    let form = olga.open("/operator/stock/counts").await.form(OPEN_SHEET).with("sheet", sheet);
    olga.submit(&form).await
}

#[tokio::test]
async fn a_count_of_many_changes_nothing_before_it_is_confirmed() {
    let (shop, olga) = shop().await;
    count_of_many(&shop, olga).await;
}

#[tokio::test]
async fn a_count_of_many_on_postgresql_is_the_same() {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&rows()).await.went_well();
    shop.open().await;
    let olga = shop.operator(OLGA).await;
    count_of_many(&shop, olga).await;
}

async fn count_of_many(shop: &Shop, mut olga: Browser) {
    let sheet = "sku,on_hand\r\nLAMP,90\r\nSTOOL,5\r\nRUG,x\r\nTABLE,3\r\nMUG_50%,0\r\nLAMP,1\r\n";
    let preview = open_sheet(&mut olga, sheet).await;
    preview.is(200).says(&[
        "What the count would change",
        "Nothing is changed yet. 2 SKUs differ, 1 SKU as the books say. 3 rows can't be taken",
        "LAMP 80 90 +10",
        "MUG_50% 12 0 −12",
        "4 on_hand x must be a whole number",
        "5 sku TABLE is not a SKU of this store",
        "7 sku LAMP is in line 2 already",
        OLGA,
    ]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("MUG_50%").await.on_hand), (80, 12));
    let form = preview.form(APPLY_SHEET);
    let done = olga.submit(&form).await;
    done.is(200).says(&["What the count has changed", "The count is on the books: 2 SKUs changed"]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("MUG_50%").await.on_hand), (90, 0));
    olga.open(LAMP).await.says(&["Counted", OLGA, "+10 on hand 90 0 0"]);
    // A second press, and a page that was open still, change nothing.
    olga.submit(&form).await.says(&["This count is not open any more"]);
    assert_eq!(shop.movements("LAMP").await.len(), 2);
    shop.check_ledger().await.went_well();
    for (path, words) in [
        ("/operator", "Low or sold out 3"),
        ("/operator/stock?q=L%25", "No SKU answers this"),
        ("/operator/stock?only=out&after=M", "MUG_50%"),
        ("/operator/sagas", "Nothing waits for you"),
        ("/operator/ledger?check=yes", "The books agree"),
    ] {
        olga.open(path).await.is(200).says(&[words]);
    }
}

#[tokio::test]
async fn a_count_is_compared_again_when_stock_has_changed_since() {
    let (shop, mut olga) = shop().await;
    let preview = open_sheet(&mut olga, "on_hand\tsku\n70\tLAMP\n6\tSTOOL").await;
    preview.says(&["LAMP 80 70 −10", "STOOL 5 6 +1"]);
    olga.post(COUNT, &[("sku", "STOOL"), ("on_hand", "9")]).await.is(302);
    let again = olga.submit(&preview.form(APPLY_SHEET)).await;
    again.is(200).says(&["Stock has changed since the count was looked at", "LAMP 80 70 −10", "STOOL 9 6 −3"]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("STOOL").await.on_hand), (80, 9));
    olga.submit(&again.form(APPLY_SHEET)).await.says(&["The count is on the books: 2 SKUs changed"]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("STOOL").await.on_hand), (70, 6));
    let preview = open_sheet(&mut olga, "sku,on_hand\nLAMP,1").await;
    olga.submit(&preview.form(DROP_SHEET)).await.says(&["A count that was given up", "Nothing was changed."]);
    olga.submit(&preview.form(APPLY_SHEET)).await.says(&["This count is not open any more"]);
    assert_eq!(shop.stock("LAMP").await.on_hand, 70);
}

#[tokio::test]
async fn a_count_does_not_take_what_was_promised_since_it_was_looked_at() {
    let (shop, mut olga) = shop().await;
    let preview = open_sheet(&mut olga, "sku,on_hand\nLAMP,2\nSTOOL,6").await;
    preview.says(&["LAMP 80 2 −78", "STOOL 5 6 +1"]);
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "3", PAYS).await;
    browser.place(&review).await.is(200);
    let again = olga.submit(&preview.form(APPLY_SHEET)).await;
    again.is(200).says(&[
        "Stock has changed since the count was looked at",
        "3 units are promised to orders",
        "STOOL 5 6 +1",
    ]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("STOOL").await.on_hand), (80, 5));
    olga.submit(&again.form(APPLY_SHEET)).await.says(&["The count is on the books: 1 SKU changed"]);
    assert_eq!((shop.stock("LAMP").await.on_hand, shop.stock("STOOL").await.on_hand), (80, 6));
    assert_eq!(shop.movements("STOOL").await.len(), 2, "it is written down once");
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_sheet_says_what_it_needs() {
    let (_shop, mut olga) = shop().await;
    let many = |rows: usize| "sku,on_hand\n".to_owned() + &"LAMP,80\n".repeat(rows);
    for (sheet, words) in [
        ("", "The count has no rows"),
        ("sku,on_hand", "The count has no rows"),
        ("LAMP,12", "The first line must name the columns sku and on_hand"),
        (&many(1_001), "A count has at most 1000 rows here"),
        (&many(1_000), "1 SKU as the books say. 999 rows can't be taken"),
    ] {
        let page = open_sheet(&mut olga, sheet).await;
        page.is(200).says(&[words]);
        if page.path.starts_with("/operator/stock/counts?") {
            assert_eq!(page.raw_of("textarea").trim(), sheet.trim(), "what was pasted is there to be put right");
        }
    }
    let empty = olga.open("/operator/stock/counts").await;
    assert_eq!(empty.raw_of("textarea").trim(), "", "what was taken is not offered again");
    let long = "</textarea>,Größe\n".repeat(1_600);
    let page = open_sheet(&mut olga, &long).await;
    page.is(200).says(&["The first line must name the columns sku and on_hand"]);
    assert_eq!(page.raw_of("textarea").trim(), long.replace("</textarea>", "&lt;/textarea&gt;").trim());
    olga.open("/operator/stock/counts/0197b2c4d5e67f8091a2b3c4d5e6f708").await.is(404);
    olga.open("/operator/stock/counts/nonsense").await.is(404);
}

#[tokio::test]
async fn a_count_comes_in_a_file_with_a_preview() {
    let (shop, mut olga) = shop().await;
    let file = shop.file("shelves.csv", "shelf,SKU,on_hand\nA,LAMP,81\nA,STOOL,5\nB,RUG,-1\nB,TABLE,3\n");
    let import = async |more: &[&str]| {
        let arguments = ["import".as_ref(), "stock".as_ref(), file.as_os_str()].into_iter();
        shop.run_on_data(&arguments.chain(more.iter().map(OsStr::new)).collect::<Vec<_>>()).await
    };
    let told = import(&["--preview"]).await;
    assert_eq!(told.code, 3, "{told:?}");
    assert!(told.stdout.contains("LAMP: 80 on hand, 81 counted (+1)"), "{}", told.stdout);
    assert!(told.stdout.contains("4 rows read: 1 SKUs as counted, 1 others would be written, 2 rows rejected"));
    assert_eq!(shop.stock("LAMP").await.on_hand, 80);
    let report = std::fs::read_to_string(shop.folder().join("import-report-shelves.csv.csv")).unwrap();
    assert!(report.contains("4,on_hand,-1,\"must be a whole number") && report.contains("5,sku,TABLE,"), "{report}");
    let told = import(&[]).await;
    assert!(told.stdout.contains("1 others written"), "{}", told.stdout);
    assert_eq!(shop.stock("LAMP").await.on_hand, 81);
    olga.open(LAMP).await.says(&["Counted", "shelves.csv", "+1 on hand 81 0 0"]);
    let lacking = shop.file("lacking.csv", "sku,units\nLAMP,1\n");
    let refused = shop.run_on_data(&["import".as_ref(), "stock".as_ref(), lacking.as_os_str()]).await;
    refused.refused_with(&["has no column on_hand"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_open_store_soon_hears_of_what_a_command_counts() {
    let (shop, _) = shop().await;
    let mut waited = Duration::ZERO;
    for count in 0..COUNTS {
        until("the store is idle", DEADLINE, async || {
            (shop.waiting_events().await == 0 && !shop.relays().await).then_some(())
        })
        .await;
        // Sold out, and there again.
        let file = shop.file("count.csv", format!("sku,on_hand\nLAMP,{}\n", count % 2));
        shop.run_on_data(&["import".as_ref(), "stock".as_ref(), file.as_os_str()]).await.went_well();
        let counted_at = Instant::now();
        until("the store has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
        waited += counted_at.elapsed();
    }
    assert!(waited < HEARD_WITHIN, "{waited:?}");
}
