//! The status of a refusal that a script hears. Leptos answers every error of a server function as
//! the server's own; most are mistakes that whoever asked can mend, and a monitor must not count
//! them as failures.

use app::error::WireError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::account::AccountError;
use domain::alert::AlertError;
use domain::cart::CartError;
use domain::checkout::{AddressChangeError, CancelError, PlaceError};
use domain::inventory::{BundleError, CountError, LocationError, TermsError};
use domain::operator::DeskError;
use domain::order::returns::ReturnError;
use domain::payment::gift_card::{GiftCardError, StoreCreditError};
use domain::payment::{MovementError, TransferError};
use domain::review::ReviewError;
use domain::wish_list::WishListError;

/// An error holds no list and no page.
const MAX_ERROR_BYTES: usize = 64 * 1024;

pub(super) async fn tell(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ERROR_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice(&bytes) {
        parts.status = status_of(&error);
    }
    Response::from_parts(parts, Body::from(bytes))
}

const fn status_of(error: &WireError) -> StatusCode {
    match error {
        WireError::Account(error) => status_of_account(*error),
        WireError::Alert(error) => status_of_alert(*error),
        WireError::AddressChange(error) => status_of_address_change(*error),
        WireError::Bundle(error) => status_of_bundle(error),
        WireError::Count(error) => status_of_count(*error),
        WireError::Location(error) => status_of_location(*error),
        WireError::GiftCard(error) => status_of_gift_card(*error),
        WireError::Movement(error) => status_of_movement(error),
        WireError::Return(error) => status_of_return(error),
        WireError::Terms(error) => status_of_terms(*error),
        WireError::Review(error) => status_of_review(*error),
        WireError::WishList(error) => status_of_wish_list(*error),
        WireError::Form | WireError::Cart(CartError::NotAQuantity | CartError::NotChosen) => StatusCode::BAD_REQUEST,
        WireError::Cart(CartError::NotSold | CartError::NoSuchLine)
        | WireError::NoSuchOrder
        | WireError::Desk(DeskError::NoSuchOrder | DeskError::NoSuchRefund)
        | WireError::Transfer(TransferError::NoSuchOrder)
        | WireError::StoreCredit(StoreCreditError::NoSuchAccount)
        | WireError::Cancel(CancelError::NoSuchOrder) => StatusCode::NOT_FOUND,
        WireError::Cart(
            CartError::TooManyLines
            | CartError::TooManySaved
            | CartError::TooManyUnits
            | CartError::SoldOut
            | CartError::AllInCart { .. }
            | CartError::Coupon { .. },
        )
        | WireError::Desk(DeskError::NotConfirmed | DeskError::NotPaid)
        | WireError::Transfer(TransferError::Amount)
        | WireError::StoreCredit(StoreCreditError::NotAnAmount | StoreCreditError::NotAReason)
        | WireError::Fault(_) => StatusCode::UNPROCESSABLE_ENTITY,
        WireError::Unavailable
        | WireError::Unreachable
        | WireError::Cart(CartError::Unavailable)
        | WireError::Desk(DeskError::Unavailable)
        | WireError::Transfer(TransferError::Unavailable)
        | WireError::StoreCredit(StoreCreditError::Unavailable)
        | WireError::Place(PlaceError::Unavailable)
        | WireError::Cancel(CancelError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        WireError::Desk(
            DeskError::RefundRefused
            | DeskError::NotSetAside
            | DeskError::CantUndo
            | DeskError::CantSettle
            | DeskError::NoSuchEvent
            | DeskError::CantCancel
            | DeskError::CantSend
            | DeskError::NotCaptured
            | DeskError::WaitsForStock
            | DeskError::CantDeliver,
        )
        | WireError::Cart(CartError::Changed)
        | WireError::Transfer(TransferError::NothingOwed | TransferError::NotOwed { .. })
        | WireError::Place(_)
        | WireError::Cancel(CancelError::TooLate { .. } | CancelError::NotNow) => StatusCode::CONFLICT,
    }
}

const fn status_of_address_change(error: AddressChangeError) -> StatusCode {
    match error {
        AddressChangeError::NoSuchOrder => StatusCode::NOT_FOUND,
        AddressChangeError::OtherCountry { .. } | AddressChangeError::OtherRegion | AddressChangeError::Fields => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        AddressChangeError::TooLate { .. }
        | AddressChangeError::Changed
        | AddressChangeError::TooMany
        | AddressChangeError::NotNow => StatusCode::CONFLICT,
        AddressChangeError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_return(error: &ReturnError) -> StatusCode {
    match error {
        ReturnError::NoSuchOrder | ReturnError::NoSuchReturn => StatusCode::NOT_FOUND,
        ReturnError::NothingChosen
        | ReturnError::Units
        | ReturnError::TooMany { .. }
        | ReturnError::NotExchangeable { .. }
        | ReturnError::Reason
        | ReturnError::Note
        | ReturnError::Refusal
        | ReturnError::EndNote => StatusCode::UNPROCESSABLE_ENTITY,
        ReturnError::NotSent { .. }
        | ReturnError::TooLate { .. }
        | ReturnError::NothingLeft
        | ReturnError::TooManyReturns
        | ReturnError::Decided
        | ReturnError::NotRefunded
        | ReturnError::NotPaidFor
        | ReturnError::ReplacementGone { .. }
        | ReturnError::NothingToSend
        | ReturnError::NotNow => StatusCode::CONFLICT,
        ReturnError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_count(error: CountError) -> StatusCode {
    match error {
        CountError::NoSuchSku | CountError::NoSuchLocation => StatusCode::NOT_FOUND,
        CountError::Units(_)
        | CountError::Promised { .. }
        | CountError::Bundle
        | CountError::Empty
        | CountError::Columns
        | CountError::TooManyRows
        | CountError::TooLong => StatusCode::UNPROCESSABLE_ENTITY,
        CountError::Changed | CountError::NotOpen => StatusCode::CONFLICT,
        CountError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_location(error: LocationError) -> StatusCode {
    match error {
        LocationError::NoSuchLocation | LocationError::NoSuchSku => StatusCode::NOT_FOUND,
        LocationError::TooMany | LocationError::First | LocationError::Units(_) | LocationError::SameLocation => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        LocationError::NameTaken | LocationError::HoldsStock | LocationError::Closed | LocationError::Short { .. } => {
            StatusCode::CONFLICT
        }
        LocationError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_bundle(error: &BundleError) -> StatusCode {
    match error {
        BundleError::NoSuchSku => StatusCode::NOT_FOUND,
        BundleError::Line { .. }
        | BundleError::Units { .. }
        | BundleError::TooManyUnits { .. }
        | BundleError::NoParts
        | BundleError::TooManyParts
        | BundleError::Twice { .. }
        | BundleError::Itself
        | BundleError::NoSuchPart { .. }
        | BundleError::Nested { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        BundleError::IsPart | BundleError::Promised { .. } | BundleError::Changed => StatusCode::CONFLICT,
        BundleError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_terms(error: TermsError) -> StatusCode {
    match error {
        TermsError::NoSuchSku => StatusCode::NOT_FOUND,
        TermsError::Policy
        | TermsError::Day
        | TermsError::DayPassed
        | TermsError::Units(_)
        | TermsError::Limit(_)
        | TermsError::LimitTooHigh
        | TermsError::LowMark
        | TermsError::Period => StatusCode::UNPROCESSABLE_ENTITY,
        TermsError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_movement(error: &MovementError) -> StatusCode {
    match error {
        MovementError::NoSuchOrder => StatusCode::NOT_FOUND,
        MovementError::Amount
        | MovementError::Reason
        | MovementError::CaptureTooLarge { .. }
        | MovementError::RefundTooLarge { .. }
        | MovementError::NotTheRest { .. }
        | MovementError::NothingCaptured => StatusCode::UNPROCESSABLE_ENTITY,
        MovementError::NotNow | MovementError::TooMany | MovementError::Disputed | MovementError::Refused => {
            StatusCode::CONFLICT
        }
        MovementError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_gift_card(error: GiftCardError) -> StatusCode {
    match error {
        GiftCardError::Mistyped | GiftCardError::Unknown => StatusCode::NOT_FOUND,
        GiftCardError::Empty
        | GiftCardError::NoCredit
        | GiftCardError::Blocked
        | GiftCardError::OtherCurrency
        | GiftCardError::TooMany
        | GiftCardError::NothingLeft => StatusCode::UNPROCESSABLE_ENTITY,
        GiftCardError::AppliedAlready => StatusCode::CONFLICT,
        GiftCardError::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
        GiftCardError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_review(error: ReviewError) -> StatusCode {
    match error {
        ReviewError::NoSuchPost => StatusCode::NOT_FOUND,
        ReviewError::OwnPost => StatusCode::FORBIDDEN,
        ReviewError::TooManyWaiting | ReviewError::TooManyVotes { .. } | ReviewError::TooManyReports { .. } => {
            StatusCode::TOO_MANY_REQUESTS
        }
        ReviewError::Rewritten => StatusCode::CONFLICT,
        ReviewError::NotAQuestion
        | ReviewError::NotAnAnswer
        | ReviewError::NoComplaint
        | ReviewError::TooManyPictures
        | ReviewError::PictureTooBig
        | ReviewError::PictureTooLarge
        | ReviewError::NotAPicture
        | ReviewError::NotPictureWords => StatusCode::UNPROCESSABLE_ENTITY,
        ReviewError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_alert(error: AlertError) -> StatusCode {
    match error {
        AlertError::NotSold => StatusCode::NOT_FOUND,
        AlertError::InStock => StatusCode::CONFLICT,
        AlertError::TooManyAlerts | AlertError::NotAnEmail => StatusCode::UNPROCESSABLE_ENTITY,
        AlertError::TooManyLetters { .. } => StatusCode::TOO_MANY_REQUESTS,
        AlertError::LinkSpent => StatusCode::GONE,
        AlertError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_wish_list(error: WishListError) -> StatusCode {
    match error {
        WishListError::NoSuchList | WishListError::NoSuchWish | WishListError::NotSold => StatusCode::NOT_FOUND,
        WishListError::TooManyLists
        | WishListError::TooManyWishes
        | WishListError::NotAName
        | WishListError::NotANote => StatusCode::UNPROCESSABLE_ENTITY,
        WishListError::Changed => StatusCode::CONFLICT,
        WishListError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

const fn status_of_account(error: AccountError) -> StatusCode {
    match error {
        AccountError::WrongCredentials
        | AccountError::PasskeyRefused
        | AccountError::WrongCode
        | AccountError::NotSignedIn => StatusCode::UNAUTHORIZED,
        AccountError::WrongPassword
        | AccountError::NotAllowed
        | AccountError::OperatorsCodes
        | AccountError::LinkOfAnother => StatusCode::FORBIDDEN,
        AccountError::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
        AccountError::NotAnEmail
        | AccountError::NotAName
        | AccountError::Password { .. }
        | AccountError::TooManyAddresses
        | AccountError::PasskeyNotAdded
        | AccountError::NotAPasskeyName
        | AccountError::NotAReason
        | AccountError::TooManyPasskeys
        | AccountError::NoPasskeysHere => StatusCode::UNPROCESSABLE_ENTITY,
        AccountError::LinkSpent
        | AccountError::CeremonySpent
        | AccountError::SignInSpent
        | AccountError::CodesNotBegun => StatusCode::GONE,
        AccountError::NoSuchAccount | AccountError::NoSuchAddress | AccountError::NoSuchPasskey => {
            StatusCode::NOT_FOUND
        }
        AccountError::EmailTaken | AccountError::CodesAreOff | AccountError::NoCodesToTurnOff => StatusCode::CONFLICT,
        AccountError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
