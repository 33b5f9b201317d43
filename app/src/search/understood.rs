//! What the store says about a search besides its results: how it was read, and what it could not
//! find.

use domain::catalog::listing::ListRequest;
use domain::pricing::Currency;
use domain::search::query::{Clause, Query};
use domain::search::{Correction, Results, SearchText};
use leptos::prelude::*;

use super::suggestions::search_path;
use crate::catalog::list::{ListAddress, count_in_words};
use crate::icon::{Glyph, Icon};

/// The parts of a query that are more than words, each with a way to leave it out.
#[component]
pub fn Understood(query: Query, address: ListAddress, request: ListRequest, currency: Currency) -> impl IntoView {
    let chips: Vec<(String, SearchText)> = query
        .clauses()
        .iter()
        .enumerate()
        .filter_map(|(place, clause)| Some((in_words(clause, currency)?, query.without(place))))
        .collect();
    if chips.is_empty() {
        return ().into_any();
    }
    let chips = chips
        .into_iter()
        .map(|(words, text)| {
            let href = if text.is_empty() {
                "/search".to_owned()
            } else {
                ListAddress { text, ..address.clone() }.of(&request)
            };
            view! {
                <li>
                    <a class="chip" href=href rel="nofollow">
                        {words}
                        " "
                        <Icon glyph=Glyph::Close class="icon icon--small" />
                        <span class="visually-hidden">", leave out"</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="understood">
            <p id="understood">"Understood as"</p>
            <ul class="chips" aria-labelledby="understood">
                {chips}
            </ul>
        </div>
    }
    .into_any()
}

/// A clause that is more than words, as a chip says it.
fn in_words(clause: &Clause, currency: Currency) -> Option<String> {
    Some(match clause {
        Clause::Word(_) | Clause::Measure { .. } => return None,
        Clause::Phrase(text) => format!("“{text}”"),
        Clause::Without(text) => format!("Without {text}"),
        Clause::Brand(brand) => format!("Brand {brand}"),
        Clause::Price { from, to } => {
            let from = from.map(|limit| limit.rounded_up(currency));
            let to = to.map(|limit| limit.rounded_down(currency));
            match (from, to) {
                (Some(from), Some(to)) => format!("{from} to {to}"),
                (Some(from), None) => format!("From {from}"),
                (None, Some(to)) => format!("Up to {to}"),
                (None, None) => return None,
            }
        }
    })
}

/// What had to be left out or changed for these results, said plainly.
#[component]
pub fn Remarks(query: Query, results: Results, currency: Currency) -> impl IntoView {
    let corrected = results.corrected.map(|Correction { text, misspelt, is_guess }| {
        let also = if is_guess { " and for other words that are spelt much like it." } else { "." };
        view! {
            <p>
                {format!("Nothing is called {}. These are the results for “", quoted(&misspelt))}
                <a href=search_path(&text)>{text.to_string()}</a> "”" {also}
            </p>
        }
    });
    let meant = results.did_you_mean.map(|text| {
        view! { <p>"Did you mean " <a href=search_path(&text)>{text.to_string()}</a> "?"</p> }
    });
    let given_up: Vec<String> = results.given_up.iter().filter_map(|clause| in_words(clause, currency)).collect();
    let is_relaxed = results.complete < results.list.total;
    let relaxed = is_relaxed.then(|| {
        let unknown = quoted(&results.unknown);
        let words = match (results.complete, unknown.is_empty()) {
            (0, true) if !given_up.is_empty() => {
                format!("No such product fits {}. These come nearest.", quoted(&given_up))
            }
            (0, false) if !given_up.is_empty() => {
                format!(
                    "No product has {unknown}, and none that is near fits {}. These come nearest.",
                    quoted(&given_up)
                )
            }
            (0, true) => "No product has all of these words. These come nearest.".to_owned(),
            (0, false) => format!("No product has {unknown}. These come nearest."),
            (complete, _) => {
                let verb = if complete == 1 { "has" } else { "have" };
                format!("{} {verb} all of these words and stand first; the others come near.", count_in_words(complete))
            }
        };
        view! { <p>{words}</p> }
    });
    let cut = cut_in_words(&query).map(|words| view! { <p>{words}</p> });
    let broad = results.was_cut_short.then(|| {
        view! { <p>"This search is very broad: not everything that comes near was looked at word by word."</p> }
    });
    let says_something =
        corrected.is_some() || meant.is_some() || relaxed.is_some() || cut.is_some() || broad.is_some();
    says_something.then(|| {
        view! {
            <div class="notice remarks">
                <Icon glyph=Glyph::Info />
                <div>{corrected} {meant} {relaxed} {cut} {broad}</div>
            </div>
        }
    })
}

/// What is said of a query that lost its end.
pub(super) fn cut_in_words(query: &Query) -> Option<&'static str> {
    let is_cut = query.was_cut() || query.left_out() > 0;
    is_cut.then_some("The search was very long: only its beginning counted.")
}

/// Words in quotes, as a sentence lists them: `“a”, “b” or “c”`.
pub(super) fn quoted(words: &[String]) -> String {
    let mut quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    match quoted.pop() {
        Some(last) if !quoted.is_empty() => format!("{} or {last}", quoted.join(", ")),
        last => last.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_a_word_is_said_in_words() {
        let said = |raw: &str| {
            let query = Query::parse(raw);
            query.clauses().iter().filter_map(|clause| in_words(clause, Currency::GBP)).collect::<Vec<_>>()
        };
        assert_eq!(said("desk lamp"), Vec::<String>::new());
        assert_eq!(said("lamp under 50 -red brand:Orla"), ["Up to £50.00", "Without red", "Brand Orla"]);
        assert_eq!(said("\"desk lamp\" between 20 and 40"), ["“desk lamp”", "£20.00 to £40.00"]);
    }

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        let words = |words: &[&str]| quoted(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&[]), "");
        assert_eq!(words(&["a"]), "“a”");
        assert_eq!(words(&["a", "b", "c"]), "“a”, “b” or “c”");
    }
}
