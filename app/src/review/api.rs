//! What the forms around reviews post to. Each leads back to where it stood, or to the sign-in and from
//! there back.

use std::sync::Arc;

use domain::account::AccountError;
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{Product, Slug};
use domain::review::ports::Reviews;
use domain::review::{
    Answer, Aspect, Complaint, Judgement, PictureForm, Post, PostId, PostQuery, Question, ReviewError, ReviewForm,
    Standing, Vote,
};
use domain::text::without_hidden;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::location::Url;

use super::aspect::field_of;
use super::{QUESTIONS, REVIEWS, answer_form, question_form, review_form};
use crate::account::{client, current, lead, lead_keeping, require_operator};
use crate::error::WireError;
use crate::port::port;
use crate::typed::{self, FORM};

const PRODUCTS: &str = "/products";
const QUEUE: &str = "/operator/reviews";

/// Writes a customer's review, or writes it anew. One that is refused is kept as it was typed: its page
/// shows it again and says what is wrong. The server takes the pictures out of the form and puts them into the
/// context.
#[server(prefix = "/api", endpoint = "reviews")]
pub async fn write_review(
    #[server(default)] product: String,
    #[server(flatten)] form: ReviewForm,
) -> Result<(), WireError> {
    let page = product.parse::<Slug>().map_or_else(|_| "/".to_owned(), |slug| format!("{PRODUCTS}/{slug}/review"));
    let pictures = use_context::<PictureForm>().unwrap_or_default();
    let written = async {
        let (account, product) = (current()?.account, product_of(&product).await?);
        // The page finds out by itself which fields are wrong, and says so beside each.
        let Ok(content) = form.parse(Aspect::of(&product.category)) else { return Ok(None) };
        let post = port::<dyn Reviews>()?.review(&account, &product, content, &pictures).await?;
        Ok::<_, WireError>(Some(done(&product, &post, REVIEWS)))
    };
    let written = match written.await {
        Ok(Some(to)) => {
            typed::forget(PRODUCTS);
            Ok(to)
        }
        refused => {
            let name = review_form(&product);
            let rated = Aspect::ALL.map(|aspect| (field_of(aspect), form.aspects.get(aspect.parameter())));
            let mut fields: Vec<(&str, &str)> =
                vec![(FORM, &name), ("stars", &form.stars), ("title", &form.title), ("text", &form.text)];
            fields.extend(rated.iter().filter_map(|(field, stars)| Some((field.as_str(), stars.as_ref()?.as_str()))));
            fields.extend(PictureForm::WORDS.into_iter().zip(pictures.rows.iter().map(|row| row.words.as_str())));
            let kept = typed::keep_long(PRODUCTS, &fields).await;
            refused.and(kept).map(|()| page.clone())
        }
    };
    lead(written, &page);
    Ok(())
}

/// Removes a post of who asks.
#[server(prefix = "/api", endpoint = "reviews/removals")]
pub async fn remove_post(#[server(default)] product: String, #[server(default)] id: String) -> Result<(), WireError> {
    let removed = async {
        port::<dyn Reviews>()?.remove(current()?.account.id, post_id(&id)?).await?;
        Ok(format!("{}?posted=removed#{REVIEWS}", path_of(&product)))
    };
    lead(removed.await, &path_of(&product));
    Ok(())
}

/// Votes on a post, or with another word than those of [`Vote`] takes the vote back. `at` says what the
/// page showed.
#[server(prefix = "/api", endpoint = "reviews/votes")]
pub async fn cast_vote(
    #[server(default)] product: String,
    #[server(default)] id: String,
    #[server(default)] vote: String,
    #[server(default)] at: String,
) -> Result<(), WireError> {
    let voted = async {
        let id = post_id(&id)?;
        port::<dyn Reviews>()?.vote(current()?.account.id, id, Vote::from_parameter(&vote), &client()?).await?;
        Ok(format!("{}#post-{id}", page_at(&product, &at)))
    };
    let (voted, page) = (voted.await, page_at(&product, &at));
    // Whoever has to sign in first comes back to the post; an error is told at the head of the page.
    let back = match (&voted, post_id(&id)) {
        (Err(WireError::Account(AccountError::NotSignedIn)), Ok(id)) => format!("{page}#post-{id}"),
        _ => page,
    };
    lead(voted, &back);
    Ok(())
}

