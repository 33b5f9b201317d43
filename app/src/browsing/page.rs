use std::sync::Arc;

use domain::browsing::ports::Browsing;
use domain::browsing::{MAX_VIEWED_DAYS, MAX_VIEWED_PRODUCTS, View, Viewer};
use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::shipment::{spoken_day, store_day};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChooseHistory, ClearHistory, ForgetViewed};
use super::{somebody, viewer};
use crate::answer::never_cache;
use crate::catalog::card::Card;
use crate::error::WireError;
use crate::form::PostedError;
use crate::page::page;
use crate::port::port;
use crate::recommendation::personal::{Dismissed, Place, ShelvesUnderHistory};
use crate::seo::PageHead;
use crate::trail::Trail;
use crate::visitor::Visitor;

/// `/history`: what somebody looked at, the last first.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async move {
        never_cache();
        let visitor = Visitor::current()?;
        let is_kept = is_kept().await?;
        let seen = seen(&visitor).await?;
        let has_any = !seen.is_empty();
        let list = if has_any {
            view! { <Seen seen today=visitor.today /> }.into_any()
        } else {
            view! { <Nothing is_kept /> }.into_any()
        };
        Ok(view! {
            <PageHead title="Your browsing history" />
            <div class="page">
                <Trail here="Your browsing history" />
                {posted} <Dismissed place=Place::History />
                <div class="page-head">
                    <h1>"Your browsing history"</h1>
                    <p>{in_words(is_kept)}</p>
                </div>
                <Switches is_kept has_any />
                {list}
                <ShelvesUnderHistory />
            </div>
        })
    })
}

/// Whether what is looked at is remembered.
async fn is_kept() -> Result<bool, WireError> {
    match viewer() {
        Some(account @ Viewer::Account(_)) => Ok(port::<dyn Browsing>()?.is_kept(account).await?),
        Some(Viewer::Guest(_)) => Ok(true),
        None => Ok(false),
    }
}

fn in_words(is_kept: bool) -> String {
    if is_kept {
        format!(
            "The last {MAX_VIEWED_PRODUCTS} things that you looked at, for {MAX_VIEWED_DAYS} days. Only you see them, and what you take out is forgotten at once."
        )
    } else {
        "What you look at is not remembered.".to_owned()
    }
}

/// What was looked at and is still sold, with the day.
async fn seen(visitor: &Visitor) -> Result<Vec<(Arc<ProductCard>, Date)>, WireError> {
    let Some(viewer) = viewer() else { return Ok(Vec::new()) };
    let history = port::<dyn Browsing>()?.history(viewer, visitor.now).await?;
    let ids: Vec<_> = history.views().iter().map(|view| view.product.clone()).collect();
    let cards = port::<dyn Catalog>()?.cards(&ids).await?;
    let shown = |View { product, at }: &View| Some((cards.get(product)?.clone(), store_day(*at)));
    Ok(history.views().iter().filter_map(shown).collect())
}

/// Clear, switch off and on.
#[component]
fn Switches(is_kept: bool, has_any: bool) -> impl IntoView {
    // Who has neither an account nor a cookie gets one with the first form.
    let (kept, words) = if is_kept { ("no", "Switch off and clear") } else { ("yes", "Remember what I look at") };
    let class = if is_kept { "button button--quiet" } else { "button" };
    let is_guest = !matches!(somebody(), Some(Viewer::Account(_)));
    view! {
        <div class="row history-switches">
            <form method="post" action=ChooseHistory::url()>
                <button class=class type="submit" name="kept" value=kept>
                    {words}
                </button>
            </form>
            {has_any
                .then(|| {
                    view! {
                        <form method="post" action=ClearHistory::url()>
                            <button class="button button--quiet" type="submit">
                                "Clear all"
                            </button>
                        </form>
                    }
                })}
            {(is_guest && is_kept)
                .then(|| view! { <p class="small soft">"Signing in takes it along to your account."</p> })}
        </div>
    }
    .into_any()
}

#[component]
fn Seen(seen: Vec<(Arc<ProductCard>, Date)>, today: Date) -> impl IntoView {
    let item = |(card, day): (Arc<ProductCard>, Date)| {
        let (id, title) = (card.id.to_string(), card.title.to_string());
        view! {
            <li class="seen">
                <Card card=&card today />
                <div class="seen__foot">
                    <span>{if day == today { "Today".to_owned() } else { spoken_day(day) }}</span>
                    <form method="post" action=ForgetViewed::url()>
                        <input type="hidden" name="product" value=id />
                        <button class="link-button" type="submit">
                            "Remove"
                            <span class="visually-hidden">" from your history: " {title}</span>
                        </button>
                    </form>
                </div>
            </li>
        }
    };
    view! {
        <section aria-label="What you looked at">
            <ul class="cards">{seen.into_iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Nothing(is_kept: bool) -> impl IntoView {
    let advice = if is_kept {
        "What you look at from now on stands here."
    } else {
        "Switch it on to find again what you looked at, and to see what goes with it."
    };
    view! {
        <div class="empty">
            <h2>"Nothing here"</h2>
            <p>{advice}</p>
            <p>
                <a class="button" href="/">
                    "Look around the store"
                </a>
            </p>
        </div>
    }
    .into_any()
}
