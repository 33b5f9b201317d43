use super::*;
use crate::sql::Sql;
use domain::search::insight::{CountedSearch, KEPT_DAYS, RARE_KEPT_DAYS};
use jiff::ToSpan;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 25);

async fn insight() -> (tempfile::TempDir, SqlInsight) {
    let folder = tempfile::tempdir().unwrap();
    let sql = Sql::open(&format!("sqlite://{}", folder.path().join("store.sqlite").display())).await.unwrap();
    (folder, SqlInsight::new(sql))
}

fn place(place: u32) -> Place {
    place.try_into().unwrap()
}

fn asked(times: u64) -> Tally {
    Tally { searches: times, people: times, ..Tally::default() }
}

impl SqlInsight {
    async fn add_one(&self, days_ago: u16, query: &str, tally: Tally) {
        let day = TODAY.checked_sub(i64::from(days_ago).days()).unwrap();
        self.add(&[(day, query.parse().unwrap(), tally)]).await.unwrap();
    }
}

fn queries(list: &[CountedSearch]) -> Vec<&str> {
    list.iter().map(|counted| counted.query.as_str()).collect()
}

#[tokio::test]
async fn counts_are_summed_up_over_the_days_of_a_period() {
    let (_folder, insight) = insight().await;
    let mut lamp = asked(2);
    lamp += Tally::of_click(place(3));
    lamp += Tally::of_purchase(place(3));
    insight.add_one(0, "lamp", lamp).await;
    insight.add_one(0, "lamp", asked(1)).await;
    insight.add_one(6, "lamp", asked(1)).await;
    insight.add_one(7, "lamp", asked(100)).await;
    insight.add_one(0, "stool", asked(3)).await;
    insight.add_one(1, "zeppelin", Tally { searches: 9, unanswered: 9, ..Tally::default() }).await;
    let report = insight.read_report(TODAY, Period::Week).await.unwrap();
    assert_eq!((report.queries, report.total.searches, report.total.unanswered), (3, 16, 9));
    assert_eq!(queries(&report.most_asked), ["zeppelin", "lamp", "stool"]);
    assert_eq!(report.most_asked[1].tally, Tally { searches: 4, people: 4, ..lamp });
    assert_eq!(queries(&report.unanswered), ["zeppelin"]);
    assert_eq!(queries(&report.unclicked), ["stool"]);
    let before = |query: &str| {
        report.most_asked.iter().find(|counted| counted.query.as_str() == query).map(|counted| counted.before)
    };
    assert_eq!((report.total_before, before("lamp"), before("stool")), (100, Some(100), Some(0)));
    let month = insight.read_report(TODAY, Period::Month).await.unwrap();
    assert_eq!((month.total.searches, month.total_before), (116, 0));
}

#[tokio::test]
async fn an_empty_store_has_an_empty_report() {
    let (_folder, insight) = insight().await;
    assert_eq!(insight.read_report(TODAY, Period::Quarter).await.unwrap(), InsightReport::default());
}

#[tokio::test]
async fn what_is_old_or_was_asked_once_is_forgotten() {
    let (_folder, insight) = insight().await;
    for (days_ago, query, times) in [
        (KEPT_DAYS, "too old", 9),
        (KEPT_DAYS - 1, "old", 9),
        (RARE_KEPT_DAYS, "rare and old", 1),
        (RARE_KEPT_DAYS, "twice", 2),
        (RARE_KEPT_DAYS - 1, "rare", 1),
    ] {
        insight.add_one(days_ago, query, asked(times)).await;
    }
    insight.forget_old(TODAY).await.unwrap();
    let report = insight.read_report(TODAY, Period::Quarter).await.unwrap();
    assert_eq!(queries(&report.most_asked), ["old", "twice", "rare"]);
}

#[tokio::test]
async fn a_day_has_room_for_the_queries_that_are_asked_most() {
    let (_folder, insight) = insight().await;
    for (query, times) in [("a", 1), ("b", 3), ("c", 2)] {
        insight.add_one(0, query, asked(times)).await;
        insight.add_one(1, query, asked(1)).await;
    }
    let mut transaction = insight.sql.begin().await.unwrap();
    books::forget_rarest(&mut transaction, TODAY, 3).await.unwrap();
    books::forget_rarest(&mut transaction, TODAY, 2).await.unwrap();
    transaction.commit().await.unwrap();
    let report = insight.read_report(TODAY, Period::Week).await.unwrap();
    assert_eq!(queries(&report.most_asked), ["b", "c", "a"]);
    assert_eq!(report.most_asked.iter().map(|counted| counted.tally.searches).collect::<Vec<_>>(), [4, 3, 1]);
}

