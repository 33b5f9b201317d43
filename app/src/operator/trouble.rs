use domain::operator::ports::Desk;
use domain::operator::{DeadEvent, Deed, DeedKind, SetAside, Trouble, Why};
use domain::payment::aftermath::Dispute;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::accounts::ACCOUNTS;
use super::aftermath::{Disputes, EndingHolds, LateRefunds};
use super::api::trouble::{DropEvent, ResumePurchase, ReviveEvent, SettlePurchase, UndoPurchase};
use super::deeds::Deeds;
use super::frame::OperatorPage;
use super::operators_page;
use super::orders::order_path;
use super::sheet::Column::{Number, Words};
use super::sheet::Sheet;
use super::words::state_in_words;
use crate::form::{DoneNotice, PostedError};
use crate::page::query;
use crate::port::port;

pub(super) const TROUBLE: &str = "/operator/sagas";

/// `/operator/sagas`: purchases and events that the store can't finish by itself; `done` says what was
/// just done.
#[component]
pub fn TroublePage() -> impl IntoView {
    let (posted, query) = (view! { <PostedError /> }, query());
    operators_page(async move {
        let desk = port::<dyn Desk>()?;
        let (trouble, deeds) = (desk.trouble().await?, desk.deeds().await?);
        let done = query.get_str("done").and_then(done_in_words);
        Ok(view! {
            <OperatorPage
                title="Sagas and events"
                lead="What the store could not finish by itself and leaves to you.".to_owned()
            >
                {posted} {done.map(|words| view! { <Done words /> })} <Waiting trouble />
                <Deeds
                    title="What operators did"
                    columns=&[Words("When"), Words("Who"), Words("What"), Words("Which")]
                    deeds
                    last=which
                />
            </OperatorPage>
        })
    })
}

fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "resumed" => Some("The purchase is taken up again within seconds."),
        "undone" => {
            Some("The purchase is given up: its units are on the shelf again, and what the gateway holds is let go of.")
        }
        "settled" => Some("The purchase ends within seconds, and the gateway is not asked any more."),
        "repeated" => Some("The refund is made once more."),
        "repeating" => Some(
            "It is noted that the refund is made once more: the payment gateway has not answered yet. Asking again refunds nothing more.",
        ),
        "refund-settled" => Some("It is noted that the shopper was paid in another way."),
        "revived" => Some("The event is delivered again within seconds."),
        "dropped" => Some("The event is given up."),
        _ => None,
    }
}

#[component]
fn Done(words: &'static str) -> impl IntoView {
    view! {
        <DoneNotice words />
    }
}

#[component]
fn Waiting(trouble: Trouble) -> impl IntoView {
    let Trouble { purchases, purchases_in_all, events, events_in_all, on_their_way, refunds, disputes, holds } =
        trouble;
    let is_open = |dispute: &Dispute| !dispute.told.state.is_closed();
    let is_quiet =
        holds.is_empty() && !refunds.iter().any(|refund| refund.state.is_owed()) && !disputes.iter().any(is_open);
    let all_is_well = (purchases.is_empty() && events.is_empty() && is_quiet).then(|| {
        view! {
            <div class="empty">
                <h2>"Nothing waits for you"</h2>
                <p>"Every purchase is finished or being worked on, and every event was delivered or is on its way."</p>
            </div>
        }
    });
    view! {
        {all_is_well}
        {(!purchases.is_empty()).then(|| view! { <Purchases purchases in_all=purchases_in_all /> })}
        {(!events.is_empty()).then(|| view! { <Events events in_all=events_in_all /> })}
        {(!holds.is_empty()).then(|| view! { <EndingHolds holds /> })}
        {(!refunds.is_empty()).then(|| view! { <LateRefunds refunds /> })}
        {(!disputes.is_empty()).then(|| view! { <Disputes disputes /> })}
        <p class="small soft">
            {match on_their_way {
                0 => "No event is on its way.".to_owned(),
                1 => "1 event is on its way.".to_owned(),
                events => format!("{events} events are on their way."),
            }}
        </p>
    }
    .into_any()
}

