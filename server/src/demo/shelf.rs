//! The form of the tables: what stands on one shelf of the demo store.

use domain::catalog::Unit;

/// A lowest category with everything that its products are made from.
///
/// Any thing of a shelf goes with any of its qualities, details and facts: that is what keeps
/// titles and descriptions true, and the tables are written so.
#[derive(Debug)]
pub(super) struct Shelf {
    /// `Home > Lighting > Desk lamps`.
    pub(super) path: &'static str,
    /// Nouns as titles write them, with the motif of their pictures.
    pub(super) things: &'static [(&'static str, &'static str)],
    /// What the adjectives say, as an attribute: Material.
    pub(super) quality: &'static str,
    /// Adjectives as titles write them, with their full form: `("oak", "solid oak")`.
    pub(super) qualities: &'static [(&'static str, &'static str)],
    /// Ends of titles, with a sentence that is true wherever they are.
    pub(super) details: &'static [(&'static str, &'static str)],
    /// First sentences of descriptions; see `wording` for what braces mean.
    pub(super) openings: &'static [&'static str],
    pub(super) brands: &'static [&'static str],
    pub(super) naming: Naming,
    pub(super) palette: &'static Palette,
    /// Whether a product comes in several colours of the palette or in just one.
    pub(super) colours: Colours,
    pub(super) sizes: Option<&'static Sizes>,
    /// Lowest and highest price of the smallest size, in pounds.
    pub(super) pounds: (u32, u32),
    pub(super) facts: &'static [Fact],
}

impl Shelf {
    /// What a table says only where it differs.
    pub(super) const EMPTY: Self = Self {
        path: "",
        things: &[],
        quality: "Material",
        qualities: &[],
        details: &[],
        openings: &[],
        brands: &[],
        naming: Naming::Place,
        palette: &Palette { option: "", colours: &[] },
        colours: Colours::Several,
        sizes: None,
        pounds: (0, 0),
        facts: &[],
    };
}

/// How products of a shelf are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// After a place: `Harrow oak desk lamp`.
    Place,
    /// After a person: `Maren merino jumper`.
    Person,
    /// After a maker and a model: `Orvane Halo 40 wireless headphones`.
    Model,
    /// Books have titles.
    Book,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    One,
    Several,
}

/// Colours that go together, by their names in the picture's palette.
#[derive(Debug)]
pub(super) struct Palette {
    pub(super) option: &'static str,
    pub(super) colours: &'static [&'static str],
}

/// What a product comes in besides colours: the value and what it costs above the first, in
/// percent.
#[derive(Debug)]
pub(super) struct Sizes {
    pub(super) option: &'static str,
    pub(super) values: &'static [(&'static str, u32)],
}

/// A fact that a product of the shelf has, before the dice are thrown.
#[derive(Debug)]
pub(super) enum Fact {
    /// Between two numbers of thousandths of a unit, in steps.
    Measure {
        name: &'static str,
        unit: Unit,
        lowest: u32,
        highest: u32,
        step: u32,
    },
    OneOf {
        name: &'static str,
        texts: &'static [&'static str],
    },
    Flag {
        name: &'static str,
        percent_yes: u32,
    },
}

/// A measure in whole units.
pub(super) const fn whole(name: &'static str, unit: Unit, lowest: u32, highest: u32, step: u32) -> Fact {
    Fact::Measure { name, unit, lowest: lowest * 1_000, highest: highest * 1_000, step: step * 1_000 }
}

/// A measure in thousandths of its unit.
pub(super) const fn fine(name: &'static str, unit: Unit, lowest: u32, highest: u32, step: u32) -> Fact {
    Fact::Measure { name, unit, lowest, highest, step }
}

