use leptos::prelude::*;

use super::frame::SECTIONS;
use crate::account::header::AccountLink;
use crate::account::require_operator;
use crate::icon::{Glyph, Icon};
use crate::layout::Wordmark;

/// Whether the page of a path is one of those who run the store, and shown to one of them.
pub fn is_for_operators(path: &str) -> bool {
    is_within(path, SECTIONS[0].path) && require_operator().is_ok()
}

fn is_within(path: &str, section: &str) -> bool {
    path.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Above the pages of those who run the store stand its parts, and the way back to the store.
#[component]
pub fn OperatorHeader(name: String, path: String) -> impl IntoView {
    // The way in has no pages below it but the other parts.
    let here = SECTIONS.iter().rfind(|section| is_within(&path, section.path)).map(|section| section.path);
    let links = SECTIONS
        .iter()
        .map(|section| {
            let current = (here == Some(section.path)).then_some("page");
            view! {
                <li>
                    <a class="tab" href=section.path aria-current=current>
                        {section.name}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <header class="operator-header">
            <div class="operator-header__bar page">
                <Wordmark name=name />
                <span class="badge">"Operators"</span>
                <nav class="site-header__links" aria-label="Store and account">
                    <a class="header-link" href="/">
                        <Icon glyph=Glyph::Cart />
                        <span class="header-link__text">"To the store"</span>
                    </a>
                    <AccountLink />
                </nav>
            </div>
            <nav class="operator-nav" aria-label="Running the store">
                <ul class="page">{links}</ul>
            </nav>
        </header>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_the_pages_below_it() {
        assert!(is_within("/operator", "/operator"));
        assert!(is_within("/operator/stock/LAMP", "/operator/stock"));
        assert!(!is_within("/operators", "/operator"));
        assert!(!is_within("/operator", "/operator/stock"));
    }
}
