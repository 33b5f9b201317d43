use domain::checkout::Email;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::LookUpOrder;
use crate::answer::never_cache;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, posted_error};
use crate::icon::{Glyph, Icon};
use crate::page::query;
use crate::seo::PageHead;
use crate::trail::Trail;
use crate::typed;

/// `/orders`: the form of a guest; with `number` as it was typed when no order was found.
#[component]
pub fn OrderLookUpPage() -> impl IntoView {
    let posted = posted_error();
    let typed = query().get("number").unwrap_or_default();
    let email = if posted.is_some() { typed::kept().take("email") } else { String::new() };
    if posted.is_some() {
        never_cache();
    }
    let is_wrong = posted.is_some();
    view! {
        <PageHead
            title="Find my order"
            description="Follow an order with its number and your e-mail address. No account needed.".to_owned()
        />
        <div class="page">
            <Trail here="Find my order" />
            <div class="page-head">
                <h1>"Find my order"</h1>
                <p>"No account needed. The number is on your confirmation and begins with CG."</p>
            </div>
            <form class="form panel form--narrow" method="post" action=LookUpOrder::url()>
                {posted.map(|error| view! { <LookUpNotice error /> })}
                <Field
                    id="number"
                    label="Order number"
                    hint="Such as CG-7K4M2-P9QXA".to_owned()
                    value=typed
                    autocomplete="off"
                    max_chars=30
                    autofocus=is_wrong
                />
                <Field
                    id="email"
                    label="E-mail address"
                    value=email
                    kind="email"
                    autocomplete="email"
                    inputmode="email"
                    max_chars=Email::MAX_CHARS
                />
                <button class="button button--signal button--large" type="submit">
                    "Find order"
                </button>
            </form>
        </div>
    }
    .into_any()
}

#[component]
fn LookUpNotice(error: WireError) -> impl IntoView {
    if error != WireError::NoSuchOrder {
        return view! { <ErrorNotice error /> }.into_any();
    }
    view! {
        <div class="notice notice--bad" role="alert">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2>"We have no such order"</h2>
                <p>"Please check the number, and use the e-mail address that you ordered with."</p>
            </div>
        </div>
    }
    .into_any()
}
