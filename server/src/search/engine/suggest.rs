//! Suggestions while somebody types.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::OnceLock;

use domain::search::SearchText;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use super::answer::{Completion, Suggestions};
use super::letters::{chars_spelt, folded, spelt};
use super::lexicon::{Lexicon, Phrase};
use super::plan::SMALL_WORDS;

/// Shorter beginnings are not corrected: they may still become anything.
const MIN_CORRECTED_CHARS: usize = 4;
/// Words of the catalog that a misspelt beginning is compared with; of a million products, it is some hundreds.
const MAX_STEPS: usize = 5_000;
/// Completions that are looked at for each that is shown: some end in the middle of a phrase.
const LOOKED_AT: usize = 3;

/// What the typed letters may become, but for the products.
pub(super) fn suggestions(lexicon: &Lexicon, typed: &str, limit: usize) -> Suggestions {
    // A space behind the last word says that it is whole.
    let is_whole = typed.ends_with(char::is_whitespace);
    let (mut shown, mut typed) = (spelt(typed), folded(typed));
    if typed.is_empty() {
        return Suggestions::default();
    }
    if is_whole {
        shown.push(' ');
        typed.push(' ');
    }
    let (head, last) = split(&typed);
    let (shown_head, _) = split(&shown);
    let mut queries: Vec<Completion> = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |text: String, typed_chars: usize, queries: &mut Vec<Completion>| {
        let is_open_ended = split(&text).1.to_lowercase();
        if queries.len() < limit
            && !SMALL_WORDS.contains(&is_open_ended.as_str())
            && folded(&text) != typed.trim_end()
            && seen.insert(text.clone())
        {
            queries.push(Completion { text: SearchText::from(text), typed_chars });
        }
    };
    let typed_chars = |text: &str| chars_spelt(text, typed.len());
    let (_, before) = split(head);
    let (shown_earlier, _) = split(shown_head);
    let pair = if before.is_empty() { last.to_owned() } else { format!("{before} {last}") };
    for phrase in lexicon.completions(&pair, LOOKED_AT * limit) {
        let text = joined(shown_earlier, phrase.spelt());
        let typed_chars = typed_chars(&text);
        add(text, typed_chars, &mut queries);
    }
    if queries.is_empty() && !before.is_empty() {
        for phrase in lexicon.completions(last, LOOKED_AT * limit) {
            let text = joined(shown_head, phrase.spelt());
            let typed_chars = typed_chars(&text);
            add(text, typed_chars, &mut queries);
        }
    }
    if queries.is_empty() {
        for word in respelt(lexicon, last, limit) {
            add(joined(shown_head, &word), 0, &mut queries);
        }
    }
    let shelf = typed.trim_end();
    Suggestions {
        queries,
        categories: lexicon.categories(shelf, limit),
        brands: lexicon.brands(shelf, limit),
        products: Vec::new(),
    }
}

/// A text and its last word.
fn split(text: &str) -> (&str, &str) {
    text.rsplit_once(' ').unwrap_or(("", text))
}

fn joined(head: &str, rest: &str) -> String {
    if head.is_empty() { rest.to_owned() } else { format!("{head} {rest}") }
}

/// Words that begin with something one edit away from the letters, those whose first letter is right before
/// all others.
fn respelt(lexicon: &Lexicon, last: &str, limit: usize) -> Vec<String> {
    static BUILDER: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    let Some(first) = last.chars().next().filter(|_| last.chars().count() >= MIN_CORRECTED_CHARS) else {
        return Vec::new();
    };
    let near = BUILDER.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)).build_prefix_dfa(last);
    let mut found = accepted(lexicon.phrases(), &near);
    found.sort_by_key(|phrase| (!phrase.text.starts_with(first), Reverse(phrase.products)));
    found.into_iter().take(limit).map(|phrase| phrase.spelt().to_owned()).collect()
}

/// The words that an automaton accepts. Where it gives a word up, all that begin alike are passed over at once, so
/// that few of the words are looked at, however many there are.
fn accepted<'a>(phrases: &'a [Phrase], near: &DFA) -> Vec<&'a Phrase> {
    let (mut rest, mut found) = (phrases, Vec::new());
    for _ in 0..MAX_STEPS {
        let Some((phrase, behind)) = rest.split_first() else { break };
        let text = &*phrase.text;
        rest = match (given_up(near, text), text.find(' ')) {
            (Some(end), _) => behind_all(behind, &text[..end]),
            // Of pairs, their words stand for themselves.
            (None, Some(space)) => behind_all(behind, &text[..=space]),
            (None, None) => {
                if matches!(near.eval(text), Distance::Exact(_)) {
                    found.push(phrase);
                }
                behind
            }
        };
    }
    found
}

/// The end of the beginning that no word with it is accepted for.
fn given_up(near: &DFA, text: &str) -> Option<usize> {
    let mut state = near.initial_state();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        for byte in text[at..end].bytes() {
            state = near.transition(state, byte);
        }
        if state == SINK_STATE {
            return Some(end);
        }
    }
    None
}

/// What stands behind all phrases with a beginning that the first ones have.
fn behind_all<'a>(phrases: &'a [Phrase], beginning: &str) -> &'a [Phrase] {
    &phrases[phrases.partition_point(|phrase| phrase.text.starts_with(beginning))..]
}
