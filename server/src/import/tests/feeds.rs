use std::io::Write;

use domain::catalog::{Picture, Seller};
use domain::pricing::tax::TaxClass;
use flate2::Compression;
use flate2::write::GzEncoder;
use liblzma::write::XzEncoder;

use super::super::report::Note;
use super::*;

const TSV: &str = "id\ttitle\tdescription\tavailability\tprice\tproduct_type\tunknown column\n\
    A1\tWalnut lamp\t<p>Warm &amp; small</p>\tin stock\t49.90 GBP\tHome > Lighting > Lamps\tx\n\
    A2\t5\" nails \"steel\"\t\tout_of_stock\t3 GBP\t\t\n\
    A3\t\"Mirror \"\"Glamour\"\"\"\t\tbackorder\t12.50 gbp\tHome > > Mirrors\n";

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = XzEncoder::new(Vec::new(), 1);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn facts(product: &Product) -> Vec<String> {
    product.attributes.iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect()
}

#[tokio::test]
async fn a_table_becomes_a_catalog() {
    let (shelf, outcome) = import(TSV).await;
    assert_eq!(outcome.summary().written, Written::Products { products: 3, variants: 3 });
    assert_eq!((outcome.summary().rejected, &outcome.summary().report), (0, &None));
    let lamp = shelf.product("A1");
    assert_eq!((lamp.title.as_str(), lamp.slug.as_str()), ("Walnut lamp", "walnut-lamp"));
    assert_eq!(lamp.description.as_ref().map(AsRef::as_ref), Some("Warm & small"));
    assert_eq!(lamp.category.as_str(), "home/lighting/lamps");
    assert_eq!(lamp.lowest_price().money().to_string(), "£49.90");
    assert_eq!(shelf.product("A2").title.as_str(), "5\" nails \"steel\"");
    assert_eq!(shelf.product("A2").category.as_str(), "everything-else");
    assert_eq!(shelf.product("A3").title.as_str(), "Mirror \"Glamour\"");
    assert_eq!(shelf.product("A3").category.as_str(), "home/mirrors");
    assert_eq!(
        ["A1", "A2", "A3"].map(|id| shelf.supplies(id)),
        [[Supply::Some], [Supply::Units(0)], [Supply::Units(0)]]
    );
}

#[tokio::test]
async fn a_packed_file_and_one_with_a_byte_order_mark_are_read_alike() {
    let (plain, _) = import(TSV).await;
    let marked = [&[0xef, 0xbb, 0xbf], TSV.as_bytes()].concat();
    let two_members = [gzipped(&marked[..100]), gzipped(&marked[100..])].concat();
    for packed in [gzipped(TSV.as_bytes()), xz(TSV.as_bytes()), marked, two_members] {
        let (shelf, outcome) = import(packed).await;
        assert_eq!(outcome.summary().rows, 3);
        assert_eq!(shelf.ids(), plain.ids());
        assert_eq!(shelf.product("A1"), plain.product("A1"));
    }
}

#[tokio::test]
async fn csv_cells_may_hold_commas_and_lines() {
    let (shelf, outcome) = import(
        "\"Title\",ID,Price,Availability,\"product detail(section_name:attribute_name:attribute_value)\",description\r\n\
         \"Lamp, small\",1,9.99 EUR,in_stock,\"Size:Height:450 mm,Size:Sides:10, 20 cm,General:Dimmable:yes\",\"One\n\nTwo\"\r\n",
    )
    .await;
    assert_eq!(outcome.refused(), []);
    let lamp = shelf.product("1");
    assert_eq!(lamp.title.as_str(), "Lamp, small");
    assert_eq!(lamp.description.as_ref().map(AsRef::as_ref), Some("One\n\nTwo"));
    assert_eq!(facts(&lamp), ["Height=450\u{a0}mm", "Sides=10, 20 cm", "Dimmable=Yes"]);
}

