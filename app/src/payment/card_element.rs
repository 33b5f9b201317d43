use domain::checkout::IdempotencyKey;
use leptos::prelude::*;

use super::RETURN_PATH;
use crate::icon::{Glyph, Icon};
use crate::store::CardElement;

/// Fills the form's container and posts the token. It is of one page alone, and too small for a file of its own.
const SCRIPT: &str = include_str!("card_element.js");

/// The form around the field for cards that the gateway draws. What is typed there goes to the gateway alone; its
/// token and the last four digits are all that is posted. Only a script can do that: the page says so where there
/// is none, and the button waits for it.
#[component]
pub fn ElementForm(
    element: CardElement,
    /// The checkout that the card is for.
    checkout: IdempotencyKey,
    may_pay_later: bool,
    /// Stands beside the button.
    children: Children,
) -> impl IntoView {
    let CardElement { script, key } = element;
    view! {
        <form class="form" id="card" method="post" action=RETURN_PATH>
            <NeedsScript may_pay_later />
            <div class="notice notice--bad" role="alert" id="card-missing" hidden>
                <Icon glyph=Glyph::Warning />
                <p>
                    "The field for your card could not be loaded. Please check your connection and load this page again."
                </p>
            </div>
            <input type="hidden" name="checkout" value=checkout.to_string() />
            <input type="hidden" name="payment_method" id="payment_method" />
            <input type="hidden" name="last_four" id="last_four" />
            <fieldset class="form__group">
                <legend>"Card"</legend>
                <div class="field">
                    <label class="field__label" for="card-element">
                        "Number, date and security code"
                    </label>
                    <p class="field__hint">"They go straight to our payment gateway and never reach us."</p>
                    <div
                        class="field__input card-element"
                        id="card-element"
                        data-script=script.to_string()
                        data-key=key.to_string()
                        data-unanswered="The payment gateway does not answer. Nothing was charged: please try again."
                    ></div>
                    <p class="field__error" role="alert" id="card-error" hidden>
                        <Icon glyph=Glyph::Warning class="icon icon--small" />
                        <span></span>
                    </p>
                </div>
            </fieldset>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit" disabled>
                    "Continue to review"
                </button>
                {children()}
            </div>
        </form>
        <script nonce=use_nonce()>{SCRIPT}</script>
    }
    .into_any()
}

#[component]
fn NeedsScript(may_pay_later: bool) -> impl IntoView {
    let otherwise = if may_pay_later { "a gift card, or on invoice" } else { "a gift card" };
    view! {
        <noscript>
            <div class="notice notice--warn">
                <p>
                    {format!(
                        "A card can only be taken here by a script of our payment gateway, and scripts are off. Without them you can pay with {otherwise}.",
                    )}
                </p>
            </div>
        </noscript>
    }
    .into_any()
}
