//! Takes a fresh page over: what belongs to the stock, and nothing that somebody is at.

use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use leptos::web_sys::Document;

use crate::cart::posts;
use crate::catalog::variant;
use crate::dom::fetch_page;

pub(super) fn start() {
    spawn_local(async {
        // Where the store can't be reached the page stays as it is; the next change is told again.
        let Some(page) = window().location().href().ok() else { return };
        if let Some(fresh) = fetch_page(&page, None).await {
            take_over(&fresh.page);
        }
    });
}

fn take_over(fresh: &Document) {
    if document().get_element_by_id("cart-contents").is_some() {
        posts::take_refreshed(fresh);
    } else {
        variant::take_refreshed(&document(), fresh);
    }
}
