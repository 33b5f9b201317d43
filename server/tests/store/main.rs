//! The store as its visitors meet it: every test opens a store of its own and talks to it as a
//! browser, a crawler or a shopkeeper does.

// Helpers outside of tests fail like the tests that they serve.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod account;
mod account_cart;
mod account_orders;
mod account_sessions;
mod account_strangers;
mod address_change;
mod alert;
mod browsing;
mod bundle;
mod cancellation;
mod card_element;
mod cart;
mod catalog;
mod challenge;
mod checkout;
mod clock;
mod crash;
mod demo;
mod dispatch;
mod exchange;
mod exchange_end;
mod exchange_location;
mod faults;
mod full_disk;
mod full_refund;
mod gateway;
mod gift_card;
mod gift_card_order;
mod guard;
mod import;
mod import_orders;
mod inspection;
mod invoice;
mod invoice_document;
mod ledger;
mod letter;
mod list;
mod live;
mod location;
mod mail;
mod money;
mod operator;
mod operator_accounts;
mod operator_counts;
mod operator_orders;
mod operator_pages;
mod operator_stock;
mod order;
mod outage;
mod passkey;
mod payment;
mod placing;
mod policy;
mod postgres;
mod promotion;
mod promotion_customers;
mod real_catalog;
mod recommendation;
mod recovery;
mod reindex;
mod release;
mod returns;
mod review;
mod review_aspect;
mod review_filter;
mod review_moderation;
mod review_picture;
mod search;
mod search_insight;
mod search_quality;
mod settings;
mod sitemap;
mod stock_low;
mod suggestions;
mod tax;
mod totp;
mod wish_list;
