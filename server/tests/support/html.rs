use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer as a person reads it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    /// Where the browser is now: path and query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

/// The fields of a form as a browser would post them, with where it posts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Form {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The form after somebody filled in a field, or pressed the button of that name.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// What a person reads, in one line. Where a tag was, there is a space, unless it only lets a word break.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for piece in pieces(&self.html.replace("<wbr>", "")) {
            match piece {
                Piece::Text(words) => text.push_str(&decoded(words)),
                Piece::Tag(_) => text.push(' '),
                Piece::Hidden(_) => {}
            }
        }
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        [" .", " ,", " ;", " :"].iter().fold(line, |line, gap| line.replace(gap, gap.trim_start()))
    }

    /// Asserts that the page says each of `words`.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        let text = self.text();
        for word in words {
            assert!(text.contains(word), "{} ({}) does not say {word:?} but: {text}", self.path, self.status);
        }
    }

    #[track_caller]
    pub(crate) fn does_not_say(&self, words: &str) {
        let text = self.text();
        assert!(!text.contains(words), "{} says {words:?}: {text}", self.path);
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.text());
        self
    }

    /// Where the answer sends the browser on to.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("{} ({}) leads nowhere", self.path, self.status))
    }

    fn tags(&self, name: &str) -> Vec<Tag<'_>> {
        let tags = pieces(&self.html).into_iter().filter_map(|piece| match piece {
            Piece::Tag(tag) if tag.name == name && !tag.ends => Some(tag),
            _ => None,
        });
        tags.collect()
    }

    pub(crate) fn title(&self) -> String {
        self.content_of("title")
    }

    pub(crate) fn heading(&self) -> String {
        self.content_of("h1")
    }

    /// The words of the first element of a kind.
    fn content_of(&self, name: &str) -> String {
        let start = self.html.find(&format!("<{name}")).unwrap_or_else(|| panic!("{} has no {name}", self.path));
        let element = &self.html[start..];
        let end = element.find(&format!("</{name}>")).unwrap();
        let words = pieces(&element[..end]).into_iter().filter_map(|piece| match piece {
            Piece::Text(words) => Some(decoded(words)),
            Piece::Hidden(words) if name == "title" => Some(decoded(words)),
            _ => None,
        });
        words.collect::<String>().trim().to_owned()
    }

    pub(crate) fn count_of(&self, name: &str) -> usize {
        self.tags(name).len()
    }

    /// `content` of a `meta` by its name or property.
    pub(crate) fn meta(&self, name: &str) -> Option<String> {
        let named = |tag: &Tag<'_>| [tag.attribute("name"), tag.attribute("property")].contains(&Some(name.to_owned()));
        self.tags("meta").iter().find(|tag| named(tag)).and_then(|tag| tag.attribute("content"))
    }

    pub(crate) fn canonical(&self) -> Option<String> {
        let links = self.tags("link");
        let link = links.iter().find(|tag| tag.attribute("rel").as_deref() == Some("canonical"));
        link.and_then(|tag| tag.attribute("href"))
    }

    /// The addresses of all links that begin with `start`, each once, as they stand on the page.
    pub(crate) fn links(&self, start: &str) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for href in self.tags("a").iter().filter_map(|tag| tag.attribute("href")) {
            if href.starts_with(start) && !links.contains(&href) {
                links.push(href);
            }
        }
        links
    }

    /// The addresses of the cards of a list, in their order.
    pub(crate) fn cards(&self) -> Vec<String> {
        let is_card =
            |tag: &&Tag<'_>| tag.attribute("class").is_some_and(|class| class.split(' ').any(|c| c == "card__link"));
        self.tags("a").iter().filter(is_card).filter_map(|tag| tag.attribute("href")).collect()
    }

    /// Everything that the page tells machines about itself.
    pub(crate) fn linked_data(&self) -> Vec<Value> {
        let mut data = Vec::new();
        let mut within = false;
        for piece in pieces(&self.html) {
            match piece {
                Piece::Tag(tag) => {
                    within = tag.name == "script" && tag.attribute("type").as_deref() == Some("application/ld+json");
                }
                Piece::Hidden(json) if within => data.push(serde_json::from_str(json).unwrap()),
                _ => {}
            }
        }
        data
    }

    /// The linked data of one type of schema.org.
    #[track_caller]
    pub(crate) fn thing(&self, kind: &str) -> Value {
        let all = self.linked_data();
        let found = all.iter().find(|thing| thing["@type"] == kind).cloned();
        found.unwrap_or_else(|| panic!("{} has no {kind} among {all:?}", self.path))
    }

    /// The forms that post to an address.
    pub(crate) fn forms(&self, action: &str) -> Vec<Form> {
        let mut forms = Vec::new();
        let mut open: Option<Form> = None;
        let mut select: Option<String> = None;
        for piece in pieces(&self.html) {
            let Piece::Tag(tag) = piece else { continue };
            if tag.name == "form" {
                forms.extend(open.take());
                if !tag.ends {
                    open = Some(Form { action: tag.attribute("action").unwrap_or_default(), fields: Vec::new() });
                }
            } else if let Some(form) = &mut open {
                add_control(form, &mut select, &tag);
            }
        }
        forms.retain(|form| form.action == action);
        forms
    }

    /// The only form that posts to an address.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        let forms = self.forms(action);
        assert_eq!(forms.len(), 1, "{} ({}) has {} forms to {action}", self.path, self.status, forms.len());
        forms.into_iter().next().unwrap()
    }

    /// The form of one SKU that posts to an address.
    #[track_caller]
    pub(crate) fn form_of(&self, action: &str, sku: &str) -> Form {
        let found = self.forms(action).into_iter().find(|form| form.field("sku") == Some(sku));
        found.unwrap_or_else(|| panic!("{} ({}) has no form to {action} for {sku}", self.path, self.status))
    }
}

