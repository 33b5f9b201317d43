use std::collections::HashSet;

use anyhow::bail;
use domain::account::{Account, AccountId, Role};
use domain::catalog::{Product, ProductId, Sku};
use domain::review::{
    Author, Before, Content, MAX_WAITING_POSTS, PictureForm, Post, PostId, PostPicture, PublicName, ReviewError,
    Standing, Suspicion, Votes, Writing, has_unseen, kept_of, standing_of_new, suspicions,
};
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::picture::{New, together};
use super::{Answered, GraphReviews, key};
use crate::graph::{Graph, from_value, object, record, to_value};
use crate::sql::now_ms;

/// Posts of an author that a new one is compared with.
const COMPARED_POSTS: i64 = 20;
const HOUR_MS: i64 = 60 * 60 * 1_000;
/// How often the catalog is told anew, or a post written anew, because somebody wrote meanwhile.
const MAX_ATTEMPTS: u32 = 16;

/// What is written anew keeps its votes; what waits for a person goes on waiting, and new words are approved by
/// nobody: a report of the old ones brings them before a person.
const PUT_POSTS: &str = "INSERT INTO post $rows ON DUPLICATE KEY UPDATE
    document = $input.document, standing = $input.standing, state = $input.state, stars = $input.stars,
    waiting = waiting OR $input.waiting OR (reporters ?? 0) > 0, approved = false,
    touched_ms = $input.touched_ms RETURN NONE";

/// The same for a post that is there, unless it was decided about since it was read.
const REWRITE_POST: &str = "UPDATE $post SET
    document = $row.document, standing = $row.standing, state = $row.state, stars = $row.stars,
    waiting = waiting OR $row.waiting OR (reporters ?? 0) > 0, approved = false, touched_ms = $row.touched_ms
    WHERE standing = $before RETURN VALUE touched_ms";

/// A review of the demo store, before it is kept.
#[derive(Debug, Clone)]
pub(crate) struct DemoReview {
    pub(crate) product: ProductId,
    /// Among the reviews of its product.
    pub(crate) number: usize,
    pub(crate) name: PublicName,
    pub(crate) content: Content,
    pub(crate) written_at: Timestamp,
    pub(crate) votes: Votes,
}

impl GraphReviews {
    /// Writes a post under its key, or writes it anew; again where somebody decided about it meanwhile.
    pub(super) async fn write(
        &self,
        author: &Account,
        product: &Product,
        id: PostId,
        content: Content,
        pictures: &PictureForm,
    ) -> Answered<Post> {
        let new = match self.draw_all(author, id, pictures).await? {
            Ok(new) => new,
            Err(refused) => return Ok(Err(refused)),
        };
        for _ in 0..MAX_ATTEMPTS {
            let before = self.find(id).await?;
            let album = match Album::of(before.as_ref(), pictures, &new) {
                Ok(album) => album,
                Err(refused) => return Ok(Err(refused)),
            };
            let post = match self.draw_up(author, product, id, (content.clone(), album), before.as_ref()).await? {
                Ok(post) => post,
                Err(refused) => return Ok(Err(refused)),
            };
            self.keep_pictures(id, &new).await?;
            if self.put(&post, before.as_ref()).await? {
                let post = self.look_again(author, post).await?;
                if matches!(post.writing.content, Content::Review { .. }) {
                    self.drop_pictures(&post).await?;
                }
                // It may have been taken back while the post was drawn up.
                if post.writing.verified {
                    self.unmark(author.id, &product.id, &skus_of(product)).await?;
                }
                self.settle(&product.id).await?;
                return Ok(Ok(post));
            }
        }
        bail!("the post {id} is decided about again and again")
    }

    /// Keeps a post; `false` when the one that it takes the place of is gone or was decided about meanwhile.
    async fn put(&self, post: &Post, before: Option<&Post>) -> anyhow::Result<bool> {
        let row = row_of(post)?;
        let Some(before) = before else {
            self.graph.query(PUT_POSTS, &[("rows", vec![row].into_value())]).await?;
            return Ok(true);
        };
        let variables =
            [("post", record("post", post.writing.id)), ("row", row), ("before", to_value(&before.standing)?)];
        let mut answer = self.graph.query(REWRITE_POST, &variables).await?;
        Ok(!answer.rows::<i64>(0)?.is_empty())
    }

