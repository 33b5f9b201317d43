use domain::account::ports::AddressBook;
use domain::account::{MAX_ADDRESSES, SavedAddress};
use domain::checkout::Email;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{MakeDefault, RemoveAddress};
use super::frame::AccountPage;
use super::require;
use crate::form::PostedError;
use crate::order::address_lines;
use crate::page::page;
use crate::port::port;

/// `/account/addresses`: the address book.
#[component]
pub fn AddressesPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let addresses = port::<dyn AddressBook>()?.list(signed_in.account.id).await?;
        let email = signed_in.account.email.clone();
        let (is_empty, is_full) = (addresses.is_empty(), addresses.len() >= MAX_ADDRESSES);
        let lead = if is_empty {
            "No addresses yet. The checkout begins with the first one that you add."
        } else {
            "The checkout offers them; it begins with the one marked."
        };
        let entries = addresses.into_iter().map(|saved| view! { <Entry saved email=email.clone() /> }).collect_view();
        Ok(Some(view! {
            <AccountPage title="Addresses" lead=lead.to_owned() signed_in>
                {posted} {(!is_empty).then(|| view! { <ul class="saved-addresses">{entries}</ul> })}
                {if is_full {
                    view! { <p class="soft">{format!("Your address book holds {MAX_ADDRESSES} addresses and is full.")}</p> }
                        .into_any()
                } else {
                    view! {
                        <p>
                            <a class="button button--signal" href="/account/addresses/new">
                                "Add an address"
                            </a>
                        </p>
                    }
                        .into_any()
                }}
            </AccountPage>
        }))
    })
}

#[component]
fn Entry(saved: SavedAddress, email: Email) -> impl IntoView {
    let SavedAddress { id, recipient, is_default } = saved;
    let lines =
        address_lines(&recipient.contact(&email)).into_iter().map(|line| view! { {line} <br /> }).collect_view();
    let named = format!(": {}, {}", recipient.name, recipient.address.line1);
    let phone = recipient.phone.as_ref().map(ToString::to_string);
    let hidden = move || view! { <input type="hidden" name="id" value=id.to_string() /> };
    let words = named.clone();
    let spoken = move || view! { <span class="visually-hidden">{words.clone()}</span> };
    view! {
        <li class="saved-address">
            {is_default.then(|| view! { <p class="saved-address__mark">"The checkout begins here"</p> })}
            <address>{lines} {phone}</address>
            <div class="row">
                <a class="button" href=format!("/account/addresses/{id}")>
                    "Change" {spoken()}
                </a>
                {(!is_default)
                    .then(|| {
                        view! {
                            <form method="post" action=MakeDefault::url()>
                                {hidden()} <button class="link-button" type="submit">
                                    "Begin with this one" {spoken()}
                                </button>
                            </form>
                        }
                    })} <form method="post" action=RemoveAddress::url()>
                    {hidden()} <button class="link-button" type="submit">
                        "Remove" {spoken()}
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}
