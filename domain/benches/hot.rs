//! The domain's functions that run for every page or every click.

// A benchmark that can't set up its data has nothing to measure.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::cart::{Cart, CartChange, LineFacts, price};
use domain::catalog::listing::{Filters, ListRequest, ProductCard, Sort, answer};
use domain::catalog::{CategoryPath, Seller, Sku, Slug};
use domain::checkout::Country;
use domain::checkout::saga::{Event, Saga};
use domain::inventory::{AvailableUnits, Quantity, SaleTerms};
use domain::pricing::promotion::{Offer, Promotion, Terms, Uses};
use domain::pricing::tax::{CustomerKind, Jurisdiction, TaxClass, TaxTable};
use domain::pricing::{Currency, Money, Price};
use domain::recommendation::{Basket, CoBuying, Faded, ItemNumber, Shoppers, likeness};
use domain::review::{Before, suspicions};
use domain::search::query::Query;
use domain::shipment::{Delivery, store_day};
use jiff::Timestamp;

const SHELF_CARDS: usize = 10_000;
const CART_LINES: usize = 100;

fn sku(number: usize) -> Sku {
    format!("sku-{number}").parse().expect("a right SKU")
}

fn price_of(number: usize) -> Price {
    let minor_units = 100 + i64::try_from(number * 37 % 20_000).expect("a small number");
    Price::try_from(Money::new(minor_units, Currency::GBP)).expect("a right price")
}

fn card(number: usize) -> ProductCard {
    let word = |text: String| text.parse().expect("a right text");
    ProductCard {
        id: format!("p{number}").parse().expect("a right id"),
        slug: Slug::from_words(&format!("product {number}")).expect("a right slug"),
        title: format!("Product {number}").parse().expect("a right title"),
        brand: Some(format!("Brand {}", number % 40).parse().expect("a right brand")),
        seller: Seller::default(),
        category: "home/lighting".parse().expect("a right category"),
        price: price_of(number),
        price_varies: false,
        list_price: None,
        rating: None,
        picture: None,
        swatches: vec![],
        sole_sku: None,
        in_stock: !number.is_multiple_of(7),
        waits_until: None,
        added_at: Timestamp::UNIX_EPOCH,
        facts: (0..5)
            .map(|fact| {
                (format!("Fact {fact}").parse().expect("a right name"), word(format!("value {}", number % (fact + 3))))
            })
            .collect(),
    }
}

fn lists(criterion: &mut Criterion) {
    let shelf: Vec<ProductCard> = (0..SHELF_CARDS).map(card).collect();
    let plain = ListRequest::default();
    let narrowed = ListRequest {
        filters: Filters {
            brands: vec!["Brand 3".parse().expect("a right brand"), "Brand 4".parse().expect("a right brand")],
            price_to: Some("150".parse().expect("a right amount")),
            in_stock_only: true,
            ..Filters::default()
        },
        sort: Sort::PriceAscending,
        ..ListRequest::default()
    };
    criterion.bench_function("answer a list of 10,000 products", |b| b.iter(|| answer(black_box(&shelf), &plain)));
    criterion.bench_function("answer it filtered and sorted", |b| b.iter(|| answer(black_box(&shelf), &narrowed)));
}

