//! A plan as queries of the index.

use std::collections::BTreeMap;

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::budget::Budget;
use super::plan::{Phrase, Plan, Variant};
use super::schema::{Fields, joined_word};
use super::weights::Weights;

/// Words of core, and of descriptions, that the nearest are looked for by, the rarest first.
const MAX_LOOKED_UP: usize = 24;

impl Plan {
    /// Every product that has all words, each in one of its forms; `None` where a word is in none.
    pub(super) fn complete(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        let mut clauses = self.required(fields, true);
        for (place, wanted) in self.wanted.iter().enumerate() {
            if wanted.is_small {
                continue;
            }
            // Another word, or the word in another form, weighs less than the word itself.
            let mut forms: BTreeMap<&str, f32> = BTreeMap::new();
            for form in self.forms(place) {
                let quality = forms.entry(&form.word).or_default();
                *quality = quality.max(form.quality);
            }
            let terms = forms.into_iter().map(|(word, quality)| weighed(term(fields.core, word), quality));
            let mut terms: Vec<Box<dyn Query>> = terms.collect();
            match terms.len() {
                0 => return None,
                1 => clauses.extend(terms.pop().map(|only| (Occur::Must, only))),
                // A product that has several forms of one word has it once.
                _ => clauses.push((Occur::Must, Box::new(DisjunctionMaxQuery::new(terms)))),
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

    /// Every product that has some of the words, in core or in its description: the rarest words first, and
    /// as many as [`Budget::to_visit`] allows, but at least one.
    pub(super) fn nearest(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        weights: &Weights,
        budget: &Budget,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut variants: Vec<&Variant> = self.variants.iter().collect();
        variants.sort_by_key(|variant| variant.products);
        variants.dedup_by(|a, b| a.word == b.word);
        variants.truncate(MAX_LOOKED_UP);
        let mut words: Vec<(u64, Field, &str, f32)> = Vec::new();
        for variant in variants {
            let share = if variant.share < 1.0 { weights.part_retrieved } else { 1.0 };
            let boost = variant.quality * share * self.importance(variant, weights);
            words.push((variant.products, fields.core, variant.word.as_str(), boost));
        }
        let mut described = Vec::new();
        for wanted in self.wanted.iter().filter(|wanted| !wanted.is_small) {
            let products = searcher.doc_freq(&Term::from_field_text(fields.body, &wanted.word))?;
            if products > 0 {
                described.push((products, fields.body, wanted.word.as_str(), weights.body_retrieved));
            }
        }
        described.sort_by_key(|(products, ..)| *products);
        words.extend(described.into_iter().take(MAX_LOOKED_UP));
        words.sort_by_key(|(products, ..)| *products);
        let (mut visited, most) = (0, budget.to_visit());
        let mut some: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (products, field, word, boost) in words {
            visited += products;
            if visited > most && !some.is_empty() {
                break;
            }
            some.push((Occur::Should, weighed(term(field, word), boost)));
        }
        if some.is_empty() {
            return Ok(None);
        }
        let mut clauses = self.required(fields, false);
        if clauses.is_empty() {
            return Ok(Some(Box::new(BooleanQuery::new(some))));
        }
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(some))));
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    /// What must and what must not be there, whatever else matches.
    fn required(&self, fields: &Fields, with_phrases: bool) -> Vec<(Occur, Box<dyn Query>)> {
        let phrases = self.phrases.iter().filter(|_| with_phrases);
        let phrases = phrases.filter_map(|required| Some((Occur::Must, phrase(fields.body, required)?)));
        let brands = self.brands.iter().map(|brand| (Occur::Must, term(fields.core, brand)));
        let excluded = self.excluded.iter().flat_map(|excluded| match excluded.words.as_slice() {
            [word] => vec![term(fields.core, word), term(fields.core, &joined_word(word))],
            _ => phrase(fields.body, excluded).into_iter().collect(),
        });
        let mut excluded: Vec<Box<dyn Query>> = excluded.collect();
        if excluded.len() > 1 && !self.has_words() && self.brands.is_empty() {
            // Every product would be held against each of them; together they are gone over once.
            excluded = vec![Box::new(BooleanQuery::union(excluded))];
        }
        phrases.chain(brands).chain(excluded.into_iter().map(|query| (Occur::MustNot, query))).collect()
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn weighed(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    if weight < 1.0 { Box::new(BoostQuery::new(query, weight)) } else { query }
}

fn phrase(field: Field, phrase: &Phrase) -> Option<Box<dyn Query>> {
    match phrase.words.as_slice() {
        [] => None,
        [word] => Some(term(field, word)),
        words if phrase.is_side_by_side => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Some(Box::new(PhraseQuery::new(terms)))
        }
        words => Some(Box::new(BooleanQuery::intersection(words.iter().map(|word| term(field, word)).collect()))),
    }
}
