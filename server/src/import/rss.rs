//! Rows of RSS and Atom feeds. The items are cut out of the bytes first and parsed one by one, so
//! that broken XML costs its own item, and no more than one of them is in memory.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::MAX_ROW_BYTES;
use super::report::Rejection;
use super::row::{Column, Row};
use super::tabular::{lossy, too_long};

/// Longest beginning of a tag that is kept to tell its name, in bytes.
const MAX_TAG_NAME_BYTES: usize = 64;
/// Elements that are rows.
const ITEMS: [&str; 2] = ["item", "entry"];
const NEVER_CLOSED: &str = "is never closed";

#[derive(Debug)]
pub(super) struct Items<R> {
    reader: R,
    /// Bytes to be read again, the next one last: what followed an item that was never closed.
    again: Vec<u8>,
    lines: u64,
    count: u64,
}

/// Where in the XML the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Tag,
    Comment,
    CharacterData,
}

/// An item of which the start was seen.
#[derive(Debug)]
struct Open {
    /// The line of its start tag.
    line: u64,
    name: String,
    bytes: Vec<u8>,
}

impl<R: BufRead> Items<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, again: Vec::new(), lines: 0, count: 0 }
    }

    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// Items found so far, the refused ones included.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn next_row(&mut self) -> io::Result<Option<Result<Row, Rejection>>> {
        let next = self.next_item()?;
        self.count += u64::from(next.is_some());
        Ok(next.map(|item| item.and_then(|item| parse(&item))))
    }

    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        let byte = if let Some(byte) = self.again.pop() {
            byte
        } else {
            let Some(byte) = self.reader.fill_buf()?.first().copied() else { return Ok(None) };
            self.reader.consume(1);
            byte
        };
        self.lines += u64::from(byte == b'\n');
        Ok(Some(byte))
    }

    fn next_item(&mut self) -> io::Result<Option<Result<Open, Rejection>>> {
        let mut place = Place::Text;
        let mut tag: Vec<u8> = Vec::new();
        let mut last = [0; 3];
        let mut item: Option<Open> = None;
        loop {
            let Some(byte) = self.next_byte()? else {
                return Ok(item.map(|item| Err(self.resume_after(&item, NEVER_CLOSED))));
            };
            last = [last[1], last[2], byte];
            if let Some(open) = &mut item {
                open.bytes.push(byte);
                if open.bytes.len() > MAX_ROW_BYTES
                    && let Some(open) = item.take()
                {
                    if next_start(&open).is_some() {
                        return Ok(Some(Err(self.resume_after(&open, NEVER_CLOSED))));
                    }
                    self.skip(&open)?;
                    return Ok(Some(Err(too_long(open.line, &open.bytes))));
                }
            }
            match place {
                Place::Text if byte == b'<' => {
                    place = Place::Tag;
                    tag.clear();
                }
                Place::Comment if last == *b"-->" => place = Place::Text,
                Place::CharacterData if last == *b"]]>" => place = Place::Text,
                Place::Tag if byte == b'>' => {
                    place = Place::Text;
                    let (name, kind) = tag_name(&tag);
                    match (&item, kind) {
                        (None, TagKind::Start) if ITEMS.contains(&name) => {
                            item = Some(Open { line: self.lines + 1, name: name.to_owned(), bytes: Vec::new() });
                        }
                        // Items are never nested: the one before was not closed.
                        (Some(open), TagKind::Start) if open.name == name => {
                            return Ok(item.take().map(|item| Err(self.resume_after(&item, NEVER_CLOSED))));
                        }
                        (Some(open), TagKind::End) if open.name == name => return Ok(item.take().map(Ok)),
                        _ => {}
                    }
                }
                Place::Tag => {
                    if tag.len() < MAX_TAG_NAME_BYTES {
                        tag.push(byte);
                    } else if let Some(end) = tag.last_mut() {
                        // Whether a long tag closes itself is told by its last byte alone.
                        *end = byte;
                    }
                    match tag.as_slice() {
                        b"!--" => place = Place::Comment,
                        b"![CDATA[" => place = Place::CharacterData,
                        _ => {}
                    }
                }
                Place::Text | Place::Comment | Place::CharacterData => {}
            }
        }
    }

    /// Refuses an item and goes on at the next start tag of an item inside what was read of it.
    fn resume_after(&mut self, item: &Open, reason: &str) -> Rejection {
        if let Some(start) = next_start(item) {
            let unread = &item.bytes[start..];
            self.lines -= unread.split(|byte| *byte == b'\n').skip(1).count() as u64;
            self.again.extend(unread.iter().rev());
        }
        Rejection::new(item.line, "row", lossy(&item.bytes), reason)
    }

    /// Reads on to the end tag of an item that is too long to keep.
    fn skip(&mut self, item: &Open) -> io::Result<()> {
        let end = format!("</{}>", item.name).into_bytes();
        let mut window = item.bytes[item.bytes.len().saturating_sub(end.len())..].to_vec();
        while window != end {
            let Some(byte) = self.next_byte()? else { break };
            window.remove(0);
            window.push(byte);
        }
        Ok(())
    }
}

