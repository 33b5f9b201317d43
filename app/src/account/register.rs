use leptos::prelude::*;

use super::forgotten::{LinkForm, Sent, WORKS_ONCE};
use super::frame::DoorPage;
use crate::answer::never_cache;
use crate::page::query;

/// `/account/register`: asks for an e-mail address and sends the link that opens the account;
/// `sent=yes` when it did.
#[component]
pub fn RegisterPage() -> impl IntoView {
    never_cache();
    if query().get_str("sent") == Some("yes") {
        return view! { <Sent again="/account/register" link=WORKS_ONCE /> }.into_any();
    }
    view! {
        <DoorPage title="Open an account">
            <LinkForm wish="register" button="Send me the link" />
            <section class="door__other" aria-labelledby="why">
                <h2 id="why">"First your e-mail address"</h2>
                <p class="soft">
                    "We send a link to it, so that an account always belongs to whoever reads its mail. You choose your name and password there. Orders that you placed with this address before become part of your account."
                </p>
                <p>
                    "You have one already? " <a href="/account/sign-in">"Sign in"</a>
                </p>
            </section>
        </DoorPage>
    }
    .into_any()
}
