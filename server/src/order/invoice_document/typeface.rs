//! The typeface of documents: which characters it has and how wide each of them is, read from the font itself
//! (OpenType 1.9, tables `cmap`, `hhea`, `hmtx` and `head`). What is measured here is what is drawn: each
//! character is one glyph, without kerning.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use anyhow::Context;
use unicode_normalization::UnicodeNormalization;

/// Knows Latin, Greek and Cyrillic.
const FONT: &[u8] = epaint_default_fonts::UBUNTU_LIGHT;
/// Stands for a character that the font lacks.
const REPLACEMENT: char = '?';

/// One character as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drawn {
    glyph: u16,
    /// In parts of the type size.
    advance: f32,
}

/// A glyph of a text that was set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetGlyph {
    pub(super) glyph: u16,
    /// In parts of the type size.
    pub(super) advance: f32,
    /// The bytes of the text that it shows.
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Typeface {
    characters: HashMap<char, Drawn>,
    replacement: Drawn,
}

static TYPEFACE: LazyLock<Option<Typeface>> = LazyLock::new(|| Typeface::read(FONT));

impl Typeface {
    /// The one of this program, read once.
    pub(super) fn embedded() -> anyhow::Result<&'static Self> {
        TYPEFACE.as_ref().context("the font of documents can't be read")
    }

    /// The font itself, for who embeds it.
    pub(super) const fn font() -> &'static [u8] {
        FONT
    }

    fn read(font: &[u8]) -> Option<Self> {
        let units_per_em = f32::from(u16_at(table(font, *b"head")?, 18)?);
        let (widths, last_width) = (table(font, *b"hmtx")?, u16_at(table(font, *b"hhea")?, 34)?.checked_sub(1)?);
        // Glyphs behind the last width are as wide as that one.
        let advance = |glyph: u16| Some(f32::from(u16_at(widths, 4 * usize::from(glyph.min(last_width)))?));
        let characters: HashMap<char, Drawn> = characters(table(font, *b"cmap")?)?
            .into_iter()
            .filter_map(|(c, glyph)| Some((c, Drawn { glyph, advance: advance(glyph)? / units_per_em })))
            .collect();
        let replacement = *characters.get(&REPLACEMENT)?;
        Some(Self { characters, replacement })
    }

    /// A text in one line, of characters that the font has: any space is a plain one or one that does not break,
    /// what controls others is left out, and what the font lacks is replaced.
    pub(super) fn shown(&self, text: &str) -> String {
        let shown = |c: char| match c {
            '\u{a0}' | '\u{202f}' => '\u{a0}',
            _ if c.is_whitespace() || c.is_control() => ' ',
            _ if self.characters.contains_key(&c) => c,
            _ => REPLACEMENT,
        };
        domain::text::without_hidden(text).nfc().map(shown).collect()
    }

    /// The glyphs of a text that is [`Self::shown`].
    pub(super) fn set(&self, text: &str) -> Vec<SetGlyph> {
        let glyph = |(start, c): (usize, char)| {
            let Drawn { glyph, advance } = self.drawn(c);
            SetGlyph { glyph, advance, range: start..start + c.len_utf8() }
        };
        text.char_indices().map(glyph).collect()
    }

    /// How wide a text is in a type size, both in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.drawn(c).advance).sum::<f32>() * size
    }

    /// Breaks a text into lines that are at most so wide, between words where it can be; a word that is wider is
    /// broken within. At least one line.
    pub(super) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let (shown, mut lines, mut line) = (self.shown(text), Vec::new(), String::new());
        for word in shown.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                let longer = format!("{line}{c}");
                if !line.is_empty() && self.width(&longer, size) > width {
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                } else {
                    line = longer;
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    fn drawn(&self, c: char) -> Drawn {
        self.characters.get(&c).copied().unwrap_or(self.replacement)
    }
}

