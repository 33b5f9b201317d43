use anyhow::Context;
use domain::search::SearchText;
use domain::search::insight::{
    CountedQuery, CountedSearch, InsightReport, KEPT_DAYS, LEAST_BOUGHT, LEAST_PEOPLE, MAX_BOUGHT_QUERIES,
    MAX_DAILY_QUERIES, MAX_REPORTED_QUERIES, Period, RARE_KEPT_DAYS, Tally,
};
use domain::search::query::{Clause, Query};
use jiff::ToSpan;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::SqlInsight;
use crate::sql::{Cell, rows};

const ADD: &str = "INSERT INTO search_days
    (day, query, searches, people, unanswered, clicks, click_places, purchases, purchase_places) VALUES";
const TO_WHAT_IS_THERE: &str = "ON CONFLICT (day, query) DO UPDATE SET
    searches = search_days.searches + excluded.searches,
    people = search_days.people + excluded.people,
    unanswered = search_days.unanswered + excluded.unanswered,
    clicks = search_days.clicks + excluded.clicks,
    click_places = search_days.click_places + excluded.click_places,
    purchases = search_days.purchases + excluded.purchases,
    purchase_places = search_days.purchase_places + excluded.purchase_places";
/// PostgreSQL makes a sum of whole numbers something that is none.
const SUMS: &str = "CAST(COALESCE(SUM(searches), 0) AS BIGINT) AS searches,
    CAST(COALESCE(SUM(people), 0) AS BIGINT) AS people,
    CAST(COALESCE(SUM(unanswered), 0) AS BIGINT) AS unanswered,
    CAST(COALESCE(SUM(clicks), 0) AS BIGINT) AS clicks,
    CAST(COALESCE(SUM(click_places), 0) AS BIGINT) AS click_places,
    CAST(COALESCE(SUM(purchases), 0) AS BIGINT) AS purchases,
    CAST(COALESCE(SUM(purchase_places), 0) AS BIGINT) AS purchase_places";

impl SqlInsight {
    /// Adds counts to what is written down, and forgets what a day has too much of.
    pub(super) async fn add(&self, counts: &[(Date, CountedQuery, Tally)]) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        let rows = counts.iter().map(row).collect::<anyhow::Result<_>>()?;
        rows::write(&mut transaction, ADD, rows, TO_WHAT_IS_THERE).await?;
        let mut days: Vec<Date> = counts.iter().map(|(day, _, _)| *day).collect();
        days.dedup();
        for day in days {
            forget_rarest(&mut transaction, day, MAX_DAILY_QUERIES.into()).await?;
        }
        transaction.commit().await.context("committing counts of searches")
    }

    /// Forgets what is too old, and sooner what was asked only once.
    pub(super) async fn forget_old(&self, today: Date) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        for (statement, days) in [
            ("DELETE FROM search_days WHERE day <= $1", KEPT_DAYS),
            ("DELETE FROM search_days WHERE day <= $1 AND searches <= 1", RARE_KEPT_DAYS),
        ] {
            sqlx::query(statement)
                .bind(before(today, days)?.to_string())
                .execute(&mut *transaction)
                .await
                .context("forgetting old counts of searches")?;
        }
        transaction.commit().await.context("forgetting old counts of searches")
    }

    /// The queries that led to purchases, the best first: plain words that many asked and that find
    /// something.
    pub(super) async fn read_bought(&self, today: Date) -> anyhow::Result<Vec<CountedQuery>> {
        let rows = sqlx::query(
            "SELECT query FROM search_days WHERE day > $1 GROUP BY query
             HAVING SUM(purchases) >= $2 AND MAX(people) >= $3 AND SUM(unanswered) < SUM(searches)
             ORDER BY SUM(purchases) DESC, SUM(people) DESC, query LIMIT $4",
        )
        .bind(before(today, KEPT_DAYS)?.to_string())
        .bind(i64::from(LEAST_BOUGHT))
        .bind(i64::from(LEAST_PEOPLE))
        .bind(i64::from(MAX_BOUGHT_QUERIES))
        .fetch_all(self.sql.readers())
        .await
        .context("reading which searches led to purchases")?;
        let queries = rows.iter().map(query).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(queries.into_iter().filter(is_plain).collect())
    }

    pub(super) async fn read_report(&self, today: Date, period: Period) -> anyhow::Result<InsightReport> {
        let after = before(today, period.days())?.to_string();
        let earlier = before(today, period.days().saturating_mul(2))?.to_string();
        let mut snapshot = self.sql.snapshot().await?;
        let statement = format!("SELECT COUNT(DISTINCT query) AS queries, {SUMS} FROM search_days WHERE day > $1");
        let whole = sqlx::query(AssertSqlSafe(statement)).bind(after.clone()).fetch_one(&mut *snapshot).await;
        let whole = whole.context("counting searches")?;
        let most = "ORDER BY SUM(searches) DESC, query";
        let unanswered = "HAVING SUM(unanswered) > 0 ORDER BY SUM(unanswered) DESC, query";
        let unclicked = "HAVING SUM(clicks) = 0 AND SUM(unanswered) < SUM(searches) ORDER BY SUM(searches) DESC, query";
        let total_before = sqlx::query_scalar(
            "SELECT CAST(COALESCE(SUM(searches), 0) AS BIGINT) FROM search_days WHERE day > $1 AND day <= $2",
        );
        let total_before: i64 = total_before
            .bind(earlier.clone())
            .bind(after.clone())
            .fetch_one(&mut *snapshot)
            .await
            .context("counting earlier searches")?;
        let days = (after.as_str(), earlier.as_str());
        Ok(InsightReport {
            total: tally(&whole)?,
            total_before: u64::try_from(total_before)?,
            queries: u64::try_from(whole.try_get::<i64, _>("queries")?)?,
            most_asked: list(&mut snapshot, days, most).await?,
            unanswered: list(&mut snapshot, days, unanswered).await?,
            unclicked: list(&mut snapshot, days, unclicked).await?,
        })
    }
}

