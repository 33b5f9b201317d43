//! One spelling of words that are written in two: whoever asks for a `gray color` finds what is `grey` in `colour`,
//! as surely as if it were written so. Words that are other ones in America stand among the synonyms.

/// American spellings with the British one, in the singular and in alphabetical order.
const SPELLINGS: [(&str, &str); 66] = [
    ("aluminum", "aluminium"),
    ("analyzer", "analyser"),
    ("armor", "armour"),
    ("artifact", "artefact"),
    ("barbeque", "barbecue"),
    ("caliber", "calibre"),
    ("carburetor", "carburettor"),
    ("catalog", "catalogue"),
    ("center", "centre"),
    ("centerpiece", "centrepiece"),
    ("checkered", "chequered"),
    ("chili", "chilli"),
    ("color", "colour"),
    ("colored", "coloured"),
    ("colorful", "colourful"),
    ("coloring", "colouring"),
    ("cozy", "cosy"),
    ("customized", "customised"),
    ("deodorizer", "deodoriser"),
    ("disk", "disc"),
    ("donut", "doughnut"),
    ("drier", "dryer"),
    ("enameled", "enamelled"),
    ("favorite", "favourite"),
    ("fiber", "fibre"),
    ("fiberboard", "fibreboard"),
    ("fiberglass", "fibreglass"),
    ("flavor", "flavour"),
    ("flavored", "flavoured"),
    ("gray", "grey"),
    ("grayscale", "greyscale"),
    ("jeweled", "jewelled"),
    ("jewelry", "jewellery"),
    ("labeler", "labeller"),
    ("license", "licence"),
    ("licorice", "liquorice"),
    ("luster", "lustre"),
    ("modeling", "modelling"),
    ("moisturizer", "moisturiser"),
    ("moisturizing", "moisturising"),
    ("mold", "mould"),
    ("molding", "moulding"),
    ("multicolor", "multicolour"),
    ("multicolored", "multicoloured"),
    ("mustache", "moustache"),
    ("odor", "odour"),
    ("omelet", "omelette"),
    ("organizer", "organiser"),
    ("pajama", "pyjama"),
    ("paneled", "panelled"),
    ("personalized", "personalised"),
    ("plow", "plough"),
    ("racquet", "racket"),
    ("sanitizer", "sanitiser"),
    ("savory", "savoury"),
    ("sterilizer", "steriliser"),
    ("sulfate", "sulphate"),
    ("theater", "theatre"),
    ("tire", "tyre"),
    ("traveler", "traveller"),
    ("vapor", "vapour"),
    ("vaporizer", "vaporiser"),
    ("watercolor", "watercolour"),
    ("whiskey", "whisky"),
    ("woolen", "woollen"),
    ("yogurt", "yoghurt"),
];

/// A word in the singular in its one spelling.
pub(super) fn one_spelling(word: String) -> String {
    let known = SPELLINGS.binary_search_by_key(&word.as_str(), |(other, _)| *other);
    known.map_or(word, |place| SPELLINGS[place].1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::plurals::singular;
    use super::*;

    #[test]
    fn both_spellings_are_one_word_and_others_stay() {
        for (one, other) in [("colours", "colors"), ("grey", "gray"), ("jewellery", "jewelry"), ("tyres", "tires")] {
            assert_eq!(one_spelling(singular(one)), one_spelling(singular(other)));
        }
        assert_eq!(one_spelling("lamp".to_owned()), "lamp");
    }

    #[test]
    fn a_spelling_is_found_where_it_stands_and_leads_to_the_end() {
        assert!(SPELLINGS.is_sorted_by(|(one, _), (other, _)| one < other));
        for (other, one) in SPELLINGS {
            assert_eq!((singular(other).as_str(), singular(one).as_str()), (other, one));
            assert_eq!(one_spelling(one.to_owned()), one);
        }
    }
}
