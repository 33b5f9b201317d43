use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{LocationId, Quantity};
use crate::catalog::Sku;
use crate::checkout::{Address, Postcode};

/// A location that an order can be sent from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depot {
    pub location: LocationId,
    pub address: Option<Address>,
    /// Units there that no order is sent; nothing of a SKU that is not named.
    pub free: BTreeMap<Sku, u32>,
}

/// Units of an order that a location sends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sourced {
    pub sku: Sku,
    pub location: LocationId,
    pub quantity: Quantity,
}

impl Depot {
    fn free(&self, sku: &Sku) -> u32 {
        self.free.get(sku).copied().unwrap_or_default()
    }

    fn has(&self, sku: &Sku, quantity: Quantity) -> bool {
        self.free(sku) >= quantity.get()
    }
}

/// Chooses where an order is sent from, in as few parcels as may be: one location that has everything, else two
/// that have all lines between them, else the ones that have most of the lines left, one after the other. Of
/// locations that do equally well the nearest is chosen, then the one with the most units of the order. A line is
/// split only where no location has all of it. What nobody has is left to the first location, which sends it when
/// it is there.
///
/// Nearness is judged without a map: a location in the country of the address is nearer than any other, and the
/// longer the beginning that their postcodes share, the nearer it is. Countries are all equally far, and so is a
/// location without an address.
pub fn allocate(wanted: &BTreeMap<Sku, Quantity>, depots: &[Depot], to: &Address) -> Vec<Sourced> {
    let mut ranked: Vec<&Depot> = depots.iter().collect();
    ranked.sort_by_key(|depot| {
        let units: u64 = wanted.keys().map(|sku| u64::from(depot.free(sku))).sum();
        (Reverse(nearness(depot.address.as_ref(), to)), Reverse(units), depot.location)
    });
    let is_whole = |(sku, quantity): &(&Sku, &Quantity)| ranked.iter().any(|depot| depot.has(sku, **quantity));
    let (whole, split): (Vec<_>, Vec<_>) = wanted.iter().partition(is_whole);
    let chosen = fewest(&whole, &ranked);
    let mut sourced: BTreeMap<(&Sku, LocationId), u32> = BTreeMap::new();
    for (sku, quantity) in whole {
        if let Some(depot) = chosen.iter().find(|depot| depot.has(sku, *quantity)) {
            *sourced.entry((sku, depot.location)).or_default() += quantity.get();
        }
    }
    let mut used: BTreeSet<LocationId> = chosen.iter().map(|depot| depot.location).collect();
    for (sku, quantity) in split {
        let left = spread(sku, *quantity, &ranked, &mut used, &mut sourced);
        if left > 0 {
            *sourced.entry((sku, LocationId::FIRST)).or_default() += left;
        }
    }
    let parts = sourced.into_iter().filter_map(|((sku, location), units)| {
        // What is nothing is not sent; a part of a line is no more than the line.
        let quantity = Quantity::try_from(units).ok()?;
        Some(Sourced { sku: sku.clone(), location, quantity })
    });
    parts.collect()
}

/// How many signs of the postcode a location shares with an address in its country; `None` is anywhere else.
fn nearness(from: Option<&Address>, to: &Address) -> Option<usize> {
    let from = from.filter(|from| from.country == to.country)?;
    let signs = |postcode: &Postcode| {
        let signs = postcode.as_str().chars().filter(char::is_ascii_alphanumeric);
        signs.map(|sign| sign.to_ascii_uppercase()).collect::<Vec<_>>()
    };
    Some(signs(&from.postcode).iter().zip(&signs(&to.postcode)).take_while(|(one, other)| one == other).count())
}

/// The fewest locations that have all of some lines between them, of which each is had by one, the best first.
fn fewest<'a>(lines: &[(&Sku, &Quantity)], ranked: &[&'a Depot]) -> Vec<&'a Depot> {
    if lines.is_empty() {
        return Vec::new();
    }
    let has = |depot: &Depot, (sku, quantity): &(&Sku, &Quantity)| depot.has(sku, **quantity);
    if let Some(one) = ranked.iter().copied().find(|depot| lines.iter().all(|line| has(depot, line))) {
        return vec![one];
    }
    for (place, one) in ranked.iter().copied().enumerate() {
        let other = ranked
            .iter()
            .copied()
            .skip(place + 1)
            .find(|other| lines.iter().all(|line| has(one, line) || has(other, line)));
        if let Some(other) = other {
            return vec![one, other];
        }
    }
    let (mut left, mut chosen) = (lines.to_vec(), Vec::new());
    while !left.is_empty() {
        // Of those that have equally many, the first one is the best.
        let most = ranked.iter().copied().rev().max_by_key(|depot| left.iter().filter(|line| has(depot, line)).count());
        let Some(most) = most else { break };
        let before = left.len();
        left.retain(|line| !has(most, line));
        if left.len() == before {
            break;
        }
        chosen.push(most);
    }
    chosen
}

