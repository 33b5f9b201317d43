//! `/lists/{key}`: a list that somebody shared.

use domain::catalog::Title;
use domain::wish_list::ShareKey;
use domain::wish_list::Wish;
use domain::wish_list::ports::WishLists;
use leptos::prelude::*;

use super::item::{Item, Today, WishLine, name_of};
use crate::answer::never_cache;
use crate::cart::add::AddToCart;
use crate::error::NotFoundPage;
use crate::page::{page, path_parameter};
use crate::port::port;
use crate::seo::PageHead;
use crate::trail::Trail;

#[component]
pub fn SharedListPage() -> impl IntoView {
    let asked = path_parameter("key");
    page(async move {
        // The link may be taken back.
        never_cache();
        let found = match asked.parse::<ShareKey>() {
            Ok(key) => port::<dyn WishLists>()?.shared(key).await?,
            Err(_) => None,
        };
        let Some((list, share)) = found.and_then(|list| list.share().cloned().map(|share| (list, share))) else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let today = Today::of(list.wishes()).await?;
        let lines = list
            .wishes()
            .iter()
            .map(|wish| {
                let item = today.item(wish);
                view! { <SharedWish wish=wish.clone() item /> }
            })
            .collect_view();
        let is_empty = list.wishes().is_empty();
        let title = list.name().to_string();
        Ok(view! {
            <PageHead title=title.clone() />
            <div class="page">
                <Trail here=title.clone() />
                <div class="page-head">
                    <h1 dir="auto">{title}</h1>
                    <p>"A list of " <span dir="auto">{share.by.to_string()}</span></p>
                </div>
                {is_empty.then(|| view! { <p class="soft">"Nothing on it yet."</p> })}
                <h2 class="visually-hidden">"What is on it"</h2>
                <ul class="lines">{lines}</ul>
            </div>
        }
        .into_any())
    })
}

#[component]
fn SharedWish(wish: Wish, item: Option<Item>) -> impl IntoView {
    let title = name_of(&wish, item.as_ref()).parse::<Title>().ok();
    let (sku, is_chosen) = (wish.sku.clone(), wish.is_chosen);
    let action = item.as_ref().filter(|item| !item.is_sold_out()).zip(title).map(|(item, title)| {
        if is_chosen {
            view! { <AddToCart sku title /> }.into_any()
        } else {
            view! { <a class="button button--small" href=item.path(&wish)>"Choose a size"</a> }.into_any()
        }
    });
    view! {
        <WishLine wish item>
            {action}
        </WishLine>
    }
    .into_any()
}
