use std::cmp::Ordering;

use domain::checkout::CheckoutStep;
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// Where the shopper is. Steps that are done, and the first one that is not, are links.
#[component]
pub fn Steps(here: CheckoutStep, next: CheckoutStep) -> impl IntoView {
    let step = move |step: CheckoutStep| {
        if step == here {
            return view! { <li aria-current="step">{step.label()}</li> }.into_any();
        }
        match step.cmp(&next) {
            Ordering::Less => view! {
                <li>
                    <a href=step.path()>
                        <Icon glyph=Glyph::Check class="icon icon--small" />
                        {step.label()}
                        <span class="visually-hidden">", done"</span>
                    </a>
                </li>
            }
            .into_any(),
            Ordering::Equal => view! {
                <li>
                    <a href=step.path()>{step.label()}</a>
                </li>
            }
            .into_any(),
            Ordering::Greater => view! { <li>{step.label()}</li> }.into_any(),
        }
    };
    view! {
        <nav aria-label="Checkout steps">
            <ol class="steps">{CheckoutStep::ALL.map(step).collect_view()}</ol>
        </nav>
    }
    .into_any()
}
