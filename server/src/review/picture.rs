//! The rows of the pictures of reviews. They stand in the graph beside their posts, for all servers reach it, and go
//! with them in one transaction; a review has few, and each is made small before it is kept.

use domain::account::{Account, Role};
use domain::review::ports::PictureFile;
use domain::review::{PictureForm, PictureId, PictureSize, Post, PostId, PostPicture, ReviewError};
use surrealdb::types::{Bytes, SurrealValue, Value};
use uuid::Uuid;

use super::drawing::Drawn;
use super::{Answered, GraphReviews};
use crate::graph::{object, record};

/// A picture that was sent, before it is kept.
#[derive(Debug, Clone)]
pub(super) struct New {
    pub(super) picture: PostPicture,
    drawn: Drawn,
}

impl GraphReviews {
    /// Draws the pictures that a form sends for a post: nothing for whoever is refused in any case.
    pub(super) async fn draw_all(&self, author: &Account, post: PostId, form: &PictureForm) -> Answered<Vec<New>> {
        let sent = match form.sent() {
            Ok(sent) => sent,
            Err(refused) => return Ok(Err(refused)),
        };
        if !sent.is_empty()
            && let Err(refused) = self.past_of(author, post).await?
        {
            return Ok(Err(refused));
        }
        let mut new: Vec<New> = Vec::with_capacity(sent.len());
        for (file, words) in sent {
            let drawn = match self.drawings.draw(file.bytes.clone()).await? {
                Ok(drawn) => drawn,
                Err(refused) => return Ok(Err(refused)),
            };
            let id = key_of(post, &drawn.large);
            let Drawn { width_pixels, height_pixels, .. } = drawn;
            // Who sends a picture twice has it once.
            if new.iter().all(|known| known.picture.id != id) {
                new.push(New { picture: PostPicture { id, words, width_pixels, height_pixels }, drawn });
            }
        }
        Ok(Ok(new))
    }

    /// Keeps pictures, before the post that shows them.
    pub(super) async fn keep_pictures(&self, post: PostId, new: &[New]) -> anyhow::Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let row = |New { picture, drawn }: &New| {
            object([
                ("id", picture.id.to_string().into_value()),
                ("post", record("post", post)),
                ("large", Bytes::from(drawn.large.clone()).into_value()),
                ("small", Bytes::from(drawn.small.clone()).into_value()),
            ])
        };
        let rows: Vec<Value> = new.iter().map(row).collect();
        let statement = "INSERT IGNORE INTO post_picture $rows RETURN NONE";
        self.graph.query(statement, &[("rows", rows.into_value())]).await.map(drop)
    }

    /// Removes the pictures of a post that it shows no more.
    pub(super) async fn drop_pictures(&self, post: &Post) -> anyhow::Result<()> {
        let shown = post.writing.pictures.iter().map(|picture| record("post_picture", picture.id)).collect::<Vec<_>>();
        let variables = [("post", record("post", post.writing.id)), ("shown", shown.into_value())];
        let statement = "DELETE post_picture WHERE post = $post AND id NOTINSIDE $shown RETURN NONE";
        self.graph.query(statement, &variables).await.map(drop)
    }

    pub(super) async fn read_picture(
        &self,
        id: PictureId,
        size: PictureSize,
        reader: Option<&Account>,
    ) -> anyhow::Result<Option<PictureFile>> {
        let picture = [("picture", record("post_picture", id))];
        let statement = "SELECT VALUE record::id(post) FROM $picture";
        let Some(post) = self.graph.query(statement, &picture).await?.rows::<String>(0)?.pop() else { return Ok(None) };
        let Some(post) = self.find(post.parse()?).await? else { return Ok(None) };
        // One that was kept and is not on the post yet, or not any more, is nobody's.
        let is_on_it = post.writing.pictures.iter().any(|picture| picture.id == id);
        let is_shown = post.standing.is_shown();
        if !(is_on_it && (is_shown || reader.is_some_and(|reader| may_see(reader, &post)))) {
            return Ok(None);
        }
        let statement = match size {
            PictureSize::Large => "SELECT VALUE large FROM $picture",
            PictureSize::Small => "SELECT VALUE small FROM $picture",
        };
        let file = self.graph.query(statement, &picture).await?.rows::<Bytes>(0)?.pop();
        Ok(file.map(|file| PictureFile { jpeg: file.to_vec(), is_shown }))
    }
}

/// Whether somebody sees a post that is not shown.
fn may_see(reader: &Account, post: &Post) -> bool {
    reader.role == Role::Operator || post.is_of(reader.id)
}

fn key_of(post: PostId, large: &[u8]) -> PictureId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(post.to_string().as_bytes());
    hasher.update(large);
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    PictureId::new(Uuid::from_bytes(bytes))
}

/// The pictures that a post shows: those that it goes on having, and new ones.
///
/// # Errors
/// [`ReviewError::TooManyPictures`].
pub(super) fn together(kept: Vec<PostPicture>, new: &[New]) -> Result<Vec<PostPicture>, ReviewError> {
    let is_new = |picture: &PostPicture| new.iter().any(|new| new.picture.id == picture.id);
    let mut pictures: Vec<PostPicture> = kept.into_iter().filter(|picture| !is_new(picture)).collect();
    pictures.extend(new.iter().map(|new| new.picture.clone()));
    if pictures.len() > domain::review::MAX_PICTURES { Err(ReviewError::TooManyPictures) } else { Ok(pictures) }
}
