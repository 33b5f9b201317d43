//! Text as feeds write it, turned into text as people read it.

use std::borrow::Cow;

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 17] =
    ["p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dt", "dd"];
/// Elements whose content is not for people.
const UNSEEN: [&str; 2] = ["script", "style"];
/// Longest name of an entity that is looked for after `&`, in bytes.
const MAX_ENTITY_BYTES: usize = 12;

/// Runs of white space and control characters become one space each.
pub(super) fn in_one_line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for word in raw.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Lines without stray white space, at most one empty line between two of them.
fn in_lines(raw: &str) -> String {
    let mut lines = String::with_capacity(raw.len());
    let mut gap = false;
    for line in raw.lines().map(in_one_line) {
        if line.is_empty() {
            gap = true;
            continue;
        }
        if !lines.is_empty() {
            lines.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        lines.push_str(&line);
    }
    lines
}

/// Cuts at a word and ends with `…`, so that at most `max_chars` characters remain.
pub(super) fn shortened(text: &str, max_chars: usize) -> Cow<'_, str> {
    if text.chars().nth(max_chars).is_none() {
        return Cow::Borrowed(text);
    }
    let room = max_chars.saturating_sub(1);
    let end = text.char_indices().nth(room).map_or(text.len(), |(index, _)| index);
    let head = &text[..end];
    let at_word = text[end..].starts_with(char::is_whitespace);
    let cut = if at_word { head } else { head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words) };
    let cut = cut.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':' | ';' | '('));
    Cow::Owned(format!("{cut}…"))
}

/// A title, a name: entities decoded, in one line.
pub(super) fn plain_line(raw: &str) -> String {
    in_one_line(&decoded(raw))
}

/// A description: tags taken away, entities decoded, paragraphs kept.
pub(super) fn plain_text(raw: &str) -> String {
    in_lines(&decoded(&without_tags(raw)))
}

fn without_tags(raw: &str) -> Cow<'_, str> {
    if !raw.contains('<') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(tag) = Tag::at_start(rest) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if tag.opens && is_one_of(&UNSEEN, tag.name) {
            rest = after_end_tag(rest, tag.name);
        } else if is_one_of(&BLOCKS, tag.name) {
            text.push('\n');
        }
        if tag.opens && tag.name.eq_ignore_ascii_case("li") {
            text.push_str("• ");
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

struct Tag<'a> {
    name: &'a str,
    opens: bool,
    /// With both brackets, in bytes.
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text` starts with. A bracket that begins no tag is a sign: `width < 3 m`.
    fn at_start(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        if inside.starts_with("!--") {
            let length = text.find("-->").map_or(text.len(), |end| end + "-->".len());
            return Some(Self { name: "", opens: false, length });
        }
        let (opens, inside) = inside.strip_prefix('/').map_or((true, inside), |inside| (false, inside));
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
            return None;
        }
        let length = text.find('>')? + 1;
        let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        Some(Self { name, opens, length })
    }
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What follows the end tag of an element; nothing, where the element is never closed.
fn after_end_tag<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(start) = rest.find("</") {
        rest = &rest[start..];
        match Tag::at_start(rest) {
            Some(tag) if tag.name.eq_ignore_ascii_case(name) => return &rest[tag.length..],
            _ => rest = &rest[2..],
        }
    }
    ""
}

/// Decodes character references; an unknown one stays as it is.
fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(MAX_ENTITY_BYTES).position(|byte| byte == b';');
        let (found, length) = end.and_then(|end| Some((character(&rest[1..end])?, end + 1))).unwrap_or(('&', 1));
        text.push(found);
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?;
        return char::from_u32(code);
    }
    ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, found)| *found)
}

/// The named references that product texts use.
const ENTITIES: [(&str, char); 58] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("micro", 'µ'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("prime", '′'),
    ("Prime", '″'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("sect", '§'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("ccedil", 'ç'),
    ("oslash", 'ø'),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_description_with_html_becomes_paragraphs() {
        let html = "<p>Solid <b>oak</b> &amp; steel.</p><ul><li>Width &lt; 3&nbsp;m</li><li>5&#8243; deep</li></ul>\
                    <script>track('<p>')</script><!-- <b> -->Made in S&atilde;o Paulo";
        assert_eq!(plain_text(html), "Solid oak & steel.\n\n• Width < 3 m\n\n• 5″ deep\n\nMade in S&atilde;o Paulo");
    }

    #[test]
    fn signs_that_are_no_markup_stay() {
        assert_eq!(plain_text("for tables < 80 cm & > 40 cm <3"), "for tables < 80 cm & > 40 cm <3");
        assert_eq!(plain_line("Salt &amp; Pepper\u{b}\n Set &unknown; AT&T"), "Salt & Pepper Set &unknown; AT&T");
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(shortened("walnut desk lamp", 16), "walnut desk lamp");
        assert_eq!(shortened("walnut desk lamp", 15), "walnut desk…");
        assert_eq!(shortened("walnut desk - lamp", 14), "walnut desk…");
        assert_eq!(shortened("walnutdesklamp", 5), "waln…");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in "\\PC{0,60}", max_chars in 1_usize..40) {
            prop_assert!(shortened(&text, max_chars).chars().count() <= max_chars);
        }

        #[test]
        fn any_text_becomes_plain(raw in "[a-z<>/&;#!\\- \\n]{0,80}") {
            let plain = plain_text(&raw);
            prop_assert_eq!(plain.trim(), plain.as_str());
            prop_assert!(!plain.contains("\n\n\n"));
        }
    }
}
