//! An e-mail address as a page shows it: where it is longer than its line it goes on after its `@` and before its dots,
//! and not within a word.

use domain::checkout::Email;
use leptos::prelude::*;

use crate::seo::escaped;

#[component]
pub fn EmailAddress(email: Email) -> impl IntoView {
    view! { <span class="email" inner_html=with_breaks(email.as_str())></span> }.into_any()
}

fn with_breaks(email: &str) -> String {
    escaped(email).replace('@', "@<wbr>").replace('.', "<wbr>.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_breaks_between_its_words_and_is_never_markup() {
        assert_eq!(with_breaks("ada.byron@shop.example"), "ada<wbr>.byron@<wbr>shop<wbr>.example");
        assert_eq!(with_breaks("<b>&@x"), "&lt;b&gt;&amp;@<wbr>x");
    }
}
