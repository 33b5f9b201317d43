//! Cart: the page, the forms that put things into it, and the header's link with the mini cart.
//! Every change is a form. A script posts it as the browser would, shows at once what will become
//! of it, and then takes over the page that the server answers with.

#[cfg(feature = "ssr")]
pub mod add;
pub mod amounts;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod compact;
#[cfg(feature = "ssr")]
pub mod contents;
#[cfg(feature = "ssr")]
pub mod coupon;
#[cfg(feature = "ssr")]
pub mod line;
pub mod live;
#[cfg(feature = "ssr")]
pub mod mini;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod page;
pub mod panel;
pub(crate) mod posts;
#[cfg(feature = "ssr")]
pub mod saved;
mod shown;
#[cfg(feature = "ssr")]
pub mod summary;
#[cfg(feature = "ssr")]
mod view;
