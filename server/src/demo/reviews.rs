//! What the demo store's customers wrote. Nobody did: each review is marked as the demo's own.

use domain::catalog::{CategoryId, ProductId};
use domain::review::{Aspect, AspectRating, AspectStars, Content, StarCounts, Stars, Votes};
use jiff::Timestamp;

use super::dice::Dice;
use super::{NEWEST_SECOND, sure, text};
use crate::review::DemoReview;

/// Of a hundred products.
const REVIEWED_PERCENT: u32 = 22;
const MAX_REVIEWS: u32 = 6;
const MAX_HELPFUL: u32 = 14;
const MAX_UNHELPFUL: u32 = 3;

/// Titles, and first sentences around the noun, of so many stars.
struct Tone {
    titles: &'static [&'static str],
    openings: &'static [&'static str],
    reasons: &'static [&'static str],
}

const DELIGHTED: Tone = Tone {
    titles: &[
        "Exactly right",
        "Better than the pictures",
        "Would buy again",
        "Worth every penny",
        "A keeper",
        "So pleased",
    ],
    openings: &[
        "The {thing} arrived two days early and looked even better than I had hoped.",
        "Bought the {thing} as a present and nearly kept it.",
        "I compared a good many before I chose the {thing}, and I am glad I did.",
        "I have tried three others this year, and the {thing} beat them by far.",
    ],
    reasons: &[
        "The finish is careful right into the corners.",
        "Everybody who comes round asks where I got it.",
        "After four months of daily use there is not a mark on it.",
        "The colour is true to the picture, in daylight as well.",
        "It feels like something that will be handed on.",
    ],
};

const PLEASED: Tone = Tone {
    titles: &["Good, with one small thing", "Does what it says", "Happy with it", "Solid choice", "Nearly perfect"],
    openings: &[
        "Well made for the money: I am glad that I chose the {thing}.",
        "I bought the {thing} for one thing, and that works.",
        "The {thing} came well packed and on time.",
    ],
    reasons: &[
        "A touch smaller than I had pictured, so do measure first.",
        "One star off for all the cardboard it came in.",
        "The instructions could be clearer, but I managed without.",
        "I would have liked a darker colour to choose from.",
    ],
};

const TORN: Tone = Tone {
    titles: &["All right", "Not quite what I expected", "Fine for the price", "In two minds"],
    openings: &["I find the {thing} neither good nor bad.", "I had hoped for a little more from the {thing}."],
    reasons: &[
        "It does its job, but the details look hurried.",
        "The shade is warmer than on my screen.",
        "Fine for a spare room; I would choose again for everyday.",
    ],
};

const LET_DOWN: Tone = Tone {
    titles: &["Sent it back", "Disappointed", "Not for me", "Expected more"],
    openings: &["I sent the {thing} back.", "The {thing} did not last as long as I had hoped."],
    reasons: &[
        "The return was easy and the money was back within a week.",
        "A scratch out of the box, and the replacement had one too.",
        "It felt lighter and thinner than the picture suggests.",
    ],
};

const NAMES: [&str; 28] = [
    "Maren", "Tobias", "Aisha", "Callum", "Priya", "Hannah", "Owen", "Leila", "Marta", "Jonas", "Grace", "Samir",
    "Ffion", "Declan", "Ingrid", "Noor", "Pauline", "Ravi", "Beth", "Mateusz", "Sunniva", "Harriet", "Kofi", "Elin",
    "Rosa", "Duncan", "Yuki", "Thea",
];
const INITIALS: [&str; 14] = ["A", "B", "C", "D", "F", "G", "H", "K", "L", "M", "O", "P", "S", "W"];

/// The reviews of a product that is called by a noun and was added at a moment.
pub(super) fn write(
    (seed, number): (u64, u32),
    (product, category): (&ProductId, &CategoryId),
    noun: &str,
    added_at: Timestamp,
) -> Vec<DemoReview> {
    let mut dice = Dice::of_reviews(seed, number);
    if !dice.happens(REVIEWED_PERCENT) {
        return Vec::new();
    }
    let count = dice.between(1, MAX_REVIEWS).min(dice.between(1, MAX_REVIEWS));
    (0..count as usize).map(|place| review(&mut dice, (product, category), place, noun, added_at)).collect()
}

fn review(
    dice: &mut Dice,
    (product, category): (&ProductId, &CategoryId),
    number: usize,
    noun: &str,
    added_at: Timestamp,
) -> DemoReview {
    let (stars, tone) = match dice.below(20) {
        0..=10 => (5, DELIGHTED),
        11..=15 => (4, PLEASED),
        16 | 17 => (3, TORN),
        18 => (2, LET_DOWN),
        _ => (1, LET_DOWN),
    };
    let words = format!("{}\n{}", dice.pick(tone.openings).replace("{thing}", noun), dice.pick(tone.reasons));
    let since = u32::try_from(NEWEST_SECOND - added_at.as_second()).unwrap_or_default();
    DemoReview {
        product: product.clone(),
        number,
        name: text(&format!("{} {}.", dice.pick(&NAMES), dice.pick(&INITIALS))),
        content: Content::Review {
            stars: sure(Stars::try_from(stars)),
            title: text(dice.pick(tone.titles)),
            text: text(&words),
            aspects: aspects(Aspect::of(category), stars, number),
        },
        written_at: sure(Timestamp::from_second(NEWEST_SECOND - i64::from(dice.below(since)))),
        votes: Votes {
            helpful: dice.below(MAX_HELPFUL).min(dice.below(MAX_HELPFUL)),
            unhelpful: dice.below(MAX_UNHELPFUL).min(dice.below(MAX_UNHELPFUL)),
        },
    }
}

/// What a reviewer who gave so many stars says of aspects: some a star more or less, and some nothing.
fn aspects(asked: &[Aspect], stars: u8, number: usize) -> AspectStars {
    let rated = |(place, aspect): (usize, &Aspect)| {
        let stars = match (number * 3 + place * 5) % 7 {
            0 if number % 4 == 3 => return None,
            1 | 4 => stars.saturating_sub(1).max(1),
            5 => (stars + 1).min(5),
            _ => stars,
        };
        Some(AspectRating { aspect: *aspect, stars: sure(Stars::try_from(stars)) })
    };
    asked.iter().enumerate().filter_map(rated).collect()
}

/// How many gave which stars.
pub(super) fn counts(reviews: &[DemoReview]) -> StarCounts {
    let mut counts = StarCounts::default();
    for stars in reviews.iter().filter_map(|review| review.content.stars()) {
        counts.add(stars, 1);
    }
    counts
}