fn next_start(item: &Open) -> Option<usize> {
    let start = format!("<{}", item.name).into_bytes();
    let is_tag = |at: usize| {
        item.bytes[at..].starts_with(&start)
            && item.bytes.get(at + start.len()).is_some_and(|byte| matches!(byte, b'>' | b' ' | b'\n' | b'\r' | b'\t'))
    };
    (0..item.bytes.len()).find(|at| item.bytes[*at] == b'<' && is_tag(*at))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Start,
    End,
    Other,
}

fn tag_name(tag: &[u8]) -> (&str, TagKind) {
    let (tag, kind) = match tag {
        [b'/', name @ ..] => (name, TagKind::End),
        [.., b'/'] | [b'!' | b'?', ..] => (tag, TagKind::Other),
        _ => (tag, TagKind::Start),
    };
    let name = tag.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    (std::str::from_utf8(name).unwrap_or_default(), kind)
}

fn parse(item: &Open) -> Result<Row, Rejection> {
    // The end tag is the last one.
    let end = item.bytes.iter().rposition(|byte| *byte == b'<').unwrap_or_default();
    let inside = &item.bytes[..end];
    let text = std::str::from_utf8(inside).map_err(|broken| {
        let around = &inside[broken.valid_up_to().saturating_sub(40)..];
        Rejection::new(item.line, element_at(inside, broken.valid_up_to()), lossy(around), "is not valid UTF-8")
    })?;
    let values = elements(text)
        .map_err(|fault| Rejection::new(item.line, "row", text, format!("is not well-formed XML: {fault}")))?;
    Ok(Row { line: item.line, values, bytes: item.bytes.len() })
}

/// The element that holds a byte, as the report names it.
fn element_at(bytes: &[u8], at: usize) -> String {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let name = before.rsplit('<').map(|tag| tag.split(['>', ' ', '/', '\n']).next().unwrap_or_default());
    name.map(|name| name.trim_start_matches("g:"))
        .find(|name| Column::from_header(name).is_some())
        .unwrap_or("row")
        .to_owned()
}

/// One child element of an item.
struct Element {
    column: Option<Column>,
    /// From the namespace of product data; it wins over RSS's and Atom's own element of that name.
    of_products: bool,
    text: String,
    /// The parts of a `product_detail`, each in an element of its own.
    parts: [String; 3],
}

