//! The trail of breadcrumbs, for people and for search engines.

use leptos::prelude::*;

use crate::seo::JsonLd;
use crate::store::Store;

/// One step of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub name: String,
    /// Its path within the store.
    pub path: String,
}

impl Crumb {
    pub fn new(name: impl Into<String>, path: impl Into<String>) -> Self {
        Self { name: name.into(), path: path.into() }
    }
}

/// The way from the front page to this one. `steps` are the pages between, the top first; `here`
/// is this page's own name.
#[component]
pub fn Trail(#[prop(optional)] steps: Vec<Crumb>, #[prop(into)] here: String) -> impl IntoView {
    let known = use_context::<Store>().map(|store| breadcrumb_list(&store, &steps, &here));
    let links = steps
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <a href=step.path>{step.name}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumbs">
            <ol class="breadcrumbs__list">
                <li>
                    <a href="/">"Home"</a>
                </li>
                {links}
                <li>
                    <span aria-current="page">{here}</span>
                </li>
            </ol>
        </nav>
        {known.map(|value| view! { <JsonLd value=value /> })}
    }
    .into_any()
}

fn breadcrumb_list(store: &Store, steps: &[Crumb], here: &str) -> serde_json::Value {
    let home = Crumb::new("Home", "/");
    let mut items: Vec<serde_json::Value> = std::iter::once(&home)
        .chain(steps)
        .zip(1..)
        .map(|(step, position)| {
            serde_json::json!({
                "@type": "ListItem",
                "position": position,
                "name": step.name,
                "item": store.url(&step.path),
            })
        })
        .collect();
    // The last item is the page itself and needs no address of its own.
    items.push(serde_json::json!({ "@type": "ListItem", "position": items.len() + 1, "name": here }));
    serde_json::json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}