    /// What is to be kept of a post.
    async fn draw_up(
        &self,
        author: &Account,
        product: &Product,
        id: PostId,
        (content, album): (Content, Album),
        before: Option<&Post>,
    ) -> Answered<Post> {
        let past = match self.past_of(author, id).await? {
            Ok(past) => past,
            Err(refused) => return Ok(Err(refused)),
        };
        let why = match author.role {
            Role::Operator => vec![],
            Role::Customer => {
                let mut why = suspicions(content.title(), content.text(), &past);
                why.extend(album.has_unseen.then_some(Suspicion::Pictures));
                if before.is_none() && self.has_removed(author.id, &product.id).await? {
                    why.push(Suspicion::RemovedBefore);
                }
                why
            }
        };
        let standing = standing_of_new(before.map(|post| &post.standing), why);
        let now = Timestamp::now();
        let written_at = before.map_or(now, |post| post.writing.written_at);
        let writing = Writing {
            id,
            product: product.id.clone(),
            author: author_of(author, &content),
            content,
            pictures: album.pictures,
            verified: self.orders.has_bought(author.id, &skus_of(product)).await?,
            written_at,
            edited_at: before.map(|_| now),
        };
        let votes = before.map(|post| post.votes).unwrap_or_default();
        Ok(Ok(Post { writing, standing, votes }))
    }

    /// Of several that an author posts at the same moment none was there when the others were drawn up. Whichever
    /// is kept later finds those before it.
    async fn look_again(&self, author: &Account, post: Post) -> anyhow::Result<Post> {
        if !post.standing.is_shown() || author.role == Role::Operator {
            return Ok(post);
        }
        let (past, _) = self.past(author.id, post.writing.id).await?;
        let why = suspicions(post.writing.content.title(), post.writing.content.text(), &past);
        if why.is_empty() {
            return Ok(post);
        }
        let held = Post { standing: Standing::Held { why }, ..post.clone() };
        // Where somebody decided about it meanwhile, that stands.
        self.put(&held, Some(&post)).await?;
        Ok(held)
    }

    /// Whether an author took something away from a product that a person was to look at, or had rejected.
    async fn has_removed(&self, author: AccountId, product: &ProductId) -> anyhow::Result<bool> {
        let removed = record("post_removed", format!("{author}/{product}"));
        let mut answer = self.graph.query("SELECT VALUE id FROM $removed", &[("removed", removed)]).await?;
        Ok(!answer.rows::<Value>(0)?.is_empty())
    }

    /// Takes the mark of a buyer from what an account wrote about a product, unless it has bought one of its SKUs.
    pub(crate) async fn unmark(&self, account: AccountId, product: &ProductId, skus: &[Sku]) -> anyhow::Result<()> {
        if self.orders.has_bought(account, skus).await? {
            return Ok(());
        }
        let statement = "UPDATE post SET document.verified = false
            WHERE author = $author AND product = $product AND document.verified = true RETURN NONE";
        let variables = [("author", account.to_string().into_value()), ("product", record("product", product))];
        self.graph.query(statement, &variables).await?;
        self.known.forget(product).await;
        Ok(())
    }

    /// What an author posted before, this post left out. Who has too much waiting is refused.
    pub(super) async fn past_of(&self, author: &Account, id: PostId) -> Answered<Before> {
        let (past, waiting) = self.past(author.id, id).await?;
        if waiting >= MAX_WAITING_POSTS && author.role != Role::Operator {
            return Ok(Err(ReviewError::TooManyWaiting));
        }
        Ok(Ok(past))
    }

