use std::str::FromStr;

use domain::catalog::{
    Attribute, AttributeName, AttributeText, AttributeValue, Brand, CategoryPath, Condition, Description, ExternalUrl,
    Gtin, Mpn, OptionValue, Picture, ProductId, Seller, Sku, Title,
};
use domain::inventory::{Later, MAX_UNITS_ON_HAND, Quantity, StockPolicy, Supply};
use domain::pricing::Price;
use domain::pricing::tax::TaxClass;
use domain::shipment::{store_day, store_time};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::report::{Note, Notes, Rejection};
use super::row::{Column, Row};
use super::words::{plain_line, plain_text, shortened};

/// Where products without a readable category are filed.
const CATEGORY_OF_THE_REST: &str = "Everything else";
/// What variants can differ in, with the name that shoppers see.
pub(super) const OPTIONS: [(Column, &str); 4] =
    [(Column::Colour, "Colour"), (Column::Size, "Size"), (Column::Material, "Material"), (Column::Pattern, "Pattern")];
const FACTS: [(Column, &str); 3] =
    [(Column::Gender, "Gender"), (Column::AgeGroup, "Age group"), (Column::SizeSystem, "Size system")];

/// One row of a feed: one variant, and what it says of its product.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) line: u64,
    pub(super) product: ProductId,
    pub(super) sku: Sku,
    pub(super) title: Title,
    pub(super) description: Option<Description>,
    pub(super) brand: Option<Brand>,
    pub(super) seller: Option<Seller>,
    pub(super) path: CategoryPath,
    pub(super) price: Price,
    pub(super) list_price: Option<Price>,
    pub(super) tax_class: Option<TaxClass>,
    pub(super) gtin: Option<Gtin>,
    pub(super) mpn: Option<Mpn>,
    /// What it chooses, in the order of [`OPTIONS`].
    pub(super) choices: [Option<OptionValue>; OPTIONS.len()],
    pub(super) attributes: Vec<Attribute>,
    pub(super) pictures: Vec<Picture>,
    pub(super) supply: Supply,
    /// Its expiration date has passed: it is not sold any more.
    pub(super) is_expired: bool,
}

impl Offer {
    /// Reads a row. What a product can't be sold without is refused with its field; what it can do
    /// without is left out or cut, and noted.
    pub(super) fn read(row: &Row, now: Timestamp, notes: &mut Notes) -> Result<Self, Rejection> {
        let sku: Sku = required(row, Column::Id)?;
        let group = if row.get(Column::ItemGroupId).is_empty() { Column::Id } else { Column::ItemGroupId };
        let (price, list_price) = prices(row, now, notes)?;
        Ok(Self {
            line: row.line,
            product: required(row, group)?,
            sku,
            title: title(row, notes)?,
            description: description(row, notes),
            brand: optional(&plain_line(row.get(Column::Brand)), Note::BrandLeftOut, notes),
            seller: optional(&plain_line(row.get(Column::Seller)), Note::SellerLeftOut, notes),
            path: category(row, notes),
            price,
            list_price,
            tax_class: optional(row.get(Column::TaxCategory), Note::TaxCategoryLeftOut, notes),
            gtin: optional(row.get(Column::Gtin), Note::NumberLeftOut, notes),
            mpn: optional(&plain_line(row.get(Column::Mpn)), Note::NumberLeftOut, notes),
            choices: OPTIONS.map(|(column, _)| optional(&plain_line(row.get(column)), Note::AttributeLeftOut, notes)),
            attributes: attributes(row, notes),
            pictures: pictures(row, notes),
            supply: supply(row)?,
            is_expired: is_expired(row, now, notes),
        })
    }
}

fn reject(row: &Row, column: Column, reason: impl std::fmt::Display) -> Rejection {
    Rejection::new(row.line, column.name(), row.get(column), reason)
}

fn required<T: FromStr<Err: std::fmt::Display>>(row: &Row, column: Column) -> Result<T, Rejection> {
    row.get(column).parse().map_err(|error| reject(row, column, error))
}

pub(super) fn optional<T: FromStr>(raw: &str, note: Note, notes: &mut Notes) -> Option<T> {
    if raw.is_empty() {
        return None;
    }
    let read = raw.parse().ok();
    if read.is_none() {
        notes.add(note);
    }
    read
}

pub(super) fn title(row: &Row, notes: &mut Notes) -> Result<Title, Rejection> {
    let whole = plain_line(row.get(Column::Title));
    let fitting = shortened(&whole, Title::MAX_CHARS as usize);
    if fitting != whole {
        notes.add(Note::TitleCut);
    }
    fitting.parse().map_err(|error| reject(row, Column::Title, error))
}