fn elements(inside: &str) -> Result<Vec<(Column, String)>, quick_xml::Error> {
    let mut reader = Reader::from_str(inside);
    // `Salt & Pepper` is wrong XML, and what many feeds write.
    reader.config_mut().allow_dangling_amp = true;
    let mut found: Vec<Element> = Vec::new();
    // The names of the open elements below the child that is being read.
    let mut below: Vec<String> = Vec::new();
    let mut element: Option<Element> = None;
    loop {
        match reader.read_event()? {
            Event::Eof if element.is_some() => {
                return Err(IllFormedError::MissingEndTag("an element".to_owned()).into());
            }
            Event::Eof => break,
            Event::Start(start) => match &mut element {
                None => element = Some(child(&start)),
                Some(element) => {
                    element.text.push(' ');
                    below.push(start.local_name().as_ref().to_owned());
                }
            },
            Event::End(_) => match (below.pop(), &mut element) {
                (Some(_), Some(element)) => element.text.push(' '),
                _ => found.extend(element.take()),
            },
            Event::Empty(start) => {
                if let (Some(element), "br") = (&mut element, start.local_name().as_ref()) {
                    element.text.push('\n');
                }
            }
            Event::Text(text) => push(&mut element, &below, &text.xml10_content()),
            Event::CData(data) => push(&mut element, &below, &data.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(character) => push(&mut element, &below, character.encode_utf8(&mut [0; 4])),
                None => match resolve_xml_entity(&reference) {
                    Some(text) => push(&mut element, &below, text),
                    // An entity of HTML, which is decoded with the others of the description.
                    None => push(&mut element, &below, &format!("&{};", &*reference)),
                },
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    // Product data first, so that `g:title` wins over `title`.
    found.sort_by_key(|element| !element.of_products);
    Ok(found.into_iter().filter_map(|element| Some((element.column?, element.value()))).collect())
}

fn child(start: &BytesStart<'_>) -> Element {
    let name = start.name();
    let prefix = name.prefix().map(|prefix| prefix.as_ref().to_owned());
    // Other namespaces have a title and a description of their own: of a film, of a thumbnail.
    let column = match prefix.as_deref() {
        None | Some("g") => Column::from_header(name.local_name().as_ref()),
        Some(_) => None,
    };
    Element { column, of_products: prefix.is_some(), text: String::new(), parts: Default::default() }
}

fn push(element: &mut Option<Element>, below: &[String], text: &str) {
    let Some(element) = element else { return };
    let part = below.last().and_then(|name| match name.as_str() {
        "section_name" => Some(0),
        "attribute_name" => Some(1),
        "attribute_value" => Some(2),
        _ => None,
    });
    match part {
        Some(part) if element.column == Some(Column::ProductDetail) => element.parts[part].push_str(text),
        _ => element.text.push_str(text),
    }
}

impl Element {
    fn value(self) -> String {
        if self.parts.iter().any(|part| !part.trim().is_empty()) { self.parts.join(":") } else { self.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line with id and title, or line with field and reason.
    type Read = Result<(u64, String), (u64, String, String)>;

    fn rows(feed: &[u8]) -> Vec<Read> {
        let mut items = Items::new(feed);
        let mut rows = Vec::new();
        while let Some(row) = items.next_row().unwrap() {
            rows.push(match row {
                Ok(row) => Ok((row.line, format!("{}={}", row.get(Column::Id), row.get(Column::Title)))),
                Err(refused) => Err((refused.line, refused.field.into_owned(), refused.reason)),
            });
        }
        rows
    }

    #[expect(clippy::unnecessary_wraps, reason = "stands beside refused rows in lists")]
    fn lamp(line: u64) -> Read {
        Ok((line, "1=Lamp".to_owned()))
    }

    #[test]
    fn product_data_wins_over_the_elements_of_the_feed() {
        let feed = b"<rss><channel><title>Shop</title>\n<item><title>Buy now</title><guid>x</guid>\
            <media:title>Film</media:title><g:id>1</g:id><g:title><![CDATA[Lamp </item>]]></g:title>\
            <g:shipping><g:price>5 GBP</g:price></g:shipping></item>\n\
            <!-- <item> --><item/><item a='b'>\n<id>2</id><title>Salt &amp; Pepper&#x21; &eacute; A & B</title></item></channel></rss>";
        assert_eq!(
            rows(feed),
            [Ok((2, "1=Lamp </item>".to_owned())), Ok((3, "2=Salt & Pepper! &eacute; A & B".to_owned()))]
        );
    }

    #[test]
    fn details_come_in_elements_or_in_one_text() {
        let feed = b"<item><g:product_detail><g:section_name>General</g:section_name>\
            <g:attribute_name>Ratio</g:attribute_name><g:attribute_value>16:9</g:attribute_value></g:product_detail>\
            <g:product_detail>A:B:C</g:product_detail><content type='xhtml'><div>Fine<br/>lamp</div></content></item>";
        let row = Items::new(&feed[..]).next_row().unwrap().unwrap().unwrap();
        assert_eq!(row.all(Column::ProductDetail).collect::<Vec<_>>(), ["General:Ratio:16:9", "A:B:C"]);
        assert_eq!(row.get(Column::Description), "Fine\nlamp");
    }

    #[test]
    fn a_broken_item_costs_itself() {
        let lamp_item = "<item><id>1</id><title>Lamp</title></item>\n";
        let unclosed = |broken: &str| format!("<rss>\n{broken}\n{lamp_item}</rss>").into_bytes();
        let never_closed = || Err((2, "row".to_owned(), NEVER_CLOSED.to_owned()));
        assert_eq!(rows(&unclosed("<item><id>7</id>")), [never_closed(), lamp(3)]);
        assert_eq!(rows(&unclosed("<item><title><![CDATA[Desk</title></item>")), [never_closed(), lamp(3)]);
        assert_eq!(rows(&unclosed("<item><!-- </item>")), [never_closed(), lamp(3)]);
        assert!(matches!(&rows(&unclosed("<item><b></item>"))[..], [Err((2, _, _)), second] if *second == lamp(3)));
        let mut bytes = unclosed("<item><id>7</id><g:title>Desk?</g:title></item>");
        let broken = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[broken] = 0xff;
        assert_eq!(rows(&bytes), [Err((2, "title".to_owned(), "is not valid UTF-8".to_owned())), lamp(3)]);
    }

    #[test]
    fn a_huge_item_is_skipped() {
        let huge = "x".repeat(2 * MAX_ROW_BYTES);
        let feed = format!("<rss>\n<item><title>{huge}</title></item>\n<item><id>1</id><title>Lamp</title></item>");
        let rows = rows(feed.as_bytes());
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0], Err((2, "row".to_owned(), format!("is longer than {MAX_ROW_BYTES} bytes"))));
        assert_eq!(rows[1], lamp(3));
    }
}