fn u16_at(data: &[u8], place: usize) -> Option<u16> {
    let bytes = data.get(place..place.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

/// A 32-bit number that counts bytes.
fn offset_at(data: &[u8], place: usize) -> Option<usize> {
    let bytes = data.get(place..place.checked_add(4)?)?;
    usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
}

/// The table of a font by its tag.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let record = |place: usize| font.get(12 + 16 * place..28 + 16 * place);
    let record = (0..count).filter_map(record).find(|record| record.starts_with(&tag))?;
    let (start, length) = (offset_at(record, 8)?, offset_at(record, 12)?);
    font.get(start..start.checked_add(length)?)
}

/// The characters of a font with their glyphs, from the subtable for the Basic Multilingual Plane (format 4).
fn characters(cmap: &[u8]) -> Option<Vec<(char, u16)>> {
    const WINDOWS_UNICODE: [u8; 4] = [0, 3, 0, 1];
    let count = usize::from(u16_at(cmap, 2)?);
    let record = |place: usize| cmap.get(4 + 8 * place..12 + 8 * place);
    let record = (0..count).filter_map(record).find(|record| record.starts_with(&WINDOWS_UNICODE))?;
    let subtable = cmap.get(offset_at(record, 4)?..)?;
    if u16_at(subtable, 0)? != 4 {
        return None;
    }
    // Four arrays of as many bytes, one number for each segment of characters.
    let bytes = usize::from(u16_at(subtable, 6)?);
    let (ends, starts, deltas, ranges) = (14, 16 + bytes, 16 + 2 * bytes, 16 + 3 * bytes);
    let mut found = Vec::new();
    for segment in (0..bytes).step_by(2) {
        let (start, end) = (u16_at(subtable, starts + segment)?, u16_at(subtable, ends + segment)?);
        let (delta, range) = (u16_at(subtable, deltas + segment)?, u16_at(subtable, ranges + segment)?);
        for code in start..=end {
            let glyph = if range == 0 {
                code.wrapping_add(delta)
            } else {
                // Counted from the place where the range itself stands.
                let place = ranges + segment + usize::from(range) + 2 * usize::from(code - start);
                u16_at(subtable, place).filter(|glyph| *glyph != 0).map_or(0, |glyph| glyph.wrapping_add(delta))
            };
            if let (Some(c), 1..) = (char::from_u32(u32::from(code)), glyph) {
                found.push((c, glyph));
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typeface() -> &'static Typeface {
        Typeface::embedded().unwrap()
    }

    #[test]
    fn european_names_and_every_sign_of_an_amount_are_in_the_font() {
        for text in ["Zażółć gęślą jaźń", "Ğüşi Ćwiek", "Ωμέγα", "Щука", "£€$¥−×·–“”’%", "a\u{a0}b"]
        {
            assert_eq!(typeface().shown(text), text);
        }
        // A letter and its accent are the letter with the accent.
        assert_eq!(typeface().shown("Ade\u{301}le"), "Adéle");
        assert_eq!(typeface().shown("茶 tea \u{1f375}\n\u{202e}now"), "? tea ? now");
    }

    #[test]
    fn widths_are_those_of_the_font() {
        let width = |text| typeface().width(text, 10.0);
        assert!(width("iii") < width("mmm"));
        // Figures are of one width, so that columns of amounts stand straight.
        assert!((width("11.11") - width("88.88")).abs() < 0.01);
        assert!((width("ab") - width("a") - width("b")).abs() < 0.01);
        assert!(width("").abs() < f32::EPSILON);
    }

    #[test]
    fn a_font_that_ends_too_early_is_none() {
        for length in [0, 3, 11, 100, 10_000] {
            assert!(Typeface::read(&FONT[..length]).is_none(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_never_too_wide_and_nothing_is_lost(text in "\\PC{0,120}", width in 20.0_f32..200.0) {
            let lines = typeface().wrap(&text, 9.0, width);
            prop_assert!(!lines.is_empty());
            for line in &lines {
                prop_assert!(line.chars().count() <= 1 || typeface().width(line, 9.0) <= width);
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&typeface().shown(&text)));
        }

        #[test]
        fn glyphs_cover_their_text(text in "\\PC{0,60}") {
            let shown = typeface().shown(&text);
            let covered: String = typeface().set(&shown).into_iter().map(|glyph| shown[glyph.range].to_owned()).collect();
            prop_assert_eq!(covered, shown);
        }
    }
}
