use std::collections::BTreeMap;

use domain::review::ports::Waiting;
use domain::review::{Complaint, Judgement, Post, PostId, ReviewError, Standing};
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::read::{FIELDS, counted, posts};
use super::{Answered, GraphReviews};
use crate::graph::{from_value, record, to_value};

impl GraphReviews {
    pub(super) async fn read_waiting(&self, limit: u32) -> anyhow::Result<Vec<Waiting>> {
        #[derive(serde::Deserialize)]
        struct Row {
            post: PostId,
            why: String,
        }
        let statement =
            format!("SELECT VALUE {{ {FIELDS} }} FROM post WHERE waiting = true ORDER BY written_ms LIMIT $limit");
        let mut answer = self.graph.query(&statement, &[("limit", i64::from(limit).into_value())]).await?;
        let waiting = posts(&mut answer, 0)?;
        let mut complaints: BTreeMap<PostId, BTreeMap<Complaint, u32>> = BTreeMap::new();
        let records: Vec<Value> = waiting.iter().map(|post| record("post", post.writing.id)).collect();
        let statement = "SELECT VALUE { post: record::id(post), why: why } FROM post_report WHERE post IN $posts";
        let mut answer = self.graph.query(statement, &[("posts", records.into_value())]).await?;
        for row in answer.rows::<Value>(0)? {
            let Row { post, why } = from_value(row)?;
            if let Some(complaint) = Complaint::from_parameter(&why) {
                *complaints.entry(post).or_default().entry(complaint).or_default() += 1;
            }
        }
        let with_complaints = |post: Post| {
            let complaints = complaints.remove(&post.writing.id).unwrap_or_default().into_iter().collect();
            Waiting { post, complaints }
        };
        Ok(waiting.into_iter().map(with_complaints).collect())
    }

    pub(super) async fn read_count_waiting(&self) -> anyhow::Result<u32> {
        let statement = "SELECT count() AS count FROM post WHERE waiting = true GROUP ALL";
        let mut answer = self.graph.query(statement, &[]).await?;
        // Nothing to count is no row.
        Ok(counted(&mut answer, 0)?.into_iter().map(|counted| counted.count).sum())
    }

    /// What was reported is decided with it: the reports are done with, and those of a few do not bring back what was
    /// approved. Only the words that were `seen` are
    /// decided about; where they were rewritten, reports stay as well.
    pub(super) async fn decide(&self, id: PostId, seen: Timestamp, judgement: Judgement) -> Answered<()> {
        let Some(post) = self.find(id).await? else { return Ok(Err(ReviewError::NoSuchPost)) };
        let standing = Standing::from(judgement);
        // One statement is one transaction.
        let statement = "{ LET $decided = (UPDATE $post SET standing = $standing, state = $state, waiting = false,
                    approved = $approved, reporters = 0
                WHERE (document.edited_at ?? document.written_at) = $seen RETURN VALUE id);
            DELETE post_report WHERE post IN $decided;
            $decided }";
        let variables = [
            ("post", record("post", id)),
            ("standing", to_value(&standing)?),
            ("seen", to_value(&seen)?),
            ("approved", standing.is_shown().into_value()),
            ("state", standing.parameter().to_owned().into_value()),
        ];
        let mut answer = self.graph.query(statement, &variables).await?;
        if answer.rows::<Value>(0)?.is_empty() {
            return Ok(Err(ReviewError::Rewritten));
        }
        self.settle(&post.writing.product).await?;
        Ok(Ok(()))
    }
}
