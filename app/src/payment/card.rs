use domain::payment::{CardFault, CardFaults, CardField};
use leptos::prelude::*;

use super::check::CardCheck;
use crate::form::{ErrorSummary, Field};

/// Posts a card to the gateway at `action`, which sends the browser to `return_url` afterwards. Where
/// a script runs, a card that can't be right stays in the browser.
#[component]
pub fn CardForm(
    #[prop(into)] action: String,
    return_url: String,
    /// What the gateway could not accept. Card details are never filled in again.
    faults: CardFaults,
    /// Stands beside the button.
    children: Children,
) -> impl IntoView {
    let first = faults.iter().next().map(CardFault::field);
    let text = |field: CardField, look: Look| {
        let error = faults.of_field(field).map(|fault| fault.to_string());
        view! { <CardText field look error autofocus=first == Some(field) /> }
    };
    let (number, name) = (text(CardField::Number, NUMBER), text(CardField::Name, NAME));
    let (expiry, cvc) = (text(CardField::Expiry, EXPIRY), text(CardField::Cvc, CVC));
    let summary = faults.iter().map(|fault| (fault.field().parameter(), fault.to_string())).collect();
    view! {
        <CardCheck>
            <form class="form" id="card" method="post" action=action>
                <div id="card-errors">
                    <ErrorSummary errors=summary />
                </div>
                <input type="hidden" name="return_url" value=return_url />
                <fieldset class="form__group payment-method__fields">
                    <legend>"Card"</legend>
                    {number}
                    {name}
                    <div class="form__row">{expiry} {cvc}</div>
                </fieldset>
                <div class="form__actions">
                    <button class="button button--signal button--large" type="submit">
                        "Continue to review"
                    </button>
                    {children()}
                </div>
            </form>
            <template id="card-errors-of">
                <ErrorSummary errors=vec![("", String::new())] />
            </template>
        </CardCheck>
    }
    .into_any()
}

/// How a field is labelled and which keyboard and autofill it asks for.
#[derive(Clone, Copy)]
struct Look {
    label: &'static str,
    hint: Option<&'static str>,
    autocomplete: &'static str,
    inputmode: &'static str,
    max_chars: u32,
    class: &'static str,
}

const NUMBER: Look = Look {
    label: "Card number",
    hint: None,
    autocomplete: "cc-number",
    inputmode: "numeric",
    // The longest number in groups of four.
    max_chars: 23,
    class: "field",
};
const NAME: Look = Look {
    label: "Name on the card",
    hint: None,
    autocomplete: "cc-name",
    inputmode: "text",
    max_chars: 100,
    class: "field",
};
const EXPIRY: Look = Look {
    label: "Valid until",
    hint: Some("Such as 08/28"),
    autocomplete: "cc-exp",
    inputmode: "text",
    max_chars: 9,
    class: "field field--short",
};
const CVC: Look = Look {
    label: "Security code",
    hint: Some("3 or 4 digits"),
    autocomplete: "cc-csc",
    inputmode: "numeric",
    max_chars: 4,
    class: "field field--short",
};

#[component]
fn CardText(field: CardField, look: Look, error: Option<String>, autofocus: bool) -> impl IntoView {
    view! {
        <Field
            id=field.parameter()
            label=look.label
            hint=look.hint.map(str::to_owned)
            error
            autocomplete=look.autocomplete
            inputmode=look.inputmode
            max_chars=look.max_chars
            autofocus
            class=look.class
        />
    }
    .into_any()
}
