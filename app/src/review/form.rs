//! Fields of more than one line.

use leptos::prelude::*;

use crate::seo::escaped;

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

/// The first line end within a textarea is not part of its text, so one is written.
fn between_tags(text: &str) -> String {
    format!("\n{}", escaped(text))
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
}
