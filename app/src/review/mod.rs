//! Review: what customers write about a product, on its page: reviews with a histogram and what they say of its
//! aspects, narrowed by links, questions with answers, votes and reports; the page that a review is written on; and the queue of those who run the
//! store. Everything is a form and works without a script. What was written is text, wherever it stands.

pub mod api;
pub mod aspect;
pub mod byline;
pub mod filter;
pub mod histogram;
pub mod own;
pub mod picture;
pub mod post;
pub mod question;
pub mod queue;
pub mod section;
pub mod strip;
pub mod write;

use domain::catalog::Slug;
use domain::review::PostQuery;

pub(crate) use byline::name_of;

/// Where the reviews of a product begin on its page.
pub const REVIEWS: &str = "reviews";
/// Where the questions about it begin.
pub const QUESTIONS: &str = "questions";

/// The names of forms whose words are kept when they are refused: of the review of a product, of a question
/// about it, and of the answer to a question.
fn review_form(product: &str) -> String {
    format!("review of {product}")
}

fn question_form(product: &str) -> String {
    format!("question about {product}")
}

fn answer_form(question: &str) -> String {
    format!("answer to {question}")
}

/// A product's page with what is asked of its reviews, at a place of it.
pub fn address(slug: &Slug, query: &PostQuery, place: &str) -> String {
    let pairs = query.to_pairs();
    let question_mark = if pairs.is_empty() { "" } else { "?" };
    format!("/products/{slug}{question_mark}{pairs}#{place}")
}
