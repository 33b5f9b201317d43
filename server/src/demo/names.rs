//! What collections, models and books are called: invented, so that no real maker is meant.

use super::dice::Dice;
use super::shelf::Naming;

const PLACE_HEADS: [&str; 60] = [
    "Ald", "Arl", "Ash", "Bar", "Beck", "Birch", "Brack", "Bram", "Brin", "Cal", "Carr", "Cath", "Clay", "Cop", "Cran",
    "Dal", "Dun", "Eas", "Elm", "Fairn", "Fen", "Fern", "Gar", "Gil", "Hal", "Hart", "Hazel", "Heath", "Hol", "Hurst",
    "Kel", "Kirk", "Lang", "Lin", "Loch", "Lyn", "Mal", "Mar", "Mel", "Mill", "Nor", "Oak", "Pen", "Quar", "Rav",
    "Ren", "Ros", "Sand", "Sel", "Stan", "Swin", "Thorn", "Til", "Wal", "Wen", "West", "Whit", "Wil", "Win", "Yar",
];
const PLACE_TAILS: [&str; 26] = [
    "brook", "by", "combe", "cote", "croft", "dale", "den", "don", "fell", "field", "ford", "gate", "ham", "holme",
    "hope", "ley", "low", "mere", "mont", "more", "row", "stead", "thorpe", "ton", "wick", "worth",
];
const PEOPLE: [&str; 120] = [
    "Ada", "Agnes", "Alba", "Alma", "Anouk", "Arlo", "Asa", "Astrid", "Aya", "Bea", "Benno", "Bram", "Bryn", "Cai",
    "Carys", "Cleo", "Cora", "Dara", "Della", "Dot", "Edda", "Edie", "Eira", "Elio", "Elke", "Elsa", "Emil", "Enid",
    "Esme", "Etta", "Ewan", "Faye", "Finn", "Flora", "Freya", "Gil", "Greta", "Gwen", "Hana", "Harri", "Hedda", "Hugo",
    "Ida", "Ike", "Ines", "Ingrid", "Iona", "Iris", "Isla", "Ivo", "Jago", "Jona", "Jory", "Juno", "Kai", "Karin",
    "Kit", "Lars", "Leif", "Lena", "Linnea", "Liv", "Lotte", "Lou", "Lowen", "Luca", "Mabel", "Mael", "Maia", "Malin",
    "Maren", "Marlo", "Mika", "Milo", "Mina", "Moss", "Nell", "Nia", "Nico", "Nils", "Nora", "Odette", "Olwen", "Orla",
    "Oskar", "Otis", "Otto", "Pavo", "Perla", "Petra", "Pip", "Remy", "Rhea", "Rio", "Robin", "Romy", "Rosa", "Rowan",
    "Runa", "Saga", "Selma", "Seren", "Signe", "Silas", "Sol", "Stella", "Sunniva", "Tarn", "Tess", "Theo", "Tilda",
    "Tove", "Ula", "Una", "Vera", "Viggo", "Wilma", "Wren", "Ylva", "Zora",
];
const MODELS: [&str; 64] = [
    "Alto", "Apex", "Arc", "Argo", "Atlas", "Aura", "Axis", "Beacon", "Cadence", "Cirrus", "Comet", "Core", "Cove",
    "Delta", "Drift", "Echo", "Ember", "Fathom", "Flux", "Fjord", "Glide", "Halo", "Haven", "Helio", "Horizon", "Ion",
    "Keel", "Kite", "Linea", "Loop", "Lumen", "Luna", "Meridian", "Mesa", "Mono", "Nimbus", "Nova", "Onda", "Onyx",
    "Orbit", "Parallel", "Peak", "Pico", "Pilot", "Prism", "Pulse", "Quill", "Radius", "Relay", "Ridge", "Ripple",
    "Rove", "Scout", "Sierra", "Signal", "Slate", "Solo", "Span", "Strata", "Summit", "Tempo", "Terra", "Vale", "Vela",
];
const MODEL_SIGNS: [&str; 28] = [
    "", "2", "3", "4", "5", "10", "20", "30", "40", "50", "60", "80", "100", "120", "200", "300", "400", "500", "Air",
    "Mini", "One", "Plus", "Pro", "S", "X", "XT", "Lite", "Max",
];

