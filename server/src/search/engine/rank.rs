//! The second look: candidates that the index found are compared with the query word by word.
//!
//! The score is a weighted sum of bounded parts, see [`super::weights::Weights`]. What the query asks
//! for and the product has counts by how much each word tells; what the title has and nobody asked
//! for counts against it.

use super::answer::{Explanation, Part};
use super::columns::Columns;
use super::model::Model;
use super::plan::{Plan, Variant};
use super::schema::{JOINED_MARK, MAX_STANDING, Source, Token, hash};
use super::seen::{MAX_TITLE, MAX_WANTED, Seen};
use super::weights::{INTENT_WORDS, MATCHED, Weights};
use super::words::Form;

/// What a word of a document means for the query.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    hash: u64,
    first: u8,
    last: u8,
    quality: f32,
    share: f32,
    /// Which part of its piece it is.
    part: u8,
    /// Whether it says what is asked for.
    is_head: bool,
    /// Whether it is the whole number of a model that is asked for.
    is_model: bool,
    /// Whether it is the very word of its piece.
    is_own: bool,
}

/// A query made ready to look at many documents.
#[derive(Debug)]
pub(super) struct Ranking<'a> {
    plan: &'a Plan,
    weights: &'a Weights,
    /// By hash.
    meanings: Vec<Meaning>,
    /// Bits of the hashes, so that most words are passed over at once.
    bloom: [u64; BLOOM_WORDS],
    /// For each piece of the query all its parts, as bits; none where some part is in no product.
    parts: Vec<u32>,
    asked: f32,
    /// Pieces of the query that name a model, as bits.
    asked_models: u128,
    /// How far the query may mean a kind of thing or a brand, see [`INTENT_WORDS`].
    intent: f32,
    /// How far it may mean anything that titles call so: not at all where it names a model.
    kind_intent: f32,
    /// How surely what stands behind `for` in a title is what is asked for.
    behind: f32,
}

const TOKENS_AT_ONCE: usize = 64;
/// What the parts of a piece that are all there add up to at least.
const ALL_PARTS: f32 = 0.97;
const BLOOM_WORDS: usize = 32;

/// What the first look found of a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looked {
    /// BM25 compared with the best candidate's, 0 to 1.
    pub(super) bm25: f32,
    /// Pieces of the query that its description has, as bits.
    pub(super) body: u128,
    /// The cosine of its meaning and the query's, where both have one.
    pub(super) meaning: Option<f32>,
}

/// How a candidate compares.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    pub(super) score: f32,
    /// How much of what the query tells is found, 0 to 1.
    pub(super) coverage: f32,
    /// Whether no word is missing, small ones aside.
    pub(super) complete: bool,
    /// How alike it and the query mean, 0 to 1.
    pub(super) alike: f32,
    pub(super) explanation: Option<Explanation>,
}

impl Compared {
    /// Of what was not looked at word by word.
    pub(super) const UNSEEN: Self = Self { score: 0.0, coverage: 1.0, complete: true, alike: 0.0, explanation: None };
}

impl<'a> Ranking<'a> {
    pub(super) fn new(plan: &'a Plan, weights: &'a Weights) -> Self {
        let mut meanings: Vec<Meaning> = Vec::with_capacity(plan.variants.len());
        let mut parts = vec![(0_u32, 0.0_f32); plan.wanted.len().min(MAX_WANTED)];
        let mut part = 0;
        for (index, variant) in plan.variants.iter().enumerate() {
            if variant.last >= MAX_WANTED {
                continue;
            }
            let follows = index > 0 && plan.variants[index - 1].first == variant.first && variant.share < 1.0;
            part = if follows { part + 1 } else { 0 };
            if let Some((all, share)) = parts.get_mut(variant.first).filter(|_| variant.share < 1.0) {
                *all |= 1 << part.min(31);
                *share += variant.share;
            }
            meanings.push(Meaning {
                hash: hash(&variant.word),
                first: u8::try_from(variant.first).unwrap_or(u8::MAX),
                last: u8::try_from(variant.last).unwrap_or(u8::MAX),
                quality: variant.quality,
                share: variant.share,
                part: part.min(31),
                is_head: plan.head.is_some_and(|head| (variant.first..=variant.last).contains(&head)),
                is_own: variant.first == variant.last && variant.word == plan.wanted[variant.first].word,
                is_model: plan.models.iter().any(|model| is_whole(variant, model)),
            });
        }
        meanings.sort_by_key(|meaning| meaning.hash);
        let mut bloom = [0; BLOOM_WORDS];
        for meaning in &meanings {
            let (word, bit) = place(meaning.hash);
            bloom[word] |= bit;
        }
        let asked = plan.wanted.iter().map(|wanted| wanted.idf).sum();
        let words = plan.wanted.iter().filter(|wanted| !wanted.is_small).count();
        let intent = (INTENT_WORDS / words.max(1) as f32).min(1.0).powi(2);
        // Of what was hardly meant nothing is told from titles.
        let is_certain = plan.head.is_some_and(|head| plan.wanted[head].corrected.is_none());
        let kind_intent = if plan.is_kind && is_certain && plan.models.is_empty() { intent } else { 0.0 };
        Self {
            plan,
            weights,
            meanings,
            bloom,
            parts: parts.into_iter().map(|(all, share)| if share >= ALL_PARTS { all } else { 0 }).collect(),
            asked,
            asked_models: plan.models.iter().fold(0_u128, |asked, model| asked | places(model.first, model.last)),
            intent,
            kind_intent,
            behind: (1.0 - kind_intent * (1.0 - weights.behind)).min(1.0),
        }
    }

