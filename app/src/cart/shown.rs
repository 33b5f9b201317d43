//! The cart in the page: how it looks before the server has answered, and what the server says.

use domain::checkout::Totals;
use domain::pricing::{Currency, Money};
use domain::shipment::{Delivery, Zone};
use leptos::prelude::document;
use leptos::web_sys::{Document, Element, HtmlInputElement};
use wasm_bindgen::JsCast;

use super::amounts::{charge, line_price, missing_to_free_delivery};
use super::panel;
use crate::dom::{all, elements, first, focus, number, set_attribute, set_flag, set_text, text, within};

/// The count in the header.
const COUNT: &str = "#cart-units";
const NOTICES: &str = "cart-notices";
const CONTENTS: &str = "cart-contents";
/// What stands among the notices while somebody waits there for one.
const WAITING: &str = "<p>One moment…</p>";

/// The number field of a line that is sold.
pub(super) fn quantity_field(line: &Element) -> Option<HtmlInputElement> {
    within(line, "input[type=number]")?.dyn_into().ok()
}

/// Shows a quantity that the server does not know yet.
pub(super) fn set_quantity(line: &Element, units: u32) {
    let Some(field) = quantity_field(line) else { return };
    let before: i32 = number(&field, "value").unwrap_or_default();
    let words = units.to_string();
    field.set_default_value(&words);
    field.set_value(&words);
    clear_notices();
    count(units.cast_signed().saturating_sub(before));
    if let (Some(price), Some(place)) = (price_of(line), within(line, ".line__price")) {
        place.set_inner_html(&line_price(price, counted(line).unwrap_or(units)));
    }
    show_totals();
}

/// Hides a line that is about to leave. The button that was pressed goes with it: its focus goes to
/// where the change will be told.
pub(super) fn take_away(line: &Element) {
    let units: i32 = quantity_field(line).and_then(|field| number(&field, "value")).unwrap_or_default();
    if document().active_element().is_some_and(|active| line.contains(Some(&active))) {
        focus(document().get_element_by_id(NOTICES));
    }
    clear_notices();
    set_flag(line, "hidden", true);
    // Saved lines have no quantity to count.
    count(units.saturating_neg());
    show_totals();
}

/// Leaves what was typed to the server, and does not take it for something that is being typed.
pub(super) fn keep_typed(line: &Element) {
    if let Some(field) = quantity_field(line) {
        field.set_default_value(&field.value());
    }
}

/// Counts units in the header.
pub(super) fn count(more: i32) {
    let Some(place) = first(&document(), COUNT) else { return };
    let units = text(&place).parse::<i32>().unwrap_or_default().saturating_add(more).max(0);
    place.set_text_content(Some(&units.to_string()));
    if let Some(badge) = place.parent_element() {
        set_flag(&badge, "hidden", units == 0);
    }
}

/// Says whether the count is one that the server does not know yet.
pub(super) fn set_busy(is_busy: bool) {
    if let Some(link) = document().get_element_by_id("cart-link") {
        set_attribute(&link, "aria-busy", if is_busy { "true" } else { "false" });
    }
}

pub(super) fn clear_notices() {
    if let Some(notices) = document().get_element_by_id(NOTICES) {
        let holds_focus = document().active_element().is_some_and(|active| notices.contains(Some(&active)));
        // A box without words is nothing to be at.
        notices.set_inner_html(if holds_focus { WAITING } else { "" });
        if holds_focus {
            focus(Some(notices));
        }
    }
}

/// The price of one unit, where a line counts.
fn price_of(line: &Element) -> Option<Money> {
    let currency = first(&document(), "[data-currency]")?.get_attribute("data-currency")?;
    Some(Money::new(number(line, "data-price")?, Currency::from_code(&currency)?))
}

/// Units of a line that can be bought: the server said how many where that is fewer than asked for.
fn counted(line: &Element) -> Option<u32> {
    let field = quantity_field(line)?;
    let units: u32 = number(&field, "value")?;
    Some(number(line, "data-most").map_or(units, |most: u32| units.min(most)))
}

fn line_total(line: &Element) -> Option<Money> {
    price_of(line)?.times(counted(line)?).ok()
}

/// Standard delivery to where the cart goes, as far as that is known.
fn delivery() -> Delivery {
    let zone = first(&document(), "[data-zone]").and_then(|place| place.get_attribute("data-zone"));
    Delivery::standard(zone.and_then(|zone| Zone::from_parameter(&zone)).unwrap_or(Zone::Home))
}

fn show_totals() {
    let page = document();
    let lines = all(&page, "#cart-contents [data-price]:not([hidden])");
    let sum = lines.iter().filter_map(line_total).reduce(|sum, next| sum.plus(next).unwrap_or(sum));
    let Some(totals) = sum.and_then(|sum| Totals::new(sum, delivery()).ok()) else { return };
    let mut amounts = [totals.items().to_string(), charge(totals.delivery()), totals.total().to_string()];
    // What promotions make of the new cart is the server's to say: no amount stands there until then.
    let has_discount = first(&page, "#cart-contents .totals__discount").is_some();
    if has_discount {
        amounts[1..].fill("…".to_owned());
    }
    for place in all(&page, "#cart-contents .line__discount") {
        set_flag(&place, "hidden", true);
    }
    for place in all(&page, "#cart-contents .totals__discount dd") {
        place.set_text_content(Some("…"));
    }
    for (place, amount) in all(&page, "#cart-contents .totals > :not(.totals__discount) dd").into_iter().zip(amounts) {
        place.set_text_content(Some(&amount));
    }
    let units: u32 = lines.iter().filter_map(counted).sum();
    set_text(first(&page, "#cart-contents dt"), &["Items (", &units.to_string(), ")"].concat());
    if let Some(place) = first(&page, "#missing") {
        let missing = missing_to_free_delivery(totals.items(), delivery()).filter(|_| !has_discount);
        set_flag(&place, "hidden", missing.is_none());
        place.set_text_content(missing.as_deref());
    }
}

