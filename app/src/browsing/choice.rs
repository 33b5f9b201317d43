use domain::browsing::MAX_VIEWED_DAYS;
use domain::catalog::Slug;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ChooseHistory;
use crate::account::signed_in;
use crate::icon::{Glyph, Icon};
use crate::visitor::Visitor;

/// Asks a guest who did not choose yet, on the page of a product, whether to remember what they look at.
/// It stands in no way: nothing waits for an answer.
#[component]
pub fn HistoryChoice(product: Slug) -> impl IntoView {
    let is_asked = signed_in().is_none() && Visitor::current().is_ok_and(|visitor| visitor.keeps_history.is_none());
    let agreed = signed_in().is_none() && Visitor::current().is_ok_and(|visitor| visitor.keeps_history == Some(true));
    if !is_asked {
        // Where the answer leads back to.
        return agreed
            .then(|| {
                view! { <p class="history-link" id="history-choice">
                    <a href="/history">"Your browsing history"</a>
                </p> }
            })
            .into_any();
    }
    view! {
        <section class="history-choice" id="history-choice" aria-labelledby="history-choice-title">
            <Icon glyph=Glyph::Clock />
            <div>
                <h2 id="history-choice-title">"Remember what you look at?"</h2>
                <p>
                    {format!(
                        "You find it again, and see what goes with it. It stays with this browser for {MAX_VIEWED_DAYS} days at most, and you can clear it at any time.",
                    )}
                </p>
            </div>
            <form class="row" method="post" action=ChooseHistory::url()>
                <input type="hidden" name="product" value=product.to_string() />
                <button class="button button--small" type="submit" name="kept" value="yes">
                    "Remember"
                </button>
                <button class="button button--small button--quiet" type="submit" name="kept" value="no">
                    "No, thanks"
                </button>
            </form>
        </section>
    }
    .into_any()
}
