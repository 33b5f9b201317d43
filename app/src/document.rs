use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::Routes;
use crate::moment::ON_LOCAL_CLOCK;
use crate::store::Store;

/// The whole HTML document of every page.
pub fn document(store: Store, options: LeptosOptions) -> AnyView {
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {theme_color("light", PAPER_BY_DAY)}
                {theme_color("dark", PAPER_BY_NIGHT)}
                <link rel="stylesheet" href=format!("/pkg/{}.css", store.assets) />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <script nonce=use_nonce()>{WAKE_IN_TIME}</script>
                <HydrationScripts options=options islands=true />
                <MetaTags />
            </head>
            <body>
                <Routes />
                <script nonce=use_nonce()>{ON_LOCAL_CLOCK}</script>
            </body>
        </html>
    }
    .into_any()
}

/// Leptos wakes the islands when the browser is idle, and waits for that without an end: on a page
/// that is never idle nothing would ever answer. This gives every such wait an end, after 500 ms.
const WAKE_IN_TIME: &str =
    "(idle=>{if(idle)requestIdleCallback=wake=>idle(wake,{timeout:500})})(self.requestIdleCallback)";

/// The colour of what the browser draws around the page. The view macro does not know the
/// attribute `media` of a meta element.
fn theme_color(scheme: &'static str, paper: &'static str) -> impl IntoView {
    view! { <meta name="theme-color" content=paper /> }.attr("media", format!("(prefers-color-scheme: {scheme})"))
}

// The paper of style/tokens.css, as browsers read it before there is a style.
const PAPER_BY_DAY: &str = "#fcfaf6";
const PAPER_BY_NIGHT: &str = "#0e1622";
