//! `/account/lists/add`: which list something goes onto.

use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::wish_list::WishList;
use domain::wish_list::ports::WishLists;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AddWish;
use super::overview::NewList;
use crate::account::frame::AccountPage;
use crate::account::require;
use crate::error::NotFoundPage;
use crate::form::PostedError;
use crate::page::{page, query_pairs};
use crate::port::port;

/// `sku` or `look` says what.
#[component]
pub fn AddToListPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let asked = query_pairs().into_iter().find(|(name, _)| matches!(name.as_str(), "sku" | "look"));
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let Some((field, sku)) = asked.and_then(|(name, raw)| Some((name, raw.parse::<Sku>().ok()?))) else {
            return Ok(Some(view! { <NotFoundPage /> }.into_any()));
        };
        let products = port::<dyn Catalog>()?.products_of(std::slice::from_ref(&sku)).await?;
        let Some(product) = products.get(&sku).cloned() else {
            return Ok(Some(view! { <NotFoundPage /> }.into_any()));
        };
        let lists = port::<dyn WishLists>()?.all_of(signed_in.account.id).await?;
        let field = if field == "sku" { "sku" } else { "look" };
        let buttons = lists.iter().map(|list| button(list, field, &sku)).collect_view();
        let has_any = !lists.is_empty();
        let sku = sku.to_string();
        Ok(Some(
            view! {
                <AccountPage title="Add to a list" lead=product.title.to_string() signed_in>
                    {posted} {has_any.then(|| view! { <ul class="list-choice">{buttons}</ul> })}
                    <NewList>
                        <input type="hidden" name=field value=sku />
                    </NewList>
                </AccountPage>
            }
            .into_any(),
        ))
    })
}

fn button(list: &WishList, field: &'static str, sku: &Sku) -> impl IntoView + use<> {
    view! {
        <li>
            <form method="post" action=AddWish::url()>
                <input type="hidden" name=field value=sku.to_string() />
                <input type="hidden" name="list" value=list.id().to_string() />
                <button class="button" type="submit">
                    "Add to “" <span dir="auto">{list.name().to_string()}</span> "”"
                </button>
            </form>
        </li>
    }
}
