//! Rows that are variants of one product.

use super::feeds::facts;
use super::*;

fn tsv(rows: &[&str]) -> String {
    let header = "id\titem_group_id\ttitle\tavailability\tprice\tsale_price\tcolor\tsize\tquantity";
    let rows: Vec<String> = rows.iter().map(|row| row.replace('|', "\t")).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn choices(product: &Product) -> Vec<String> {
    product.variants.iter().map(|variant| format!("{}={}", variant.sku, variant.label())).collect()
}

#[tokio::test]
async fn rows_of_a_group_are_variants_of_one_product() {
    let (shelf, outcome) = import(tsv(&[
        "a|shirt|Linen shirt - red - S|in_stock|20 GBP||Red|S|3",
        "b|shirt|Linen shirt - red - L|in_stock|20 GBP|15 GBP|Red|L|4",
        "c|shirt|Linen shirt - blue - S|out_of_stock|20 GBP||Blue|S|5",
        "d|belt|Belt|in_stock|9 GBP||Brown||",
    ]))
    .await;
    assert_eq!(outcome.summary().written, Written::Products { products: 2, variants: 4 });
    let shirt = shelf.product("shirt");
    assert_eq!((shirt.title.as_str(), shirt.slug.as_str()), ("Linen shirt", "linen-shirt"));
    assert_eq!(choices(&shirt), ["a=Red, S", "b=Red, L", "c=Blue, S"]);
    assert_eq!(shelf.supplies("shirt"), [3, 4, 0].map(Supply::Units));
    assert!(shirt.variants[1].list_price.is_some() && shirt.variants[0].list_price.is_none());
    let belt = shelf.product("belt");
    assert_eq!((facts(&belt), belt.options.len()), (vec!["Colour=Brown".to_owned()], 0));
}

#[tokio::test]
async fn rows_that_do_not_fit_their_group_are_refused_alone() {
    let (shelf, outcome) = import(tsv(&[
        "a|shirt|Shirt|in_stock|20 GBP||Red|S|",
        "a|shirt|Shirt|in_stock|21 GBP||Red|M|",
        "b|shirt|Shirt|in_stock|20 USD||Red|L|",
        "c|shirt|Shirt|in_stock|20 GBP|||L|",
        "d|shirt|Shirt|in_stock|20 GBP||Blue|S|",
        "e|shirt|Shirt|in_stock|20 GBP||Blue|S|",
        "f|shirt|Shirt|in_stock|-4 GBP||Green|S|",
        "g|shirt|Shirt|in_stock|20 GBP|25 GBP|Pink|S|",
        "h|shirt|Shirt|in_stock|20 GBP||Grey|S|-1",
        "i|shirt|Shirt|tomorrow|20 GBP||Lime|S|",
    ]))
    .await;
    assert_eq!(choices(&shelf.product("shirt")), ["a=Red", "d=Blue"]);
    let refused = outcome.refused();
    assert_eq!(
        refused,
        [
            ("3", "id", "is in line 2 already"),
            ("4", "price", "must be in GBP, as the variant of line 2"),
            ("5", "color", "is missing, while other variants differ in it"),
            ("7", "item_group_id", "differs in no color, size, material or pattern from line 6"),
            ("8", "price", "must be above zero"),
            ("9", "sale_price", "must not be above the price, £20.00"),
            ("10", "quantity", "must be a whole number from 0 to 100000000"),
            ("11", "availability", "must be in_stock, out_of_stock, preorder or backorder"),
        ]
    );
    assert_eq!(outcome.summary().rejected, 8);
}

#[tokio::test]
async fn variants_that_stand_apart_come_together() {
    let together = tsv(&[
        "a|shirt|Shirt|in_stock|20 GBP||Red||",
        "b|shirt|Shirt|in_stock|20 GBP||Blue||",
        "c|belt|Belt|in_stock|9 GBP||||",
        "d||Hat|in_stock|7 GBP||||",
    ]);
    let apart = tsv(&[
        "a|shirt|Shirt|in_stock|20 GBP||Red||",
        "c|belt|Belt|in_stock|9 GBP||||",
        "x|shirt|Shirt|in_stock|free||Black||",
        "d||Hat|in_stock|7 GBP||||",
        "b|shirt|Shirt|in_stock|20 GBP||Blue||",
        "d||Hat again|in_stock|7 GBP||||",
    ]);
    let (expected, _) = import(together).await;
    let (shelf, outcome) = import(apart).await;
    assert_eq!(shelf.ids(), expected.ids());
    assert_eq!(shelf.product("shirt"), expected.product("shirt"));
    let refused = outcome.refused();
    assert_eq!(
        refused.iter().map(|(line, field, _)| (*line, *field)).collect::<Vec<_>>(),
        [("4", "price"), ("7", "id")]
    );
    assert_eq!(outcome.summary().written, Written::Products { products: 3, variants: 4 });
}

#[tokio::test]
async fn an_id_belongs_to_the_first_row_that_can_be_read_whatever_group_it_is_in() {
    let (shelf, outcome) = import(tsv(&[
        "a|shirt|Shirt|in_stock|free||Red||",
        "a|shirt|Shirt|in_stock|20 GBP||Red||",
        "b|shirt|Shirt|in_stock|20 GBP||Blue||",
        "b|belt|Belt|in_stock|9 GBP||||",
        "c|belt|Belt|in_stock|9 GBP||||",
        "b||Bag|in_stock|30 GBP||||",
        "c|shirt|Shirt|in_stock|20 GBP||Green||",
        "d|shirt|Shirt|in_stock|20 GBP||Black||",
        "a||Hat|in_stock|7 GBP||||",
    ]))
    .await;
    assert_eq!(
        outcome.refused(),
        [
            ("2", "price", "must be an amount and a currency, like 12.99 GBP"),
            ("5", "id", "is in line 4 already"),
            ("7", "id", "is in line 4 already"),
            ("8", "id", "is in line 6 already"),
            ("10", "id", "is in line 3 already"),
        ]
    );
    assert_eq!(choices(&shelf.product("shirt")), ["a=Red", "b=Blue", "d=Black"]);
    assert_eq!(
        (choices(&shelf.product("belt")), shelf.ids()),
        (vec!["c=".to_owned()], vec!["belt".to_owned(), "shirt".to_owned()])
    );
}

#[tokio::test]
async fn ids_are_told_apart_in_a_file_of_one_line() {
    let item = |id: &str, group: &str| {
        format!(
            "<item><title>Lamp {group}</title><g:id>{id}</g:id><g:item_group_id>{group}</g:item_group_id>\
             <g:price>5 GBP</g:price><g:availability>in_stock</g:availability></item>"
        )
    };
    let items = [item("1", "x"), item("2", "y"), item("1", "y")].concat();
    let (shelf, outcome) = import(format!("<rss xmlns:g=\"g\"><channel>{items}</channel></rss>")).await;
    assert_eq!(outcome.refused(), [("1", "id", "is in line 1 already")]);
    assert_eq!(shelf.skus(), 2);
}

#[tokio::test]
async fn variants_beyond_the_limit_are_refused() {
    let rows: Vec<String> =
        (0..=Product::MAX_VARIANTS).map(|n| format!("s{n}|shirt|Shirt|in_stock|20 GBP||Colour {n}||")).collect();
    let (shelf, outcome) = import(tsv(&rows.iter().map(String::as_str).collect::<Vec<_>>())).await;
    assert_eq!(shelf.product("shirt").variants.len(), Product::MAX_VARIANTS);
    assert_eq!(outcome.refused(), [("202", "item_group_id", "has more than 200 variants")]);
}

#[tokio::test]
async fn only_the_variants_whose_date_has_passed_are_not_sold() {
    let feed = |dates: [&str; 3]| {
        let rows: Vec<String> = ["Red", "Blue", "Green"]
            .iter()
            .zip(dates)
            .map(|(colour, date)| format!("{colour},shirt,Shirt,in_stock,20 GBP,{colour},{date}\n"))
            .collect();
        format!("id,item_group_id,title,availability,price,color,expiration_date\n{}", rows.concat())
    };
    let (shelf, _) = import(feed(["2026-01-01", "", "2027-01-01"])).await;
    let shirt = shelf.product("shirt");
    assert_eq!((shirt.withdrawn, choices(&shirt)), (false, vec!["Blue=Blue".to_owned(), "Green=Green".to_owned()]));
    let (shelf, outcome) = import(feed(["2026-01-01"; 3])).await;
    let shirt = shelf.product("shirt");
    assert_eq!((shirt.withdrawn, shirt.variants.len()), (true, 3));
    assert!(outcome.summary().to_string().contains("rows past their expiration date, not sold: 3"));
}
