//! Wish list: what a customer may want one day, with notes, and what it cost when it was put there.
//! Guards the limits of a list and that no change is lost: a list has a version, and a change is kept
//! over the version that it was applied to. A list is its owner's alone until it is shared by a link that
//! nobody can guess, and is again when the link is taken back. Prices and stock of today are looked up
//! whenever it is shown.

mod error;
mod list;
#[cfg(feature = "ports")]
pub mod ports;

pub use error::WishListError;
pub use list::{
    MAX_LISTS, MAX_WISHES, PriceStep, Share, ShareKey, Wish, WishChange, WishList, WishListId, WishListName, WishNote,
};
