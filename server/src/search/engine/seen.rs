//! What the second look has seen of one document.

/// Pieces of a title that are compared; longer ones are cut.
pub(super) const MAX_TITLE: usize = 64;
/// Pieces of a query that are compared: as many as fit the longest query.
pub(super) const MAX_WANTED: usize = 128;

/// What was found of the query in one document.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) found: [f32; MAX_WANTED],
    pub(super) parts: [u32; MAX_WANTED],
    pub(super) part_share: [f32; MAX_WANTED],
    pub(super) title_found: [f32; MAX_TITLE],
    pub(super) title_weight: [f32; MAX_TITLE],
    pub(super) title_piece: [u8; MAX_TITLE],
    pub(super) title_length: usize,
    pub(super) brand_pieces: u32,
    pub(super) brand_found: u32,
    pub(super) category_found: bool,
    /// How surely the shelf is what is asked for, 0 to 1.
    pub(super) shelf: f32,
    /// How surely the title calls the product what is asked for, 0 to 1.
    pub(super) kind: f32,
    /// Whether the title has the word that says what is asked for.
    pub(super) is_in_title: bool,
    /// Pieces of the query that name a model and are there whole, as bits: as a code of the product, and
    /// elsewhere.
    pub(super) codes: u128,
    pub(super) mentioned: u128,
    /// Pieces that the title has as they were typed, and those that it has, be it as one for several, as bits.
    pub(super) as_typed: u128,
    pub(super) in_any_form: u128,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            found: [0.0; MAX_WANTED],
            parts: [0; MAX_WANTED],
            part_share: [0.0; MAX_WANTED],
            title_found: [0.0; MAX_TITLE],
            title_weight: [0.0; MAX_TITLE],
            title_piece: [0; MAX_TITLE],
            title_length: 0,
            brand_pieces: 0,
            brand_found: 0,
            category_found: false,
            shelf: 0.0,
            kind: 0.0,
            is_in_title: false,
            codes: 0,
            mentioned: 0,
            as_typed: 0,
            in_any_form: 0,
        }
    }
}

impl Seen {
    /// Begins anew for a query of so many pieces; what is behind them was never written.
    pub(super) fn forget(&mut self, pieces: usize) {
        self.found[..pieces].fill(0.0);
        self.parts[..pieces].fill(0);
        self.part_share[..pieces].fill(0.0);
        self.title_found.fill(0.0);
        self.title_weight.fill(0.0);
        self.title_piece.fill(0);
        (self.title_length, self.brand_pieces, self.brand_found, self.category_found) = (0, 0, 0, false);
        (self.shelf, self.kind, self.is_in_title) = (0.0, 0.0, false);
        (self.codes, self.mentioned, self.as_typed, self.in_any_form) = (0, 0, 0, 0);
    }

    /// How surely the product is what is asked for, 0 to 1. A title that only has the word, such as one of a mouse
    /// mat, is believed before its shelf; the shelf of an iPhone, which does not have it, is believed.
    pub(super) const fn kind(&self) -> f32 {
        if self.is_in_title { self.kind } else { self.shelf }
    }
}
