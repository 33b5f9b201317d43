use domain::catalog::Unit::{Centimetre, Kilogram, Litre, Millilitre, Millimetre};

use super::shelf::{EARTH, GLAZE, LEATHER, Naming, OUTDOOR, PET, PLAY, QUIET, SOFT, Shelf, fine, flag, one_of, whole};

const BASE: Shelf = Shelf {
    brands: &["Good Rufus", "Whisker & Co", "Pawhaven", "Bramble Dogs", "Mog & Hound", "Tailwind"],
    naming: Naming::Person,
    palette: EARTH,
    sizes: Some(PET),
    pounds: (8, 60),
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Pets > Dogs > Collars & leads",
        things: &[("dog collar", "collar"), ("dog lead", "lead")],
        qualities: &[
            ("leather", "vegetable-tanned leather"),
            ("rope", "braided climbing rope"),
            ("waxed", "waxed canvas"),
            ("webbing", "recycled webbing"),
        ],
        details: &[
            ("with brass fittings", "Every fitting is solid brass."),
            ("with reflective thread", "A reflective thread shines in headlights."),
            ("with name plate", "A plate can be engraved."),
        ],
        openings: &[
            "{A thing} in {material} for walks in all weathers.",
            "Soft on the neck and strong in the hand: {material}.",
        ],
        palette: LEATHER,
        pounds: (12, 48),
        facts: &[whole("Width", Millimetre, 12, 32, 4), flag("Adjustable", 80)],
        ..BASE
    },
    Shelf {
        path: "Pets > Dogs > Dog beds",
        things: &[("dog bed", "pet-bed"), ("dog cushion", "pet-bed")],
        qualities: &[
            ("linen", "washed linen"),
            ("corduroy", "thick corduroy"),
            ("canvas", "cotton canvas"),
            ("wool", "felted wool"),
        ],
        details: &[
            ("with washable cover", "The cover comes off and goes into the machine."),
            ("with orthopaedic foam", "Firm foam is kind to old joints."),
        ],
        openings: &[
            "{A thing} in {material} that will be preferred to the sofa, mostly.",
            "Deep, soft and easy to clean: {material} over a firm core.",
        ],
        pounds: (28, 120),
        facts: &[
            whole("Thickness", Centimetre, 8, 22, 2),
            one_of("Care", &["Machine wash at 30 °C", "Machine wash at 40 °C"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Pets > Dogs > Bowls & feeding",
        things: &[("dog bowl", "dog-bowl"), ("slow feeder", "dog-bowl"), ("treat jar", "jar")],
        qualities: &[
            ("stoneware", "glazed stoneware"),
            ("enamel", "enamelled steel"),
            ("stainless", "stainless steel"),
        ],
        details: &[
            ("with rubber foot", "A rubber ring underneath keeps it in place."),
            ("with heavy base", "The heavy base does not slide about."),
        ],
        openings: &[
            "{A thing} in {material} that stays put and washes clean.",
            "Good enough for the kitchen floor: {material}, plainly shaped.",
        ],
        palette: GLAZE,
        pounds: (9, 34),
        facts: &[fine("Capacity", Litre, 300, 1_600, 100), flag("Dishwasher safe", 85)],
        ..BASE
    },
    Shelf {
        path: "Pets > Dogs > Dog toys",
        things: &[("rope toy", "rope-toy"), ("chew bone", "bone"), ("dog ball", "dog-ball")],
        qualities: &[
            ("tough", "natural rubber and cotton"),
            ("organic", "organic cotton and hemp"),
            ("floating", "foamed natural rubber"),
        ],
        details: &[("for strong jaws", "Tested by terriers."), ("for puppies", "Gentle on first teeth.")],
        openings: &[
            "{A thing} of {material} that comes back again and again.",
            "Made of {material}, without a squeak.",
        ],
        palette: PLAY,
        pounds: (5, 20),
        facts: &[whole("Length", Millimetre, 60, 320, 20), flag("Washable", 80)],
        ..BASE
    },
    Shelf {
        path: "Pets > Cats > Cat trees & scratchers",
        things: &[("cat tree", "cat-tree"), ("scratching post", "scratching-post")],
        qualities: &[("sisal", "sisal and birch plywood"), ("jute", "jute and solid pine"), ("felt", "felt and beech")],
        details: &[
            ("with lookout", "The top is a lookout with a view of the door."),
            ("with hanging ball", "A ball hangs where a paw expects it."),
        ],
        openings: &[
            "{A thing} of {material} to save the armchair.",
            "Climb, scratch, sleep: the {name} is made of {material}.",
        ],
        palette: QUIET,
        sizes: None,
        pounds: (24, 160),
        facts: &[whole("Height", Centimetre, 55, 140, 5), fine("Weight", Kilogram, 2_500, 12_000, 500)],
        ..BASE
    },
    Shelf {
        path: "Pets > Cats > Cat beds & toys",
        things: &[("cat basket", "pet-bed"), ("cat cave", "cat-cave"), ("toy mouse", "toy-mouse")],
        qualities: &[("felt", "felted wool"), ("woven", "woven wool"), ("soft", "brushed wool")],
        details: &[
            ("with catnip", "A little catnip is sewn in."),
            ("in one piece", "It is felted in one piece, without seams."),
        ],
        openings: &[
            "{A thing} in {material} that will be slept on, in or under.",
            "Warm {material}, approved by difficult customers.",
        ],
        palette: SOFT,
        sizes: None,
        pounds: (8, 62),
        facts: &[whole("Width", Centimetre, 10, 48, 2), one_of("Care", &["Hand wash", "Brush clean"])],
        ..BASE
    },
    Shelf {
        path: "Pets > Cats > Bowls & fountains",
        things: &[("cat bowl", "dog-bowl"), ("food canister", "tin")],
        qualities: &[
            ("stoneware", "glazed stoneware"),
            ("porcelain", "white-bodied porcelain"),
            ("enamel", "enamelled steel"),
        ],
        details: &[
            ("with wide rim", "The wide rim is kind to whiskers."),
            ("with paw mark", "A small paw is pressed into the side."),
        ],
        openings: &[
            "{A thing} in {material} for regular meals at irregular hours.",
            "Plain {material} that can be found by ear.",
        ],
        palette: GLAZE,
        sizes: None,
        pounds: (8, 30),
        facts: &[whole("Capacity", Millilitre, 200, 900, 50), flag("Dishwasher safe", 85)],
        ..BASE
    },
    Shelf {
        path: "Pets > Small animals > Houses & runs",
        things: &[("hamster house", "bird-house"), ("rabbit hutch", "hutch")],
        qualities: &[("pine", "untreated pine"), ("fir", "solid fir"), ("birch", "birch plywood")],
        details: &[
            ("with removable floor", "The floor pulls out for cleaning."),
            ("with hay rack", "A rack keeps the hay off the ground."),
        ],
        openings: &[
            "{A thing} in {material} with room to hide.",
            "Draught-free and dry: the {name} is built of {material}.",
        ],
        palette: OUTDOOR,
        sizes: None,
        pounds: (14, 180),
        facts: &[whole("Width", Centimetre, 24, 120, 4), whole("Height", Centimetre, 18, 92, 2)],
        ..BASE
    },
];
