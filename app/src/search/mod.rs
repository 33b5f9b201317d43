//! Search: the box on every page with what it suggests, the results for what a shopper typed, and
//! help where there are none. The box is a plain form; a script adds the suggestions.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod empty;
#[cfg(feature = "ssr")]
pub mod explained;
#[cfg(feature = "ssr")]
pub mod found;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod insight;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod paging;
mod recent;
#[cfg(feature = "ssr")]
pub mod search_box;
#[cfg(feature = "ssr")]
mod suggestions;
pub mod typing;
#[cfg(feature = "ssr")]
pub mod understood;

/// The cookie that holds what the browser found, until something of it is bought.
pub const FOUND_COOKIE: &str = "found";
/// The class of the option that forgets the recent searches.
const CLEAR_RECENT: &str = "suggestion--clear";
