/// The first and the last beginning of the postcodes of a state, by the labelling list L002 of the United
/// States Postal Service (three-digit ZIP code prefixes). Places that are not here are military or belong
/// to no state.
const STATES: [(u16, u16, &str); 63] = [
    (5, 5, "NY"),
    (10, 27, "MA"),
    (28, 29, "RI"),
    (30, 38, "NH"),
    (39, 49, "ME"),
    (50, 54, "VT"),
    (55, 55, "MA"),
    (56, 59, "VT"),
    // But for Fishers Island, whose few addresses are New York's.
    (60, 69, "CT"),
    (70, 89, "NJ"),
    (100, 149, "NY"),
    (150, 196, "PA"),
    (197, 199, "DE"),
    (200, 200, "DC"),
    (201, 201, "VA"),
    (202, 205, "DC"),
    (206, 212, "MD"),
    (214, 219, "MD"),
    (220, 246, "VA"),
    (247, 268, "WV"),
    (270, 289, "NC"),
    (290, 299, "SC"),
    (300, 319, "GA"),
    (320, 339, "FL"),
    (341, 349, "FL"),
    (350, 369, "AL"),
    (370, 385, "TN"),
    (386, 397, "MS"),
    (398, 399, "GA"),
    (400, 427, "KY"),
    (430, 459, "OH"),
    (460, 479, "IN"),
    (480, 499, "MI"),
    (500, 528, "IA"),
    (530, 549, "WI"),
    (550, 567, "MN"),
    (569, 569, "DC"),
    (570, 577, "SD"),
    (580, 588, "ND"),
    (590, 599, "MT"),
    (600, 629, "IL"),
    (630, 658, "MO"),
    (660, 679, "KS"),
    (680, 693, "NE"),
    (700, 714, "LA"),
    (716, 729, "AR"),
    (730, 731, "OK"),
    (733, 733, "TX"),
    (734, 749, "OK"),
    (750, 799, "TX"),
    (800, 816, "CO"),
    (820, 831, "WY"),
    (832, 838, "ID"),
    (840, 847, "UT"),
    (850, 865, "AZ"),
    (870, 884, "NM"),
    (885, 885, "TX"),
    (889, 898, "NV"),
    (900, 961, "CA"),
    (967, 968, "HI"),
    (970, 979, "OR"),
    (980, 994, "WA"),
    (995, 999, "AK"),
];

/// The state that a ZIP code is of.
pub(super) fn state_of(postcode: &str) -> Option<&'static str> {
    let prefix: u16 = postcode.get(..3)?.parse().ok()?;
    STATES.iter().find(|(first, last, _)| (*first..=*last).contains(&prefix)).map(|(.., state)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_of_one_state() {
        let known = [("00501", "NY"), ("02108", "MA"), ("10001", "NY"), ("20500", "DC"), ("60601", "IL")];
        for (postcode, state) in known.into_iter().chain([("73301", "TX"), ("90210", "CA"), ("97201", "OR")]) {
            assert_eq!(state_of(postcode), Some(state), "{postcode}");
        }
        for nowhere in ["", "1", "09001", "34001", "ABCDE", "é"] {
            assert_eq!(state_of(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn ranges_rise_and_do_not_meet() {
        assert!(STATES.is_sorted_by(|(_, last, _), (first, ..)| last < first));
        assert!(STATES.iter().all(|(first, last, _)| first <= last));
    }
}
