use domain::fault::ports::FaultSwitch;
use domain::fault::{Fault, Injection};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::faults::{EndFault, SwitchFault};
use super::frame::OperatorPage;
use super::operators_page;
use super::sheet::Column::Words;
use super::sheet::Sheet;
use crate::form::{DoneNotice, ErrorNotice, posted_error};
use crate::page::query;
use crate::port::port;
use crate::typed;

pub(super) const FAULTS: &str = "/operator/faults";
/// Characters of a chance or a time; no right one is longer.
const MAX_STRENGTH_CHARS: u32 = 12;

/// `/operator/faults`: what the store can be made to fail at, and what of it is on; `done` says what was
/// just done.
#[component]
pub fn FaultsPage() -> impl IntoView {
    let (posted, query) = (posted_error(), query());
    operators_page(async move {
        let plan = port::<dyn FaultSwitch>()?.plan();
        let mut refused = posted.as_ref().map(|_| typed::kept()).unwrap_or_default();
        let (fault, typed) = (refused.take("fault"), refused.take("strength"));
        let rows = Fault::ALL.map(|known| {
            let typed = (known.name() == fault).then(|| typed.clone());
            view! { <Row fault=known on=plan.get(known) typed /> }
        });
        let done = query.get_str("done").and_then(done_in_words);
        Ok(view! {
            <OperatorPage
                title="Faults"
                lead="Lets the store fail on purpose, so that you see that it bears it.".to_owned()
            >
                {posted.map(|error| view! { <ErrorNotice error /> })}
                {done.map(|words| view! { <DoneNotice words /> })}
                <Sheet
                    label="Faults"
                    columns=&[Words("Fault"), Words("What happens"), Words("Stands"), Words("Switch")]
                    of_cards=true
                >
                    {rows.collect_view()}
                </Sheet>
                <p class="small soft operator__hint">
                    "A chance is from 0 to 1, a time like 500ms or 2s. A fault hits shoppers as a real one would, on this server alone, until it is switched off or the server closes; "
                    <code>"cartograph serve --fault"</code> " begins with some. Who switched what is written down among "
                    <a href="/operator/sagas">"what operators did"</a> "."
                </p>
            </OperatorPage>
        })
    })
}

fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "on" => Some("The fault is on."),
        "off" => Some("The fault is off."),
        _ => None,
    }
}

const fn what_happens(fault: Fault) -> &'static str {
    match fault {
        Fault::PaymentsTimeout => "The gateway does what it is asked, and its answer is lost.",
        Fault::PaymentsDecline => "The gateway declines every card.",
        Fault::PaymentsDown => "The gateway is not reached: orders wait for it.",
        Fault::PaymentsSlow => "The gateway takes its time.",
        Fault::GraphDown => "The graph does not answer: no cart is opened, and of the shelves what is in memory.",
        Fault::GraphSlow => "The graph takes its time with every question.",
        Fault::SearchDown => "The search does not answer: the shelves stay open.",
        Fault::SearchSlow => "The search takes its time.",
        Fault::MailDown => "No letter is sent: no account is opened by a link.",
    }
}

/// A fault with its forms; `typed` is what was posted for it and refused.
#[component]
fn Row(fault: Fault, on: Option<Injection>, typed: Option<String>) -> impl IntoView {
    let name = fault.name();
    let (what, example) = if fault.is_slow() { ("Time of ", "500ms") } else { ("Chance of ", "1") };
    let strength = on.map(|injection| injection.strength().to_string());
    let is_wrong = typed.is_some().then_some("true");
    let value = typed.or_else(|| strength.clone()).unwrap_or_else(|| example.to_owned());
    let stands = match strength {
        Some(strength) => view! { <span class="mark mark--bad">"On, " {strength}</span> }.into_any(),
        None => view! { <span class="mark">"Off"</span> }.into_any(),
    };
    let end = on.map(|_| {
        view! {
            <form method="post" action=EndFault::url()>
                <input type="hidden" name="fault" value=name />
                <button class="button button--small" type="submit">
                    "Switch off"
                    <span class="visually-hidden">" " {name}</span>
                </button>
            </form>
        }
    });
    let switch = if on.is_some() { "Change" } else { "Switch on" };
    view! {
        <tbody class="entry entry--fault">
            <tr>
                <th scope="row">{name}</th>
                <td>{what_happens(fault)}</td>
                <td>{stands}</td>
                <td>
                    <div class="sheet__ways">
                        <form class="fault" method="post" action=SwitchFault::url()>
                            <input type="hidden" name="fault" value=name />
                            <input
                                class="field__input"
                                type="text"
                                name="strength"
                                value=value
                                maxlength=MAX_STRENGTH_CHARS
                                autocomplete="off"
                                required=true
                                aria-label=format!("{what}{name}")
                                aria-invalid=is_wrong
                            />
                            <button class="button button--small" type="submit">
                                {switch}
                                <span class="visually-hidden">" " {name}</span>
                            </button>
                        </form>
                        {end}
                    </div>
                </td>
            </tr>
        </tbody>
    }
    .into_any()
}
