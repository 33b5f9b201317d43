//! One customer reaches nothing of another's, whatever id they put into whatever request. The requests are those of all
//! routes that there are: a route without a case fails.

mod cases;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use app::Routes;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use serde_json::Value;

use crate::support::account::ADDRESS;
use crate::support::customer::{Customer, Ids, Person};
use crate::support::purchase::{CANCEL, SET_QUANTITY};
use crate::support::{Browser, Page, Shop, until};
use cases::{FREE, OPENED, OPERATORS_FORM, POSTED};

const ADA: Person = Person { email: "ada@owner.example", name: "Ada Owner", street: "1 Secret Street" };
const EVE: Person = Person { email: "eve@example.org", name: "Eve Stranger", street: "9 Other Road" };
const HEARD_WITHIN: Duration = Duration::from_secs(40);
/// The gateway's own routes: it knows payments and no shoppers, and stands in for one that is elsewhere.
const GATEWAY: [&str; 2] = ["payment/sandbox", "command/sandbox.rs"];
/// Constants that name a route where it is added.
const NAMED: [(&str, &str); 2] = [("RETURN_PATH", app::payment::RETURN_PATH), ("WEBHOOK_PATH", "/payment/webhooks")];

/// The paths that the server's own code gives to Axum.
fn own_routes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if GATEWAY.iter().any(|gateway| path.ends_with(gateway)) {
            continue;
        }
        if path.is_dir() {
            own_routes(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("mod tests {").next().unwrap();
        for way in [".route(", ".route_service("] {
            for route in code.split(way).skip(1) {
                let written = route.split(',').next().unwrap().trim();
                let named = NAMED.iter().find(|(name, _)| *name == written).map(|(_, path)| (*path).to_owned());
                found.insert(named.unwrap_or_else(|| written.trim_matches('"').to_owned()));
            }
        }
    }
}

/// Every route of the store: pages, server functions, and what is neither.
fn routes() -> BTreeSet<String> {
    let mut routes: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    routes.extend(generate_route_list(Routes).iter().map(|route| route.path().to_owned()));
    own_routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut routes);
    routes
}

fn is_operators(route: &str) -> bool {
    route == "/operator" || route.starts_with("/operator/") || route.starts_with("/api/operator/")
}

#[tokio::test]
async fn every_route_is_tried_or_says_why_not() {
    let routes = routes();
    assert!(routes.len() > 150, "all routes are found: {routes:?}");
    let tried = OPENED.iter().chain(POSTED).map(|(route, _)| (*route).to_owned());
    let free = FREE.iter().flat_map(|(_, routes)| *routes).map(|route| (*route).to_owned());
    let known: BTreeSet<String> = tried.chain(free).collect();
    let others: BTreeSet<String> = routes.into_iter().filter(|route| !is_operators(route)).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (others.difference(&known).collect(), known.difference(&others).collect());
    assert!(new.is_empty() && gone.is_empty(), "without a case in `cases.rs`: {new:?}; there no more: {gone:?}");
}

/// An id that looks like another and is nobody's.
fn unknown(id: &str) -> String {
    let (head, last) = id.split_at(id.len() - 1);
    let other = match last {
        "0" => "1",
        last if last.bytes().all(|byte| byte.is_ascii_digit()) => "0",
        "a" => "b",
        "A" => "B",
        last if last.bytes().all(|byte| byte.is_ascii_lowercase()) => "a",
        _ => "A",
    };
    format!("{head}{other}")
}

