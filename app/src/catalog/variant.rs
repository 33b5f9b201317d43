//! Choosing a variant without leaving the page. The server draws what differs between the variants
//! into templates; a press on a value shows what belongs to it and lets the address follow.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::web_sys::{Document, Element, HtmlTemplateElement};
use wasm_bindgen::{JsCast, JsValue};

use super::zoom;
use crate::dom::{all, elements, first, focus, number, set_attribute, set_flag, set_text, text};

/// The place of the chosen value of each option; nothing where it is still to be chosen.
pub(super) type Chosen = [Option<usize>];

/// How a value stands to what is chosen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Chosen,
    Available,
    SoldOut,
    /// Exists only together with another choice elsewhere, which the link then makes as well.
    Elsewhere,
}

impl Standing {
    /// How a value of an option stands, where one offer is `here` and choosing the value leads to
    /// `there`. Offers are told by the places of the values that they chose.
    pub(super) fn of(here: &Chosen, there: &Chosen, option: usize, value: usize, is_sold_out: bool) -> Self {
        let same =
            |(place, (mine, theirs)): (usize, (&Option<usize>, &Option<usize>))| place == option || mine == theirs;
        if here.get(option) == Some(&Some(value)) {
            Self::Chosen
        } else if there.get(option) != Some(&Some(value)) || !here.iter().zip(there).enumerate().all(same) {
            Self::Elsewhere
        } else if is_sold_out {
            Self::SoldOut
        } else {
            Self::Available
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Chosen | Self::Available => "",
            Self::SoldOut => ", sold out",
            Self::Elsewhere => ", not in this combination",
        }
    }

    /// The class of a link that is a `swatch` or else an `option`.
    pub(super) const fn class(self, is_swatch: bool) -> &'static str {
        match (self, is_swatch) {
            (Self::Chosen | Self::Available, true) => "swatch",
            (Self::Chosen | Self::Available, false) => "option",
            (Self::SoldOut | Self::Elsewhere, true) => "swatch swatch--unavailable",
            (Self::SoldOut | Self::Elsewhere, false) => "option option--unavailable",
        }
    }
}

/// Around all of a product that depends on the variant, drawn by `ProductChoice`.
#[island]
pub fn VariantSwitch(children: Children) -> impl IntoView {
    let pressed = |event: MouseEvent| {
        if let Some(link) = value_link(&event)
            && show_offer(&document(), &link).is_some()
        {
            event.prevent_default();
        }
        zoom::press(&event);
    };
    let key = |event: KeyboardEvent| zoom::key(&event);
    view! {
        <article class="product" aria-labelledby="product-title" on:click=pressed on:keydown=key>
            {children()}
        </article>
    }
}

/// The value that was pressed. A press that asks for a new tab or a download stays a link.
fn value_link(event: &MouseEvent) -> Option<Element> {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("a[data-to]").ok()?
}

/// Shows the offer that a link leads to; `None` where the page does not hold it.
fn show_offer(page: &Document, link: &Element) -> Option<()> {
    let offers = all(page, "template.offer");
    let offer = offers.get(number::<usize>(link, "data-to")?)?;
    let here = places(offer, "data-chosen");
    let ways = offer.get_attribute("data-leads-to")?;
    for value in all(page, "a[data-to]") {
        point(page, &value, &here, &ways, &offers);
    }
    fill_parts(page, offer);
    show_gallery(page, offer);
    // What is bought, and what goes onto a list.
    for field in all(page, "#buy input[type=hidden], #wish input[type=hidden]") {
        set_attribute(&field, "name", &offer.get_attribute("data-field")?);
        set_attribute(&field, "value", &offer.get_attribute("data-sku")?);
    }
    if let Some(ask) = page.get_element_by_id("fit-error") {
        set_flag(&ask, "hidden", true);
    }
    if let Some(button) = first(page, "#buy button[type=submit]") {
        set_flag(&button, "disabled", offer.has_attribute("data-sold-out"));
    }
    // Where the browser refuses to change the address, the choice still counts.
    if let (Ok(history), Some(query)) = (window().history(), offer.get_attribute("data-query")) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&query));
    }
    Some(())
}

/// Asks for the fit that is still to be chosen, beside its values.
pub(crate) fn ask(page: &Document) {
    if let Some(ask) = page.get_element_by_id("fit-error") {
        set_flag(&ask, "hidden", false);
    }
    focus(first(page, "#fit a"));
}

