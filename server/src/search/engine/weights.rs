//! Every number that decides the order of results, in one place. `cartograph tune search` looks for
//! better weights against judgments; what it found, and on which, is recorded in the project's notes. The
//! constants it leaves alone.

macro_rules! weights {
    ($($(#[$doc:meta])* $name:ident = $default:literal),+ $(,)?) => {
        /// The weights of the ranking. All parts that they weigh are between 0 and 1.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Weights { $($(#[$doc])* pub(super) $name: f32),+ }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($name: $default),+ }
            }
        }

        impl Weights {
            pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// The weight with the index of a name; 0 behind the last.
            pub(crate) fn get(&self, index: usize) -> f32 {
                [$(self.$name),+].get(index).copied().unwrap_or_default()
            }

            /// The most that a weight may be: what says how surely another word means the same, or how little it
            /// counts in its place, is a part of the word itself.
            pub(crate) fn most(index: usize) -> f32 {
                let is_part = Self::NAMES.get(index).is_some_and(|name| PARTS.contains(name));
                if is_part { 1.0 } else { f32::INFINITY }
            }

            pub(crate) fn set(&mut self, index: usize, value: f32) {
                if let Some(weight) = [$(&mut self.$name),+].into_iter().nth(index) {
                    *weight = value;
                }
            }
        }
    };
}

weights! {
    /// How much of what the query tells is found in the product.
    coverage = 1.0,
    /// How much of the title was asked for.
    title = 0.5,
    /// How many neighbours of the query are neighbours in the title, in the same order.
    order = 0.1,
    /// BM25 over all words, compared with the best candidate's.
    bm25 = 0.3,
    /// Whether the whole brand is named; in long queries it counts for less, see [`INTENT_WORDS`].
    brand = 0.4,
    /// How much of the numbers of models that the query names is whole in the product, see [`super::model`].
    model = 0.4,
    /// The number of a model that only the title or a fact mentions, compared with an SKU, a GTIN or a model
    /// number of the product's own.
    mentioned = 0.25,
    /// Whether some category of the product is named.
    category = 0.02,
    /// Whether the shelf is called after what the query asks for, see [`super::head`]; in long queries it counts
    /// for less, see [`INTENT_WORDS`].
    shelf = 0.4,
    /// Whether the title calls the product what the query asks for, see [`super::head::Told`]; in long queries it
    /// counts for less, see [`INTENT_WORDS`], and in those that name a model for nothing.
    kind = 0.3,
    /// What the query asks for where it is only what the product is for or has, compared with another word of the
    /// title; it counts for more as the kind counts for less.
    behind = 0.8,
    /// How much of what the title has of the query stands there as it was typed, not as one for several or the other
    /// way round: shorts are no short.
    form = 0.08,
    /// Popularity, rating and availability.
    standing = 0.05,
    /// How alike the product and the query mean, where there is a model of meaning.
    meaning = 0.3,
    /// A synonym instead of the word.
    synonym = 0.85,
    /// Neighbours as one word, or the other way round.
    joined = 0.98,
    /// The beginning of a model number instead of the whole, times how much of it that is.
    beginning = 0.95,
    one_edit = 0.8,
    two_edits = 0.6,
    /// The number of a measure whose unit does not stand there.
    number_alone = 0.5,
    /// A small word such as “with”, compared with another one that as many products have.
    small_word = 0.1,
    /// A part of a word, on either side.
    part = 0.7,
    /// A word that is not in the title: in facts or category, in the description.
    fact = 0.8,
    body = 0.4,
    /// A word of the title with a digit, compared with one without: sizes and models tell products apart.
    digit = 1.3,
    /// In finding candidates, compared with a whole word in core.
    part_retrieved = 0.5,
    body_retrieved = 0.2,
    /// What the best standing adds in choosing candidates, compared with how much the query's words tell.
    standing_retrieved = 0.15,
}

/// Weights that are parts of a whole, see [`Weights::most`].
const PARTS: [&str; 14] = [
    "mentioned",
    "behind",
    "synonym",
    "joined",
    "beginning",
    "one_edit",
    "two_edits",
    "number_alone",
    "small_word",
    "part",
    "fact",
    "body",
    "part_retrieved",
    "body_retrieved",
];

/// A piece of the query that a product has to this degree is not missing.
pub(super) const MATCHED: f32 = 0.5;
/// The nearest have at least this share of what the best one has of the query.
pub(super) const NEAR_ENOUGH: f32 = 0.4;
/// The cosine from which on a product is shown though it has none of the words. Below it a model finds
/// something in common between any two things that are sold.
pub(super) const ALIKE: f32 = 0.5;

/// A query of at most so many words names a kind of thing or a brand, and asks for anything of it. A longer one
/// names one thing: its brand and its shelf count for less, by the square of how much longer it is.
pub(super) const INTENT_WORDS: f32 = 3.0;

// What follows is written into the index: with other numbers `FORMAT` is another one, too.

/// Words that count once elsewhere count so often in the title.
pub(super) const TITLE_TIMES: usize = 2;
/// The same for the brand.
pub(super) const BRAND_TIMES: usize = 2;
/// The same for the word of a shelf's name that says what stands on it.
pub(super) const SHELF_TIMES: usize = 6;
/// What a product's standing without any query is made of, in thousandths: how much of it was sold or looked at
/// lately, what its rating is trusted for, and whether it is available.
pub(super) const STANDING_SOLD: u64 = 500;
pub(super) const STANDING_TRUSTED: u64 = 300;
pub(super) const STANDING_AVAILABLE: u64 = 200;
/// Twice as many units sold count for one step more, up to so many steps.
pub(super) const MAX_SOLD_STEPS: u32 = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_is_more_than_the_whole() {
        assert!(PARTS.iter().all(|part| Weights::NAMES.contains(part)));
        for (index, name) in Weights::NAMES.iter().enumerate() {
            assert!(Weights::default().get(index) <= Weights::most(index), "{name}");
        }
    }
}
