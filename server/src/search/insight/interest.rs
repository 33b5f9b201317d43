//! What shoppers open and buy of what they searched for makes a product stand higher for a while. It waits in
//! memory until it is summed up in the table `search_interest`; where the ranking would count another level of
//! it, the catalog is told, whose changes the index of every server follows.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use domain::catalog::{ProductId, Slug};
use domain::search::insight::{Interest, Level};
use jiff::civil::Date;
use sqlx::Row;

use super::{SqlInsight, today};
use crate::catalog::GraphCatalog;
use crate::sql::{Cell, rows};

const PAUSE: Duration = Duration::from_secs(5);
/// Products that the catalog is told of at once: nobody waits for it.
const MAX_NOTED: i64 = 200;
const ADD: &str = "INSERT INTO search_interest (product, thousandths, noted_from, noted_below, day) VALUES";

/// Who sums it up. Several servers do so side by side: they add to the same sums and note the same levels.
#[derive(Debug, Clone)]
pub(crate) struct SqlInterest {
    insight: SqlInsight,
    catalog: GraphCatalog,
}

impl SqlInterest {
    pub(crate) const fn new(insight: SqlInsight, catalog: GraphCatalog) -> Self {
        Self { insight, catalog }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let mut faded = None;
        loop {
            if let Err(fault) = self.turn(&mut faded, today()).await {
                tracing::error!("summing up what interests shoppers: {fault:#}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// `faded` is the day that this server let all interest fade to.
    async fn turn(&self, faded: &mut Option<Date>, today: Date) -> anyhow::Result<()> {
        if *faded != Some(today) {
            self.fade(today).await?;
            *faded = Some(today);
        }
        self.write_down_as_of(today).await?;
        self.note().await
    }

    /// Lets the interest of earlier days fade, by one day however long the store was closed: nobody could be
    /// interested in anything meanwhile.
    async fn fade(&self, today: Date) -> anyhow::Result<()> {
        let mut transaction = self.insight.sql.begin().await?;
        sqlx::query("UPDATE search_interest SET thousandths = thousandths * $1 / 1000, day = $2 WHERE day < $2")
            .bind(i64::from(Interest::LEFT_PER_MILLE))
            .bind(today.to_string())
            .execute(&mut *transaction)
            .await
            .context("letting interest fade")?;
        sqlx::query("DELETE FROM search_interest WHERE thousandths = 0 AND noted_from = 0")
            .execute(&mut *transaction)
            .await
            .context("forgetting what interests nobody")?;
        transaction.commit().await.context("letting interest fade")
    }

    /// Adds what waits to what is written down. What can't be written waits on.
    pub(crate) async fn write_down(&self) -> anyhow::Result<()> {
        self.write_down_as_of(today()).await
    }

    async fn write_down_as_of(&self, today: Date) -> anyhow::Result<()> {
        let waiting = self.insight.interests().take();
        if waiting.is_empty() {
            return Ok(());
        }
        let written = self.add(&waiting, today).await;
        if written.is_err() {
            let mut interests = self.insight.interests();
            for (product, interest) in waiting {
                interests.count(product, interest);
            }
        }
        written
    }

    async fn add(&self, waiting: &[(Slug, Interest)], today: Date) -> anyhow::Result<()> {
        let addresses: Vec<Slug> = waiting.iter().map(|(address, _)| address.clone()).collect();
        let products = self.catalog.products_at(&addresses).await?;
        // In an order that is the same for everybody, so that nobody waits for who waits for them.
        let mut sums: BTreeMap<&ProductId, Interest> = BTreeMap::new();
        for (address, interest) in waiting {
            if let Some(product) = products.get(address) {
                *sums.entry(product).or_default() += *interest;
            }
        }
        let rows = sums.into_iter().map(|(product, interest)| row(product, interest, today));
        let rows = rows.collect::<anyhow::Result<_>>()?;
        let most = Interest::MAX.thousandths();
        let to_what_is_there = format!(
            "ON CONFLICT (product) DO UPDATE SET thousandths =
                CASE WHEN search_interest.thousandths + excluded.thousandths > {most} THEN {most}
                ELSE search_interest.thousandths + excluded.thousandths END"
        );
        let mut transaction = self.insight.sql.begin().await?;
        rows::write(&mut transaction, ADD, rows, &to_what_is_there).await?;
        transaction.commit().await.context("committing interest")
    }

    /// Tells the catalog of products whose level is another one than it knows, and notes that it knows. Who ends
    /// between the two tells it again.
    async fn note(&self) -> anyhow::Result<()> {
        let turned = self.read_turned().await?;
        if turned.is_empty() {
            return Ok(());
        }
        let noted: Vec<_> = turned.iter().map(|(product, level)| (product.clone(), level.units)).collect();
        self.catalog.note_interest(&noted).await?;
        let mut transaction = self.insight.sql.begin().await?;
        for (product, level) in &turned {
            sqlx::query("UPDATE search_interest SET noted_from = $1, noted_below = $2 WHERE product = $3")
                .bind(i64::try_from(level.from_thousandths)?)
                .bind(i64::try_from(level.below_thousandths)?)
                .bind(product.to_string())
                .execute(&mut *transaction)
                .await
                .context("noting what the catalog knows of interest")?;
        }
        transaction.commit().await.context("noting what the catalog knows of interest")
    }

    /// In the order that they are written in.
    async fn read_turned(&self) -> anyhow::Result<Vec<(ProductId, Level)>> {
        let rows = sqlx::query(
            "SELECT product, thousandths FROM search_interest
             WHERE thousandths < noted_from OR thousandths >= noted_below LIMIT $1",
        )
        .bind(MAX_NOTED)
        .fetch_all(self.insight.sql.readers())
        .await
        .context("reading what interests shoppers")?;
        let turned = rows.into_iter().map(|row| {
            let interest = Interest::from_thousandths(u64::try_from(row.try_get::<i64, _>("thousandths")?)?);
            anyhow::Ok((row.try_get::<String, _>("product")?.parse::<ProductId>()?, interest.level()))
        });
        let mut turned: Vec<(ProductId, Level)> = turned.collect::<anyhow::Result<_>>()?;
        turned.sort_by(|(product, _), (other, _)| product.cmp(other));
        Ok(turned)
    }
}

/// A product that the catalog knows of no interest in.
fn row(product: &ProductId, interest: Interest, today: Date) -> anyhow::Result<[Cell; 5]> {
    let none = Interest::default().level();
    let number = |thousandths: u64| i64::try_from(thousandths).map(Cell::from);
    Ok([
        product.as_str().into(),
        number(interest.thousandths())?,
        number(none.from_thousandths)?,
        number(none.below_thousandths)?,
        today.to_string().into(),
    ])
}

#[cfg(test)]
mod tests {
    use domain::search::insight::Findings;
    use domain::search::ports::Insight;
    use jiff::civil::date;
    use jiff::{Timestamp, ToSpan};

    use super::*;
    use crate::catalog::Shelving;
    use crate::context::Databases;
    use crate::import;
    use crate::inventory::SqlInventory;

    const TODAY: Date = date(2026, 11, 25);
    const CLICKS_FOR_A_UNIT: u32 = 20;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_opened_and_bought_is_noted_in_the_catalog_and_fades() {
        let folder = tempfile::tempdir().unwrap();
        let databases = Databases::open_embedded(folder.path()).await.unwrap();
        let catalog = GraphCatalog::new(databases.graph.clone());
        let shelving = Shelving::new(catalog.clone(), SqlInventory::new(databases.sql.clone()));
        let (feed, report) = (folder.path().join("feed.tsv"), folder.path().join("report.csv"));
        std::fs::write(&feed, "id\ttitle\tprice\tavailability\nLAMP\tDesk lamp\t24.50 GBP\tin_stock\n").unwrap();
        let put = async || {
            let put = import::products(&feed, &report, &shelving, Timestamp::now(), false).await;
            assert_eq!(put.unwrap().rejected, 0);
        };
        put().await;

        let (id, slug): (ProductId, Slug) = ("LAMP".parse().unwrap(), "desk-lamp".parse().unwrap());
        let interest = async || catalog.searched(std::slice::from_ref(&id)).await.unwrap()[0].demand.interest;
        let insight = SqlInsight::new(databases.sql.clone());
        let interests = SqlInterest::new(insight.clone(), catalog.clone());
        let (mut faded, day) = (None, |days: i64| TODAY.checked_add(days.days()).unwrap());
        let click = |visitor: u32, slug: &Slug| {
            let (visitor, query) = (u64::from(visitor).into(), "lamp".parse().unwrap());
            insight.saw(visitor, &query);
            insight.clicked(visitor, slug.clone(), query, 1.try_into().unwrap());
        };

        click(1, &"gone-since".parse().unwrap());
        // Nobody is interested twice in a day, nor without having seen it among results.
        (1..CLICKS_FOR_A_UNIT).chain([1, 1]).for_each(|visitor| click(visitor, &slug));
        insight.clicked(99.into(), slug.clone(), "lamp".parse().unwrap(), 1.try_into().unwrap());
        interests.turn(&mut faded, TODAY).await.unwrap();
        assert_eq!(interest().await, 0);
        click(CLICKS_FOR_A_UNIT, &slug);
        interests.turn(&mut faded, TODAY).await.unwrap();
        assert_eq!(interest().await, 1);
        let findings: Findings = format!("{slug} 1 lamp").parse().unwrap();
        insight.bought(&findings, std::slice::from_ref(&slug));
        interests.turn(&mut faded, TODAY).await.unwrap();
        assert_eq!(interest().await, 2);

        // More than counts.
        (0..300).for_each(|_| insight.bought(&findings, std::slice::from_ref(&slug)));
        interests.turn(&mut faded, TODAY).await.unwrap();
        assert_eq!(interest().await, 256);
        put().await;
        assert_eq!(interest().await, 256, "a product that is written again keeps it");
        for (days, left) in [(1, 128), (29, 128), (30, 64)] {
            // Another server does the same on the same day.
            for _ in 0..2 {
                for day in (1..=days).map(day) {
                    interests.turn(&mut faded, day).await.unwrap();
                }
            }
            assert_eq!(interest().await, left, "after {days} days");
        }
        databases.close().await;
    }
}
