//! What the pages of those who run the store have in common.

use std::future::Future;

use domain::account::AccountError;
use domain::fault::ports::FaultSwitch;
use http::StatusCode;
use jiff::Timestamp;
use leptos::prelude::*;

use super::accounts::ACCOUNTS;
use super::faults::FAULTS;
use crate::account::{require_operator, sign_in_path};
use crate::answer::{never_cache, send_to};
use crate::error::{Lost, WireError};
use crate::icon::{Glyph, Icon};
use crate::moment::Moment;
use crate::page::{here, page};
use crate::port::port;
use crate::search::search_box::SearchBox;
use crate::seo::{PageHead, answer_with};

/// A part of running the store.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    pub path: &'static str,
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    pub glyph: Glyph,
}

/// Every part, in the order of the navigation; the first one is the way in.
pub const SECTIONS: &[Section] = &[
    Section { path: "/operator", name: "Overview", about: "The store at a glance", glyph: Glyph::Compass },
    Section { path: "/operator/orders", name: "Orders", about: "Every order, captures, refunds", glyph: Glyph::Cart },
    Section { path: "/operator/stock", name: "Stock", about: "What there is, movements, counts", glyph: Glyph::Order },
    Section {
        path: "/operator/sagas",
        name: "Sagas and events",
        about: "What the store could not finish by itself",
        glyph: Glyph::Clock,
    },
    Section {
        path: "/operator/ledger",
        name: "Ledger",
        about: "Accounts, entries, the check of the books",
        glyph: Glyph::Lines,
    },
    Section {
        path: "/operator/gift-cards",
        name: "Gift cards",
        about: "What is left on each of them",
        glyph: Glyph::Card,
    },
    Section {
        path: "/operator/letters",
        name: "Letters",
        about: "What shoppers were told of their orders",
        glyph: Glyph::Letter,
    },
    Section { path: ACCOUNTS, name: "Accounts", about: "Help somebody who can’t sign in", glyph: Glyph::Account },
    Section {
        path: "/operator/searches",
        name: "Searches",
        about: "What people look for, find and miss",
        glyph: Glyph::Search,
    },
    Section {
        path: "/operator/reviews",
        name: "Reviews",
        about: "What was held back or reported",
        glyph: Glyph::CheckCircle,
    },
    Section {
        path: "/operator/graph",
        name: "Graph",
        about: "What goes with what, and who bought it",
        glyph: Glyph::Pin,
    },
    Section { path: FAULTS, name: "Faults", about: "Let the store fail on purpose", glyph: Glyph::Warning },
];

/// A page for those who run the store. A stranger is led to the sign-in and back; a customer is told
/// that it is not theirs, and nothing is loaded.
pub fn operators_page<V>(load: impl Future<Output = Result<V, WireError>> + Send + 'static) -> AnyView
where
    V: IntoView + 'static,
{
    never_cache();
    match require_operator() {
        Ok(_) => page(load).into_any(),
        Err(WireError::Account(AccountError::NotSignedIn)) => {
            send_to(&sign_in_path(&here()));
            ().into_any()
        }
        Err(_) => view! { <NotAllowedPage /> }.into_any(),
    }
}

/// The frame of a page that [`operators_page`] lets somebody see.
#[component]
pub fn OperatorPage(
    #[prop(into)] title: String,
    /// Below the title.
    #[prop(optional_no_strip, into)]
    lead: Option<String>,
    /// When what the lead says happened, which ends it.
    #[prop(optional)]
    at: Option<Timestamp>,
    children: Children,
) -> impl IntoView {
    view! {
        <PageHead title=title.clone() />
        <div class="page operator">
            <div class="page-head">
                <h1>{title}</h1>
                {lead
                    .map(|lead| {
                        view! {
                            <p>
                                {lead}
                                {at.map(|at| view! {
                                    " on "
                                    <Moment at to_the_second=true />
                                    "."
                                })}
                            </p>
                        }
                    })}
            </div>
            <FailsOnPurpose />
            {children()}
        </div>
    }
    .into_any()
}

/// Nobody looks for the cause of a fault that was switched on: every page of theirs says so.
#[component]
fn FailsOnPurpose() -> impl IntoView {
    let plan = port::<dyn FaultSwitch>().map(|switch| switch.plan()).unwrap_or_default();
    (!plan.is_empty()).then(|| {
        view! {
            <div class="notice notice--warn">
                <Icon glyph=Glyph::Warning />
                <p>
                    "This store fails on purpose: " <b>{plan.to_string().replace(',', ", ")}</b> ". "
                    <a href=FAULTS>"See the faults"</a>
                </p>
            </div>
        }
    })
}

/// Somebody else's page (403).
#[component]
fn NotAllowedPage() -> impl IntoView {
    answer_with(StatusCode::FORBIDDEN);
    view! {
        <PageHead title="Not for this account" />
        <div class="page">
            <Lost title="This page is for those who run the store" code="403, not allowed">
                <p>"Your account is a customer's. If you run the store as well, sign in with the account that you do it with."</p>
                <p class="chips">
                    <a class="button button--signal" href="/account">
                        "Go to your account"
                    </a>
                    <a class="button" href="/">
                        "Go to the front page"
                    </a>
                </p>
                <SearchBox id="q-again" class="search-box search-box--inline" />
            </Lost>
        </div>
    }
    .into_any()
}
