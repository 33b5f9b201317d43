//! `/alerts/confirm?token=…`: where the link of a letter leads. Only its form uses the link up, for programs that
//! check mail open every link.

use domain::account::Token;
use domain::alert::ports::Alerts;
use domain::alert::{Alert, AlertKind, Awaited};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ConfirmAlert;
use super::sold;
use crate::account::frame::DoorPage;
use crate::answer::never_cache;
use crate::catalog::card::variant_path;
use crate::form::{DoneNotice, ErrorNotice, posted_error};
use crate::page::{page, query};
use crate::port::port;

/// `done` says what was confirmed.
#[component]
pub fn ConfirmAlertPage() -> impl IntoView {
    let (posted, query) = (posted_error(), query());
    let done = query.get_str("done").and_then(AlertKind::from_parameter);
    let token = query.get_str("token").and_then(|raw| raw.parse::<Token>().ok());
    page(async move {
        never_cache();
        if let Some(kind) = done {
            return Ok(view! { <Confirmed kind /> }.into_any());
        }
        let found = match &token {
            Some(token) => port::<dyn Alerts>()?.look_at_link(token).await?,
            None => None,
        };
        let (Some(token), Some(Alert { sku, awaited, .. })) = (token, found) else {
            return Ok(view! { <Spent /> }.into_any());
        };
        let what = match sold(&sku).await? {
            Some((product, variant)) => {
                let (name, path) = (product.name_of(&variant), variant_path(&product.slug, &sku));
                view! { <a href=path>{name}</a> }.into_any()
            }
            None => format!("Item {sku}").into_any(),
        };
        let when = match awaited {
            Awaited::Stock => "When it is back in stock, we write to you once.".to_owned(),
            Awaited::Price { below } => format!("When it costs less than {below}, we write to you once."),
        };
        let above = posted.map(|error| view! { <ErrorNotice error /> });
        Ok(view! {
            <DoorPage title="May we write to you?">
                <form class="form panel" method="post" action=ConfirmAlert::url()>
                    {above} <input type="hidden" name="token" value=token.reveal() />
                    <p>{what} ". " {when}</p>
                    <button class="button button--signal button--large" type="submit">
                        "Yes, tell me"
                    </button>
                </form>
            </DoorPage>
        }
        .into_any())
    })
}

#[component]
fn Confirmed(kind: AlertKind) -> impl IntoView {
    let words = match kind {
        AlertKind::Stock => "We write to you once, as soon as it is back in stock.",
        AlertKind::Price => "We write to you once, as soon as it costs less.",
    };
    view! {
        <DoorPage title="We will tell you">
            <DoneNotice words />
        </DoorPage>
    }
    .into_any()
}

/// Used, too old or never made: nobody learns which.
#[component]
fn Spent() -> impl IntoView {
    view! {
        <DoorPage title="This link does not work any more">
            <p class="soft">
                "A link works once, and not for long. Maybe you have used it already: then there is nothing more to do. \
                Otherwise ask again on the page of the product."
            </p>
        </DoorPage>
    }
    .into_any()
}
