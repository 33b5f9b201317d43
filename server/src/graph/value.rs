//! Between the domain's types and SurrealDB's values, by way of JSON: the domain's own door
//! checks what comes back.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use surrealdb::types::{Object, RecordId, SurrealValue, Value};

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

/// A record's content.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Object>())
}