/// Forgets the queries of a day that were asked least, where there are too many.
pub(super) async fn forget_rarest(connection: &mut AnyConnection, day: Date, most: i64) -> anyhow::Result<()> {
    let counted = sqlx::query_scalar("SELECT COUNT(*) FROM search_days WHERE day = $1").bind(day.to_string());
    let count: i64 = counted.fetch_one(&mut *connection).await.context("counting queries")?;
    if count <= most {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM search_days WHERE day = $1 AND query IN (
             SELECT query FROM search_days WHERE day = $1 ORDER BY searches, query LIMIT $2)",
    )
    .bind(day.to_string())
    .bind(count - most)
    .execute(connection)
    .await
    .context("forgetting rare queries")?;
    Ok(())
}

/// A list of queries with what became of them after the first of two days, and how often they were asked between the
/// two; `rest` chooses and sorts them.
async fn list(
    connection: &mut AnyConnection,
    (after, earlier): (&str, &str),
    rest: &'static str,
) -> anyhow::Result<Vec<CountedSearch>> {
    let statement = format!(
        "SELECT query, CAST(COALESCE(MAX(searches_before), 0) AS BIGINT) AS searches_before, {SUMS} FROM search_days
         LEFT JOIN (
             SELECT query AS query_before, SUM(searches) AS searches_before FROM search_days
             WHERE day > $1 AND day <= $2 GROUP BY query
         ) AS earlier ON query_before = query
         WHERE day > $2 GROUP BY query {rest} LIMIT $3"
    );
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(earlier.to_owned())
        .bind(after.to_owned())
        .bind(i64::from(MAX_REPORTED_QUERIES));
    let rows = rows.fetch_all(connection).await.context("listing searches")?;
    let counted = |row: &AnyRow| {
        let before = u64::try_from(row.try_get::<i64, _>("searches_before")?)?;
        Ok(CountedSearch { query: query(row)?, tally: tally(row)?, before })
    };
    rows.iter().map(counted).collect()
}

fn row((day, query, tally): &(Date, CountedQuery, Tally)) -> anyhow::Result<[Cell; 9]> {
    let Tally { searches, people, unanswered, clicks, click_places, purchases, purchase_places } = *tally;
    let number = |count: u64| i64::try_from(count).map(Cell::from);
    Ok([
        day.to_string().into(),
        query.as_str().into(),
        number(searches)?,
        number(people)?,
        number(unanswered)?,
        number(clicks)?,
        number(click_places)?,
        number(purchases)?,
        number(purchase_places)?,
    ])
}

fn tally(row: &AnyRow) -> anyhow::Result<Tally> {
    let number = |name: &str| anyhow::Ok(u64::try_from(row.try_get::<i64, _>(name)?)?);
    Ok(Tally {
        searches: number("searches")?,
        people: number("people")?,
        unanswered: number("unanswered")?,
        clicks: number("clicks")?,
        click_places: number("click_places")?,
        purchases: number("purchases")?,
        purchase_places: number("purchase_places")?,
    })
}

fn query(row: &AnyRow) -> anyhow::Result<CountedQuery> {
    row.try_get::<String, _>("query")?.parse().context("reading a counted query")
}

/// Whether a query is made of words alone; who narrows to a price or a brand meant themselves.
fn is_plain(query: &CountedQuery) -> bool {
    let query = Query::from(SearchText::from(query));
    query.clauses().iter().all(|clause| matches!(clause, Clause::Word(_) | Clause::Measure { .. }))
}

/// The last day that is not among so many days up to today.
fn before(today: Date, days: u16) -> anyhow::Result<Date> {
    Ok(today.checked_sub(i64::from(days).days())?)
}