    fn meanings(&self, hash: u64) -> &[Meaning] {
        let (word, bit) = place(hash);
        if self.bloom[word] & bit == 0 {
            return &[];
        }
        let start = self.meanings.partition_point(|meaning| meaning.hash < hash);
        let length = self.meanings[start..].partition_point(|meaning| meaning.hash == hash);
        &self.meanings[start..start + length]
    }

    /// Whether a word stands for a small word of the query, which tells as little in a title.
    fn is_small(&self, hash: u64) -> bool {
        let wanted = &self.plan.wanted;
        self.meanings(hash)
            .iter()
            .any(|meaning| meaning.first == meaning.last && wanted[usize::from(meaning.first)].is_small)
    }

    /// Compares one document; `seen` is room that was used for others before.
    pub(super) fn compare(
        &self,
        columns: &Columns,
        doc: u32,
        looked: Looked,
        explain: bool,
        seen: &mut Seen,
    ) -> Compared {
        seen.forget(self.plan.wanted.len().min(MAX_WANTED));
        let mut buffer = [0; TOKENS_AT_ONCE];
        let mut rows = columns.tokens.index.value_row_ids(doc);
        while !rows.is_empty() {
            let count = rows.len().min(TOKENS_AT_ONCE);
            columns.tokens.values.get_range(rows.start.into(), &mut buffer[..count]);
            buffer[..count].iter().for_each(|packed| self.see(Token::unpacked(*packed), seen));
            rows.start += u32::try_from(count).unwrap_or(u32::MAX);
        }
        self.judge(seen, columns.standing.of(doc), looked, explain)
    }

    fn see(&self, token: Token, seen: &mut Seen) {
        let weights = self.weights;
        let is_title = token.is_of_title();
        if is_title && token.more == 0 && !token.is_part {
            let weight = match token {
                token if self.is_small(token.hash) => weights.small_word,
                Token { has_digit: true, .. } => weights.digit,
                _ => 1.0,
            };
            let place = usize::from(token.first);
            seen.title_weight[place] = weight;
            seen.title_length = seen.title_length.max(place + 1);
        }
        let is_shelf = token.is(Source::Shelf);
        let is_category = is_shelf || token.is(Source::Category);
        let is_brand = token.is(Source::Brand);
        if is_brand && token.more == 0 && !token.is_part {
            seen.brand_pieces += 1;
        }
        let mut brand_found = 0;
        for meaning in self.meanings(token.hash) {
            let mut quality = meaning.quality;
            if token.is_part {
                quality *= weights.part;
            }
            // Whatever stands on the shelf is what is asked for, as surely as if its title said so.
            let is_head = meaning.is_head && meaning.share >= 1.0;
            let is_asked_for = is_shelf && is_head;
            if !is_asked_for && (is_category || token.is(Source::Fact)) {
                quality *= weights.fact;
            }
            if is_asked_for {
                seen.shelf = seen.shelf.max(quality);
            } else if is_title && is_head {
                seen.is_in_title = true;
                if token.is(Source::Head) {
                    seen.kind = seen.kind.max(quality);
                } else if token.is(Source::Behind) {
                    quality *= self.behind;
                }
            }
            let (first, last) = (usize::from(meaning.first), usize::from(meaning.last));
            if is_title && meaning.is_own && !token.is_part {
                seen.in_any_form |= places(first, first);
                let is_as_typed = token.is_several == (self.plan.wanted[first].form == Form::Several);
                seen.as_typed |= if is_as_typed { places(first, first) } else { 0 };
            }
            if meaning.share < 1.0 {
                let bit = 1 << meaning.part;
                if seen.parts[first] & bit == 0 {
                    seen.parts[first] |= bit;
                    seen.part_share[first] += meaning.share * quality;
                }
            } else {
                for place in first..=last {
                    seen.found[place] = seen.found[place].max(quality);
                }
            }
            if meaning.is_model && !token.is_part && !is_category && !is_brand {
                let found = if token.is(Source::Code) { &mut seen.codes } else { &mut seen.mentioned };
                *found |= places(first, last);
            }
            let quality = quality * if meaning.share < 1.0 { weights.part * meaning.share } else { 1.0 };
            if is_title {
                for place in usize::from(token.first)..=usize::from(token.first + token.more) {
                    if place < MAX_TITLE && quality > seen.title_found[place] {
                        seen.title_found[place] = quality;
                        seen.title_piece[place] = meaning.first;
                    }
                }
            } else if is_brand && !token.is_part && meaning.share >= 1.0 {
                let pieces = u32::from(token.more) + 1;
                // Joined, it is all of the brand or says nothing that its pieces do not say.
                if pieces == 1 || pieces == seen.brand_pieces {
                    brand_found = pieces;
                }
            } else if is_category && meaning.share >= 1.0 {
                seen.category_found = true;
            }
        }
        seen.brand_found += brand_found;
    }

