//! Draws pages into a PDF document (ISO 32000). The same pages make the same bytes.

use anyhow::{Context, anyhow};
use jiff::civil;
use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::layout::{Link, PAGE_HEIGHT, PAGE_WIDTH, Rule, Sheet, Tone, Words};
use super::typeface::Typeface;

const LANGUAGE: &str = "en-GB";
/// Grey of what stands beside, and of lines; 0 is black and 255 white.
const SOFT: u8 = 90;
const RULE: u8 = 200;
const RULE_WIDTH: f32 = 0.5;
/// The outline that makes a light letter a strong one, in parts of the type size.
const OUTLINE: f32 = 0.035;

/// What a document says of itself.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) title: String,
    pub(super) author: String,
    /// When it was made, in universal time.
    pub(super) made_at: civil::DateTime,
}

/// # Errors
/// Only where the font can't be embedded, which the tests would show.
pub(super) fn print(typeface: &Typeface, sheets: &[Sheet], about: About) -> anyhow::Result<Vec<u8>> {
    let font = Font::new(Typeface::font().into(), 0).context("reading the font of documents")?;
    let mut document = Document::new();
    for sheet in sheets {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).context("making a page")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for rule in &sheet.rules {
            draw_rule(&mut surface, *rule);
        }
        for words in &sheet.words {
            draw_words(&mut surface, typeface, &font, words);
        }
        surface.finish();
        for link in &sheet.links {
            page.add_annotation(annotation(link).context("placing a link")?);
        }
        page.finish();
    }
    document.set_metadata(metadata(about));
    document.finish().map_err(|fault| anyhow!("writing a document: {fault:?}"))
}

fn metadata(About { title, author, made_at }: About) -> Metadata {
    // A civil time is never below zero, but for years before our era.
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    let date = DateTime::new(u16::try_from(made_at.year()).unwrap_or_default())
        .month(part(made_at.month()))
        .day(part(made_at.day()))
        .hour(part(made_at.hour()))
        .minute(part(made_at.minute()))
        .second(part(made_at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .document_id(format!("{author}: {title}"))
        .title(title)
        .authors(vec![author])
        .language(LANGUAGE.to_owned())
        .creation_date(date)
}

fn grey(lightness: u8) -> Fill {
    Fill { paint: luma::Color::new(lightness).into(), ..Fill::default() }
}

fn draw_words(surface: &mut Surface<'_>, typeface: &Typeface, font: &Font, words: &Words) {
    let Words { x, y, size, tone, text } = words;
    let glyphs: Vec<KrillaGlyph> = typeface
        .set(text)
        .into_iter()
        .map(|set| KrillaGlyph::new(GlyphId::new(u32::from(set.glyph)), set.advance, 0.0, 0.0, 0.0, set.range, None))
        .collect();
    if glyphs.is_empty() {
        return;
    }
    let (lightness, outline) = match tone {
        Tone::Plain => (0, None),
        Tone::Strong => (0, Some(Stroke { width: size * OUTLINE, ..Stroke::default() })),
        Tone::Soft => (SOFT, None),
    };
    surface.set_fill(Some(grey(lightness)));
    surface.set_stroke(outline);
    surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font.clone(), text, *size, false);
    surface.set_stroke(None);
}

fn draw_rule(surface: &mut Surface<'_>, Rule { y, from, to }: Rule) {
    let mut path = PathBuilder::new();
    path.move_to(from, y);
    path.line_to(to, y);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    let paint = luma::Color::new(RULE).into();
    surface.set_stroke(Some(Stroke { paint, width: RULE_WIDTH, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn annotation(Link { x, y, width, height, to }: &Link) -> Option<Annotation> {
    let rect = Rect::from_xywh(*x, *y, *width, *height)?;
    let target = Target::Action(Action::Link(LinkAction::new(to.clone())));
    Some(Annotation::new_link(LinkAnnotation::new(rect, target), Some(to.clone())))
}
