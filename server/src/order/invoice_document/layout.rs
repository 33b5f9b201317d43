//! Where everything of an invoice stands on its pages: in points, from the upper left corner of a page down.
//! Nothing is drawn here, so that what stands where can be told without a document.

use domain::checkout::{AmountKind, AmountRow};
use domain::inventory::day_in_year;
use domain::order::letter::Letterhead;
use domain::order::words::{BACK_ON_GIFT_CARDS, GOES_BACK, ON_GIFT_CARDS_AGAIN, charged};
use domain::order::{InvoiceDocument, InvoiceLine, Order, OrderState, PaymentRow};
use domain::pricing::tax::Treatment;
use domain::shipment::{customs_note, store_day};

use super::typeface::Typeface;

/// A4 (ISO 216).
pub(super) const PAGE_WIDTH: f32 = 595.28;
pub(super) const PAGE_HEIGHT: f32 = 841.89;
const LEFT: f32 = 56.0;
const RIGHT: f32 = PAGE_WIDTH - LEFT;
const TOP: f32 = 56.0;
const BOTTOM: f32 = PAGE_HEIGHT - 72.0;
/// Where the line below every page stands.
const FOOT: f32 = PAGE_HEIGHT - 48.0;

const TITLE: f32 = 22.0;
const HEADING: f32 = 11.0;
const TEXT: f32 = 9.5;
const SMALL: f32 = 8.0;
/// From one line to the next, in parts of the type size.
const LEADING: f32 = 1.4;
/// What is longer is not kept on one page.
const LONGEST_WHOLE: f32 = 400.0;
const GAP: f32 = 18.0;
const SMALL_GAP: f32 = 5.0;

/// Where the second column of what stands above the lines begins.
const FACTS: f32 = 330.0;
const COLUMN_WIDTH: f32 = RIGHT - FACTS;
/// Where the columns of numbers end.
const UNITS_END: f32 = 372.0;
const PRICE_END: f32 = 458.0;
const THING_WIDTH: f32 = 270.0;
/// Where the labels of amounts begin, and how wide they are.
const LABELS: f32 = FACTS;
const LABEL_WIDTH: f32 = 130.0;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Soft,
}

/// Words in one line; `y` is the line that they stand on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) tone: Tone,
    pub(super) text: String,
}

/// A line across the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) y: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What leads out of the document, over words of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) to: String,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) words: Vec<Words>,
    pub(super) rules: Vec<Rule>,
    pub(super) links: Vec<Link>,
}

/// A text that is one of several in a column.
struct Part {
    text: String,
    size: f32,
    tone: Tone,
}

/// Sets everything of an invoice from a store.
pub(super) fn compose(typeface: &Typeface, document: &InvoiceDocument, order: &Order, from: &Letterhead) -> Vec<Sheet> {
    let mut composer = Composer {
        typeface,
        running_head: format!("Invoice {} from {}", order.number, from.store_name),
        done: Vec::new(),
        sheet: Sheet::default(),
        y: TOP,
        in_lines: false,
    };
    composer.head(order, from);
    composer.lines(&document.lines);
    composer.amounts(&document.amounts);
    composer.payments("Payment", &document.payments);
    if !document.credits.is_empty() {
        composer.payments("Credit", &document.credits);
        let remaining = PaymentRow { label: "Remaining".to_owned(), note: None, amount: document.remaining };
        composer.payment(&remaining, Tone::Strong);
    }
    for note in notes(order) {
        composer.gap(SMALL_GAP);
        composer.paragraph(&note);
    }
    composer.finish(from)
}

/// What an invoice has to say where its recipient owes the tax (Article 226(11a) of Directive 2006/112/EC).
const REVERSE_CHARGE: &str = "Reverse charge: you owe the VAT to your own state.";