    fn judge(&self, seen: &Seen, standing: u16, looked: Looked, explain: bool) -> Compared {
        let weights = self.weights;
        let mut covered = 0.0;
        let mut complete = true;
        for (place, wanted) in self.plan.wanted.iter().enumerate().take(MAX_WANTED) {
            let mut found = seen.found[place].max(seen.part_share[place] * weights.part);
            // Some parts of a name are another name.
            let all_parts = self.parts[place];
            let has_all = seen.found[place] >= MATCHED || all_parts > 0 && seen.parts[place] & all_parts == all_parts;
            if looked.body >> place & 1 == 1 {
                // It is there in full, only not in the title.
                found = found.max(weights.body);
            } else if (found < MATCHED || !has_all) && !wanted.is_small {
                complete = false;
            }
            covered += wanted.idf * found;
        }
        let coverage = if self.asked > 0.0 { covered / self.asked } else { 1.0 };
        let (mut title, mut title_all) = (0.0, 0.0);
        for place in 0..seen.title_length {
            title += seen.title_weight[place] * seen.title_found[place];
            title_all += seen.title_weight[place];
        }
        let alike = looked.meaning.unwrap_or_default().clamp(0.0, 1.0);
        let alike_weight = if looked.meaning.is_some() { weights.meaning } else { 0.0 };
        let parts = [
            ("words found", coverage, weights.coverage),
            ("title asked for", if title_all > 0.0 { title / title_all } else { 0.0 }, weights.title),
            ("order of words", self.order(seen), weights.order),
            ("BM25", looked.bm25, weights.bm25),
            (
                "brand named",
                self.intent * f32::from(u8::from(seen.brand_pieces > 0 && seen.brand_found >= seen.brand_pieces)),
                weights.brand,
            ),
            ("model named", self.model(seen), weights.model),
            ("category named", f32::from(u8::from(seen.category_found)), weights.category),
            ("shelf asked for", self.intent * seen.shelf, weights.shelf),
            ("kind asked for", self.kind_intent * seen.kind(), weights.kind),
            ("form as typed", self.form(seen), weights.form),
            ("standing", f32::from(standing) / f32::from(MAX_STANDING), weights.standing),
            ("meaning", alike, alike_weight),
        ];
        let score = parts.iter().map(|(_, value, weight)| value * weight).sum();
        let explanation = explain.then(|| Explanation {
            parts: parts
                .iter()
                .filter(|(_, _, weight)| *weight > 0.0)
                .map(|(name, value, weight)| Part { name, value: *value, weight: *weight })
                .collect(),
        });
        Compared { score, coverage, complete, alike, explanation }
    }

    /// How much of the query is not in the title in another form alone.
    fn form(&self, seen: &Seen) -> f32 {
        let in_another = seen.in_any_form & !seen.as_typed;
        let wanted = self.plan.wanted.iter().enumerate().take(MAX_WANTED);
        let other: f32 = wanted.filter(|(place, _)| in_another >> place & 1 == 1).map(|(_, wanted)| wanted.idf).sum();
        if self.asked > 0.0 { (1.0 - other / self.asked).max(0.0) } else { 1.0 }
    }

    /// How much of the models that the query names is there whole.
    fn model(&self, seen: &Seen) -> f32 {
        let (own, mentioned) = (seen.codes.count_ones() as f32, (seen.mentioned & !seen.codes).count_ones() as f32);
        (own + self.weights.mentioned * mentioned) / self.asked_models.count_ones().max(1) as f32
    }

    /// How many of the query's neighbours stand side by side in the title.
    fn order(&self, seen: &Seen) -> f32 {
        let pairs = self.plan.wanted.len().min(seen.title_length).saturating_sub(1);
        if pairs == 0 {
            return 0.0;
        }
        let places = &seen.title_piece[..seen.title_length];
        let found = &seen.title_found[..seen.title_length];
        let kept = (1..places.len())
            .filter(|place| found[*place] > 0.0 && found[*place - 1] > 0.0)
            .filter(|place| {
                let (before, after) = (places[*place - 1], places[*place]);
                after == before + 1 || after == before
            })
            .count();
        (kept as f32 / pairs as f32).min(1.0)
    }
}

const fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize % BLOOM_WORDS, 1 << (hash & 63))
}

/// Whether a word of the index is all of a number, together or apart.
fn is_whole(variant: &Variant, model: &Model) -> bool {
    (variant.first, variant.last) == (model.first, model.last)
        && variant.word.strip_prefix(JOINED_MARK).unwrap_or(&variant.word) == model.word
}

/// Pieces of a query as bits; those behind [`MAX_WANTED`] have none.
fn places(first: usize, last: usize) -> u128 {
    (first..=last.min(MAX_WANTED - 1)).fold(0, |places, place| places | 1_u128 << place)
}
