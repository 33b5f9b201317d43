use super::*;

fn inputs(products: &Path, judgments: &Path) -> Inputs {
    Inputs { products: products.to_owned(), judgments: judgments.to_owned(), model: None }
}

fn judged(query: &str, grades: &[(&str, f64)]) -> Judged {
    Judged { query: query.to_owned(), grades: grades.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect() }
}

#[test]
fn measures_are_what_their_papers_say() {
    let judged = judged("lamp", &[("a", 2.0), ("b", 1.0), ("c", 0.0)]);
    let answer = |ids: &[&str]| Measures::of(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), &judged);
    let best = answer(&["a", "b"]);
    assert!((best.ndcg_10 - 1.0).abs() < 1e-9 && (best.reciprocal_rank - 1.0).abs() < 1e-9);
    let worse = answer(&["c", "b", "x", "a"]);
    let ideal = 3.0 + 1.0 / 3_f64.log2();
    let found = 1.0 / 3_f64.log2() + 3.0 / 5_f64.log2();
    assert!((worse.ndcg_10 - found / ideal).abs() < 1e-9, "{worse:?}");
    assert!((worse.reciprocal_rank - 0.5).abs() < 1e-9);
    assert!((answer(&["a"]).recall_50 - 0.5).abs() < 1e-9);
    assert!(answer(&[]).reciprocal_rank.abs() < 1e-9 && answer(&[]).ndcg_10.is_sign_positive());
}

#[test]
fn a_feed_without_prices_is_measured() {
    let scratch = Scratch::new().unwrap();
    let (feed, csv) = (scratch.path().join("feed.tsv"), scratch.path().join("judgments.csv"));
    std::fs::write(&feed, "id\ttitle\n1\tNeff H12WE60S0G Microwave\n2\tBosch T-shirt 55\"\n3\tRed Lamp\n").unwrap();
    std::fs::write(
        &csv,
        "query,product_id,grade\nneff h12 we60s0g,1,1\ntshirt 55 inch,2,1\nlamp,3,2\nlamp,9,1\nnone,1,0\n",
    )
    .unwrap();
    let report = evaluate(&inputs(&feed, &csv), None, true).unwrap();
    assert_eq!((report.products, report.unknown, report.ours.len()), (3, 1, 3));
    assert!(report.ours.iter().all(|measures| measures.reciprocal_rank > 0.99), "{:?}", report.ours);
    let last = report.to_string().lines().last().map(str::to_owned).unwrap();
    assert!(last.starts_with("ours / plain BM25: nDCG@10 1."), "{last}");
    assert_eq!(report.slipped.len(), 3);
    let halves =
        [Half::First, Half::Second].map(|half| evaluate(&inputs(&feed, &csv), Some(half), false).unwrap().ours.len());
    assert_eq!(halves, [2, 1]);
}

/// What is said of judgments that can't be measured with.
fn refused(csv: &str) -> String {
    let scratch = Scratch::new().unwrap();
    let (feed, judgments) = (scratch.path().join("feed.tsv"), scratch.path().join("judgments.csv"));
    std::fs::write(&feed, "id\ttitle\n3\tRed Lamp\n").unwrap();
    std::fs::write(&judgments, csv).unwrap();
    format!("{:#}", evaluate(&inputs(&feed, &judgments), None, false).unwrap_err())
}

#[test]
fn judgments_that_can_not_be_measured_with_say_why() {
    for (csv, words) in [
        ("query,product\nlamp,3\n", "needs the columns query, product_id and grade, and has \"query, product\""),
        ("query,product_id,grade\nlamp,3,high\n", "line 2: the grade \"high\" is no number"),
        ("query,product_id,grade\nlamp,3,NaN\n", "line 2: the grade \"NaN\" is no number"),
        ("query,product_id,grade\nlamp,3,1001\n", "line 2: the grade \"1001\" is no number up to 1000"),
        ("query,product_id,grade\nlamp,3,1\nlamp,3\n", "line 3: the grade is missing"),
        ("query,product_id,grade\nlamp,3,1\n\"\",3,1\n", "line 3: the query is missing"),
        ("query,product_id,grade\nlamp,3,0\nlamp,4,-1\n", "judges no product as relevant"),
        ("query,product_id,grade\n", "judges no product as relevant"),
        ("query,product_id,grade\nlamp,9,1\nlamp,8,1\n", "no judged product, such as \"8\", is among the 1 products"),
        ("", "is empty"),
    ] {
        let said = refused(csv);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn judgments_are_read_however_their_table_is_written() {
    let scratch = Scratch::new().unwrap();
    let csv = scratch.path().join("judgments.csv");
    for table in [
        "query,product_id,grade\nlamp,3,1\nlamp,3,1000\nlamp,4,-1\nneff,1,0\n",
        "\u{feff}Query , Product_ID , GRADE\r\nlamp , 3 , 1000\r\nlamp,4,-1\r\n\r\n",
        "note\tgrade\tquery\tproduct_id\n\t1000\tlamp\t3\n\t-1\tlamp\t4\n",
    ] {
        std::fs::write(&csv, table).unwrap();
        assert_eq!(Judgments::read(&csv).unwrap().all, [judged("lamp", &[("3", 1_000.0), ("4", -1.0)])], "{table}");
    }
}

#[test]
fn queries_are_read_however_they_are_written_down() {
    let scratch = Scratch::new().unwrap();
    let file = scratch.path().join("queries");
    for text in [
        "red lamp\n\n55\" tv, wall\n",
        "red lamp\r\n55\" tv, wall",
        "query_id\tquery\tquery_class\n0\tred lamp\tLamps\n1\t\"55\"\" tv, wall\"\n",
        "\u{feff}Query\nred lamp\n\"55\"\" tv, wall\"\n",
    ] {
        std::fs::write(&file, text).unwrap();
        assert_eq!(queries::read(&file).unwrap(), ["red lamp", "55\" tv, wall"], "{text}");
    }
    std::fs::write(&file, "query_id,query\n0,\n").unwrap();
    assert!(queries::read(&file).unwrap_err().to_string().contains("asks nothing"));
}

#[test]
fn what_is_found_for_queries_is_shown_beside_what_plain_bm25_finds() {
    let scratch = Scratch::new().unwrap();
    let (feed, list) = (scratch.path().join("feed.tsv"), scratch.path().join("queries.txt"));
    std::fs::write(&feed, "id\ttitle\n1\tRed Lamp\n2\tBosch T-shirt\n3\tBlue Lamp\n").unwrap();
    std::fs::write(&list, "blue lamp\ntshirts\nred chair\nzzqq\n").unwrap();
    let said = reading(&feed, &list, None).unwrap().to_string();
    let title = |title: &str, plain: &str| format!("\n  1  {title:64}  {plain}\n");
    for part in [
        format!("\nblue lamp (all words: 1){}", title("Blue Lamp", "Blue Lamp")),
        format!("\ntshirts (all words: 1){}", title("Bosch T-shirt", "")),
        format!("\nred chair (nothing has all words, the nearest){}", title("Red Lamp", "Red Lamp")),
        "\nzzqq (nothing)\n\n4 queries: nothing for 1, the nearest for 1, other words for 0; \
         plain BM25 nothing for 2; the same first title for 2"
            .to_owned(),
    ] {
        assert!(said.contains(&part), "{part:?} in {said}");
    }
}