/// Takes a line that no location has all of: from those that send something anyway, then from one that has the
/// rest, else from whoever has most of it. Answers how many units are nowhere.
fn spread<'a>(
    sku: &'a Sku,
    quantity: Quantity,
    ranked: &[&Depot],
    used: &mut BTreeSet<LocationId>,
    sourced: &mut BTreeMap<(&'a Sku, LocationId), u32>,
) -> u32 {
    let mut left = quantity.get();
    let (mut senders, mut others): (Vec<&Depot>, Vec<&Depot>) =
        ranked.iter().copied().filter(|depot| depot.free(sku) > 0).partition(|depot| used.contains(&depot.location));
    while left > 0 {
        let next = if senders.is_empty() {
            let enough = others.iter().position(|depot| depot.free(sku) >= left);
            let most = || (0..others.len()).rev().max_by_key(|place| others.get(*place).map(|depot| depot.free(sku)));
            let Some(place) = enough.or_else(most) else { break };
            others.remove(place)
        } else {
            senders.remove(0)
        };
        let units = next.free(sku).min(left);
        left -= units;
        used.insert(next.location);
        *sourced.entry((sku, next.location)).or_default() += units;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::ContactForm;
    use proptest::prelude::*;

    fn address(country: &str, postcode: &str) -> Address {
        let text = str::to_owned;
        let form = ContactForm {
            line1: text("1 High Street"),
            city: text("Town"),
            postcode: text(postcode),
            country: text(country),
            ..ContactForm::default()
        };
        form.parse_address().unwrap()
    }

    fn id(number: u128) -> LocationId {
        LocationId::new(uuid::Uuid::from_u128(number))
    }

    fn lines(units: &[(&str, u32)]) -> BTreeMap<Sku, Quantity> {
        let some = units.iter().filter(|(_, units)| *units > 0);
        some.map(|(sku, units)| (sku.parse().unwrap(), (*units).try_into().unwrap())).collect()
    }

    fn depot(number: u128, address: Option<Address>, free: &[(&str, u32)]) -> Depot {
        let free = free.iter().map(|(sku, units)| (sku.parse().unwrap(), *units)).collect();
        Depot { location: id(number), address, free }
    }

    /// What each location sends, as `SKU from location: units`.
    fn sent(wanted: &[(&str, u32)], depots: &[Depot], to: &Address) -> Vec<String> {
        let number = |location| (0..9).find(|number| id(*number) == location).unwrap();
        let words = |part: Sourced| format!("{} from {}: {}", part.sku, number(part.location), part.quantity);
        allocate(&lines(wanted), depots, to).into_iter().map(words).collect()
    }

    #[test]
    fn the_nearest_of_those_that_have_everything_sends_one_parcel() {
        let here = address("GB", "LS1 6HD");
        let at = |number, country: &str, postcode: &str, lamps| {
            depot(number, Some(address(country, postcode)), &[("LAMP", lamps), ("MUG", 9)])
        };
        let london = at(0, "GB", "SW1Y 4JH", 99);
        let (leeds, bradford, berlin) = (at(1, "GB", "ls28ab", 2), at(2, "GB", "BD1 1AA", 9), at(3, "DE", "10115", 99));
        let all = [london.clone(), leeds, bradford, berlin.clone()];
        assert_eq!(sent(&[("LAMP", 2)], &all, &here), ["LAMP from 1: 2"]);
        assert_eq!(
            sent(&[("LAMP", 3), ("MUG", 1)], &all, &here),
            ["LAMP from 0: 3", "MUG from 0: 1"],
            "the most stock"
        );
        assert_eq!(sent(&[("LAMP", 2)], &all, &address("DE", "80331")), ["LAMP from 3: 2"]);
        // Abroad everything is equally far, and so is what has no address.
        let somewhere = depot(4, None, &[("LAMP", 100)]);
        assert_eq!(sent(&[("LAMP", 2)], &[london, berlin, somewhere], &address("FR", "75001")), ["LAMP from 4: 2"]);
    }

    #[test]
    fn two_parcels_are_found_where_one_will_not_do() {
        let to = address("GB", "LS1 6HD");
        let near = Some(address("GB", "LS2 8AB"));
        // Who has most of the lines is of no use here.
        let depots = [
            depot(0, None, &[("A", 1), ("B", 1)]),
            depot(1, near.clone(), &[("B", 1), ("C", 1), ("D", 1)]),
            depot(2, None, &[("C", 1), ("D", 1)]),
            depot(3, None, &[("A", 1), ("C", 1)]),
        ];
        let wanted = [("A", 1), ("B", 1), ("C", 1), ("D", 1)];
        assert_eq!(sent(&wanted, &depots, &to), ["A from 0: 1", "B from 1: 1", "C from 1: 1", "D from 1: 1"]);
        assert_eq!(sent(&wanted, &depots[1..3], &to), ["A from 0: 1", "B from 1: 1", "C from 1: 1", "D from 1: 1"]);
    }

    #[test]
    fn a_line_is_split_where_nobody_has_all_of_it() {
        let to = address("GB", "LS1 6HD");
        let near = Some(address("GB", "LS2 8AB"));
        let depots = [depot(0, None, &[("A", 4), ("B", 1)]), depot(1, near, &[("A", 3)]), depot(2, None, &[("A", 5)])];
        assert_eq!(sent(&[("A", 5)], &depots, &to), ["A from 2: 5"], "it is far, and has all");
        assert_eq!(sent(&[("A", 7)], &depots, &to), ["A from 1: 2", "A from 2: 5"]);
        assert_eq!(sent(&[("A", 6), ("B", 1)], &depots, &to), ["A from 0: 4", "A from 1: 2", "B from 0: 1"]);
        assert_eq!(
            sent(&[("A", 15)], &depots, &to),
            ["A from 0: 7", "A from 1: 3", "A from 2: 5"],
            "three are not there"
        );
    }

    type Shop = (u8, [u32; 4]);

    fn depots(shops: &[Shop]) -> Vec<Depot> {
        let skus = ["A", "B", "C", "D"];
        let postcodes = [None, Some("LS1 6HD"), Some("LS2 8AB"), Some("SW1Y 4JH")];
        let of = |(number, (place, free)): (usize, &Shop)| {
            let free: Vec<_> = skus.into_iter().zip(*free).collect();
            let address = postcodes[usize::from(*place)].map(|postcode| address("GB", postcode));
            depot(number as u128, address, &free)
        };
        shops.iter().enumerate().map(of).collect()
    }

    fn shops() -> impl Strategy<Value = Vec<Shop>> {
        prop::collection::vec((0_u8..4, prop::array::uniform4(0_u32..5)), 1..6)
    }

    proptest! {
        #[test]
        fn everything_is_sent_once_by_somebody_who_has_it(shops in shops(), wanted in prop::array::uniform4(0_u32..9)) {
            let (depots, to) = (depots(&shops), address("GB", "LS1 6HD"));
            let wanted = lines(&["A", "B", "C", "D"].into_iter().zip(wanted).collect::<Vec<_>>());
            let sourced = allocate(&wanted, &depots, &to);
            for (sku, quantity) in &wanted {
                let parts: Vec<&Sourced> = sourced.iter().filter(|part| part.sku == *sku).collect();
                prop_assert_eq!(parts.iter().map(|part| part.quantity.get()).sum::<u32>(), quantity.get());
                let is_whole = depots.iter().any(|depot| depot.has(sku, *quantity));
                prop_assert!(!is_whole || parts.len() == 1, "{} is split for nothing", sku);
                let there: u32 = depots.iter().map(|depot| depot.free(sku)).sum();
                let nowhere = quantity.get().saturating_sub(there);
                for part in parts {
                    let depot = depots.iter().find(|depot| depot.location == part.location).unwrap();
                    let waited_for = if part.location.is_first() { nowhere } else { 0 };
                    prop_assert!(part.quantity.get() <= depot.free(sku) + waited_for);
                }
            }
            let skus: BTreeSet<(&Sku, LocationId)> = sourced.iter().map(|part| (&part.sku, part.location)).collect();
            prop_assert_eq!(skus.len(), sourced.len());
        }

        #[test]
        fn one_who_has_all_sends_all(shops in shops(), wanted in prop::array::uniform4(0_u32..5)) {
            let (depots, to) = (depots(&shops), address("GB", "LS1 6HD"));
            let wanted = lines(&["A", "B", "C", "D"].into_iter().zip(wanted).collect::<Vec<_>>());
            let parcels: BTreeSet<_> = allocate(&wanted, &depots, &to).iter().map(|part| part.location).collect();
            let has_all = |depot: &Depot| wanted.iter().all(|(sku, quantity)| depot.has(sku, *quantity));
            if !wanted.is_empty() && depots.iter().any(has_all) {
                prop_assert_eq!(parcels.len(), 1);
            }
        }

        #[test]
        fn the_order_in_which_locations_are_named_is_nothing(
            shops in shops(), wanted in prop::array::uniform4(0_u32..9), turn in 0_usize..6,
        ) {
            let (depots, to) = (depots(&shops), address("GB", "LS1 6HD"));
            let wanted = lines(&["A", "B", "C", "D"].into_iter().zip(wanted).collect::<Vec<_>>());
            let mut turned = depots.clone();
            turned.rotate_left(turn % depots.len());
            prop_assert_eq!(allocate(&wanted, &turned, &to), allocate(&wanted, &depots, &to));
        }
    }
}
