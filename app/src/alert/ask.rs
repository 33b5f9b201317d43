//! `/alerts/new`: asks for a letter about a SKU.

use std::sync::Arc;

use domain::account::SignedIn;
use domain::alert::{ALERT_LIFE_DAYS, AlertError, AlertKind};
use domain::catalog::{Product, Sku, Variant};
use domain::checkout::Email;
use domain::inventory::Availability;
use domain::inventory::ports::Inventory;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AskAlert;
use super::{alert_path, alert_words, sold};
use crate::account::forgotten::Sent;
use crate::account::frame::DoorPage;
use crate::account::{sign_in_path, signed_in};
use crate::answer::never_cache;
use crate::cart::compact::LinePicture;
use crate::catalog::card::variant_path;
use crate::email::EmailAddress;
use crate::error::{NotFoundPage, WireError};
use crate::form::{ErrorNotice, Field, posted_error, sentence};
use crate::page::{page, query_pairs};
use crate::port::port;
use crate::typed;

const HINT: &str = "We send a letter there first, to be sure that it is yours. We write about nothing else.";

const LETS_US_TELL: &str = "Its link lets us tell you; without it we write no more.";

/// `sku` and `about` say what; `sent=yes` after the letter to a guest was sent.
#[component]
pub fn AskAlertPage() -> impl IntoView {
    let (posted, asked) = (posted_error(), query_pairs());
    page(async move {
        never_cache();
        let find = |wanted: &str| asked.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let wish =
            find("sku").and_then(|raw| raw.parse::<Sku>().ok()).zip(find("about").and_then(AlertKind::from_parameter));
        let Some((sku, kind)) = wish else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        if find("sent") == Some("yes") {
            return Ok(view! { <Sent again=alert_path(&sku, kind) link=LETS_US_TELL /> }.into_any());
        }
        let Some((product, variant)) = sold(&sku).await? else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let on_sale = port::<dyn Inventory>()?.on_sale(std::slice::from_ref(&sku)).await?;
        let availability = on_sale.get(&sku).copied().unwrap_or_default().availability();
        if kind == AlertKind::Stock && availability != Availability::SoldOut {
            return Ok(view! { <BackAlready product variant /> }.into_any());
        }
        Ok(view! { <AskForm product variant kind posted /> }.into_any())
    })
}

#[component]
fn AskForm(product: Arc<Product>, variant: Variant, kind: AlertKind, posted: Option<WireError>) -> impl IntoView {
    let path = variant_path(&product.slug, &variant.sku);
    let what = match kind {
        AlertKind::Stock => "It is sold out.".into_any(),
        AlertKind::Price => view! { "It costs " <b>{variant.price.to_string()}</b> " now." }.into_any(),
    };
    let is_of_email = posted == Some(AlertError::NotAnEmail.into());
    let error = posted.as_ref().filter(|_| is_of_email).map(|error| sentence(&error.to_string()));
    let above = posted.filter(|_| !is_of_email);
    let to = match signed_in() {
        Some(SignedIn { account, .. }) => view! {
            <p>"We write to " <b><EmailAddress email=account.email /></b> "."</p>
        }
        .into_any(),
        None => view! {
            <Field
                id="email"
                label="E-mail address"
                value=typed::kept().take("email")
                hint=HINT.to_owned()
                kind="email"
                autocomplete="email"
                inputmode="email"
                max_chars=Email::MAX_CHARS
                error
            />
        }
        .into_any(),
    };
    let door = signed_in().is_none().then(|| {
        let there = sign_in_path(&alert_path(&variant.sku, kind));
        view! {
            <p class="small">
                <a href=there>"Sign in"</a>
                " to keep all your alerts in one place."
            </p>
        }
    });
    view! {
        <DoorPage title=alert_words(kind)>
            <form class="form panel" method="post" action=AskAlert::url()>
                {above.map(|error| view! { <ErrorNotice error /> })}
                <Wanted product variant=variant.clone()>{what}</Wanted>
                <input type="hidden" name="sku" value=variant.sku.to_string() />
                <input type="hidden" name="about" value=kind.parameter() />
                {to}
                <p class="small soft">
                    {format!("You get one letter, and then no more. What does not come within {ALERT_LIFE_DAYS} days ends by itself.")}
                </p>
                <button class="button button--signal button--large" type="submit">
                    "Tell me"
                </button>
            </form>
            {door}
            <p class="small">
                <a href=path>"Back to the product"</a>
            </p>
        </DoorPage>
    }
    .into_any()
}

/// What is waited for, with its picture, as a link to its page; the children say how it stands.
#[component]
fn Wanted(product: Arc<Product>, variant: Variant, children: Children) -> impl IntoView {
    let (name, path) = (product.name_of(&variant), variant_path(&product.slug, &variant.sku));
    let picture = product.pictures_of(&variant).first().copied().cloned();
    view! {
        <div class="alert-product">
            <LinePicture picture />
            <p>
                <a href=path>{name}</a>
                <span class="small">{children()}</span>
            </p>
        </div>
    }
    .into_any()
}

/// Nobody waits for what is there.
#[component]
fn BackAlready(product: Arc<Product>, variant: Variant) -> impl IntoView {
    view! {
        <DoorPage title="It can be bought already">
            <Wanted product variant>
                "It is not sold out; there is nothing to wait for."
            </Wanted>
        </DoorPage>
    }
    .into_any()
}