#[tokio::test]
async fn rss_and_atom_become_a_catalog() {
    let rss = r#"<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
        <item><title>Lamp</title><link>https://shop.example/1</link><description>&lt;b&gt;Warm&lt;/b&gt; light</description>
        <g:id>1</g:id><g:external_seller_id>Fell</g:external_seller_id><g:image_link>https://shop.example/1.jpg</g:image_link>
        <g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link>
        <g:additional_image_link>https://shop.example/3.jpg</g:additional_image_link>
        <g:price>20.00 USD</g:price><g:sale_price>15.00 USD</g:sale_price><g:availability>in_stock</g:availability>
        <g:shipping><g:price>4.00 USD</g:price></g:shipping><g:quantity>7</g:quantity><g:condition>used</g:condition>
        <g:product_type>Home &gt; Lamps</g:product_type><g:product_type>Gifts</g:product_type>
        <g:product_highlight>Dimmable</g:product_highlight><g:gtin>4006381333931</g:gtin><g:age_group>adult</g:age_group></item>
        </channel></rss>"#;
    let (shelf, outcome) = import(rss).await;
    assert_eq!(outcome.refused(), []);
    let lamp = shelf.product("1");
    let sold = lamp.first_variant();
    assert_eq!(
        (sold.price.money().to_string(), sold.list_price.map(|price| price.money().to_string())),
        ("$15.00".into(), Some("$20.00".into()))
    );
    assert_eq!(lamp.description.as_ref().map(AsRef::as_ref), Some("Warm light\n• Dimmable"));
    assert_eq!(lamp.seller.as_str(), "Fell");
    assert_eq!(
        (lamp.category.as_str(), lamp.pictures.len(), shelf.supplies("1")),
        ("home/lamps", 3, vec![Supply::Units(7)])
    );
    assert_eq!(facts(&lamp), ["Age group=Adult", "Condition=Used"]);
    assert_eq!(sold.gtin.as_ref().map(AsRef::as_ref), Some("4006381333931"));

    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry><title>Desk</title>
        <id>tag:shop.example,2026:1</id><summary>Oak</summary><link href="x"/><g:id>9</g:id><g:price>1 GBP</g:price>
        <g:availability>in_stock</g:availability><g:google_product_category>Furniture &gt; Desks</g:google_product_category>
        </entry><entry><title>Chair</title><g:id>10</g:id><g:availability>in_stock</g:availability></entry></feed>"#;
    let (shelf, outcome) = import(atom).await;
    assert_eq!(outcome.refused(), [("4", "price", "must be an amount and a currency, like 12.99 GBP")]);
    assert_eq!((shelf.ids(), shelf.product("9").category.as_str()), (vec!["9".to_owned()], "furniture/desks"));
}

#[tokio::test]
async fn a_feed_of_several_sellers_names_them() {
    let long = "x".repeat(51);
    let (shelf, outcome) = import(format!(
        "id\titem_group_id\ttitle\tavailability\tprice\tExternal seller ID\tcolor\n\
         a\tlamp\tLamp\tin_stock\t1 GBP\t\tRed\n\
         b\tlamp\tLamp\tin_stock\t1 GBP\tFell &amp; Co\tBlue\n\
         c\t\tDesk\tin_stock\t1 GBP\t\t\n\
         d\t\tChair\tin_stock\t1 GBP\t{long}\t\n"
    ))
    .await;
    assert_eq!(outcome.refused(), []);
    assert_eq!(shelf.product("lamp").seller.as_str(), "Fell & Co");
    assert_eq!(["c", "d"].map(|id| shelf.product(id).seller.clone()), [Seller::default(), Seller::default()]);
    assert_eq!(outcome.summary().notes.count(Note::SellerLeftOut), 1);
}

#[tokio::test]
async fn one_bad_row_never_stops_the_rest() {
    let mut feed =
        b"id\ttitle\tavailability\tprice\n1\tLamp\tin_stock\t-5 GBP\n2\tDe\xffsk\tin_stock\t5 GBP\n3\t".to_vec();
    feed.extend(vec![b'x'; 1024 * 1024]);
    feed.extend(b"\tin_stock\t5 GBP\n4\t\tin_stock\t5 GBP\n5\tBad id /\tin_stock\t5 GBP\na/b\tSofa\tin_stock\t5 GBP\n6\tChair\tin_stock\t5 GBP");
    let (shelf, outcome) = import(feed).await;
    assert_eq!(shelf.ids(), ["5", "6"]);
    assert_eq!(
        outcome.refused(),
        [
            ("2", "price", "must be above zero"),
            ("3", "title", "is not valid UTF-8"),
            ("4", "row", "is longer than 262144 bytes"),
            ("5", "title", "must not be empty"),
            ("7", "id", "must not contain the character '/'"),
        ]
    );
    assert!(outcome.report.iter().all(|[_, _, value, _]| value.chars().count() <= 80));
    assert_eq!((outcome.summary().rows, outcome.summary().rejected), (7, 5));
}