/// Tells those who run the store what is wrong with a post. `at` says what the page showed.
#[server(prefix = "/api", endpoint = "reviews/reports")]
pub async fn report_post(
    #[server(default)] product: String,
    #[server(default)] id: String,
    #[server(default)] why: String,
    #[server(default)] at: String,
) -> Result<(), WireError> {
    let reported = async {
        let why = Complaint::from_parameter(&why).ok_or(ReviewError::NoComplaint)?;
        port::<dyn Reviews>()?.report(current()?.account.id, post_id(&id)?, why, &client()?).await?;
        let page = page_at(&product, &at);
        let and = if page.contains('?') { '&' } else { '?' };
        Ok(format!("{page}{and}posted=report#{REVIEWS}"))
    };
    lead(reported.await, &page_at(&product, &at));
    Ok(())
}

#[server(prefix = "/api", endpoint = "questions")]
pub async fn ask_question(
    #[server(default)] product: String,
    #[server(default)] question: String,
) -> Result<(), WireError> {
    let asked = async {
        let (account, product) = (current()?.account, product_of(&product).await?);
        let text: Question = without_hidden(&question).parse().map_err(|_| ReviewError::NotAQuestion)?;
        let post = port::<dyn Reviews>()?.ask(&account, &product, text).await?;
        Ok(done(&product, &post, QUESTIONS))
    };
    let name = question_form(&product);
    lead_keeping(asked.await, &path_of(&product), PRODUCTS, &[(FORM, &name), ("question", &question)]).await;
    Ok(())
}

/// Answers a question, or answers it anew. `at` says what the page showed.
#[server(prefix = "/api", endpoint = "questions/answers")]
pub async fn answer_question(
    #[server(default)] product: String,
    #[server(default)] question: String,
    #[server(default)] answer: String,
    #[server(default)] at: String,
) -> Result<(), WireError> {
    let answered = async {
        let (account, product) = (current()?.account, product_of(&product).await?);
        let text: Answer = without_hidden(&answer).parse().map_err(|_| ReviewError::NotAnAnswer)?;
        let post = port::<dyn Reviews>()?.answer(&account, &product, post_id(&question)?, text).await?;
        Ok(done(&product, &post, QUESTIONS))
    };
    let name = answer_form(&question);
    lead_keeping(answered.await, &page_at(&product, &at), PRODUCTS, &[(FORM, &name), ("answer", &answer)]).await;
    Ok(())
}

/// What an operator decides about a post: `why` it is rejected, or nothing to approve it.
#[server(prefix = "/api", endpoint = "reviews/judgements")]
pub async fn judge_post(
    #[server(default)] id: String,
    /// When the words that were read were written.
    #[server(default)]
    seen: String,
    #[server(default)] why: String,
) -> Result<(), WireError> {
    let judged = async {
        require_operator()?;
        let judgement = match why.as_str() {
            "" => Judgement::Approve,
            why => Judgement::Reject { why: Complaint::from_parameter(why).ok_or(ReviewError::NoComplaint)? },
        };
        let seen: Timestamp = seen.parse().map_err(|_| WireError::Form)?;
        port::<dyn Reviews>()?.judge(post_id(&id)?, seen, judgement).await?;
        Ok(format!("{QUEUE}?done={}", if why.is_empty() { "approved" } else { "rejected" }))
    };
    lead(judged.await, QUEUE);
    Ok(())
}

fn post_id(raw: &str) -> Result<PostId, WireError> {
    Ok(raw.parse().map_err(|_| ReviewError::NoSuchPost)?)
}

/// The product whose page a form stood on.
async fn product_of(slug: &str) -> Result<Arc<Product>, WireError> {
    let slug: Slug = slug.parse().map_err(|_| WireError::Form)?;
    match port::<dyn Catalog>()?.product(&slug).await? {
        Found::Product(product) => Ok(product),
        _ => Err(WireError::Form),
    }
}

/// The page of a product, or the front page for what can't be one.
fn path_of(slug: &str) -> String {
    slug.parse::<Slug>().map_or_else(|_| "/".to_owned(), |slug| format!("{PRODUCTS}/{slug}"))
}

/// The page of a product as it showed its reviews.
fn page_at(slug: &str, at: &str) -> String {
    let pairs: Vec<(&str, String)> =
        at.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (n, Url::unescape(v))).collect();
    let query = PostQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).to_pairs();
    if query.is_empty() { path_of(slug) } else { format!("{}?{query}", path_of(slug)) }
}

/// The page that says what became of a post.
fn done(product: &Product, post: &Post, place: &str) -> String {
    let what = match post.standing {
        Standing::Shown => post.writing.content.parameter(),
        _ => "held",
    };
    format!("{PRODUCTS}/{}?posted={what}#{place}", product.slug)
}
