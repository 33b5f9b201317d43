//! `/alerts/stop?key=…`: where the link of a letter leads that removes alerts without a sign-in. Only its form
//! removes them, for programs that check mail open every link.

use domain::alert::StopKey;
use domain::alert::ports::Alerts;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::StopAlerts;
use crate::account::frame::DoorPage;
use crate::answer::never_cache;
use crate::error::NotFoundPage;
use crate::form::{DoneNotice, PostedError};
use crate::page::{page, query};
use crate::port::port;

/// `done=yes` when they are removed.
#[component]
pub fn StopAlertsPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let query = query();
    let is_done = query.get_str("done") == Some("yes");
    let key = query.get_str("key").and_then(|raw| raw.parse::<StopKey>().ok());
    page(async move {
        never_cache();
        if is_done {
            return Ok(view! {
                <DoorPage title="We write no more">
                    <DoneNotice words="All your alerts are removed." />
                </DoorPage>
            }
            .into_any());
        }
        let count = match &key {
            Some(key) => port::<dyn Alerts>()?.count_behind(key).await?,
            None => None,
        };
        let (Some(key), Some(count)) = (key, count) else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let words = match count {
            0 => "You asked us to write about nothing any more.".to_owned(),
            1 => "You asked us to write about one more thing.".to_owned(),
            count => format!("You asked us to write about {count} more things."),
        };
        let form = (count > 0).then(|| {
            view! {
                <form method="post" action=StopAlerts::url()>
                    <input type="hidden" name="key" value=key.reveal() />
                    <button class="button button--signal button--large" type="submit">
                        "Write to me no more"
                    </button>
                </form>
            }
        });
        Ok(view! {
            <DoorPage title="Your alerts">
                {posted} <p>{words}</p> {form}
            </DoorPage>
        }
        .into_any())
    })
}
