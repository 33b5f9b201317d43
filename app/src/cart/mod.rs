//! Cart: the page, the forms that put things into it, and the header's link with the mini cart.
//! Every change is a form; islands answer it at once with the domain's own rules and then show
//! what the server made of it.

pub mod add;
pub mod api;
pub mod compact;
pub mod contents;
pub mod line;
pub mod live;
pub mod mini;
#[cfg(feature = "ssr")]
pub mod page;
pub mod saved;
mod shared;
pub mod summary;
mod view;

pub use view::CartView;