    /// The same with how much of it waits for a person.
    async fn past(&self, author: AccountId, id: PostId) -> anyhow::Result<(Before, usize)> {
        #[derive(serde::Deserialize)]
        struct Row {
            text: String,
            touched_ms: i64,
        }
        let statements = "
            SELECT VALUE { text: document.content.text, touched_ms: touched_ms } FROM post
                WHERE author = $author AND id != $post ORDER BY touched_ms DESC LIMIT $limit;
            SELECT VALUE id FROM post WHERE author = $author AND id != $post AND state = 'held' LIMIT $limit;";
        let variables = [
            ("author", author.to_string().into_value()),
            ("post", record("post", id)),
            ("limit", COMPARED_POSTS.into_value()),
        ];
        let mut answer = self.graph.query(statements, &variables).await?;
        let rows: Vec<Row> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect::<Result<_, _>>()?;
        let waiting = answer.rows::<Value>(1)?.len();
        let hour_ago = now_ms() - HOUR_MS;
        let in_last_hour = u32::try_from(rows.iter().filter(|row| row.touched_ms > hour_ago).count())?;
        let texts = rows.into_iter().map(|row| row.text).collect();
        Ok((Before { in_last_hour, texts }, waiting))
    }

    /// Tells the catalog what a product was given. Of several who write at once, the last one to tell
    /// has looked after all others have written.
    pub(super) async fn settle(&self, product: &ProductId) -> anyhow::Result<()> {
        // What was written stands, whatever fails from here on.
        self.known.forget(product).await;
        let mut told = None;
        for _ in 0..MAX_ATTEMPTS {
            let counts = self.count_stars(product).await?;
            if told == Some(counts) {
                break;
            }
            self.catalog.rate(product, counts.as_ratings()).await?;
            told = Some(counts);
        }
        self.known.forget(product).await;
        Ok(())
    }

    pub(super) async fn remove_own(&self, account: AccountId, id: PostId) -> Answered<()> {
        let Some(post) = self.find(id).await?.filter(|post| post.is_of(account)) else {
            return Ok(Err(ReviewError::NoSuchPost));
        };
        self.delete(&[id]).await?;
        self.settle(&post.writing.product).await?;
        Ok(Ok(()))
    }

    /// Removes posts with their pictures, and with what readers voted and reported. That a person was to look at
    /// one, or had rejected it, is not forgotten with it.
    async fn delete(&self, ids: &[PostId]) -> anyhow::Result<()> {
        let posts = ids.iter().map(|id| record("post", id)).collect::<Vec<_>>();
        let statements = "BEGIN;
            INSERT IGNORE INTO post_removed (SELECT VALUE { id: author + '/' + record::id(product), author: author }
                FROM $posts WHERE author != NONE AND (state = 'rejected' OR waiting = true)) RETURN NONE;
            DELETE post_vote WHERE post IN $posts;
            DELETE post_report WHERE post IN $posts;
            DELETE post_picture WHERE post IN $posts;
            DELETE $posts;
            COMMIT;";
        self.graph.query(statements, &[("posts", posts.into_value())]).await.map(drop)
    }

    /// Removes everything of an account; can be done again.
    pub(crate) async fn forget_all(&self, account: AccountId) -> anyhow::Result<()> {
        self.take_back_votes(account).await?;
        let posts = self.posts_of(account, None).await?;
        for post in &posts {
            self.delete(&[post.writing.id]).await?;
        }
        let author = [("author", account.to_string().into_value())];
        self.graph.query("DELETE post_removed WHERE author = $author", &author).await?;
        let products: HashSet<ProductId> = posts.into_iter().map(|post| post.writing.product).collect();
        for product in &products {
            self.settle(product).await?;
        }
        Ok(())
    }
}

/// Keeps reviews of the demo store. Its products were written with their stars.
pub(crate) async fn add_demo(graph: &Graph, reviews: Vec<DemoReview>) -> anyhow::Result<()> {
    if reviews.is_empty() {
        return Ok(());
    }
    let row = |review: DemoReview| {
        let writing = Writing {
            id: key::of_demo(&review.product, review.number),
            product: review.product,
            author: Author::Demo { name: review.name },
            content: review.content,
            pictures: vec![],
            verified: false,
            written_at: review.written_at,
            edited_at: None,
        };
        row_of(&Post { writing, standing: Standing::Shown, votes: review.votes })
    };
    let rows = reviews.into_iter().map(row).collect::<anyhow::Result<Vec<Value>>>()?;
    graph.query(PUT_POSTS, &[("rows", rows.into_value())]).await.map(drop)
}

