use domain::catalog::Unit::{Centimetre, Gram, Hour, Kilogram, Lumen, Millimetre, Watt};

use super::shelf::{
    BED, CUSHION, EARTH, FRAME, METAL, QUIET, RUG, SOFT, Shelf, TOWEL, WOOD, fine, flag, one_of, whole,
};

const BASE: Shelf = Shelf {
    brands: &["Hearth & Hollow", "Northmere", "Oat & Ember", "Tallowfield", "Lumby", "Casa Verrin", "Stillwater Home"],
    palette: EARTH,
    pounds: (10, 50),
    ..Shelf::EMPTY
};

const LIGHTS: &[&str] = &["Lumenhouse", "Ostrava Light", "Wick & Wire", "Northmere", "Halden", "Brightside Studio"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Home & living > Lighting > Desk lamps",
        things: &[("desk lamp", "desk-lamp"), ("reading lamp", "desk-lamp"), ("clamp lamp", "desk-lamp")],
        qualities: &[
            ("oak", "solid oak"),
            ("brass", "brushed brass"),
            ("steel", "powder-coated steel"),
            ("ash", "solid ash"),
        ],
        details: &[
            ("with jointed arm", "Two joints hold the head wherever it is left."),
            ("with dimmer", "A dimmer on the base goes from full light down to a glow."),
            ("with USB charging port", "A USB port in the base charges a phone beside the work."),
            ("with fabric cable", "The cable is covered in woven cotton and has a switch within reach."),
        ],
        openings: &[
            "{A thing} in {material} for long evenings at a desk.",
            "The {name} puts the light where the page is and keeps it out of the eyes.",
            "A small, steady {thing} in {material} that leaves room for the work.",
        ],
        brands: LIGHTS,
        pounds: (28, 140),
        facts: &[
            whole("Height", Millimetre, 340, 560, 10),
            whole("Brightness", Lumen, 350, 810, 20),
            whole("Power", Watt, 5, 12, 1),
            flag("Bulb included", 70),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Lighting > Table lamps",
        things: &[("table lamp", "table-lamp"), ("bedside lamp", "table-lamp")],
        qualities: &[
            ("stoneware", "glazed stoneware"),
            ("oak", "turned oak"),
            ("glass", "mouth-blown glass"),
            ("marble", "honed marble"),
        ],
        details: &[
            ("with linen shade", "The linen shade spreads a soft, even light."),
            ("with pleated shade", "The pleated shade throws a warm pattern on the wall."),
            ("with touch dimmer", "A touch on the base steps through three levels of light."),
            ("with cotton shade", "The cotton shade lifts off for dusting."),
        ],
        openings: &[
            "{A thing} with a base of {material} for a sideboard, a window sill or a bedside.",
            "The {name} warms a corner without taking it over.",
            "A base of {material} and a generous shade make this {thing} a quiet centre of a room.",
        ],
        brands: LIGHTS,
        pounds: (32, 180),
        facts: &[
            whole("Height", Millimetre, 280, 620, 10),
            whole("Brightness", Lumen, 250, 810, 20),
            one_of("Fitting", &["E27", "E14"]),
            flag("Dimmable", 60),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Lighting > Floor lamps",
        things: &[("floor lamp", "floor-lamp"), ("tripod floor lamp", "tripod-lamp")],
        qualities: &[("oak", "solid oak"), ("black steel", "black steel"), ("brass", "aged brass")],
        details: &[
            ("with linen shade", "The linen shade gives a soft light to read by."),
            ("with foot switch", "A foot switch on the cable saves reaching for it."),
            ("with drum shade", "The wide drum shade lights the ceiling and the chair below."),
        ],
        openings: &[
            "{A thing} in {material} that stands behind a sofa and lights the whole corner.",
            "The {name} brings light to where no ceiling rose reaches.",
        ],
        brands: LIGHTS,
        pounds: (70, 320),
        facts: &[
            whole("Height", Centimetre, 135, 172, 1),
            fine("Weight", Kilogram, 3_200, 8_400, 100),
            one_of("Fitting", &["E27"]),
            flag("Dimmable", 60),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Lighting > Pendant lights",
        things: &[("pendant light", "pendant"), ("ceiling shade", "pendant"), ("globe pendant", "globe-pendant")],
        qualities: &[
            ("rattan", "woven rattan"),
            ("enamel", "enamelled steel"),
            ("glass", "opal glass"),
            ("paper", "pleated paper"),
        ],
        details: &[
            ("with cotton flex", "It hangs on two metres of cotton-covered flex."),
            ("for dining tables", "It is made to hang low over a table and keep the light out of eyes."),
            ("with ceiling rose", "The matching ceiling rose hides the wiring."),
        ],
        openings: &[
            "{A thing} in {material} that looks as good switched off as on.",
            "The {name} hangs over a table and gathers people around it.",
        ],
        brands: LIGHTS,
        pounds: (25, 210),
        facts: &[whole("Diameter", Millimetre, 180, 520, 10), one_of("Fitting", &["E27", "E14"]), flag("Dimmable", 75)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Textiles > Cushions",
        things: &[("cushion", "cushion"), ("cushion cover", "cushion"), ("tasselled cushion", "tassel-cushion")],
        qualities: &[
            ("linen", "washed linen"),
            ("velvet", "cotton velvet"),
            ("wool", "lambswool"),
            ("cotton", "organic cotton"),
            ("bouclé", "wool-blend bouclé"),
        ],
        details: &[
            ("with piped edge", "A piped edge keeps its shape over the years."),
            ("with hidden zip", "A hidden zip makes the cover easy to take off."),
            ("in a woven check", "The check is woven and not printed, so it shows on both sides."),
            ("with contrast back", "The back is a shade darker, for those who like to turn it round."),
        ],
        openings: &[
            "{A thing} in {material} that makes an old sofa look cared for.",
            "Soft {material}, a firm seam and a colour that sits well with others.",
        ],
        palette: EARTH,
        sizes: Some(CUSHION),
        pounds: (12, 48),
        facts: &[
            one_of("Care", &["Machine wash at 30 °C", "Dry clean only", "Hand wash"]),
            one_of("Filling", &["Feather", "Recycled polyester", "Cover only"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Textiles > Throws & blankets",
        things: &[("throw", "blanket"), ("blanket", "blanket"), ("picnic blanket", "blanket")],
        qualities: &[
            ("lambswool", "pure lambswool"),
            ("cotton", "organic cotton"),
            ("merino", "merino wool"),
            ("recycled wool", "recycled wool"),
        ],
        details: &[
            ("with fringe", "The ends are finished with a hand-knotted fringe."),
            ("in herringbone", "It is woven in a fine herringbone."),
            ("with blanket stitch", "A blanket stitch in a second colour runs round the edge."),
            ("in a bold stripe", "Broad stripes run from end to end."),
        ],
        openings: &[
            "{A thing} in {material} for the end of a sofa and the first cold evening.",
            "Woven in a small mill from {material}, warm without being heavy.",
        ],
        pounds: (24, 130),
        facts: &[
            whole("Length", Centimetre, 170, 200, 5),
            whole("Width", Centimetre, 130, 150, 5),
            fine("Weight", Kilogram, 700, 1_500, 50),
            one_of("Care", &["Hand wash", "Machine wash on a wool cycle", "Dry clean only"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Textiles > Rugs",
        things: &[("rug", "rug"), ("flatweave rug", "rug"), ("round-edged rug", "rug")],
        qualities: &[
            ("wool", "hand-tufted wool"),
            ("jute", "natural jute"),
            ("cotton", "recycled cotton"),
            ("hemp", "woven hemp"),
        ],
        details: &[
            ("with fringed ends", "Both ends are fringed by hand."),
            ("with contour pattern", "Its pattern follows the contour lines of a hill."),
            ("with border", "A darker border frames the floor around it."),
            ("in two tones", "Two tones of one colour keep it calm."),
        ],
        openings: &[
            "{A thing} in {material} that softens a floor and the sound of a room.",
            "The {name} is made of {material} and gets better with feet.",
        ],
        sizes: Some(RUG),
        pounds: (45, 240),
        facts: &[whole("Thickness", Millimetre, 5, 18, 1), flag("Suitable for underfloor heating", 70)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Bed & bath > Bedding",
        things: &[("duvet cover set", "bedding"), ("bed linen set", "bedding")],
        qualities: &[
            ("washed linen", "stonewashed linen"),
            ("percale", "crisp cotton percale"),
            ("sateen", "cotton sateen"),
            ("brushed cotton", "brushed cotton"),
        ],
        details: &[
            ("with button closure", "The cover closes with buttons of real shell."),
            ("with pillowcases", "Matching pillowcases are in the set."),
            ("in a fine stripe", "A fine stripe is woven into the cloth."),
        ],
        openings: &[
            "A {thing} in {material} that gets softer with every wash.",
            "Good sleep starts with good cloth: the {name} is made of {material}.",
        ],
        palette: SOFT,
        sizes: Some(BED),
        pounds: (28, 110),
        facts: &[
            one_of("Thread count", &["180", "200", "300", "400"]),
            one_of("Care", &["Machine wash at 40 °C", "Machine wash at 60 °C"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Bed & bath > Towels",
        things: &[("towel", "towel"), ("waffle towel", "towel"), ("hammam towel", "towel")],
        qualities: &[
            ("cotton", "combed cotton"),
            ("organic cotton", "organic cotton"),
            ("bamboo", "bamboo and cotton"),
            ("linen", "linen and cotton"),
        ],
        details: &[
            ("with hanging loop", "A loop on the long side hangs it up to dry."),
            ("with striped border", "A striped border marks whose is whose."),
            ("in a quick-dry weave", "The open weave dries before the next morning."),
        ],
        openings: &[
            "{A thing} in {material} that drinks water and gives it back to the air quickly.",
            "Thick where it should be and light to hang: {material} at its best.",
        ],
        palette: SOFT,
        sizes: Some(TOWEL),
        pounds: (8, 22),
        facts: &[
            whole("Weight per m²", Gram, 300, 700, 50),
            one_of("Care", &["Machine wash at 60 °C", "Machine wash at 40 °C"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Decoration > Vases",
        things: &[("vase", "vase"), ("bud vase", "bud-vase"), ("jug vase", "jug")],
        qualities: &[
            ("stoneware", "hand-thrown stoneware"),
            ("glass", "recycled glass"),
            ("terracotta", "fired terracotta"),
            ("porcelain", "matt porcelain"),
        ],
        details: &[
            ("with ribbed body", "The ribs catch the light and hide fingerprints."),
            ("with narrow neck", "The narrow neck holds a few stems upright."),
            ("with reactive glaze", "The glaze runs a little differently on each one."),
            ("", "It is watertight and pleasant to look at empty."),
        ],
        openings: &[
            "{A thing} in {material}, made for a handful of stems from the garden.",
            "The {name} is shaped and finished by hand in {material}.",
        ],
        pounds: (9, 75),
        facts: &[whole("Height", Millimetre, 120, 380, 10), whole("Diameter", Millimetre, 70, 190, 10)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Decoration > Frames & mirrors",
        things: &[("picture frame", "frame"), ("wall mirror", "mirror"), ("gallery frame", "frame")],
        qualities: &[("slim", "a slim moulding"), ("deep", "a deep box moulding"), ("bevelled", "a bevelled moulding")],
        details: &[
            ("with wall fixings", "Screws and plugs for the wall are in the box."),
            ("with rounded corners", "Rounded corners take the edge off."),
            ("for upright or landscape", "Fixings on two sides let it hang either way."),
        ],
        openings: &[
            "{A thing} with {material}, cut and joined from one length of wood.",
            "The {name} gives a wall something to look at: {material} and real glass.",
        ],
        palette: WOOD,
        sizes: Some(FRAME),
        pounds: (9, 42),
        facts: &[whole("Thickness", Millimetre, 15, 35, 1)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Decoration > Clocks",
        things: &[("wall clock", "clock"), ("kitchen clock", "clock"), ("alarm clock", "alarm-clock")],
        qualities: &[
            ("silent", "a movement without a tick"),
            ("station", "a face like a railway station's"),
            ("minimal", "a face without numerals"),
        ],
        details: &[
            ("with sweeping second hand", "The second hand sweeps instead of jumping."),
            ("with oak rim", "A rim of oak goes round the face."),
            ("with glass front", "The front is glass and wipes clean."),
        ],
        openings: &[
            "{A thing} with {material}, easy to read from across the room.",
            "The {name} tells the time and nothing else.",
        ],
        palette: QUIET,
        pounds: (18, 85),
        facts: &[
            whole("Diameter", Millimetre, 120, 360, 10),
            one_of("Power supply", &["1 AA battery", "2 AA batteries"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Home & living > Decoration > Candles & holders",
        things: &[("scented candle", "candle"), ("pillar candle", "pillar-candle"), ("lantern", "lantern")],
        qualities: &[
            ("fig & cedar", "fig leaf and cedar"),
            ("sea salt", "sea salt and driftwood"),
            ("bergamot", "bergamot and black tea"),
            ("beeswax", "honeyed beeswax"),
        ],
        quality: "Scent",
        details: &[
            ("with cotton wick", "The cotton wick burns clean and straight."),
            ("in a gift box", "It comes in a box that needs no more wrapping."),
            ("for long evenings", "One is enough for a week of dinners."),
        ],
        openings: &[
            "{A thing} that fills a room gently with {material}.",
            "Lit at dusk, the {name} smells of {material} and never of perfume.",
        ],
        pounds: (8, 42),
        facts: &[whole("Height", Millimetre, 80, 220, 10), whole("Burning time", Hour, 25, 70, 5)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Storage > Baskets & boxes",
        things: &[("storage basket", "basket"), ("laundry basket", "basket"), ("storage box", "storage-box")],
        qualities: &[
            ("seagrass", "woven seagrass"),
            ("felt", "recycled felt"),
            ("willow", "peeled willow"),
            ("cotton rope", "coiled cotton rope"),
        ],
        details: &[
            ("with handles", "Two handles make it easy to carry when full."),
            ("with lining", "A cotton lining keeps small things in and can be washed."),
            ("for shelves", "It fits the usual depth of a shelf."),
        ],
        openings: &[
            "{A thing} in {material} for everything that has no place yet.",
            "The {name} tidies a room in a minute and looks as if it had always been there.",
        ],
        palette: QUIET,
        pounds: (12, 65),
        facts: &[whole("Height", Centimetre, 18, 60, 2), whole("Width", Centimetre, 24, 48, 2)],
        ..BASE
    },
    Shelf {
        path: "Home & living > Decoration > Wall hooks & hangers",
        things: &[("coat hook", "hook"), ("hook rail", "hook")],
        qualities: &[("cast", "cast metal"), ("turned", "turned metal"), ("forged", "hand-forged metal")],
        details: &[
            ("with hidden screws", "The screws disappear behind the plate."),
            ("for heavy coats", "It carries a winter coat and the bag under it."),
        ],
        openings: &[
            "{A thing} in {material} for the hall, the bathroom or the back of a door.",
            "The {name} gives every coat its place.",
        ],
        palette: METAL,
        pounds: (6, 38),
        facts: &[whole("Width", Millimetre, 40, 420, 20), fine("Weight", Kilogram, 150, 900, 50)],
        ..BASE
    },
];
