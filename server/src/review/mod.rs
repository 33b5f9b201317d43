//! Review: keeps reviews, questions and answers in the graph, with what readers voted and reported.
//! Only this module writes the tables `post`, `post_vote`, `post_report`, `post_picture` and `post_removed`. The key of a review is
//! made of its author and its product, that of an answer of its author and its question: a second one takes the
//! place of the first, whoever writes at the same time. Who bought what is asked of the orders, and asked
//! again when an order was taken back; the catalog is told how many stars a product was given. Pictures are kept
//! beside their post and not in files: every server of a store reaches the graph, and none the others' disks.

mod drawing;
mod key;
mod known;
mod moderation;
mod picture;
mod read;
pub(crate) mod upload;
mod vote;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::account::{Account, AccountId, Client};
use domain::catalog::{Product, ProductId};
use domain::review::ports::{About, Opinions, PictureFile, Reviews, Waiting};
use domain::review::{
    Answer, Complaint, Content, Judgement, PictureForm, PictureId, PictureSize, Post, PostId, PostQuery, Question,
    ReviewError, Vote,
};
use jiff::Timestamp;

use crate::catalog::GraphCatalog;
use crate::fault::at_boundary;
use crate::graph::Graph;
use crate::order::SqlOrders;
use crate::sql::Sql;
use drawing::Drawings;
use known::Known;

pub(crate) use write::{DemoReview, add_demo};

/// An answer, or why not; around it what nobody can help.
type Answered<T> = anyhow::Result<Result<T, ReviewError>>;

#[derive(Debug, Clone)]
pub(crate) struct GraphReviews {
    graph: Graph,
    catalog: GraphCatalog,
    orders: SqlOrders,
    sql: Sql,
    known: Arc<Known>,
    drawings: Drawings,
}

impl GraphReviews {
    /// In SQL it is only counted how often somebody votes and reports.
    pub(crate) fn new(graph: Graph, catalog: GraphCatalog, orders: SqlOrders, sql: Sql) -> Self {
        let known = Arc::new(Known::new(graph.is_shared()));
        Self { graph, catalog, orders, sql, known, drawings: Drawings::new() }
    }
}

fn answer<T>(answered: Answered<T>) -> Result<T, ReviewError> {
    at_boundary(answered, ReviewError::Unavailable).flatten()
}

fn reached<T>(read: anyhow::Result<T>) -> Result<T, ReviewError> {
    at_boundary(read, ReviewError::Unavailable)
}

#[async_trait]
impl Reviews for GraphReviews {
    async fn about(&self, product: &ProductId, query: &PostQuery) -> Result<Arc<About>, ReviewError> {
        reached(self.look(product, query).await)
    }

    async fn question(&self, id: PostId) -> Result<Option<Post>, ReviewError> {
        reached(self.shown_question(id).await)
    }

    async fn own(&self, account: AccountId, product: &ProductId) -> Result<Vec<Post>, ReviewError> {
        reached(self.posts_of(account, Some(product)).await)
    }

    async fn review(
        &self,
        author: &Account,
        product: &Product,
        content: Content,
        pictures: &PictureForm,
    ) -> Result<Post, ReviewError> {
        answer(self.write(author, product, key::of_review(&product.id, author.id), content, pictures).await)
    }

    async fn picture(
        &self,
        id: PictureId,
        size: PictureSize,
        reader: Option<&Account>,
    ) -> Result<Option<PictureFile>, ReviewError> {
        reached(self.read_picture(id, size, reader).await)
    }

    async fn ask(&self, author: &Account, product: &Product, question: Question) -> Result<Post, ReviewError> {
        let id = key::of_question(&product.id, author.id, question.as_str());
        let content = Content::Question { text: question };
        answer(self.write(author, product, id, content, &PictureForm::default()).await)
    }

    async fn answer(&self, author: &Account, product: &Product, to: PostId, text: Answer) -> Result<Post, ReviewError> {
        let is_there = self.question(to).await?.is_some_and(|question| question.writing.product == product.id);
        if !is_there {
            return Err(ReviewError::NoSuchPost);
        }
        let content = Content::Answer { question: to, text };
        answer(self.write(author, product, key::of_answer(to, author.id), content, &PictureForm::default()).await)
    }

    async fn remove(&self, account: AccountId, id: PostId) -> Result<(), ReviewError> {
        answer(self.remove_own(account, id).await)
    }

    async fn vote(&self, voter: AccountId, id: PostId, vote: Option<Vote>, from: &Client) -> Result<(), ReviewError> {
        answer(self.cast(voter, id, vote, from).await)
    }

    async fn votes_of(&self, voter: AccountId, ids: &[PostId]) -> Result<HashMap<PostId, Vote>, ReviewError> {
        reached(self.read_votes(voter, ids).await)
    }

    async fn opinions_of(&self, account: AccountId) -> Result<Opinions, ReviewError> {
        reached(self.read_opinions(account).await)
    }

    async fn report(&self, reporter: AccountId, id: PostId, why: Complaint, from: &Client) -> Result<(), ReviewError> {
        answer(self.take_report(reporter, id, why, from).await)
    }

    async fn waiting(&self, limit: u32) -> Result<Vec<Waiting>, ReviewError> {
        reached(self.read_waiting(limit).await)
    }

    async fn count_waiting(&self) -> Result<u32, ReviewError> {
        reached(self.read_count_waiting().await)
    }

    async fn judge(&self, id: PostId, seen: Timestamp, judgement: Judgement) -> Result<(), ReviewError> {
        answer(self.decide(id, seen, judgement).await)
    }

    async fn all_of(&self, account: AccountId) -> Result<Vec<Post>, ReviewError> {
        reached(self.posts_of(account, None).await)
    }

    async fn forget(&self, account: AccountId) -> Result<(), ReviewError> {
        reached(self.forget_all(account).await)
    }
}
