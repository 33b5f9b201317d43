//! What the server keeps of reviews, questions and answers.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Answer, AspectCounts, Complaint, Content, Judgement, PictureForm, PictureId, PictureSize, Post, PostId, PostQuery,
    Question, ReviewError, ReviewFacets, StarCounts, Vote, Writing,
};
use crate::account::{Account, AccountId, Client};
use crate::catalog::{Product, ProductId};

/// What others wrote about a product, as its page shows it.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Of all reviews that are shown, whatever was asked for.
    pub counts: StarCounts,
    /// What all of them say of the aspects of the product.
    pub aspects: AspectCounts,
    /// Of those that have the words that are looked for.
    pub facets: ReviewFacets,
    /// Reviews with pictures, the most helpful first, at most [`STRIP_REVIEWS`](super::STRIP_REVIEWS).
    pub pictured: Vec<Writing>,
    /// One page of them.
    pub reviews: Vec<Post>,
    /// One page of the questions that are shown and have the words that are looked for.
    pub asked: Vec<Asked>,
    /// How many questions there are on all pages.
    pub questions: u32,
}

/// A question with its answers, the most helpful first.
#[derive(Debug, Clone)]
pub struct Asked {
    pub question: Post,
    pub answers: Vec<Post>,
}

/// A post that waits for an operator, with what readers complained about.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub post: Post,
    pub complaints: Vec<(Complaint, u32)>,
}

/// What a customer thinks of what others posted, each by the post that it is about.
#[derive(Debug, Clone, Default)]
pub struct Opinions {
    pub votes: Vec<(PostId, Vote)>,
    pub reports: Vec<(PostId, Complaint)>,
}

/// The bytes of a picture, a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    pub jpeg: Vec<u8>,
    /// Whether everybody may see it.
    pub is_shown: bool,
}

#[async_trait]
pub trait Reviews: Send + Sync {
    /// What others wrote about a product and is shown, as far as it is asked for.
    async fn about(&self, product: &ProductId, query: &PostQuery) -> Result<Arc<About>, ReviewError>;

    /// A question that is shown.
    async fn question(&self, id: PostId) -> Result<Option<Post>, ReviewError>;

    /// What a customer wrote about a product, shown or not: the review, questions, answers.
    async fn own(&self, account: AccountId, product: &ProductId) -> Result<Vec<Post>, ReviewError>;

    /// Writes a customer's review of a product, or writes it anew. Pictures are drawn anew, without what their files
    /// tell beside them, and wait for a person.
    async fn review(
        &self,
        author: &Account,
        product: &Product,
        content: Content,
        pictures: &PictureForm,
    ) -> Result<Post, ReviewError>;

    /// A picture of a post. Before the post is shown only its author and those who run the store see it.
    async fn picture(
        &self,
        id: PictureId,
        size: PictureSize,
        reader: Option<&Account>,
    ) -> Result<Option<PictureFile>, ReviewError>;

    async fn ask(&self, author: &Account, product: &Product, question: Question) -> Result<Post, ReviewError>;

    /// Answers a question, or answers it anew. An operator answers in the store's name.
    async fn answer(&self, author: &Account, product: &Product, to: PostId, text: Answer) -> Result<Post, ReviewError>;

    /// Removes a post of an account; another account's stays.
    async fn remove(&self, account: AccountId, id: PostId) -> Result<(), ReviewError>;

    /// Casts a customer's vote on a post that is shown, or with `None` takes it back.
    /// There are limits to how often an account and a network may.
    async fn vote(&self, voter: AccountId, id: PostId, vote: Option<Vote>, from: &Client) -> Result<(), ReviewError>;

    /// How a customer voted on some posts.
    async fn votes_of(&self, voter: AccountId, ids: &[PostId]) -> Result<HashMap<PostId, Vote>, ReviewError>;

    /// Tells the operators what a customer finds wrong with a post that is shown; it stays so until they
    /// have decided. One that they have approved they are asked about again when
    /// [enough](super::reporters_needed) have reported it. There are limits to how often an account and a network may.
    async fn report(&self, reporter: AccountId, id: PostId, why: Complaint, from: &Client) -> Result<(), ReviewError>;

    /// The posts that wait for an operator, the oldest first, at most `limit`.
    async fn waiting(&self, limit: u32) -> Result<Vec<Waiting>, ReviewError>;

    /// How many posts wait for an operator.
    async fn count_waiting(&self) -> Result<u32, ReviewError>;

    /// What an operator decides about a post, whether it waits or not, as it was worded when it was
    /// `seen`: [`ReviewError::Rewritten`] otherwise.
    async fn judge(&self, id: PostId, seen: Timestamp, judgement: Judgement) -> Result<(), ReviewError>;

    /// Everything that an account posted, shown or not, the oldest first.
    async fn all_of(&self, account: AccountId) -> Result<Vec<Post>, ReviewError>;

    /// All that an account voted and reported.
    async fn opinions_of(&self, account: AccountId) -> Result<Opinions, ReviewError>;

    /// Removes all that an account posted, voted and reported.
    async fn forget(&self, account: AccountId) -> Result<(), ReviewError>;
}
