use std::fmt::Write;

use super::*;

const PAIRS: u32 = 20;

/// Pairs that are always bought together, one pair an order, each by one of ten customers.
fn history(orders: u32) -> String {
    history_of(orders, |order| order % 10)
}

fn history_of(orders: u32, customer: fn(u32) -> u32) -> String {
    let mut text = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n".to_owned();
    for order in 0..orders {
        let (pair, month) = (order % PAIRS, 1 + order * 12 / orders);
        for side in ["left", "right"] {
            let day = 1 + order % 28;
            writeln!(text, "{order},2020-{month:02}-{day:02}T10:00:00Z,{},,{side}-{pair},1,1.00", customer(order))
                .unwrap();
        }
    }
    text
}

async fn ask(text: &str, task: Task, holdout: &str) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir().unwrap();
    let orders = folder.path().join("orders.csv");
    std::fs::write(&orders, text).unwrap();
    recommendations(&Settings { orders, holdout: holdout.parse().unwrap(), task, seed: 1 }).await
}

fn hits(report: &Report, name: &str) -> f64 {
    let ranker = report.names.iter().position(|found| *found == name).unwrap();
    report.measured.of(ranker, 0).value
}

#[tokio::test]
async fn what_is_always_bought_together_is_found() {
    let report = ask(&history(600), Task::Basket, "2020-10-01").await.unwrap();
    assert!(hits(&report, "ours") > 0.99, "{report}");
    assert!(hits(&report, "ours, the basket alone") > 0.99, "{report}");
    assert!(hits(&report, "item-to-item cosine") > 0.99, "{report}");
    assert!(hits(&report, "popularity") < 0.6, "{report}");
    let last = report.to_string().lines().last().unwrap().to_owned();
    assert!(last.starts_with("ratios: ours / item-to-item cosine HR@10 1.000"), "{last}");
}

#[tokio::test]
async fn shelves_tell_of_what_enough_customers_bought() {
    const SHOWN: &str = "ours, as shelves show";
    let by_all = ask(&history_of(600, |order| order / PAIRS % 10), Task::Basket, "2020-10-01").await.unwrap();
    assert!(hits(&by_all, SHOWN) > 0.99, "{by_all}");
    let by_one = ask(&history(600), Task::Basket, "2020-10-01").await.unwrap();
    assert!(hits(&by_one, SHOWN) < 0.6, "{by_one}");
}

#[tokio::test]
async fn what_comes_next_is_found() {
    let report = ask(&history(600), Task::Next, "2020-10-01").await.unwrap();
    assert_eq!(report.questions, 10);
    assert!(hits(&report, "ours") > 0.99, "{report}");
}

#[tokio::test]
async fn the_same_seed_asks_the_same() {
    let ask = async || ask(&history(200), Task::Basket, "2020-10-01").await.unwrap().to_string();
    assert_eq!(ask().await, ask().await);
}

#[tokio::test]
async fn a_small_history_without_customers_is_enough() {
    let text = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n\
                1,2020-01-01T10:00:00Z,,,a,1,1.00\n1,2020-01-01T10:00:00Z,,,b,1,1.00\n\
                2,2020-02-01T10:00:00Z,,,a,1,1.00\n2,2020-02-01T10:00:00Z,,,b,1,1.00\n\
                C3,2020-02-02T10:00:00Z,,,a,-1,1.00\nC3,2020-02-02T10:00:00Z,,,b,-1,1.00\n";
    let report = ask(text, Task::Basket, "2020-02-01").await.unwrap();
    assert_eq!((report.learnt_orders, report.questions), (1, 1));
    assert!(hits(&report, "ours") > 0.99, "{report}");
    let nothing_learnt = ask(text, Task::Basket, "2020-01-01").await.unwrap_err().to_string();
    assert!(nothing_learnt.contains("name a later day"), "{nothing_learnt}");
    let nothing_asked = ask(text, Task::Next, "2020-02-01").await.unwrap_err().to_string();
    assert!(nothing_asked.contains("name an earlier day"), "{nothing_asked}");
}

#[tokio::test]
async fn a_history_that_nobody_can_read_says_what_is_wrong() {
    let text = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n\
                1,12/1/2010 8:26,7,,a,1,1.00\n1,12/1/2010 8:26,7,,b,1,1.00\n";
    let refused = ask(text, Task::Basket, "2010-12-02").await.unwrap_err().to_string();
    assert!(
        refused.contains("none of the 2 lines") && refused.contains("line 2: placed_at \"12/1/2010 8:26\""),
        "{refused}"
    );
}

#[tokio::test]
async fn lines_that_stand_twice_count_once_and_days_are_enough() {
    let once = history(200).replace("T10:00:00Z", "");
    let twice = format!("{once}{}", once.split_once('\n').unwrap().1);
    let ask = async |text: &str| ask(text, Task::Basket, "2020-10-01").await.unwrap().to_string();
    assert_eq!(ask(&once).await, ask(&twice).await);
}
