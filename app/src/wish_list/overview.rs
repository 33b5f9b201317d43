//! `/account/lists`: the lists of who is signed in.

use domain::wish_list::ports::WishLists;
use domain::wish_list::{MAX_LISTS, WishList, WishListName};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::OpenList;
use super::list_path;
use crate::account::frame::AccountPage;
use crate::account::require;
use crate::form::{Field, PostedError};
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::port::port;

#[component]
pub fn ListsPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let is_removed = query().get_str("done") == Some("removed");
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let lists = port::<dyn WishLists>()?.all_of(signed_in.account.id).await?;
        let (is_empty, is_full) = (lists.is_empty(), lists.len() >= MAX_LISTS);
        let entries = lists.iter().map(entry).collect_view();
        let lead = if is_empty {
            "No lists yet. Put something onto one with “Add to a list” on its page, or open one here."
        } else {
            "Only you see them, unless you share one by its link."
        };
        Ok(Some(view! {
            <AccountPage title="Lists" lead=lead.to_owned() signed_in>
                {posted} {is_removed.then(|| view! { <Removed /> })}
                {(!is_empty).then(|| view! { <ul class="account__offers">{entries}</ul> })}
                {(!is_full).then(|| view! { <NewList /> })}
            </AccountPage>
        }))
    })
}

fn entry(list: &WishList) -> impl IntoView + use<> {
    let count = list.wishes().len();
    let things = if count == 1 { "1 thing".to_owned() } else { format!("{count} things") };
    let who = if list.share().is_some() { "shared by a link" } else { "private" };
    view! {
        <li>
            <a class="account__offer" href=list_path(list.id())>
                <Icon glyph=Glyph::Lines />
                <span>
                    <b dir="auto">{list.name().to_string()}</b>
                    <small>{format!("{things}, {who}")}</small>
                </span>
            </a>
        </li>
    }
}

#[component]
fn Removed() -> impl IntoView {
    view! {
        <div class="notice notice--good" role="status">
            <Icon glyph=Glyph::CheckCircle />
            <p>"The list is removed."</p>
        </div>
    }
}

/// Opens a list; the children are what goes onto it.
#[component]
pub fn NewList(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <form class="form panel" method="post" action=OpenList::url()>
            <h2>"A new list"</h2>
            {children.map(|children| children())}
            <Field id="name" label="Name of the list" max_chars=WishListName::MAX_CHARS autocomplete="off" />
            <div>
                <button class="button" type="submit">
                    "Open list"
                </button>
            </div>
        </form>
    }
    .into_any()
}
