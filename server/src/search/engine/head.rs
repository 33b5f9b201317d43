//! The word that says what a thing is: the last one of `red desk lamp`, the one before `with` in
//! `basket with lid`. A shelf is called after what stands on it, so a query whose head is the head of a
//! shelf's name asks for its products: a phone is no phone case. So does one whose head is a head of the title.

use super::schema::joined_word;
use super::words::{Piece, joined, pieces};

/// Behind them stands what the thing has or is for, and not what it is.
const PREPOSITIONS: [&str; 14] = [
    "for", "with", "without", "w", "by",
    "from", // Of other languages those that are no English word and in few names.
    "pour", "avec", "sans", "para", "senza", "mit", "ohne", "voor",
];

/// They end what a thing is called, and what follows may be another thing, or say more of the same.
const LINKS: [&str; 12] = ["a", "an", "and", "at", "in", "is", "of", "on", "or", "plus", "the", "to"];
/// Whom a thing is for stands behind the word that says what it is, as colours do: `dress women`.
const AUDIENCES: [&str; 18] = [
    "adult",
    "boy",
    "child",
    "gentleman",
    "girl",
    "her",
    "him",
    "infant",
    "junior",
    "kid",
    "lady",
    "man",
    "newborn",
    "teen",
    "teenager",
    "toddler",
    "unisex",
    "woman",
];
/// Sizes that are letters, and the word for them: `dress size M`.
const SIZES: [&str; 10] = ["l", "large", "m", "medium", "size", "small", "xl", "xs", "xxl", "xxs"];
/// Colours and the like stand behind the word that says what a thing is and change nothing.
const COLOURS: [&str; 23] = [
    "assorted",
    "beige",
    "black",
    "blue",
    "brown",
    "gold",
    "gray",
    "green",
    "grey",
    "ivory",
    "navy",
    "orange",
    "pink",
    "purple",
    "red",
    "refurbished",
    "silver",
    "turquoise",
    "unlocked",
    "used",
    "violet",
    "white",
    "yellow",
];

/// The place of the word that says what a thing is; sizes, models and colours behind it are passed over.
pub(super) fn head(pieces: &[Piece]) -> Option<usize> {
    // One that stands first is behind nothing.
    let end = pieces.iter().skip(1).position(is_preposition).map_or(pieces.len(), |behind| behind + 1);
    let named = &pieces[..end];
    named.iter().rposition(|piece| is_kind(piece) && !is_aside(piece)).or_else(|| named.iter().rposition(is_kind))
}

/// The words of the index that say what a shelf's products are, such as `lamp` and `shade` for
/// `Lamps & lamp shades`.
pub(super) fn heads(shelf: &str) -> Vec<String> {
    let mut heads = Vec::new();
    for part in shelf.split(['&', ',', '/']) {
        for kind in pieces(part).split(|piece| piece.word == "and") {
            let Some(place) = head(kind) else { continue };
            let is_one_chunk = |first: usize| kind[first].chunk == kind[place].chunk;
            let chunks = joined(kind).into_iter().filter(|chunk| chunk.last == place && is_one_chunk(chunk.first));
            heads.push(kind[place].word.clone());
            heads.extend(chunks.map(|chunk| joined_word(&chunk.word)));
        }
    }
    heads
}

/// What a title tells of its words. `Leather case for phones, black` is a case, and no phone.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The words of the index that say what the product is.
    pub(super) heads: Vec<String>,
    /// Those that say what it is for, or what it has.
    pub(super) behind: Vec<String>,
}

impl Told {
    /// Of each part of a title, between commas and the like, the last word of each thing that is named: what
    /// follows it is no other word of its name, but a colour, a size, a model number or nothing.
    pub(super) fn of(title: &str) -> Self {
        let mut told = Self::default();
        let parts = title.split([',', ';', ':', '|', '(', ')', '[', ']']).flat_map(|part| part.split(" - "));
        for part in parts.flat_map(|part| part.split(" – ")) {
            let pieces = pieces(part);
            let end = pieces.iter().position(is_preposition).unwrap_or(pieces.len());
            let (named, behind) = pieces.split_at(end);
            told.behind.extend(behind.iter().skip(1).map(|piece| piece.word.clone()));
            told.add_heads(named);
        }
        told
    }

    fn add_heads(&mut self, named: &[Piece]) {
        let together = joined(named);
        for (place, piece) in named.iter().enumerate().filter(|(_, piece)| names(piece) && !is_aside(piece)) {
            let mut behind = named[place + 1..].iter().peekable();
            // Of what hyphens hold together only the last may be it, as `shirt` in `T-shirt`.
            let goes_on = behind.peek().is_some_and(|next| next.chunk == piece.chunk);
            if goes_on || behind.find(|next| !is_aside(next) && !is_number(next)).is_some_and(names) {
                continue;
            }
            self.heads.push(piece.word.clone());
            let ending_here = together.iter().filter(|joined| joined.last == place);
            self.heads.extend(ending_here.map(|joined| joined_word(&joined.word)));
        }
    }
}

