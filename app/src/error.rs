//! What goes wrong, as the browser may hear it: typed, without a text from inside the store.

use domain::cart::CartError;
use domain::checkout::{CancelError, PlaceError};
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

pub mod pages;
pub use pages::{ErrorPage, GonePage, NotFoundPage};

/// An error on its way to a person. Says what happened and what to do next; the cause is in the
/// server's log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WireError {
    #[error("{0}")]
    Cart(CartError),
    #[error("{0}")]
    Place(PlaceError),
    #[error("{0}")]
    Cancel(CancelError),
    /// A field that a form posted can't be read; only a page that is out of date posts one.
    #[error("the form was out of date; please reload the page and try again")]
    Form,
    #[error("we have no order with that number and e-mail address; please check both against your confirmation")]
    NoSuchOrder,
    #[error("a part of the store does not answer at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
    /// The browser could not reach the server or understand its answer.
    #[error("the store can't be reached; please check your connection and try again")]
    Unreachable,
}

impl From<CartError> for WireError {
    fn from(error: CartError) -> Self {
        Self::Cart(error)
    }
}

impl From<PlaceError> for WireError {
    fn from(error: PlaceError) -> Self {
        Self::Place(error)
    }
}

impl From<CancelError> for WireError {
    fn from(error: CancelError) -> Self {
        Self::Cancel(error)
    }
}

impl FromServerFnError for WireError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Form
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            _ => Self::Unavailable,
        }
    }
}

/// Declares that a port's failure means "unavailable" to the browser.
macro_rules! unavailable {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for WireError {
            fn from(_: $error) -> Self {
                Self::Unavailable
            }
        })+
    };
}

unavailable!(
    domain::catalog::ports::CatalogUnavailable,
    domain::inventory::ports::InventoryUnavailable,
    domain::search::ports::SearchUnavailable,
    domain::order::ports::OrdersUnavailable,
    domain::pricing::ports::PromotionsUnavailable,
    domain::checkout::ports::CheckoutUnavailable,
);