pub(super) const fn one_of(name: &'static str, texts: &'static [&'static str]) -> Fact {
    Fact::OneOf { name, texts }
}

pub(super) const fn flag(name: &'static str, percent_yes: u32) -> Fact {
    Fact::Flag { name, percent_yes }
}

macro_rules! palettes {
    ($($name:ident = $option:literal: $($colour:literal)+;)+) => {
        $(pub(super) const $name: &Palette = &Palette { option: $option, colours: &[$($colour),+] };)+
    };
}

palettes! {
    EARTH = "Colour": "clay" "sand" "oat" "olive" "rust" "forest" "chalk" "charcoal";
    SOFT = "Colour": "blush" "sage" "sky" "oat" "lilac" "chalk" "mint" "rose" "stone";
    CLEAR = "Colour": "poppy" "cobalt" "mustard" "forest" "teal" "coral" "ink" "plum";
    PLAY = "Colour": "poppy" "sky" "amber" "mint" "lemon" "coral" "lilac" "cobalt";
    CLOTH = "Colour": "ink" "forest" "clay" "oat" "denim" "plum" "charcoal" "mustard" "sage" "berry";
    QUIET = "Colour": "charcoal" "oat" "ink" "stone" "sage" "clay" "chalk";
    DEVICE = "Colour": "black" "white" "slate" "ink" "sage" "clay" "sand";
    LEATHER = "Colour": "walnut" "rust" "black" "ink" "oak" "wine";
    OUTDOOR = "Colour": "forest" "amber" "teal" "slate" "rust" "olive" "cobalt" "moss";
    WOOD = "Finish": "oak" "walnut" "black" "white";
    METAL = "Finish": "brass" "steel" "black" "copper";
    STEEL = "Finish": "steel" "black" "copper";
    GLAZE = "Colour": "chalk" "sage" "ink" "clay" "sky" "mustard" "teal" "blush" "forest";
    CLEAR_GLASS = "Colour": "sky" "mint" "amber" "sage" "rose" "stone";
    LEAF = "Colour": "forest" "clay" "sage" "stone" "moss" "chalk" "mustard";
    CARE = "Colour": "sage" "blush" "oat" "lilac" "amber" "sky" "mint" "clay";
    JACKET = "Colour": "ink" "poppy" "mustard" "teal" "forest" "plum" "clay" "sky" "cobalt" "berry" "sand";
    JEWEL = "Metal": "brass" "steel" "copper";
}

macro_rules! sizes {
    ($($name:ident = $option:literal: $($value:literal + $percent:literal),+;)+) => {
        $(pub(super) const $name: &Sizes = &Sizes { option: $option, values: &[$(($value, $percent)),+] };)+
    };
}

sizes! {
    CLOTHES = "Size": "XS" + 0, "S" + 0, "M" + 0, "L" + 0, "XL" + 0, "XXL" + 0;
    CHILDREN = "Age": "2–3 years" + 0, "4–5 years" + 0, "6–7 years" + 8, "8–9 years" + 8, "10–11 years" + 15;
    SHOE = "Size": "EU 36" + 0, "EU 37" + 0, "EU 38" + 0, "EU 39" + 0, "EU 40" + 0, "EU 41" + 0, "EU 42" + 0,
        "EU 43" + 0, "EU 44" + 0, "EU 45" + 0;
    SOCK = "Size": "36–38" + 0, "39–41" + 0, "42–44" + 0, "45–47" + 0;
    WAIST = "Waist": "28 in" + 0, "30 in" + 0, "32 in" + 0, "34 in" + 0, "36 in" + 0, "38 in" + 0;
    HEAD = "Size": "S/M" + 0, "L/XL" + 0;
    BELT = "Size": "S" + 0, "M" + 0, "L" + 0, "XL" + 0;
    STORAGE = "Storage": "128 GB" + 0, "256 GB" + 14, "512 GB" + 32, "1 TB" + 60;
    DRIVE = "Capacity": "64 GB" + 0, "128 GB" + 45, "256 GB" + 120, "512 GB" + 260;
    DISK = "Capacity": "500 GB" + 0, "1 TB" + 35, "2 TB" + 95, "4 TB" + 210;
    CABLE = "Length": "0.5 m" + 0, "1 m" + 12, "2 m" + 30, "3 m" + 55;
    RUG = "Size": "80 × 150 cm" + 0, "120 × 180 cm" + 70, "160 × 230 cm" + 160, "200 × 300 cm" + 280;
    CUSHION = "Size": "40 × 40 cm" + 0, "50 × 50 cm" + 25, "60 × 40 cm" + 20;
    BED = "Size": "Single" + 0, "Double" + 30, "King" + 50, "Super king" + 75;
    TOWEL = "Size": "Hand, 50 × 90 cm" + 0, "Bath, 70 × 140 cm" + 90, "Sheet, 100 × 150 cm" + 170;
    FRAME = "Size": "13 × 18 cm" + 0, "21 × 30 cm" + 40, "30 × 40 cm" + 90, "50 × 70 cm" + 190;
    PAN = "Diameter": "20 cm" + 0, "24 cm" + 25, "28 cm" + 50;
    POT = "Capacity": "2.5 l" + 0, "4 l" + 25, "6 l" + 55;
    BOTTLE = "Capacity": "350 ml" + 0, "500 ml" + 15, "750 ml" + 30, "1 l" + 45;
    JAR = "Capacity": "0.5 l" + 0, "1 l" + 30, "1.5 l" + 60;
    LOTION = "Capacity": "100 ml" + 0, "250 ml" + 70, "400 ml" + 130;
    PERFUME = "Capacity": "10 ml" + 0, "50 ml" + 210, "100 ml" + 340;
    WEIGHT = "Weight": "2 kg" + 0, "4 kg" + 60, "6 kg" + 120, "8 kg" + 180, "10 kg" + 240;
    BALL = "Size": "Size 3" + 0, "Size 4" + 10, "Size 5" + 20;
    SACK = "Capacity": "18 l" + 0, "25 l" + 15, "32 l" + 30;
    CASE = "Size": "Cabin" + 0, "Medium" + 30, "Large" + 55;
    TENT = "Sleeps": "2 people" + 0, "3 people" + 25, "4 people" + 50;
    PLANTER = "Diameter": "12 cm" + 0, "18 cm" + 50, "24 cm" + 120, "32 cm" + 230;
    PET = "Size": "S" + 0, "M" + 20, "L" + 45;
    HOSE = "Length": "15 m" + 0, "25 m" + 45, "40 m" + 110;
    PIECES = "Pieces": "500 pieces" + 0, "1,000 pieces" + 25, "2,000 pieces" + 70;
    PACK = "Pack": "Single" + 0, "Pack of 3" + 170, "Pack of 6" + 390;
    TABLE = "Size": "120 cm" + 0, "160 cm" + 25, "200 cm" + 45;
    SCREEN = "Screen": "24 in" + 0, "27 in" + 35, "32 in" + 80;
    TELEVISION = "Screen": "43 in" + 0, "55 in" + 45, "65 in" + 95;
    RING = "Size": "J" + 0, "L" + 0, "N" + 0, "P" + 0, "R" + 0;
}
