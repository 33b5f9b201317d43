use domain::checkout::Email;
use domain::text::encoded;
use leptos::prelude::*;

use crate::store::Store;

/// An address that opens the shopper's own mail program. The subject is of RFC 6068, section 2.
fn mailto(email: &Email, subject: &str) -> String {
    let (person, host) = email.as_str().rsplit_once('@').unwrap_or((email.as_str(), ""));
    let subject = if subject.is_empty() { String::new() } else { format!("?subject={}", encoded(subject)) };
    format!("mailto:{}@{}{subject}", encoded(person), encoded(host))
}

/// A link to write to the store; nothing where the store has published no address.
#[component]
pub fn WriteToUs(
    /// What it is about: the number of an order.
    subject: String,
) -> impl IntoView {
    Store::current().contact_email.map(|email| {
        view! {
            <p class="small no-print">"Questions? Write to " <a href=mailto(&email, &subject)>{email.to_string()}</a> "."</p>
        }
    })
}

/// How the store is reached, or that it has not said so yet.
#[component]
pub(super) fn ContactAddress() -> impl IntoView {
    match Store::current().contact_email {
        Some(email) => view! {
            <p>
                "Our address is " <a href=mailto(&email, "")>{email.to_string()}</a>
                ". From the page of an order the mail brings the order's number along."
            </p>
        }
        .into_any(),
        None => view! {
            <p>
                "This store has not published an e-mail address yet. What you can do by yourself is above: "
                <a href="/orders">"find your order"</a> " with its number and your e-mail address."
            </p>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_can_not_add_to_the_address() {
        let to = |email: &str, subject: &str| mailto(&email.parse().unwrap(), subject);
        assert_eq!(to("help@shop.example", ""), "mailto:help@shop.example");
        assert_eq!(
            to("help@shop.example", "Order CG-1&bcc=x"),
            "mailto:help@shop.example?subject=Order%20CG-1%26bcc%3Dx"
        );
        assert_eq!(to("a?b&c@shop.example", "x"), "mailto:a%3Fb%26c@shop.example?subject=x");
    }
}
