//! Suggestions while somebody types.

use std::collections::HashSet;
use std::sync::OnceLock;

use domain::search::SearchText;
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

use super::answer::{Completion, Suggestions};
use super::letters::{chars_spelt, folded, spelt};
use super::lexicon::Lexicon;

/// Shorter beginnings are not corrected: they may still become anything.
const MIN_CORRECTED_CHARS: usize = 4;
/// Words of the catalog that a misspelt beginning is compared with.
const MAX_COMPARED: usize = 4_000;

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
        if queries.len() < limit && folded(&text) != typed.trim_end() && seen.insert(text.clone()) {
            queries.push(Completion { text: SearchText::from(text), typed_chars });
        }
    };
    let typed_chars = |text: &str| chars_spelt(text, typed.len());
    let (_, before) = split(head);
    let (shown_earlier, _) = split(shown_head);
    let pair = if before.is_empty() { last.to_owned() } else { format!("{before} {last}") };
    for phrase in lexicon.completions(&pair, limit + 1) {
        let text = joined(shown_earlier, phrase.spelt());
        let typed_chars = typed_chars(&text);
        add(text, typed_chars, &mut queries);
    }
    if queries.is_empty() && !before.is_empty() {
        for phrase in lexicon.completions(last, limit + 1) {
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
    let mut letters = last.chars();
    let Some(first) = letters.next().filter(|_| last.chars().count() >= MIN_CORRECTED_CHARS) else {
        return Vec::new();
    };
    let near = BUILDER.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)).build_prefix_dfa(last);
    let mut found: Vec<_> = lexicon
        .words_with(first.encode_utf8(&mut [0; 4]))
        .take(MAX_COMPARED)
        .filter(|phrase| matches!(near.eval(&*phrase.text), Distance::Exact(_)))
        .collect();
    if found.is_empty() {
        let beginnings = other_beginnings(first, letters.as_str());
        found = beginnings.iter().flat_map(|beginning| lexicon.words_with(beginning)).take(MAX_COMPARED).collect();
    }
    found.sort_by_key(|phrase| std::cmp::Reverse(phrase.products));
    found.into_iter().take(limit).map(|phrase| phrase.spelt().to_owned()).collect()
}

/// What may have been meant where the slip is in the first letter: another one, one that was left out, one too
/// many, or the first two swapped. Each is looked up whole, so that it takes no longer than what begins rightly.
fn other_beginnings(first: char, rest: &str) -> Vec<String> {
    let replaced = ('a'..='z').map(|letter| format!("{letter}{rest}"));
    let left_out = ('a'..='z').map(|letter| format!("{letter}{first}{rest}"));
    let swapped = rest.chars().next().map(|second| format!("{second}{first}{}", &rest[second.len_utf8()..]));
    std::iter::once(rest.to_owned()).chain(replaced).chain(left_out).chain(swapped).collect()
}
