//! What the forms of lists post to. Each does one thing and leads to the page that shows it.

use domain::account::Account;
use domain::cart::CartError;
use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::review::PublicName;
use domain::text::{encoded, without_hidden};
use domain::wish_list::ports::WishLists;
use domain::wish_list::{Wish, WishChange, WishList, WishListError, WishListId, WishListName, WishNote};
use leptos::prelude::*;

use super::{ADD, LISTS, list_path};
use crate::account::{self, current, signed_in};
use crate::cart::api::add as add_to_cart;
use crate::error::WireError;
use crate::port::port;
use crate::visitor::Visitor;

/// The list that is opened for somebody who has none.
const FIRST_LIST: &str = "My list";

/// Puts a variant, or a look whose fit is still open, onto a list: a customer's first one unless it says
/// which. A guest is asked to sign in.
#[server(prefix = "/api", endpoint = "lists/wishes")]
pub async fn add_wish(
    #[server(default)] sku: String,
    #[server(default)] look: String,
    #[server(default)] list: String,
) -> Result<(), WireError> {
    let (field, asked) = if sku.is_empty() { ("look", look) } else { ("sku", sku) };
    let back = format!("{ADD}?{field}={}", encoded(&asked));
    let added = async {
        let account = current()?.account;
        let list = if list.is_empty() { None } else { Some(list_id(&list)?) };
        put(&account, &asked, field == "sku", list).await
    };
    let back = if signed_in().is_some() { LISTS } else { &back };
    lead(added.await, back);
    Ok(())
}

/// Does what somebody wanted before the sign-in: `next` is where the sign-in leads, and of the page that
/// asks for a list the thing that it asked for is put onto the first one.
pub async fn after_sign_in(account: &Account, next: &str) -> Option<String> {
    let (field, asked) = next.strip_prefix(ADD)?.strip_prefix('?')?.split_once('=')?;
    let asked = leptos_router::location::Url::unescape(asked);
    put(account, &asked, field == "sku", None).await.ok()
}

async fn put(account: &Account, asked: &str, is_chosen: bool, list: Option<WishListId>) -> Result<String, WireError> {
    let sku: Sku = asked.parse().map_err(|_| WishListError::NotSold)?;
    let sold = port::<dyn Catalog>()?.products_of(std::slice::from_ref(&sku)).await?;
    let product = sold.get(&sku).ok_or(WishListError::NotSold)?;
    let price = product.variant(&sku).ok_or(WishListError::NotSold)?.price;
    let lists = port::<dyn WishLists>()?;
    let list = match list {
        Some(id) => id,
        None => first_list(&*lists, account).await?.id(),
    };
    let added_at = Visitor::current()?.now;
    let wish = Wish { sku, is_chosen, price, added_at, note: None };
    lists.change(account.id, list, &WishChange::Add { wish }).await?;
    Ok(format!("{}?done=added", list_path(list)))
}

async fn first_list(lists: &dyn WishLists, account: &Account) -> Result<WishList, WireError> {
    let name = FIRST_LIST.parse().map_err(|_| WishListError::NotAName)?;
    Ok(lists.first(account.id, name).await?)
}

/// Opens a list, and puts something onto it where the form says what.
#[server(prefix = "/api", endpoint = "lists")]
pub async fn open_list(
    #[server(default)] name: String,
    #[server(default)] sku: String,
    #[server(default)] look: String,
) -> Result<(), WireError> {
    let opened = async {
        let account = current()?.account;
        let list = port::<dyn WishLists>()?.open(account.id, name_of(&name)?).await?;
        match (sku.as_str(), look.as_str()) {
            ("", "") => Ok(list_path(list.id())),
            ("", look) => put(&account, look, false, Some(list.id())).await,
            (sku, _) => put(&account, sku, true, Some(list.id())).await,
        }
    };
    lead(opened.await, LISTS);
    Ok(())
}

#[server(prefix = "/api", endpoint = "lists/removals")]
pub async fn remove_list(#[server(default)] list: String) -> Result<(), WireError> {
    let removed = async {
        port::<dyn WishLists>()?.remove(current()?.account.id, list_id(&list)?).await?;
        Ok(format!("{LISTS}?done=removed"))
    };
    lead(removed.await, LISTS);
    Ok(())
}

#[server(prefix = "/api", endpoint = "lists/names")]
pub async fn rename_list(#[server(default)] list: String, #[server(default)] name: String) -> Result<(), WireError> {
    let change = name_of(&name).map(|name| WishChange::Rename { name });
    changed(&list, change, "renamed").await;
    Ok(())
}