fn carts(criterion: &mut Criterion) {
    let cart = (0..CART_LINES).fold(Cart::default(), |cart, number| {
        cart.apply(&CartChange::Add { sku: sku(number), quantity: Quantity::ONE }).expect("room in the cart")
    });
    let facts: HashMap<Sku, LineFacts> = (0..CART_LINES)
        .map(|number| {
            let facts = LineFacts {
                product: "lamp".parse().expect("a right id"),
                category: "home/lighting".parse().expect("a right category"),
                seller: Seller::default(),
                slug: "lamp".parse().expect("a right slug"),
                title: "Lamp".parse().expect("a right title"),
                choices: String::new(),
                picture: None,
                price: price_of(number),
                list_price: None,
                tax_class: TaxClass::Standard,
                available: AvailableUnits(10),
                terms: SaleTerms::default(),
                parts: Vec::new(),
            };
            (sku(number), facts)
        })
        .collect();
    let change = CartChange::Add { sku: sku(50), quantity: Quantity::ONE };
    criterion.bench_function("change a cart of 100 lines", |b| b.iter(|| black_box(&cart).apply(&change)));
    criterion.bench_function("price a cart of 100 lines", |b| {
        b.iter(|| price(black_box(&cart), &facts, &Terms::default(), Delivery::STANDARD_AT_HOME));
    });
    let offers = ["percent 10", "bundle 2+1", "amount 5.00 GBP"].iter().enumerate().map(|(number, offer)| {
        let (effect, value) = offer.split_once(' ').expect("an effect and a value");
        let id = format!("offer-{number}");
        let row = [id.as_str(), "Offer", "", effect, value, "", "", "", "", "", "combinable", "", ""];
        Offer { promotion: Promotion::from_fields(row).expect("a right row"), uses: Uses::default() }
    });
    let terms = Terms { offers: offers.collect(), ..Terms::default() };
    criterion.bench_function("price it with three promotions", |b| {
        b.iter(|| price(black_box(&cart), &facts, &terms, Delivery::STANDARD_AT_HOME));
    });
    let priced = price(&cart, &facts, &terms, Delivery::STANDARD_AT_HOME).expect("a small sum");
    let (table, home) = (TaxTable::default(), Jurisdiction::country(Country::HOME));
    criterion.bench_function("tax it", |b| {
        b.iter(|| black_box(&priced).clone().taxed(&table, &home, CustomerKind::Private));
    });
    criterion.bench_function("take another cart of 100 lines in", |b| b.iter(|| black_box(&cart).take_in(&cart)));
}

fn questions(criterion: &mut Criterion) {
    let words = "brand:acme \"table lamp\" -shade 55 inch between 20 and 40";
    criterion.bench_function("parse a query", |b| b.iter(|| Query::parse(black_box(words))));
    let pairs = [("brand", "Brand 3"), ("is.Colour", "Blue"), ("price-to", "150"), ("sort", "price"), ("page", "3")];
    criterion.bench_function("read the address of a list", |b| b.iter(|| ListRequest::from_pairs(black_box(pairs))));
    let request = ListRequest::from_pairs(pairs);
    criterion.bench_function("write the address of a list", |b| b.iter(|| black_box(&request).to_query()));
}

fn relations(criterion: &mut Criterion) {
    const ITEMS: u32 = 2_000;
    const ORDERS: u32 = 20_000;
    let basket = |number: u32| {
        let items = (0..4).map(|item| ItemNumber(number.wrapping_mul(7 + item * item) % ITEMS));
        Basket::new(items).expect("a right basket")
    };
    let now = Faded::at(Timestamp::UNIX_EPOCH);
    let mut counts = CoBuying::new(CoBuying::MAX_PAIRS);
    for number in 0..ORDERS {
        counts.count(&basket(number), now, Shoppers::one(number.into()));
    }
    let next = basket(ORDERS);
    criterion.bench_function("count an order of four items", |b| {
        b.iter(|| counts.count(black_box(&next), now, Shoppers::one(1)));
    });
    criterion.bench_function("find what pulls towards an item", |b| b.iter(|| counts.pulls(black_box(ItemNumber(7)))));
    let (one, other) = (card(3), card(45));
    criterion.bench_function("compare two products", |b| b.iter(|| likeness(black_box(&one), &other)));
    let text =
        "Bright, warm and quiet; the cable could be longer, and the switch is where one looks for it. ".repeat(8);
    let before = Before { in_last_hour: 1, texts: vec![text.to_uppercase()] };
    criterion.bench_function("look for what speaks against a review", |b| {
        b.iter(|| suspicions(Some("A good lamp"), black_box(&text), &before));
    });
}

fn small(criterion: &mut Criterion) {
    criterion.bench_function("parse a price", |b| b.iter(|| black_box("1243.20 GBP").parse::<Price>()));
    let money = Money::new(124_320, Currency::GBP);
    criterion.bench_function("show a price", |b| b.iter(|| black_box(money).to_string()));
    let path = "Home & Garden > Lighting > Table lamps";
    criterion.bench_function("parse a category path", |b| b.iter(|| black_box(path).parse::<CategoryPath>()));
    let log = [Event::Begun, Event::Reserved, Event::Unanswered, Event::NeverHeard];
    criterion.bench_function("replay a saga", |b| b.iter(|| Saga::replay(black_box(&log)).pending()));
    let day = store_day(Timestamp::UNIX_EPOCH);
    criterion.bench_function("promise a day of delivery", |b| {
        b.iter(|| Delivery::STANDARD_AT_HOME.arrives_on(black_box(day)));
    });
}

criterion_group!(hot, lists, carts, questions, relations, small);
criterion_main!(hot);