#[tokio::test]
async fn what_a_product_can_do_without_is_left_out_and_noted() {
    let long = "word ".repeat(2_000);
    let feed = format!(
        "id,title,availability,price,description,gtin,image_link,product_type,brand\n\
         1,{long},in_stock,5 GBP,{long},4006381333932,ftp://x,日本,{long}\n"
    );
    let (shelf, outcome) = import(feed).await;
    let product = shelf.product("1");
    assert!(product.title.as_str().ends_with("word…"));
    assert!(product.description.as_ref().is_some_and(|text| text.as_str().ends_with("word…")));
    assert_eq!(
        (&product.brand, &product.first_variant().gtin, product.category.as_str()),
        (&None, &None, "everything-else")
    );
    assert!(
        product.pictures.iter().all(|picture| matches!(picture, Picture::Drawn(_))) && !product.pictures.is_empty()
    );
    let notes = &outcome.summary().notes;
    let expected = [
        Note::TitleCut,
        Note::DescriptionCut,
        Note::NumberLeftOut,
        Note::PictureLeftOut,
        Note::CategoryLeftOut,
        Note::BrandLeftOut,
    ];
    assert_eq!(expected.map(|note| notes.count(note)), [1; 6]);
    assert!(outcome.summary().to_string().contains("titles cut to the longest that fits: 1"));
}

#[tokio::test]
async fn a_sale_counts_while_it_goes_on() {
    let feed = |period: &str| {
        format!(
            "id,title,availability,price,sale_price,sale_price_effective_date\n1,Lamp,in_stock,20 GBP,15 GBP,{period}\n"
        )
    };
    for (period, price) in [
        ("", "£15.00"),
        ("2026-04-01T00:00Z/2026-06-01T00:00Z", "£15.00"),
        ("2026-04-01T00:00+0100/2026-05-01T13:01+0100", "£15.00"),
        ("2026-04-01T00:00+0100/2026-05-01T12:59+0100", "£20.00"),
        ("soon", "£20.00"),
    ] {
        let (shelf, _) = import(feed(period)).await;
        assert_eq!(shelf.product("1").lowest_price().money().to_string(), price, "{period}");
    }
}

#[tokio::test]
async fn a_product_is_withdrawn_when_its_last_date_has_passed() {
    let feed = |date: &str| format!("id,title,availability,price,expiration_date\n1,Lamp,in_stock,20 GBP,{date}\n");
    for (date, withdrawn) in [
        ("", false),
        ("2026-04-30", true),
        // A day passes when it is over.
        ("2026-05-01", false),
        ("2026-05-01T12:00Z", true),
        ("2026-05-01T12:01Z", false),
        ("2026-05-01T13:00+0100", true),
        ("2026-05-01T13:01+01:00", false),
        ("2026-05-01T12:00", true),
        ("2026-05-01T12:01:00", false),
    ] {
        let (shelf, outcome) = import(feed(date)).await;
        assert_eq!(shelf.product("1").withdrawn, withdrawn, "{date}");
        assert_eq!(outcome.summary().notes.count(Note::Expired), u64::from(withdrawn), "{date}");
        assert_eq!(outcome.summary().notes.count(Note::ExpirationLeftOut), 0, "{date}");
    }
    for unreadable in ["soon", "31.12.2025", "2025-13-01", "2025-12-31T25:00Z"] {
        let (shelf, outcome) = import(feed(unreadable)).await;
        assert!(!shelf.product("1").withdrawn, "{unreadable}");
        assert_eq!(outcome.summary().notes.count(Note::ExpirationLeftOut), 1, "{unreadable}");
    }
}

