//! Suggestions while somebody types, after the ARIA practices' combobox with a list: the focus stays
//! in the field, the arrow keys walk through the options, Enter opens the one that is marked, Escape
//! closes the list.

use std::cell::RefCell;
use std::time::Duration;

use domain::text::encoded;
use leptos::ev::{Event, FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use wasm_bindgen::JsCast;

use super::{CLEAR_RECENT, recent};
use crate::dom::{elements, fetch_text, focus, set_attribute, set_flag, set_text};

/// A pause in typing after which the store is asked.
const PAUSE: Duration = Duration::from_millis(60);
const LIST: &str = "suggestions";
const SAID: &str = "suggestions-said";
const FIELD: &str = "q";

thread_local! {
    /// What was typed last: an answer to anything else comes too late.
    static TYPED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Around the field and the button of the header's search box. Without a script they are a form.
#[island]
pub fn SuggestWhileTyping(children: Children) -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(field) = field()
    {
        for (name, value) in [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-haspopup", "listbox"),
            ("aria-expanded", "false"),
            ("aria-controls", LIST),
        ] {
            set_attribute(&field, name, value);
        }
        recent::remember_this(field.value().trim());
    }
    let typed = |_: Event| typed();
    let key = |event: KeyboardEvent| press(&event);
    let left = |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
        if to.is_none_or(|to| to.closest(".search-box").ok().flatten().is_none()) {
            close();
        }
    };
    let clicked = |event: MouseEvent| {
        let on = event.target().and_then(|on| on.dyn_into::<Element>().ok());
        if on.is_some_and(|on| on.closest(&[".", CLEAR_RECENT].concat()).ok().flatten().is_some()) {
            forget_recent();
        }
    };
    view! {
        <div
            class="search-box__field"
            on:input=typed
            on:focusin=move |_| reopen()
            on:focusout=left
            on:keydown=key
            on:click=clicked
        >
            {children()}
            <div class="suggestions" id=LIST role="listbox" aria-label="Suggestions" hidden></div>
            <p class="visually-hidden" id=SAID role="status"></p>
        </div>
    }
}

fn field() -> Option<HtmlInputElement> {
    document().get_element_by_id(FIELD)?.dyn_into().ok()
}

fn list() -> Option<Element> {
    document().get_element_by_id(LIST)
}

/// The options that are shown.
fn options() -> Vec<Element> {
    let found = list().and_then(|list| list.query_selector_all("[role=option]:not([hidden])").ok());
    found.map(|found| elements(&found)).unwrap_or_default()
}

fn typed() {
    let Some(field) = field() else { return };
    let text = field.value().trim().to_owned();
    TYPED.set(text.clone());
    keep_fitting(&text);
    if text.is_empty() {
        show("", &text);
        return;
    }
    set_timeout(move || spawn_local(ask(text)), PAUSE);
}

/// Asks for suggestions, unless something else was typed meanwhile; and shows the answer, unless
/// something else was typed before it came.
async fn ask(text: String) {
    if !is_latest(&text) {
        return;
    }
    let address = ["/api/search/suggestions?q=", &encoded(&text)].concat();
    let html = fetch_text(&address, "GET").await.unwrap_or_default();
    if is_latest(&text) {
        show(&html, &text);
    }
}

fn is_latest(text: &str) -> bool {
    TYPED.with_borrow(|typed| typed == text)
}

/// Until the answer comes, only what still fits is shown of the one before.
fn keep_fitting(text: &str) {
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    mark(None);
    for option in options() {
        let shown = option.text_content().unwrap_or_default().to_lowercase();
        set_flag(&option, "hidden", !words.iter().all(|word| shown.contains(word)));
    }
}

