use std::collections::HashMap;

use domain::account::{AccountId, Client};
use domain::review::ports::Opinions;
use domain::review::{
    Complaint, PostId, REPORTS_PER_ACCOUNT, REPORTS_PER_NETWORK, ReviewError, VOTES_PER_ACCOUNT, VOTES_PER_NETWORK,
    Vote, reporters_needed,
};
use surrealdb::types::{SurrealValue, Value};

use super::{Answered, GraphReviews};
use crate::account;
use crate::graph::{from_value, record};

/// Counts the votes of `$post` anew. Whoever votes on the same post at the same time writes the same
/// record: one of the transactions is run again.
const COUNT_VOTES: &str = "
    LET $helpful = array::len((SELECT VALUE id FROM post_vote WHERE post = $post AND vote = 'helpful'));
    LET $unhelpful = array::len((SELECT VALUE id FROM post_vote WHERE post = $post AND vote = 'unhelpful'));
    UPDATE $post SET helpful = $helpful, unhelpful = $unhelpful, score = $helpful - $unhelpful RETURN NONE;";

fn vote_record(post: PostId, voter: AccountId) -> Value {
    record("post_vote", format!("{post}/{voter}"))
}

impl GraphReviews {
    pub(super) async fn cast(&self, voter: AccountId, id: PostId, vote: Option<Vote>, from: &Client) -> Answered<()> {
        let limits = (VOTES_PER_ACCOUNT, VOTES_PER_NETWORK);
        if let Some(wait_mins) = account::count_deed(&self.sql, "vote", voter, from, limits).await? {
            return Ok(Err(ReviewError::TooManyVotes { wait_mins }));
        }
        let Some(post) = self.find_shown(id).await? else { return Ok(Err(ReviewError::NoSuchPost)) };
        if post.is_of(voter) {
            return Ok(Err(ReviewError::OwnPost));
        }
        let change = match vote {
            Some(_) => "UPSERT $record SET post = $post, voter = $voter, vote = $vote RETURN NONE;",
            None => "DELETE $record;",
        };
        let variables = [
            ("record", vote_record(id, voter)),
            ("post", record("post", id)),
            ("voter", voter.to_string().into_value()),
            ("vote", vote.map(|vote| vote.parameter().to_owned()).into_value()),
        ];
        self.graph.query(&format!("BEGIN; {change} {COUNT_VOTES} COMMIT;"), &variables).await?;
        self.known.forget(&post.writing.product).await;
        Ok(Ok(()))
    }

    pub(super) async fn read_votes(&self, voter: AccountId, ids: &[PostId]) -> anyhow::Result<HashMap<PostId, Vote>> {
        #[derive(serde::Deserialize)]
        struct Row {
            post: PostId,
            vote: Vote,
        }
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let records = ids.iter().map(|id| vote_record(*id, voter)).collect::<Vec<_>>();
        let statement = "SELECT VALUE { post: record::id(post), vote: vote } FROM $votes";
        let mut answer = self.graph.query(statement, &[("votes", records.into_value())]).await?;
        let rows = answer.rows::<Value>(0)?.into_iter().map(from_value::<Row>);
        rows.map(|row| row.map(|Row { post, vote }| (post, vote))).collect()
    }

    /// All that an account voted and reported.
    pub(super) async fn read_opinions(&self, account: AccountId) -> anyhow::Result<Opinions> {
        #[derive(serde::Deserialize)]
        struct Row<T> {
            post: PostId,
            said: T,
        }
        let statements = "SELECT VALUE { post: record::id(post), said: vote } FROM post_vote WHERE voter = $account;
            SELECT VALUE { post: record::id(post), said: why } FROM post_report WHERE reporter = $account;";
        let mut answer = self.graph.query(statements, &[("account", account.to_string().into_value())]).await?;
        let votes = answer.rows::<Value>(0)?.into_iter().map(from_value::<Row<Vote>>);
        let votes = votes.map(|row| row.map(|Row { post, said }| (post, said))).collect::<Result<_, _>>()?;
        let reports = answer.rows::<Value>(1)?.into_iter().map(from_value::<Row<Complaint>>);
        let reports = reports.map(|row| row.map(|Row { post, said }| (post, said))).collect::<Result<_, _>>()?;
        Ok(Opinions { votes, reports })
    }

    /// Takes back all that an account voted and reported.
    pub(super) async fn take_back_votes(&self, voter: AccountId) -> anyhow::Result<()> {
        let author = [("voter", voter.to_string().into_value())];
        let mut answer =
            self.graph.query("SELECT VALUE record::id(post) FROM post_vote WHERE voter = $voter", &author).await?;
        for id in answer.rows::<String>(0)? {
            let id: PostId = id.parse()?;
            let variables = [("record", vote_record(id, voter)), ("post", record("post", id))];
            self.graph.query(&format!("BEGIN; DELETE $record; {COUNT_VOTES} COMMIT;"), &variables).await?;
            if let Some(post) = self.find(id).await? {
                self.known.forget(&post.writing.product).await;
            }
        }
        self.graph.query("DELETE post_report WHERE reporter = $voter", &author).await.map(drop)
    }

    pub(super) async fn take_report(
        &self,
        reporter: AccountId,
        id: PostId,
        why: Complaint,
        from: &Client,
    ) -> Answered<()> {
        let limits = (REPORTS_PER_ACCOUNT, REPORTS_PER_NETWORK);
        if let Some(wait_mins) = account::count_deed(&self.sql, "report", reporter, from, limits).await? {
            return Ok(Err(ReviewError::TooManyReports { wait_mins }));
        }
        let Some(post) = self.find_shown(id).await? else { return Ok(Err(ReviewError::NoSuchPost)) };
        if post.is_of(reporter) {
            return Ok(Err(ReviewError::OwnPost));
        }
        // Whoever reports the same post at the same time writes the same record, as with votes.
        let statements = "BEGIN;
            UPSERT $record SET post = $post, reporter = $reporter, why = $why RETURN NONE;
            LET $reporters = array::len((SELECT VALUE id FROM post_report WHERE post = $post));
            UPDATE $post SET reporters = $reporters,
                waiting = waiting OR $reporters >= $of_approved
                    OR (approved != true AND $reporters >= $of_others) RETURN NONE;
            COMMIT;";
        let variables = [
            ("record", record("post_report", format!("{id}/{reporter}"))),
            ("post", record("post", id)),
            ("reporter", reporter.to_string().into_value()),
            ("why", why.parameter().to_owned().into_value()),
            ("of_approved", i64::from(reporters_needed(true)).into_value()),
            ("of_others", i64::from(reporters_needed(false)).into_value()),
        ];
        self.graph.query(statements, &variables).await?;
        Ok(Ok(()))
    }
}
