use std::net::IpAddr;

use domain::catalog::Slug;
use domain::search::insight::{CountedQuery, Crowd, Mark};
use jiff::civil::Date;

/// Tells the visitors of a day apart by the network they come from, without keeping it: all that is kept are
/// numbers that a key made, and both are gone when the day ends or the server stops. Each server counts by itself.
#[derive(Debug)]
pub(super) struct Visitors {
    day: Date,
    key: [u8; 32],
    crowd: Crowd,
}

/// What counts once a day for each visitor.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed<'a> {
    /// Saw results of a search.
    Saw(&'a CountedQuery),
    /// Searched anew, not on a further page.
    Searched(&'a CountedQuery),
    /// Opened a product from the results.
    Opened(&'a CountedQuery, &'a Slug),
    /// Opened it from any results.
    TookInterest(&'a Slug),
}

impl Visitors {
    pub(super) fn of(day: Date) -> Self {
        Self { day, key: rand::random(), crowd: Crowd::default() }
    }

    /// Forgets everybody where another day has begun.
    pub(super) fn turn(&mut self, today: Date) {
        if self.day != today {
            *self = Self::of(today);
        }
    }

    /// The visitors of one network are one; those on this machine are one too.
    pub(super) fn mark(&self, network: Option<IpAddr>) -> Mark {
        self.hash(&[&network.map(|network| network.to_string()).unwrap_or_default()])
    }

    /// Notes a deed; answers whether it counts.
    pub(super) fn note(&mut self, visitor: Mark, deed: Deed) -> bool {
        let deed = self.deed(visitor, deed);
        self.crowd.note(visitor, deed)
    }

    pub(super) fn knows(&self, visitor: Mark, deed: Deed) -> bool {
        self.crowd.knows(self.deed(visitor, deed))
    }

    fn deed(&self, visitor: Mark, deed: Deed) -> Mark {
        let visitor = format!("{visitor:?}");
        match deed {
            Deed::Saw(query) => self.hash(&[&visitor, "saw", query.as_str()]),
            Deed::Searched(query) => self.hash(&[&visitor, "searched", query.as_str()]),
            Deed::Opened(query, product) => self.hash(&[&visitor, "opened", product.as_str(), query.as_str()]),
            Deed::TookInterest(product) => self.hash(&[&visitor, "interest", product.as_str()]),
        }
    }

    fn hash(&self, parts: &[&str]) -> Mark {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        for part in parts {
            hasher.update(part.as_bytes()).update(b"\0");
        }
        let mut mark = [0; 8];
        hasher.finalize_xof().fill(&mut mark);
        u64::from_le_bytes(mark).into()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_visitor_is_the_same_for_a_day_and_nobody_after_it() {
        let mut visitors = Visitors::of(date(2026, 11, 25));
        let network = |address: &str| address.parse().ok();
        let ada = visitors.mark(network("203.0.113.7"));
        assert_eq!(visitors.mark(network("203.0.113.7")), ada);
        assert_ne!(visitors.mark(network("203.0.113.8")), ada);
        let lamp: CountedQuery = "lamp".parse().unwrap();
        assert!(visitors.note(ada, Deed::Searched(&lamp)) && !visitors.note(ada, Deed::Searched(&lamp)));
        assert!(visitors.knows(ada, Deed::Searched(&lamp)) && !visitors.knows(ada, Deed::Saw(&lamp)));
        visitors.turn(date(2026, 11, 25));
        assert_eq!(visitors.mark(network("203.0.113.7")), ada);
        visitors.turn(date(2026, 11, 26));
        assert_ne!(visitors.mark(network("203.0.113.7")), ada);
        assert!(!visitors.knows(ada, Deed::Searched(&lamp)));
    }
}
