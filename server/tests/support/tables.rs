//! The tables of a store, whatever they are called.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Row};

use super::Shop;

/// The steps that make the graph's tables.
const GRAPH_SCHEMA: &str = include_str!("../../src/graph/schema.rs");

/// The tables of the graph, also those that are there no more.
pub(crate) fn graph_tables() -> BTreeSet<String> {
    let defined = GRAPH_SCHEMA.split("DEFINE TABLE IF NOT EXISTS ").skip(1);
    defined.map(|table| table.split_whitespace().next().unwrap().trim_matches('`').to_owned()).collect()
}

impl Shop {
    /// The tables of the books, with their columns. Only for the embedded database.
    pub(crate) async fn tables(&self) -> BTreeMap<String, BTreeSet<String>> {
        let statement = "SELECT tables.name, columns.name FROM sqlite_master AS tables
            JOIN pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name NOT LIKE '\\_%' ESCAPE '\\'";
        let rows: Vec<(String, String)> = sqlx::query_as(statement).fetch_all(&mut self.books().await).await.unwrap();
        let mut tables = BTreeMap::<String, BTreeSet<String>>::new();
        for (table, column) in rows {
            tables.entry(table).or_default().insert(column);
        }
        tables
    }

    /// The rows of the books that say something, as texts, by their table.
    pub(crate) async fn rows_with(&self, words: &str) -> Vec<(String, String)> {
        let mut books = self.books().await;
        let mut found = Vec::new();
        for table in self.tables().await.into_keys() {
            let rows = texts(&mut books, &table).await.into_iter();
            found.extend(rows.filter(|row| row.contains(words)).map(|row| (table.clone(), row)));
        }
        found
    }

    /// The id of the account of an e-mail address in lower case.
    pub(crate) async fn id_of_account(&self, email: &str) -> String {
        let asking = sqlx::query_scalar("SELECT id FROM accounts WHERE email_key = $1").bind(email.to_owned());
        asking.fetch_one(&mut self.books().await).await.unwrap()
    }

    /// How many rows of a table have a value in a column.
    pub(crate) async fn rows_of(&self, table: &str, column: &str, value: &str) -> i64 {
        let statement = format!("SELECT count(*) FROM {table} WHERE {column} = $1");
        let asking = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).bind(value.to_owned());
        asking.fetch_one(&mut self.books().await).await.unwrap()
    }
}

/// What each row of a table says, its columns one after another.
async fn texts(books: &mut AnyConnection, table: &str) -> Vec<String> {
    let statement = format!("SELECT * FROM {table}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_all(books).await.unwrap();
    let text = |row: &sqlx::any::AnyRow| {
        let columns = (0..row.len()).filter_map(|column| row.try_get::<String, _>(column).ok());
        columns.collect::<Vec<_>>().join(" | ")
    };
    rows.iter().map(text).collect()
}
