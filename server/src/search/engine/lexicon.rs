//! What typed letters may become: words and pairs of words that titles have, shelves and brands, as
//! they are written. Kept in memory, made anew when enough of the catalog has changed.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use domain::catalog::{Brand, CategoryId};
use tantivy::termdict::TermMerger;
use tantivy::{Searcher, Term};

use super::letters::folded;
use super::plurals::singular;
use super::register::{Register, Value};
use super::schema::{Fields, PAIR_SEPARATOR, brand_word};
use super::spellings::one_spelling;

/// Words and pairs that are kept, the most frequent.
const MAX_PHRASES: usize = 200_000;
/// With more of them counted, all but the most frequent are forgotten: a catalog of any size is counted in the
/// same memory.
const MAX_COUNTED: usize = 2 * MAX_PHRASES;
/// Prefixes of so few letters have their best completions ready.
const READY_CHARS: usize = 3;
/// Completions that are ready for each.
const READY: usize = 16;
/// Words that begin like one that is to be shown and may be another form of it.
const MAX_FORMS: usize = 4_000;
/// In a catalog of so many products, a pair that only one title has is chance.
const LARGE_CATALOG: u64 = 20_000;

/// What has changed at all is told from then on.
const MAX_AGE: Duration = Duration::from_mins(10);

/// A text with the number of products that have it.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Folded, as it is compared.
    pub(super) text: Box<str>,
    /// As titles write it most often, where that is not the same.
    spelt: Option<Box<str>>,
    pub(super) products: u32,
}

impl Phrase {
    /// As it is shown.
    pub(super) fn spelt(&self) -> &str {
        self.spelt.as_deref().unwrap_or(&self.text)
    }
}

#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By text.
    phrases: Vec<Phrase>,
    /// The most frequent phrases that begin with a few letters.
    ready: HashMap<Box<str>, Vec<u32>>,
    categories: Vec<(Box<str>, CategoryId)>,
    brands: Vec<(Box<str>, Brand, u64)>,
    /// How many operations had changed the index when it was made; `None` before the first.
    operations: Option<u64>,
    made: Option<Instant>,
}

impl Lexicon {
    pub(super) fn new(
        searcher: &Searcher,
        fields: &Fields,
        register: &Register,
        operations: u64,
    ) -> tantivy::Result<Self> {
        let phrases = phrases(searcher, fields)?;
        let categories = categories(register);
        let mut brands = Vec::new();
        for value in register.values() {
            let Value::Brand(brand) = value else { continue };
            let products = searcher.doc_freq(&Term::from_field_text(fields.core, &brand_word(brand.as_str())))?;
            if products > 0 {
                brands.push((folded(brand.as_str()).into_boxed_str(), brand.clone(), products));
            }
        }
        let ready = ready(&phrases);
        Ok(Self { phrases, ready, categories, brands, operations: Some(operations), made: Some(Instant::now()) })
    }

    /// Whether so much has changed, of so many products by so many operations, that suggestions are worth making
    /// anew; a little is, when they are old.
    pub(super) fn is_outdated(&self, products: u64, operations: u64) -> bool {
        const CHANGED_PERCENT: u64 = 2;
        let Some(known) = self.operations else { return true };
        let changed = operations.abs_diff(known);
        let is_old = self.made.is_none_or(|made| made.elapsed() >= MAX_AGE);
        changed * 100 > products * CHANGED_PERCENT || changed > 0 && is_old
    }

    /// The most frequent phrases that begin with some letters, at most `limit`.
    pub(super) fn completions(&self, prefix: &str, limit: usize) -> Vec<&Phrase> {
        if prefix.is_empty() {
            return Vec::new();
        }
        if prefix.chars().count() <= READY_CHARS {
            let ready = self.ready.get(prefix).map_or(&[][..], Vec::as_slice);
            return ready.iter().take(limit).filter_map(|index| self.phrases.get(*index as usize)).collect();
        }
        let start = self.phrases.partition_point(|phrase| *phrase.text < *prefix);
        let mut found: Vec<&Phrase> =
            self.phrases[start..].iter().take_while(|phrase| phrase.text.starts_with(prefix)).collect();
        found.sort_by_key(|phrase| (std::cmp::Reverse(phrase.products), phrase.text.len()));
        found.truncate(limit);
        found
    }

    /// All phrases, by their text.
    pub(super) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Words that begin with some letters, for comparing them with a misspelt one.
    pub(super) fn words_with(&self, prefix: &str) -> impl Iterator<Item = &Phrase> {
        let start = self.phrases.partition_point(|phrase| *phrase.text < *prefix);
        let here = self.phrases[start..].iter().take_while(move |phrase| phrase.text.starts_with(prefix));
        here.filter(|phrase| !phrase.text.contains(' '))
    }

    /// How titles write a word of the index most often, or a brand; the word itself where neither has it.
    pub(super) fn spelt(&self, word: &str) -> String {
        // Several of a thing are written with other last letters than one of it.
        let stem = word.char_indices().rev().nth(1).map_or(word, |(end, _)| &word[..end]);
        let forms = [word, stem].into_iter().flat_map(|beginning| self.words_with(beginning).take(MAX_FORMS));
        let most =
            forms.filter(|phrase| one_spelling(singular(&phrase.text)) == word).max_by_key(|phrase| phrase.products);
        let brand = || self.brands.iter().find(|(name, ..)| name.starts_with(stem) && singular(name) == word);
        most.map(|phrase| phrase.spelt().to_owned())
            .or_else(|| brand().map(|(_, brand, _)| brand.to_string()))
            .unwrap_or_else(|| word.to_owned())
    }

