use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;
use domain::account::AccountId;
use domain::catalog::ProductId;
use domain::review::ports::{About, Asked};
use domain::review::{
    Alike, AspectCounts, AspectStars, Content, MAX_SOUGHT_WORDS, Post, PostId, PostQuery, QUESTIONS_PER_PAGE,
    REVIEWS_PER_PAGE, ReviewFacets, ReviewOrder, STRIP_REVIEWS, Standing, StarCounts, Stars, Votes, Writing, sought,
};
use domain::search::SearchText;
use surrealdb::types::{SurrealValue, Value};

use super::GraphReviews;
use crate::graph::{Answer, from_value, record};

/// Answers of one product that its page knows of, the most helpful ones.
const MAX_ANSWERS: u32 = 500;
/// Posts of one account that are read at once: nobody has written more.
const MAX_OWN: u32 = 10_000;

/// What [`post_of`] reads, with what lists are ordered by.
pub(super) const FIELDS: &str = "document: document, standing: standing, helpful: helpful, unhelpful: unhelpful,
     score: score, stars: stars, written_ms: written_ms, id: id";

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
pub(super) struct Counted {
    #[serde(default)]
    stars: Option<Stars>,
    pub(super) count: u32,
}

pub(super) fn counted(answer: &mut Answer, statement: usize) -> anyhow::Result<Vec<Counted>> {
    answer.rows::<Value>(statement)?.into_iter().map(from_value).collect()
}

/// Reviews that rate aspects alike.
#[derive(serde::Deserialize)]
struct Rated {
    aspects: AspectStars,
    count: u32,
}

fn aspects_of(answer: &mut Answer, statement: usize) -> anyhow::Result<AspectCounts> {
    let mut counts = AspectCounts::default();
    for row in answer.rows::<Value>(statement)? {
        let Rated { aspects, count } = from_value(row)?;
        counts.add(&aspects, count);
    }
    Ok(counts)
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
/// The same by what they say of aspects: there are as many groups as ways to rate a few aspects.
const COUNT_ASPECTS: &str = "SELECT document.content.aspects AS aspects, count() AS count FROM post
    WHERE product = $product AND kind = 'review' AND state = 'shown' AND document.content.aspects != NONE
    GROUP BY aspects";
/// Whether a review has pictures.
const IS_PICTURED: &str = "array::len(document.pictures ?? []) > 0";
/// The variables of words that are looked for.
const REVIEW_WORDS: [&str; MAX_SOUGHT_WORDS] = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];
const QUESTION_WORDS: [&str; MAX_SOUGHT_WORDS] = ["q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7"];