/// Shares a list by a link that nobody can guess.
#[server(prefix = "/api", endpoint = "lists/shares")]
pub async fn share_list(#[server(default)] list: String) -> Result<(), WireError> {
    let shared = async {
        let (owner, id) = (current()?.account, list_id(&list)?);
        port::<dyn WishLists>()?.share(owner.id, id, PublicName::of(&owner.name)).await?;
        Ok(format!("{}?done=shared", list_path(id)))
    };
    lead(shared.await, &page_of(&list));
    Ok(())
}

/// Takes the link back: it opens nothing any more.
#[server(prefix = "/api", endpoint = "lists/shares/removals")]
pub async fn stop_sharing(#[server(default)] list: String) -> Result<(), WireError> {
    changed(&list, Ok(WishChange::StopSharing), "private").await;
    Ok(())
}

#[server(prefix = "/api", endpoint = "lists/wishes/removals")]
pub async fn remove_wish(#[server(default)] list: String, #[server(default)] sku: String) -> Result<(), WireError> {
    let change = sku_of(&sku).map(|sku| WishChange::Remove { sku });
    changed(&list, change, "taken-off").await;
    Ok(())
}

#[server(prefix = "/api", endpoint = "lists/wishes/notes")]
pub async fn note_wish(
    #[server(default)] list: String,
    #[server(default)] sku: String,
    #[server(default)] note: String,
) -> Result<(), WireError> {
    let change = sku_of(&sku).and_then(|sku| {
        let note = without_hidden(&note);
        let note = if note.trim().is_empty() { None } else { Some(note.parse::<WishNote>()) };
        let note = note.transpose().map_err(|_| WishListError::NotANote)?;
        Ok(WishChange::Note { sku, note })
    });
    changed(&list, change, "noted").await;
    Ok(())
}

/// Puts one unit into the cart and takes the wish off the list.
#[server(prefix = "/api", endpoint = "lists/wishes/moves")]
pub async fn move_wish(#[server(default)] list: String, #[server(default)] sku: String) -> Result<(), WireError> {
    let moved = async {
        let (owner, id, sku) = (current()?.account.id, list_id(&list)?, sku_of(&sku)?);
        let lists = port::<dyn WishLists>()?;
        let found = lists.read(owner, id).await?.ok_or(WishListError::NoSuchList)?;
        let wish = found.wishes().iter().find(|wish| wish.sku == sku).ok_or(WishListError::NoSuchWish)?;
        if !wish.is_chosen {
            return Err(CartError::NotChosen.into());
        }
        // Whoever presses twice finds it once: it leaves the list first, and comes back where the cart has no room.
        lists.change(owner, id, &WishChange::Remove { sku: sku.clone() }).await?;
        if let Err(refused) = add_to_cart(sku, "1", None).await {
            lists.change(owner, id, &WishChange::Add { wish: wish.clone() }).await?;
            return Err(refused);
        }
        Ok(format!("{}?done=moved", list_path(id)))
    };
    lead(moved.await, &page_of(&list));
    Ok(())
}

async fn changed(list: &str, change: Result<WishChange, WireError>, done: &str) {
    let changed = async {
        let (owner, id) = (current()?.account.id, list_id(list)?);
        port::<dyn WishLists>()?.change(owner, id, &change?).await?;
        Ok(format!("{}?done={done}", list_path(id)))
    };
    lead(changed.await, &page_of(list));
}

fn list_id(raw: &str) -> Result<WishListId, WireError> {
    Ok(raw.parse().map_err(|_| WishListError::NoSuchList)?)
}

fn sku_of(raw: &str) -> Result<Sku, WireError> {
    Ok(raw.parse().map_err(|_| WishListError::NoSuchWish)?)
}

fn name_of(raw: &str) -> Result<WishListName, WireError> {
    Ok(without_hidden(raw).parse().map_err(|_| WishListError::NotAName)?)
}

/// The page of a list, or of all where there can't be such a list.
fn page_of(list: &str) -> String {
    list.parse().map_or_else(|_| LISTS.to_owned(), list_path)
}

/// As [`account::lead`], where a list that is not there has no page to lead back to.
fn lead(done: Result<String, WireError>, back: &str) {
    let is_gone = matches!(done, Err(WireError::WishList(WishListError::NoSuchList)));
    account::lead(done, if is_gone { LISTS } else { back });
}