#[tokio::test]
async fn only_what_many_asked_and_somebody_bought_is_suggested() {
    let (_folder, insight) = insight().await;
    let bought = |people, unanswered| Tally { unanswered, purchases: 1, purchase_places: 1, ..asked(people) };
    let of_one = Tally { searches: 1_000, purchases: 1_000, ..bought(2, 0) };
    for (query, tally) in [
        ("lamp", bought(3, 0)),
        ("lamp shade", Tally { purchases: 2, ..bought(3, 1) }),
        ("lamp of one person", of_one),
        ("lamp that nobody bought", asked(9)),
        ("lamp under 50", bought(9, 0)),
        ("lamp that is gone", bought(9, 9)),
    ] {
        insight.add_one(0, query, tally).await;
    }
    // A day later the same visitors may be others.
    insight.add_one(1, "lamp of one person", of_one).await;
    let found = insight.read_bought(TODAY).await.unwrap();
    assert_eq!(found.iter().map(CountedQuery::as_str).collect::<Vec<_>>(), ["lamp shade", "lamp"]);
    *insight.bought.write().unwrap() = found.into();
    let completed = |typed: &str| {
        let found = insight.completions(&typed.into(), 5);
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(completed("LA"), ["lamp shade", "lamp"]);
    assert_eq!(completed("lamp"), ["lamp shade"], "what is typed already is no suggestion");
    assert_eq!(completed("stool"), Vec::<String>::new());
    assert_eq!(insight.completions(&"la".into(), 1).len(), 1);
}

#[tokio::test]
async fn what_was_bought_is_what_was_meant() {
    let (_folder, insight) = insight().await;
    let bought = ["lamp shade", "lamp 100 cm", "stool"].map(|query| query.parse().unwrap());
    *insight.bought.write().unwrap() = Arc::new(bought);
    let meant = |typed: &str| insight.meant(&typed.into()).map(|query| query.to_string());
    assert_eq!(meant("Lamp Shadd").as_deref(), Some("lamp shade"));
    assert_eq!(meant("satool").as_deref(), Some("stool"));
    for other in ["stool", "stoll x", "lamp 200 cm", "chair", ""] {
        assert_eq!(meant(other), None, "{other}");
    }
}

#[tokio::test]
async fn what_could_not_be_written_waits_on() {
    let (_folder, insight) = insight().await;
    insight.searched(1.into(), &"Lamp".into(), true);
    insight.searched(1.into(), &"ada@example.com".into(), true);
    insight.sql.close().await;
    insight.write_down().await.unwrap_err();
    insight.searched(1.into(), &"lamp".into(), false);
    let waiting = insight.waiting().take();
    let waiting: Vec<_> = waiting.iter().map(|(_, query, tally)| (query.as_str(), *tally)).collect();
    assert_eq!(waiting, [("lamp", Tally { searches: 2, people: 1, unanswered: 1, ..Tally::default() })]);
}

#[tokio::test]
async fn a_click_counts_once_for_who_saw_the_results() {
    let (_folder, insight) = insight().await;
    let (ada, lamp): (Mark, CountedQuery) = (1.into(), "lamp".parse().unwrap());
    let click =
        |visitor: Mark, product: &str| insight.clicked(visitor, product.parse().unwrap(), lamp.clone(), place(3));
    click(ada, "desk-lamp");
    assert!(insight.waiting().is_empty(), "nobody saw any results");
    insight.saw(ada, &lamp);
    (0..9).for_each(|_| click(ada, "desk-lamp"));
    click(ada, "floor-lamp");
    click(2.into(), "desk-lamp");
    let waiting = insight.waiting().take();
    assert_eq!(waiting.iter().map(|(_, _, tally)| (tally.clicks, tally.click_places)).collect::<Vec<_>>(), [(2, 6)]);
}
