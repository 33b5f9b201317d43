//! What the tests drive the store with: a shop of its own for each test, a browser without
//! JavaScript, and a look into the shop's books. Nothing here knows the server's code.

pub(crate) mod account;
pub(crate) mod books;
pub(crate) mod browser;
pub(crate) mod clock;
pub(crate) mod customer;
pub(crate) mod disk;
pub(crate) mod feed;
pub(crate) mod html;
pub(crate) mod mailbox;
pub(crate) mod pdf;
pub(crate) mod postgres;
pub(crate) mod purchase;
pub(crate) mod real_data;
pub(crate) mod review;
pub(crate) mod rush;
pub(crate) mod sandbox;
pub(crate) mod shop;
pub(crate) mod stock;
pub(crate) mod tables;
pub(crate) mod totp;
pub(crate) mod waiting;
pub(crate) mod wish_list;

pub(crate) use browser::Browser;
pub(crate) use feed::feed;
pub(crate) use html::Page;
pub(crate) use shop::{Ran, Shop};
pub(crate) use waiting::{now_ms, until};