/// A condition that holds for posts with all of some words in their title and text, and its variables; none for no
/// words.
fn with_words(
    text: &SearchText,
    names: [&'static str; MAX_SOUGHT_WORDS],
) -> (Option<String>, Vec<(&'static str, Value)>) {
    const WORDED: &str = "string::lowercase((document.content.title ?? '') + ' ' + document.content.text)";
    let variables: Vec<(&str, Value)> =
        names.into_iter().zip(sought(text)).map(|(name, word)| (name, word.into_value())).collect();
    let has = variables.iter().map(|(name, _)| format!("string::contains({WORDED}, ${name})"));
    let condition = has.collect::<Vec<_>>().join(" AND ");
    ((!condition.is_empty()).then_some(condition), variables)
}

/// Whether anything was written about `$product`: of most products nothing is.
const ANY_POST: &str = "SELECT VALUE id FROM post WHERE product = $product LIMIT 1";

impl GraphReviews {
    /// What is asked of a product. Most look at it without asking for anything: that is remembered.
    pub(super) async fn look(&self, product: &ProductId, query: &PostQuery) -> anyhow::Result<Arc<About>> {
        let read = || async { self.read(product, query).await.map(Arc::new) };
        if *query == PostQuery::default() { self.known.about(product, read).await } else { read().await }
    }

    async fn read(&self, product: &ProductId, query: &PostQuery) -> anyhow::Result<About> {
        let mut any = self.graph.query(ANY_POST, &[("product", record("product", product))]).await?;
        if any.rows::<Value>(0)?.is_empty() {
            return Ok(About::default());
        }
        let (words, mut variables) = with_words(&query.words, REVIEW_WORDS);
        let (asked, asked_for) = with_words(&query.asked, QUESTION_WORDS);
        let number = |number: u32| i64::from(number).into_value();
        let first = |page: u32, per_page: u32| number(page.saturating_sub(1).saturating_mul(per_page));
        variables.extend(asked_for);
        variables.extend([
            ("product", record("product", product)),
            ("stars", query.stars.map(|stars| i64::from(stars.get())).into_value()),
            ("reviews", number(REVIEWS_PER_PAGE)),
            ("first_review", first(query.page.get(), REVIEWS_PER_PAGE)),
            ("strip", number(STRIP_REVIEWS)),
            ("questions", number(QUESTIONS_PER_PAGE)),
            ("first_question", first(query.questions.get(), QUESTIONS_PER_PAGE)),
            ("answers", number(MAX_ANSWERS)),
        ]);
        let mut answer = self.graph.query(&statements(query, words, asked), &variables).await?;
        let questions = counted(&mut answer, 4)?.first().map(|counted| counted.count).unwrap_or_default();
        let alike = answer.rows::<Value>(1)?.into_iter().map(from_value::<Alike>);
        let facets: ReviewFacets = alike.collect::<Result<_, _>>()?;
        // Where no words are looked for, those are all.
        let counts = if query.words.is_empty() { facets.counts() } else { self.count_stars(product).await? };
        Ok(About {
            counts,
            aspects: aspects_of(&mut answer, 0)?,
            facets,
            reviews: posts(&mut answer, 2)?,
            pictured: posts(&mut answer, 3)?.into_iter().map(|post| post.writing).collect(),
            asked: with_answers(posts(&mut answer, 5)?, posts(&mut answer, 6)?),
            questions,
        })
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

/// What is read for a page of `$product`: its reviews, counted, and its questions with their answers.
fn statements(query: &PostQuery, words: Option<String>, asked: Option<String>) -> String {
    let order = match query.order {
        ReviewOrder::MostHelpful => "score DESC, written_ms DESC, id",
        ReviewOrder::Newest => "written_ms DESC, id",
        ReviewOrder::Highest => "stars DESC, score DESC, written_ms DESC, id",
        ReviewOrder::Lowest => "stars, score DESC, written_ms DESC, id",
    };
    let of = |kind: &str| format!("FROM post WHERE product = $product AND kind = '{kind}' AND state = 'shown'");
    let and = |condition: Option<String>| condition.map(|condition| format!("AND {condition}")).unwrap_or_default();
    let words = and(words);
    let narrowed = [
        query.stars.map(|_| "AND stars = $stars".to_owned()),
        query.verified.then(|| "AND document.verified = true".to_owned()),
        query.pictured.then(|| format!("AND {IS_PICTURED}")),
    ];
    let narrowed = narrowed.into_iter().flatten().collect::<Vec<_>>().join(" ");
    // A question is found by its answers as well.
    let answered = |asked: &String| format!("SELECT VALUE document.content.question {} AND {asked}", of("answer"));
    let asked = and(asked.map(|asked| format!("(({asked}) OR document.id IN ({}))", answered(&asked))));
    format!(
        "{COUNT_ASPECTS};
         SELECT stars, document.verified AS verified, {IS_PICTURED} AS pictured, count() AS reviews {reviews} {words}
            GROUP BY stars, verified, pictured;
         SELECT VALUE {{ {FIELDS} }} {reviews} {words} {narrowed} ORDER BY {order}
            LIMIT $reviews START $first_review;
         SELECT VALUE {{ {FIELDS} }} {reviews} AND {IS_PICTURED} ORDER BY score DESC, written_ms DESC, id LIMIT $strip;
         SELECT count() AS count {questions} {asked} GROUP ALL;
         SELECT VALUE {{ {FIELDS} }} {questions} {asked} ORDER BY score DESC, written_ms DESC, id
            LIMIT $questions START $first_question;
         SELECT VALUE {{ {FIELDS} }} {answers} ORDER BY score DESC, written_ms, id LIMIT $answers;",
        reviews = of("review"),
        questions = of("question"),
        answers = of("answer"),
    )
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
