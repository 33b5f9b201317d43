//! One post, and what readers do with it: say whether it helps, report it.

use domain::catalog::Slug;
use domain::review::{Complaint, Post, PostQuery, Vote, Writing};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{CastVote, ReportPost};
use super::aspect::RatedAspects;
use super::byline::{Byline, Paragraphs};
use super::picture::Pictures;
use crate::catalog::rating::StarDrawing;

/// Where a post stands, and who reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    pub slug: Slug,
    pub query: PostQuery,
    /// What the reader voted.
    pub vote: Option<Vote>,
    /// The reader wrote it.
    pub is_own: bool,
}

/// A review as a list shows it.
#[component]
pub fn ReviewItem(post: Post, reading: Reading) -> impl IntoView {
    let Writing { id, content, .. } = post.writing.clone();
    let stars = content.stars().map(|stars| view! { <StarDrawing hundredths={u16::from(stars.get()) * 100} /> });
    let title = content.title().map(str::to_owned);
    view! {
        <li>
            <article class="review" id=format!("post-{id}") aria-labelledby=format!("title-{id}")>
                <div class="review__head">
                    {stars}
                    <h3 id=format!("title-{id}") dir="auto">
                        {title}
                    </h3>
                </div>
                <Byline writing=post.writing.clone() />
                <div class="review__text">
                    <Paragraphs text=content.text().to_owned() />
                </div>
                <RatedAspects writing=post.writing.clone() />
                <Pictures writing=post.writing.clone() />
                <Readers post reading />
            </article>
        </li>
    }
    .into_any()
}

/// What readers think of a post, with the forms to say so; of their own they see the numbers alone.
#[component]
pub fn Readers(post: Post, reading: Reading) -> impl IntoView {
    let helpful = match post.votes.helpful {
        0 => None,
        1 => Some("1 person found this helpful".to_owned()),
        count => Some(format!("{count} people found this helpful")),
    };
    let is_own = reading.is_own;
    view! {
        <div class="readers">
            {helpful.map(|words| view! { <p class="small soft">{words}</p> })}
            {if is_own {
                view! { <p class="small soft">"You wrote this"</p> }.into_any()
            } else {
                view! { <Judge post reading /> }.into_any()
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Judge(post: Post, reading: Reading) -> impl IntoView {
    let id = post.writing.id.to_string();
    let Reading { slug, query, vote, .. } = reading;
    let (slug, at) = (slug.to_string(), query.to_pairs());
    let button = |of: Vote, words: &'static str| {
        let is_cast = vote == Some(of);
        // The vote that was cast is taken back by the same button.
        let value = if is_cast { "none" } else { of.parameter() };
        let pressed = if is_cast { "true" } else { "false" };
        view! {
            <button class="button button--small" type="submit" name="vote" value=value aria-pressed=pressed>
                {words}
            </button>
        }
    };
    let why = Complaint::ALL
        .map(|complaint| view! { <option value=complaint.parameter()>{complaint.in_words()}</option> })
        .collect_view();
    let select = format!("why-{id}");
    view! {
        <form class="readers__vote" method="post" action=CastVote::url()>
            <input type="hidden" name="product" value=slug.clone() />
            <input type="hidden" name="id" value=id.clone() />
            <input type="hidden" name="at" value=at.clone() />
            {button(Vote::Helpful, "Helpful")}
            {button(Vote::Unhelpful, "Not helpful")}
        </form>
        <details class="report">
            <summary>"Report"</summary>
            <form method="post" action=ReportPost::url()>
                <input type="hidden" name="product" value=slug />
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="at" value=at />
                <label class="field__label" for=select.clone()>
                    "What is wrong with it?"
                </label>
                <select class="field__input" id=select name="why">
                    {why}
                </select>
                <button class="button button--small" type="submit">
                    "Send report"
                </button>
            </form>
        </details>
    }
    .into_any()
}
