//! Inventory: an open page keeps up with the stock of what it shows. The page itself is drawn by
//! `catalog` and `cart`; this room only notices that it is out of date and takes the fresh one over.

#[cfg(feature = "ssr")]
pub mod bundle;
pub mod live;
mod refresh;

#[cfg(feature = "ssr")]
pub mod watched;
