//! Wish list: the lists of a customer, and those that others shared. A product's page and the cart lead
//! here; a guest is asked to sign in, and what they wanted is on a list when they have. Everything is a
//! form and works without a script.

pub mod add;
pub mod api;
pub mod item;
pub mod list;
pub mod overview;
pub mod shared;

use domain::text::encoded;
use domain::wish_list::{ShareKey, WishListId};

/// The lists of who is signed in.
pub const LISTS: &str = "/account/lists";
/// Asks which list something goes onto.
pub const ADD: &str = "/account/lists/add";

fn list_path(id: WishListId) -> String {
    format!("{LISTS}/{id}")
}

fn shared_path(key: ShareKey) -> String {
    format!("/lists/{key}")
}

/// Where a SKU is put onto a list.
pub fn add_path(sku: &str) -> String {
    format!("{ADD}?sku={}", encoded(sku))
}
