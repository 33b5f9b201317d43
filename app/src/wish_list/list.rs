//! `/account/lists/{id}`: one list of who is signed in.

use domain::alert::AlertKind;
use domain::wish_list::ports::WishLists;
use domain::wish_list::{Wish, WishList, WishListId, WishListName, WishNote};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{MoveWish, NoteWish, RemoveList, RemoveWish, RenameList, ShareList, StopSharing};
use super::item::{Item, Today, WishLine, name_of};
use super::shared_path;
use crate::account::frame::AccountPage;
use crate::account::require;
use crate::alert::{alert_path, alert_words};
use crate::error::NotFoundPage;
use crate::form::{Field, PostedError};
use crate::icon::{Glyph, Icon};
use crate::page::{page, path_parameter, query};
use crate::port::port;
use crate::store::Store;

#[component]
pub fn ListPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let (asked, done) = (path_parameter("id"), query().get_str("done").unwrap_or_default().to_owned());
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let lists = port::<dyn WishLists>()?;
        let found = match asked.parse::<WishListId>() {
            Ok(id) => lists.read(signed_in.account.id, id).await?,
            Err(_) => None,
        };
        let Some(list) = found else { return Ok(Some(view! { <NotFoundPage /> }.into_any())) };
        let today = Today::of(list.wishes()).await?;
        let id = list.id();
        let lines = list
            .wishes()
            .iter()
            .map(|wish| {
                let item = today.item(wish);
                view! { <OwnWish id wish=wish.clone() item /> }
            })
            .collect_view();
        let is_empty = list.wishes().is_empty();
        let title = list.name().to_string();
        Ok(Some(
            view! {
                <AccountPage title signed_in>
                    {posted} <Done done />
                    {if is_empty {
                        view! { <p class="soft">"Nothing on it yet. “Add to a list” stands on the page of every product."</p> }
                            .into_any()
                    } else {
                        view! {
                            <h2 class="visually-hidden">"What is on it"</h2>
                            <ul class="lines">{lines}</ul>
                        }.into_any()
                    }} <Sharing list=list.clone() /> <Settings list />
                </AccountPage>
            }
            .into_any(),
        ))
    })
}

#[component]
fn Done(done: String) -> impl IntoView {
    let words = match done.as_str() {
        "added" => "It is on your list.",
        "moved" => "It is in your cart.",
        "taken-off" => "It is off the list.",
        "noted" => "Your note is kept.",
        "renamed" => "The list has its new name.",
        "shared" => "Whoever has the link can see the list now.",
        "private" => "The link opens nothing any more. Only you see the list.",
        _ => return ().into_any(),
    };
    let cart = (done == "moved").then(|| view! { <a href="/cart">"Go to the cart"</a> });
    view! {
        <div class="notice notice--good" role="status">
            <Icon glyph=Glyph::CheckCircle />
            <p>{words} " " {cart}</p>
        </div>
    }
    .into_any()
}

#[component]
fn OwnWish(id: WishListId, wish: Wish, item: Option<Item>) -> impl IntoView {
    let (name, sku, list) = (name_of(&wish, item.as_ref()), wish.sku.to_string(), id.to_string());
    let (posted, listed) = (sku.clone(), list.clone());
    let hidden = move || {
        view! {
            <input type="hidden" name="list" value=listed.clone() />
            <input type="hidden" name="sku" value=posted.clone() />
        }
    };
    let buy = item.as_ref().filter(|item| !item.is_sold_out()).map(|item| {
        if wish.is_chosen {
            view! {
                <form method="post" action=MoveWish::url()>
                    {hidden()}
                    <button class="button button--small" type="submit">
                        "Move to cart" <span class="visually-hidden">": " {name.clone()}</span>
                    </button>
                </form>
            }
            .into_any()
        } else {
            view! { <a class="button button--small" href=item.path(&wish)>"Choose a size"</a> }.into_any()
        }
    });
    // Of a look nobody waits for its stock: what fits is to be chosen first.
    let kind = item.as_ref().and_then(|item| match (item.is_sold_out(), wish.is_chosen) {
        (false, _) => Some(AlertKind::Price),
        (true, true) => Some(AlertKind::Stock),
        (true, false) => None,
    });
    let tell = kind.map(|kind| {
        view! {
            <a class="link-button" href=alert_path(&wish.sku, kind)>
                {alert_words(kind)}
                <span class="visually-hidden">": " {name.clone()}</span>
            </a>
        }
    });
    let field = format!("note-{sku}");
    let note = wish.note.as_ref().map(ToString::to_string).unwrap_or_default();
    view! {
        <WishLine wish item is_own=true>
            {buy}
            <form class="wish__note-form" method="post" action=NoteWish::url()>
                {hidden()}
                <label class="visually-hidden" for=field.clone()>
                    "Note about " {name.clone()}
                </label>
                <input
                    class="field__input"
                    id=field
                    name="note"
                    value=note
                    placeholder="A note"
                    maxlength=WishNote::MAX_CHARS
                    autocomplete="off"
                />
                <button class="button button--small" type="submit">
                    "Keep note" <span class="visually-hidden">" about " {name.clone()}</span>
                </button>
            </form>
            <form method="post" action=RemoveWish::url()>
                {hidden()}
                <button class="link-button" type="submit">
                    "Remove" <span class="visually-hidden">" " {name.clone()}</span>
                </button>
            </form>
            {tell}
        </WishLine>
    }
    .into_any()
}

/// The link that others see the list by, and the way to take it back.
#[component]
fn Sharing(list: WishList) -> impl IntoView {
    let id = list.id().to_string();
    let body = match list.share() {
        Some(share) => {
            let path = shared_path(share.key);
            view! {
                <p>"Whoever has this link sees the list with your notes, and “" {share.by.to_string()} "” as its owner."</p>
                <p class="wish-link">
                    <a href=path.clone()>{Store::current().url(&path)}</a>
                </p>
                <form method="post" action=StopSharing::url()>
                    <input type="hidden" name="list" value=id />
                    <button class="button" type="submit">
                        "Take the link back"
                    </button>
                </form>
            }
            .into_any()
        }
        None => view! {
            <p>"Only you see this list. A link that nobody can guess shows it to those whom you give it."</p>
            <form method="post" action=ShareList::url()>
                <input type="hidden" name="list" value=id />
                <button class="button" type="submit">
                    "Share by a link"
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="sharing-title">
            <h2 id="sharing-title">"Share it"</h2>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Settings(list: WishList) -> impl IntoView {
    let id = list.id().to_string();
    view! {
        <details class="panel">
            <summary>"Rename or remove the list"</summary>
            <form class="form" method="post" action=RenameList::url()>
                <input type="hidden" name="list" value=id.clone() />
                <Field
                    id="name"
                    label="Name of the list"
                    value=list.name().to_string()
                    max_chars=WishListName::MAX_CHARS
                    autocomplete="off"
                />
                <div>
                    <button class="button" type="submit">
                        "Rename"
                    </button>
                </div>
            </form>
            <form method="post" action=RemoveList::url()>
                <input type="hidden" name="list" value=id />
                <button class="link-button" type="submit">
                    "Remove the list for good"
                </button>
            </form>
        </details>
    }
    .into_any()
}
