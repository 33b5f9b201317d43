//! Help: answers to what shoppers ask, with facts from the rules that the store itself follows.

pub mod contact;
mod topic;

use leptos::prelude::*;

use crate::error::NotFoundPage;
use crate::icon::Icon;
use crate::page::path_parameter;
use crate::seo::PageHead;
use crate::store::Store;
use crate::trail::{Crumb, Trail};
use topic::Topic;

/// Where help says how somebody gets in again who lost the app and the recovery codes.
pub const LOST_CODES: &str = "/help/contact#lost-codes";

/// The addresses of all help pages.
pub fn paths() -> impl Iterator<Item = String> {
    std::iter::once("/help".to_owned()).chain(Topic::ALL.into_iter().map(Topic::path))
}

#[component]
pub fn HelpIndexPage() -> impl IntoView {
    let topics = Topic::ALL
        .into_iter()
        .map(|topic| {
            view! {
                <li>
                    <div class="topic">
                        <Icon glyph=topic.glyph() class="icon icon--large" />
                        <h2>
                            <a href=topic.path()>{topic.title()}</a>
                        </h2>
                        <p>{topic.summary()}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageHead
            title="Help"
            description="Delivery, returns, payment, orders and privacy, explained in a few words each.".to_owned()
            canonical="/help".to_owned()
        />
        <div class="page">
            <Trail here="Help" />
            <div class="page-head">
                <h1>"How can we help?"</h1>
                <p>
                    "Most questions are about an order. " <a href="/orders">"Find yours"</a>
                    " with its number and your e-mail address."
                </p>
            </div>
            <ul class="topics">{topics}</ul>
        </div>
    }
    .into_any()
}

#[component]
pub fn HelpTopicPage() -> impl IntoView {
    let asked = path_parameter("topic");
    let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.slug() == asked) else {
        return view! { <NotFoundPage /> }.into_any();
    };
    let links = Topic::ALL
        .into_iter()
        .map(|other| {
            view! {
                <li>
                    <a href=other.path() aria-current=(other == topic).then_some("page")>
                        {other.title()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageHead title=topic.title() description=topic.summary().to_owned() canonical=topic.path() />
        <div class="page">
            <Trail steps=vec![Crumb::new("Help", "/help")] here=topic.title() />
            <div class="help">
                <nav class="help__nav" aria-label="Help topics">
                    <ul class="help__topics">{links}</ul>
                </nav>
                <article class="prose">
                    <h1>{topic.title()}</h1>
                    {topic.text(&Store::current())}
                </article>
            </div>
        </div>
    }
    .into_any()
}
