//! What a page says to search engines and to browsers besides its content: title, description,
//! canonical address, Open Graph, JSON-LD and the status of the answer.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use serde_json::Value;

use crate::store::Store;

/// Characters of a description that result pages show.
const DESCRIPTION_CHARS: usize = 160;

/// The head of a page. A page without a canonical path is kept out of search engines.
#[component]
pub fn PageHead(
    /// What the page is called, without the store's name.
    #[prop(into)]
    title: String,
    /// Longer text is cut at a word.
    #[prop(optional_no_strip, into)]
    description: Option<String>,
    /// The path and query of the one address that the page should be found under.
    #[prop(optional_no_strip, into)]
    canonical: Option<String>,
    /// `src` of the picture that stands for the page when somebody shares it.
    #[prop(optional_no_strip, into)]
    picture: Option<String>,
    /// The Open Graph type.
    #[prop(default = "website")]
    kind: &'static str,
) -> impl IntoView {
    let store = use_context::<Store>();
    let name = store.as_ref().map(|store| store.name.to_string()).unwrap_or_default();
    let full = if name.is_empty() || title == name { title.clone() } else { format!("{title} – {name}") };
    let address = store.as_ref().zip(canonical).map(|(store, path)| store.url(&path));
    let picture = store.as_ref().zip(picture).map(|(store, src)| absolute(store, &src));
    let description = description.map(|text| cut_at_word(&text, DESCRIPTION_CHARS));
    let robots = address.is_none().then(|| view! { <Meta name="robots" content="noindex" /> });
    view! {
        // leptos_meta writes the text of a title as it is, so a title must bring its own escapes.
        <Title text=escaped(&full) />
        {robots}
        {address
            .map(|address| {
                view! {
                    <Link rel="canonical" href=address.clone() />
                    <Meta property="og:url" content=address />
                }
            })}
        {description
            .map(|text| {
                view! {
                    <Meta name="description" content=text.clone() />
                    <Meta property="og:description" content=text />
                }
            })}
        {picture.map(|picture| view! { <Meta property="og:image" content=picture /> })}
        <Meta property="og:title" content=title />
        <Meta property="og:type" content=kind />
        <Meta property="og:site_name" content=name />
        <Meta name="twitter:card" content="summary_large_image" />
    }
    .into_any()
}

/// The full address of something that may be a path of the store.
pub fn absolute(store: &Store, src: &str) -> String {
    if src.starts_with('/') { store.url(src) } else { src.to_owned() }
}

/// A block of linked data (<https://schema.org>).
#[component]
pub fn JsonLd(value: Value) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=script_safe(&value)></script> }
}

/// JSON that can't end the script element it stands in: `<` only occurs within strings, where
/// `\u003c` means the same.
fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Text as it stands between tags.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The first `max_chars` characters on one line, cut at a word and marked as cut.
pub fn cut_at_word(text: &str, max_chars: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(max_chars) else { return line };
    // Room for the mark, and back to the last whole word.
    let fitting = line[..end].rsplit_once(' ').map_or(&line[..end], |(words, _)| words);
    format!("{}…", fitting.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// Answers with another status than 200, such as 404.
pub fn answer_with(status: http::StatusCode) {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
    }
}

/// How long a browser believes that a page has moved for good.
const MOVED_SECONDS: u32 = 3_600;

/// Sends the browser to the address where the page is for good (301), and says so on the page.
pub fn moved_permanently(path: &str) -> AnyView {
    if let (Some(response), Ok(location)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(path))
    {
        response.set_status(http::StatusCode::MOVED_PERMANENTLY);
        response.insert_header(http::header::LOCATION, location);
        // A product may get its old name back: browsers must not lead in circles for ever.
        if let Ok(kept) = http::HeaderValue::from_str(&format!("max-age={MOVED_SECONDS}")) {
            response.insert_header(http::header::CACHE_CONTROL, kept);
        }
    }
    let path = path.to_owned();
    view! {
        <div class="page">
            <p>"This page has moved to " <a href=path.clone()>{path.clone()}</a> "."</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_not_leave_its_script() {
        let written = script_safe(&serde_json::json!({ "name": "</script><script>alert(1)//" }));
        assert!(!written.contains('<'));
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["name"], "</script><script>alert(1)//");
        assert_eq!(escaped("</title><b>&"), "&lt;/title&gt;&lt;b&gt;&amp;");
    }

    #[test]
    fn a_description_ends_with_a_whole_word() {
        assert_eq!(cut_at_word("Warm light,\nfor reading.", 160), "Warm light, for reading.");
        assert_eq!(cut_at_word("Warm light, for reading.", 13), "Warm light…");
        assert_eq!(cut_at_word("Donaudampfschifffahrt", 10), "Donaudampf…");
        assert_eq!(cut_at_word("ééé ééé", 4), "ééé…");
    }
}