/// The pictures of a post that is written.
struct Album {
    pictures: Vec<PostPicture>,
    has_unseen: bool,
}

impl Album {
    fn of(before: Option<&Post>, form: &PictureForm, new: &[New]) -> Result<Self, ReviewError> {
        let kept = kept_of(before, &form.dropped);
        let has_unseen = has_unseen(before, &kept, new.len());
        Ok(Self { pictures: together(kept, new)?, has_unseen })
    }
}

fn skus_of(product: &Product) -> Vec<Sku> {
    product.variants.iter().map(|variant| variant.sku.clone()).collect()
}

/// Operators answer for the store; what they think of a product they think as customers.
fn author_of(account: &Account, content: &Content) -> Author {
    match (account.role, content) {
        (Role::Operator, Content::Answer { .. }) => Author::Store { account: account.id },
        _ => Author::Customer { account: account.id, name: PublicName::of(&account.name) },
    }
}

fn row_of(post: &Post) -> anyhow::Result<Value> {
    let Post { writing, standing, votes } = post;
    let touched_at = writing.edited_at.unwrap_or(writing.written_at);
    Ok(object([
        ("id", writing.id.to_string().into_value()),
        ("product", record("product", &writing.product)),
        ("kind", writing.content.parameter().to_owned().into_value()),
        ("author", writing.author.account().map(|account| account.to_string()).into_value()),
        ("stars", writing.content.stars().map(|stars| i64::from(stars.get())).into_value()),
        ("document", to_value(writing)?),
        ("standing", to_value(standing)?),
        ("state", standing.parameter().to_owned().into_value()),
        ("waiting", matches!(standing, Standing::Held { .. }).into_value()),
        ("helpful", i64::from(votes.helpful).into_value()),
        ("unhelpful", i64::from(votes.unhelpful).into_value()),
        ("score", votes.score().into_value()),
        ("written_ms", writing.written_at.as_millisecond().into_value()),
        ("touched_ms", touched_at.as_millisecond().into_value()),
    ]))
}

#[cfg(test)]
mod tests {
    use domain::checkout::PersonName;
    use domain::review::Complaint;

    use super::*;
    use crate::catalog::GraphCatalog;
    use crate::context::Databases;
    use crate::order::{AccessKey, SqlOrders};

    #[tokio::test]
    async fn a_post_that_was_decided_about_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let orders = SqlOrders::new(sql.clone(), AccessKey::derive(&[]));
        let reviews = GraphReviews::new(graph.clone(), GraphCatalog::new(graph.clone()), orders, sql);
        let product: ProductId = "lamp".parse().unwrap();
        let id = key::of_demo(&product, 1);
        let writing = Writing {
            id,
            product,
            author: Author::Demo { name: PublicName::of(&"Ada Lovelace".parse::<PersonName>().unwrap()) },
            content: Content::Question { text: "Is it warm?".parse().unwrap() },
            pictures: vec![],
            verified: false,
            written_at: Timestamp::UNIX_EPOCH,
            edited_at: None,
        };
        let shown = Post { writing, standing: Standing::Shown, votes: Votes::default() };
        assert!(reviews.put(&shown, None).await.unwrap());
        let rejected = Post { standing: Standing::Rejected { why: Complaint::Offensive }, ..shown.clone() };
        assert!(reviews.put(&rejected, Some(&shown)).await.unwrap());
        assert!(!reviews.put(&shown, Some(&shown)).await.unwrap(), "what was read is no longer so");
        assert_eq!(reviews.find(id).await.unwrap().unwrap().standing, rejected.standing);
        graph.close().await;
    }
}