const BOOK_ADJECTIVES: [&str; 48] = [
    "Amber",
    "Blue",
    "Borrowed",
    "Broken",
    "Burning",
    "Clouded",
    "Copper",
    "Distant",
    "Drowned",
    "Early",
    "Empty",
    "Faded",
    "First",
    "Forgotten",
    "Frozen",
    "Gentle",
    "Glass",
    "Golden",
    "Hidden",
    "Hollow",
    "Honest",
    "Inland",
    "Kind",
    "Last",
    "Late",
    "Little",
    "Long",
    "Lost",
    "Midnight",
    "Northern",
    "Open",
    "Paper",
    "Patient",
    "Quiet",
    "Restless",
    "Salt",
    "Second",
    "Secret",
    "Silver",
    "Slow",
    "Small",
    "Snowbound",
    "Southern",
    "Stolen",
    "Summer",
    "Thin",
    "Unwritten",
    "Winter",
];
const BOOK_NOUNS: [&str; 60] = [
    "Atlas",
    "Bakery",
    "Balcony",
    "Bell",
    "Bridge",
    "Cartographer",
    "Clockmaker",
    "Coast",
    "Compass",
    "Corridor",
    "Cottage",
    "Doorway",
    "Estuary",
    "Ferry",
    "Field",
    "Fire",
    "Footbridge",
    "Fortune",
    "Garden",
    "Gatehouse",
    "Glasshouse",
    "Harbour",
    "House",
    "Inheritance",
    "Island",
    "Journey",
    "Key",
    "Lantern",
    "Ledger",
    "Letter",
    "Library",
    "Lighthouse",
    "Map",
    "Meadow",
    "Messenger",
    "Mirror",
    "Orchard",
    "Passage",
    "Path",
    "Photograph",
    "Promise",
    "River",
    "Road",
    "Room",
    "Sea",
    "Season",
    "Shore",
    "Signal",
    "Sister",
    "Sky",
    "Song",
    "Staircase",
    "Station",
    "Stranger",
    "Tide",
    "Tower",
    "Valley",
    "Visitor",
    "Winter",
    "Witness",
];
const SURNAMES: [&str; 40] = [
    "Abbot",
    "Aldous",
    "Bellamy",
    "Brandt",
    "Calder",
    "Carrow",
    "Dacre",
    "Devereux",
    "Ellery",
    "Farrow",
    "Fenwick",
    "Garrick",
    "Hale",
    "Harcourt",
    "Ibsley",
    "Jarrow",
    "Kestrel",
    "Lindqvist",
    "Lowry",
    "Marchetti",
    "Merrow",
    "Nakata",
    "Norell",
    "Okafor",
    "Orsini",
    "Pascoe",
    "Penrose",
    "Quill",
    "Radley",
    "Sable",
    "Sorensen",
    "Tamsin",
    "Thorne",
    "Underhill",
    "Vance",
    "Varga",
    "Wexler",
    "Whitlock",
    "Yardley",
    "Zeller",
];

/// The first words of a title; empty for books, whose title is all their own.
pub(super) fn head(naming: Naming, brand: &str, dice: &mut Dice) -> String {
    match naming {
        Naming::Place => format!("{}{}", dice.pick(&PLACE_HEADS), dice.pick(&PLACE_TAILS)),
        Naming::Person => dice.pick(&PEOPLE).to_string(),
        Naming::Model => {
            let model = format!("{brand} {} {}", dice.pick(&MODELS), dice.pick(&MODEL_SIGNS));
            model.trim_end().to_owned()
        }
        Naming::Book => book_title(dice),
    }
}

fn book_title(dice: &mut Dice) -> String {
    let (adjective, noun) = (dice.pick(&BOOK_ADJECTIVES), dice.pick(&BOOK_NOUNS));
    let place = format!("{}{}", dice.pick(&PLACE_HEADS), dice.pick(&PLACE_TAILS));
    let other = dice.pick(&BOOK_NOUNS);
    match dice.below(6) {
        0 => format!("The {adjective} {noun}"),
        1 => format!("The {noun} at {place}"),
        2 => format!("The {adjective} {noun} of {place}"),
        3 if other != noun => format!("The {noun} and the {other}"),
        4 => format!("{} {adjective} {noun}", article(adjective)),
        _ => format!("{place}: The {adjective} {noun}"),
    }
}

pub(super) fn author(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&PEOPLE), dice.pick(&SURNAMES))
}

/// The indefinite article with a capital, by the letter that follows.
pub(super) fn article(word: &str) -> &'static str {
    if word.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) { "An" } else { "A" }
}
