//! What was searched for last with this browser. The browser alone keeps it, and lets go of it when the
//! person says so; the store never gets to see the list.

use domain::text::encoded;
use leptos::prelude::*;
use leptos::web_sys::js_sys::{Object, Reflect};
use leptos::web_sys::{Element, Node};
use wasm_bindgen::{JsCast, JsValue};

use super::CLEAR_RECENT;
use crate::dom::{first, set_attribute, set_text, template, within};

/// Under which the browser keeps the list: a text of one search a line, the newest first.
const KEY: &str = "recent-searches";
/// Where the server drew how it looks.
pub(super) const TEMPLATE: &str = "recent-searches";
/// The oldest is forgotten where there are more.
const MAX_KEPT: usize = 8;
/// Beside other suggestions there is room for fewer than in a list of their own.
const MAX_BESIDE: usize = 3;

/// Remembers the search whose results are on the page; one that found nothing is not worth it.
pub(super) fn remember_this(searched: &str) {
    let has_results = first(&document(), ".browse__count").is_some();
    if has_results && location().pathname().is_ok_and(|path| path == "/search") && !searched.is_empty() {
        keep(&with(kept(), searched));
    }
}

/// Forgets everything.
pub(super) fn clear() {
    keep(&[]);
}

/// The group of recent searches that go with what is typed, or all of them where nothing is.
pub(super) fn group(typed: &str) -> Option<Element> {
    let searches = fitting(kept(), typed);
    if searches.is_empty() {
        return None;
    }
    let drawn: Node = template(&document(), TEMPLATE)?.content().clone_node_with_deep(true).ok()?;
    let holder = document().create_element("div").ok()?;
    holder.append_child(&drawn).ok()?;
    let group = within(&holder, "[role=group]")?;
    let pattern = within(&group, "a")?;
    for search in &searches {
        let option: Element = pattern.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        set_attribute(&option, "href", &["/search?q=", &encoded(search)].concat());
        set_text(within(&option, "span"), search);
        pattern.before_with_node_1(&option).ok()?;
    }
    pattern.remove();
    if let Some(clear) = within(&group, &[".", CLEAR_RECENT].concat()).filter(|_| !typed.is_empty()) {
        clear.remove();
    }
    Some(group)
}

/// The list with a search in front, once however its letters are written.
fn with(mut searches: Vec<String>, search: &str) -> Vec<String> {
    let lower = search.to_lowercase();
    searches.retain(|known| known.to_lowercase() != lower);
    searches.insert(0, search.to_owned());
    searches.truncate(MAX_KEPT);
    searches
}

/// The searches that begin with what is typed, or have a word that does, and say more.
fn fitting(mut searches: Vec<String>, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    if typed.is_empty() {
        return searches;
    }
    let inner = [" ", &typed].concat();
    searches.retain(|search| {
        let search = search.to_lowercase();
        search != typed && (search.starts_with(&typed) || search.contains(&inner))
    });
    searches.truncate(MAX_BESIDE);
    searches
}

/// Browsers that keep nothing, or nothing from this store, have no list.
fn kept() -> Vec<String> {
    let text = storage().and_then(|storage| Reflect::get(&storage, &KEY.into()).ok()?.as_string());
    text.map(|text| text.lines().take(MAX_KEPT).map(str::to_owned).collect()).unwrap_or_default()
}

fn keep(searches: &[String]) {
    let Some(storage) = storage() else { return };
    // Where there is no room there is no list.
    let _ = if searches.is_empty() {
        Reflect::delete_property(storage.unchecked_ref::<Object>(), &KEY.into())
    } else {
        Reflect::set(&storage, &KEY.into(), &searches.join("\n").into())
    };
}

fn storage() -> Option<JsValue> {
    Reflect::get(&window(), &"localStorage".into()).ok().filter(JsValue::is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(searches: &[&str]) -> Vec<String> {
        searches.iter().map(|search| (*search).to_owned()).collect()
    }

    #[test]
    fn the_newest_stands_first_and_once() {
        assert_eq!(with(list(&["stool", "Desk lamp"]), "desk lamp"), ["desk lamp", "stool"]);
        let full: Vec<String> = (0..MAX_KEPT).map(|number| number.to_string()).collect();
        let more = with(full, "new");
        assert_eq!((more.len(), more[0].as_str(), more.last().map(String::as_str)), (MAX_KEPT, "new", Some("6")));
    }

    #[test]
    fn what_goes_with_the_letters_is_shown() {
        let searches = || list(&["Desk lamp", "lamp", "oak stool", "lamps", "lamp shade", "lampion"]);
        assert_eq!(fitting(searches(), ""), searches());
        assert_eq!(fitting(searches(), "LA"), ["Desk lamp", "lamp", "lamps"]);
        assert_eq!(fitting(searches(), "lamp"), ["Desk lamp", "lamps", "lamp shade"]);
        assert_eq!(fitting(searches(), "desk l"), ["Desk lamp"]);
        assert_eq!(fitting(searches(), "tool"), Vec::<String>::new());
    }
}
