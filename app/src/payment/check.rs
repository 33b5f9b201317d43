//! Looks at a card before it leaves the browser, with the rules of the gateway: whoever mistyped one
//! digit loses nothing of what they typed.

use domain::payment::{CardFault, CardFaults, CardField, fault_of};
use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen::JsCast;

use crate::checkout::check::{attention, leads_to_button, show};
use crate::dom::{focus, set_text, template, within};

/// Around the card form. A field is judged when it is left with something in it, and all of them when
/// the form is sent.
#[island]
pub fn CardCheck(children: Children) -> impl IntoView {
    let left = |event: FocusEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let field = field.filter(|_| !leads_to_button(&event));
        let known = field.and_then(|field| Some((CardField::from_parameter(&field.name())?, field)));
        if let Some((kind, field)) = known {
            let value = field.value();
            if field.has_attribute("aria-invalid") || !value.trim().is_empty() {
                show(&field, fault_of(kind, &value).map(words));
            }
        }
    };
    let sent = |event: SubmitEvent| {
        let typed = CardField::ALL.map(|field| input(field).map(|input| input.value()).unwrap_or_default());
        let faults = CardFaults::of(|field| typed[field as usize].as_str());
        if !faults.is_empty() {
            event.prevent_default();
            tell(&faults);
        }
    };
    view! {
        <div on:focusout=left on:submit=sent>
            {children()}
        </div>
    }
}

fn words(fault: CardFault) -> String {
    fault.to_string()
}

fn input(field: CardField) -> Option<HtmlInputElement> {
    document().get_element_by_id(field.parameter())?.dyn_into().ok()
}

/// Writes every fault below its field and into the summary above, and leads to the first.
fn tell(faults: &CardFaults) {
    for field in CardField::ALL {
        if let Some(input) = input(field) {
            show(&input, faults.of_field(field).map(words));
        }
    }
    let Some(place) = document().get_element_by_id("card-errors") else { return };
    let summary = template(&document(), "card-errors-of").map(|template| template.inner_html());
    place.set_inner_html(&summary.unwrap_or_default());
    set_text(within(&place, "h2"), &attention(faults.iter().count()));
    if let Some(list) = within(&place, "ul") {
        // Words of the store alone stand here.
        let link = |fault: CardFault| {
            ["<li><a href=\"#", fault.field().parameter(), "\">", &words(fault), "</a></li>"].concat()
        };
        list.set_inner_html(&faults.iter().map(link).collect::<String>());
    }
    let first = faults.iter().next().and_then(|fault| input(fault.field()));
    focus(first.map(Into::into));
}
