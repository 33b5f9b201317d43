//! The store as its visitors meet it: every test opens a store of its own and talks to it as a
//! browser, a crawler or a shopkeeper does.

// Helpers outside of tests fail like the tests that they serve.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod cancellation;
mod cart;
mod catalog;
mod checkout;
mod guard;
mod import;
mod ledger;
mod list;
mod live;
mod operator;
mod order;
mod payment;
mod placing;
mod postgres;
mod promotion;
mod real_catalog;
mod recovery;
mod search;
mod settings;
mod sitemap;
