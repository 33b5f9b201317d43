//! What a query asks of the index: its pieces, and every word of the index that may stand for them.

use domain::search::query::{Clause, Query};
use tantivy::{Searcher, Term};

use super::budget::Budget;
use super::head::{head, is_number};
use super::model::{Model, models};
use super::schema::{Fields, brand_word, joined_word};
use super::synonyms::Synonyms;
use super::weights::Weights;
use super::words::{Form, Piece, joined, pieces};

/// Words that say little; a query of more than them does not insist on them.
pub(super) const SMALL_WORDS: [&str; 17] =
    ["a", "an", "and", "the", "for", "of", "in", "on", "with", "to", "by", "from", "or", "at", "w", "is", "&"];

/// A piece of the query.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// As it was typed, folded.
    pub(super) typed: String,
    /// The word of the index.
    pub(super) word: String,
    /// Products that have exactly this word.
    pub(super) products: u64,
    /// How much it tells, see [`idf`].
    pub(super) idf: f32,
    pub(super) is_small: bool,
    pub(super) form: Form,
    /// Whether the index knows it in some form.
    pub(super) is_known: bool,
    /// Whether it stands among the synonyms, alone or with its neighbours: then it is spelt right.
    pub(super) is_listed: bool,
    /// The word that is looked for instead.
    pub(super) corrected: Option<String>,
}

impl Wanted {
    /// Whether a digit is in it: it names a size or a model.
    pub(super) fn has_digit(&self) -> bool {
        self.word.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// A word of the index that stands for one or more pieces of the query.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) word: String,
    pub(super) first: usize,
    /// Included.
    pub(super) last: usize,
    /// How surely it means the same, up to 1.
    pub(super) quality: f32,
    /// How much of the piece it is; below 1 it is a part.
    pub(super) share: f32,
    /// Products that have it.
    pub(super) products: u64,
    /// How many products its score is made as if it had: another word for one tells no more than that does,
    /// however rare it is.
    pub(super) weighed_as: u64,
    /// Whether a product that has it may lack the pieces themselves.
    pub(super) is_one_word: bool,
}

/// Words that stand together in the query.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    /// Whether they are looked for side by side, see [`Budget::to_read`].
    pub(super) is_side_by_side: bool,
}

impl Phrase {
    fn new(text: &str) -> Self {
        Self { words: pieces(text).into_iter().map(|piece| piece.word).collect(), is_side_by_side: true }
    }
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) wanted: Vec<Wanted>,
    pub(super) variants: Vec<Variant>,
    /// How much all its pieces tell.
    pub(super) told: f32,
    /// The place of the piece that says what is asked for.
    pub(super) head: Option<usize>,
    /// Whether that is the name of a kind of thing: a number behind it makes one of a model, as in `Galaxy 8`.
    pub(super) is_kind: bool,
    /// The numbers of models that it names.
    pub(super) models: Vec<Model>,
    /// Whether several words are looked for instead of a misspelt one.
    pub(super) is_guess: bool,
    pub(super) phrases: Vec<Phrase>,
    pub(super) excluded: Vec<Phrase>,
    pub(super) brands: Vec<String>,
    /// Bounds of the price, in ten-thousandths, both included.
    pub(super) price: Option<(u64, u64)>,
}

/// How much a word tells that so many of all products have (Robertson and Spärck Jones 1976, with
/// one added so that it is never below zero).
pub(super) fn idf(products: u64, all: u64) -> f32 {
    // Products that were removed lately may still be counted among those that have it.
    let (products, all) = (products.min(all) as f32, all as f32);
    (1.0 + (all - products + 0.5) / (products + 0.5)).ln()
}

