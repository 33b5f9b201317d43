//! Browsing: the history of what a shopper looked at. A guest's is kept once they agreed, which a cookie
//! remembers; an account's until its owner switches it off. Product pages note what is looked at and ask a
//! guest who did not choose yet; the page of the history lets its owner take out anything, at once.

pub mod api;
pub mod choice;
pub mod page;

use axum::http::request::Parts;
use domain::browsing::Viewer;
use domain::browsing::ports::Browsing;
use domain::catalog::ProductId;
use leptos::prelude::use_context;

use crate::account::signed_in;
use crate::port::port;
use crate::visitor::Visitor;

/// The cookie that remembers what a guest chose.
pub const BROWSING_COOKIE: &str = "browsing";
/// A choice is asked for again after half a year.
const CHOICE_AGE_S: i64 = 180 * 24 * 60 * 60;
const KEPT: &str = "kept";
const NOT_KEPT: &str = "off";

/// What the cookie says; nothing where it says nothing that is known.
pub fn choice_of(cookie: &str) -> Option<bool> {
    match cookie {
        KEPT => Some(true),
        NOT_KEPT => Some(false),
        _ => None,
    }
}

/// Whoever asks, as somebody who may have a history: an account, or a guest with a cart's cookie.
pub fn somebody() -> Option<Viewer> {
    let account = signed_in().map(|signed_in| Viewer::Account(signed_in.account.id));
    let guest = || Visitor::current().ok()?.guest_cart.map(Viewer::Guest);
    account.or_else(guest)
}

/// Whose history may be looked at and added to: an account's, or that of a guest who agreed.
pub fn viewer() -> Option<Viewer> {
    somebody().filter(|viewer| match viewer {
        Viewer::Account(_) => true,
        Viewer::Guest(_) => Visitor::current().is_ok_and(|visitor| visitor.keeps_history == Some(true)),
    })
}

/// Notes that the page of a product is looked at, by a person whose history is kept: a browser that loads
/// it ahead of time does not look.
pub fn note(product: &ProductId) {
    let is_ahead = use_context::<Parts>().is_some_and(|request| request.headers.contains_key("sec-purpose"));
    let (Some(viewer), Ok(visitor), Ok(browsing)) = (viewer(), Visitor::current(), port::<dyn Browsing>()) else {
        return;
    };
    if !is_ahead {
        browsing.note(viewer, product, visitor.now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        assert_eq!((choice_of(KEPT), choice_of(NOT_KEPT), choice_of("")), (Some(true), Some(false), None));
    }
}
