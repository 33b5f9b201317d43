//! Between the domain's types and SurrealDB's values, by way of JSON: the domain's own door
//! checks what comes back.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Display;
use std::hash::Hash;
use std::ops::Bound;
use std::str::FromStr;

use anyhow::{Context, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;
use surrealdb::types::{Object, RecordId, RecordIdKey, RecordIdKeyRange, SurrealValue, Value};

use super::Graph;

pub(crate) fn to_value<T: Serialize>(value: &T) -> anyhow::Result<Value> {
    Ok(serde_json::to_value(value)?.into_value())
}

pub(crate) fn from_value<T: DeserializeOwned>(value: Value) -> anyhow::Result<T> {
    Ok(serde_json::from_value(value.into_json_value())?)
}

/// The record of a table under a key.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn record(table: &str, key: impl Display) -> Value {
    Value::RecordId(RecordId::new(table, key.to_string()))
}

/// The records of a table behind a key and up to another one, which is included.
pub(crate) fn records_between(table: &str, after: Option<&str>, until: &str) -> Value {
    let start = after.map_or(Bound::Unbounded, |key| Bound::Excluded(RecordIdKey::from(key.to_owned())));
    let end = Bound::Included(RecordIdKey::from(until.to_owned()));
    Value::RecordId(RecordId::new(table, RecordIdKeyRange::from((start, end))))
}

/// A record's content.
pub(crate) fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Object>())
}

/// The documents of some records under their keys, as far as there are such records.
pub(crate) async fn documents<K, T>(graph: &Graph, records: Vec<Value>) -> anyhow::Result<HashMap<K, T>>
where
    K: FromStr<Err: Error + Send + Sync + 'static> + Eq + Hash,
    T: DeserializeOwned,
{
    // Records as they are: to make fields of them takes longer than to read them.
    let mut answer = graph.query("SELECT * FROM $records", &[("records", records.into_value())]).await?;
    let rows = answer.rows::<Object>(0)?.into_iter().map(|mut row| {
        let (id, document) = (row.remove("id"), row.remove("document").unwrap_or_default());
        let Some(Value::RecordId(RecordId { key: RecordIdKey::String(key), .. })) = id else {
            bail!("a record without a key of text")
        };
        Ok((key.parse()?, from_value(document).with_context(|| format!("reading what is kept under {key}"))?))
    });
    rows.collect()
}
