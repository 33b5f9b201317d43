//! The pages that answer a search which asks for help and not for goods.

use domain::search::SearchText;
use domain::search::help::{HelpPage, help_for};
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// Links to the pages that answer, where the search asks for help.
#[component]
pub fn HelpLinks<'a>(text: &'a SearchText) -> impl IntoView {
    let pages = help_for(text);
    if pages.is_empty() {
        return ().into_any();
    }
    let links = pages
        .into_iter()
        .map(|page| {
            let (href, words) = link_of(page);
            view! {
                <li>
                    <a href=href>{words}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="notice search-help" aria-labelledby="search-help">
            <Icon glyph=Glyph::Compass />
            <div>
                <p id="search-help">"Looking for help?"</p>
                <ul>{links}</ul>
            </div>
        </nav>
    }
    .into_any()
}

/// Where a page is, and what leads to it.
const fn link_of(page: HelpPage) -> (&'static str, &'static str) {
    match page {
        HelpPage::Delivery => ("/help/delivery", "Delivery times and costs"),
        HelpPage::Returns => ("/help/returns", "Returns and cancellation"),
        HelpPage::Payment => ("/help/payment", "Payment and gift cards"),
        HelpPage::Orders => ("/help/orders", "How orders work"),
        HelpPage::FindOrder => ("/orders", "Find my order"),
        HelpPage::StoreCredit => ("/account/credit", "My store credit"),
        HelpPage::SignIn => ("/account/sign-in", "Sign in"),
        HelpPage::Forgotten => ("/account/forgotten", "Forgotten password"),
        HelpPage::Privacy => ("/help/privacy", "Privacy"),
        HelpPage::Accessibility => ("/help/accessibility", "Accessibility"),
        HelpPage::Contact => ("/help/contact", "Contact"),
        HelpPage::Index => ("/help", "All help"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_help_leads_to_a_topic_that_is_there() {
        let topics: Vec<String> = crate::help::paths().collect();
        for (href, words) in HelpPage::ALL.map(link_of) {
            assert!(!href.starts_with("/help") || topics.iter().any(|topic| topic == href), "{words}: {href}");
        }
    }
}