/// Shows the cart as a page of the server has it.
pub(super) fn take_over(page: &Document) {
    copy(page, "cart-link");
    copy(page, NOTICES);
    replace_contents(page);
    leave_empty_notices();
    if !panel::settle(page) {
        let said = first(page, "#cart-contents [data-said]").and_then(|place| place.get_attribute("data-said"));
        set_text(document().get_element_by_id("cart-said"), &said.unwrap_or_default());
    }
}

/// Shows the cart as it is now, and leaves what was told before.
pub(super) fn refresh(page: &Document) {
    copy(page, "cart-link");
    replace_contents(page);
}

/// Shows the cart as it was, and that the store can't be reached.
pub(super) fn take_back(page: &Document) {
    take_over(page);
    let here = document();
    if let Some(words) = here.get_element_by_id("unreachable") {
        if let Some(notices) = here.get_element_by_id(NOTICES) {
            notices.set_inner_html(&words.inner_html());
        }
        panel::refuse(&words.inner_html());
    }
}

/// What the notices of a page are, as HTML.
pub(super) fn notices(page: &Document) -> String {
    page.get_element_by_id(NOTICES).map(|notices| notices.inner_html()).unwrap_or_default()
}

fn copy(page: &Document, id: &str) {
    if let (Some(here), Some(there)) = (document().get_element_by_id(id), page.get_element_by_id(id)) {
        here.set_inner_html(&there.inner_html());
    }
}

fn replace_contents(page: &Document) {
    let here = document();
    let (Some(old), Some(new)) = (here.get_element_by_id(CONTENTS), page.get_element_by_id(CONTENTS)) else { return };
    let Ok(Ok(new)) = here.import_node_with_deep(&new, true).map(JsCast::dyn_into::<Element>) else { return };
    keep_pictures(&new);
    let focus = Focus::within(&old);
    let is_replaced = old.replace_with_with_node_1(&new).is_ok();
    if let Some(focus) = focus.filter(|_| is_replaced) {
        focus.give_back();
    }
}

/// Moves the pictures that stay, so that they don't flicker.
fn keep_pictures(new: &Element) {
    let Ok(lines) = new.query_selector_all(".line") else { return };
    for line in elements(&lines) {
        let shown = document().get_element_by_id(&line.id()).and_then(|line| within(&line, ".picture"));
        let (Some(shown), Some(new)) = (shown, within(&line, ".picture")) else { continue };
        if shown.outer_html() == new.outer_html() {
            // A picture that can't be moved is loaded again.
            let _ = new.replace_with_with_node_1(&shown);
        }
    }
}

/// What somebody is at, while the page around it is replaced.
struct Focus {
    /// The nearest element with an id.
    id: String,
    /// The place among its controls; missing for the element itself.
    place: Option<usize>,
    /// What is being typed.
    typed: Option<String>,
}

const CONTROLS: &str = "a, button, input";

impl Focus {
    fn within(outer: &Element) -> Option<Self> {
        let active = document().active_element().filter(|active| outer.contains(Some(active)))?;
        let owner = active.closest("[id]").ok()??;
        let place = controls(&owner).iter().position(|control| *control == active);
        let field = active.dyn_into::<HtmlInputElement>().ok();
        let typed = field.filter(|field| field.value() != field.default_value()).map(|field| field.value());
        Some(Self { id: owner.id(), place, typed })
    }

    fn give_back(self) {
        let owner = document().get_element_by_id(&self.id);
        // Where there are fewer controls than before, as beside a code that was taken, it is the last.
        let control = match self.place {
            Some(place) => owner.and_then(|owner| controls(&owner).into_iter().take(place + 1).last()),
            None => owner,
        };
        focus(control.clone().or_else(|| document().get_element_by_id(NOTICES)));
        let field = control.and_then(|control| control.dyn_into::<HtmlInputElement>().ok());
        if let (Some(field), Some(typed)) = (field, self.typed) {
            field.set_value(&typed);
        }
    }
}

/// Whoever waited for a notice and got none goes on at the heading of what there is.
fn leave_empty_notices() {
    let page = document();
    let is_there =
        page.active_element().is_some_and(|active| active.id() == NOTICES && text(&active).trim().is_empty());
    if let Some(heading) = first(&page, "#cart-contents h1").filter(|_| is_there) {
        set_attribute(&heading, "tabindex", "-1");
        focus(Some(heading));
    }
}

fn controls(owner: &Element) -> Vec<Element> {
    owner.query_selector_all(CONTROLS).map(|found| elements(&found)).unwrap_or_default()
}
