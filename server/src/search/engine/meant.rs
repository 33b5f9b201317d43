//! Words of a query that the index does not know: model numbers with another ending, and misspelt
//! words.

use std::collections::BTreeMap;

use domain::search::query::{Clause, Query};
use domain::search::{Correction, SearchText};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::budget::Budget;
use super::find::Snapshot;
use super::letters::{folded, is_unspaced, respelt, runs};
use super::lexicon::Lexicon;
use super::model::MIN_BYTES as MIN_MODEL_BYTES;
use super::plan::{Plan, Variant, Wanted, idf};
use super::schema::{Fields, joined_word};
use super::weights::Weights;
use super::words::Piece;

/// Misspelt words that one query is corrected in.
const MAX_CORRECTED: usize = 3;
/// Longer words that a beginning stands for.
const MAX_LONGER: usize = 4;

impl Plan {
    /// Model numbers are written with and without their endings: `49UK7550PLA`, `49UK7550`. An unknown
    /// one is looked for by its longest known beginning, and as the beginning of longer ones.
    fn shorten(
        &mut self,
        pieces: &[Piece],
        searcher: &Searcher,
        fields: &Fields,
        weights: &Weights,
    ) -> tantivy::Result<()> {
        for (place, piece) in pieces.iter().enumerate() {
            let word = piece.word.as_str();
            let is_model = self.wanted[place].has_digit() && !piece.is_measure && word.len() > MIN_MODEL_BYTES;
            if self.wanted[place].is_known || !is_model {
                continue;
            }
            let mut known = Vec::new();
            for end in (MIN_MODEL_BYTES.max(word.len() / 2)..word.len()).rev().filter(|end| word.is_char_boundary(*end))
            {
                let shorter = &word[..end];
                if !shorter.bytes().any(|byte| byte.is_ascii_digit()) {
                    break;
                }
                for form in [shorter.to_owned(), joined_word(shorter)] {
                    let products = searcher.doc_freq(&Term::from_field_text(fields.core, &form))?;
                    if products > 0 {
                        known.push((form, end as f32 / word.len() as f32, products));
                    }
                }
                if !known.is_empty() {
                    break;
                }
            }
            let mut longer = beginning_with(searcher, fields.core, word)?;
            longer.extend(beginning_with(searcher, fields.core, &joined_word(word))?);
            for (longer, products) in longer {
                let share = word.len() as f32 / longer.len() as f32;
                known.push((longer, share, products));
            }
            for (word, share, products) in known {
                self.wanted[place].is_known = true;
                let quality = weights.beginning * share;
                self.variants.push(Variant {
                    word,
                    first: place,
                    last: place,
                    quality,
                    share: 1.0,
                    products,
                    weighed_as: products,
                    is_one_word: true,
                });
            }
        }
        Ok(())
    }

    /// Finds what unknown words may have been meant to be. A word that the index knows stays as it is.
    pub(super) fn correct(
        &mut self,
        pieces: &[Piece],
        searcher: &Searcher,
        fields: &Fields,
        weights: &Weights,
        budget: &Budget,
    ) -> tantivy::Result<()> {
        let mut corrected = 0;
        self.shorten(pieces, searcher, fields, weights)?;
        for (place, piece) in pieces.iter().enumerate() {
            let wanted = &mut self.wanted[place];
            if wanted.is_known || wanted.is_listed || piece.is_measure || corrected == MAX_CORRECTED {
                continue;
            }
            if searcher.doc_freq(&Term::from_field_text(fields.body, &piece.word))? > 0 {
                wanted.is_known = true;
                continue;
            }
            corrected += 1;
            let near = budget.neighbours(searcher, fields.core, &piece.word)?;
            self.is_guess |= near.len() > 1;
            for near in near {
                if wanted.corrected.is_none() {
                    wanted.corrected = Some(near.word.clone());
                    wanted.idf = idf(near.products, searcher.num_docs());
                }
                let quality = if near.edits == 1 { weights.one_edit } else { weights.two_edits };
                self.variants.push(Variant {
                    word: near.word,
                    first: place,
                    last: place,
                    quality,
                    share: 1.0,
                    products: near.products,
                    weighed_as: near.products,
                    is_one_word: true,
                });
            }
        }
        Ok(())
    }