#[component]
fn Purchases(purchases: Vec<SetAside>, in_all: u64) -> impl IntoView {
    let shown = purchases.len() as u64;
    let more = (in_all > shown).then(|| {
        view! {
            <p class="small soft">
                {format!("The first {shown} of {in_all}. ")} <code>"cartograph sagas --resume-all"</code>
                " takes all of them up again."
            </p>
        }
    });
    view! {
        <section class="section">
            <h2>"Purchases that are set aside"</h2>
            <p class="small soft operator__hint">
                "Mend the cause first. A purchase that is resumed asks the gateway again what became of the payment, and never charges twice; one that is undone gives its units back and lets go of what the gateway holds."
            </p>
            {more}
            <Sheet
                label="Purchases that are set aside"
                columns=&[Words("Order"), Words("Stands"), Words("Why"), Words("Ways on")]
            >
                <tbody>{purchases.into_iter().map(purchase).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn purchase(SetAside { number, state, why, can_be_undone, can_be_settled }: SetAside) -> impl IntoView {
    let (path, number) = (order_path(number), number.to_string());
    let undo = can_be_undone.then(|| {
        view! {
            <form method="post" action=UndoPurchase::url()>
                <input type="hidden" name="number" value=number.clone() />
                <button class="button button--small" type="submit">
                    "Undo"
                    <span class="visually-hidden">" order " {number.clone()}</span>
                </button>
            </form>
        }
    });
    let settle = can_be_settled.then(|| view! { <Settlement number=number.clone() /> });
    view! {
        <tr>
            <th scope="row">
                <a href=path>{number.clone()}</a>
            </th>
            <td>{state_in_words(state)}</td>
            <td class="sheet__cause">{reason(why)}</td>
            <td>
                <div class="sheet__ways">
                    <form method="post" action=ResumePurchase::url()>
                        <input type="hidden" name="number" value=number.clone() />
                        <button class="button button--small" type="submit">
                            "Resume"
                            <span class="visually-hidden">" order " {number}</span>
                        </button>
                    </form>
                    {undo}
                    {settle}
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// The last way on, which asks for a promise first.
#[component]
fn Settlement(number: String) -> impl IntoView {
    view! {
        <details class="settlement">
            <summary>
                "Close by hand" <span class="visually-hidden">": order " {number.clone()}</span>
            </summary>
            <form method="post" action=SettlePurchase::url()>
                <input type="hidden" name="number" value=number.clone() />
                <label class="check">
                    <input type="checkbox" name="settled" value="yes" required=true />
                    "I have seen to it that the gateway holds no money for this order."
                </label>
                <button class="button button--small" type="submit">
                    "Close it"
                    <span class="visually-hidden">": order " {number}</span>
                </button>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn Events(events: Vec<DeadEvent>, in_all: u64) -> impl IntoView {
    let shown = events.len() as u64;
    let more = (in_all > shown).then(|| {
        view! {
            <p class="small soft">
                {format!("The first {shown} of {in_all}. ")} <code>"cartograph sagas --revive-events"</code>
                " delivers all of them again."
            </p>
        }
    });
    let row = |DeadEvent { id, consumer, key, attempts, why }: DeadEvent| {
        let (id, about) = (id.to_string(), format!(" {key} to {consumer}"));
        view! {
            <tr>
                <th scope="row">{key.to_string()}</th>
                <td>{consumer.to_string()}</td>
                <td class="sheet__number">{attempts}</td>
                <td class="sheet__cause">{reason(why)}</td>
                <td>
                    <div class="sheet__ways">
                        <form method="post" action=ReviveEvent::url()>
                            <input type="hidden" name="event" value=id.clone() />
                            <button class="button button--small" type="submit">
                                "Deliver again"
                                <span class="visually-hidden">{about.clone()}</span>
                            </button>
                        </form>
                        <form method="post" action=DropEvent::url()>
                            <input type="hidden" name="event" value=id />
                            <button class="button button--small" type="submit">
                                "Give up"
                                <span class="visually-hidden">{about}</span>
                            </button>
                        </form>
                    </div>
                </td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"Events that were not delivered"</h2>
            {more}
            <Sheet
                label="Events that were not delivered"
                columns=&[Words("About"), Words("To"), Number("Tried"), Words("Why"), Words("Ways on")]
            >
                <tbody>{events.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn reason(why: Option<Why>) -> String {
    why.map_or_else(|| "Nobody noted why".to_owned(), |why| why.to_string())
}

/// What was done with something, by what it was done with; with why, where an operator has to say so.
fn which(Deed { kind, subject, reason, .. }: Deed) -> AnyView {
    if !matches!(kind, DeedKind::CodesTurnedOff | DeedKind::CreditGiven) {
        return subject.to_string().into_any();
    }
    view! {
        <a href=format!("{ACCOUNTS}/{subject}")>"The account"</a>
        <small>{reason.map(|reason| reason.to_string())}</small>
    }
    .into_any()
}
