//! Catalog: the front page, the shelves and the pages of products. What moves is the choice of a
//! variant, of an order and of a price; everything else is drawn by the server.

#[cfg(feature = "ssr")]
pub mod availability;
#[cfg(feature = "ssr")]
pub mod best;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod category;
#[cfg(feature = "ssr")]
pub mod choice;
#[cfg(feature = "ssr")]
mod drawn;
#[cfg(feature = "ssr")]
pub mod facets;
#[cfg(feature = "ssr")]
pub mod filters;
#[cfg(feature = "ssr")]
pub mod gallery;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
mod linked_data;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod offer;
#[cfg(feature = "ssr")]
mod option;
#[cfg(feature = "ssr")]
pub mod pagination;
#[cfg(feature = "ssr")]
pub mod price;
#[cfg(feature = "ssr")]
pub mod price_filter;
#[cfg(feature = "ssr")]
pub mod product;
#[cfg(feature = "ssr")]
pub mod rating;
#[cfg(feature = "ssr")]
pub mod shelf;
pub mod slider;
pub mod sort;
pub mod values;
pub mod variant;
#[cfg(feature = "ssr")]
pub mod whole_facet;
mod zoom;