fn filled(template: &str, ids: &Ids) -> String {
    ids.iter().fold(template.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
}

/// What changes in an export while somebody looks.
const PASSING: [&str; 3] = ["exported_at", "looked_at", "sessions"];

fn but_for_what_passes(mut export: Value) -> Value {
    if let Some(all) = export.as_object_mut() {
        for passing in PASSING {
            all.remove(passing);
        }
    }
    export
}

/// What an answer says to who sees it, but for the ids and what changes while they look.
fn seen(answer: &Page, led_to: &Page, ids: &Ids) -> String {
    let said =
        serde_json::from_str(&led_to.html).map_or_else(|_| led_to.text(), |file| but_for_what_passes(file).to_string());
    // Where an address repeats the number of an order, its hyphens are encoded.
    let path = led_to.path.replace("%2D", "-");
    let text = format!("{} then {} {path}: {said}", answer.status, led_to.status);
    ids.iter().fold(text, |text, (name, id)| text.replace(id.as_str(), &format!("{{{name}}}")))
}

async fn open(browser: &mut Browser, template: &str, ids: &Ids) -> String {
    let answer = browser.get(&filled(template, ids)).await;
    let led_to = browser.open(&filled(template, ids)).await;
    seen(&answer, &led_to, ids)
}

async fn post(browser: &mut Browser, route: &str, template: &str, ids: &Ids) -> String {
    let fields: Vec<(&str, String)> = template
        .split('&')
        .map(|field| field.split_once('=').unwrap())
        .map(|(name, value)| (name, filled(value, ids)))
        .collect();
    let answer = browser.post(route, &fields).await;
    let status = answer.status;
    let led_to = browser.go_on(answer).await;
    let answer = Page { status, path: String::new(), headers: led_to.headers.clone(), html: String::new() };
    seen(&answer, &led_to, ids)
}

/// Everything that is a customer's, but for what changes when they look.
async fn belongings(customer: &mut Customer) -> (Value, Vec<String>) {
    let export = but_for_what_passes(customer.export().await);
    let mut pages = Vec::new();
    for path in ["/account", "/account/orders", "/account/sessions", "/account/security", "/cart", "/checkout/payment"]
    {
        pages.push(customer.browser.open(path).await.is(200).text());
    }
    for template in ["/orders/{number}", "/orders/{sent}", "/account/lists/{list}", "/account/addresses/{address}"] {
        pages.push(customer.browser.open(&filled(template, &customer.ids)).await.is(200).text());
    }
    (export, pages)
}

#[tokio::test]
async fn no_id_opens_what_is_somebody_elses() {
    let shop = Shop::for_customers().await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut ada = shop.customer(&mut olga, ADA).await;
    let mut eve = shop.customer(&mut olga, EVE).await;
    until("everybody has heard", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    let before = belongings(&mut ada).await;

    // The access to an order is a proof, not an id: strangers have that of their own.
    let mut hers = ada.ids.clone();
    hers.insert("access", eve.ids["access"].clone());
    let mut nobodys: Ids = hers.iter().map(|(name, id)| (*name, unknown(id))).collect();
    nobodys.insert("access", eve.ids["access"].clone());
    let mut guest = shop.browser();
    guest.put_into_cart("blue-mug", "1").await;

    for stranger in [&mut eve.browser, &mut guest] {
        for template in OPENED.iter().flat_map(|(_, templates)| *templates) {
            let answer = open(stranger, template, &hers).await;
            assert_eq!(answer, open(stranger, template, &nobodys).await, "{template}");
            for words in [ADA.name, ADA.street, ADA.email] {
                assert!(!answer.contains(words), "{template} says {words}: {answer}");
            }
        }
        for (route, templates) in POSTED {
            for template in *templates {
                let answer = post(stranger, route, template, &hers).await;
                assert_eq!(answer, post(stranger, route, template, &nobodys).await, "{route} {template}");
                assert!(!answer.contains(ADA.street), "{route}: {answer}");
            }
        }
    }
    assert_eq!(belongings(&mut ada).await, before, "nothing of hers has changed");

    // Her own ids still do what they should.
    let page = ada.browser.open(&filled("/account/addresses/{address}", &ada.ids)).await;
    assert_eq!(page.form(ADDRESS).field("line1"), Some(ADA.street));
    post(&mut ada.browser, CANCEL, "number={number}&access={access}", &ada.ids).await;
    ada.browser.open(&filled("/orders/{number}", &ada.ids)).await.says(&["Cancelled"]);
}

#[tokio::test]
async fn nobody_but_who_runs_the_store_reaches_anything_of_a_customers() {
    let shop = Shop::for_customers().await;
    let mut olga = shop.operator("olga@example.com").await;
    let mut ada = shop.customer(&mut olga, ADA).await;
    let (mut eve, mut guest) = (shop.member(EVE.email, EVE.name).await, shop.browser());
    until("everybody has heard", HEARD_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    let before = belongings(&mut ada).await;
    let mut ids = ada.ids.clone();
    ids.extend([("id", ada.ids["order"].clone()), ("sku", "LAMP".to_owned()), ("kind", "order".to_owned())]);
    let routes = routes();
    let (forms, pages): (Vec<_>, Vec<_>) =
        routes.iter().filter(|route| is_operators(route)).partition(|route| route.starts_with("/api/"));
    assert!(forms.len() > 25 && pages.len() > 15, "{forms:?} {pages:?}");
    for route in pages {
        let path = filled(route, &ids);
        let answer = guest.get(&path).await;
        assert!(answer.status.is_redirection() || answer.status == 404, "{path}: {}", answer.status);
        answer.does_not_say(ADA.street);
        let answer = eve.get(&path).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404), "{path}: {}", answer.status);
        answer.does_not_say(ADA.street);
    }
    for route in forms {
        for stranger in [&mut eve, &mut guest] {
            let answer = post(stranger, route, OPERATORS_FORM, &ids).await;
            assert!(!answer.contains(ADA.street) && !answer.contains(ADA.email), "{route}: {answer}");
        }
    }
    assert_eq!(belongings(&mut ada).await, before, "nothing of hers has changed");
}

#[tokio::test]
async fn a_cart_is_nobodys_whose_cookie_was_not_signed_for_it() {
    let shop = Shop::for_customers().await;
    let mut ada = shop.browser();
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    let mut eve = shop.browser();
    eve.put_into_cart("blue-mug", "1").await;
    let (hers, own) = (ada.cookie("cart").unwrap().to_owned(), eve.cookie("cart").unwrap().to_owned());
    // A signature and then the id: 32 hexadecimal digits.
    let (signature, id) = (&own[..own.len() - 32], &hers[hers.len() - 32..]);
    for forged in [id.to_owned(), format!("{signature}{id}")] {
        eve.set_cookie("cart", &forged);
        assert!(eve.open("/cart").await.is(200).forms(SET_QUANTITY).is_empty(), "{forged} is no cart");
        eve.put_into_cart("blue-mug", "1").await;
    }
    assert_eq!(ada.open("/cart").await.form(SET_QUANTITY).field("sku"), Some("LAMP"));
}
