//! `/operator/reviews`: what waits to be read by those who run the store.

use std::collections::HashMap;

use domain::catalog::ports::Catalog;
use domain::catalog::{ProductId, Slug, Title};
use domain::review::ports::{Reviews, Waiting};
use domain::review::{Complaint, Standing};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::JudgePost;
use super::aspect::RatedAspects;
use super::byline::{Byline, Paragraphs};
use super::picture::Pictures;
use crate::catalog::rating::StarDrawing;
use crate::form::{DoneNotice, PostedError};
use crate::operator::frame::OperatorPage;
use crate::operator::operators_page;
use crate::page::query;
use crate::port::port;

/// Posts on the page; the next ones follow when these are decided.
const SHOWN: u32 = 20;

#[component]
pub fn QueuePage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let done = query().get_str("done").unwrap_or_default().to_owned();
    operators_page(async move {
        let waiting = port::<dyn Reviews>()?.waiting(SHOWN).await?;
        let ids: Vec<ProductId> = waiting.iter().map(|waiting| waiting.post.writing.product.clone()).collect();
        let cards = port::<dyn Catalog>()?.cards(&ids).await?;
        let products: HashMap<_, _> =
            cards.into_iter().map(|(id, card)| (id, (card.slug.clone(), card.title.clone()))).collect();
        let is_empty = waiting.is_empty();
        let items = waiting
            .into_iter()
            .map(|waiting| {
                let product = products.get(&waiting.post.writing.product).cloned();
                view! { <WaitingItem waiting product /> }
            })
            .collect_view();
        let lead = "What looks like spam is not shown before you have read it; what readers reported is shown until you decide. What you have approved comes back when several readers report it.";
        Ok(view! {
            <OperatorPage title="Reviews, questions and answers" lead=lead.to_owned()>
                {posted} <Done done />
                {if is_empty {
                    view! {
                        <div class="empty">
                            <h2>"Nothing waits"</h2>
                            <p>"Everything that was held back or reported is decided."</p>
                        </div>
                    }
                        .into_any()
                } else {
                    view! { <ul class="queue">{items}</ul> }.into_any()
                }}
            </OperatorPage>
        })
    })
}

#[component]
fn Done(done: String) -> impl IntoView {
    let words = match done.as_str() {
        "approved" => "It is shown.",
        "rejected" => "It is not shown; its author sees why.",
        _ => return ().into_any(),
    };
    view! {
        <DoneNotice words />
    }
    .into_any()
}

#[component]
fn WaitingItem(waiting: Waiting, product: Option<(Slug, Title)>) -> impl IntoView {
    let Waiting { post, complaints } = waiting;
    let (writing, content) = (post.writing.clone(), post.writing.content.clone());
    let (rated, pictures) = (writing.clone(), writing.clone());
    let (id, seen) = (writing.id.to_string(), writing.worded_at().to_string());
    let stars = content.stars().map(|stars| view! { <StarDrawing hundredths={u16::from(stars.get()) * 100} /> });
    let about = match product {
        Some((slug, title)) => view! { <a href=format!("/products/{slug}")>{title.to_string()}</a> }.into_any(),
        None => writing.product.to_string().into_any(),
    };
    let heading = format!("wait-{id}");
    view! {
        <li>
            <article class="panel" aria-labelledby=heading>
                <div>
                    <h2 id=heading.clone() dir="auto">
                        {content.title().map_or_else(|| kind(content.parameter()), str::to_owned)}
                    </h2>
                    <p class="small soft">{kind(content.parameter())} " about " {about}</p>
                </div>
                <div class="row">{stars} <Byline writing /></div>
                <div class="review__text">
                    <Paragraphs text=content.text().to_owned() />
                </div>
                <RatedAspects writing=rated />
                <Pictures writing=pictures />
                <p class="small">{reasons(&post.standing, &complaints)}</p>
                <Decision id seen />
            </article>
        </li>
    }
    .into_any()
}

fn kind(parameter: &str) -> String {
    let mut letters = parameter.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

/// Why a post waits, in a line.
fn reasons(standing: &Standing, complaints: &[(Complaint, u32)]) -> String {
    let held: Vec<&str> = match standing {
        Standing::Held { why } => why.iter().map(|why| why.in_words()).collect(),
        _ => Vec::new(),
    };
    let held = (!held.is_empty()).then(|| format!("Held back: {}.", held.join("; ")));
    let reported: Vec<String> =
        complaints.iter().map(|(complaint, count)| format!("{} ({count})", complaint.in_words())).collect();
    let reported = (!reported.is_empty()).then(|| format!("Reported: {}.", reported.join("; ")));
    held.into_iter().chain(reported).collect::<Vec<_>>().join(" ")
}

#[component]
fn Decision(id: String, seen: String) -> impl IntoView {
    let select = format!("why-{id}");
    let why = Complaint::ALL
        .map(|complaint| view! { <option value=complaint.parameter()>{complaint.in_words()}</option> })
        .collect_view();
    view! {
        <div class="queue__decision">
            <form method="post" action=JudgePost::url()>
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="seen" value=seen.clone() />
                <button class="button button--ink" type="submit">
                    "Show it"
                </button>
            </form>
            <form class="queue__reject" method="post" action=JudgePost::url()>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="seen" value=seen />
                <label class="field__label" for=select.clone()>
                    "Or don’t, because"
                </label>
                <select class="field__input" id=select name="why">
                    {why}
                </select>
                <button class="button" type="submit">
                    "Reject"
                </button>
            </form>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::review::Suspicion;

    #[test]
    fn a_post_says_why_it_waits() {
        let held = Standing::Held { why: vec![Suspicion::Link, Suspicion::Shouting] };
        assert_eq!(reasons(&held, &[]), "Held back: a link; mostly capitals.");
        assert_eq!(reasons(&Standing::Shown, &[(Complaint::Offensive, 2)]), "Reported: It insults or threatens (2).");
        assert_eq!(kind("answer"), "Answer");
    }
}
