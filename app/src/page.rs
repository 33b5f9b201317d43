//! How a page comes about: load through the ports, then draw; a failure draws the page that says so.

use std::future::Future;

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_router::hooks::{use_params_map, use_query_map, use_url};
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

/// The pairs of the query, decoded.
pub fn query() -> ParamsMap {
    use_query_map().get_untracked()
}

/// The query as it was asked for, with its `?`; empty without one.
pub fn raw_query() -> String {
    let url = use_url();
    let url = url.read_untracked();
    if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) }
}
