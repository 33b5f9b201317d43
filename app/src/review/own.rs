//! What a customer wrote about the product, and what became of it.

use domain::catalog::Slug;
use domain::review::{Content, Post, Standing};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::RemovePost;
use crate::icon::{Glyph, Icon};

/// A customer's own posts, each with what became of it and the ways to change and to remove it.
#[component]
pub fn OwnPosts(slug: Slug, posts: Vec<Post>) -> impl IntoView {
    if posts.is_empty() {
        return ().into_any();
    }
    let items = posts.into_iter().map(|post| own_post(&slug, &post)).collect_view();
    view! {
        <section class="own-posts" aria-labelledby="own-title">
            <h3 id="own-title">"What you wrote"</h3>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn own_post(slug: &Slug, post: &Post) -> impl IntoView + use<> {
    let content = &post.writing.content;
    let (what, words) = match content {
        Content::Review { title, .. } => ("Your review", title.to_string()),
        Content::Question { text } => ("Your question", text.to_string()),
        Content::Answer { text, .. } => ("Your answer", text.to_string()),
    };
    let is_review = matches!(content, Content::Review { .. });
    let (slug, id) = (slug.to_string(), post.writing.id.to_string());
    let change = is_review.then(|| view! { <a href=format!("/products/{slug}/review")>"Change your review"</a> });
    view! {
        <li>
            <p>{what} ": " <b class="own-posts__words" dir="auto">{words}</b></p>
            {standing(&post.standing)}
            <div class="row">
                {change}
                <form method="post" action=RemovePost::url()>
                    <input type="hidden" name="product" value=slug />
                    <input type="hidden" name="id" value=id />
                    <button class="link-button" type="submit">
                        "Remove"
                        <span class="visually-hidden">" " {what.to_lowercase()}</span>
                    </button>
                </form>
            </div>
        </li>
    }
}

fn standing(standing: &Standing) -> AnyView {
    let (glyph, words) = match standing {
        Standing::Shown => return ().into_any(),
        Standing::Held { .. } => (Glyph::Clock, "Others see it when we have read it.".to_owned()),
        Standing::Rejected { why } => {
            (Glyph::Warning, format!("We don’t show it. {}. You can change it; we then read it again.", why.in_words()))
        }
    };
    view! {
        <p class="small own-posts__standing">
            <Icon glyph class="icon icon--small" />
            {words}
        </p>
    }
    .into_any()
}
