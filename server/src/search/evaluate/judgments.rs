use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;

use anyhow::Context;
use csv::StringRecord;

use crate::import::{Described, unpacked};

/// A query with the products that answer it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub(super) query: String,
    /// Product ids with their grades; higher is better, 0 is irrelevant.
    pub(super) grades: HashMap<String, f64>,
}

/// Judgments, query by query in the order of the file.
#[derive(Debug)]
pub(super) struct Judgments {
    pub(super) all: Vec<Judged>,
}

/// Every other query of a file, from the first or from the second one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Half {
    /// The queries that `tune search` looks at
    First,
    /// The others
    Second,
}

/// Where the columns stand.
#[derive(Debug)]
struct Columns {
    query: usize,
    product: usize,
    grade: usize,
}

/// A larger one is a mistake: the gain of a grade is a power of two.
const MAX_GRADE: f64 = 1_000.0;
const WANTED: &str = "judgments as CSV with the columns query, product_id and grade";

impl Judgments {
    /// Reads a CSV file with the columns `query,product_id,grade`, in any order and among others, apart
    /// by commas or tabs, plain or packed. A product that is judged twice for a query keeps its higher
    /// grade; a query without a relevant product can not be measured and is left out.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let mut reader = unpacked(path, WANTED)?;
        let start = reader.fill_buf().with_context(|| format!("reading {}", path.display()))?;
        let first_line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if first_line.contains(&b'\t') { b'\t' } else { b',' };
        let mut rows =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(reader);
        let columns = Columns::of(rows.headers().with_context(|| format!("reading {}", path.display()))?)
            .with_context(|| format!("{} is not what is measured with", path.display()))?;
        let mut all: Vec<Judged> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for row in rows.records() {
            let row = row.with_context(|| format!("reading {}", path.display()))?;
            let line = row.position().map_or(0, csv::Position::line);
            let (query, product, grade) =
                columns.judgment(&row).with_context(|| format!("{}, line {line}", path.display()))?;
            let place = *places.entry(query.to_owned()).or_insert_with(|| {
                all.push(Judged { query: query.to_owned(), grades: HashMap::new() });
                all.len() - 1
            });
            let known = all[place].grades.entry(product.to_owned()).or_insert(grade);
            *known = known.max(grade);
        }
        all.retain(|judged| judged.grades.values().any(|grade| *grade > 0.0));
        anyhow::ensure!(!all.is_empty(), "{} judges no product as relevant: no grade is above 0", path.display());
        Ok(Self { all })
    }

    /// One half of the queries.
    pub(super) fn half(&self, half: Half) -> Vec<Judged> {
        let first = match half {
            Half::First => 0,
            Half::Second => 1,
        };
        self.all.iter().skip(first).step_by(2).cloned().collect()
    }

    /// Takes a judged row of a feed for the product that it belongs to.
    pub(super) fn fold(&mut self, products: &[Described]) {
        let ids: HashSet<&str> = products.iter().map(|product| product.id.as_str()).collect();
        let of_rows: HashMap<&str, &str> = products
            .iter()
            .flat_map(|product| product.codes.iter().map(|code| (code.as_str(), product.id.as_str())))
            .filter(|(code, _)| !ids.contains(code))
            .collect();
        for judged in &mut self.all {
            let mut folded: HashMap<String, f64> = HashMap::new();
            for (id, grade) in judged.grades.drain() {
                let id = of_rows.get(id.as_str()).map_or(id.clone(), |product| (*product).to_owned());
                let known = folded.entry(id).or_insert(grade);
                *known = known.max(grade);
            }
            judged.grades = folded;
        }
    }

    /// How many judged products are not in the feed; they count as not found.
    ///
    /// # Errors
    /// When none of them is: then the two files do not belong together.
    pub(super) fn unknown(&self, products: &[Described]) -> anyhow::Result<usize> {
        let known: HashSet<&str> = products.iter().map(|product| product.id.as_str()).collect();
        let judged: HashSet<&str> =
            self.all.iter().flat_map(|judged| judged.grades.keys().map(String::as_str)).collect();
        let unknown = judged.difference(&known).count();
        let example = judged.iter().min().copied().unwrap_or_default();
        anyhow::ensure!(
            unknown < judged.len(),
            "no judged product, such as {example:?}, is among the {} products of the feed; do the ids belong together?",
            products.len()
        );
        Ok(unknown)
    }
}

impl Columns {
    fn of(names: &StringRecord) -> anyhow::Result<Self> {
        let place = |wanted: &str| {
            let found = names.iter().position(|name| name.trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted));
            let has = names.iter().collect::<Vec<_>>().join(", ");
            found.with_context(|| format!("it needs the columns query, product_id and grade, and has {has:?}"))
        };
        Ok(Self { query: place("query")?, product: place("product_id")?, grade: place("grade")? })
    }

    fn judgment<'a>(&self, row: &'a StringRecord) -> anyhow::Result<(&'a str, &'a str, f64)> {
        let cell = |place: usize, name: &str| {
            let cell = row.get(place).filter(|cell| !cell.is_empty());
            cell.with_context(|| format!("the {name} is missing"))
        };
        let grade = cell(self.grade, "grade")?;
        let number = grade.parse::<f64>().ok().filter(|grade| grade.is_finite() && *grade <= MAX_GRADE);
        let number = number.with_context(|| format!("the grade {grade:?} is no number up to {MAX_GRADE}"))?;
        Ok((cell(self.query, "query")?, cell(self.product, "product_id")?, number))
    }
}
