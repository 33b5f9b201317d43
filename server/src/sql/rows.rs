//! Statements over many rows.

use anyhow::Context;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

/// Rows in one statement. They go in powers of two, so that there are few different statements, which
/// a connection prepares once.
const MAX_ROWS: usize = 32;

/// The pattern of a text that contains certain characters, whatever their case: for `LIKE … ESCAPE '!'`
/// over a column in lower case.
pub(crate) fn pattern_of(part: &str) -> String {
    let mut pattern = "%".to_owned();
    for c in part.chars().flat_map(char::to_lowercase) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A value in a row.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    NoText,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

/// Runs a statement over all rows: what comes before them, `INSERT INTO … VALUES`, and what comes after.
/// Answers how many rows it wrote.
pub(crate) async fn write<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    before: &str,
    mut rows: Vec<[Cell; COLUMNS]>,
    after: &str,
) -> anyhow::Result<u64> {
    let mut written = 0;
    while !rows.is_empty() {
        let left = rows.split_off(largest_power(rows.len()));
        let query = over(before, rows, after);
        written += query.execute(&mut *connection).await.with_context(|| before.to_owned())?.rows_affected();
        rows = left;
    }
    Ok(written)
}

/// As [`write`] does; answers what the statement returns.
pub(crate) async fn write_returning<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    before: &str,
    mut rows: Vec<[Cell; COLUMNS]>,
    after: &str,
) -> anyhow::Result<Vec<AnyRow>> {
    let mut returned = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let left = rows.split_off(largest_power(rows.len()));
        let query = over(before, rows, after);
        returned.extend(query.fetch_all(&mut *connection).await.with_context(|| before.to_owned())?);
        rows = left;
    }
    Ok(returned)
}

/// Runs a statement over all keys: what comes before them, `SELECT … WHERE id IN`, and what comes after.
/// Answers the rows that it returns.
pub(crate) async fn with_keys(
    connection: &mut AnyConnection,
    before: &str,
    keys: &[String],
    after: &str,
) -> anyhow::Result<Vec<AnyRow>> {
    let mut found = Vec::with_capacity(keys.len());
    for some in keys.chunks(MAX_ROWS) {
        // A key that stands twice in a list finds nothing twice.
        let padding = some.last().into_iter().cycle().take(some.len().next_power_of_two() - some.len());
        let statement = format!("{before} {} {after}", places(1, some.len().next_power_of_two()));
        let query = sqlx::query(AssertSqlSafe(statement));
        let query = some.iter().chain(padding).fold(query, |query, key| query.bind(key.clone()));
        found.extend(query.fetch_all(&mut *connection).await.with_context(|| before.to_owned())?);
    }
    Ok(found)
}

fn over<const COLUMNS: usize>(
    before: &str,
    rows: Vec<[Cell; COLUMNS]>,
    after: &str,
) -> Query<'static, Any, AnyArguments> {
    let statement = format!("{before} {} {after}", places(rows.len(), COLUMNS));
    rows.into_iter().flatten().fold(sqlx::query(AssertSqlSafe(statement)), bind)
}

fn bind(query: Query<'static, Any, AnyArguments>, cell: Cell) -> Query<'static, Any, AnyArguments> {
    match cell {
        Cell::Text(text) => query.bind(text),
        Cell::Number(number) => query.bind(number),
        Cell::NoText => query.bind(None::<String>),
    }
}

/// The largest power of two that is not larger, of those that a statement may have.
const fn largest_power(count: usize) -> usize {
    let mut power = MAX_ROWS;
    while power > count && power > 1 {
        power /= 2;
    }
    power
}

/// `($1, $2), ($3, $4)` for two rows of two columns. PostgreSQL wants its placeholders numbered.
fn places(rows: usize, columns: usize) -> String {
    let mut places = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        places.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            if column > 1 {
                places.push_str(", ");
            }
            places.push('$');
            places.push_str(&(row * columns + column).to_string());
        }
        places.push(')');
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_rows_goes_in_powers_of_two() {
        for (count, expected) in [(1, 1), (2, 2), (3, 2), (31, 16), (32, 32), (33, 32), (1_000, 32)] {
            assert_eq!(largest_power(count), expected, "{count}");
        }
    }

    #[test]
    fn every_value_has_a_place_of_its_own() {
        assert_eq!(places(2, 2), "($1, $2), ($3, $4)");
        assert_eq!(places(1, 3), "($1, $2, $3)");
    }
}
