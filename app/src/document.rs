use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::Routes;
use crate::store::Store;

/// The whole HTML document of every page.
pub fn document(store: Store, options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content=PAPER />
                <link rel="stylesheet" href=format!("/pkg/{}.css", store.assets) />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <HydrationScripts options=options islands=true />
                <MetaTags />
            </head>
            <body>
                <Routes />
            </body>
        </html>
    }
}

/// The paper of style/tokens.css, as browsers read it before there is a style.
const PAPER: &str = "#fcfaf6";
