//! The questions about a product, with their answers.

use std::sync::Arc;

use domain::catalog::Product;
use domain::catalog::listing::PageNumber;
use domain::review::ports::Asked;
use domain::review::{Answer, PostQuery, QUESTIONS_PER_PAGE, Question, pages};
use domain::search::SearchText;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AnswerQuestion, AskQuestion};
use super::byline::{Byline, Paragraphs};
use super::filter::WordsForm;
use super::post::Readers;
use super::section::{Posted, Read};
use super::{QUESTIONS, address, answer_form, question_form};
use crate::catalog::pagination::PageLinks;
use crate::form::TextArea;

#[component]
pub fn Questions(product: Arc<Product>, read: Read) -> impl IntoView {
    let (slug, query) = (product.slug.clone(), read.query().clone());
    let asked = read
        .about
        .asked
        .iter()
        .map(|asked| view! { <AskedItem product=product.clone() asked=asked.clone() read=read.clone() /> })
        .collect_view();
    let (here, asked_for) = (slug.clone(), query.clone());
    let to = move |questions: PageNumber| address(&here, &PostQuery { questions, ..asked_for.clone() }, QUESTIONS);
    let none = (read.about.questions == 0).then(|| {
        let words = if query.asked.is_empty() {
            "Nobody has asked anything yet."
        } else {
            "No question or answer has these words."
        };
        view! { <p class="soft">{words}</p> }
    });
    let search = (read.about.questions > 0 || !query.asked.is_empty()).then(|| {
        let rest = PostQuery { asked: SearchText::default(), questions: PageNumber::FIRST, ..query.clone() };
        let (slug, words) = (slug.clone(), query.asked.clone());
        view! {
            <WordsForm
                slug
                place=QUESTIONS
                name=PostQuery::ASKED
                label="Search in questions and answers"
                words
                rest
            />
        }
    });
    let question = read.typed_into(&question_form(slug.as_str()), "question");
    view! {
        <section class="questions" id=QUESTIONS aria-labelledby="questions-title">
            <h2 id="questions-title">"Questions and answers"</h2>
            <Posted place=QUESTIONS />
            {search}
            {none}
            <ul class="questions__list">{asked}</ul>
            <PageLinks
                label="Pages of questions"
                here=query.questions.get()
                pages=pages(read.about.questions, QUESTIONS_PER_PAGE)
                to
            />
            <form class="ask" method="post" action=AskQuestion::url()>
                <input type="hidden" name="product" value=slug.to_string() />
                <label class="field__label" for="question">
                    "Ask about this product"
                </label>
                <div class="ask__row">
                    <input
                        class="field__input"
                        id="question"
                        name="question"
                        value=question
                        maxlength=Question::MAX_CHARS
                        autocomplete="off"
                        required
                        aria-describedby="question-hint"
                    />
                    <button class="button" type="submit">
                        "Ask"
                    </button>
                </div>
                <p class="field__hint" id="question-hint">
                    "Customers and the store answer. Please don’t tell personal data."
                </p>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn AskedItem(product: Arc<Product>, asked: Asked, read: Read) -> impl IntoView {
    let Asked { question, answers } = asked;
    let id = question.writing.id.to_string();
    let reading = read.reading(&product, &question);
    let answers = answers
        .into_iter()
        .map(|answer| {
            let reading = read.reading(&product, &answer);
            view! {
                <li class="answer" id=format!("post-{}", answer.writing.id)>
                    <Paragraphs text=answer.writing.content.text().to_owned() />
                    <Byline writing=answer.writing.clone() />
                    <Readers post=answer.clone() reading />
                </li>
            }
        })
        .collect_view();
    let (field, at) = (format!("answer-{id}"), read.query().to_pairs());
    let text = question.writing.content.text().to_owned();
    let typed = read.typed_into(&answer_form(&id), "answer");
    let is_typed = !typed.is_empty();
    view! {
        <li class="question" id=format!("post-{id}")>
            <h3 dir="auto">{text.clone()}</h3>
            <Byline writing=question.writing.clone() />
            <ul class="answers">{answers}</ul>
            <details class="reply" open=is_typed>
                <summary>
                    "Answer" <span class="visually-hidden">": " {text}</span>
                </summary>
                <form class="form" method="post" action=AnswerQuestion::url()>
                    <input type="hidden" name="product" value=product.slug.to_string() />
                    <input type="hidden" name="question" value=id.clone() />
                    <input type="hidden" name="at" value=at />
                    <div class="field">
                        <label class="field__label" for=field.clone()>
                            "Your answer"
                        </label>
                        <TextArea id=field name="answer" value=typed max_chars=Answer::MAX_CHARS />
                    </div>
                    <div>
                        <button class="button button--small" type="submit">
                            "Send answer"
                        </button>
                    </div>
                </form>
            </details>
            <Readers post=question reading />
        </li>
    }
    .into_any()
}
