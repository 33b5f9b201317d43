//! A plan as queries of the index.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::plan::{Plan, Variant};
use super::schema::Fields;
use super::weights::Weights;

/// Words of the index that are looked up for one query, the rarest first.
const MAX_LOOKED_UP: usize = 24;

impl Plan {
    /// Every product that has all words, each in one of its forms; `None` where a word is in none.
    pub(super) fn complete(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        let mut clauses = self.required(fields, true);
        for (place, wanted) in self.wanted.iter().enumerate() {
            if wanted.is_small {
                continue;
            }
            let forms: BTreeSet<&str> = self
                .variants
                .iter()
                .filter(|variant| variant.share >= 1.0 && variant.is_one_word)
                .filter(|variant| (variant.first..=variant.last).contains(&place))
                .map(|variant| variant.word.as_str())
                .collect();
            let mut terms = forms.into_iter().map(|word| term(fields.core, word));
            let first = terms.next()?;
            let rest: Vec<_> = terms.collect();
            if rest.is_empty() {
                clauses.push((Occur::Must, first));
            } else {
                let forms = std::iter::once(first).chain(rest).map(|query| (Occur::Should, query)).collect();
                clauses.push((Occur::Must, Box::new(BooleanQuery::new(forms))));
            }
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        // One word alone is found faster than one word of several.
        match clauses.pop() {
            Some((Occur::Must, only)) if clauses.is_empty() => Some(only),
            last => Some(Box::new(BooleanQuery::new(clauses.into_iter().chain(last).collect()))),
        }
    }

    /// Every product that has some of the words, in core or in its description.
    pub(super) fn nearest(&self, fields: &Fields, weights: &Weights) -> Option<Box<dyn Query>> {
        let mut variants: Vec<&Variant> = self.variants.iter().collect();
        variants.sort_by_key(|variant| variant.products);
        variants.dedup_by(|a, b| a.word == b.word);
        variants.truncate(MAX_LOOKED_UP);
        let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for variant in variants {
            let share = if variant.share < 1.0 { weights.part_retrieved } else { 1.0 };
            let boost = variant.quality * share * self.importance(variant, weights);
            words.push((Occur::Should, Box::new(BoostQuery::new(term(fields.core, &variant.word), boost))));
        }
        for wanted in self.wanted.iter().filter(|wanted| !wanted.is_small) {
            let query = term(fields.body, &wanted.word);
            words.push((Occur::Should, Box::new(BoostQuery::new(query, weights.body_retrieved))));
        }
        if words.is_empty() {
            return None;
        }
        let mut clauses = self.required(fields, false);
        if clauses.is_empty() {
            return Some(Box::new(BooleanQuery::new(words)));
        }
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(words))));
        Some(Box::new(BooleanQuery::new(clauses)))
    }

    /// What must and what must not be there, whatever else matches.
    fn required(&self, fields: &Fields, with_phrases: bool) -> Vec<(Occur, Box<dyn Query>)> {
        let phrases = self.phrases.iter().filter(|_| with_phrases);
        let phrases = phrases.filter_map(|words| Some((Occur::Must, phrase(fields.body, words)?)));
        let brands = self.brands.iter().map(|brand| (Occur::Must, term(fields.core, brand)));
        let excluded = self.excluded.iter().filter_map(|words| match words.as_slice() {
            [word] => Some((Occur::MustNot, term(fields.core, word))),
            words => Some((Occur::MustNot, phrase(fields.body, words)?)),
        });
        phrases.chain(brands).chain(excluded).collect()
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn phrase(field: Field, words: &[String]) -> Option<Box<dyn Query>> {
    match words {
        [] => None,
        [word] => Some(term(field, word)),
        words => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Some(Box::new(PhraseQuery::new(terms)))
        }
    }
}