/// What is said of an order below its amounts.
fn notes(order: &Order) -> Vec<String> {
    let (is_refunded, has_cards) = (order.refunded_minor_units > 0, !order.gift_cards.is_empty());
    let taxed = order.totals.taxes().is_some();
    let is_reversed = order.totals.taxes().is_some_and(|taxes| taxes.treatment() == Treatment::ReverseCharged);
    [
        is_reversed.then(|| REVERSE_CHARGE.to_owned()),
        charged(order).map(|words| format!("{words}.")),
        is_refunded.then(|| GOES_BACK.to_owned()),
        (is_refunded && has_cards).then(|| BACK_ON_GIFT_CARDS.to_owned()),
        (order.state == OrderState::Cancelled && has_cards).then(|| ON_GIFT_CARDS_AGAIN.to_owned()),
        customs_note(order.contact.address.country, taxed).filter(|_| order.state.brings_goods()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

struct Composer<'a> {
    typeface: &'a Typeface,
    /// What stands above every page after the first.
    running_head: String,
    done: Vec<Sheet>,
    sheet: Sheet,
    /// Where what comes next begins.
    y: f32,
    /// Whether the names of the columns are said again on a new page.
    in_lines: bool,
}

impl Composer<'_> {
    fn head(&mut self, order: &Order, from: &Letterhead) {
        self.put(LEFT, TITLE, Tone::Plain, "Invoice");
        let name = self.typeface.wrap(&from.store_name, HEADING, COLUMN_WIDTH);
        let address = self.typeface.wrap(&from.base_url, SMALL, COLUMN_WIDTH);
        let mut parts: Vec<Part> =
            name.into_iter().map(|text| Part { text, size: HEADING, tone: Tone::Strong }).collect();
        parts.extend(address.into_iter().map(|text| Part { text, size: SMALL, tone: Tone::Soft }));
        let mut end = self.column(FACTS, parts);
        if let Some(email) = &from.contact_email {
            let shown = self.typeface.shown(email.as_str());
            let width = self.typeface.width(&shown, SMALL).min(COLUMN_WIDTH);
            let (y, height) = (end, SMALL * LEADING);
            self.sheet.links.push(Link { x: FACTS, y, width, height, to: format!("mailto:{email}") });
            let lines = self.typeface.wrap(&shown, SMALL, COLUMN_WIDTH);
            let start = std::mem::replace(&mut self.y, end);
            end = self
                .column(FACTS, lines.into_iter().map(|text| Part { text, size: SMALL, tone: Tone::Soft }).collect());
            self.y = start;
        }
        self.y = end.max(self.y + TITLE * LEADING) + GAP;
        let to = self.labelled("Invoiced and delivered to", &order.contact.lines(), FACTS - LEFT - GAP);
        let vat_number = order.contact.vat_number.as_ref().map(|number| format!("VAT number {number}"));
        let facts = [
            Some(format!("Invoice number {}", order.number)),
            Some(format!("Date {}", day_in_year(store_day(order.placed_at)))),
            Some(order.delivery.label().to_owned()),
            Some(order.contact.email.to_string()),
            vat_number,
        ];
        let facts = self.labelled("Order", &facts.into_iter().flatten().collect::<Vec<_>>(), COLUMN_WIDTH);
        let ends = [self.column(LEFT, to), self.column(FACTS, facts)];
        self.y = ends.into_iter().fold(self.y, f32::max) + GAP;
    }

    /// A heading with what stands below it.
    fn labelled(&self, label: &str, texts: &[String], width: f32) -> Vec<Part> {
        let mut parts = vec![Part { text: label.to_owned(), size: SMALL, tone: Tone::Soft }];
        let lines = texts.iter().flat_map(|text| self.typeface.wrap(text, TEXT, width));
        parts.extend(lines.map(|text| Part { text, size: TEXT, tone: Tone::Plain }));
        parts
    }

    fn lines(&mut self, lines: &[InvoiceLine]) {
        self.columns();
        self.in_lines = true;
        for line in lines {
            self.line(line);
        }
        self.in_lines = false;
        self.gap(GAP);
    }

    /// The names of the columns.
    fn columns(&mut self) {
        self.put(LEFT, SMALL, Tone::Soft, "Item");
        self.put_until(UNITS_END, SMALL, Tone::Soft, "Quantity");
        self.put_until(PRICE_END, SMALL, Tone::Soft, "Unit price");
        self.put_until(RIGHT, SMALL, Tone::Soft, "Amount");
        self.y += SMALL * LEADING;
        self.rule(LEFT);
        self.y += SMALL_GAP;
    }

    /// A line stays on one page, where a page is long enough for it.
    fn line(&mut self, line: &InvoiceLine) {
        let typeface = self.typeface;
        let set = |text: &str, size, tone| {
            typeface.wrap(text, size, THING_WIDTH).into_iter().map(move |text| Part { text, size, tone })
        };
        let mut parts: Vec<Part> = set(&line.title, TEXT, Tone::Plain).collect();
        if !line.choices.is_empty() {
            parts.extend(set(&line.choices, SMALL, Tone::Soft));
        }
        parts.extend(set(&format!("SKU {}", line.sku), SMALL, Tone::Soft));
        for discount in &line.discounts {
            parts.extend(set(&discount.to_string(), SMALL, Tone::Soft));
        }
        let height: f32 = parts.iter().map(|part| part.size * LEADING).sum();
        self.room(height);
        self.put_until(UNITS_END, TEXT, Tone::Plain, &line.units.to_string());
        self.put_until(PRICE_END, TEXT, Tone::Plain, &line.unit_price.to_string());
        self.put_until(RIGHT, TEXT, Tone::Plain, &line.amount.to_string());
        for part in parts {
            self.room(part.size * LEADING);
            self.put(LEFT, part.size, part.tone, &part.text);
            self.y += part.size * LEADING;
        }
        self.y += SMALL_GAP;
        self.rule(LEFT);
        self.y += SMALL_GAP;
    }

    fn amounts(&mut self, rows: &[AmountRow]) {
        for row in rows {
            let (tone, size) = match row.kind {
                AmountKind::Total => (Tone::Strong, HEADING),
                AmountKind::Contained => (Tone::Soft, TEXT),
                AmountKind::Items | AmountKind::Saving | AmountKind::Delivery | AmountKind::Tax => (Tone::Plain, TEXT),
            };
            self.amount((&row.label, row.note.as_deref()), &row.words(), size, tone);
        }
        self.gap(GAP);
    }

    fn payments(&mut self, heading: &str, rows: &[PaymentRow]) {
        // A heading does not stand alone at the end of a page.
        self.room(3.0 * TEXT * LEADING);
        self.put(LABELS, SMALL, Tone::Soft, heading);
        self.y += SMALL * LEADING;
        for row in rows {
            self.payment(row, Tone::Plain);
        }
        self.gap(SMALL_GAP);
    }

    fn payment(&mut self, row: &PaymentRow, tone: Tone) {
        self.amount((&row.label, row.note.as_deref()), &row.amount.to_string(), TEXT, tone);
    }

    /// What an amount is called, with its note, and the amount.
    fn amount(&mut self, (label, note): (&str, Option<&str>), amount: &str, size: f32, tone: Tone) {
        let mut parts: Vec<Part> =
            self.typeface.wrap(label, size, LABEL_WIDTH).into_iter().map(|text| Part { text, size, tone }).collect();
        let note = note.map(|note| self.typeface.wrap(note, SMALL, LABEL_WIDTH)).unwrap_or_default();
        parts.extend(note.into_iter().map(|text| Part { text, size: SMALL, tone: Tone::Soft }));
        self.room(parts.iter().map(|part| part.size * LEADING).sum());
        self.put_until(RIGHT, size, tone, amount);
        self.y = self.column(LABELS, parts);
    }

    fn paragraph(&mut self, text: &str) {
        for line in self.typeface.wrap(text, SMALL, RIGHT - LEFT) {
            self.room(SMALL * LEADING);
            self.put(LEFT, SMALL, Tone::Soft, &line);
            self.y += SMALL * LEADING;
        }
    }

    /// Puts texts below each other and answers where they end.
    fn column(&mut self, x: f32, parts: Vec<Part>) -> f32 {
        let start = self.y;
        for part in parts {
            self.put(x, part.size, part.tone, &part.text);
            self.y += part.size * LEADING;
        }
        std::mem::replace(&mut self.y, start)
    }

    /// Goes on to a new page, where something does not fit on this one. What no page is long enough for begins
    /// where it comes.
    fn room(&mut self, height: f32) {
        let needed = if height > LONGEST_WHOLE { TEXT * LEADING } else { height };
        if self.y + needed > BOTTOM {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.sheet));
        self.y = TOP;
        let head = std::mem::take(&mut self.running_head);
        for line in self.typeface.wrap(&head, SMALL, RIGHT - LEFT) {
            self.put(LEFT, SMALL, Tone::Soft, &line);
            self.y += SMALL * LEADING;
        }
        self.running_head = head;
        self.y += GAP;
        if self.in_lines {
            self.columns();
        }
    }

    fn gap(&mut self, height: f32) {
        self.y += height;
    }

    fn rule(&mut self, from: f32) {
        self.sheet.rules.push(Rule { y: self.y, from, to: RIGHT });
    }

    fn put(&mut self, x: f32, size: f32, tone: Tone, text: &str) {
        let text = self.typeface.shown(text);
        self.sheet.words.push(Words { x, y: self.y + size, size, tone, text });
    }

    /// Puts a text so that it ends at a place.
    fn put_until(&mut self, end: f32, size: f32, tone: Tone, text: &str) {
        let text = self.typeface.shown(text);
        let x = end - self.typeface.width(&text, size);
        self.sheet.words.push(Words { x, y: self.y + size, size, tone, text });
    }

    /// The pages, each with what stands below it.
    fn finish(mut self, from: &Letterhead) -> Vec<Sheet> {
        self.done.push(std::mem::take(&mut self.sheet));
        let mut sheets = std::mem::take(&mut self.done);
        let count = sheets.len();
        let name = self.typeface.wrap(&from.store_name, SMALL, FACTS - LEFT).into_iter().next().unwrap_or_default();
        for (place, sheet) in sheets.iter_mut().enumerate() {
            let page = format!("Page {} of {count}", place + 1);
            let (y, size, tone) = (FOOT, SMALL, Tone::Soft);
            let x = RIGHT - self.typeface.width(&page, SMALL);
            sheet.words.push(Words { x: LEFT, y, size, tone, text: name.clone() });
            sheet.words.push(Words { x, y, size, tone, text: page });
        }
        sheets
    }
}
