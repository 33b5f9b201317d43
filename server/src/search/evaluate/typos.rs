use rand::{Rng, RngExt};

/// A query with a slip of the finger in one of its words: a letter changed, put in, left out, or
/// swapped with the next one.
pub(super) fn slip(query: &str, random: &mut impl Rng) -> String {
    let mut words: Vec<Vec<char>> = query.split_whitespace().map(|word| word.chars().collect()).collect();
    if words.is_empty() {
        return String::new();
    }
    let slipped = random.random_range(0..words.len());
    let word = &mut words[slipped];
    let at = random.random_range(0..word.len());
    let letter = char::from(random.random_range(b'a'..=b'z'));
    match random.random_range(0..4) {
        1 => word.insert(at, letter),
        2 if word.len() > 1 => drop(word.remove(at)),
        3 if at + 1 < word.len() => word.swap(at, at + 1),
        _ => word[at] = letter,
    }
    words.into_iter().map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_slip_is_one_edit_in_one_word() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let mut lengths = [false; 3];
        for _ in 0..200 {
            let slipped = slip("desk  lamp", &mut random);
            let words: Vec<&str> = slipped.split(' ').collect();
            assert_eq!(words.len(), 2, "{slipped}");
            assert!(words[0] == "desk" || words[1] == "lamp", "{slipped}");
            lengths[slipped.len() - 8] = true;
        }
        assert_eq!(lengths, [true; 3], "letters are left out, changed and put in");
        assert_eq!(slip("", &mut random), "");
    }
}
