//! The accounts of customers, as far as those who run the store help with them: somebody who lost the app and the
//! recovery codes comes in again when an operator has made sure who it is, and store credit makes good what went wrong.

use domain::account::{Account, AccountError, AccountId, Role};
use domain::checkout::Email;
use domain::operator::ports::AccountDesk;
use domain::operator::{AccountSheet, Deed, DeedReason};
use domain::payment::gift_card::StoreCreditError;
use domain::payment::ports::StoreCredits;
use domain::text::encoded;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::accounts::{FindAccount, TurnCodesOffFor};
use super::deeds::Deeds;
use super::frame::OperatorPage;
use super::operators_page;
use super::orders::ORDERS;
use super::sheet::Column::Words;
use super::store_credit::CreditForm;
use crate::account::frame::{PasswordField, above_all, beside};
use crate::email::EmailAddress;
use crate::error::{NotFoundPage, WireError};
use crate::form::{DoneNotice, Field, posted_error};
use crate::moment::Moment;
use crate::page::{path_parameter, query};
use crate::port::port;
use crate::store::Store;
use crate::typed;

pub(super) const ACCOUNTS: &str = "/operator/accounts";

pub(super) fn account_path(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// `/operator/accounts`: finds the account of somebody who wrote to the store. Its form posts: an e-mail address
/// stays out of addresses.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let posted = posted_error();
    operators_page(async move {
        let value = if posted.is_some() { typed::kept().take("email") } else { String::new() };
        let error = beside(posted.as_ref(), is_of_email);
        Ok(view! {
            <OperatorPage title="Accounts" lead="Help for somebody who can’t sign in, and store credit.".to_owned()>
                {above_all(posted.as_ref(), is_of_email)}
                <div class="operator__forms">
                    <form class="form panel" method="post" action=FindAccount::url()>
                        <Field
                            id="email"
                            label="E-mail address of the account"
                            value
                            kind="email"
                            autocomplete="off"
                            inputmode="email"
                            max_chars=Email::MAX_CHARS
                            error
                        />
                        <div>
                            <button class="button" type="submit">
                                "Find the account"
                            </button>
                        </div>
                    </form>
                </div>
            </OperatorPage>
        })
    })
}

const fn is_of_email(error: AccountError) -> bool {
    matches!(error, AccountError::NotAnEmail | AccountError::NoSuchAccount)
}

/// `/operator/accounts/{id}`: an account, and the forms that give it store credit and turn its codes off; `done` says
/// which was.
#[component]
pub fn AccountSheetPage() -> impl IntoView {
    let (id, posted) = (path_parameter("id").parse::<AccountId>(), posted_error());
    let done = query().get_str("done").and_then(done_in_words);
    operators_page(async move {
        let Ok(id) = id else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let Some(sheet) = port::<dyn AccountDesk>()?.find(id).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let book = port::<dyn StoreCredits>()?.of(id).await?;
        let currency = Store::current().currency;
        let can_turn_off = sheet.can_turn_codes_off();
        let AccountSheet { account, asks_for_codes, deeds } = sheet;
        let role = account.role;
        Ok(view! {
            <OperatorPage title=format!("Account of {}", account.name)>
                {done.map(|words| view! { <DoneNotice words /> })}
                {above_all(posted.as_ref().filter(|error| !is_of_credit_form(error)), is_of_codes_form)}
                <Facts account asks_for_codes /> <CreditForm id book currency posted=posted.clone() />
                {can_turn_off.then(|| view! { <CodesForm id posted /> })}
                {(asks_for_codes && role == Role::Operator).then(|| view! { <ForOperators /> })}
                <Deeds
                    title="What operators did with it"
                    columns=&[Words("When"), Words("Who"), Words("What"), Words("Why")]
                    deeds
                    last=why
                />
            </OperatorPage>
        }
        .into_any())
    })
}

/// What was done with an account, by the name that its address has.
fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "codes-off" => Some("The account asks for no codes any more. Its owner is told by a letter."),
        "credit" => Some("The store credit is given. It pays from now on."),
        _ => None,
    }
}

/// Whether an error stands beside a field of the form for store credit.
const fn is_of_credit_form(error: &WireError) -> bool {
    matches!(error, WireError::StoreCredit(StoreCreditError::NotAnAmount | StoreCreditError::NotAReason))
}

const fn is_of_codes_form(error: AccountError) -> bool {
    matches!(error, AccountError::NotAReason | AccountError::WrongPassword)
}

#[component]
fn Facts(account: Account, asks_for_codes: bool) -> impl IntoView {
    let codes = if asks_for_codes { "Asked for after the password" } else { "Not asked for" };
    let orders = format!("{ORDERS}?q={}", encoded(account.email.as_str()));
    view! {
        <table class="facts">
            <tbody>
                <tr>
                    <th scope="row">"E-mail address"</th>
                    <td>
                        <EmailAddress email=account.email />
                    </td>
                </tr>
                <tr>
                    <th scope="row">"Opened"</th>
                    <td>
                        <Moment at=account.opened_at to_the_second=true />
                    </td>
                </tr>
                <tr>
                    <th scope="row">"Codes of an app"</th>
                    <td>{codes}</td>
                </tr>
                <tr>
                    <th scope="row">"Orders"</th>
                    <td>
                        <a href=orders>"Those with its e-mail address"</a>
                    </td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

/// Turns the codes off, for an operator who knows their own password and says why.
#[component]
fn CodesForm(id: AccountId, posted: Option<WireError>) -> impl IntoView {
    let value = if posted.is_some() { typed::kept().take("reason") } else { String::new() };
    let error = beside(posted.as_ref(), |error| matches!(error, AccountError::NotAReason));
    view! {
        <div class="operator__forms">
            <form class="form panel" method="post" action=TurnCodesOffFor::url()>
                <h2>"Turn off its codes"</h2>
                <p>
                    "For somebody who has lost the app and the recovery codes. Make sure first that it is them: ask for what only they know of their orders, and answer to the e-mail address of the account alone. They are signed out everywhere, told by a letter, and come in with their password."
                </p>
                <input type="hidden" name="account" value=id.to_string() />
                <Field
                    id="reason"
                    label="How you made sure who it is"
                    value
                    autocomplete="off"
                    max_chars=DeedReason::MAX_CHARS
                    hint="It is written down with your name. No numbers of papers or cards.".to_owned()
                    error
                />
                <PasswordField id="operator_password" label="Your own password" error=posted />
                <div>
                    <button class="button button--ink" type="submit">
                        "Turn off codes"
                    </button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// Operators would let each other into everything.
#[component]
fn ForOperators() -> impl IntoView {
    view! {
        <p class="soft">
            "This account runs the store: who has the data folder at hand turns its codes off with "
            <code>"cartograph operators add"</code> ", which gives it another password as well."
        </p>
    }
}

fn why(deed: Deed) -> AnyView {
    deed.reason.map(|reason| reason.to_string()).into_any()
}