    /// Shelves whose name has a word that begins with the letters, those higher up first.
    pub(super) fn categories(&self, prefix: &str, limit: usize) -> Vec<CategoryId> {
        let matching = self.categories.iter().filter(|(name, _)| begins_a_word(name, prefix));
        matching.take(limit).map(|(_, id)| id.clone()).collect()
    }

    /// Brands with a word that begins with the letters, those of most products first.
    pub(super) fn brands(&self, prefix: &str, limit: usize) -> Vec<Brand> {
        let mut found: Vec<_> = self.brands.iter().filter(|(name, ..)| begins_a_word(name, prefix)).collect();
        found.sort_by_key(|(name, _, products)| (!name.starts_with(prefix), std::cmp::Reverse(*products)));
        found.into_iter().take(limit).map(|(_, brand, _)| brand.clone()).collect()
    }
}

fn begins_a_word(name: &str, prefix: &str) -> bool {
    name.starts_with(prefix) || name.match_indices(' ').any(|(at, _)| name[at + 1..].starts_with(prefix))
}

/// How often a text was found, however it is spelt.
#[derive(Debug, Default)]
struct Counted {
    products: u32,
    /// The spelling of the most products, where it is not the text itself.
    spelt: Option<Box<str>>,
    most: u32,
}

fn phrases(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<Phrase>> {
    let least = if searcher.num_docs() > LARGE_CATALOG { 2 } else { 1 };
    let indexes = searcher.segment_readers().iter().map(|segment| segment.inverted_index(fields.written));
    let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<std::io::Result<Vec<_>>>()?;
    let mut counted: HashMap<Box<str>, Counted> = HashMap::new();
    // Each spelling comes once, with what all segments have of it: what is forgotten was seen in full.
    let mut terms = TermMerger::new(streams);
    while terms.advance() {
        let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
        let spelt = text.replace(PAIR_SEPARATOR, " ");
        let products: u32 = terms.current_segment_ords_and_term_infos().map(|(_, term)| term.doc_freq).sum();
        let text = folded(&spelt);
        let spelt = (spelt != text).then(|| spelt.into_boxed_str());
        let of_text = counted.entry(text.into_boxed_str()).or_default();
        of_text.products += products;
        if products > of_text.most {
            (of_text.most, of_text.spelt) = (products, spelt);
        }
        if counted.len() > MAX_COUNTED {
            forget_rarest(&mut counted, MAX_PHRASES);
        }
    }
    let mut phrases: Vec<Phrase> = counted
        .into_iter()
        .filter(|(text, counted)| counted.products >= least || !text.contains(' '))
        .map(|(text, Counted { spelt, products, .. })| Phrase { text, spelt, products })
        .collect();
    if phrases.len() > MAX_PHRASES {
        phrases.select_nth_unstable_by_key(MAX_PHRASES, |phrase| std::cmp::Reverse(phrase.products));
        phrases.truncate(MAX_PHRASES);
    }
    phrases.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    Ok(phrases)
}

/// Keeps at most so many texts, those of the most products; of several that are as rare all or none.
fn forget_rarest(counted: &mut HashMap<Box<str>, Counted>, kept: usize) {
    let mut products: Vec<u32> = counted.values().map(|counted| counted.products).collect();
    if kept < products.len() {
        let (_, least, _) = products.select_nth_unstable_by_key(kept, |products| std::cmp::Reverse(*products));
        let least = *least;
        counted.retain(|_, counted| counted.products > least);
    }
}

fn ready(phrases: &[Phrase]) -> HashMap<Box<str>, Vec<u32>> {
    let mut ready: HashMap<Box<str>, Vec<u32>> = HashMap::new();
    let products = |index: &u32| std::cmp::Reverse(phrases[*index as usize].products);
    for (index, phrase) in (0_u32..).zip(phrases) {
        for (at, c) in phrase.text.char_indices().take(READY_CHARS) {
            let best = ready.entry(phrase.text[..at + c.len_utf8()].into()).or_default();
            let place = best.partition_point(|known| products(known) <= products(&index));
            if place < READY {
                best.insert(place, index);
                best.truncate(READY);
            }
        }
    }
    ready
}

/// Every shelf with products on it or below it, by its name.
fn categories(register: &Register) -> Vec<(Box<str>, CategoryId)> {
    let lineages = register.values().iter().filter_map(|value| match value {
        Value::Category(lineage) => Some(lineage),
        _ => None,
    });
    let mut all: Vec<CategoryId> = lineages.flatten().cloned().collect();
    all.sort_by(|a, b| a.as_str().len().cmp(&b.as_str().len()).then_with(|| a.cmp(b)));
    all.dedup();
    let name = |id: &CategoryId| id.as_str().rsplit('/').next().unwrap_or_default().replace('-', " ");
    all.into_iter().map(|id| (name(&id).into_boxed_str(), id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_are_forgotten_and_no_more_are_kept_than_there_is_room_for() {
        let kept = |room: usize| {
            let products = [("lamp", 9), ("desk", 4), ("desk lamp", 4), ("stool", 1)];
            let counted =
                products.map(|(text, products)| (Box::from(text), Counted { products, ..Counted::default() }));
            let mut counted = HashMap::from(counted);
            forget_rarest(&mut counted, room);
            let mut texts: Vec<Box<str>> = counted.into_keys().collect();
            texts.sort();
            texts.join(" | ")
        };
        assert_eq!(kept(4), "desk | desk lamp | lamp | stool");
        assert_eq!(kept(3), "desk | desk lamp | lamp");
        // Chance does not choose between two.
        assert_eq!(kept(2), "lamp");
        assert_eq!(kept(0), "");
    }
}
