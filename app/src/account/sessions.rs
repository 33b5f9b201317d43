use domain::account::ports::Accounts;
use domain::account::{Session, SessionId};
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EndOtherSessions, EndSession};
use super::frame::AccountPage;
use super::require;
use crate::form::PostedError;
use crate::page::page;
use crate::port::port;

/// `/account/sessions`: every device that is signed in.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let sessions = port::<dyn Accounts>()?.sessions(signed_in.account.id).await?;
        let has_others = sessions.len() > 1;
        let here = signed_in.session;
        let entries = sessions.into_iter().map(|session| view! { <Entry session here /> }).collect_view();
        let lead = "If you don't recognise one of them, sign out there and choose another password.";
        Ok(Some(view! {
            <AccountPage title="Where you are signed in" lead=lead.to_owned() signed_in>
                {posted} <ul class="sessions">{entries}</ul>
                {has_others
                    .then(|| {
                        view! {
                            <form method="post" action=EndOtherSessions::url()>
                                <button class="button" type="submit">
                                    "Sign out everywhere else"
                                </button>
                            </form>
                        }
                    })}
            </AccountPage>
        }))
    })
}

#[component]
fn Entry(session: Session, here: SessionId) -> impl IntoView {
    let is_here = session.id == here;
    let opened = spoken_day(store_day(session.opened_at));
    let facts = if is_here {
        format!("This device. Signed in on {opened}.")
    } else {
        format!("Last used on {}, signed in on {opened}.", spoken_day(store_day(session.seen_at)))
    };
    let device = session.device.to_string();
    view! {
        <li class="session">
            <div>
                <h2>{device.clone()}</h2>
                <p class="small soft">{facts}</p>
            </div>
            <form method="post" action=EndSession::url()>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="button" type="submit">
                    "Sign out"
                    <span class="visually-hidden">" of " {device}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}
