//! Store credit of an account as those who run the store see it, and the form that gives some.

use domain::account::AccountId;
use domain::operator::DeedReason;
use domain::payment::gift_card::{CreditBook, StoreCredit, StoreCreditError};
use domain::pricing::Currency;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::store_credit::GiveStoreCredit;
use super::orders::forms::MAX_AMOUNT_CHARS;
use crate::error::WireError;
use crate::form::{Field, sentence};
use crate::typed;

#[component]
pub fn CreditForm(id: AccountId, book: CreditBook, currency: Currency, posted: Option<WireError>) -> impl IntoView {
    let refused = match posted {
        Some(WireError::StoreCredit(refused)) => Some(refused),
        _ => None,
    };
    let (amount, reason) = match refused {
        Some(_) => {
            let mut typed = typed::kept();
            (typed.take("amount"), typed.take("credit_reason"))
        }
        None => (String::new(), String::new()),
    };
    let beside =
        |about: StoreCreditError| refused.filter(|refused| *refused == about).map(|error| sentence(&error.to_string()));
    let left = book.credits.iter().map(|StoreCredit { credit, .. }| credit.balance.to_string()).collect::<Vec<_>>();
    let left =
        if left.is_empty() { "It has none so far.".to_owned() } else { format!("It has {} left.", left.join(" and ")) };
    view! {
        <div class="operator__forms">
            <form class="form panel" method="post" action=GiveStoreCredit::url()>
                <h2>"Give store credit"</h2>
                <p>{left} " Its owner spends it in the checkout, and reads why they got it."</p>
                <input type="hidden" name="account" value=id.to_string() />
                <input type="hidden" name="key" value=book.next.to_string() />
                <Field
                    id="amount"
                    label="Amount"
                    value=amount
                    hint=format!("In {}, unless you name another currency: 20.00 EUR.", currency.code())
                    error=beside(StoreCreditError::NotAnAmount)
                    autocomplete="off"
                    max_chars=MAX_AMOUNT_CHARS
                    class="field field--short"
                />
                <Field
                    id="credit_reason"
                    label="Why"
                    value=reason
                    autocomplete="off"
                    max_chars=DeedReason::MAX_CHARS
                    hint="It is written down with your name; the owner of the account reads it without.".to_owned()
                    error=beside(StoreCreditError::NotAReason)
                />
                <div>
                    <button class="button button--ink" type="submit">
                        "Give it"
                    </button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
