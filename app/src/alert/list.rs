//! `/account/alerts`: what who is signed in waits for.

use std::collections::HashMap;
use std::sync::Arc;

use domain::alert::ports::Alerts;
use domain::alert::{Alert, Awaited};
use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::RemoveAlert;
use crate::account::frame::AccountPage;
use crate::account::require;
use crate::catalog::card::variant_path;
use crate::form::{DoneNotice, PostedError};
use crate::page::{page, query};
use crate::port::port;

#[component]
pub fn AlertsPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let done = query().get_str("done").unwrap_or_default().to_owned();
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let alerts = port::<dyn Alerts>()?.all_of(signed_in.account.id).await?;
        let skus: Vec<Sku> = alerts.iter().map(|alert| alert.sku.clone()).collect();
        let products = port::<dyn Catalog>()?.products_of(&skus).await?;
        let is_empty = alerts.is_empty();
        let entries = alerts.into_iter().map(|alert| entry(alert, &products)).collect_view();
        let lead = if is_empty {
            "You wait for nothing. The page of what is sold out has “Tell me when it is back”, and every other one “Tell \
             me when the price falls”."
        } else {
            "We write to you once about each, and then it is off this list."
        };
        let done = match done.as_str() {
            "asked" => Some("We will tell you."),
            "removed" => Some("The alert is removed."),
            _ => None,
        };
        Ok(Some(view! {
            <AccountPage title="Alerts" lead=lead.to_owned() signed_in>
                {posted} {done.map(|words| view! { <DoneNotice words /> })}
                {(!is_empty).then(|| view! { <ul class="alerts">{entries}</ul> })}
            </AccountPage>
        }))
    })
}

fn entry(alert: Alert, products: &HashMap<Sku, Arc<Product>>) -> impl IntoView + use<> {
    let Alert { id, sku, awaited, .. } = alert;
    let sold = products.get(&sku).and_then(|product| Some((product, product.variant(&sku)?)));
    let (name, what, now) = if let Some((product, variant)) = sold {
        let name = product.name_of(variant);
        let link = view! { <a href=variant_path(&product.slug, &sku)>{name.clone()}</a> }.into_any();
        (name, link, format!("It costs {} now.", variant.price))
    } else {
        let name = format!("Item {sku}");
        (name.clone(), name.into_any(), "No longer sold.".to_owned())
    };
    let when = match awaited {
        Awaited::Stock => "When it is back in stock.".to_owned(),
        Awaited::Price { below } => format!("When it costs less than {below}. {now}"),
    };
    view! {
        <li class="alert panel">
            <div>
                <h2 class="alert__name">{what}</h2>
                <p class="small soft">{when}</p>
            </div>
            <form method="post" action=RemoveAlert::url()>
                <input type="hidden" name="id" value=id.to_string() />
                <button class="link-button" type="submit">
                    "Remove" <span class="visually-hidden">" the alert for " {name}</span>
                </button>
            </form>
        </li>
    }
}
