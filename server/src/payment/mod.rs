//! Payment: the gateway that holds and moves the money. The store never sees a card: the card
//! form posts to the gateway, which sends the browser back with a token. Only the checkout's saga
//! authorizes and voids. By default the gateway is the sandbox, embedded under `/sandbox`. Only this
//! module writes the ledger; the checkout's transactions call it.

mod audit;
mod gateway;
mod ledger;
pub(crate) mod return_from_gateway;
pub(crate) mod sandbox;
mod wire;

pub(crate) use audit::{LEDGER_RULES, SANDBOX_RULES};
pub(crate) use gateway::HttpGateway;
pub(crate) use ledger::post;
