use leptos::prelude::*;

use super::signed_in;
use crate::icon::{Glyph, Icon};

/// The way to the account in the header: to the sign-in, or the name of who is signed in.
#[component]
pub fn AccountLink() -> impl IntoView {
    let (path, words) = match signed_in() {
        Some(signed_in) => ("/account", signed_in.account.first_name().to_owned()),
        None => ("/account/sign-in", "Sign in".to_owned()),
    };
    let label = (path == "/account").then(|| view! { <span class="visually-hidden">"Your account: "</span> });
    view! {
        <a class="header-link" href=path>
            <Icon glyph=Glyph::Account />
            <span class="header-link__text header-link__name">{label} {words}</span>
        </a>
    }
    .into_any()
}