/// What a browser would post of a control.
fn add_control(form: &mut Form, select: &mut Option<String>, tag: &Tag<'_>) {
    let has = |name: &str| tag.attribute(name).is_some();
    match (tag.name, tag.ends) {
        ("input", _) if !has("disabled") => {
            let kind = tag.attribute("type").unwrap_or_default();
            let counts = !matches!(kind.as_str(), "radio" | "checkbox") || has("checked");
            if let (Some(name), true) = (tag.attribute("name"), counts) {
                form.fields.push((name, tag.attribute("value").unwrap_or_default()));
            }
        }
        ("select", ends) => *select = tag.attribute("name").filter(|_| !ends),
        ("option", false) => {
            if let Some(name) = select.clone() {
                let is_first = form.field(&name).is_none();
                if is_first || has("selected") {
                    let value = tag.attribute("value").unwrap_or_default();
                    form.fields.retain(|(known, _)| *known != name);
                    form.fields.push((name, value));
                }
            }
        }
        _ => {}
    }
}

#[derive(Debug)]
enum Piece<'a> {
    Tag(Tag<'a>),
    Text(&'a str),
    /// What stands in the page and is not read: a script, a style.
    Hidden(&'a str),
}

#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    ends: bool,
    attributes: &'a str,
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = &rest[end..];
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
                let body = quote.map_or(after, |_| &after[1..]);
                let end = quote.map_or_else(|| body.find(char::is_whitespace), |quote| body.find(quote));
                let end = end.unwrap_or(body.len());
                value = &body[..end];
                rest = body[end..].trim_start_matches(['"', '\'']);
            }
            if name == wanted {
                return Some(decoded(value));
            }
            rest = rest.trim_start();
        }
        None
    }
}

/// Cuts HTML as the store writes it into tags and texts; comments are left out.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        rest = &rest[start..];
        if rest.starts_with("<!") {
            let mark = if rest.starts_with("<!--") { "-->" } else { ">" };
            rest = rest.find(mark).map_or("", |end| &rest[end + mark.len()..]);
            continue;
        }
        let end = end_of_tag(rest);
        let inside = rest[1..end].trim_end_matches('/');
        rest = rest.get(end + 1..).unwrap_or_default();
        let (inside, ends) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        pieces.push(Piece::Tag(Tag { name, ends, attributes }));
        if !ends && matches!(name, "script" | "style" | "title") {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            pieces.push(Piece::Hidden(&rest[..end]));
            rest = &rest[end..];
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where the `>` of a tag is that does not stand in a quoted value.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (place, c) in rest.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return place,
            _ => {}
        }
    }
    rest.len()
}

fn decoded(raw: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(raw.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// What a page shows under a heading: the products by their addresses.
pub(crate) fn shown_under(page: &Page, heading: &str) -> Vec<String> {
    let Some((_, rest)) = page.html.split_once(heading) else { return Vec::new() };
    let row = rest.split("</section>").next().unwrap_or_default();
    let links = row.split("href=\"/products/").skip(1).filter_map(|link| link.split('"').next());
    links.map(ToOwned::to_owned).collect()
}