#[tokio::test]
async fn a_tax_category_is_a_class_and_what_is_none_is_taxed_in_full() {
    let feed = |class: &str| format!("id,title,availability,price,tax_category\n1,Atlas,in_stock,20 GBP,{class}\n");
    for (written, class, left_out) in [
        ("", TaxClass::Standard, 0),
        ("standard", TaxClass::Standard, 0),
        ("Super reduced", TaxClass::SuperReduced, 0),
        ("zero", TaxClass::Zero, 0),
        ("apparel", TaxClass::Standard, 1),
    ] {
        let (shelf, outcome) = import(feed(written)).await;
        assert_eq!(shelf.product("1").tax_class, class, "{written}");
        assert_eq!(outcome.summary().notes.count(Note::TaxCategoryLeftOut), left_out, "{written}");
    }
}

#[tokio::test]
async fn a_second_import_updates_and_leaves_nothing_twice() {
    let shelf = Shelf::default();
    let first = import_into(&shelf, TSV).await;
    let before = shelf.product("A1");
    let second = import_into(&shelf, TSV).await;
    assert_eq!(first.summary(), second.summary());
    assert_eq!((shelf.product("A1"), shelf.skus()), (before, 3));
    import_into(&shelf, TSV.replace("49.90", "44.90")).await;
    assert_eq!(shelf.product("A1").lowest_price().money().to_string(), "£44.90");
    assert_eq!(shelf.skus(), 3);
}

#[tokio::test]
async fn an_interrupted_import_can_be_run_again() {
    let rows: Vec<String> = (0..1_000).map(|n| format!("{n}\tProduct {n}\tin_stock\t5 GBP\n")).collect();
    let feed = format!("id\ttitle\tavailability\tprice\n{}", rows.concat());
    let packed = gzipped(feed.as_bytes());
    let shelf = Shelf::default();
    let cut_short = import_into(&shelf, &packed[..packed.len() / 2]).await;
    assert!(cut_short.error().contains("cut short"), "{}", cut_short.error());
    let whole = import_into(&shelf, &packed).await;
    assert_eq!((whole.summary().rejected, shelf.ids().len()), (0, 1_000));
}

#[tokio::test]
async fn a_sink_that_fails_stops_the_import() {
    struct Full;
    #[async_trait]
    impl ProductSink for Full {
        async fn write(&self, _: Vec<ImportedProduct>) -> anyhow::Result<()> {
            anyhow::bail!("no room")
        }
    }
    let rows: Vec<String> = (0..5_000).map(|n| format!("{n}\tProduct {n}\tin_stock\t5 GBP\n")).collect();
    let feed = format!("id\ttitle\tavailability\tprice\n{}", rows.concat());
    let outcome =
        with_file(feed.as_bytes(), async |source, report| products(source, report, &Full, now(), false).await).await;
    assert!(outcome.error().contains("no room"));
}

#[tokio::test]
async fn a_file_that_is_no_feed_is_refused_with_the_way_on() {
    for (file, says) in [
        (&b""[..], "is empty"),
        (b"PK\x03\x04....", "an Excel file; save it as a product feed as TSV"),
        (b"{\"id\": 1}", "is JSON"),
        (b"\xff\xfei\0d\0", "text in UTF-16"),
        (b"<html><p>Not found</p></html>", "XML without <item> or <entry>"),
        (
            b"id\ttitle\tproduct_type\tavailability\n1\tLamp\t\tin_stock",
            "has no column price; its first line names id, title",
        ),
        (b"hello", "has no column id"),
    ] {
        let (shelf, outcome) = import(file).await;
        assert!(outcome.error().contains(says), "{}", outcome.error());
        assert!(shelf.ids().is_empty() && outcome.report.is_empty());
    }
    let missing = products(Path::new("no such file"), Path::new("report"), &Shelf::default(), now(), false).await;
    assert!(matches!(missing, Err(ImportError::Open { .. })));
    let folder = products(Path::new("."), Path::new("report"), &Shelf::default(), now(), false).await;
    assert!(matches!(folder, Err(ImportError::NotAFile { .. })));
}