    /// The query with the words that are looked for instead of misspelt ones; `None` where all are
    /// looked for as they are.
    pub(super) fn corrected(&self, query: &Query, lexicon: &Lexicon) -> Option<Correction> {
        let instead = self.instead(lexicon);
        let misspelt = self.wanted.iter().filter(|wanted| wanted.corrected.is_some());
        (!instead.is_empty()).then(|| Correction {
            text: respelt_query(query, &instead),
            misspelt: misspelt.map(|wanted| as_typed(query, wanted)).collect(),
            is_guess: self.is_guess,
        })
    }

    /// What is looked for instead of misspelt words, as the catalog writes it.
    fn instead(&self, lexicon: &Lexicon) -> BTreeMap<&str, String> {
        let corrected = self.wanted.iter().filter_map(|wanted| Some((wanted, wanted.corrected.as_deref()?)));
        corrected.map(|(wanted, word)| (wanted.typed.as_str(), lexicon.spelt(word))).collect()
    }

    /// The query with rare words replaced by neighbours that are far more frequent; `None` where there
    /// are none.
    pub(super) fn did_you_mean(
        &self,
        query: &Query,
        snapshot: &Snapshot,
        fields: &Fields,
        budget: &Budget,
    ) -> tantivy::Result<Option<SearchText>> {
        const RARE: u64 = 2;
        const TIMES_MORE: u64 = 20;
        let mut instead = self.instead(&snapshot.lexicon);
        let mut replaced = 0;
        for wanted in &self.wanted {
            let is_rare = wanted.is_known && (1..=RARE).contains(&wanted.products);
            let may_be_wrong = !wanted.has_digit() && !wanted.is_listed;
            if is_rare && may_be_wrong && replaced < MAX_CORRECTED {
                let near = budget.neighbours(&snapshot.searcher, fields.core, &wanted.word)?;
                if let Some(near) = near.first().filter(|near| near.products >= TIMES_MORE * wanted.products) {
                    instead.insert(wanted.typed.as_str(), snapshot.lexicon.spelt(&near.word));
                    replaced += 1;
                }
            }
        }
        Ok((replaced > 0).then(|| respelt_query(query, &instead)))
    }

    /// Words that no product has in any form; also misspelt ones, unless it is `certain` what they
    /// were meant to be.
    pub(super) fn unknown(&self, query: &Query, certain: bool) -> Vec<String> {
        let unknown = self.wanted.iter().filter(|wanted| !(wanted.is_known || certain && wanted.corrected.is_some()));
        let mut words: Vec<String> = unknown.map(|wanted| as_typed(query, wanted)).collect();
        words.dedup();
        words
    }
}

/// A query with other words instead of some of its own, which are folded here.
fn respelt_query(query: &Query, instead: &BTreeMap<&str, String>) -> SearchText {
    query.respelt(|text| respelt(text, |word| instead.get(folded(word).as_str()).cloned()))
}

/// What a query wants as it stands there: a size with its unit, what is written without spaces as a whole.
fn as_typed(query: &Query, wanted: &Wanted) -> String {
    let measure = query.clauses().iter().find_map(|clause| match clause {
        Clause::Measure { text, measure } => {
            measure.split(' ').any(|word| word == wanted.word).then_some(text.as_str())
        }
        _ => None,
    });
    let find = |is_it: &dyn Fn(&str) -> bool| runs(query.text().as_str()).find(|run| is_it(&folded(run)));
    let word = wanted.typed.as_str();
    let run = || find(&|run| run == word).or_else(|| find(&|run| word.starts_with(is_unspaced) && run.contains(word)));
    measure.or_else(run).unwrap_or(word).to_owned()
}

/// The first longer words of the index that begin with a word.
fn beginning_with(searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<(String, u64)>> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().range().gt(word.as_bytes()).into_stream()?;
        for _ in 0..MAX_LONGER {
            if !terms.advance() {
                break;
            }
            match std::str::from_utf8(terms.key()) {
                Ok(longer) if longer.starts_with(word) => {
                    *found.entry(longer.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
                _ => break,
            }
        }
    }
    Ok(found.into_iter().take(MAX_LONGER).collect())
}
