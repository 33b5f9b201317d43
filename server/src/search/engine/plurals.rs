//! The singular of a word, after Harman's s-stemmer (1991): no word is made that people would not
//! recognise, for a corrected word is shown in the singular.

/// Where the rules go wrong: plurals with their singular, in alphabetical order. What only ends like a plural
/// is its own singular.
const IRREGULAR: [(&str, &str); 116] = [
    ("adidas", "adidas"),
    ("alias", "alias"),
    ("arkansas", "arkansas"),
    ("atlas", "atlas"),
    ("atlases", "atlas"),
    ("axes", "axe"),
    ("bahamas", "bahamas"),
    ("beanies", "beanie"),
    ("bias", "bias"),
    ("bikinis", "bikini"),
    ("birdies", "birdie"),
    ("bonuses", "bonus"),
    ("bookshelves", "bookshelf"),
    ("bowties", "bowtie"),
    ("brioches", "brioche"),
    ("brownies", "brownie"),
    ("budgies", "budgie"),
    ("buffaloes", "buffalo"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("cacti", "cactus"),
    ("cactuses", "cactus"),
    ("calories", "calorie"),
    ("calves", "calf"),
    ("canvas", "canvas"),
    ("canvases", "canvas"),
    ("cds", "cd"),
    ("children", "child"),
    ("childrens", "child"),
    ("christmas", "christmas"),
    ("collies", "collie"),
    ("cookies", "cookie"),
    ("cpus", "cpu"),
    ("dallas", "dallas"),
    ("dominoes", "domino"),
    ("dvds", "dvd"),
    ("dwarves", "dwarf"),
    ("echoes", "echo"),
    ("elves", "elf"),
    ("feet", "foot"),
    ("foodies", "foodie"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("genies", "genie"),
    ("gentlemen", "gentleman"),
    ("goalies", "goalie"),
    ("gpus", "gpu"),
    ("halves", "half"),
    ("headaches", "headache"),
    ("heroes", "hero"),
    ("hippies", "hippie"),
    ("hoodies", "hoodie"),
    ("hooves", "hoof"),
    ("irises", "iris"),
    ("kansas", "kansas"),
    ("khakis", "khaki"),
    ("kiwis", "kiwi"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("loaves", "loaf"),
    ("madras", "madras"),
    ("magpies", "magpie"),
    ("mangoes", "mango"),
    ("men", "man"),
    ("mens", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("minis", "mini"),
    ("mosquitoes", "mosquito"),
    ("moustaches", "moustache"),
    ("movies", "movie"),
    ("neckties", "necktie"),
    ("news", "news"),
    ("niches", "niche"),
    ("octopuses", "octopus"),
    ("onesies", "onesie"),
    ("pancreas", "pancreas"),
    ("pixies", "pixie"),
    ("potatoes", "potato"),
    ("prairies", "prairie"),
    ("quiches", "quiche"),
    ("quizzes", "quiz"),
    ("rookies", "rookie"),
    ("rotisseries", "rotisserie"),
    ("safaris", "safari"),
    ("scarves", "scarf"),
    ("selfies", "selfie"),
    ("serie", "series"),
    ("series", "series"),
    ("sharpies", "sharpie"),
    ("shelves", "shelf"),
    ("skis", "ski"),
    ("smoothies", "smoothie"),
    ("snowmen", "snowman"),
    ("species", "species"),
    ("styluses", "stylus"),
    ("sweeties", "sweetie"),
    ("taxis", "taxi"),
    ("teeth", "tooth"),
    ("texas", "texas"),
    ("thieves", "thief"),
    ("thomas", "thomas"),
    ("tomatoes", "tomato"),
    ("trellises", "trellis"),
    ("tvs", "tv"),
    ("vegas", "vegas"),
    ("veggies", "veggie"),
    ("viruses", "virus"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("womens", "woman"),
    ("xmas", "xmas"),
    ("zombies", "zombie"),
];

/// Takes the plural off, lightly.
pub(super) fn singular(word: &str) -> String {
    if let Ok(place) = IRREGULAR.binary_search_by_key(&word, |(plural, _)| *plural) {
        return IRREGULAR[place].1.to_owned();
    }
    let is_plain = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    for sibilant in ["sses", "shes", "ches", "xes", "tzes", "zzes"] {
        if word.ends_with(sibilant) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let keeps = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(stem) if !keeps => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_several_of_a_thing_are_one_word() {
        for (one, several) in [
            ("antenna", "antennas"),
            ("battery", "batteries"),
            ("bikini", "bikinis"),
            ("box", "boxes"),
            ("bus", "buses"),
            ("camera", "cameras"),
            ("canvas", "canvases"),
            ("child", "children"),
            ("cookie", "cookies"),
            ("cpu", "cpus"),
            ("dish", "dishes"),
            ("foot", "feet"),
            ("gas", "gases"),
            ("glass", "glasses"),
            ("glove", "gloves"),
            ("headache", "headaches"),
            ("hoodie", "hoodies"),
            ("house", "houses"),
            ("idea", "ideas"),
            ("knife", "knives"),
            ("leaf", "leaves"),
            ("lens", "lenses"),
            ("man", "mens"),
            ("mouse", "mice"),
            ("movie", "movies"),
            ("pie", "pies"),
            ("potato", "potatoes"),
            ("quiz", "quizzes"),
            ("santa", "santas"),
            ("scarf", "scarves"),
            ("serie", "series"),
            ("shelf", "shelves"),
            ("shoe", "shoes"),
            ("size", "sizes"),
            ("sofa", "sofas"),
            ("sweetie", "sweeties"),
            ("switch", "switches"),
            ("tea", "teas"),
            ("tomato", "tomatoes"),
            ("tv", "tvs"),
            ("woman", "womens"),
        ] {
            assert_eq!(singular(one), singular(several), "{one}, {several}");
        }
    }

    #[test]
    fn what_only_ends_like_a_plural_stays_as_it_is() {
        for word in ["atlas", "brass", "bus", "canvas", "christmas", "gas", "glass", "iris", "lens", "news", "virus"] {
            assert_eq!(singular(word), word);
        }
        for (one, other) in [("lacie", "lacy"), ("brass", "bras"), ("lens", "len"), ("news", "new")] {
            assert_ne!(singular(one), singular(other), "{one}, {other}");
        }
    }

    #[test]
    fn a_plural_is_found_where_it_stands_and_leads_to_the_end() {
        assert!(IRREGULAR.is_sorted_by(|(one, _), (other, _)| one < other));
        for (plural, one) in IRREGULAR {
            assert_eq!((singular(plural).as_str(), singular(one).as_str()), (one, one));
        }
    }
}
