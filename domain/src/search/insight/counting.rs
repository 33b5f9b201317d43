use std::collections::HashMap;

use jiff::civil::Date;

use super::{CountedQuery, Tally};

/// Counts that wait to be written down. It is bounded: a flood of different queries costs no memory, and
/// what is lost of it is no loss.
#[derive(Debug, Default)]
pub struct Counting {
    counts: HashMap<(Date, CountedQuery), Tally>,
}

impl Counting {
    /// Different queries that wait at once.
    pub const MAX_QUERIES: usize = 4_096;

    /// Counts something; a query that is new counts for nothing where too many wait.
    pub fn count(&mut self, day: Date, query: CountedQuery, tally: Tally) {
        let key = (day, query);
        if let Some(known) = self.counts.get_mut(&key) {
            *known += tally;
        } else if self.counts.len() < Self::MAX_QUERIES {
            self.counts.insert(key, tally);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// All counts, in an order that is the same for everybody: who writes them down then waits for
    /// nobody who waits for them.
    pub fn take(&mut self) -> Vec<(Date, CountedQuery, Tally)> {
        let mut counts: Vec<_> =
            std::mem::take(&mut self.counts).into_iter().map(|((day, query), tally)| (day, query, tally)).collect();
        counts.sort_by(|(day, query, _), (other_day, other_query, _)| (day, query).cmp(&(other_day, other_query)));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_waits_is_summed_up_by_day_and_query() {
        let (today, tomorrow) = (date(2026, 11, 25), date(2026, 11, 26));
        let mut counting = Counting::default();
        for (day, query) in [(tomorrow, "lamp"), (today, "stool"), (today, "lamp"), (today, "lamp")] {
            counting.count(day, query.parse().unwrap(), Tally::of_search(true, true));
        }
        let taken = counting.take();
        let taken: Vec<_> = taken.iter().map(|(day, query, tally)| (*day, query.as_str(), tally.searches)).collect();
        assert_eq!(taken, [(today, "lamp", 2), (today, "stool", 1), (tomorrow, "lamp", 1)]);
        assert!(counting.is_empty() && counting.take().is_empty());
    }

    #[test]
    fn a_flood_is_cut_and_what_is_known_is_counted_on() {
        let today = date(2026, 11, 25);
        let letters = |n: usize| char::from_u32(0x4e00 + u32::try_from(n).unwrap()).unwrap().to_string();
        let mut counting = Counting::default();
        for n in 0..=Counting::MAX_QUERIES {
            counting.count(today, letters(n).parse().unwrap(), Tally::of_search(true, true));
        }
        counting.count(today, letters(0).parse().unwrap(), Tally::of_search(true, true));
        let taken = counting.take();
        assert_eq!(taken.len(), Counting::MAX_QUERIES);
        assert_eq!(taken.first().map(|(_, _, tally)| tally.searches), Some(2));
    }
}
