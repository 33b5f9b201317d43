//! The recovery codes, shown once: to be copied, kept as a file or printed.

use domain::account::{RECOVERY_CODES, RecoveryCode};
use domain::text::encoded;
use leptos::prelude::*;

use super::copy::{CopyButton, LIST_ID};
use crate::order::print::PrintButton;
use crate::store::Store;

#[component]
pub fn RecoveryCodes(codes: Vec<RecoveryCode>) -> impl IntoView {
    let store = Store::current();
    let revealed: Vec<String> = codes.iter().map(RecoveryCode::reveal).collect();
    // Nothing is kept that a file could be made of later: it is a part of the page.
    let text = format!("Recovery codes at {}\n\n{}\n", store.name, revealed.join("\n"));
    let file = format!("data:text/plain;charset=utf-8,{}", encoded(&text));
    let item = |code: String| view! { <li><code>{code}</code></li> };
    view! {
        <section class="panel" aria-labelledby="recovery">
            <h2 class="no-print" id="recovery">
                "Keep these where you find them without your phone"
            </h2>
            <p class="no-print">
                {format!(
                    "Each of these {RECOVERY_CODES} codes signs you in once in place of a code of your app. They are shown this once: we keep nothing that we could show you again. Those that you had before work no longer.",
                )}
            </p>
            <p class="print-only">
                <b>{store.name.to_string()}</b>
                " "
                {store.base_url.to_string()}
            </p>
            <ul class="totp__recovery" id=LIST_ID>
                {revealed.into_iter().map(item).collect_view()}
            </ul>
            <div class="row no-print">
                <CopyButton />
                <PrintButton />
                <a class="button" href=file download="recovery-codes.txt">
                    "Save as a file"
                </a>
            </div>
            <p class="no-print">
                <a class="button button--signal" href="/account/security">
                    "I have kept them"
                </a>
            </p>
        </section>
    }
    .into_any()
}
