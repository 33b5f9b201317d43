use std::collections::{HashMap, HashSet};

/// Who searches, or what they did: a number made with a key that is forgotten when the day ends. Without the key it
/// means nothing, and it is never written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark(u64);

impl From<u64> for Mark {
    fn from(hash: u64) -> Self {
        Self(hash)
    }
}

/// What the visitors of one day did that counts once for each of them, so that nobody makes many of themselves by
/// doing it again. It is bounded: what a flood brings counts for nothing.
#[derive(Debug, Default)]
pub struct Crowd {
    done: HashSet<Mark>,
    deeds: HashMap<Mark, u32>,
}

impl Crowd {
    /// What one visitor may do in a day that counts; a search and a product opened from it are three deeds.
    pub const MAX_DEEDS_OF_ONE: u32 = 300;
    /// What all of them may do: some 20 MB.
    pub const MAX_DEEDS: usize = 500_000;

    /// Notes what a visitor did; `deed` is made of the visitor too. Answers whether it counts: it is new, and neither
    /// they nor all together did too much.
    pub fn note(&mut self, visitor: Mark, deed: Mark) -> bool {
        if self.done.len() >= Self::MAX_DEEDS || self.done.contains(&deed) {
            return false;
        }
        let deeds = self.deeds.entry(visitor).or_default();
        if *deeds >= Self::MAX_DEEDS_OF_ONE {
            return false;
        }
        *deeds += 1;
        self.done.insert(deed)
    }

    /// Whether somebody did something today that counts.
    pub fn knows(&self, deed: Mark) -> bool {
        self.done.contains(&deed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_counts_once() {
        let mut crowd = Crowd::default();
        let (ada, lamp, stool) = (Mark(1), Mark(10), Mark(11));
        assert!(!crowd.knows(lamp));
        assert_eq!([lamp, lamp, stool].map(|deed| crowd.note(ada, deed)), [true, false, true]);
        assert!(crowd.knows(lamp));
    }

    #[test]
    fn one_visitor_does_so_much_in_a_day_and_the_others_go_on() {
        let mut crowd = Crowd::default();
        let most = u64::from(Crowd::MAX_DEEDS_OF_ONE);
        let counted = (0..=most).filter(|deed| crowd.note(Mark(1), Mark(*deed))).count();
        assert_eq!(counted as u64, most);
        assert!(!crowd.knows(Mark(most)) && crowd.note(Mark(2), Mark(most)));
    }

    #[test]
    fn all_together_do_so_much() {
        let mut crowd = Crowd::default();
        let counted = (0..=Crowd::MAX_DEEDS as u64).filter(|deed| crowd.note(Mark(*deed), Mark(*deed))).count();
        assert_eq!(counted, Crowd::MAX_DEEDS);
    }
}
