use leptos::prelude::*;

use super::open::open;
use crate::answer::send_to;
use crate::page::page;

/// `/checkout`: leads to the first step that is not done.
#[component]
pub fn CheckoutStart() -> impl IntoView {
    page(async {
        if let Some(view) = open().await? {
            send_to(view.next_step().path());
        }
        Ok(())
    })
}
