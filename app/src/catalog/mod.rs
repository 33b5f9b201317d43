//! Catalog: the front page, the shelves and the pages of products. What moves is the choice of a
//! variant; everything else is drawn by the server.

pub mod availability;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod category;
#[cfg(feature = "ssr")]
pub mod filters;
pub mod gallery;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
mod linked_data;
#[cfg(feature = "ssr")]
pub mod list;
pub mod offer;
#[cfg(feature = "ssr")]
pub mod pagination;
pub mod paint;
pub mod price;
#[cfg(feature = "ssr")]
pub mod product;
#[cfg(feature = "ssr")]
pub mod rating;
#[cfg(feature = "ssr")]
pub mod shelf;
pub mod variant;
