//! What forms are made of: labelled fields with hint and error, and what a posted form answered.

use domain::search::SearchText;
use leptos::prelude::*;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_query_map;

use crate::checkout::check::attention;
use crate::error::WireError;
use crate::icon::{Glyph, Icon};
use crate::seo::escaped;

/// The label, the hint and the error around one control. The control itself is the child; it takes
/// `id`, `aria-describedby` from [`described_by`] and `aria-invalid`.
#[component]
pub fn FieldFrame(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// Says "(optional)" beside the label.
    #[prop(optional)]
    optional: bool,
    #[prop(default = "field")] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=class>
            <label class="field__label" for=id>
                {label}
                {optional.then(|| view! { <span class="optional">" (optional)"</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
            {children()}
            {error
                .map(|error| {
                    view! {
                        <p class="field__error" id=format!("{id}-error")>
                            <Icon glyph=Glyph::Warning class="icon icon--small" />
                            {error}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The value of `aria-describedby` of a control in a [`FieldFrame`].
pub fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

/// One line of text with its label. `id` is also the name that it is posted under.
#[component]
pub fn Field(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "on")] autocomplete: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    max_chars: u32,
    /// The first wrong field of a form takes the focus.
    #[prop(optional)]
    autofocus: bool,
    #[prop(default = "field")] class: &'static str,
) -> impl IntoView {
    let describedby = described_by(id, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldFrame id label hint error optional class>
            <input
                class="field__input"
                id=id
                name=id
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=max_chars
                required=!optional
                autofocus=autofocus
                aria-invalid=invalid
                aria-describedby=describedby
            />
        </FieldFrame>
    }
    .into_any()
}

/// A text of many lines. Leptos does not escape what stands between the tags of a textarea, and a
/// property is set by scripts only: so its text is escaped here.
#[component]
pub fn TextArea(
    id: String,
    name: &'static str,
    value: String,
    max_chars: u32,
    #[prop(default = 4)] rows: u32,
    #[prop(optional_no_strip)] describedby: Option<String>,
    #[prop(optional)] invalid: bool,
) -> impl IntoView {
    view! {
        <textarea
            class="field__input"
            id=id
            name=name
            rows=rows
            maxlength=max_chars
            required
            aria-invalid=invalid.then_some("true")
            aria-describedby=describedby
            inner_html=between_tags(&value)
        ></textarea>
    }
    .into_any()
}

/// The text of a textarea, escaped. The first line end within one is not part of its text, so one is
/// written.
pub fn between_tags(text: &str) -> String {
    format!("\n{}", escaped(text))
}

/// Looks through a list for words. Its children carry on what else was asked for, or lead back to the whole list;
/// `filter` asks for more, before the button.
#[component]
pub fn SearchForm(
    id: &'static str,
    /// What it does, in words
    label: &'static str,
    /// The page of the list
    address: &'static str,
    placeholder: &'static str,
    words: SearchText,
    #[prop(optional)] filter: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="order-search" role="search" aria-label=label action=address method="get">
            <label class="visually-hidden" for=id>
                {label}
            </label>
            <input
                class="field__input"
                id=id
                name="q"
                type="search"
                placeholder=placeholder
                value=words.to_string()
                maxlength=SearchText::MAX_CHARS
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
            />
            {filter}
            <button class="button" type="submit">
                "Search"
            </button>
            {children()}
        </form>
    }
    .into_any()
}

/// What went wrong with the form that brought the browser here without JavaScript: the server
/// function answered with a redirect back, and the error is part of the address.
pub fn posted_error() -> Option<WireError> {
    let query = use_query_map();
    let query = query.read_untracked();
    query.get_str("__err").map(ServerFnUrlError::<WireError>::decode_err)
}

/// [`posted_error`] as a notice at the top of a page.
#[component]
pub fn PostedError() -> impl IntoView {
    posted_error().map(|error| view! { <ErrorNotice error=error /> })
}

/// Says what went wrong.
#[component]
pub fn ErrorNotice(error: WireError) -> impl IntoView {
    view! {
        <div class="notice notice--bad" role="alert">
            <Icon glyph=Glyph::Warning />
            <p>{sentence(&error.to_string())}</p>
        </div>
    }
    .into_any()
}

/// Says what was done.
#[component]
pub fn DoneNotice(#[prop(into)] words: String) -> impl IntoView {
    view! {
        <div class="notice notice--good" role="status">
            <Icon glyph=Glyph::CheckCircle />
            <p>{words}</p>
        </div>
    }
    .into_any()
}

/// What is wrong with a form, at its top, each with a link to its field: the field's id and words.
#[component]
pub fn ErrorSummary(errors: Vec<(&'static str, String)>) -> impl IntoView {
    if errors.is_empty() {
        return None;
    }
    let link = |(id, words): (&'static str, String)| {
        view! {
            <li>
                <a href=format!("#{id}")>{words}</a>
            </li>
        }
    };
    let heading = attention(errors.len());
    Some(view! {
        <div class="notice notice--bad" role="alert" id="errors">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2>{heading}</h2>
                <ul>{errors.into_iter().map(link).collect_view()}</ul>
            </div>
        </div>
    })
}

/// A message as a sentence: errors are written so that they can stand within one.
pub fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_field() {
        let written = between_tags("</textarea><img src=x onerror=alert(1)> &lt;");
        assert_eq!(written, "\n&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt; &amp;lt;");
        assert_eq!(between_tags("\nsecond line"), "\n\nsecond line");
    }

    #[test]
    fn an_error_is_told_as_a_sentence() {
        assert_eq!(sentence("the card has expired"), "The card has expired.");
        assert_eq!(sentence("Gone."), "Gone.");
        assert_eq!(sentence(""), "");
    }
}