/// Shows suggestions, below the recent searches that go with what was typed.
fn show(html: &str, text: &str) {
    let Some(list) = list() else { return };
    list.set_inner_html(html);
    if let Some(group) = recent::group(text) {
        put_first(&list, &group);
    }
    let options = options();
    for (place, option) in options.iter().enumerate() {
        option.set_id(&["suggestion-", &place.to_string()].concat());
    }
    let is_here = field().is_some_and(|field| document().active_element().is_some_and(|active| active == **field));
    set_open(!options.is_empty() && is_here);
    let said = match options.len() {
        0 if text.is_empty() => String::new(),
        0 => "No suggestions".to_owned(),
        1 => "1 suggestion".to_owned(),
        count => [&count.to_string(), " suggestions, use the arrow keys"].concat(),
    };
    set_text(document().get_element_by_id(SAID), &said);
}

/// Puts the recent searches in front; nothing is suggested twice.
fn put_first(list: &Element, group: &Element) {
    let links = |within: &Element| within.query_selector_all("a").map(|found| elements(&found)).unwrap_or_default();
    let recent: Vec<Option<String>> = links(group).iter().map(|link| link.get_attribute("href")).collect();
    for link in links(list) {
        if recent.contains(&link.get_attribute("href")) {
            link.remove();
        }
    }
    // What was just made stands nowhere else.
    let _ = list.prepend_with_node_1(group);
}

/// Forgets the recent searches, and goes on in the field.
fn forget_recent() {
    recent::clear();
    show("", "");
    focus(document().get_element_by_id(FIELD));
}

fn set_open(is_open: bool) {
    if let (Some(list), Some(field)) = (list(), field()) {
        set_flag(&list, "hidden", !is_open);
        set_attribute(&field, "aria-expanded", if is_open { "true" } else { "false" });
        if !is_open {
            mark(None);
        }
    }
}

fn is_open() -> bool {
    list().is_some_and(|list| !list.has_attribute("hidden"))
}

fn close() {
    set_open(false);
}

/// Who comes back finds the suggestions for what stands there; in an empty field, what was searched for
/// last.
fn reopen() {
    let stands = field().map(|field| field.value().trim().to_owned()).unwrap_or_default();
    if stands.is_empty() && !is_open() {
        TYPED.set(String::new());
        show("", "");
    } else if !stands.is_empty() && is_latest(&stands) && !options().is_empty() {
        set_open(true);
    }
}

/// Marks an option as the one that Enter opens.
fn mark(option: Option<&Element>) {
    let Some(field) = field() else { return };
    for other in options() {
        set_attribute(&other, "aria-selected", if Some(&other) == option { "true" } else { "false" });
    }
    match option {
        Some(option) => {
            set_attribute(&field, "aria-activedescendant", &option.id());
            option.scroll_into_view_with_bool(false);
        }
        // Nothing is lost where there was none.
        None => drop(field.remove_attribute("aria-activedescendant")),
    }
}

fn marked(options: &[Element]) -> Option<usize> {
    options.iter().position(|option| option.get_attribute("aria-selected").as_deref() == Some("true"))
}

fn press(event: &KeyboardEvent) {
    let options = options();
    let at = marked(&options);
    match event.key().as_str() {
        "ArrowDown" if !options.is_empty() => {
            event.prevent_default();
            if is_open() {
                // Behind the last one comes the field itself, and then the first.
                mark(options.get(at.map_or(0, |at| at + 1)));
            } else {
                set_open(true);
            }
        }
        "ArrowUp" if is_open() => {
            event.prevent_default();
            mark(options.get(at.map_or(options.len(), |at| at).wrapping_sub(1)));
        }
        "Escape" if is_open() => {
            // The browser's own Escape would empty the field as well.
            event.prevent_default();
            close();
        }
        "Enter" => {
            let option = at.filter(|_| is_open()).and_then(|at| options.get(at));
            if let Some(option) = option.and_then(|option| option.dyn_ref::<HtmlElement>()) {
                event.prevent_default();
                option.click();
            }
        }
        "Tab" => close(),
        _ => {}
    }
}