/// Lets a value's link say how it stands to the offer that is shown now, and where it leads.
fn point(page: &Document, link: &Element, here: &Chosen, ways: &str, offers: &[Element]) {
    let (Some(option), Some(value)) = (number(link, "data-option"), number(link, "data-value")) else { return };
    let way = ways.split(',').nth(option).and_then(|ways| ways.split(' ').nth(value));
    let Some((to, there)) = way.and_then(|way| Some((way, offers.get(way.parse::<usize>().ok()?)?))) else { return };
    let standing =
        Standing::of(here, &places(there, "data-chosen"), option, value, there.has_attribute("data-sold-out"));
    set_attribute(link, "data-to", to);
    set_attribute(link, "href", &there.get_attribute("data-query").unwrap_or_default());
    set_attribute(link, "class", standing.class(link.get_attribute("class").is_some_and(|c| c.starts_with("swatch"))));
    set_text(link.last_element_child(), standing.words());
    if standing == Standing::Chosen {
        set_attribute(link, "aria-current", "true");
        let name = link.get_attribute("data-name").unwrap_or_default();
        set_text(page.get_element_by_id(&["chosen-", &option.to_string()].concat()), &name);
    } else {
        let _ = link.remove_attribute("aria-current");
    }
}

/// Puts each part of an offer's template where the part of the offer before it is.
fn fill_parts(page: &Document, offer: &Element) {
    let Some(template) = offer.dyn_ref::<HtmlTemplateElement>() else { return };
    let Ok(parts) = template.content().query_selector_all("[data-part]") else { return };
    for part in elements(&parts) {
        let place = part.get_attribute("data-part").and_then(|id| page.get_element_by_id(&id));
        if let Some(place) = place {
            place.set_inner_html(&part.inner_html());
        }
    }
}

/// Pictures stay untouched where the offer looks the same, so that the one in view stays in view.
fn show_gallery(page: &Document, offer: &Element) {
    let wanted = offer.get_attribute("data-gallery");
    let Some(place) = first(page, "#gallery").filter(|place| place.get_attribute("data-gallery") != wanted) else {
        return;
    };
    let galleries = all(page, "template.gallery-of");
    let index = wanted.as_deref().and_then(|wanted| wanted.parse::<usize>().ok());
    if let (Some(wanted), Some(gallery)) = (wanted, index.and_then(|index| galleries.get(index))) {
        place.set_inner_html(&gallery.inner_html());
        set_attribute(&place, "data-gallery", &wanted);
    }
}

/// Takes over what belongs to the stock from a fresh page of the same product.
pub(crate) fn take_refreshed(page: &Document, fresh: &Document) {
    for id in ["offer-price", "offer-availability", "offer-alert", "offer-bar", "offer-delivery", "buy-words"] {
        if let (Some(place), Some(new)) = (page.get_element_by_id(id), fresh.get_element_by_id(id)) {
            // What stays the same is not said again to those who listen.
            if place.inner_html() != new.inner_html() {
                place.set_inner_html(&new.inner_html());
            }
        }
    }
    let button = "#buy button[type=submit]";
    if let (Some(button), Some(new)) = (first(page, button), first(fresh, button)) {
        set_flag(&button, "disabled", new.has_attribute("disabled"));
    }
    for (offer, new) in all(page, "template.offer").into_iter().zip(all(fresh, "template.offer")) {
        offer.set_outer_html(&new.outer_html());
    }
    for (link, new) in all(page, "a[data-to]").into_iter().zip(all(fresh, "a[data-to]")) {
        set_attribute(&link, "class", &new.get_attribute("class").unwrap_or_default());
        set_text(link.last_element_child(), &new.last_element_child().map(|words| text(&words)).unwrap_or_default());
    }
}

/// The places of an attribute, separated by spaces; what is no number is still to be chosen.
fn places(element: &Element, name: &str) -> Vec<Option<usize>> {
    let written = element.get_attribute(name).unwrap_or_default();
    written.split(' ').map(|place| place.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_says_how_it_stands_to_the_choice() {
        let here = [Some(0), Some(0)];
        assert_eq!(Standing::of(&here, &here, 0, 0, false), Standing::Chosen);
        assert_eq!(Standing::of(&here, &[Some(1), Some(0)], 0, 1, false), Standing::Available);
        assert_eq!(Standing::of(&here, &[Some(1), Some(0)], 0, 1, true), Standing::SoldOut);
        assert_eq!(Standing::of(&here, &[Some(1), Some(1)], 0, 1, false), Standing::Elsewhere);
        assert_eq!(Standing::of(&here, &here, 0, 1, false), Standing::Elsewhere);
    }

    #[test]
    fn what_is_still_to_be_chosen_is_not_chosen() {
        let open = [Some(0), None];
        assert_eq!(Standing::of(&open, &[Some(0), Some(0)], 1, 0, false), Standing::Available);
        assert_eq!(Standing::of(&open, &[Some(1), Some(2)], 1, 2, false), Standing::Elsewhere);
        assert_eq!(Standing::of(&open, &[Some(1), None], 0, 1, false), Standing::Available);
        assert_eq!(Standing::of(&open, &open, 0, 0, false), Standing::Chosen);
    }
}
