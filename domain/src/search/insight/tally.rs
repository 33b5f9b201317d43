use std::fmt;
use std::num::NonZeroU32;
use std::ops::AddAssign;

/// Where a product stood among the results, over all pages: 1 is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(NonZeroU32);

/// A number that is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 or more")]
pub struct PlaceError;

impl Place {
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl TryFrom<u32> for Place {
    type Error = PlaceError;

    fn try_from(place: u32) -> Result<Self, Self::Error> {
        NonZeroU32::new(place).map(Self).ok_or(PlaceError)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What became of searches. All are counts but for the sums of places, from which a mean is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub searches: u64,
    /// Different visitors who searched, those of each day.
    pub people: u64,
    /// Searches all of whose words no product had.
    pub unanswered: u64,
    /// Products that were opened from the results.
    pub clicks: u64,
    /// The places of those products, summed up.
    pub click_places: u64,
    /// Products that were opened from the results and bought.
    pub purchases: u64,
    pub purchase_places: u64,
}

impl Tally {
    /// A search of somebody who did not search for it before on that day, or who did.
    pub fn of_search(is_answered: bool, is_first: bool) -> Self {
        Self { searches: 1, people: u64::from(is_first), unanswered: u64::from(!is_answered), ..Self::default() }
    }

    pub fn of_click(place: Place) -> Self {
        Self { clicks: 1, click_places: place.get().into(), ..Self::default() }
    }

    pub fn of_purchase(place: Place) -> Self {
        Self { purchases: 1, purchase_places: place.get().into(), ..Self::default() }
    }

    /// Clicks for a hundred searches, rounded; `None` without searches.
    pub const fn clicks_percent(&self) -> Option<u64> {
        per(self.clicks.saturating_mul(100), self.searches)
    }

    /// The mean place of what was opened, in tenths, rounded; `None` where nothing was.
    pub const fn click_place_tenths(&self) -> Option<u64> {
        per(self.click_places.saturating_mul(10), self.clicks)
    }

    /// The mean place of what was bought, in tenths, rounded; `None` where nothing was.
    pub const fn purchase_place_tenths(&self) -> Option<u64> {
        per(self.purchase_places.saturating_mul(10), self.purchases)
    }
}

const fn per(sum: u64, count: u64) -> Option<u64> {
    sum.saturating_add(count / 2).checked_div(count)
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.searches += other.searches;
        self.people += other.people;
        self.unanswered += other.unanswered;
        self.clicks += other.clicks;
        self.click_places += other.click_places;
        self.purchases += other.purchases;
        self.purchase_places += other.purchase_places;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_begin_with_the_first() {
        assert_eq!(Place::try_from(0), Err(PlaceError));
        assert_eq!(Place::try_from(1).map(Place::get), Ok(1));
    }

    #[test]
    fn means_are_rounded_and_need_something_to_be_of() {
        let mut tally = Tally::of_search(true, true);
        assert_eq!(
            (tally.clicks_percent(), tally.click_place_tenths(), tally.purchase_place_tenths()),
            (Some(0), None, None)
        );
        tally += Tally::of_search(false, false);
        tally += Tally::of_search(true, true);
        for place in [1, 2, 2] {
            tally += Tally::of_click(Place::try_from(place).unwrap());
        }
        tally += Tally::of_purchase(Place::try_from(2).unwrap());
        assert_eq!((tally.searches, tally.people, tally.unanswered, tally.clicks), (3, 2, 1, 3));
        // 5 / 3 is 1.67.
        assert_eq!(
            (tally.clicks_percent(), tally.click_place_tenths(), tally.purchase_place_tenths()),
            (Some(100), Some(17), Some(20))
        );
        assert_eq!(Tally::default().clicks_percent(), None);
    }
}