impl Plan {
    pub(super) fn new(
        query: &Query,
        searcher: &Searcher,
        fields: &Fields,
        synonyms: &Synonyms,
        weights: &Weights,
        budget: &Budget,
    ) -> tantivy::Result<Self> {
        let mut plan = Self::default();
        let mut text = String::new();
        for clause in query.clauses() {
            match clause {
                Clause::Word(word) | Clause::Measure { text: word, .. } => push(&mut text, word.as_str()),
                Clause::Phrase(words) => {
                    push(&mut text, words.as_str());
                    plan.phrases.push(Phrase::new(words.as_str()));
                }
                Clause::Without(words) => plan.excluded.push(Phrase::new(words.as_str())),
                Clause::Brand(brand) => plan.brands.push(brand_word(brand.as_str())),
                Clause::Price { from, to } => {
                    let from = from.map_or(0, domain::pricing::PriceLimit::ten_thousandths);
                    let to = to.map_or(u64::MAX, domain::pricing::PriceLimit::ten_thousandths);
                    let (before_from, before_to) = plan.price.unwrap_or((0, u64::MAX));
                    plan.price = Some((before_from.max(from), before_to.min(to)));
                }
            }
        }
        let pieces = pieces(&text);
        plan.add_pieces(&pieces, searcher, fields, synonyms, weights)?;
        plan.correct(&pieces, searcher, fields, weights, budget)?;
        plan.bound_phrases(searcher, fields, budget)?;
        Ok(plan)
    }

    /// Decides which phrases are read for: as many as there is time for, see [`Budget::to_read`].
    fn bound_phrases(&mut self, searcher: &Searcher, fields: &Fields, budget: &Budget) -> tantivy::Result<()> {
        if self.phrases.iter().chain(&self.excluded).all(|phrase| phrase.words.len() < 2) {
            return Ok(());
        }
        // What is looked for as a phrase is read for only in what has all words.
        let wanted = (0..self.wanted.len()).filter(|place| !self.wanted[*place].is_small);
        let products = wanted.map(|place| self.forms(place).map(|form| form.products).sum::<u64>());
        let most = products.min().unwrap_or(u64::MAX);
        let phrases = self.phrases.iter_mut().map(|phrase| (phrase, most));
        let excluded = self.excluded.iter_mut().map(|phrase| (phrase, u64::MAX));
        let mut left = budget.to_read();
        for (phrase, mut products) in phrases.chain(excluded).filter(|(phrase, _)| phrase.words.len() > 1) {
            for word in &phrase.words {
                products = products.min(searcher.doc_freq(&Term::from_field_text(fields.body, word))?);
            }
            phrase.is_side_by_side = products <= left;
            match left.checked_sub(products) {
                Some(rest) => left = rest,
                None => budget.exceed(),
            }
        }
        Ok(())
    }

    fn add_pieces(
        &mut self,
        pieces: &[Piece],
        searcher: &Searcher,
        fields: &Fields,
        synonyms: &Synonyms,
        weights: &Weights,
    ) -> tantivy::Result<()> {
        let all = searcher.num_docs();
        let products = |word: &str| searcher.doc_freq(&Term::from_field_text(fields.core, word));
        let small = |piece: &Piece| piece.is_container || SMALL_WORDS.contains(&piece.word.as_str());
        let all_small = pieces.iter().all(small);
        for (place, piece) in pieces.iter().enumerate() {
            let begin = self.variants.len();
            let mut add = |word: &str, quality: f32, share: f32| -> tantivy::Result<u64> {
                let products = products(word)?;
                if products > 0 {
                    let word = word.to_owned();
                    self.variants.push(Variant {
                        word,
                        first: place,
                        last: place,
                        quality,
                        share,
                        products,
                        weighed_as: products,
                        is_one_word: true,
                    });
                }
                Ok(products)
            };
            let exact = add(&piece.word, 1.0, 1.0)?;
            let joined = if piece.is_measure { 0 } else { add(&joined_word(&piece.word), weights.joined, 1.0)? };
            let mut known = exact + joined;
            if let Some(spelt_out) = &piece.spelt_out {
                known += add(spelt_out, weights.joined, 1.0)?;
            }
            let mut synonymous = 0;
            for synonym in synonyms.of(&piece.word) {
                synonymous += add(synonym, weights.synonym, 1.0)?;
                synonymous += add(&joined_word(synonym), weights.synonym, 1.0)?;
            }
            if known == 0 {
                // What is only known by another name tells as much as that.
                known = synonymous;
            }
            let parts = piece.parts();
            let length: usize = parts.iter().map(|part| part.len()).sum();
            for part in &parts {
                let share = if piece.is_measure {
                    weights.number_alone / parts.len() as f32
                } else {
                    part.len() as f32 / length as f32
                };
                add(part, 1.0, share.min(0.99))?;
            }
            // Of W003096809 the letter alone says nothing.
            let is_letter = |variant: &Variant| variant.share < 1.0 && variant.word.len() == 1;
            if !piece.is_measure && self.variants[begin..].iter().all(is_letter) {
                self.variants.truncate(begin);
            }
            for form in self.variants[begin..].iter_mut().filter(|variant| variant.share >= 1.0) {
                form.weighed_as = form.products.max(exact);
            }
            let is_small = small(piece) && !all_small;
            self.wanted.push(Wanted {
                typed: piece.written().to_owned(),
                word: piece.word.clone(),
                products: exact,
                idf: idf(known, all) * if is_small { weights.small_word } else { 1.0 },
                is_small,
                form: piece.form,
                // What things are packed in is said where it is known how many.
                is_known: known > 0 || piece.is_container,
                is_listed: synonyms.has(&piece.word),
                corrected: None,
            });
        }
        self.add_joined(pieces, &products, synonyms, weights)?;
        self.told = self.wanted.iter().map(|wanted| wanted.idf).sum();
        self.head = head(pieces);
        let is_numbered = |head: usize| pieces.get(head + 1).is_some_and(is_number);
        self.is_kind = self.head.is_some_and(|head| !is_numbered(head));
        self.models = models(pieces);
        Ok(())
    }

