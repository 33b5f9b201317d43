//! How a page comes about: load through the ports, then draw; a failure draws the page that says so.

use std::future::Future;

use axum::extract::Query;
use axum::http::request::Parts;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;

use crate::error::{ErrorPage, WireError};

/// A page, or a part of one, that waits for `load`. The context stays readable in all of it.
pub fn page<V>(load: impl Future<Output = Result<V, WireError>> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    part(async move {
        match load.await {
            Ok(view) => view.into_any(),
            Err(error) => view! { <ErrorPage error=error /> }.into_any(),
        }
    })
}

/// A part of a page that waits for `load`.
pub fn part<V>(load: impl Future<Output = V> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move { OwnedView::new(load.await.into_any()) })
}

/// A part of the path, decoded: `slug` of `/products/:slug`.
pub fn path_parameter(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// The pairs of the query, for names and values that came from this store's own forms and links.
pub fn query() -> ParamsMap {
    use_query_map().get_untracked()
}

/// The pairs of the query, in their order, for what somebody typed: the router's own map decodes
/// twice and makes another text of `100%25`.
pub fn query_pairs() -> Vec<(String, String)> {
    let asked = use_context::<Parts>().and_then(|request| Query::try_from_uri(&request.uri).ok());
    asked.map(|Query(pairs)| pairs).unwrap_or_default()
}

/// The query as it was asked for, with its `?`; empty without one.
pub fn raw_query() -> String {
    let asked = use_context::<Parts>().and_then(|request| Some(format!("?{}", request.uri.query()?)));
    asked.unwrap_or_default()
}

/// The path and query of the page that was asked for.
pub fn here() -> String {
    let asked = use_context::<Parts>().and_then(|request| request.uri.path_and_query().map(ToString::to_string));
    asked.unwrap_or_default()
}
