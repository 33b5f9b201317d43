//! Payment: the gateway that holds and moves the money. The store never sees a card: the card
//! form posts to the gateway, which sends the browser back with a token. Only the checkout's saga
//! authorizes. By default the gateway is the sandbox, embedded under `/sandbox`.

mod gateway;
pub(crate) mod return_from_gateway;
pub(crate) mod sandbox;
mod wire;

pub(crate) use gateway::HttpGateway;
