//! Payment: the gateway that holds and moves the money. The store never sees a card: the card form posts to
//! the gateway, which sends the browser back with a token, or the gateway's own field in the page hands one out.
//! The gateway speaks Stripe's API; by default it is the sandbox, embedded under `/sandbox`. Who has an account may
//! pay on invoice instead, and gift cards pay before either. Only the checkout's saga authorizes and voids. What the
//! gateway tells by itself comes in as webhooks, which only make the checkout look. Only this module writes the ledger;
//! the checkout's transactions call it.

pub(crate) mod aftermath;
mod amount;
mod audit;
mod book;
mod gateway;
mod gateway_audit;
pub(crate) mod gift_card;
mod hold;
mod invoice;
mod ledger;
mod line;
mod listed;
pub(crate) mod return_from_gateway;
pub(crate) mod sandbox;
mod signature;
mod tenders;
pub(crate) mod webhook;
mod wire;

pub(crate) use audit::{LEDGER_RULES, SANDBOX_RULES};
pub(crate) use book::{read_balances, read_moments, read_owed_to_sellers, read_postings};
pub(crate) use gateway::HttpGateway;
pub(crate) use gateway_audit::{GATEWAY_RULES, audit_gateway};
pub(crate) use hold::list_ending_holds;
pub(crate) use invoice::{lock_balance, note_transfer, read_balance};
pub(crate) use ledger::{Booking, SellersPart, post, post_apart, sellers_part, tax_owed};
pub(crate) use tenders::Tenders;
