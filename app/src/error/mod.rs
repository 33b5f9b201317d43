//! What goes wrong, as the browser may hear it: typed, without a text from inside the store.

use domain::account::AccountError;
use domain::alert::AlertError;
use domain::cart::CartError;
use domain::checkout::{AddressChangeError, CancelError, PlaceError};
use domain::fault::FaultError;
use domain::inventory::{BundleError, CountError, LocationError, TermsError};
use domain::operator::DeskError;
use domain::order::returns::ReturnError;
use domain::payment::gift_card::{GiftCardError, StoreCreditError};
use domain::payment::{MovementError, TransferError};
use domain::review::ReviewError;
use domain::wish_list::WishListError;
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

pub mod pages;
pub use pages::{ErrorPage, GonePage, Lost, NotFoundPage};

/// An error on its way to a person. Says what happened and what to do next; the cause is in the
/// server's log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WireError {
    #[error("{0}")]
    Account(AccountError),
    #[error("{0}")]
    Alert(AlertError),
    #[error("{0}")]
    AddressChange(AddressChangeError),
    #[error("{0}")]
    Bundle(BundleError),
    #[error("{0}")]
    Cart(CartError),
    #[error("{0}")]
    Place(PlaceError),
    #[error("{0}")]
    Cancel(CancelError),
    #[error("{0}")]
    Count(CountError),
    #[error("{0}")]
    Desk(DeskError),
    #[error("{0}")]
    Fault(FaultError),
    #[error("{0}")]
    GiftCard(GiftCardError),
    #[error("{0}")]
    Location(LocationError),
    #[error("{0}")]
    Movement(MovementError),
    #[error("{0}")]
    Return(ReturnError),
    #[error("{0}")]
    Review(ReviewError),
    #[error("{0}")]
    StoreCredit(StoreCreditError),
    #[error("{0}")]
    Terms(TermsError),
    #[error("{0}")]
    Transfer(TransferError),
    #[error("{0}")]
    WishList(WishListError),
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

impl From<AccountError> for WireError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Unavailable => Self::Unavailable,
            error => Self::Account(error),
        }
    }
}

impl From<AlertError> for WireError {
    fn from(error: AlertError) -> Self {
        match error {
            AlertError::Unavailable => Self::Unavailable,
            error => Self::Alert(error),
        }
    }
}

impl From<AddressChangeError> for WireError {
    fn from(error: AddressChangeError) -> Self {
        Self::AddressChange(error)
    }
}

impl WireError {
    /// Whether a part of the store does not answer, whichever noun says so.
    pub const fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Unavailable
                | Self::Unreachable
                | Self::Cart(CartError::Unavailable)
                | Self::Place(PlaceError::Unavailable)
                | Self::Cancel(CancelError::Unavailable)
                | Self::AddressChange(AddressChangeError::Unavailable)
        )
    }
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

impl From<CountError> for WireError {
    fn from(error: CountError) -> Self {
        match error {
            CountError::Unavailable => Self::Unavailable,
            error => Self::Count(error),
        }
    }
}

impl From<BundleError> for WireError {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Unavailable => Self::Unavailable,
            error => Self::Bundle(error),
        }
    }
}

impl From<FaultError> for WireError {
    fn from(error: FaultError) -> Self {
        Self::Fault(error)
    }
}

impl From<GiftCardError> for WireError {
    fn from(error: GiftCardError) -> Self {
        match error {
            GiftCardError::Unavailable => Self::Unavailable,
            error => Self::GiftCard(error),
        }
    }
}

impl From<StoreCreditError> for WireError {
    fn from(error: StoreCreditError) -> Self {
        match error {
            StoreCreditError::Unavailable => Self::Unavailable,
            error => Self::StoreCredit(error),
        }
    }
}

impl From<LocationError> for WireError {
    fn from(error: LocationError) -> Self {
        match error {
            LocationError::Unavailable => Self::Unavailable,
            error => Self::Location(error),
        }
    }
}

impl From<ReturnError> for WireError {
    fn from(error: ReturnError) -> Self {
        match error {
            ReturnError::Unavailable => Self::Unavailable,
            error => Self::Return(error),
        }
    }
}

impl From<ReviewError> for WireError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::Unavailable => Self::Unavailable,
            error => Self::Review(error),
        }
    }
}

impl From<DeskError> for WireError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Unavailable => Self::Unavailable,
            error => Self::Desk(error),
        }
    }
}

impl From<MovementError> for WireError {
    fn from(error: MovementError) -> Self {
        match error {
            MovementError::NoSuchOrder => Self::Desk(DeskError::NoSuchOrder),
            MovementError::Unavailable => Self::Unavailable,
            error => Self::Movement(error),
        }
    }
}

impl From<TransferError> for WireError {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::NoSuchOrder => Self::Desk(DeskError::NoSuchOrder),
            TransferError::Unavailable => Self::Unavailable,
            error => Self::Transfer(error),
        }
    }
}

impl From<TermsError> for WireError {
    fn from(error: TermsError) -> Self {
        match error {
            TermsError::Unavailable => Self::Unavailable,
            error => Self::Terms(error),
        }
    }
}

impl From<WishListError> for WireError {
    fn from(error: WishListError) -> Self {
        match error {
            WishListError::Unavailable => Self::Unavailable,
            error => Self::WishList(error),
        }
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
    domain::browsing::ports::BrowsingUnavailable,
    domain::catalog::ports::CatalogUnavailable,
    domain::inspection::ports::InspectionUnavailable,
    domain::inventory::ports::InventoryUnavailable,
    domain::search::ports::SearchUnavailable,
    domain::search::ports::InsightUnavailable,
    domain::order::ports::OrdersUnavailable,
    domain::pricing::ports::PromotionsUnavailable,
    domain::checkout::ports::CheckoutUnavailable,
    domain::typed::ports::TypedUnavailable,
);