/// The description, with the highlights as a list below it.
pub(super) fn description(row: &Row, notes: &mut Notes) -> Option<Description> {
    let mut whole = plain_text(row.get(Column::Description));
    for highlight in row.all(Column::ProductHighlight).map(plain_line) {
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str("• ");
        whole.push_str(&highlight);
    }
    let fitting = shortened(&whole, Description::MAX_CHARS as usize);
    if fitting != whole {
        notes.add(Note::DescriptionCut);
    }
    fitting.parse().ok()
}

/// The price to pay, and the price before a sale that goes on at this moment.
fn prices(row: &Row, now: Timestamp, notes: &mut Notes) -> Result<(Price, Option<Price>), Rejection> {
    let price: Price = required(row, Column::Price)?;
    if row.get(Column::SalePrice).is_empty() {
        return Ok((price, None));
    }
    let sale: Price = required(row, Column::SalePrice)?;
    if sale.currency() != price.currency() {
        let reason = format!("must be in {}, as the price", price.currency().code());
        return Err(reject(row, Column::SalePrice, reason));
    }
    if sale.minor_units() > price.minor_units() {
        return Err(reject(row, Column::SalePrice, format!("must not be above the price, {price}")));
    }
    let period = row.get(Column::SalePriceEffectiveDate);
    let goes_on = period.is_empty()
        || period_includes(period, now).unwrap_or_else(|| {
            notes.add(Note::SaleLeftOut);
            false
        });
    Ok(match goes_on {
        false => (price, None),
        true if sale == price => (sale, None),
        true => (sale, Some(price)),
    })
}

/// Whether `2026-11-24T11:07+0100/2026-11-29T23:07+0100` includes a moment; `None` when it can't
/// be read.
fn period_includes(period: &str, now: Timestamp) -> Option<bool> {
    let (start, end) = period.split_once('/')?;
    let (start, end): (Timestamp, Timestamp) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
    Some((start..end).contains(&now))
}

fn is_expired(row: &Row, now: Timestamp, notes: &mut Notes) -> bool {
    let date = row.get(Column::ExpirationDate);
    if date.is_empty() {
        return false;
    }
    let has_passed = has_passed(date, now);
    match has_passed {
        Some(true) => notes.add(Note::Expired),
        Some(false) => {}
        None => notes.add(Note::ExpirationLeftOut),
    }
    has_passed == Some(true)
}

/// Whether `2026-11-24T11:07+0100` has passed, or `2026-11-24T11:07` or all of `2026-11-24` by the
/// store's own time; `None` when it can't be read.
fn has_passed(date: &str, now: Timestamp) -> Option<bool> {
    if let Ok(moment) = date.parse::<Timestamp>() {
        return Some(moment <= now);
    }
    let names_a_time = date.contains(['T', 't', ' ']);
    Some(if names_a_time {
        date.parse::<DateTime>().ok()? <= store_time(now)
    } else {
        date.parse::<Date>().ok()? < store_day(now)
    })
}

/// The shelf of a product: its first `product_type`, else Google's category where it is in words.
pub(super) fn category(row: &Row, notes: &mut Notes) -> CategoryPath {
    let google = row.get(Column::GoogleProductCategory);
    let is_number = google.bytes().all(|byte| byte.is_ascii_digit());
    let raw = match first_quoted(row.get(Column::ProductType)) {
        "" if is_number => "",
        "" => google,
        own => own,
    };
    path(raw).unwrap_or_else(|| {
        if !raw.is_empty() {
            notes.add(Note::CategoryLeftOut);
        }
        rest()
    })
}

/// The first of several paths, each in quotes. Without quotes a comma is part of a name.
fn first_quoted(raw: &str) -> &str {
    raw.strip_prefix('"').and_then(|raw| raw.split('"').next()).unwrap_or(raw).trim()
}

/// Reads a path without its empty steps, as deep as paths may be.
fn path(raw: &str) -> Option<CategoryPath> {
    let decoded = plain_line(raw);
    let steps: Vec<&str> = decoded.split('>').map(str::trim).filter(|step| !step.is_empty()).collect();
    steps.get(..steps.len().min(CategoryPath::MAX_STEPS))?.join(" > ").parse().ok()
}

#[expect(clippy::expect_used, reason = "a constant, which every feed without categories reads")]
fn rest() -> CategoryPath {
    CATEGORY_OF_THE_REST.parse().expect("a category path")
}

pub(super) fn attributes(row: &Row, notes: &mut Notes) -> Vec<Attribute> {
    let facts = FACTS.iter().map(|(column, name)| (*name, row.get(*column)));
    let condition = Some(row.get(Column::Condition)).filter(|condition| !condition.eq_ignore_ascii_case("new"));
    let facts = facts.chain(condition.map(|condition| (Condition::FACT, condition)));
    let mut found: Vec<Attribute> = Vec::new();
    for (name, value) in facts.filter(|(_, value)| !value.is_empty()) {
        found.extend(noted(attribute(name, &capitalised(value)), notes));
    }
    for details in row.all(Column::ProductDetail) {
        for detail in split_details(details) {
            found.extend(noted(read_detail(&detail), notes));
        }
    }
    let mut seen: Vec<AttributeName> = Vec::new();
    found.retain(|attribute| {
        let is_new = !seen.contains(&attribute.name);
        seen.push(attribute.name.clone());
        is_new
    });
    found
}

