use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;
use domain::account::AccountId;
use domain::catalog::ProductId;
use domain::review::ports::{About, Asked};
use domain::review::{
    Content, Post, PostId, PostQuery, QUESTIONS_PER_PAGE, REVIEWS_PER_PAGE, ReviewOrder, Standing, StarCounts, Stars,
    Votes, Writing,
};
use surrealdb::types::{SurrealValue, Value};

use super::GraphReviews;
use crate::graph::{Answer, from_value, record};

/// Answers of one product that its page knows of, the most helpful ones.
const MAX_ANSWERS: u32 = 500;
/// Posts of one account that are read at once: nobody has written more.
const MAX_OWN: u32 = 10_000;

/// What [`post_of`] reads, with what lists are ordered by.
pub(super) const FIELDS: &str = "document: document, standing: standing, helpful: helpful, unhelpful: unhelpful,
     score: score, written_ms: written_ms, id: id";

#[derive(serde::Deserialize)]
struct Row {
    document: Writing,
    standing: Standing,
    helpful: u32,
    unhelpful: u32,
}

pub(super) fn post_of(row: Value) -> anyhow::Result<Post> {
    let Row { document, standing, helpful, unhelpful } = from_value(row).context("reading a post")?;
    Ok(Post { writing: document, standing, votes: Votes { helpful, unhelpful } })
}

pub(super) fn posts(answer: &mut Answer, statement: usize) -> anyhow::Result<Vec<Post>> {
    answer.rows::<Value>(statement)?.into_iter().map(post_of).collect()
}

#[derive(serde::Deserialize)]
struct Counted {
    #[serde(default)]
    stars: Option<Stars>,
    count: u32,
}

fn counted(answer: &mut Answer, statement: usize) -> anyhow::Result<Vec<Counted>> {
    answer.rows::<Value>(statement)?.into_iter().map(from_value).collect()
}

fn counts_of(rows: Vec<Counted>) -> StarCounts {
    let mut counts = StarCounts::default();
    for Counted { stars, count } in rows {
        if let Some(stars) = stars {
            counts.add(stars, count);
        }
    }
    counts
}

/// The stars of all reviews that are shown; a product's `$product`.
const COUNT_STARS: &str = "SELECT stars, count() AS count FROM post
    WHERE product = $product AND kind = 'review' AND state = 'shown' GROUP BY stars";
/// Whether anything was written about `$product`: of most products nothing is.
const ANY_POST: &str = "SELECT VALUE id FROM post WHERE product = $product LIMIT 1";

impl GraphReviews {
    /// What is asked of a product. Most look at it without asking for anything: that is remembered.
    pub(super) async fn look(&self, product: &ProductId, query: &PostQuery) -> anyhow::Result<Arc<About>> {
        let read = async { self.read(product, query).await.map(Arc::new) };
        if *query == PostQuery::default() { self.known.about(product, read).await } else { read.await }
    }

    async fn read(&self, product: &ProductId, query: &PostQuery) -> anyhow::Result<About> {
        let mut any = self.graph.query(ANY_POST, &[("product", record("product", product))]).await?;
        if any.rows::<Value>(0)?.is_empty() {
            return Ok(About::default());
        }
        let order = match query.order {
            ReviewOrder::MostHelpful => "score DESC, written_ms DESC, id",
            ReviewOrder::Newest => "written_ms DESC, id",
        };
        let stars = query.stars.map_or("", |_| "AND stars = $stars");
        let of = |kind: &str| format!("FROM post WHERE product = $product AND kind = '{kind}' AND state = 'shown'");
        let statements = format!(
            "{COUNT_STARS};
             SELECT VALUE {{ {FIELDS} }} {reviews} {stars} ORDER BY {order} LIMIT $reviews START $first_review;
             SELECT count() AS count {questions} GROUP ALL;
             SELECT VALUE {{ {FIELDS} }} {questions} ORDER BY score DESC, written_ms DESC, id
                LIMIT $questions START $first_question;
             SELECT VALUE {{ {FIELDS} }} {answers} ORDER BY score DESC, written_ms, id LIMIT $answers;",
            reviews = of("review"),
            questions = of("question"),
            answers = of("answer"),
        );
        let number = |number: u32| i64::from(number).into_value();
        let first = |page: u32, per_page: u32| number(page.saturating_sub(1).saturating_mul(per_page));
        let variables = [
            ("product", record("product", product)),
            ("stars", query.stars.map(|stars| i64::from(stars.get())).into_value()),
            ("reviews", number(REVIEWS_PER_PAGE)),
            ("first_review", first(query.page.get(), REVIEWS_PER_PAGE)),
            ("questions", number(QUESTIONS_PER_PAGE)),
            ("first_question", first(query.questions.get(), QUESTIONS_PER_PAGE)),
            ("answers", number(MAX_ANSWERS)),
        ];
        let mut answer = self.graph.query(&statements, &variables).await?;
        let counts = counts_of(counted(&mut answer, 0)?);
        let questions = counted(&mut answer, 2)?.first().map(|counted| counted.count).unwrap_or_default();
        let asked = with_answers(posts(&mut answer, 3)?, posts(&mut answer, 4)?);
        Ok(About { counts, reviews: posts(&mut answer, 1)?, asked, questions })
    }

    pub(super) async fn count_stars(&self, product: &ProductId) -> anyhow::Result<StarCounts> {
        let mut answer = self.graph.query(COUNT_STARS, &[("product", record("product", product))]).await?;
        Ok(counts_of(counted(&mut answer, 0)?))
    }

    pub(super) async fn find(&self, id: PostId) -> anyhow::Result<Option<Post>> {
        let statement = format!("SELECT VALUE {{ {FIELDS} }} FROM ONLY $post");
        let mut answer = self.graph.query(&statement, &[("post", record("post", id))]).await?;
        answer.one::<Value>(0)?.filter(|row| !row.is_nullish()).map(post_of).transpose()
    }

    pub(super) async fn find_shown(&self, id: PostId) -> anyhow::Result<Option<Post>> {
        Ok(self.find(id).await?.filter(|post| post.standing.is_shown()))
    }

    pub(super) async fn shown_question(&self, id: PostId) -> anyhow::Result<Option<Post>> {
        let is_question = |post: &Post| matches!(post.writing.content, Content::Question { .. });
        Ok(self.find_shown(id).await?.filter(is_question))
    }

    /// What an account posted, about one product or about all of them, the oldest first.
    pub(super) async fn posts_of(&self, account: AccountId, product: Option<&ProductId>) -> anyhow::Result<Vec<Post>> {
        let about = product.map_or("", |_| "AND product = $product");
        let statement = format!(
            "SELECT VALUE {{ {FIELDS} }} FROM post WHERE author = $author {about} ORDER BY written_ms LIMIT {MAX_OWN}"
        );
        let variables = [
            ("author", account.to_string().into_value()),
            ("product", product.map(|product| record("product", product)).into_value()),
        ];
        posts(&mut self.graph.query(&statement, &variables).await?, 0)
    }
}

fn with_answers(questions: Vec<Post>, answers: Vec<Post>) -> Vec<Asked> {
    let mut of: HashMap<PostId, Vec<Post>> = HashMap::new();
    for post in answers {
        if let Content::Answer { question, .. } = post.writing.content {
            of.entry(question).or_default().push(post);
        }
    }
    questions
        .into_iter()
        .map(|question| Asked { answers: of.remove(&question.writing.id).unwrap_or_default(), question })
        .collect()
}
