//! Reads the store's PDF documents: how many pages they have, and the words on them. It knows the format (ISO 32000)
//! as far as that needs, and nothing of what draws them.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::ZlibDecoder;

#[derive(Debug)]
pub(crate) struct Pdf {
    bytes: Vec<u8>,
    /// What its streams hold, decompressed.
    streams: Vec<Vec<u8>>,
}

impl Pdf {
    #[track_caller]
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        assert!(
            bytes.starts_with(b"%PDF-"),
            "{:?} is no document",
            String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
        );
        let mut streams = Vec::new();
        let mut rest = &bytes[..];
        while let Some(start) = find(rest, b"\nstream\n") {
            rest = &rest[start + b"\nstream\n".len()..];
            let end = find(rest, b"\nendstream").unwrap_or(rest.len());
            let mut content = Vec::new();
            // What is not compressed is as it is.
            if ZlibDecoder::new(&rest[..end]).read_to_end(&mut content).is_err() {
                content = rest[..end].to_vec();
            }
            streams.push(content);
            rest = &rest[end..];
        }
        Self { bytes, streams }
    }

    /// Whether the file says something of itself in plain ASCII.
    pub(crate) fn holds(&self, words: &str) -> bool {
        find(&self.bytes, words.as_bytes()).is_some()
    }

    /// The streams that put text onto a page.
    fn contents(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.streams
            .iter()
            .filter(|stream| stream.is_ascii() && find(stream, b"BT").is_some() && find(stream, b" Tf").is_some())
    }

    pub(crate) fn pages(&self) -> usize {
        self.contents().count()
    }

    /// Each text that was put onto a page, in the order of the file.
    pub(crate) fn texts(&self) -> Vec<String> {
        let characters = self.characters();
        self.contents().flat_map(|content| texts_in(content, &characters)).collect()
    }

    /// Asserts that each of `words` stands somewhere.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        let text = self.texts().join("\n");
        for word in words {
            assert!(text.contains(word), "it does not say {word:?} but: {text}");
        }
    }

    #[track_caller]
    pub(crate) fn does_not_say(&self, words: &str) {
        let text = self.texts().join("\n");
        assert!(!text.contains(words), "it says {words:?}: {text}");
    }

    /// What each number in a text stands for, from the font's own table.
    fn characters(&self) -> HashMap<u16, String> {
        let tables = self.streams.iter().filter(|stream| find(stream, b"beginbfchar").is_some());
        let mut characters = HashMap::new();
        for table in tables {
            let table = String::from_utf8_lossy(table);
            for line in table.lines().filter(|line| line.starts_with('<')) {
                let mut codes = line.split(['<', '>']).filter(|code| !code.trim().is_empty());
                let (Some(number), Some(text)) = (codes.next(), codes.next()) else { continue };
                let Ok(number) = u16::from_str_radix(number, 16) else { continue };
                let text: Vec<u16> = hexadecimal(text.as_bytes()).chunks(2).map(number_of).collect();
                characters.insert(number, String::from_utf16_lossy(&text));
            }
        }
        characters
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, part)
}

fn number_of(pair: &[u8]) -> u16 {
    pair.iter().fold(0, |number, byte| (number << 8) | u16::from(*byte))
}

fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let digit = |digit: &u8| u8::try_from(char::from(*digit).to_digit(16)?).ok();
    let digits: Vec<u8> = digits.iter().filter_map(digit).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect()
}

fn texts_in(content: &[u8], characters: &HashMap<u16, String>) -> Vec<String> {
    let (mut texts, mut shown, mut rest) = (Vec::new(), Vec::new(), content);
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'(' => rest = literal(after, &mut shown),
            b'<' if after.starts_with(b"<") => rest = &after[1..],
            b'<' => {
                let end = find(after, b">").unwrap_or(after.len());
                shown.extend(hexadecimal(&after[..end]));
                rest = &after[end..];
            }
            // The end of a text.
            b'E' if after.starts_with(b"T") => {
                let of = |pair: &[u8]| characters.get(&number_of(pair)).cloned().unwrap_or_default();
                texts.push(shown.chunks(2).map(of).collect());
                shown.clear();
            }
            _ => {}
        }
    }
    texts
}

/// Reads a string behind its opening parenthesis, and answers what comes after it.
fn literal<'a>(mut rest: &'a [u8], shown: &mut Vec<u8>) -> &'a [u8] {
    let mut depth = 0;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b')' if depth == 0 => return rest,
            b'\\' => rest = escaped(after, shown),
            other => {
                depth += i32::from(*other == b'(') - i32::from(*other == b')');
                shown.push(*other);
            }
        }
    }
    rest
}

fn escaped<'a>(rest: &'a [u8], shown: &mut Vec<u8>) -> &'a [u8] {
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 {
        shown.push(rest[..digits].iter().fold(0_u8, |byte, digit| byte.wrapping_mul(8).wrapping_add(digit - b'0')));
        return &rest[digits..];
    }
    let Some((first, after)) = rest.split_first() else { return rest };
    shown.push(match first {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        other => *other,
    });
    after
}
