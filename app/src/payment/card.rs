use leptos::prelude::*;

use crate::form::Field;

/// A field of the card form, as the gateway names the one that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardField {
    Number,
    Expiry,
    Cvc,
    Name,
}

impl CardField {
    pub fn from_parameter(raw: &str) -> Option<Self> {
        match raw {
            "number" => Some(Self::Number),
            "expiry" => Some(Self::Expiry),
            "cvc" => Some(Self::Cvc),
            "name" => Some(Self::Name),
            _ => None,
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::Number => "Check the card number: 12 to 19 digits, as they stand on the card",
            Self::Expiry => "Give the month and year until which the card is valid, such as 08/28",
            Self::Cvc => "Give the security code: 3 or 4 digits",
            Self::Name => "Give the name as it stands on the card",
        }
    }
}

/// Posts a card to the gateway at `action`, which sends the browser to `return_url` afterwards.
#[component]
pub fn CardForm(
    #[prop(into)] action: String,
    return_url: String,
    /// What the gateway could not accept. Card details are never filled in again.
    wrong: Option<CardField>,
    /// Stands beside the button.
    children: Children,
) -> impl IntoView {
    let error = move |field: CardField| (wrong == Some(field)).then(|| field.advice().to_owned());
    view! {
        <form class="form" method="post" action=action>
            <input type="hidden" name="return_url" value=return_url />
            <fieldset class="form__group payment-method__fields">
                <legend>"Card"</legend>
                <Field
                    id="number"
                    label="Card number"
                    autocomplete="cc-number"
                    inputmode="numeric"
                    max_chars=23
                    error=error(CardField::Number)
                    autofocus=wrong == Some(CardField::Number)
                />
                <Field
                    id="name"
                    label="Name on the card"
                    autocomplete="cc-name"
                    max_chars=100
                    error=error(CardField::Name)
                    autofocus=wrong == Some(CardField::Name)
                />
                <div class="form__row">
                    <Field
                        id="expiry"
                        label="Valid until"
                        hint="Such as 08/28".to_owned()
                        autocomplete="cc-exp"
                        max_chars=7
                        class="field field--short"
                        error=error(CardField::Expiry)
                        autofocus=wrong == Some(CardField::Expiry)
                    />
                    <Field
                        id="cvc"
                        label="Security code"
                        hint="3 or 4 digits".to_owned()
                        autocomplete="cc-csc"
                        inputmode="numeric"
                        max_chars=4
                        class="field field--short"
                        error=error(CardField::Cvc)
                        autofocus=wrong == Some(CardField::Cvc)
                    />
                </div>
            </fieldset>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Continue to review"
                </button>
                {children()}
            </div>
        </form>
    }
    .into_any()
}
