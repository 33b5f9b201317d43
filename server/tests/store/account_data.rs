//! What of an account is taken along and what is removed with it, table by table: a table that names somebody and is not
//! listed here fails.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::support::account::{DELETE, PASSWORD};
use crate::support::clock::Clock;
use crate::support::customer::Person;
use crate::support::purchase::{CANCEL, DECLINED, PAYS, number_on};
use crate::support::review::{REPORT, VOTE};
use crate::support::tables::graph_tables;
use crate::support::{Shop, feed, until};

const ADA: Person = Person { email: "ada@secret.example", name: "Ada Secretname", street: "1 Secret Street" };
const PHONE: &str = "7946 0321";
const HEARD_WITHIN: Duration = Duration::from_secs(40);
const DAY_S: i64 = 86_400;

/// What becomes of a table's rows when somebody asks for what is theirs.
enum Export {
    /// They are in the file, under this key.
    Under(&'static str),
    /// They are not, and why.
    Not(&'static str),
}

/// What becomes of them when an account is removed.
enum End {
    Gone,
    /// They stay, and why.
    Stay(&'static str),
}

use End::{Gone, Stay};
use Export::{Not, Under};

/// Columns that lead to somebody.
const NAMING: [&str; 9] =
    ["account_id", "order_id", "return_id", "customer", "email", "owner", "cart_id", "done_by", "order_reference"];
const A_SECRET: &str = "a secret of a few minutes or a hash";
const BOOKS: &str = "the books of the store name an order and nobody";
const LAW: &str = "invoices and what they are about are kept as long as the law says";

const TABLES: &[(&str, Export, End)] = &[
    ("accounts", Under("account"), Gone),
    ("account_ceremonies", Not(A_SECRET), Gone),
    ("account_half_signed_in", Not(A_SECRET), Gone),
    ("account_links", Not(A_SECRET), Gone),
    ("account_passkeys", Under("passkeys"), Gone),
    ("account_recovery_codes", Not(A_SECRET), Gone),
    ("account_sessions", Under("sessions"), Gone),
    ("account_totp", Under("asks_for_codes"), Gone),
    ("alerts", Under("alerts"), Gone),
    ("saved_addresses", Under("addresses"), Gone),
    ("orders", Under("orders"), Stay(LAW)),
    ("order_steps", Under("order_steps"), Stay(LAW)),
    ("order_returns", Under("returns"), Stay(LAW)),
    ("order_return_lines", Under("returned_lines"), Stay(LAW)),
    ("order_exchanges", Under("exchanges"), Stay(LAW)),
    ("order_letters", Under("letters"), Stay("nobody is told twice of an order")),
    ("order_bundle_parts", Not("each order says what was in its bundles"), Stay(LAW)),
    ("invoices", Under("invoices"), Stay(LAW)),
    (
        "gift_cards",
        Under("store_credit"),
        Stay("a gift card is its bearer's, and store credit is nobody’s from then on"),
    ),
    ("gift_card_movements", Under("gift_cards"), Stay(BOOKS)),
    ("redemptions", Under("promotions"), Stay(BOOKS)),
    ("operator_deeds", Under("done_for_you"), Stay("those who run the store answer for what they did")),
    ("ledger_postings", Not(BOOKS), Stay(BOOKS)),
    ("gateway_fees", Not(BOOKS), Stay(BOOKS)),
    ("late_refunds", Not("a gateway's word on a refund that the order tells of"), Stay(BOOKS)),
    ("disputes", Not("a bank's word to the store on what its own customer told it"), Stay(BOOKS)),
    ("reservations", Not(BOOKS), Stay(BOOKS)),
    ("stock_allocations", Not(BOOKS), Stay(BOOKS)),
    ("stock_movements", Not(BOOKS), Stay(BOOKS)),
    ("sagas", Not("each order says the same"), Stay(LAW)),
    ("saga_events", Not("each order says what became of it"), Stay(LAW)),
    ("idempotency_keys", Not("a number that a form had"), Stay(BOOKS)),
    ("sandbox_intents", Not("a gateway's own books"), Stay("a gateway's own books")),
    ("leases", Not("servers take them, not shoppers"), Stay("servers take them, not shoppers")),
];

/// Of the graph, whose tables have no columns; nobody's are left out by their reason.
const GRAPH_TABLES: &[(&str, Export)] = &[
    ("cart", Under("cart")),
    ("draft", Under("typed_in_checkout")),
    ("post", Under("posts")),
    ("post_picture", Under("posts")),
    ("post_vote", Under("votes")),
    ("post_report", Under("reports")),
    ("wish_list", Under("lists")),
    ("saved", Under("lists")),
    ("viewed", Under("looked_at")),
    ("dismissed", Under("not_interested_in")),
    ("post_removed", Not("that a rejected post was taken away, and goes with the account")),
    ("customer", Not("a hash that orders and views hang on")),
    ("order", Not("the reading side of what the books have")),
    ("placed", Not("the reading side of what the books have")),
    ("contains", Not("the reading side of what the books have, and shelves")),
    ("address", Not("names a page of a product")),
    ("bought_with", Not("is of products alone")),
    ("category", Not("is of products alone")),
    ("child_of", Not("is of products alone")),
    ("demand", Not("is of products alone")),
    ("listing", Not("is of products alone")),
    ("mended", Not("is of the schema alone")),
    ("product", Not("is of products alone")),
    ("then_bought", Not("is of products alone")),
    ("trending", Not("is of products alone")),
    ("variant", Not("is of products alone")),
    ("viewed_with", Not("is of products alone")),
];

#[tokio::test]
async fn every_table_that_names_somebody_is_taken_along_or_says_why_not() {
    let shop = Shop::for_customers().await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut bob = shop.member("bob@example.com", "Bob").await;
    bob.review("walnut-desk-lamp", "2", "Too warm", "It hums a little.").await.is(200);
    let mut ada = shop.customer(&mut olga, ADA).await;
    let post = ada.browser.open("/products/walnut-desk-lamp").await;
    ada.browser.submit(&post.forms(VOTE)[0].clone().with("vote", "helpful")).await.is(200);
    ada.browser.submit(&post.forms(REPORT)[0].clone().with("why", "untrue")).await.is(200);
    // She buys what a gift card pays a part of.
    let payment = ada.come_to_payment().await;
    let review = ada.browser.give_card(&payment, PAYS).await;
    ada.browser.place(&review).await.is(200);
    until("everybody has heard", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    let export = ada.export().await;
    assert_eq!(export["format_version"], 2);

    let tables = shop.tables().await;
    let names = tables.iter().filter(|(_, columns)| NAMING.iter().any(|column| columns.contains(*column)));
    let names: BTreeSet<&str> = names.map(|(table, _)| table.as_str()).collect();
    assert_eq!(names, TABLES.iter().map(|(table, ..)| *table).collect::<BTreeSet<_>>(), "tables that name somebody");
    let graph = graph_tables();
    let graph: BTreeSet<&str> = graph.iter().map(String::as_str).collect();
    assert_eq!(graph, GRAPH_TABLES.iter().map(|(table, _)| *table).collect::<BTreeSet<_>>(), "tables of the graph");

    let exports = TABLES.iter().map(|(_, export, _)| export).chain(GRAPH_TABLES.iter().map(|(_, export)| export));
    let documented = include_str!("../../../docs/account-export.md");
    for key in export.as_object().unwrap().keys() {
        assert!(documented.contains(&format!("`{key}`")), "{key} is documented");
    }
    for export_of in exports {
        match export_of {
            // Nobody billed, credited, exchanged or did anything for her.
            Under(key @ ("exchanges" | "invoices" | "done_for_you" | "not_interested_in" | "store_credit")) => {
                assert!(export[*key].is_array(), "{key}: {export}");
            }
            Under(key) => {
                let value = &export[*key];
                let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                assert!(!is_empty, "{key} is taken along: {export}");
            }
            Not(why) => assert!(!why.is_empty()),
        }
    }
    assert_eq!(export["votes"][0]["vote"], "helpful");
    assert_eq!(export["reports"][0]["why"], "untrue");
    assert_eq!(export["returns"][0]["note"], "It hums.");
    assert_eq!(export["promotions"][0]["promotion_id"], "tenth");
    assert_eq!(export["is_history_kept"], true);
}

#[tokio::test]
async fn an_account_takes_everything_along_but_what_was_charged() {
    let shop = Shop::for_customers().await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut ada = shop.customer(&mut olga, ADA).await;
    // A declined order beside the one that was cancelled, the one that waits and the one that was sent.
    let payment = ada.come_to_payment().await;
    let review = ada.browser.give_card(&payment, DECLINED).await;
    ada.browser.place(&review).await.is(200);
    until("everybody has heard", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    let account = shop.id_of_account(ADA.email).await;
    let form = ada.browser.open("/account/settings").await.form(DELETE);
    ada.browser.submit(&form.with("deletion_password", PASSWORD)).await.says(&["Your account is removed"]);

    let tables = shop.tables().await;
    for (table, _, end) in TABLES {
        let column = if *table == "accounts" { "id" } else { "account_id" };
        let names_accounts = tables[*table].contains(column);
        assert!(names_accounts || matches!(end, Stay(why) if !why.is_empty()), "{table} leads to an account");
        if names_accounts {
            assert_eq!(shop.rows_of(table, column, &account).await, 0, "{table} names nobody any more");
        }
    }
    // Two orders stand: one was sent, and one waits to be. Nothing else says who she was.
    for words in [ADA.email, ADA.name, ADA.street, PHONE] {
        let rows = shop.rows_with(words).await;
        let kept: BTreeSet<&str> = rows.iter().map(|(table, _)| table.as_str()).collect();
        // What was typed into a form that was refused is kept for an hour, for whoever has its cookie.
        assert!(kept.is_subset(&BTreeSet::from(["orders", "sagas", "typed_forms"])), "{words}: {rows:?}");
        let orders: Vec<_> = rows.iter().filter(|(table, _)| table == "orders").collect();
        assert_eq!(orders.len(), 2, "{words}: {orders:?}");
        let stands = |row: &str| row.contains("shipped") || row.contains("confirmed");
        assert!(orders.iter().all(|(_, row)| stands(row)), "{words}: {orders:?}");
        assert_eq!(rows.iter().filter(|(table, _)| table == "sagas").count(), 2, "{words}");
    }
    shop.check_ledger().await.went_well();
    until("the graph forgets it as well", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(()))
        .await;
    olga.open("/operator/orders").await.is(200).says(&["@removed.invalid"]);
}

#[tokio::test]
async fn who_placed_an_order_that_came_to_nothing_is_forgotten_after_a_month() {
    let Some(clock) = Clock::new() else { return };
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    let environment = clock.environment();
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    shop.open_in(&environment).await;
    let mut guest = shop.browser();
    let stands = number_on(&guest.buy("walnut-desk-lamp", "1").await);
    let order = guest.buy_and_follow("walnut-desk-lamp", "1").await;
    guest.submit(&order.form(CANCEL)).await.is(200).says(&["Cancelled"]);
    until("everybody has heard", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    shop.close().await;

    // The next store that opens looks at once.
    let named = async |shop: &Shop| {
        let rows = shop.rows_with("12 St James's Square").await;
        rows.iter().filter(|(table, _)| table == "orders").count()
    };
    clock.set_ahead(29 * DAY_S);
    shop.open_in(&environment).await;
    shop.browser().look_up(&number_on(&order), "ada@example.com").await.says(&["Cancelled"]);
    assert_eq!(named(&shop).await, 2);
    shop.close().await;
    clock.set_ahead(31 * DAY_S);
    shop.open_in(&environment).await;
    until("it is nobody's", HEARD_WITHIN, async || (named(&shop).await == 1).then_some(())).await;
    let mut guest = shop.browser();
    guest.look_up(&number_on(&order), "ada@example.com").await.does_not_say("Cancelled");
    guest.look_up(&stands, "ada@example.com").await.says(&["Walnut desk lamp"]);
    // Who has its link still sees what became of it, and nothing of who it was.
    let page = guest.open(&order.path).await;
    page.is(200).says(&["Cancelled"]);
    page.does_not_say("Lovelace");
    shop.check_ledger().await.went_well();
}