    /// Adds what neighbours are as one word.
    fn add_joined(
        &mut self,
        pieces: &[Piece],
        products: &impl Fn(&str) -> tantivy::Result<u64>,
        synonyms: &Synonyms,
        weights: &Weights,
    ) -> tantivy::Result<()> {
        for joined in joined(pieces) {
            let (first, last) = (joined.first, joined.last);
            let apart = joined_word(&joined.word);
            let is_model = joined.word.bytes().any(|byte| byte.is_ascii_digit());
            if synonyms.has(&joined.word) {
                self.wanted[first..=last].iter_mut().for_each(|wanted| wanted.is_listed = true);
            }
            let exact = products(&joined.word)?;
            // A model number may be taken apart in another place.
            let synonyms = synonyms.of(&joined.word).iter().flat_map(|synonym| [synonym.clone(), joined_word(synonym)]);
            let forms = std::iter::once((joined.word.clone(), weights.joined, true))
                .chain(is_model.then_some((apart, weights.joined, false)))
                .chain(synonyms.map(|synonym| (synonym, weights.synonym, true)));
            for (word, quality, is_one_word) in forms {
                let products = products(&word)?;
                if products == 0 {
                    continue;
                }
                let is_known = |wanted: &mut Wanted| wanted.is_known |= is_one_word;
                self.wanted[first..=last].iter_mut().for_each(is_known);
                let weighed_as = products.max(exact);
                let share = 1.0;
                self.variants.push(Variant { word, first, last, quality, share, products, weighed_as, is_one_word });
            }
        }
        Ok(())
    }

    /// The words that a product has one of where it has a piece.
    pub(super) fn forms(&self, place: usize) -> impl Iterator<Item = &Variant> {
        let whole = self.variants.iter().filter(|variant| variant.share >= 1.0 && variant.is_one_word);
        whole.filter(move |variant| (variant.first..=variant.last).contains(&place))
    }

    /// What a variant counts for by the pieces that it stands for.
    pub(super) fn importance(&self, variant: &Variant, weights: &Weights) -> f32 {
        let pieces = &self.wanted[variant.first..=variant.last];
        if pieces.iter().all(|wanted| wanted.is_small) { weights.small_word } else { 1.0 }
    }

    /// The words that are looked for, spelt right.
    pub(super) fn text(&self) -> String {
        let words = self.wanted.iter().map(|wanted| wanted.corrected.as_deref().unwrap_or(&wanted.typed));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether only words narrow what is found; a price does not forbid anything else.
    pub(super) fn is_free(&self) -> bool {
        self.phrases.is_empty() && self.excluded.is_empty() && self.brands.is_empty()
    }

    /// Whether words decide the order.
    pub(super) fn has_words(&self) -> bool {
        !self.wanted.is_empty()
    }

    pub(super) fn has_phrases(&self) -> bool {
        !self.phrases.is_empty()
    }
}

fn push(text: &mut String, words: &str) {
    text.push_str(words);
    text.push(' ');
}
