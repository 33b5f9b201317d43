use domain::catalog::listing::{ProductCard, Sort};
use domain::search::Explanation;
use leptos::prelude::*;

use crate::catalog::card::product_path;

/// The pair of an address that asks for explanations. It is no part of the canonical address.
pub(super) const PARAMETER: (&str, &str) = ("explain", "1");

/// The address that explains the results of another one, which is that of a search.
pub(super) fn why(address: &str) -> String {
    format!("{address}&{}={}", PARAMETER.0, PARAMETER.1)
}

/// Why each result stands where it stands, for those who run the store; the way to it where they have
/// not asked.
#[component]
pub fn Explained(
    cards: Vec<ProductCard>,
    explanations: Vec<Explanation>,
    sort: Sort,
    /// Whether they asked.
    asked: bool,
    /// The address that explains them.
    ask: String,
) -> impl IntoView {
    if !asked {
        return view! {
            <p class="explained">
                <a href=ask rel="nofollow">
                    "Why this order?"
                </a>
                <span class="soft small">" Only operators see this."</span>
            </p>
        }
        .into_any();
    }
    if sort != Sort::Featured {
        let words = format!("Sorted by “{}”, then by id; what has all words stands first.", sort.label());
        return view! { <p class="explained">{words}</p> }.into_any();
    }
    if explanations.is_empty() {
        return ().into_any();
    }
    let rows = explanations
        .into_iter()
        .filter_map(|explanation| {
            let card = cards.iter().find(|card| card.id == explanation.product)?;
            Some(row(card, &explanation))
        })
        .collect_view();
    view! {
        <details class="explained" open>
            <summary>"Why this order"</summary>
            <p>
                "A score is the sum of its parts, each how far it is fulfilled times its weight. "
                "The first results stand in the order of their scores, those far behind in that of BM25 and standing."
            </p>
            <ol>{rows}</ol>
        </details>
    }
    .into_any()
}

fn row(card: &ProductCard, explanation: &Explanation) -> AnyView {
    let parts = explanation.parts.iter().map(|part| {
        format!(
            "{} {} × {} = {}",
            part.name,
            decimal(part.value_thousandths),
            decimal(part.weight_thousandths),
            decimal(part.score_thousandths()),
        )
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    view! {
        <li>
            <a href=product_path(card)>{card.title.to_string()}</a>
            " "
            <b>{decimal(explanation.score_thousandths())}</b>
            ": "
            {parts}
        </li>
    }
    .into_any()
}

fn decimal(thousandths: u32) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_has_an_address_of_its_own() {
        assert_eq!(why("/search?q=lamp&sort=newest"), "/search?q=lamp&sort=newest&explain=1");
    }

    #[test]
    fn thousandths_are_read_as_decimals() {
        assert_eq!([0, 45, 1_000, 12_345].map(decimal), ["0.000", "0.045", "1.000", "12.345"]);
    }
}
