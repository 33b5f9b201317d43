//! Sizes, amounts and packs as people write them.

use super::super::Sizes;

fn read(text: &str) -> String {
    let Some(sizes) = Sizes::at_start(text) else { return String::new() };
    let words = sizes.container.into_iter().chain(sizes.sizes.iter().map(|size| size.word.as_str()));
    format!("{}|{}", words.collect::<Vec<_>>().join(" "), &text[sizes.bytes..])
}

#[test]
fn a_size_has_one_form_however_it_is_written() {
    for (form, written) in [
        ("1397mm|", &["55\"", "55 inch", "55-inch", "55''", "55in", "55 in", "139.7 cm", "139,7cm"][..]),
        ("12.7mm|", &["1/2\"", "1/2 inch", "1/2 in", "0,5 in", "12.7mm"]),
        ("38.1mm|", &["1 1/2 in", "1-1/2\"", "1.5 inches", "3,81 cm"]),
        ("1778mm|", &["5' 10\"", "5'10\"", "5'10", "5 ft 10 in", "5ft 10in", "70 inches"]),
        ("1524mm|", &["5'", "5 ft", "5 feet", "60\""]),
        ("1.5g|", &["1,5 g", "1.5g", "1.50 gram", "1500 mg"]),
        ("24oz|", &["1.5 lb", "1 1/2 lbs", "24 oz", "1 pound 8 ounces"]),
        ("12floz|", &["12 fl oz", "12 fl. oz", "12 fluid ounces", "12floz"]),
        ("pack 6pcs|", &["6 pack", "6-pack", "6pk", "6 pk", "six pack", "pack of 6", "pack of six"]),
        ("set 4pcs|", &["set of 4", "set of four"]),
        ("12pcs|", &["12 ct", "12 count", "12pcs", "12 pieces", "dozen", "1 dozen", "12ct"]),
        ("10x15|", &["10x15", "10 x 15", "10×15", "10 × 15", "10*15", "10 by 15", "10.0x15"]),
        ("8.5x11|", &["8.5 x 11", "8-1/2 x 11", "8 1/2x11", "8,50x11"]),
        ("1/3x2|", &["1/3 x 2"]),
        ("100x150mm|", &["10x15cm", "10 x 15 cm", "10cm x 15cm", "100×150mm", "10cm x15 cm", "10 by 15 cm"]),
        ("254x381mm|", &["10\" x 15\"", "10x15 in", "10in x 15in", "10 in x 15 in", "10 by 15 inch"]),
        ("2 16000mb|", &["2x16gb", "2 x 16 gb", "2×16GB"]),
        ("100mm 150mm|", &["10-15 cm", "10-15cm", "10 to 15 cm"]),
    ] {
        for written in written {
            assert_eq!(read(&written.to_lowercase()), form, "{written}");
        }
    }
}

#[test]
fn what_is_no_size_is_left_as_it_is() {
    for none in [
        "2 in 1",
        "3in1",
        "2-in-1",
        "8 in red",
        "size 8",
        "8",
        "10,20,30 mm",
        "1.2.3 mm",
        "7920x 2066",
        "3 x zoom",
        "1234567890 mm",
        "90's",
        "six shooter",
        "pack of lies",
        "box of 500 g",
        "set of 4x6 frames",
        "123456x2",
        "in 5",
        "4 3/4x",
        "",
    ] {
        assert_eq!(read(none), "", "{none}");
    }
    assert_eq!(read("55 in tv"), "1397mm| tv");
    assert_eq!(read("12 in. pan"), "304.8mm|. pan");
    assert_eq!(read("15.6 in red"), "396.24mm| red");
    assert_eq!(read("50 pack of 6"), "");
    assert_eq!(read("10x15 cm frame"), "100x150mm| frame");
    assert_eq!(read("1/2\"x3/4\""), "12.7x19.05mm|");
}