fn is_preposition(piece: &Piece) -> bool {
    PREPOSITIONS.contains(&piece.written())
}

/// Whether a word may be one of what a thing is called.
fn names(piece: &Piece) -> bool {
    is_kind(piece) && !LINKS.contains(&piece.written())
}

/// Whether it only says more of a thing that is named before it.
fn is_aside(piece: &Piece) -> bool {
    COLOURS.contains(&piece.written()) || SIZES.contains(&piece.written()) || AUDIENCES.contains(&piece.word.as_str())
}

/// Sizes and models are no kind of thing.
fn is_kind(piece: &Piece) -> bool {
    !piece.is_measure && !piece.is_container && !is_number(piece)
}

/// A number, or one of a model: what stands before and behind it may be one name, as in `iPhone 8 case`.
pub(super) fn is_number(piece: &Piece) -> bool {
    !piece.is_measure && piece.word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_a_thing_is() {
        for (query, expected) in [
            ("red desk lamps", "lamp"),
            ("phone case", "case"),
            ("basket with lid", "basket"),
            ("case for phones", "case"),
            ("samsung tv 55 inch", "tv"),
            ("laptop 16gb zx81", "laptop"),
            ("laptop 16gb black", "laptop"),
            ("running shoes for men", "shoe"),
            ("dress women", "dress"),
            ("trainers mens size 9", "trainer"),
            ("t-shirt black XL", "shirt"),
            ("batteries pack of 6", "battery"),
            ("wine glasses set of 4", "glass"),
            ("picture frame 10 x 15 cm", "frame"),
            ("chaussures pour femme", "chaussure"),
            ("women", "woman"),
            ("gold", "gold"),
            ("with wheels", "wheel"),
            ("built in oven", "oven"),
        ] {
            let pieces = pieces(query);
            assert_eq!(head(&pieces).map(|place| pieces[place].word.as_str()), Some(expected), "{query}");
        }
        for nothing in ["", "55 inch", "zx81"] {
            assert_eq!(head(&pieces(nothing)), None, "{nothing}");
        }
    }

    #[test]
    fn a_shelf_is_called_after_what_stands_on_it() {
        for (shelf, expected) in [
            ("Cell phones", "phone"),
            ("Phone cases", "case"),
            ("Cell Phones & Accessories", "phone accessory"),
            ("Lamps, lights and candles", "lamp light candle"),
            ("Cases for phones", "case"),
            ("T-shirts", "shirt ^tshirt"),
            ("2024", ""),
        ] {
            assert_eq!(heads(shelf).join(" "), expected, "{shelf}");
        }
    }

    #[test]
    fn a_title_tells_what_a_product_is_and_what_it_is_for() {
        for (title, heads, behind) in [
            ("Sony wireless headphones, black", "headphone", ""),
            ("Leather case for phones, black", "case", "phone"),
            ("Phone case", "case", ""),
            ("HP 301 ink cartridge for DeskJet printer", "cartridge", "deskjet printer"),
            ("Lenovo notebook 15.6 2.0 GHz", "notebook", ""),
            ("Kodak C1530 14 MP digital camera with 3x zoom - white", "kodak camera", "3x zoom"),
            ("Lamp white 40 cm", "lamp", ""),
            ("iPhone 8 case", "case", ""),
            ("GSM phone unlocked", "phone", ""),
            ("iPhone 8 Plus 64GB", "iphone", ""),
            ("Built in oven", "built oven", ""),
            ("Clip-on headphones", "headphone", ""),
            ("Clip-on", "", ""),
            ("Bread & butter dish", "dish", ""),
            ("Cotton dress women", "dress", ""),
            ("AA batteries 6 pack", "battery", ""),
            ("Salt and pepper mills", "salt mill", ""),
            ("Desk lamp - Orla", "lamp orla", ""),
            ("Red", "", ""),
            ("for you", "", "you"),
            ("", "", ""),
        ] {
            let told = Told::of(title);
            let heads_alone = told.heads.iter().filter(|head| !head.starts_with('^'));
            let heads_alone: Vec<&str> = heads_alone.map(String::as_str).collect();
            assert_eq!((heads_alone.join(" ").as_str(), told.behind.join(" ").as_str()), (heads, behind), "{title}");
        }
        assert!(Told::of("Cotton T-shirt").heads.contains(&"^tshirt".to_owned()));
        assert!(COLOURS.is_sorted() && AUDIENCES.is_sorted() && SIZES.is_sorted());
    }
}