pub(super) fn attribute(name: &str, value: &str) -> Option<Attribute> {
    let fitting = shortened(value, AttributeText::MAX_CHARS as usize);
    Some(Attribute { name: name.parse().ok()?, value: AttributeValue::from_words(&fitting).ok()? })
}

fn noted(attribute: Option<Attribute>, notes: &mut Notes) -> Option<Attribute> {
    if attribute.is_none() {
        notes.add(Note::AttributeLeftOut);
    }
    attribute
}

/// Several details in one cell are apart by commas. A piece with fewer than two colons goes on
/// with the value of the one before: `Size:Sides:10, 20 cm`.
fn split_details(raw: &str) -> Vec<String> {
    let mut details: Vec<String> = Vec::new();
    for piece in raw.split(',') {
        match details.last_mut() {
            Some(before) if piece.matches(':').count() < 2 => {
                before.push(',');
                before.push_str(piece);
            }
            _ => details.push(piece.to_owned()),
        }
    }
    details
}

/// Reads `section:name:value`; the section may be empty.
fn read_detail(detail: &str) -> Option<Attribute> {
    let mut parts = detail.splitn(3, ':').map(plain_line);
    let (_section, name, value) = (parts.next()?, parts.next()?, parts.next()?);
    attribute(&name, value.trim_matches('"'))
}

/// `age_group` values and the like are written small in feeds.
fn capitalised(value: &str) -> String {
    let line = plain_line(value);
    let mut letters = line.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn pictures(row: &Row, notes: &mut Notes) -> Vec<Picture> {
    let mut found: Vec<Picture> = Vec::new();
    let main = row.get(Column::ImageLink);
    let others = row.all(Column::AdditionalImageLink).flat_map(split_addresses);
    for raw in std::iter::once(main.to_owned()).chain(others).filter(|raw| !raw.is_empty()) {
        let Some(url) = optional::<ExternalUrl>(&raw, Note::PictureLeftOut, notes) else { continue };
        let picture = Picture::Remote { url };
        if found.len() < Picture::MAX_PER_PRODUCT && !found.contains(&picture) {
            found.push(picture);
        }
    }
    found
}

/// Addresses apart by commas; a comma inside an address is not followed by another address.
fn split_addresses(raw: &str) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for piece in raw.split(',') {
        match addresses.last_mut() {
            Some(before) if !piece.trim_start().starts_with("http") => {
                before.push(',');
                before.push_str(piece);
            }
            _ => addresses.push(piece.trim().to_owned()),
        }
    }
    addresses
}

fn supply(row: &Row) -> Result<Supply, Rejection> {
    let raw = row.get(Column::Quantity);
    let quantity = match raw {
        "" => None,
        _ => Some(raw.parse().ok().filter(|units| *units <= MAX_UNITS_ON_HAND).ok_or_else(|| {
            reject(row, Column::Quantity, format!("must be a whole number from 0 to {MAX_UNITS_ON_HAND}"))
        })?),
    };
    let availability = row.get(Column::Availability).to_ascii_lowercase().replace([' ', '-'], "_");
    match availability.as_str() {
        "in_stock" => Ok(quantity.map_or(Supply::Some, Supply::Units)),
        "out_of_stock" => Ok(Supply::Units(0)),
        "preorder" | "backorder" => match later(row, quantity)? {
            Some(later) => Ok(StockPolicy::named(&availability, Some(later)).map_or(Supply::Some, Supply::Later)),
            // Nothing can be promised for a day that nobody names, and nothing lies there unless the feed counts it.
            None => Ok(Supply::Units(quantity.unwrap_or(0))),
        },
        _ => Err(reject(row, Column::Availability, "must be in_stock, out_of_stock, preorder or backorder")),
    }
}

/// The day that is promised, and how many units are sold for it: as many as the feed counts, or as there are of
/// what no feed counts.
fn later(row: &Row, quantity: Option<u32>) -> Result<Option<Later>, Rejection> {
    let raw = row.get(Column::AvailabilityDate);
    if raw.is_empty() {
        return Ok(None);
    }
    // The time of day and its zone, which may follow, are finer than what is promised.
    let day = raw.split('T').next().unwrap_or_default().trim();
    let day: Date = day
        .parse()
        .map_err(|_| reject(row, Column::AvailabilityDate, "must be a day, like 2027-01-12, with or without a time"))?;
    let units = quantity.unwrap_or(Supply::UNCOUNTED_UNITS).min(Quantity::MAX);
    Ok(Quantity::try_from(units).ok().map(|units| Later { day, units }))
}
